"""Tests of `files.finding`, `files.drawing` and `files.metadata`: what is proposed, drawn, and said beside pixels."""

from __future__ import annotations

import io
import math
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from leconfield.errors import BadInputError
from leconfield.gate.files.drawing import Drawn, Kind, drawn, drawn_in, read_back, written
from leconfield.gate.files.finding import proposed
from leconfield.gate.files.metadata import dropped
from leconfield.gate.files.pictures import cleaned, size_of
from tests.gate.files.plants import SECRET, jpegs, pngs, saved, scene, webps

HUNDREDTHS = st.floats(0, 99.9).map(lambda each: round(each, 2))
SIZES = st.floats(0.01, 100).map(lambda each: round(each, 2))


def room() -> Image.Image:
    """A dark room with a lit screen, a drawn face that looks at one, and a plate on a car."""
    made = Image.new("RGB", (1200, 800), (70, 76, 84))
    draw = ImageDraw.Draw(made)
    draw.rectangle((80, 80, 480, 330), fill=(240, 244, 250))
    draw.rectangle((760, 640, 960, 684), fill=(240, 220, 60))
    draw.text((800, 650), "AB12 CDE", fill=(0, 0, 0), font_size=28)
    _face(draw, 760, 180, 190)
    return made


def _face(draw: ImageDraw.ImageDraw, x: int, y: int, s: int) -> None:
    draw.ellipse((x, y, x + s, y + s * 1.3), fill=(224, 172, 135))
    for left in (0.2, 0.6):
        draw.ellipse((x + s * left, y + s * 0.4, x + s * (left + 0.2), y + s * 0.5), fill=(250, 250, 250))
        draw.ellipse((x + s * (left + 0.06), y + s * 0.4, x + s * (left + 0.15), y + s * 0.5), fill=(30, 20, 20))
        draw.line((x + s * left, y + s * 0.34, x + s * (left + 0.22), y + s * 0.33), fill=(60, 30, 20), width=7)
    draw.polygon(
        [(x + s * 0.5, y + s * 0.5), (x + s * 0.42, y + s * 0.78), (x + s * 0.58, y + s * 0.78)], (190, 135, 100)
    )
    draw.rectangle((x + s * 0.3, y + s * 0.95, x + s * 0.7, y + s * 1.02), fill=(140, 50, 50))
    draw.pieslice((x - s * 0.05, y - s * 0.15, x + s * 1.05, y + s * 0.7), 180, 360, fill=(50, 30, 20))


def covers(box: Drawn, left: float, top: float) -> bool:
    """Whether the place, in hundredths, lies in the box."""
    return box.left <= left <= box.left + box.width and box.top <= top <= box.top + box.height


def test_faces_plates_and_screens_are_proposed() -> None:
    found = proposed(saved(room(), "PNG"))
    by_kind = {kind: [each.box for each in found if each.box.kind is kind] for kind in Kind}
    assert any(covers(each, 71, 36) for each in by_kind[Kind.FACE])
    assert any(covers(each, 23, 25) for each in by_kind[Kind.SCREEN])
    assert any(covers(each, 71.5, 82.5) for each in (*by_kind[Kind.PLATE], *by_kind[Kind.SCREEN]))
    assert proposed(saved(room(), "PNG")) == found


@pytest.mark.parametrize("size", [(8, 8), (3000, 40), (64, 48)])
def test_what_is_proposed_lies_in_the_picture(size: tuple[int, int]) -> None:
    for each in proposed(saved(scene(size=size), "PNG")):
        left, top, width, height = each.box.numbers
        assert left >= 0 <= top
        assert left + width <= 100.1 >= top + height


def test_what_is_no_picture_is_refused_before_it_is_looked_at() -> None:
    for held in (b"", b"GIF89a", saved(Image.new("1", (12_000, 9_000)), "PNG")):
        with pytest.raises(BadInputError):
            proposed(held)
        with pytest.raises(BadInputError):
            dropped(held)


@given(HUNDREDTHS, HUNDREDTHS, SIZES, SIZES, st.integers(1, 300), st.integers(1, 300))
def test_a_box_in_pixels_covers_all_of_what_was_drawn(
    left: float, top: float, width: float, height: float, across: int, down: int
) -> None:
    made = Drawn(Kind.FACE, left, top, width, height).on((across, down))
    assert made.left <= left * across / 100 + 1e-9
    assert made.top <= top * down / 100 + 1e-9
    assert made.left + made.width >= (left + width) * across / 100 - 1e-9
    assert made.top + made.height >= (top + height) * down / 100 - 1e-9
    assert made.width >= 1 <= made.height


@settings(max_examples=40, deadline=None)
@given(HUNDREDTHS, HUNDREDTHS, SIZES, SIZES)
def test_every_pixel_of_a_drawn_box_is_black_in_what_leaves(
    left: float, top: float, width: float, height: float
) -> None:
    held = saved(Image.new("RGB", (97, 61), (255, 255, 255)), "PNG")
    size = size_of(held)
    made = Image.open(
        io.BytesIO(cleaned(held, [Drawn(Kind.OTHER, left, top, width, height).on(size)], media_type="image/png"))
    )
    for x in range(math.ceil(left * 0.97), min(97, math.floor((left + width) * 0.97))):
        for y in range(math.ceil(top * 0.61), min(61, math.floor((top + height) * 0.61))):
            assert made.getpixel((x, y)) == (0, 0, 0)


@given(st.sampled_from(Kind), HUNDREDTHS, HUNDREDTHS, SIZES, SIZES)
def test_boxes_come_back_from_a_record_and_an_address(
    kind: Kind, left: float, top: float, width: float, height: float
) -> None:
    made = Drawn(kind, left, top, width, height)
    (back,) = read_back(written([made]))
    assert back.kind is kind
    assert back.numbers == pytest.approx(made.numbers, abs=0.01)


@given(st.lists(st.text(max_size=30), max_size=4))
def test_an_address_that_writes_no_boxes_is_refused_in_words(words: list[str]) -> None:
    with suppress(BadInputError):
        drawn_in(words)
    assert read_back("".join(words)) == () or words


@pytest.mark.parametrize(
    "fields", [("face", "a", "1", "1", "1"), ("face", "1", "1", "0", "1"), ("x", "1", "1", "1", "1")]
)
def test_a_field_that_will_not_do_is_named(fields: tuple[str, str, str, str, str]) -> None:
    with pytest.raises(BadInputError, match="box 3"):
        drawn(*fields, "box 3")


@pytest.mark.parametrize("place", ["exif", "xmp", "comment"])
def test_what_a_jpeg_says_of_itself_is_told(place: str) -> None:
    assert any(SECRET in each.words for each in dropped(jpegs(SECRET)[place]))


def test_what_a_png_or_webp_says_of_itself_is_told_and_a_plain_one_says_nothing() -> None:
    told = {each.name: each.words for each in dropped(pngs(SECRET)["texts"])}
    assert told["Author"] == SECRET
    assert any(SECRET in each.words for each in dropped(webps(SECRET)["exif"]))
    assert [each.name for each in dropped(pngs(SECRET)["profile"])] == ["Colour profile"]
    for each in (jpegs(SECRET), pngs(SECRET), webps(SECRET)):
        assert dropped(each["plain"]) == ()
    assert dropped(cleaned(jpegs(SECRET)["exif"])) == ()

"""Tests of `leconfield.gate.files.pictures` and `anatomy`: nothing but pixels goes through, none in a box."""

from __future__ import annotations

import io
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from leconfield.errors import BadInputError
from leconfield.gate.files.anatomy import faults_in
from leconfield.gate.files.pictures import JPEG, PNG, Box, cleaned, size_of
from leconfield.gate.files.protected import Names
from tests.gate.files.plants import SECRET, jpegs, pngs, saved, scene, webps

NAMES = Names([SECRET])
KINDS = {"jpeg": jpegs, "png": pngs, "webp": webps}
PLANTED = [(kind, place) for kind, make in KINDS.items() for place in make(SECRET)]


def shown(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


@pytest.mark.parametrize("media_type", [JPEG, PNG])
@pytest.mark.parametrize(("kind", "place"), PLANTED)
def test_what_is_planted_beside_the_pixels_changes_not_one_byte_of_what_goes_out(
    kind: str, place: str, media_type: str
) -> None:
    planted = KINDS[kind](SECRET)
    assert place in ("plain", "time", "thumbnail") or NAMES.leaks("a", planted[place]), "nothing was planted"
    clean = cleaned(planted[place], media_type=media_type)
    assert clean == cleaned(planted["plain"], media_type=media_type)
    assert not NAMES.leaks("a", clean)
    assert not faults_in(clean)
    assert not Image.open(io.BytesIO(clean)).getexif()


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=6, max_size=30))
def test_no_words_planted_in_any_place_survive(words: str) -> None:
    for make in KINDS.values():
        planted = make(words)
        place = random.Random(words).choice(list(planted))
        clean = cleaned(planted[place], media_type=PNG)
        assert clean == cleaned(planted["plain"], media_type=PNG)


@pytest.mark.parametrize(("kind", "place"), [each for each in PLANTED if each[0] != "webp"])
def test_the_anatomy_names_what_is_planted(kind: str, place: str) -> None:
    found = faults_in(KINDS[kind](SECRET)[place])
    assert bool(found) == (place != "plain"), found


def test_what_is_no_picture_or_torn_is_a_fault() -> None:
    for held in (b"", b"GIF89a", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", saved(scene(), "WEBP")):
        assert faults_in(held)
    for whole in (cleaned(saved(scene(), "PNG")), cleaned(saved(scene(), "PNG"), media_type=PNG)):
        assert not faults_in(whole)
        assert all(faults_in(whole[:size]) for size in range(0, len(whole), 7))
        assert faults_in(whole + b"\0")


@settings(max_examples=80, deadline=None)
@given(
    st.integers(-10, 60),
    st.integers(-10, 44),
    st.integers(11, 40),
    st.integers(11, 40),
    st.integers(0, 99),
    st.booleans(),
)
def test_two_pictures_that_differ_only_in_a_box_give_the_same_file(
    left: int, top: int, width: int, height: int, seed: int, png: bool
) -> None:
    first, second = scene(), scene()
    box = Box(left, top, width, height)
    other = scene(seed=seed + 2)
    inside = (max(left, 0), max(top, 0), min(left + width, 64), min(top + height, 48))
    second.paste(other.crop(inside), inside[:2])
    media_type = PNG if png else JPEG
    made = [cleaned(saved(each, "PNG"), [box], media_type=media_type) for each in (first, second)]
    assert made[0] == made[1]


def test_a_box_is_black_and_the_rest_is_as_it_was() -> None:
    picture = scene()
    out = shown(cleaned(saved(picture, "PNG"), [Box(8, 8, 16, 8)], media_type=PNG))
    for x in range(64):
        for y in range(48):
            inside = 8 <= x < 24 and 8 <= y < 16
            assert out.getpixel((x, y)) == ((0, 0, 0) if inside else picture.getpixel((x, y)))


def test_what_lies_under_transparency_does_not_go_out() -> None:
    seen, hidden = scene("RGBA"), scene("RGBA")
    for x in range(20, 40):
        for y in range(10, 30):
            alpha = (x + y) % 16
            seen.putpixel((x, y), (0, 0, 0, alpha))
            hidden.putpixel((x, y), (200, 10 * (y % 20), 5 * (x % 20), alpha))
    for form in ("PNG", "WEBP"):
        made = [
            cleaned(saved(each, form, **({"lossless": True, "exact": True} if form == "WEBP" else {})), media_type=PNG)
            for each in (seen, hidden)
        ]
        assert made[0] == made[1]


def test_only_the_first_frame_of_a_moving_picture_goes_out() -> None:
    frames = [scene(seed=each) for each in range(3)]
    one, three = io.BytesIO(), io.BytesIO()
    frames[0].save(one, "PNG")
    frames[0].save(three, "PNG", save_all=True, append_images=frames[1:], default_image=True)
    assert cleaned(one.getvalue()) == cleaned(three.getvalue())


def test_a_picture_taken_sideways_stands_upright_and_is_boxed_as_one_sees_it() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    held = saved(scene(), "PNG", exif=turned)
    assert size_of(held) == (48, 64)
    upright = scene().transpose(Image.Transpose.ROTATE_270)
    assert cleaned(held, [Box(0, 50, 48, 14)], media_type=PNG) == cleaned(
        saved(upright, "PNG"), [Box(0, 50, 48, 14)], media_type=PNG
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_every_usual_kind_of_picture_is_read(mode: str) -> None:
    if mode == "I;16":
        held = saved(Image.frombytes("I;16", (64, 48), bytes(range(256)) * 24), "PNG")
    else:
        held = saved(scene(mode), "JPEG" if mode in ("CMYK", "YCbCr") else "PNG")
    assert shown(cleaned(held)).size == (64, 48)


def test_a_large_picture_is_made_smaller() -> None:
    held = saved(scene(size=(800, 400)), "PNG")
    assert shown(cleaned(held, longest=200)).size == (200, 100)
    assert shown(cleaned(held, longest=0)).size == (800, 400)


def bomb(across: int, down: int) -> bytes:
    """A PNG that claims to be that large."""
    plain = saved(scene(), "PNG")
    import zlib

    head = b"IHDR" + struct.pack(">II", across, down) + plain[24:29]
    return plain[:12] + head + struct.pack(">I", zlib.crc32(head)) + plain[33:]


@pytest.mark.parametrize("size", [(60_000, 60_000), (2_000_000, 2_000_000), (10_000, 6_001)])
def test_bombs_are_refused_before_they_are_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(BadInputError):
        cleaned(bomb(*size))


@pytest.mark.parametrize(
    "held", [b"", b"GIF89a", b"\xff\xd8\xff", b"<svg/>", b"BM" + bytes(100), b"%PDF-1.4", b"II*\0" + bytes(50)]
)
def test_what_cannot_be_read_is_refused(held: bytes) -> None:
    with pytest.raises(BadInputError, match="cannot be read"):
        cleaned(held)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["jpeg", "png", "webp"]), st.randoms(use_true_random=False))
def test_broken_pictures_are_refused_or_made_clean_and_never_more(kind: str, dice: random.Random) -> None:
    planted = KINDS[kind](SECRET)
    held = bytearray(planted[dice.choice(list(planted))])
    for _ in range(dice.randint(1, 8)):
        held[dice.randrange(len(held))] = dice.randrange(256)
    try:
        clean = cleaned(bytes(held[: dice.randint(1, len(held))]))
    except BadInputError:
        return
    assert not faults_in(clean)
    assert not NAMES.leaks("a", clean)


@pytest.mark.parametrize(
    "box", [Box(64, 0, 5, 5), Box(0, 48, 5, 5), Box(-5, 0, 5, 5), Box(0, 0, 0, 5), Box(0, 0, 5, -1)]
)
def test_a_box_that_covers_nothing_is_refused(box: Box) -> None:
    with pytest.raises(BadInputError, match="outside the picture"):
        cleaned(saved(scene(), "PNG"), [box])


def test_too_many_boxes_and_other_kinds_of_file_are_refused() -> None:
    with pytest.raises(BadInputError, match="500 at most"):
        cleaned(saved(scene(), "PNG"), [Box(0, 0, 1, 1)] * 501)
    with pytest.raises(BadInputError, match="written as"):
        cleaned(saved(scene(), "PNG"), media_type="image/tiff")

"""What each channel takes, at every boundary."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from leconfield.errors import BadInputError
from leconfield.gate.bundles.channels import (
    CHANNELS,
    INSTAGRAM,
    MASTODON,
    SITE,
    composed,
    preflight,
    stopped,
    toot_length,
)
from leconfield.gate.bundles.jpegs import Size, jpeg_size
from tests.gate.bundles.shots import header, photograph, post, with_pictures

MIB = 2**20


def faults(channel: str, text: str = "Words.", count: int = 1, held: bytes | None = None) -> list[str]:
    return [each.words for each in preflight(channel, *with_pictures(text, count, held)) if each.stops]


@pytest.mark.parametrize(
    ("fits", "does_not"),
    [
        ("a" * 2200, "a" * 2201),
        ("\U0001f30a" * 1100, "\U0001f30a" * 1100 + "a"),
        (" ".join(f"#t{n}" for n in range(30)), " ".join(f"#t{n}" for n in range(31))),
        (" ".join(f"@n{n}" for n in range(20)), " ".join(f"@n{n}" for n in range(21))),
    ],
)
def test_a_caption_has_its_limits(fits: str, does_not: str) -> None:
    assert faults(INSTAGRAM, fits) == []
    assert len(faults(INSTAGRAM, does_not)) == 1


def test_an_address_of_mail_is_no_mention() -> None:
    assert faults(INSTAGRAM, " ".join(f"n{n}@example.org" for n in range(30))) == []


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [
        (800, 1000, True),
        (799, 1000, False),
        (1337, 700, True),
        (1338, 700, False),
        (320, 320, True),
        (319, 319, False),
        (1440, 1440, True),
    ],
)
def test_a_picture_has_a_shape_and_a_width(width: int, height: int, fits: bool) -> None:
    assert (faults(INSTAGRAM, held=header(width, height)) == []) is fits


def test_what_is_too_wide_goes_out_and_is_said_to_be_scaled_down() -> None:
    found = preflight(INSTAGRAM, *with_pictures("Words.", 1, header(1441, 1441)))

    assert [(each.where, each.stops) for each in found] == [("p0.jpg", False)]
    assert not stopped(found)


@pytest.mark.parametrize(("size", "fits"), [(8 * MIB - 1, True), (8 * MIB, True), (8 * MIB + 1, False)])
def test_a_picture_has_eight_mebibytes(size: int, fits: bool) -> None:
    held = header(1080, 1080, size)
    assert len(held) == size
    assert (faults(INSTAGRAM, held=held) == []) is fits


@pytest.mark.parametrize(("count", "fits"), [(0, False), (1, True), (2, True), (10, True), (11, False)])
def test_a_carousel_has_two_to_ten_pictures(count: int, fits: bool) -> None:
    assert (faults(INSTAGRAM, count=count) == []) is fits


def test_pictures_of_another_shape_are_said_to_be_cropped() -> None:
    made, files = post(
        "Words.\n\n!a.jpg A quay.\n\n!b.jpg A crane.", {"a.jpg": header(900, 900), "b.jpg": header(1000, 800)}
    )

    assert [(each.where, each.stops) for each in preflight(INSTAGRAM, made, files)] == [("b.jpg", False)]


@pytest.mark.parametrize(
    ("channel", "most"), [(INSTAGRAM, 1000), (MASTODON, 1500), (SITE, 1000)], ids=[INSTAGRAM, MASTODON, SITE]
)
def test_every_picture_is_told_in_words_and_in_so_many_at_most(channel: str, most: int) -> None:
    def with_alt(alt: str) -> list[str]:
        made, files = post(f"Words.\n\n!a.jpg {alt}", {"a.jpg": header(900, 900)})
        return [each.where for each in preflight(channel, made, files) if each.stops]

    assert with_alt("x" * most) == []
    assert with_alt("x" * (most + 1)) == ["a.jpg"]
    assert with_alt("| a caption alone") == ["a.jpg"]


def test_only_plain_jpeg_goes_to_instagram() -> None:
    made = io.BytesIO()
    Image.new("RGB", (640, 640)).save(made, "PNG")
    several = photograph().replace(b"\xff\xdb", b"\xff\xe2\x00\x08MPF\x00\x00\x00\xff\xdb", 1)

    assert faults(INSTAGRAM, held=photograph()) == []
    assert len(faults(INSTAGRAM, held=made.getvalue())) == 1
    assert len(faults(INSTAGRAM, held=several)) == 1
    named_wrongly = post("Words.\n\n!a.jpg A quay.", {"a.jpg": photograph()}, media_type="image/png")
    assert stopped(preflight(INSTAGRAM, *named_wrongly))


@pytest.mark.parametrize("progressive", [False, True])
def test_the_size_of_a_real_jpeg_is_read_from_its_header(progressive: bool) -> None:
    made = io.BytesIO()
    Image.new("RGB", (641, 377)).save(made, "JPEG", progressive=progressive, exif=Image.Exif())
    assert jpeg_size(made.getvalue()) == Size(641, 377)
    assert jpeg_size(made.getvalue()[:20]) is None
    assert jpeg_size(b"") is None


@pytest.mark.parametrize(("text", "fits"), [("a" * 500, True), ("a" * 501, False)])
def test_a_toot_has_five_hundred_characters(text: str, fits: bool) -> None:
    assert (faults(MASTODON, text, 0) == []) is fits


def test_a_toot_counts_every_address_for_twenty_three_and_of_a_name_elsewhere_the_name() -> None:
    assert toot_length("https://example.org/" + "a" * 400) == 23
    assert toot_length("@anna@social.example") == len("@anna")


@pytest.mark.parametrize(("count", "fits"), [(4, True), (5, False)])
def test_a_toot_has_four_pictures(count: int, fits: bool) -> None:
    assert (faults(MASTODON, count=count) == []) is fits


def test_a_post_is_the_title_and_the_words_as_they_were_judged() -> None:
    made, files = post(
        "One.\n\n## Then\n\n* a\n* b\n\n~ March 1944: it rained\n\n!a.jpg A quay. | Low tide.",
        {"a.jpg": header(640, 640)},
        title="The quay",
    )

    shown = composed(made, files)

    assert shown.words == "The quay\n\nOne.\n\nThen\n\n• a\n• b\n\nMarch 1944: it rained\n\nLow tide."
    assert [(each.member, each.alt) for each in shown.shots] == [("a.jpg", "A quay.")]


def test_a_picture_that_is_not_among_the_files_stops_it() -> None:
    assert stopped(preflight(SITE, *post("Words.\n\n!a.jpg A quay.")))


def test_words_that_are_not_written_as_they_should_be_are_a_fault_and_no_error() -> None:
    (fault,) = preflight(INSTAGRAM, *post("!a"))
    assert fault.stops
    assert fault.where == "text"


def test_an_unknown_channel_is_an_error() -> None:
    with pytest.raises(BadInputError, match="choose site, instagram, mastodon"):
        preflight("pigeon", *post("Words."))


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(min_value=0, max_value=300))
def test_no_bytes_break_the_reading_of_a_header(held: bytes, cut: int) -> None:
    torn = photograph(320, 320)[:cut] + held

    for each in (held, b"\xff\xd8" + held, torn):
        size = jpeg_size(each)
        assert size is None or (size.width > 0 and size.height > 0)


@settings(deadline=None)
@given(st.text(max_size=600), st.sampled_from(list(CHANNELS)))
def test_no_words_break_a_preflight_and_what_passes_is_within_the_limits(text: str, channel: str) -> None:
    made, files = post(text)

    found = preflight(channel, made, files)

    if channel == MASTODON and not stopped(found):
        assert 0 < toot_length(composed(made, files).words) <= 500
    assert channel != INSTAGRAM or stopped(found)

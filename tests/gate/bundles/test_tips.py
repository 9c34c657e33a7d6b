from __future__ import annotations

import secrets
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.gate.bundles.boxes import BUCKETS, Box, Enclosed, opened, seal
from leconfield.gate.bundles.tips import (
    CHOICES,
    LONGEST,
    MOST_BYTES,
    MOST_FILES,
    REPLY,
    SHORTEST,
    TIP,
    Reply,
    Tip,
    fields_of,
    plain,
    reply_in,
    tip_in,
)

KEY = X25519PrivateKey.generate()
WHAT = "Two men load crates at night into a grey van."


def box(told: Tip | Reply, *files: Enclosed) -> Box:
    return Box(TIP if isinstance(told, Tip) else REPLY, "2026-07-14", fields_of(told), files)


def crossed(each: Box) -> Box:
    return opened(seal(each, [KEY.public_key()]), KEY)


def test_a_whole_tip_crosses_as_it_was_told() -> None:
    tip = Tip(
        WHAT, "moment", "14 July, after dark", "Berth 3", "A tall man", "grey van", "saw", "From the bridge", "fairly",
        "few", "My brother was there", "by post", "en", secrets.token_hex(32), secrets.token_hex(32),
    )  # fmt: skip

    assert tip_in(crossed(box(tip))) == tip


def test_only_what_happened_is_needed() -> None:
    assert tip_in(crossed(box(Tip(WHAT)))) == Tip(WHAT)


@pytest.mark.parametrize(
    "wrong",
    [
        Tip("x" * (SHORTEST - 1)),
        Tip("x" * (LONGEST["what"] + 1)),
        Tip(WHAT, contact="x" * (LONGEST["contact"] + 1)),
        *(Tip(WHAT, **{name: "elsewise"}) for name in CHOICES),
        Tip(WHAT, place="abc", mailbox="abc"),
        Tip(WHAT, place="0" * 64),
    ],
)
def test_a_tip_that_will_not_do_is_refused(wrong: Tip) -> None:
    with pytest.raises(BadInputError):
        tip_in(box(wrong))


def test_unknown_and_missing_fields_are_refused() -> None:
    for fields in ({"what": WHAT, "ip": "192.0.2.7"}, {"who": "A man"}):
        with pytest.raises(BadInputError):
            tip_in(Box(TIP, "2026-07-14", fields))


def test_more_files_than_may_come_are_refused() -> None:
    small = Enclosed("a.txt", "text/plain", b"x")
    for files in ([small] * (MOST_FILES + 1), [replace(small, held=bytes(MOST_BYTES + 1))]):
        with pytest.raises(BadInputError, match="files"):
            tip_in(box(Tip(WHAT), *files))


def test_the_largest_tip_fits_into_a_box() -> None:
    most = {name: "\u4e00" * length for name, length in LONGEST.items()}
    whole = box(Tip(**most), *(Enclosed("n" * 120, "application/octet-stream", bytes(MOST_BYTES // MOST_FILES)),) * 8)

    assert seal(whole, [KEY.public_key()])


@given(st.text(max_size=400), st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_whatever_is_typed_becomes_words_that_cross(what: str, who: str) -> None:
    tip = Tip(plain(what) + " " + WHAT, who=plain(who))
    tip = replace(tip, what=plain(tip.what))

    assert tip_in(crossed(box(tip))) == tip


def test_control_characters_and_turned_order_do_not_stay() -> None:
    assert plain("a\x00b\u202ec\r\nd\te \ud800") == "abc\nd e \ufffd"


@pytest.mark.parametrize("length", [10, 200, 700])
def test_tips_of_like_length_have_one_size(length: int) -> None:
    sizes = {len(seal(box(Tip("x" * each)), [KEY.public_key()])) for each in (length, length + 1, length + 37)}

    assert len(sizes) == 1


@given(st.integers(SHORTEST, LONGEST["what"]))
@settings(max_examples=40, deadline=None)
def test_a_tip_has_one_of_a_few_sizes(length: int) -> None:
    sizes = {len(seal(Box(TIP, "2026-07-14", {"what": "x" * each}, id="0" * 32), [KEY.public_key()])) for each in EDGES}

    assert len(seal(box(Tip("x" * length)), [KEY.public_key()])) in sizes


EDGES = tuple(each - 400 for each in BUCKETS[:4])


@pytest.mark.parametrize(
    "wrong", [Reply("x", "0" * 32, "Yes"), Reply("0" * 64, "x", "Yes"), Reply("0" * 64, "0" * 32, "x" * 20_001)]
)
def test_a_reply_that_will_not_do_is_refused(wrong: Reply) -> None:
    with pytest.raises(BadInputError):
        reply_in(box(wrong))


def test_a_reply_crosses() -> None:
    reply = Reply("0" * 64, "1" * 32, "It was the green door.")

    assert reply_in(crossed(box(reply))) == reply


@pytest.mark.parametrize(
    ("others", "flagged"), [("nobody", True), ("few", True), ("many", False), ("unsure", False), ("", False)]
)
def test_what_nobody_else_could_know_is_flagged(others: str, flagged: bool) -> None:
    assert Tip(WHAT, others=others).single_source is flagged

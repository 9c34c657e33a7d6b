"""Continuity: who held an exhibit, and what breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.desk.evidence import service
from leconfield.desk.evidence.continuity import breaks, holder
from leconfield.desk.evidence.model import DIFFERENT, SAME, Exhibit, HandOver, Verification
from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.model import EntryId
from tests.desk.evidence.files import ANN, Bench, bench


@pytest.fixture(name="at")
def _at() -> Bench:
    return bench()


def _hand(giver: str, taker: str, given: str, taken: str = "", seal: str = "B1") -> HandOver:
    return HandOver(EntryId(given), giver, taker, given, taken or given, "", seal, "emma", given, "S")


def _exhibit(*hands: HandOver, checks: tuple[Verification, ...] = ()) -> Exhibit:
    made = ("x", "RP/1", "a receipt", "d", "", (), "seizure", "Price", "2026-03-01T10:00", "here", "B1")
    return Exhibit(*made, "emma", "", "S", hands, checks)


def _words(exhibit: Exhibit) -> str:
    return " ".join(each.words for each in breaks(exhibit))


def test_an_exhibit_that_went_from_hand_to_hand_is_unbroken() -> None:
    found = _exhibit(_hand("Price", "Store", "2026-03-01T11:00"), _hand("store", "Lab", "2026-03-02T09:00"))
    assert breaks(found) == ()
    assert holder(found) == "Lab"


@pytest.mark.parametrize(
    ("hand", "words"),
    [
        (_hand("Dale", "Store", "2026-03-01T11:00"), "nobody says how it came to Dale"),
        (_hand("Price", "Store", "2026-03-01T11:00", "2026-03-01T12:00"), "in nobody's hands"),
        (_hand("Price", "Store", "2026-03-01T09:00"), "before Price had it"),
        (_hand("Price", "Store", "2026-03-01T11:00", seal=""), "without a seal"),
    ],
)
def test_a_gap_in_hands_in_time_or_in_seals_breaks_it(hand: HandOver, words: str) -> None:
    assert words in _words(_exhibit(hand))


def test_a_file_that_was_found_changed_breaks_it_until_it_is_found_whole() -> None:
    bad = Verification(EntryId("1"), DIFFERENT, "emma", "", "S")
    good = Verification(EntryId("2"), SAME, "emma", "", "S")
    assert "hash" in _words(_exhibit(checks=(bad,)))
    assert breaks(_exhibit(checks=(bad, good))) == ()


@given(st.permutations(range(5)))
def test_the_order_in_which_hand_overs_were_written_down_changes_nothing(order: list[int]) -> None:
    hands = [_hand(f"hand {n}" if n else "Price", f"hand {n + 1}", f"2026-03-01T1{n + 1}:00") for n in range(5)]
    assert breaks(_exhibit(*(hands[each] for each in order))) == ()


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), st.integers(0, 5))
def test_a_hand_over_that_is_left_out_breaks_it_unless_it_came_back(hands: list[str], gone: int) -> None:
    chain = ["Price", *hands]
    made = [_hand(one, other, f"2026-03-01T1{n}:30") for n, (one, other) in enumerate(zip(chain, hands, strict=False))]
    kept = [each for n, each in enumerate(made) if n != gone]
    if 0 <= gone < len(made) - 1 and made[gone].giver != made[gone].taker:
        assert breaks(_exhibit(*kept))
    else:
        assert not breaks(_exhibit(*kept))


def test_an_exhibit_is_kept_handed_over_and_hashed_again(at: Bench) -> None:
    which = at.exhibit()
    at.hand(which, "PC Roy Price", "The store", "2026-03-01T12:00")
    assert service.verify(at.desk, at.view(), at.id, which) == SAME
    (found,) = at.file().exhibits
    assert (found.number, holder(found), breaks(found)) == ("RP/1", "The store", ())
    assert service.content_of(at.view(), at.id, found) == b"a receipt"


def test_a_file_that_is_gone_is_found_when_it_is_hashed_again(at: Bench) -> None:
    which = at.exhibit()
    at.desk._files._memory[at.file().exhibits[0].digest] = b"another receipt"
    assert service.verify(at.desk, at.view(), at.id, which) == DIFFERENT
    assert breaks(at.file().exhibits[0])


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"number": "receipt"}, "initials"),
        ({"produced": "2026-03-01"}, "to the minute"),
        ({"produced": "2099-03-01T10:00"}, "yet to come"),
        ({"producer": " "}, "who produced it"),
        ({"place": ""}, "where"),
        ({"words": "a\x07b"}, "printed"),
    ],
)
def test_an_exhibit_that_lacks_something_is_refused(at: Bench, terms: dict[str, str], words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        at.exhibit(b"a receipt", **terms)
    assert at.file().exhibits == ()


def test_a_number_is_given_once(at: Bench) -> None:
    at.exhibit()
    with pytest.raises(BadInputError, match="RP/1 already"):
        at.exhibit(b"another")


def test_who_may_not_know_of_an_exhibit_finds_none(at: Bench) -> None:
    which = at.exhibit(label="SEQUIN")
    assert at.file(ANN).exhibits == ()
    with pytest.raises(NotFoundError) as hidden:
        service.verify(at.desk, at.view(ANN), at.id, which)
    with pytest.raises(NotFoundError) as unknown:
        service.verify(at.desk, at.view(ANN), at.id, "0" * 32)
    assert str(hidden.value).replace(which, "") == str(unknown.value).replace("0" * 32, "")

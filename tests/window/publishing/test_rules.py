"""The table of states and the pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles.deliveries import FINAL, Resolution, Ruling, State
from leconfield.window.publishing import rules
from leconfield.window.publishing.model import Delivery, Seen
from leconfield.window.publishing.trouble import BY_CODE, BY_SUBCODE, Kind, of_error, of_status

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
DOUBT = Delivery(
    "ab" * 16, "instagram", State.AMBIGUOUS, 4, NOON, NOON, words="The quay.", intent=NOON, before=("1", "2")
)


def test_from_doubt_nothing_leads_back_to_the_queue_but_a_person() -> None:
    assert State.QUEUED not in rules.EDGES[State.AMBIGUOUS]
    assert State.SUBMITTED not in rules.EDGES[State.AMBIGUOUS]
    assert {each for each in State if State.QUEUED in rules.EDGES[each]} == {
        State.SUBMITTED,
        State.PROCESSING,
        State.REJECTED,
        State.MANUAL,
    }
    assert set(rules.EDGES) == set(State)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        ([Seen("3", "The quay.", NOON)], "3"),
        ([Seen("3", "The  quay.\n", NOON)], "3"),
        ([Seen("2", "The quay.", NOON)], ""),
        ([Seen("3", "The pier.", NOON)], ""),
        ([Seen("3", "The quay.", NOON - timedelta(hours=6))], "3"),
        ([Seen("9", "The quay.", NOON)], ""),
        ([Seen("4", "The quay.", NOON + timedelta(hours=1)), Seen("3", "The quay.", NOON)], "3"),
    ],
)
def test_ours_is_what_is_new_says_the_same_and_is_no_others(seen: list[Seen], found: str) -> None:
    known = rules.ours(DOUBT, seen, {"9"})

    assert (known.id if known else "") == found
    assert rules.ours(replace(DOUBT, intent=None), seen, set()) is None


@pytest.mark.parametrize(
    ("address", "words", "twins", "found"),
    [
        ("https://www.example.org/us/p/abc/?img_index=2", "Another.", True, "1"),
        ("https://example.org/p/none", "The quay.", False, "2"),
        ("https://example.org/p/none", "The quay.", True, ""),
        ("https://example.org/p/none", "The pier.", False, ""),
    ],
)
def test_what_a_person_meant_is_at_the_address_he_gave_or_says_the_same(
    address: str, words: str, twins: bool, found: str
) -> None:
    seen = [
        Seen("1", "The sea.", NOON, "https://example.org/p/abc/"),
        Seen("2", "The quay.", NOON, "https://example.org/p/def/"),
        *(Seen(str(each), "The pier.", NOON) for each in (3, 4)),
    ]

    known = rules.meant(replace(DOUBT, address=address, words=words, before=()), seen, set(), twins=twins)

    assert (known.id if known else "") == found


def test_steps_grow_and_those_of_a_new_store_begin_beyond_those_of_a_lost_one() -> None:
    first = rules.next_step(0, NOON)

    assert rules.next_step(first, NOON) == first + 1
    assert rules.next_step(first, NOON - timedelta(days=1)) == first + 1
    assert rules.next_step(0, NOON + timedelta(minutes=1)) > first + 1


def test_words_are_the_same_however_a_platform_sets_their_spaces() -> None:
    assert rules.same("Caf\u00e9\n\nquay ", "Cafe\u0301 quay")
    assert not rules.same("Quay", "quay")


@settings(deadline=None)
@given(st.sampled_from(list(Kind)), st.integers(min_value=0, max_value=9))
def test_trouble_ends_after_three_tries_unless_it_is_a_limit(kind: Kind, tries: int) -> None:
    to = rules.after_trouble(replace(DOUBT, state=State.QUEUED, tries=tries), kind)

    assert to in rules.EDGES[State.QUEUED] | {State.QUEUED}
    if tries >= rules.MOST_TRIES and kind is not Kind.LIMIT:
        assert to in FINAL
    assert timedelta() < rules.wait(kind, timedelta(minutes=1), tries) <= rules.LATER


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("ruling", list(Ruling))
def test_a_person_decides_on_what_waits_for_one_and_on_the_step_that_he_saw(state: State, ruling: Ruling) -> None:
    its = replace(DOUBT, state=state)
    made = Resolution(its.release, its.channel, ruling, its.step)

    to = rules.decided(its, made)

    assert rules.decided(its, replace(made, step=its.step - 1)) is None
    assert (to is not None) is (state is State.MANUAL or (state is State.REJECTED and ruling is not Ruling.LEFT))


@pytest.mark.parametrize(("subcode", "kind"), [(code, kind) for code, (kind, _) in BY_SUBCODE.items()])
def test_every_subcode_of_the_table_is_told_apart(subcode: int, kind: Kind) -> None:
    assert of_error(4, subcode, 400).kind is kind


@pytest.mark.parametrize(("code", "kind"), [(code, kind) for code, (kind, _) in BY_CODE.items()])
def test_every_code_of_the_table_is_told_apart(code: int, kind: Kind) -> None:
    assert of_error(code, 0, 400).kind is kind


def test_lies_and_unknown_errors_and_bare_statuses() -> None:
    assert of_error(100, 33, 400).kind is Kind.LIE
    assert of_error(100, 0, 400).kind is Kind.FIX
    assert of_error(12345, 0, 500).kind is Kind.AGAIN
    assert [of_status(each).kind for each in (401, 404, 422, 429, 503)] == [
        Kind.AUTH,
        Kind.LIE,
        Kind.FIX,
        Kind.LIMIT,
        Kind.AGAIN,
    ]

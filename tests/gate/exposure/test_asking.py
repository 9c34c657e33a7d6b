"""Whoever asks again and again is refused until an owner looks; it hangs on what he did and was told, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leconfield.gate.exposure.asking import CHECKED, OFTEN, Asked, apart, sketch_of, too_often
from leconfield.gate.exposure.service import REASONED, REFUSAL
from leconfield.gate.owning import service
from leconfield.gate.owning.state import often
from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from tests.gate.owning.desks import AGENTS, IRIS, LIMP, RUNNER, SAID, asked, staffed
from tests.gate.worlds import PROFILE
from tests.ledger.desks import EMMA, filed, look

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
WORDS = st.lists(st.sampled_from("abcde"), max_size=9)
DRAFT = "The man with the limp came to the yard on the night of the fair and left before the gate was shut."


def at(hours: float, words: str = "") -> Asked:
    """A check so many hours before noon; with words, it was refused."""
    return Asked(stamp(NOON - timedelta(hours=hours)), f"{hours} {words}", sketch_of(words))


def many(count: int, hours: float = 1) -> list[Asked]:
    return [at(hours + number / 1000) for number in range(count)]


def test_so_many_in_a_day_and_no_more() -> None:
    most, now = PROFILE.checks_a_day, stamp(NOON)
    assert not too_often(many(most - 1), DRAFT, now, PROFILE)
    assert too_often(many(most), DRAFT, now, PROFILE)
    assert not too_often(many(most, hours=25), DRAFT, now, PROFILE)


def test_so_many_refused_drafts_that_are_nearly_this_one_and_no_more() -> None:
    near = [at(1 + number / 100, f"{DRAFT} word{number}") for number in range(PROFILE.near_a_day)]
    now = stamp(NOON)
    assert too_often(near, DRAFT, now, PROFILE)
    assert not too_often(near[1:], DRAFT, now, PROFILE)
    assert not too_often(
        near, "Something else altogether, of which nobody has ever asked in the whole year.", now, PROFILE
    )
    assert not too_often([replace(each, words=()) for each in near], DRAFT, now, PROFILE), "they were not refused"
    assert not too_often([replace(each, digest="one") for each in near], DRAFT, now, PROFILE), "the same draft again"


@given(WORDS, WORDS, WORDS)
def test_how_far_drafts_are_apart_is_a_distance(one: list[str], other: list[str], third: list[str]) -> None:
    assert (apart(one, other) == 0) == (sorted(one) == sorted(other))
    assert apart(one, other) == apart(other, one)
    assert apart(one, third) <= apart(one, other) + apart(other, third)


@given(st.integers(0, 90), st.integers(0, 30))
def test_one_question_more_never_makes_it_less_often(count: int, more: int) -> None:
    asked_before = many(count)
    if too_often(asked_before, DRAFT, stamp(NOON), PROFILE):
        assert too_often([*asked_before, *many(more, hours=2)], DRAFT, stamp(NOON), PROFILE)


def searched(secret: str) -> tuple[Desk, list[str]]:
    """A desk at which Emma tries one word after another; what she was answered."""
    desk = staffed()
    if secret:
        filed(desk, RUNNER, secret, AGENTS)
    tries = [SAID.replace("forklift", f"forklift {number}") for number in range(PROFILE.near_a_day + 3)]
    return desk, [asked(desk, EMMA, each).refusal for each in tries]


def test_whoever_changes_a_word_again_and_again_is_refused_at_last_whatever_he_asks_and_the_owners_are_told() -> None:
    desk, answers = searched(LIMP)
    assert set(answers) == {REFUSAL}
    assert len(look(desk, IRIS).entries(kind=REASONED)) == PROFILE.near_a_day
    assert asked(desk, EMMA, SAID.replace("man", "woman").replace("limps", "rests")).refusal == REFUSAL
    (entry,) = often(look(desk, IRIS))
    assert (entry.asker, entry.asked) == ("emma", PROFILE.near_a_day)
    assert look(desk, EMMA).entries(kind=OFTEN) == []
    assert asked(desk, EMMA, "We answer the telephone at every hour of the day and of the night.").refusal == ""


def test_the_refusal_is_the_same_bytes_as_any_other() -> None:
    desk, _ = searched(LIMP)
    before, *_, after = look(desk, EMMA).entries(kind=CHECKED)
    assert set(before.body) == set(after.body)
    assert before.body["colour"] == after.body["colour"]


def test_an_owner_who_has_looked_lets_him_ask_again() -> None:
    desk, _ = searched(LIMP)
    service.count_anew(desk, look(desk, IRIS), "emma", reason="She was writing a caption.")
    assert often(look(desk, IRIS)) == ()
    before = len(look(desk, IRIS).entries(kind=REASONED))
    asked(desk, EMMA, f"{SAID} We are sure.")
    assert len(look(desk, IRIS).entries(kind=REASONED)) == before + 1


def test_a_harmless_draft_asked_about_often_hangs_on_the_asker_alone() -> None:
    """Two desks, one with a secret: Emma's harmless questions get the same bytes on both, also past the last."""
    seen = []
    for secret in ("", LIMP):
        desk = staffed()
        if secret:
            filed(desk, RUNNER, secret, AGENTS)
        answers = [asked(desk, EMMA, f"We have {n} telephones.").refusal for n in range(PROFILE.checks_a_day + 2)]
        seen.append((answers, [each.body for each in look(desk, EMMA).entries()]))
    assert seen[0] == seen[1]
    assert seen[0][0][-1] == REFUSAL

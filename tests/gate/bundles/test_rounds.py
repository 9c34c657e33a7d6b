"""Tests of `leconfield.gate.bundles.rounds`: instants, stages, turns, and the bodies of its orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.content import canonical, parsed
from leconfield.gate.bundles.rounds import Asked, Became, Category, Change, Round, Stage, Tally

OPENS = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ROUND = Round(OPENS, OPENS + 7 * DAY, OPENS + 14 * DAY, OPENS + 15 * DAY, "a" * 32, "b" * 32)
ONE, TWO = "1" * 32, "2" * 32
moments = st.integers(-5 * 1440, 30 * 1440).map(lambda minutes: OPENS + timedelta(minutes=minutes))
questions = st.lists(st.uuids().map(lambda each: each.hex), unique=True, max_size=12)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (-DAY, Stage.ANNOUNCED),
        (0 * DAY, Stage.OPEN),
        (7 * DAY, Stage.CLOSED),
        (14 * DAY, Stage.CLOSED),
        (15 * DAY, Stage.OUT),
    ],
)
def test_a_stage_begins_at_its_instant(after: timedelta, expected: Stage) -> None:
    assert rounds.stage(ROUND, OPENS + after) is expected


@settings(deadline=None)
@given(moments)
def test_what_was_decided_shows_at_the_minute_of_the_opening_or_with_the_answers(now: datetime) -> None:
    shows = rounds.turn(ROUND, now)
    assert shows >= now
    assert shows == ROUND.publishes or (shows - OPENS) % DAY == timedelta() or now > ROUND.publishes
    assert shows >= OPENS


@settings(deadline=None)
@given(moments, st.timedeltas(timedelta(), timedelta(hours=23)))
def test_two_decisions_of_one_day_show_at_one_instant(now: datetime, later: timedelta) -> None:
    if now < ROUND.publishes and now + later < rounds.turn(ROUND, now):
        assert rounds.turn(ROUND, now) == rounds.turn(ROUND, now + later)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"opens": OPENS.replace(second=1)}, "to the minute"),
        ({"closes": OPENS + timedelta(hours=23)}, "a day at the least"),
        ({"due": OPENS + 6 * DAY}, "after the round has closed"),
        ({"publishes": OPENS + 14 * DAY + timedelta(hours=11)}, "twelve hours"),
        ({"publishes": OPENS + 100 * DAY}, "three months"),
        ({"longest": 5}, "characters"),
        ({"longest": 501}, "characters"),
        ({"votes_an_hour": 0}, "votes an hour"),
    ],
)
def test_instants_that_would_not_do_are_refused_in_words(changed: dict[str, object], says: str) -> None:
    odd = replace(ROUND, **changed)
    assert says in rounds.fault_in(odd)
    with pytest.raises(BadInputError, match=says):
        rounds.body_of(odd)


def test_a_round_reads_back_as_it_was_written() -> None:
    body = parsed(canonical(rounds.body_of(ROUND)), "body")
    assert rounds.round_in(body) == ROUND


def test_what_becomes_of_questions_reads_back_and_shows_only_from_its_instant() -> None:
    first = Change(OPENS + DAY, Became.ACCEPTED, words="How do you sleep?")
    then = Change(OPENS + 2 * DAY, Became.MERGED, into=TWO)
    never = Change(OPENS + DAY, Became.REFUSED, category=Category.OPERATIONS)
    asked = (Asked(TWO, "d" * 64, (never,)), Asked(ONE, "c" * 64, (first, then)))
    read = rounds.questions_in(parsed(canonical(rounds.questions_body(asked)), "body"))
    assert read == tuple(sorted(asked, key=lambda each: each.id))
    one = read[0]
    assert [one.at(OPENS), one.at(OPENS + DAY), one.at(OPENS + 3 * DAY)] == [None, first, then]


def test_counts_read_back() -> None:
    tally = Tally(ROUND.publishes, 9, 4, 2, dict.fromkeys(Category, 1))
    assert rounds.counts_in(parsed(canonical(rounds.counts_body(tally)), "body")) == tally


@settings(deadline=None)
@given(questions, st.randoms(use_true_random=False))
def test_the_order_of_answers_follows_votes_and_a_hash_and_never_the_order_of_writing(
    ids: list[str], chance: Random
) -> None:
    votes = {each: int(each, 16) % 3 for each in ids}
    shuffled = list(ids)
    chance.shuffle(shuffled)
    ordered = rounds.ranked(votes, shuffled, "r" * 32)
    assert ordered == rounds.ranked(votes, ids, "r" * 32)
    assert [votes[each] for each in ordered] == sorted((votes[each] for each in ids), reverse=True)


HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["2026-07-06T09:00:00Z", "accepted", ONE]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["changes", "id", "place", "opens", "refused", "questions", "became"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["questions", "opens", "closes", "due", "publishes", "refused", "asked", "longest"]), HOSTILE
    )
)
def test_a_body_of_another_make_is_refused_and_nothing_else_happens(body: dict[str, object]) -> None:
    for read in (rounds.round_in, rounds.counts_in):
        with pytest.raises(DamagedError):
            read(body)
    if body.get("questions") != []:
        with pytest.raises(DamagedError):
            rounds.questions_in(body)


@pytest.mark.parametrize("words", ["", "a\nb", "x" * 501, "\u202eabc"])
def test_words_that_may_not_stand_in_one_line_do_not_cross(words: str) -> None:
    asked = Asked(ONE, "c" * 64, (Change(OPENS, Became.ACCEPTED, words=words),))
    with pytest.raises(BadInputError):
        rounds.questions_body([asked])


@pytest.mark.parametrize("text", ["", "2026-13-01T09:00", "2026-12-01", "2026-12-01T09:00:30Z", "x" * 16])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="instant"):
        rounds.instant_in(text)

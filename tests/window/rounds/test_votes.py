"""Tests of `leconfield.window.votes`: numbers alone, none lost, none too many, and one box however often it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from json import loads
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles.boxes import Box
from leconfield.window import rounds
from leconfield.window.spool import Outbox
from leconfield.window.votes import FILE, MOST_BOXED, Pace, Votes, box_of, votes_in
from tests.window.rounds.halls import DAY, OPENS, PLAN, ROUND, SLEEP, TRUST, accepted, announced, at, questions


def kept(folder: Path) -> Votes:
    """Votes in a fresh file."""
    return votes_in(folder / FILE)


def test_no_vote_is_lost_when_many_come_at_once(tmp_path: Path) -> None:
    votes = kept(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda number: votes.cast(ROUND, (SLEEP, TRUST)[number % 2]), range(80)))
    assert votes.counts(ROUND) == {SLEEP: 40, TRUST: 40}


def test_no_vote_is_taken_once_they_were_sent_in(tmp_path: Path) -> None:
    votes = kept(tmp_path)
    votes.cast(ROUND, SLEEP)
    assert votes.close(ROUND) == {SLEEP: 1}
    assert not votes.cast(ROUND, SLEEP)
    assert votes.close(ROUND) == {SLEEP: 1}


def test_a_vote_that_comes_while_they_are_sent_in_is_refused_and_not_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP))
    at(made, OPENS + DAY)
    votes = rounds.votes_of(made.window)
    votes.cast(ROUND, SLEEP)
    at(made, PLAN.closes)
    put, counted = Outbox.put, []

    def meanwhile(outbox: Outbox, box: Box) -> None:
        counted.append(votes.cast(ROUND, SLEEP))
        put(outbox, box)

    monkeypatch.setattr(Outbox, "put", meanwhile)
    rounds.send_in(made.window)
    (box,) = made.boxes()
    assert counted == [False]
    assert loads(box.fields["votes"]) == votes.counts(ROUND) == {SLEEP: 1}


def test_a_window_that_is_stopped_before_sending_sends_in_what_had_come_by_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP))
    at(made, OPENS + DAY)
    votes = rounds.votes_of(made.window)
    votes.cast(ROUND, SLEEP)
    at(made, PLAN.closes)

    def stopped(_outbox: Outbox, _box: Box) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "put", stopped)
        with pytest.raises(KeyboardInterrupt):
            rounds.send_in(made.window)
    assert not votes.cast(ROUND, SLEEP)
    rounds.send_in(made.window)
    rounds.send_in(made.window)
    (box,) = made.boxes()
    assert loads(box.fields["votes"]) == {SLEEP: 1}


@settings(deadline=None)
@given(st.integers(1, 50), st.lists(st.floats(0, 7200, allow_nan=False), min_size=1, max_size=200))
def test_over_any_stretch_a_question_takes_no_more_than_its_pace(an_hour: int, waits: list[float]) -> None:
    pace, now, taken = Pace(), OPENS, []
    for each in waits:
        now += timedelta(seconds=each)
        if pace.take(ROUND, SLEEP, an_hour, now):
            taken.append(now)
    for first in range(len(taken)):
        for last in range(first, len(taken)):
            hours = (taken[last] - taken[first]) / timedelta(hours=1)
            assert last - first + 1 <= an_hour * (hours + 1) + 1e-6


def test_the_pace_of_one_question_is_not_that_of_another() -> None:
    pace = Pace()
    assert pace.take(ROUND, SLEEP, 1, OPENS)
    assert not pace.take(ROUND, SLEEP, 1, OPENS)
    assert pace.take(ROUND, TRUST, 1, OPENS)


def test_a_window_that_is_stopped_after_sending_and_before_noting_it_sends_the_same_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP))
    at(made, OPENS + DAY)
    rounds.votes_of(made.window).cast(ROUND, SLEEP)
    at(made, PLAN.closes)

    def stopped(_votes: Votes, _which: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Votes, "mark_sent", stopped)
        with pytest.raises(KeyboardInterrupt):
            rounds.send_in(made.window)
    rounds.send_in(made.window)
    rounds.send_in(made.window)
    first, second = made.boxes()
    assert (first.id, dict(first.fields)) == (second.id, dict(second.fields))


def test_a_box_holds_the_questions_with_most_votes_if_there_are_too_many() -> None:
    many = {f"{each:032x}": each for each in range(MOST_BOXED + 5)}
    box = box_of(ROUND, many, "2026-12-01")
    assert box.fields["votes"].count(":") == MOST_BOXED
    assert f'"{MOST_BOXED + 4:032x}"' in box.fields["votes"]

"""Tests of `leconfield.staff.rules`: who is on, what a turn would break, what a roster must keep to."""

from __future__ import annotations

from datetime import UTC, datetime

from leconfield.ledger.model import EntryId
from leconfield.staff import rules
from leconfield.staff.model import Away, Person
from leconfield.staff.profile import shipped
from tests.staff.lines import AWAKE, NAMES, dealt

EVERYTHING = frozenset(shipped().names)
PEOPLE = {name: Person(name, name.title(), EVERYTHING) for name in NAMES}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def words(turns: dict[tuple[str, str], str], who: str, slot: tuple[str, str], *away: Away) -> list[str]:
    found = rules.breaches(shipped(), PEOPLE, away, {**turns, slot: who}, who, slot)
    return [each.words for each in found]


def test_a_night_runs_until_the_morning_after() -> None:
    turns = {("2026-03-02", "night"): "ann"}
    night = shipped().steps[0]
    assert rules.asked_by(shipped(), turns, night, at("2026-03-03T03:00")) == "ann"
    assert rules.asked_by(shipped(), turns, night, at("2026-03-03T07:00")) == ""
    assert rules.asked_by(shipped(), turns, night, at("2026-03-02T22:59")) == ""


def test_too_little_rest_is_told_in_hours_and_between_which_turns() -> None:
    turns = {("2026-03-02", "night"): "ann"}
    (said,) = words(turns, "ann", ("2026-03-03", "evening"))
    assert (
        said
        == "Ann would rest 8 hours between the night of 2 March 2026 and the evening of 3 March 2026; 11 is the least"
    )


def test_nobody_is_at_two_places_at_once_whoever_says_that_it_stands() -> None:
    turns = {("2026-03-02", "second"): "ann"}
    (found,) = rules.breaches(
        shipped(), PEOPLE, (), {**turns, ("2026-03-02", "day"): "ann"}, "ann", ("2026-03-02", "day")
    )
    assert found.hard
    assert "cannot have both at once" in found.words


def test_on_call_at_home_needs_no_rest_before_it() -> None:
    assert words({("2026-03-02", "night"): "ann"}, "ann", ("2026-03-03", "second")) == []


def test_days_in_a_row_days_away_and_duties_not_taken_are_told() -> None:
    row = {(f"2026-03-0{day}", "day"): "ann" for day in range(2, 7)}
    assert words(row, "ann", ("2026-03-07", "day")) == ["Ann would have 6 days in a row; 5 is the most"]
    away = Away(EntryId("a"), "ann", "2026-03-09", "2026-03-10")
    assert words({}, "ann", ("2026-03-10", "day"), away) == ["Ann is away on 10 March 2026"]
    people = {"ann": Person("ann", "Ann", frozenset({"day"}))}
    (found,) = rules.breaches(shipped(), people, (), {("2026-03-02", "night"): "ann"}, "ann", ("2026-03-02", "night"))
    assert found.words == "Ann does not take the night"


def test_a_stranger_cannot_be_put_into_a_turn() -> None:
    (found,) = rules.breaches(shipped(), PEOPLE, (), {}, "zoe", ("2026-03-02", "night"))
    assert found.hard


def test_a_roster_with_a_hole_a_stranger_or_a_tired_man_is_found_out() -> None:
    people = {name: Person(name, name.title(), frozenset(AWAKE)) for name in NAMES}
    turns = dealt(NAMES)
    assert list(rules.faults(shipped(), people, (), {}, turns)) == []
    hole = {**turns, ("2026-03-05", "night"): ""}
    assert list(rules.faults(shipped(), people, (), {}, hole)) == ["nobody has the night of 5 March 2026"]
    stranger = {**turns, ("2026-03-05", "night"): "zoe"}
    assert "zoe is not on the line" in next(rules.faults(shipped(), people, (), {}, stranger))
    tired = {**turns, ("2026-03-03", "day"): turns["2026-03-02", "night"]}
    assert any("would rest 0 hours" in each for each in rules.faults(shipped(), people, (), {}, tired))
    twice = list(rules.faults(shipped(), people, (), turns, turns))
    assert len(twice) == len(turns)
    assert "stands in a roster already" in twice[0]


def test_gaps_and_clashes_are_those_that_are_not_over() -> None:
    turns = {("2026-03-02", "night"): "", ("2026-03-01", "day"): "", ("2026-03-04", "day"): "ann"}
    assert rules.gaps(shipped(), turns, at("2026-03-03T03:00")) == (("2026-03-02", "night"),)
    away = [Away(EntryId("a"), "ann", "2026-03-03", "2026-03-08")]
    assert rules.clashes(shipped(), PEOPLE, away, turns, at("2026-03-03T03:00")) == (
        "Ann is away, and has the day of 4 March 2026",
    )
    assert rules.clashes(shipped(), PEOPLE, away, turns, at("2026-03-05T03:00")) == ()

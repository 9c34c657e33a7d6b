"""Tests of `leconfield.agents.planning`: a plan keeps to every rule; what clashes is said, and mended nearest."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from leconfield.agents.planning.model import (
    DAY,
    Clash,
    Cover,
    Engaged,
    Garment,
    Known,
    Meeting,
    Place,
    Plan,
    Week,
    Window,
)
from leconfield.agents.planning.solving import holds, plan
from tests.agents.planning.weeks import drawn, faults

HERE, NEAR, FAR = Place("here", 51.5, 0.0), Place("near", 51.505, 0.0), Place("far", 51.9, 0.0)
TEN = Window(10 * 60, 12 * 60)
ONE = Meeting("M1", HERE, 60, (TEN,), ("teacher",), ("rob",), frozenset({"oak"}))
COAT, SUIT = (
    Garment("coat", "outfit", frozenset({"teacher"})),
    Garment("suit", "outfit", frozenset({"teacher", "clerk"})),
)
WEEK = Week((ONE,), (Cover("teacher"), Cover("clerk")), (COAT, SUIT))


@pytest.mark.parametrize("seed", range(40))
def test_forty_random_weeks_are_right_by_an_independent_validator(seed: int) -> None:
    week = drawn(seed)
    found = plan(week)
    if isinstance(found, Plan):
        assert faults(week, found) == []
        assert found.bound <= found.cost
    else:
        assert found.reasons
        for which, days in found.nearest:
            moved = tuple(
                replace(
                    each, windows=tuple(Window(one.begin + days * DAY, one.end + days * DAY) for one in each.windows)
                )
                if each.id == which
                else each
                for each in week.meetings
            )
            again = plan(replace(week, meetings=moved))
            assert isinstance(again, Plan)
            assert faults(replace(week, meetings=moved), again) == []


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_holds_just_where_the_validator_finds_no_fault(seed: int) -> None:
    week, chance = drawn(seed, 5), Random(f"change {seed}")
    found = plan(week)
    if isinstance(found, Clash):
        return
    assert holds(week, found)
    for _ in range(6):
        changed = _changed(week, found, chance)
        assert holds(week, changed) == (faults(week, changed) == [])


def _changed(week: Week, found: Plan, chance: Random) -> Plan:
    """The plan with one thing of one meeting decided otherwise."""
    at = chance.randrange(len(found.meetings))
    one = found.meetings[at]
    meeting = next(each for each in week.meetings if each.id == one.meeting)
    changes = (
        {"start": one.start + chance.choice((-180, -60, -15, 15, 60, 180))},
        {"handler": chance.choice(meeting.handlers)},
        {"cover": chance.choice([each.name for each in week.covers])},
        {"garments": tuple(each.id for each in chance.sample(week.wardrobe, chance.randint(1, 2)))},
    )
    changed = replace(one, **chance.choice(changes))  # type: ignore[arg-type]  # each is of its field
    return replace(found, meetings=tuple(changed if each is one else each for each in found.meetings))


def test_what_is_worn_already_is_not_chosen_anew() -> None:
    worn = replace(ONE, worn=frozenset({"suit"}))
    found = plan(replace(WEEK, meetings=(worn,)))
    assert isinstance(found, Plan)
    assert found.meetings[0].garments == ("suit",)


def test_some_of_the_random_weeks_can_be_kept_and_some_cannot() -> None:
    kinds = {type(plan(drawn(seed, 6))) for seed in range(12)}
    assert kinds == {Plan, Clash}


def test_one_question_has_one_answer() -> None:
    assert plan(drawn(3)) == plan(drawn(3))


def clash(week: Week) -> Clash:
    found = plan(week)
    assert isinstance(found, Clash)
    return found


def test_two_places_at_once_are_said_and_the_nearest_day_is_offered() -> None:
    two = replace(ONE, id="M2", place=FAR, eyes=frozenset({"elm"}))
    found = clash(replace(WEEK, meetings=(ONE, two)))
    assert found.meetings == ("M1", "M2")
    assert any("gets from M1 to M2" in each for each in found.reasons)
    assert found.nearest[0] in (("M1", 1), ("M2", 1))


def test_the_same_coat_is_not_seen_twice_by_the_same_eyes() -> None:
    later = replace(ONE, id="M2", windows=(Window(DAY + 600, DAY + 720),))
    found = plan(replace(WEEK, meetings=(ONE, later)))
    assert isinstance(found, Plan)
    assert found.meetings[0].garments != found.meetings[1].garments
    reasons = clash(replace(WEEK, meetings=(ONE, later), wardrobe=(COAT,))).reasons
    assert any("coat would be seen twice by oak" in each for each in reasons)


def test_what_was_seen_before_stays_at_home() -> None:
    worn = replace(COAT, seen_by=frozenset({"oak"}))
    assert any("seen by oak before" in each for each in clash(replace(WEEK, wardrobe=(worn,))).reasons)


def test_nobody_comes_as_another_where_he_is_known() -> None:
    known = (Known("rob", "clerk", NEAR),)
    assert clash(replace(WEEK, known=known)).reasons == ("rob is known as clerk near M1",)
    assert isinstance(plan(replace(WEEK, known=(Known("rob", "clerk", FAR),))), Plan)
    assert isinstance(plan(replace(WEEK, known=(Known("rob", "teacher", NEAR),))), Plan)


def test_a_handler_rests_between_late_and_early() -> None:
    late = replace(ONE, windows=(Window(22 * 60, 23 * 60),))
    early = replace(ONE, id="M2", place=HERE, eyes=frozenset({"elm"}), windows=(Window(DAY + 6 * 60, DAY + 8 * 60),))
    assert any("rests between the days" in each for each in clash(replace(WEEK, meetings=(late, early))).reasons)


def test_a_handler_rests_between_weeks_too() -> None:
    early = replace(ONE, windows=(Window(6 * 60, 8 * 60),))
    late = replace(ONE, windows=(Window(6 * DAY + 22 * 60, 7 * DAY),))
    for meeting, engaged, which in (
        (early, Engaged("rob", -120, -60), "before"),
        (late, Engaged("rob", 7 * DAY + 360, 7 * DAY + 420), "after"),
    ):
        reasons = clash(replace(WEEK, meetings=(meeting,), engaged=(engaged,))).reasons
        assert any(f"rob rests between M1 and the week {which}" in each for each in reasons)
        another = replace(engaged, handler="sid")
        assert isinstance(plan(replace(WEEK, meetings=(meeting,), engaged=(another,))), Plan)


def test_what_has_begun_is_not_offered_to_be_moved() -> None:
    begun = replace(ONE, worn=frozenset({"coat"}))
    two = replace(ONE, id="M2", place=FAR, eyes=frozenset({"elm"}))
    found = clash(replace(WEEK, meetings=(begun, two)))
    assert {which for which, _ in found.nearest} == {"M2"}


def test_after_dark_is_no_daylight() -> None:
    dark = replace(ONE, by_daylight=True, windows=(Window(19 * 60, 22 * 60),))
    assert set(clash(replace(WEEK, meetings=(dark,))).reasons) == {
        "M1 is by daylight",
        "M1 lies within the agent's own hours",
    }

"""Tests of `leconfield.staff.roster` and `turns`: every duty filled, everybody rested, the burden even over months."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from leconfield.errors import BadInputError, RefusedError
from leconfield.staff.roster import Search, roster
from leconfield.staff.turns import DUTIES, Duty, Officer, Request, Roster, rest_between, share, weight_of

TWO_DOZEN = tuple(Officer(f"officer {n}") for n in range(24))


def faults(request: Request, made: Roster) -> list[str]:
    """What a roster does not keep to, told apart from the solver."""
    duties = {each.name: each for each in request.duties}
    everybody = {**made.turns, **{place: (who,) for place, who in request.before.items()}}
    found = [
        f"{duty.name} on {day} is not filled"
        for day in range(request.days)
        for duty in request.duties
        if len(set(made.turns[day, duty.name])) != duty.people
    ]
    for each in request.officers:
        times = sorted(
            (day * 1440 + duties[name].begins, day * 1440 + duties[name].begins + duties[name].minutes, name)
            for (day, name), who in everybody.items()
            if each.name in who
        )
        found += [
            f"{each.name} has no rest"
            for (_, end, one), (begin, _, other) in pairwise(times)
            if begin - end < rest_between(request.rest, duties[one], duties[other])
        ]
        days = {day for (day, _), who in everybody.items() if each.name in who}
        own = {name for (_, name), who in made.turns.items() if each.name in who}
        found += [f"{each.name} does not take the {name}" for name in own & each.refrains]
        found += [f"{each.name} is away on {day}" for day in days & each.away if day >= 0]
        longest = max((sum(day + n in days for n in range(request.in_a_row + 1)) for day in days), default=0)
        if longest > request.in_a_row:
            found.append(f"{each.name} has {longest} days in a row")
        borne = (
            each.borne
            + share(request, each)
            + sum(weight_of(request, day, duties[name]) for (day, name), who in made.turns.items() if each.name in who)
        )
        if borne != made.burden[each.name]:
            found.append(f"{each.name} bears {borne}")
    found += [
        f"{who} on {day} was decided by hand"
        for (day, name), who in request.fixed.items()
        if who not in made.turns[day, name]
    ]
    return found


def test_two_dozen_over_four_weeks_share_alike() -> None:
    request = Request(TWO_DOZEN)
    made = roster(request)
    assert faults(request, made) == []
    assert made.spread <= 6
    assert made.bound <= made.cost


@pytest.mark.parametrize("seed", range(6))
def test_random_rosters_are_right_by_an_independent_validator(seed: int) -> None:
    chance = Random(seed)
    officers = tuple(
        Officer(
            f"officer {n}",
            frozenset(chance.sample(range(14), chance.randint(0, 4))),
            chance.randint(0, 20),
        )
        for n in range(chance.randint(8, 14))
    )
    request = Request(officers, 14, chance.randrange(7))
    there = next(each for each in officers if 3 not in each.away)
    request = replace(request, fixed={(3, "night"): there.name})
    assert faults(request, roster(request)) == []


def test_whoever_bore_more_before_bears_less_now() -> None:
    tired = replace(TWO_DOZEN[0], borne=60)
    made = roster(Request((tired, *TWO_DOZEN[1:8]), 14))
    now = {name: total - (60 if name == tired.name else 0) for name, total in made.burden.items()}
    assert now[tired.name] == min(now.values())


def test_one_question_has_one_answer() -> None:
    request = Request(TWO_DOZEN[:8], 7)
    assert roster(request) == roster(request)


WITH_CALLS = (
    *DUTIES,
    Duty("second", 420, 1440, weight=1, on_call=True),
    Duty("last", 420, 1440, weight=1, on_call=True),
)


def test_people_who_take_the_same_duties_share_alike_where_not_everybody_takes_each() -> None:
    few = tuple(
        replace(each, refrains=frozenset() if number < 5 else frozenset({"last"}))
        for number, each in enumerate(TWO_DOZEN[:14])
    )
    request = Request(few, 14, duties=WITH_CALLS)
    made = roster(request)
    assert faults(request, made) == []
    assert made.spread <= 6


def test_the_days_before_count_for_rest_and_for_days_off() -> None:
    night = {(-1, "night"): "officer 0"}
    row = {(-day, "day"): "officer 1" for day in range(1, 6)}
    request = Request(TWO_DOZEN[:8], 7, before={**night, **row})
    made = roster(request)
    assert faults(request, made) == []
    assert "officer 0" not in made.turns[0, "day"]
    assert all("officer 1" not in made.turns[0, each.name] for each in DUTIES)


def test_a_search_goes_on_from_the_best_that_it_found() -> None:
    search, costs = Search(Request(TWO_DOZEN[:14], 28, duties=WITH_CALLS)), []
    while not search.done:
        search.step()
        costs.append(search.found.cost)
        assert 0 <= search.progress <= 1
    assert costs == sorted(costs, reverse=True)
    assert search.progress == 1


def test_a_day_that_cannot_be_filled_is_named() -> None:
    away = tuple(replace(each, away=frozenset({4})) for each in TWO_DOZEN[:6])
    with pytest.raises(RefusedError, match="on day 5 nobody who takes the day is there"):
        roster(Request(away, 7))
    with pytest.raises(RefusedError, match="on day 5 only 2 are there for 3"):
        roster(Request((*away[2:], *TWO_DOZEN[:2]), 7))
    with pytest.raises(RefusedError, match="nobody is on the line"):
        roster(Request((), 7))
    with pytest.raises(RefusedError, match="nobody found a roster"):
        roster(Request(TWO_DOZEN[:3], 7, in_a_row=2))


def test_what_was_decided_by_hand_for_nobody_is_refused() -> None:
    with pytest.raises(BadInputError, match="day 1, night"):
        roster(Request(TWO_DOZEN, fixed={(0, "night"): "a stranger"}))

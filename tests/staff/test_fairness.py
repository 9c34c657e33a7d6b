"""Tests of `leconfield.staff.fairness`: what was borne is carried from month to month, and made good."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from unittest import mock

from leconfield.errors import RefusedError
from leconfield.staff import roster as solving
from leconfield.staff import service
from leconfield.staff.fairness import burden_at, deviations, loads, request_for
from leconfield.staff.making import turns_of
from leconfield.staff.model import Way
from leconfield.staff.profile import shipped
from leconfield.staff.roster import roster
from leconfield.staff.turns import Officer, Request
from tests.staff.lines import MONDAY, NAMES, House, dealt, house, rostered

MONTHS = 6


def borne(at: House) -> dict[str, float]:
    line = at.line
    return {name: float(each) for name, each in deviations(shipped(), line.rosters, line.turns, line.changes).items()}


def spread(at: House) -> float:
    found = borne(at)
    return max(found.values()) - min(found.values())


def test_deviations_of_those_who_take_the_same_sum_to_nothing() -> None:
    at = rostered()
    assert abs(sum(borne(at).values())) < 1e-9
    assert set(borne(at)) == set(NAMES)


def test_a_swap_carries_the_burden_with_it() -> None:
    at = rostered()
    before = borne(at)
    slot, other = (
        ("2026-03-07", "night"),
        next(
            slot
            for slot, who in sorted(at.line.turns.items())
            if slot[1] == "day" and who != at.line.turns["2026-03-07", "night"]
        ),
    )
    out, into = at.line.turns[slot], at.line.turns[other]
    service.change(at.desk, at.view(), Way.SWAP, slot, into="", other=other, reason="a wedding", overruled="both ask")
    moved = burden_at(shipped(), slot) - burden_at(shipped(), other)
    after = borne(at)
    assert after[out] == before[out] - moved
    assert after[into] == before[into] + moved


def test_sickness_is_not_made_up_for_and_standing_in_counts() -> None:
    at = rostered()
    slot = ("2026-03-07", "night")
    out = at.line.turns[slot]
    into = next(name for name in NAMES if name != out)
    before = borne(at)
    service.change(at.desk, at.view(), Way.SICK, slot, into=into, reason="flu", overruled="nobody else is there")
    after, weight = borne(at), burden_at(shipped(), slot)
    mean = weight / len(NAMES)
    assert abs(after[out] - (before[out] - mean)) < 1e-9
    assert abs(after[into] - (before[into] + weight - mean)) < 1e-9
    (made,) = at.line.changes
    service.undo(at.desk, at.view(), made.entry, reason="he came", overruled="he is well")
    assert borne(at) == before


def test_whoever_is_new_begins_as_if_he_had_borne_what_the_others_did() -> None:
    at = rostered()
    at.put("zoe")
    request = request_for(shipped(), at.line, MONDAY + timedelta(days=28))
    found = borne(at)
    least = min(0, *found.values())
    assert next(each for each in request.officers if each.name == "zoe").borne == round(-least)


def test_the_next_roster_knows_the_days_before_and_who_is_away() -> None:
    at = rostered()
    service.away(at.desk, at.view(), "ann", "2026-03-29", "2026-04-02")
    request = request_for(shipped(), at.line, MONDAY + timedelta(days=28))
    assert request.before[-1, "night"] == at.line.turns["2026-03-29", "night"]
    assert next(each for each in request.officers if each.name == "ann").away == frozenset(range(4))
    assert {each.name for each in request.duties} == {"day", "evening", "night"}


def month_of(at: House, number: int, *, carried: bool) -> None:
    first = MONDAY + timedelta(days=28 * number)
    at.clock.set(f"{first - timedelta(days=1)}T12:00")
    request = request_for(shipped(), at.line, first)
    if not carried:
        officers = tuple(Officer(each.name, each.away, 0, each.refrains) for each in request.officers)
        request = Request(
            officers,
            request.days,
            request.first_weekday,
            request.duties,
            rest=request.rest,
            in_a_row=request.in_a_row,
            before=request.before,
        )
    at.accept(turns_of(roster(request), first), first)


def six_months(*, carried: bool) -> list[float]:
    """The spread after each month: in the first everybody's burden is uneven, in each somebody stands in for others."""
    at, chance, found = house(), Random(5), []
    at.put(*NAMES)
    uneven = dealt((*NAMES[:5], *NAMES[:5], *NAMES))
    at.accept(uneven)
    found.append(spread(at))
    with mock.patch.object(solving, "ROUNDS", 6):
        for number in range(1, MONTHS):
            month_of(at, number, carried=carried)
            nights = [slot for slot in at.line.turns if slot[1] == "night"][-20:]
            for slot in chance.sample(nights, 2):
                into = chance.choice([each for each in NAMES if each != at.line.turns[slot]])
                try:
                    service.change(at.desk, at.view(), Way.STAND_IN, slot, into=into, reason="a birth", overruled="yes")
                except RefusedError:
                    continue  # he is on duty at that hour already
            found.append(spread(at))
    return found


def test_over_six_months_what_was_uneven_is_made_good() -> None:
    kept, forgotten = six_months(carried=True), six_months(carried=False)
    largest = 2 * 2 * 12
    assert kept[-1] < kept[0] / 2
    assert max(kept[2:]) <= largest
    assert kept[-1] < forgotten[-1]


def test_loads_count_nights_and_weekends() -> None:
    at = rostered()
    found = loads(shipped(), at.line, "2026-03-02", "2026-03-29", NAMES)
    assert sum(each.turns for each in found) == 84
    assert sum(each.nights for each in found) == 28
    assert sum(each.weekends for each in found) == 24
    assert sum(each.burden for each in found) == sum(burden_at(shipped(), slot) for slot in at.line.turns)

"""A duty roster as a constraint problem (OR-Tools CP-SAT): one worker, a fixed seed; fair over months, with rest.

Hard: each duty is filled, by people who are there, with rest between two duties and days off in between; what was
decided by hand stands. Wished for, in this order: nobody bears much more than another (what he bore before counts),
and on most days somebody is on duty whom each agent knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ortools.sat.python import cp_model

from leconfield.errors import BadInputError, RefusedError

SECONDS: Final = 4.0
"""Of the solver's own deterministic time."""
_UNFAIR: Final = 10
"""What a point between the most and the least burdened costs, beside a day on which nobody is known to an agent."""
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of every day."""

    name: str
    begins: int
    """Minutes from midnight."""
    minutes: int
    people: int = 1
    weight: int = 2
    """How much it burdens; at weekends half as much again."""


DUTIES: Final = (
    Duty("day", 7 * 60, 480),
    Duty("evening", 15 * 60, 480, weight=3),
    Duty("night", 23 * 60, 480, weight=4),
)


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who takes his turn, under his persona."""

    name: str
    away: frozenset[int] = frozenset()
    """Days on which he is not there, counted from 0."""
    borne: int = 0
    """The burden that he bore in the months before."""
    knows: frozenset[str] = frozenset()
    """Agents whose handler or co-handler he is, by codename."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a roster is made of."""

    officers: tuple[Officer, ...]
    days: int = 28
    first_weekday: int = 0
    """0: it begins on a Monday."""
    duties: tuple[Duty, ...] = DUTIES
    rest: int = 11 * 60
    """Minutes between two duties of one officer."""
    in_a_row: int = 5
    """Days of duty in a row, at most."""
    fixed: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """What was decided by hand: who has which duty on which day."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on duty."""

    turns: Mapping[tuple[int, str], tuple[str, ...]]
    """By day and duty."""
    burden: Mapping[str, int]
    """By officer, with what he bore before, and what would have fallen to him while he was away."""
    spread: int
    """The most burdened less the least burdened."""
    bound: int
    """What no roster costs less than."""
    cost: int


def weight_of(request: Request, day: int, duty: Duty) -> int:
    """How much a duty on that day burdens, in halves."""
    weekend = (request.first_weekday + day) % 7 >= _SATURDAY
    return duty.weight * (3 if weekend else 2)


def too_soon(request: Request) -> Iterator[tuple[int, Duty, int, Duty]]:
    """Every two duties that nobody can have both, the later one second: on which days from each other."""
    for one in request.duties:
        for other in request.duties:
            for later in (0, 1, 2):
                gap = later * 24 * 60 + other.begins - one.begins - one.minutes
                first = (0, one.begins) < (later, other.begins) or (
                    later == 0 and one is not other and one.begins == other.begins
                )
                if first and gap < request.rest:
                    yield 0, one, later, other


def roster(request: Request) -> Roster:
    """The fairest roster that was found.

    Raises:
        BadInputError: if what was decided by hand names nobody, or no day of it.
        RefusedError: if there is none, with the first day that cannot be filled where that is why.
    """
    _check(request)
    model = cp_model.CpModel()
    has = {
        (each.name, day, duty.name): model.new_bool_var("")
        for each in request.officers
        for day in range(request.days)
        for duty in request.duties
    }
    _fill(request, model, has)
    _rest(request, model, has)
    burden, spread = _burden(request, model, has)
    strange = _strange(request, model, has)
    model.minimize(_UNFAIR * spread + sum(strange))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = SECONDS
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise RefusedError(_why(request))
    turns = {
        (day, duty.name): tuple(each.name for each in request.officers if solver.value(has[each.name, day, duty.name]))
        for day in range(request.days)
        for duty in request.duties
    }
    return Roster(
        turns,
        {name: solver.value(each) for name, each in burden.items()},
        solver.value(spread),
        round(solver.best_objective_bound),
        round(solver.objective_value),
    )


_Has = Mapping[tuple[str, int, str], cp_model.IntVar]


def _check(request: Request) -> None:
    names = {each.name for each in request.officers}
    duties = {each.name for each in request.duties}
    for (day, duty), who in request.fixed.items():
        if who not in names or duty not in duties or not 0 <= day < request.days:
            raise BadInputError(f'day {day + 1}, {duty}: "{who[:40]}" is not of this roster; take it out')


def _fill(request: Request, model: cp_model.CpModel, has: _Has) -> None:
    for day in range(request.days):
        for duty in request.duties:
            model.add(sum(has[each.name, day, duty.name] for each in request.officers) == duty.people)
    for each in request.officers:
        for day in each.away & set(range(request.days)):
            for duty in request.duties:
                model.add(has[each.name, day, duty.name] == 0)
    for (day, duty_name), who in request.fixed.items():
        model.add(has[who, day, duty_name] == 1)


def _rest(request: Request, model: cp_model.CpModel, has: _Has) -> None:
    clashing = list(too_soon(request))
    for each in request.officers:
        for day in range(request.days):
            model.add_at_most_one(has[each.name, day, duty.name] for duty in request.duties)
            for _, one, later, other in clashing:
                if day + later < request.days and later:
                    model.add_implication(has[each.name, day, one.name], ~has[each.name, day + later, other.name])
        for begin in range(request.days - request.in_a_row):
            stretch = range(begin, begin + request.in_a_row + 1)
            model.add(
                sum(has[each.name, day, duty.name] for day in stretch for duty in request.duties) <= request.in_a_row
            )


def _burden(
    request: Request, model: cp_model.CpModel, has: _Has
) -> tuple[dict[str, cp_model.IntVar], cp_model.LinearExprT]:
    """What each bears, days away counted as if he had borne his share of them, and the spread of it."""
    most_ever = 1000 + max((each.borne for each in request.officers), default=0) + request.days * 20
    burden = {}
    for each in request.officers:
        total = burden[each.name] = model.new_int_var(0, most_ever, "")
        borne = [
            weight_of(request, day, duty) * has[each.name, day, duty.name]
            for day in range(request.days)
            for duty in request.duties
        ]
        model.add(total == each.borne + _share(request, each) + sum(borne))
    most, least = model.new_int_var(0, most_ever, ""), model.new_int_var(0, most_ever, "")
    for total in burden.values():
        model.add(most >= total)
        model.add(least <= total)
    return burden, most - least


def _share(request: Request, officer: Officer) -> int:
    """What somebody would have borne on the days on which he is away: leave is not made up for."""
    whole = sum(weight_of(request, day, duty) * duty.people for day in range(request.days) for duty in request.duties)
    gone = len(officer.away & set(range(request.days)))
    return round(whole * gone / request.days / len(request.officers))


def _strange(request: Request, model: cp_model.CpModel, has: _Has) -> list[cp_model.IntVar]:
    """For each agent and day, whether nobody on duty knows him."""
    strange = []
    for agent in sorted({one for each in request.officers for one in each.knows}):
        knowing = [each.name for each in request.officers if agent in each.knows]
        for day in range(request.days):
            nobody = model.new_bool_var("")
            there = [has[name, day, duty.name] for name in knowing for duty in request.duties]
            model.add_bool_or([*there, nobody])
            strange.append(nobody)
    return strange


def _why(request: Request) -> str:
    needed = sum(each.people for each in request.duties)
    for day in range(request.days):
        there = sum(day not in each.away for each in request.officers)
        if there < needed:
            return (
                f"on day {day + 1} only {there} are there for {needed} duties; ask somebody back, or leave a duty out"
            )
    return (
        "nobody found a roster that keeps to rest, days off and what was decided by hand; take some of that back, or "
        "let more people take their turn"
    )

"""A duty roster as a constraint problem (OR-Tools CP-SAT): one worker, a fixed seed; fair over months, with rest.

Hard: each duty is filled, by people who are there and take it, with rest between two duties and days off in between;
what was decided by hand stands, and what was done in the days before counts. Wished for, in this order: of people who
take the same duties nobody bears much more than another (what he bore before counts), and then of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final

from ortools.sat.python import cp_model

from leconfield.errors import BadInputError, RefusedError
from leconfield.staff.turns import LOOKS_BACK, Request, Roster, share, too_soon, weight_of

SECONDS: Final = 0.5
"""Of the solver's own deterministic time, for each piece of a search."""
ROUNDS: Final = 28
"""Pieces in which some people's turns are dealt out anew among them, once a roster was found."""
_PATIENCE: Final = 9
"""Such pieces in a row that change nothing, after which it is good enough."""
_TRIES: Final = 8
"""Pieces after which it is given up if none was."""
_DEALT: Final = 8
"""People among whom turns are dealt out anew: the most and the least burdened, and others by chance."""
_UNFAIR: Final = 10
"""What a point between people who take the same duties costs, beside one between any two."""


def roster(request: Request) -> Roster:
    """The fairest roster that was found.

    Raises:
        BadInputError: if what was decided by hand names nobody, or no day of it.
        RefusedError: if there is none, with the first day that cannot be filled where that is why.
    """
    search = Search(request)
    while not search.done:
        search.step()
    return search.found


class Search:
    """The search for a roster, in pieces: one is found, then turns are dealt out anew among a few, again and again.

    Large neighbourhood search (Shaw 1998): one worker of the solver proves little, but deals well among a few.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.steps = 0
        self.done = False
        self._found: Roster | None = None
        self._tries = 0
        self._changed = 0
        _check(request)

    @property
    def progress(self) -> float:
        """How much of the work is done at most, from 0 to 1."""
        return 1.0 if self.done else self.steps / (self._tries + ROUNDS)

    @property
    def fault(self) -> str:
        """Why there is none, in words, once the search is over; empty: there is one, or it goes on."""
        return _why(self.request) if self.done and self._found is None else ""

    @property
    def found(self) -> Roster:
        """The best that was found so far.

        Raises:
            RefusedError: if nothing was, with the first day that cannot be filled where that is why.
        """
        if self._found is None:
            raise RefusedError(_why(self.request))
        return self._found

    def step(self) -> None:
        """Do one piece."""
        self.steps += 1
        if self._found is None:
            self._tries += 1
            everybody = frozenset(each.name for each in self.request.officers)
            status = self._solve(everybody)
            self.done = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE) or (
                status == cp_model.UNKNOWN and self._tries == _TRIES
            )
        else:
            self._solve(self._some(self._found))
            stale = self.steps - self._changed >= _PATIENCE or self._found.cost <= self._found.bound
            self.done = stale or self.steps >= self._tries + ROUNDS

    def _some(self, known: Roster) -> frozenset[str]:
        chance = Random(self.steps)  # noqa: S311 - nothing is secret about it: one question has one answer
        alike = sorted({each.refrains for each in self.request.officers}, key=sorted)
        chosen = alike[self.steps % len(alike)]
        equals = {each.name for each in self.request.officers if each.refrains == chosen}
        ranked = sorted(equals, key=lambda name: (known.burden[name], name))
        ends = dict.fromkeys([*ranked[: _DEALT // 4], *ranked[-(_DEALT // 4) :]])
        others = [each.name for each in self.request.officers if each.name not in ends]
        return frozenset([*ends, *chance.sample(others, min(len(others), _DEALT - len(ends)))])

    def _solve(self, dealt: frozenset[str]) -> cp_model.CpSolverStatus:
        model, has, burden, widest = _modelled(self.request, self._found, dealt)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.steps
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_deterministic_time = SECONDS * (self._tries if self._found is None else 1 / 8)
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return status
        cost = round(solver.objective_value)
        if self._found is not None and cost >= self._found.cost:
            return status
        turns = {
            (day, duty.name): tuple(
                each.name for each in self.request.officers if solver.value(has[each.name, day, duty.name])
            )
            for day in range(self.request.days)
            for duty in self.request.duties
        }
        bound = round(solver.best_objective_bound) if self._found is None else self._found.bound
        borne = {name: solver.value(each) for name, each in burden.items()}
        self._changed = self.steps
        self._found = Roster(turns, borne, solver.value(widest), bound, cost)
        return status


_Has = Mapping[tuple[str, int, str], cp_model.IntVar | int]


def _check(request: Request) -> None:
    names = {each.name for each in request.officers}
    duties = {each.name for each in request.duties}
    for (day, duty), who in request.fixed.items():
        if who not in names or duty not in duties or not 0 <= day < request.days:
            raise BadInputError(f'day {day + 1}, {duty}: "{who[:40]}" is not of this roster; take it out')


def _modelled(
    request: Request, known: Roster | None, dealt: frozenset[str]
) -> tuple[cp_model.CpModel, _Has, dict[str, cp_model.IntVar], cp_model.IntVar]:
    """The problem of dealing out the turns of some people among them; all others keep what is known."""
    model = cp_model.CpModel()
    has: dict[tuple[str, int, str], cp_model.IntVar | int] = {}
    for each in request.officers:
        for duty in request.duties:
            for day in range(-LOOKS_BACK, request.days):
                place = each.name, day, duty.name
                if day < 0:
                    has[place] = int(request.before.get((day, duty.name), "") == each.name)
                elif known is not None and each.name not in dealt:
                    has[place] = int(each.name in known.turns[day, duty.name])
                elif day in each.away or duty.name in each.refrains:
                    has[place] = 0
                else:
                    has[place] = model.new_bool_var("")
    _fill(request, model, has)
    for each in request.officers:
        if each.name in dealt:
            _rest(request, model, has, each.name)
    burden, spread, overall = _burden(request, model, has)
    model.minimize(_UNFAIR * sum(spread) + overall)
    widest = model.new_int_var(0, _most_ever(request), "")
    model.add_max_equality(widest, spread)
    return model, has, burden, widest


def _fill(request: Request, model: cp_model.CpModel, has: _Has) -> None:
    for day in range(request.days):
        for duty in request.duties:
            there = [has[each.name, day, duty.name] for each in request.officers]
            _say(model, cp_model.LinearExpr.sum(there) == duty.people)
    for (day, duty_name), who in request.fixed.items():
        _say(model, has[who, day, duty_name] == 1)


def _say(model: cp_model.CpModel, wanted: cp_model.BoundedLinearExpression | bool) -> None:
    """Ask for something; what is known already to be so or not is said with a word of its own."""
    if isinstance(wanted, bool):
        model.add_bool_or([wanted])
    else:
        model.add(wanted)


def _rest(request: Request, model: cp_model.CpModel, has: _Has, who: str) -> None:
    duties = [each.name for each in request.duties]
    for day in range(request.days):
        model.add_at_most_one(has[who, day, duty] for duty in duties)
    for day in range(-LOOKS_BACK, request.days):
        for _, one, later, other in too_soon(request):
            if later and 0 <= day + later < request.days:
                _say(model, has[who, day, one.name] + has[who, day + later, other.name] <= 1)
    for begin in range(-min(request.in_a_row, LOOKS_BACK), request.days - request.in_a_row):
        stretch = range(begin, begin + request.in_a_row + 1)
        _say(
            model,
            cp_model.LinearExpr.sum([has[who, day, duty] for day in stretch for duty in duties]) <= request.in_a_row,
        )


def _most_ever(request: Request) -> int:
    return 1000 + max((each.borne for each in request.officers), default=0) + request.days * 20


def _burden(
    request: Request, model: cp_model.CpModel, has: _Has
) -> tuple[dict[str, cp_model.IntVar], list[cp_model.IntVar], cp_model.IntVar]:
    """What each bears, days away counted as if he had borne his share; its spread among equals, and among all."""
    burden = {}
    for each in request.officers:
        total = burden[each.name] = model.new_int_var(0, _most_ever(request), "")
        borne = [
            weight_of(request, day, duty) * has[each.name, day, duty.name]
            for day in range(request.days)
            for duty in request.duties
        ]
        model.add(total == each.borne + share(request, each) + sum(borne))
    equals: dict[frozenset[str], list[cp_model.IntVar]] = {}
    for each in request.officers:
        equals.setdefault(each.refrains, []).append(burden[each.name])
    spreads = [_spread(request, model, alike) for alike in equals.values()]
    overall = spreads[0] if len(spreads) == 1 else _spread(request, model, list(burden.values()))
    return burden, spreads, overall


def _spread(request: Request, model: cp_model.CpModel, totals: list[cp_model.IntVar]) -> cp_model.IntVar:
    ever = _most_ever(request)
    most, least, spread = (model.new_int_var(0, ever, "") for _ in range(3))
    for total in totals:
        model.add(most >= total)
        model.add(least <= total)
    model.add(spread == most - least)
    return spread


def _why(request: Request) -> str:
    if not request.officers:
        return "nobody is on the line yet; put people on it first"
    for duty in request.duties:
        for day in range(request.days):
            there = sum(day not in each.away and duty.name not in each.refrains for each in request.officers)
            if there < duty.people:
                return (
                    f"on day {day + 1} nobody who takes the {duty.name} is there; ask somebody back, or let more "
                    "people take it"
                )
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

"""A week as a constraint problem (OR-Tools CP-SAT): one worker, a fixed seed, so that one question has one answer.

Every rule stands under a literal of its own that is assumed to hold. Where they cannot all hold, the solver names some
that cannot hold together; they are thinned out until each of them is needed, and said in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from ortools.sat.python import cp_model

from leconfield.agents.planning.model import DAY, Clash, Garment, Meeting, Plan, Planned, Week, Window
from leconfield.errors import RefusedError

SECONDS: Final = 10.0
_STRANGE: Final = 200
"""What it costs that another than the named handler goes."""
_SECOND: Final = 20
"""What each cover after the best costs."""


class Problem:
    """The variables and rules of one week."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.model = cp_model.CpModel()
        self.words: dict[int, tuple[str, tuple[str, ...]]] = {}
        """By the index of its literal: what a rule says, and which meetings it is about."""
        self._literals: dict[str, cp_model.IntVar] = {}
        end = week.days * DAY
        self.start = {
            each.id: self.model.new_int_var(0, end - each.minutes, f"start {each.id}") for each in week.meetings
        }
        self.day = {each.id: self.model.new_int_var(0, week.days - 1, f"day {each.id}") for each in week.meetings}
        self.goes = {(each.id, who): self._bool() for each in week.meetings for who in each.handlers}
        self.comes_as = {(each.id, cover): self._bool() for each in week.meetings for cover in each.covers}
        self.takes = {(each.id, one.id): self._bool() for each in week.meetings for one in self._fit(each)}
        self.costs: list[cp_model.LinearExprT] = []
        for each in week.meetings:
            self._one(each)
        for one, other in combinations(week.meetings, 2):
            self._two(one, other)

    def _bool(self) -> cp_model.IntVar:
        return self.model.new_bool_var("")

    def _fit(self, meeting: Meeting) -> list[Garment]:
        fit = [each for each in self.week.wardrobe if each.covers & set(meeting.covers)]
        return fit if meeting.worn is None else [each for each in fit if each.id in meeting.worn]

    def rule(self, words: str, *meetings: str) -> cp_model.IntVar:
        """The literal under which a rule stands; one for the same words."""
        if words not in self._literals:
            literal = self._literals[words] = self._bool()
            self.words[literal.index] = (words, meetings)
        return self._literals[words]

    @property
    def assumptions(self) -> list[cp_model.IntVar]:
        """Every rule's literal."""
        return list(self._literals.values())

    def _one(self, meeting: Meeting) -> None:
        model, which = self.model, meeting.id
        model.add_division_equality(self.day[which], self.start[which], DAY)
        model.add_exactly_one(self.goes[which, who] for who in meeting.handlers)
        model.add_exactly_one(self.comes_as[which, cover] for cover in meeting.covers)
        self._within(meeting)
        self._dressed(meeting)
        self._not_known(meeting)
        self._rested(meeting)
        self.costs += [_STRANGE * at * self.goes[which, who] for at, who in enumerate(meeting.handlers) if at]
        self.costs += [_SECOND * at * self.comes_as[which, cover] for at, cover in enumerate(meeting.covers) if at]

    def _within(self, meeting: Meeting) -> None:
        model, start = self.model, self.start[meeting.id]
        hours = [
            (each.begin, each.end - meeting.minutes)
            for each in meeting.windows
            if each.end - each.begin >= meeting.minutes
        ]
        literal = self.rule(f"{meeting.id} lies within the agent's own hours", meeting.id)
        model.add_linear_expression_in_domain(
            start, cp_model.Domain.from_intervals(hours or [(-1, -1)])
        ).only_enforce_if(literal)
        rules = self.week.rules
        if meeting.by_daylight:
            light = [
                (day * DAY + rules.sunrise, day * DAY + rules.sunset - meeting.minutes) for day in range(self.week.days)
            ]
            literal = self.rule(f"{meeting.id} is by daylight", meeting.id)
            domain = cp_model.Domain.from_intervals([each for each in light if each[0] <= each[1]] or [(-1, -1)])
            model.add_linear_expression_in_domain(start, domain).only_enforce_if(literal)

    def _dressed(self, meeting: Meeting) -> None:
        """One garment of each kind that the cover needs, none that the cover cannot have or that was seen there."""
        model, fit = self.model, self._fit(meeting)
        for cover in (each for each in self.week.covers if each.name in meeting.covers):
            here = self.comes_as[meeting.id, cover.name]
            literal = self.rule(
                f"{meeting.id} as {cover.name} has what that takes: {', '.join(cover.needs)}", meeting.id
            )
            for kind in {each.kind for each in fit} | set(cover.needs):
                taken = [
                    self.takes[meeting.id, each.id] for each in fit if each.kind == kind and cover.name in each.covers
                ]
                model.add(sum(taken) == (1 if kind in cover.needs else 0)).only_enforce_if(here, literal)
            for each in fit:
                if cover.name not in each.covers:
                    model.add_implication(here, ~self.takes[meeting.id, each.id])
        for each in fit:
            if seen := each.seen_by & meeting.eyes:
                words = f"{each.id} was seen by {min(seen)} before, who is at {meeting.id}"
                model.add(self.takes[meeting.id, each.id] == 0).only_enforce_if(self.rule(words, meeting.id))

    def _not_known(self, meeting: Meeting) -> None:
        for each in self.week.known:
            away = each.place.km_to(meeting.place)
            if away > self.week.rules.near_km or each.handler not in meeting.handlers:
                continue
            for cover in meeting.covers:
                if cover != each.cover:
                    words = f"{each.handler} is known as {each.cover} near {meeting.id}"
                    both = [self.goes[meeting.id, each.handler], self.comes_as[meeting.id, cover]]
                    self.model.add_bool_or([~one for one in both]).only_enforce_if(self.rule(words, meeting.id))

    def _rested(self, meeting: Meeting) -> None:
        """Whoever goes rests between it and what he does in the weeks before and after."""
        start, rest = self.start[meeting.id], self.week.rules.rest
        for each in (one for one in self.week.engaged if one.handler in meeting.handlers):
            goes, before = self.goes[meeting.id, each.handler], each.end <= 0
            words = f"{each.handler} rests between {meeting.id} and the week {'before' if before else 'after'}"
            kept = start >= each.end + rest if before else start + meeting.minutes + rest <= each.begin
            self.model.add(kept).only_enforce_if(goes, self.rule(words, meeting.id))

    def _two(self, one: Meeting, other: Meeting) -> None:
        before = self._bool()
        for who in set(one.handlers) & set(other.handlers):
            both = [self.goes[one.id, who], self.goes[other.id, who]]
            self._after(one, other, who, [*both, before])
            self._after(other, one, who, [*both, ~before])
            self._apart(one, other, who, both)
        for each in self.week.wardrobe:
            if (one.id, each.id) in self.takes and (other.id, each.id) in self.takes:
                self._shared(one, other, each)

    def _after(self, one: Meeting, other: Meeting, who: str, when: list[cp_model.LiteralT]) -> None:
        """The other comes after the one, by as much as the way, the changing and the rest take."""
        model, rules = self.model, self.week.rules
        end = self.start[one.id] + one.minutes
        way = rules.way(one.place, other.place)
        first, second = sorted((one.id, other.id))
        literal = self.rule(f"{who} gets from {first} to {second}, or back, in time ({way} minutes)", one.id, other.id)
        model.add(self.start[other.id] >= end + way).only_enforce_if(*when, literal)
        words = f"{who} has {rules.changing} minutes to change between {first} and {second}, whichever is first"
        literal = self.rule(words, one.id, other.id)
        for cover in set(one.covers) | set(other.covers):
            mine, its = self.comes_as.get((one.id, cover)), self.comes_as.get((other.id, cover))
            if mine is not None:
                same = [~its] if its is not None else []
                model.add(self.start[other.id] >= end + way + rules.changing).only_enforce_if(
                    *when, mine, *same, literal
                )
        for garment in self._fit(one):
            taken, again = self.takes[one.id, garment.id], self.takes.get((other.id, garment.id))
            if garment.kind == "outfit":
                same = [~again] if again is not None else []
                model.add(self.start[other.id] >= end + way + rules.changing).only_enforce_if(
                    *when, taken, *same, literal
                )
        literal = self.rule(f"{who} rests between the days of {first} and {second}", one.id, other.id)
        later = self._bool()
        model.add(self.day[other.id] > self.day[one.id]).only_enforce_if(later)
        model.add(self.day[other.id] <= self.day[one.id]).only_enforce_if(~later)
        model.add(self.start[other.id] >= end + rules.rest).only_enforce_if(*when, later, literal)
        literal = self.rule(f"{who}'s day with {first} and {second} is not too long", one.id, other.id)
        last = self.start[other.id] + other.minutes
        model.add(last <= self.start[one.id] + rules.span).only_enforce_if(*when, ~later, literal)

    def _apart(self, one: Meeting, other: Meeting, who: str, both: Sequence[cp_model.LiteralT]) -> None:
        """Under two covers nobody comes to places that lie near each other."""
        if one.place.km_to(other.place) > self.week.rules.near_km:
            return
        literal = self.rule(
            f"{who} is one and the same at {one.id} and {other.id}, which lie near each other", one.id, other.id
        )
        for cover in one.covers:
            its = self.comes_as.get((other.id, cover))
            here = self.comes_as[one.id, cover]
            self.model.add_bool_or([its] if its is not None else []).only_enforce_if(*both, here, literal)

    def _shared(self, one: Meeting, other: Meeting, garment: Garment) -> None:
        both = [self.takes[one.id, garment.id], self.takes[other.id, garment.id]]
        if one.eyes & other.eyes:
            words = f"{garment.id} would be seen twice by {min(one.eyes & other.eyes)}, at {one.id} and {other.id}"
            literal = self.rule(words, one.id, other.id)
            self.model.add_bool_or([~each for each in both]).only_enforce_if(literal)
        literal = self.rule(f"{garment.id} is in one place at a time, at {one.id} or {other.id}", one.id, other.id)
        first = self._bool()
        way = self.week.rules.way(one.place, other.place)
        for begins, ends, order in ((other, one, first), (one, other, ~first)):
            free = self.start[ends.id] + ends.minutes + way
            self.model.add(self.start[begins.id] >= free).only_enforce_if(*both, order, literal)


def plan(week: Week, seconds: float = SECONDS) -> Plan | Clash:
    """A week that keeps to everything, or why there is none.

    Raises:
        RefusedError: if neither was found within that many seconds.
    """
    problem = Problem(week)
    solver, status = _solved(problem, problem.assumptions, seconds, least=True)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _read(problem, solver)
    if status != cp_model.INFEASIBLE:
        raise RefusedError(
            f"neither a week nor a reason why there is none was found in {seconds:.0f} seconds; plan fewer days"
        )
    return _clash(week, problem, seconds)


def holds(week: Week, plan: Plan, seconds: float = SECONDS) -> bool:
    """Whether a plan keeps to every rule of a week: the solver is left nothing to choose."""
    planned = {each.meeting: each for each in plan.meetings}
    if sorted(planned) != sorted(each.id for each in week.meetings) or len(planned) != len(plan.meetings):
        return False
    if not all(_may(each, planned[each.id]) for each in week.meetings):
        return False
    problem = Problem(replace(week, meetings=tuple(_decided(each, planned[each.id]) for each in week.meetings)))
    worn = [(each.meeting, one) for each in plan.meetings for one in each.garments]
    if len(set(worn)) < len(worn) or not set(worn) <= set(problem.takes):
        return False
    for each in worn:
        problem.model.add(problem.takes[each] == 1)
    return _solved(problem, problem.assumptions, seconds)[1] in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _may(meeting: Meeting, planned: Planned) -> bool:
    """Whether what was decided was to be chosen from at all."""
    within = any(each.begin <= planned.start <= each.end - meeting.minutes for each in meeting.windows)
    return within and planned.handler in meeting.handlers and planned.cover in meeting.covers


def _decided(meeting: Meeting, planned: Planned) -> Meeting:
    window = Window(planned.start, planned.start + meeting.minutes)
    worn = frozenset(planned.garments)
    return replace(meeting, windows=(window,), handlers=(planned.handler,), covers=(planned.cover,), worn=worn)


def _solved(
    problem: Problem, assumed: Iterable[cp_model.IntVar], seconds: float, *, least: bool = False
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    model = problem.model.clone()
    if least:
        for each in assumed:
            model.add(model.get_bool_var_from_proto_index(each.index) == 1)
        model.minimize(sum(problem.costs))
    else:
        model.add_assumptions([model.get_bool_var_from_proto_index(each.index) for each in assumed])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = seconds
    solver.parameters.max_time_in_seconds = 6 * seconds
    return solver, solver.solve(model)


def _read(problem: Problem, solver: cp_model.CpSolver) -> Plan:
    week = problem.week
    planned = [
        Planned(
            each.id,
            solver.value(problem.start[each.id]),
            next(who for who in each.handlers if solver.value(problem.goes[each.id, who])),
            next(cover for cover in each.covers if solver.value(problem.comes_as[each.id, cover])),
            tuple(
                one.id
                for one in week.wardrobe
                if (each.id, one.id) in problem.takes and solver.value(problem.takes[each.id, one.id])
            ),
        )
        for each in week.meetings
    ]
    ordered = tuple(sorted(planned, key=lambda each: (each.start, each.meeting)))
    return Plan(ordered, round(solver.objective_value), round(solver.best_objective_bound))


def _clash(week: Week, problem: Problem, seconds: float) -> Clash:
    """Reasons each of which is needed: without it the rest could hold."""
    by_index = {each.index: each for each in problem.assumptions}
    solver, _ = _solved(problem, problem.assumptions, seconds)
    core = [by_index[each] for each in solver.sufficient_assumptions_for_infeasibility()] or problem.assumptions
    for each in list(core):
        rest = [one for one in core if one is not each]
        if _solved(problem, rest, seconds)[1] == cp_model.INFEASIBLE:
            core = rest
    said = [problem.words[each.index] for each in core]
    about = tuple(dict.fromkeys(meeting for _, meetings in said for meeting in meetings))
    return Clash(tuple(words for words, _ in said), about, tuple(_nearest(week, about, seconds)))


def _nearest(week: Week, about: Iterable[str], seconds: float, most: int = 3) -> Iterator[tuple[str, int]]:
    """Meetings that, moved alone by some days, make a week of it."""
    found = 0
    for days in sorted(range(-week.days + 1, week.days), key=lambda each: (abs(each), -each)):
        for which in about if days and found < most else ():
            moved = _moved(week, which, days)
            if moved is not None and _solved(problem := Problem(moved), problem.assumptions, seconds)[1] in (
                cp_model.OPTIMAL,
                cp_model.FEASIBLE,
            ):
                found += 1
                yield which, days


def _moved(week: Week, which: str, days: int) -> Week | None:
    """The week with the windows of one meeting so many days later; None if they leave the week, or it has begun."""
    meetings = []
    for each in week.meetings:
        if each.id == which and each.worn is not None:
            return None
        if each.id == which:
            shifted = [Window(one.begin + days * DAY, one.end + days * DAY) for one in each.windows]
            kept = tuple(one for one in shifted if one.begin >= 0 and one.end <= week.days * DAY)
            if not kept:
                return None
            meetings.append(replace(each, windows=kept))
        else:
            meetings.append(each)
    return replace(week, meetings=tuple(meetings))

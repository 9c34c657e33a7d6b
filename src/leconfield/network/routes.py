"""How two subjects hang together: the shortest ways from one to the other, with the reports that carry each step."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from leconfield.errors import BadInputError
from leconfield.ledger.model import AFFIRMED, SubjectId
from leconfield.ledger.provenance import Provenance, all_together, any_alone
from leconfield.network.graph import Ends, Graph, Walk
from leconfield.network.model import EVERYTHING, NAMED_TOGETHER, Filter, Link, Node

MAX_LENGTH: Final = 6
LONGER_BY: Final = 1
"""How much longer than the shortest a path may be and still be shown. What both ends see of each other allows one."""
MOST_STEPS: Final = 50_000
"""Partial paths looked at before the search gives up; then `Routes.complete` is False."""

_Trail: TypeAlias = tuple[SubjectId, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """One way from a subject to another, each step of it affirmed by somebody."""

    nodes: tuple[Node, ...]
    steps: tuple[tuple[Link, ...], ...]
    """Between each two neighbouring nodes: the links that join them, best supported first."""

    @property
    def provenance(self) -> Provenance:
        """What it rests on: for every step, one of its links.

        Raises:
            TooManyWitnessesError: past the cap; whoever protects sources treats the path as exposed.
        """
        return all_together(any_alone(link.provenance for link in step) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Routes:
    """The paths between two subjects, best first: the shortest, then those with the best supported weakest step."""

    paths: tuple[Path, ...]
    looked: int
    """Up to how many links were looked at."""
    complete: bool
    """Whether the paths given are sure to be the best ones of that length."""


def paths(
    graph: Graph,
    left: SubjectId,
    right: SubjectId,
    most: int = 5,
    chosen: Filter = EVERYTHING,
    longest: int = MAX_LENGTH,
) -> Routes:
    """The `most` best paths between two subjects: the shortest, and those one link longer. Denied links carry nothing.

    Raises:
        NotFoundError: if one of them is not in this world.
        BadInputError: for numbers that make no sense.
    """
    if most < 1 or not 1 <= longest <= MAX_LENGTH:
        raise BadInputError(
            f"{most} paths of up to {longest} links: ask for 1 or more paths of 1 to {MAX_LENGTH} links"
        )
    start, goal = graph.subject(left).id, graph.subject(right).id
    if start == goal:
        raise BadInputError(f'"{left}" and "{right}" are the same subject; choose two')
    search = _Search(Walk(graph, chosen), start, goal, longest)
    trails = []
    for trail in search.trails():
        trails.append(trail)
        if len(trails) == most:
            break
    return Routes(tuple(search.path(each) for each in trails), search.bound, complete=not search.gave_up)


class _Search:
    """Best-first search; the distance to the goal is known exactly, so that hardly a step is wasted."""

    def __init__(self, walk: Walk, start: SubjectId, goal: SubjectId, longest: int) -> None:
        self.walk = walk
        self.start = start
        self.goal = goal
        self.gave_up = False
        self._neighbours: dict[SubjectId, dict[SubjectId, list[Ends]]] = {}
        self._distance = self._distances(longest)
        self.bound = min(longest, self._distance.get(start, longest) + LONGER_BY)

    def trails(self) -> Iterator[_Trail]:
        """Paths without a repeated subject, by (length, support of the weakest step, ids)."""
        if self.start not in self._distance:
            return
        waiting: list[tuple[int, int, _Trail]] = [(self._distance[self.start], -(2**31), (self.start,))]
        for _ in range(MOST_STEPS):
            if not waiting:
                return
            _, weakness, trail = heapq.heappop(waiting)
            if trail[-1] == self.goal:
                yield trail
                continue
            for other, ends in self._joined(trail[-1]).items():
                length = len(trail) + self._distance.get(other, self.bound)
                if length <= self.bound and other not in trail:
                    support = max(weakness, -self._support(trail[-1], ends))
                    heapq.heappush(waiting, (length, support, (*trail, other)))
        self.gave_up = bool(waiting)

    def path(self, trail: _Trail) -> Path:
        """The trail with its links."""
        graph = self.walk.graph
        steps = []
        for here, there in pairwise(trail):
            links = [graph.link(ends, self.walk.ties(here)[ends]) for ends in self._joined(here)[there]]
            steps.append(tuple(sorted(links, key=lambda each: (-len(each.origins), -len(each.statements), each.id))))
        return Path(tuple(graph.node(each) for each in trail), tuple(steps))

    def _distances(self, longest: int) -> dict[SubjectId, int]:
        """Links to the goal, of every subject that can lie on a wanted path; empty if the ends do not meet.

        Both ends grow in turn, the one with fewer to look at first. Where they meet after `d` links, every path of up
        to `d + 1` lies inside the two neighbourhoods together.
        """
        around_start, around_goal = {self.start: 0}, {self.goal: 0}
        start_edge, goal_edge = {self.start}, {self.goal}
        while not start_edge & around_goal.keys() and not goal_edge & around_start.keys():
            if not start_edge or not goal_edge or _radius(around_start) + _radius(around_goal) == longest:
                return {}
            if len(start_edge) <= len(goal_edge):
                start_edge = self._grow(around_start, start_edge)
            else:
                goal_edge = self._grow(around_goal, goal_edge)
        nearest, shortest = _radius(around_goal), _radius(around_start) + _radius(around_goal)
        left = around_start.keys() - around_goal.keys()
        for far in range(nearest + 1, shortest + LONGER_BY + 1):
            reached = {each for each in left if any(around_goal.get(to) == far - 1 for to in self._joined(each))}
            around_goal.update(dict.fromkeys(reached, far))
            left -= reached
        return around_goal

    def _grow(self, around: dict[SubjectId, int], edge: set[SubjectId]) -> set[SubjectId]:
        """One link farther out."""
        far = _radius(around) + 1
        fresh = {other for here in edge for other in self._joined(here)} - around.keys()
        around.update(dict.fromkeys(fresh, far))
        return fresh

    def _joined(self, here: SubjectId) -> dict[SubjectId, list[Ends]]:
        """The neighbours of a subject by links that somebody affirms."""
        known = self._neighbours.get(here)
        if known is None:
            known = {}
            for other, ends in self.walk.neighbours(here).items():
                affirmed = [each for each in ends if self._affirmed(here, each)]
                if affirmed:
                    known[other] = affirmed
            self._neighbours[here] = known
        return known

    def _affirmed(self, here: SubjectId, ends: Ends) -> bool:
        ways = self.walk.ties(here)[ends]
        return ends[1] == NAMED_TOGETHER or any(way[0].assertion.polarity == AFFIRMED for way in ways)

    def _support(self, here: SubjectId, ends: list[Ends]) -> int:
        """How many independent origins the step has."""
        ways = (way for each in ends for way in self.walk.ties(here)[each])
        return len(self.walk.graph.origins({way[0].report for way in ways}))


def _radius(around: dict[SubjectId, int]) -> int:
    """How far out a neighbourhood reaches: the distance of what came into it last."""
    return next(reversed(around.values()))

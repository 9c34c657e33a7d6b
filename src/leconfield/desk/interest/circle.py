"""Whom a subject has to do with: one step and two steps away, and since when the desk has known of each step.

A subject with very many links (a town, a switchboard, a ferry line) is in nobody's circle and leads to nobody: that two
have to do with it says nothing of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from leconfield.ledger.model import DENIED, Statement, StatementId, SubjectId
from leconfield.ledger.vocabulary import LINKS, ORGANISATION, PERSON
from leconfield.ledger.world import World
from leconfield.network.graph import Graph, Walk, Way
from leconfield.registry.resolution import Partition

MOST_LINKS: Final = 20
"""Statements of links around a thing or a place above which it leads to nobody."""
MOST_OF_SOMEBODY: Final = 100
"""The same of a person or an organisation, of whom much is said because they matter."""


@dataclass(frozen=True, slots=True)
class Step:
    """That somebody is so many steps away, known since then (a stamp), by these statements."""

    since: str
    by: tuple[StatementId, ...]


Steps = Mapping[int, Step]
"""For each number of steps (1, 2), the way that has been known longest."""


class Circles:
    """Reads circles in a world as it stands; lives no longer than that reading."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._partition = world.derived(Partition)
        self._walk = Walk(Graph(world, self._partition))
        self._hubs: dict[SubjectId, bool] = {}

    def around(self, head: SubjectId, since: Mapping[SubjectId, str]) -> dict[SubjectId, Steps]:
        """Everybody within two steps; `since` says of each of its records since when it has belonged to it."""
        found: dict[SubjectId, dict[int, Step]] = {}
        first = self._next_to(head, since)
        for near, step in first.items():
            found.setdefault(near, {})[1] = step
        if self.is_hub(head):
            return dict(found)
        for near, step in first.items():
            for far, more in self._next_to(near, {}).items():
                if far != head:
                    _keep(found.setdefault(far, {}), 2, Step(max(step.since, more.since), (*step.by, *more.by)))
        return dict(found)

    def is_hub(self, head: SubjectId) -> bool:
        """Whether so many links lead to it or from it that it leads to nobody."""
        known = self._hubs.get(head)
        if known is None:
            schema = self._partition.subject_of(head).schema
            most = MOST_OF_SOMEBODY if schema in (PERSON, ORGANISATION) else MOST_LINKS
            known = self._hubs[head] = sum(1 for _ in islice(self._links_at(head), most + 1)) > most
        return known

    def touching(self, head: SubjectId) -> set[SubjectId]:
        """Everybody in whose circle the subject stands, itself included, even if it leads to nobody.

        So that those are found, too, who lose it from their circle because it has just come to lead to nobody.
        """
        near = set(self._neighbours(head))
        far = {other for each in near if not self.is_hub(each) for other in self._neighbours(each)}
        return {head} | near | far

    def _next_to(self, head: SubjectId, since: Mapping[SubjectId, str]) -> dict[SubjectId, Step]:
        found: dict[SubjectId, dict[int, Step]] = {}
        for (left, _, right), ways in self._walk.ties(head).items():
            other = right if left == head else left
            if self.is_hub(other):
                continue
            for way in ways:
                if way[0].assertion.polarity != DENIED:
                    _keep(found.setdefault(other, {}), 1, _step(way, since))
        return {other: steps[1] for other, steps in found.items()}

    def _neighbours(self, head: SubjectId) -> Iterable[SubjectId]:
        return self._walk.neighbours(head)

    def _links_at(self, head: SubjectId) -> Iterable[Statement]:
        for record in self._partition.subject_of(head).records:
            yield from (each for each in self._world.by_subject.get(record, ()) if each.prop in LINKS)
            yield from (each for each in self._world.pointing_at.get(record, ()) if each.prop in LINKS)


def _step(way: Way, since: Mapping[SubjectId, str]) -> Step:
    known = max(each.learnt for each in way)
    mine = max((since.get(end, "") for each in way for end in (each.subject, SubjectId(each.value))), default="")
    return Step(max(known, mine), tuple(each.id for each in way))


def _keep(steps: dict[int, Step], away: int, step: Step) -> None:
    """Keep the way that has been known longest."""
    known = steps.get(away)
    if known is None or (step.since, step.by) < (known.since, known.by):
        steps[away] = step

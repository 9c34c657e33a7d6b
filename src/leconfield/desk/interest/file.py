"""The file of a closed subject as it may be scored: what is said of it, and of whoever is within two steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.desk.interest.circle import Circles, Step, Steps
from leconfield.desk.interest.joins import belonging
from leconfield.desk.interest.rescoring import Sight
from leconfield.desk.typologies.model import WORDS
from leconfield.desk.typologies.scorable import Fact, Scorable, ScorableReader
from leconfield.ledger.model import Statement, SubjectId
from leconfield.ledger.vocabulary import IDENTIFIERS
from leconfield.ledger.world import World
from leconfield.registry.resolution import Partition

TOLD: Final = IDENTIFIERS | {"address"}
"""What is news of a subject although no typology reads it: that there is a new number, never which."""


@dataclass(frozen=True, slots=True)
class File:
    """A closed subject's file."""

    head: SubjectId
    belongs: Mapping[SubjectId, str]
    """Since when each of its records has belonged to it."""
    read: tuple[tuple[Scorable, tuple[Sight, ...]], ...]
    told: tuple[Statement, ...]
    """Numbers and addresses said of the subject itself since somebody last looked."""


class Files:
    """Reads files in a world as it stands; lives no longer than that reading."""

    def __init__(self, world: World) -> None:
        self.circles = Circles(world)
        self._world = world
        self._partition = world.derived(Partition)
        self._reader = ScorableReader(world)
        self._scorables: dict[SubjectId, Scorable] = {}
        self._newest: dict[SubjectId, str] = {}

    def of(self, head: SubjectId, anchor: SubjectId, looked: str) -> File | None:
        """The file; None if nothing in it is newer than the moment, so that nothing can have changed."""
        belongs = belonging(self._world, head, anchor)
        around = self.circles.around(head, belongs)
        if max([*belongs.values(), self.newest(head), *(self.newest(each) for each in around)]) <= looked:
            return None
        own = self._scorable(head)
        read = [(own, self._own(own, belongs))]
        for other in sorted(around, key=lambda each: (min(around[each]), each)):
            scorable = self._scorable(other)
            read.append((scorable, tuple(_seen(each, around[other]) for each in scorable.facts)))
        read = _once(read)
        return File(head, belongs, tuple(read), self._told(belongs, looked))

    def newest(self, head: SubjectId) -> str:
        """When the last statement about the subject, or link to it, was learnt."""
        known = self._newest.get(head)
        if known is None:
            known = self._newest[head] = max(
                (
                    each.learnt
                    for record in self._partition.subject_of(head).records
                    for each in (*self._world.by_subject.get(record, ()), *self._world.pointing_at.get(record, ()))
                ),
                default="",
            )
        return known

    def _scorable(self, head: SubjectId) -> Scorable:
        known = self._scorables.get(head)
        if known is None:
            known = self._scorables[head] = self._reader.subject(head)
        return known

    def _own(self, scorable: Scorable, belongs: Mapping[SubjectId, str]) -> tuple[Sight, ...]:
        return tuple(Sight((max(each.learnt, self._since(each, belongs)), "", ""), ()) for each in scorable.facts)

    def _since(self, fact: Fact, belongs: Mapping[SubjectId, str]) -> str:
        """Since when the record that the fact is of has belonged to the subject."""
        said = self._world.statements[fact.statement]
        return belongs.get(said.subject) or belongs.get(SubjectId(said.value), "")

    def _told(self, belongs: Mapping[SubjectId, str], looked: str) -> tuple[Statement, ...]:
        found = [
            each
            for record, since in belongs.items()
            for each in self._world.by_subject.get(record, ())
            if each.prop in TOLD and max(each.learnt, since) > looked
        ]
        return tuple(sorted(found, key=lambda each: (each.learnt, each.id), reverse=True))


def _seen(fact: Fact, steps: Steps) -> Sight:
    nearest = steps[min(steps)]
    return Sight(("", _since(fact, steps.get(1)), _since(fact, steps.get(2))), nearest.by)


def _once(read: Sequence[tuple[Scorable, tuple[Sight, ...]]]) -> list[tuple[Scorable, tuple[Sight, ...]]]:
    """Each link and each sentence once, for whom it is nearest to: it may be said of several people of one file."""
    known: dict[tuple[str, ...], tuple[str, str, str]] = {}
    for scorable, sights in read:
        for fact, sight in zip(scorable.facts, sights, strict=True):
            before = known.get(_same(fact))
            known[_same(fact)] = _earliest(before, sight.since) if before else sight.since
    left = dict(known)
    return [
        (
            scorable,
            tuple(
                Sight(left.pop(_same(fact), ("", "", "")), sight.links)
                for fact, sight in zip(scorable.facts, sights, strict=True)
            ),
        )
        for scorable, sights in read
    ]


def _same(fact: Fact) -> tuple[str, ...]:
    return (fact.report, fact.words) if fact.kind == WORDS else (fact.statement, fact.kind)


def _earliest(one: tuple[str, str, str], other: tuple[str, str, str]) -> tuple[str, str, str]:
    first, second, third = (min(filter(None, pair), default="") for pair in zip(one, other, strict=True))
    return first, second, third


def _since(fact: Fact, step: Step | None) -> str:
    return max(fact.learnt, step.since) if step else ""

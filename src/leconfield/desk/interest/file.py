"""The file of a closed subject as it may be scored: what is said of it, and of whoever is within two steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.desk.interest.circle import Circles, Step, Steps
from leconfield.desk.interest.joins import belonging
from leconfield.desk.interest.rescoring import NEVER, Member, Sight, Since, sight
from leconfield.desk.typologies.matching import Hit, Reading, hits
from leconfield.desk.typologies.model import WORDS
from leconfield.desk.typologies.scorable import Fact, Scorable, ScorableReader
from leconfield.ledger.model import Statement, StatementId, SubjectId
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
    members: tuple[Member, ...]
    told: tuple[Statement, ...]
    """Numbers and addresses said of the subject itself since somebody last looked."""


class Known:
    """What was read of subjects, by their id: good until something is newly said that a score may read."""

    def __init__(self) -> None:
        self.scorables: dict[SubjectId, Scorable] = {}
        self.hits: dict[SubjectId, tuple[tuple[Hit, ...], ...]] = {}

    def forget(self, heads: Iterable[SubjectId]) -> None:
        """Read them anew when they are next asked for."""
        for head in heads:
            self.scorables.pop(head, None)
            self.hits.pop(head, None)


class Files:
    """Reads files in a world as it stands; lives no longer than that reading, what is `known` longer."""

    def __init__(self, world: World, known: Known, readings: Sequence[Reading]) -> None:
        self.circles = Circles(world)
        self._known = known
        self._readings = readings
        self._world = world
        self._partition = world.derived(Partition)
        self._reader = ScorableReader(world)
        self._newest: dict[SubjectId, str] = {}

    def of(self, head: SubjectId, anchor: SubjectId, looked: str) -> File | None:
        """The file; None if nothing in it is newer than the moment, so that nothing can have changed."""
        belongs = belonging(self._world, head, anchor)
        around = self.circles.around(head, belongs)
        if max([*belongs.values(), self.newest(head), *(self.newest(each) for each in around)]) <= looked:
            return None
        read: list[_Shown] = [(fact, self._own(fact, belongs), ()) for fact in self._facts(head)]
        near = sorted(around, key=lambda each: (min(around[each]), each))
        for other in near:
            steps = around[other]
            links = steps[min(steps)].by
            read += [(fact, _seen(fact, steps), links) for fact in self._facts(other)]
        sights = _once(read, looked)
        return File(
            head,
            belongs,
            tuple(Member(self._hits(each), sights) for each in (head, *near)),
            self._told(belongs, looked),
        )

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

    def _facts(self, head: SubjectId) -> tuple[Fact, ...]:
        known = self._known.scorables.get(head)
        if known is None:
            known = self._known.scorables[head] = self._reader.subject(head)
        return known.facts

    def _hits(self, head: SubjectId) -> tuple[tuple[Hit, ...], ...]:
        found = self._known.hits.get(head)
        if found is None:
            scorable = self._known.scorables[head]
            found = self._known.hits[head] = tuple(hits(each, scorable) for each in self._readings)
        return found

    def _own(self, fact: Fact, belongs: Mapping[SubjectId, str]) -> Since:
        return max(fact.learnt, self._since(fact, belongs)), "", ""

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


_Shown = tuple[Fact, Since, tuple[StatementId, ...]]


def _seen(fact: Fact, steps: Steps) -> Since:
    return "", _since(fact, steps.get(1)), _since(fact, steps.get(2))


def _since(fact: Fact, step: Step | None) -> str:
    return max(fact.learnt, step.since) if step else ""


def _once(read: Sequence[_Shown], looked: str) -> dict[int, Sight]:
    """Each link and each sentence once, for whom it is nearest to: it may be said of several people of one file."""
    merged: dict[tuple[str, ...], Since] = {}
    for fact, since, _ in read:
        key = _same(fact)
        before = merged.get(key)
        merged[key] = _earliest(before, since) if before else since
    return {id(fact): sight(merged.pop(_same(fact), NEVER), looked, links) for fact, _, links in read}


def _same(fact: Fact) -> tuple[str, ...]:
    return (fact.report, fact.words) if fact.kind == WORDS else (fact.statement, fact.kind)


def _earliest(one: Since, other: Since) -> Since:
    first, second, third = (min(filter(None, pair), default="") for pair in zip(one, other, strict=True))
    return first, second, third

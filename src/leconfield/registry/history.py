"""What was joined and split: how the subjects of a world came to be, step by step, each with its cause.

Everything that the world admits is played again in the order in which it was learnt, on a partition of its own, which
is at every step what a view as of that moment holds. So a subject's id is followed through joins and splits by whoever
kept it, and nothing shows but what the reader may see: a join that rests on what is hidden from him has no step here.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from leconfield.ledger.model import Judgement, ReportId, Statement, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.index import NameIndex
from leconfield.registry.judgements import WITHDRAWN
from leconfield.registry.queue import Cluster
from leconfield.registry.records import Records, fold_record
from leconfield.registry.resolution import Partition
from leconfield.registry.subjects import Subject

JOINED: Final = "joined"
SPLIT: Final = "split"
BY_JUDGEMENT: Final = "judgement"
BY_ARRIVAL: Final = "arrival"
BY_WEIGHTS: Final = "weights"


@dataclass(frozen=True, slots=True)
class Event:
    """One join of subjects, or one split of a subject."""

    at: str
    kind: str
    """`joined` or `split`."""
    before: tuple[Subject, ...]
    """As they stood: several of a join, one of a split."""
    after: tuple[Subject, ...]
    cause: str
    """`judgement`, `arrival`, or `weights`: the scale had changed with what the view holds."""
    by: str = ""
    """Who judged."""
    reason: str = ""
    """His reason, or the engine's."""
    withdrawn: bool = False
    """Whether the judgement took an earlier one back."""
    reports: tuple[ReportId, ...] = ()
    """Of an arrival: the reports that came."""


class History:
    """Every join and split of a world, the oldest first."""

    def __init__(self, world: World) -> None:
        self._whole = world.derived(Records)
        self._resolved = world.derived(Partition)
        self._begin()

    def _begin(self) -> None:
        self.events: list[Event] = []
        self._records = Records()
        self._said: dict[SubjectId, list[Statement]] = defaultdict(list)
        self._partition = Partition(self._records, NameIndex, threading.RLock(), self._resolved.keys_of)
        self._played = ""
        """The moment up to which everything was played."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Play the whole world again."""
        history = cls(world)
        history._play(world, world.statements.values(), world.judgements)
        return history

    def grow(self, world: World, delta: Delta) -> None:
        """Play what is new; everything anew if some of it is no later than what was played."""
        moments = [*(each.learnt for each in delta.statements), *(each.at for each in delta.judgements)]
        if moments and min(moments) <= self._played:
            self._begin()
            self._play(world, world.statements.values(), world.judgements)
        else:
            self._play(world, delta.statements, delta.judgements)

    def of_subject(self, subject: Subject) -> list[Event]:
        """The joins and splits that any of a subject's records went through."""
        mine = set(subject.records)
        return [
            each for each in self.events if any(not mine.isdisjoint(one.records) for one in (*each.before, *each.after))
        ]

    def _play(self, world: World, statements: Iterable[Statement], judgements: Iterable[Judgement]) -> None:
        said: dict[str, list[Statement]] = defaultdict(list)
        judged: dict[str, list[Judgement]] = defaultdict(list)
        for statement in statements:
            said[statement.learnt].append(statement)
        for judgement in judgements:
            judged[judgement.at].append(judgement)
        for moment in sorted({*said, *judged}):
            delta = Delta(statements=tuple(said[moment]), judgements=tuple(judged[moment]))
            self._partition.take(self._learnt(world, delta.statements), delta.judgements)
            self._tell(moment, delta)
            self._played = moment

    def _learnt(self, world: World, statements: Iterable[Statement]) -> list[SubjectId]:
        """Fold what is known of the subjects by now: where nothing was learnt later, it is known from the world."""
        changed = dict.fromkeys(each.subject for each in statements)
        for each in statements:
            self._said[each.subject].append(each)
        for subject in changed:
            said = self._said[subject]
            whole = len(said) == len(world.by_subject[subject])
            self._records.by_id[subject] = self._whole.by_id[subject] if whole else fold_record(subject, said)
        return list(changed)

    def _tell(self, moment: str, delta: Delta) -> None:
        olds = sorted(self._partition.replaced, key=lambda each: each.units[0].oldest.order)
        became = [(each, self._partition.became(each)) for each in olds]
        found = [*_joins(self._partition, became), *_splits(self._partition, became)]
        for kind, before, after in found:
            self.events.append(self._event(moment, kind, before, after, delta))

    def _event(self, moment: str, kind: str, before: Subjects, after: Subjects, delta: Delta) -> Event:
        records = {record for each in (*before, *after) for record in each.records}
        judged = [each for each in delta.judgements if {each.left, each.right} & records]
        if judged:
            last = max(judged, key=lambda each: (each.verdict != WITHDRAWN, each.by, each.reason))
            return Event(
                moment, kind, before, after, BY_JUDGEMENT, last.by, last.reason, withdrawn=last.verdict == WITHDRAWN
            )
        came = {each.subject for each in delta.statements}
        near = [each for each in self._partition.connected(after[0].id) if each in came]
        if not near:
            return Event(moment, kind, before, after, BY_WEIGHTS)
        reports = {each.report for each in delta.statements if each.subject in near}
        reason = "; ".join(self._words(kind, near, after)[:3])
        return Event(moment, kind, before, after, BY_ARRIVAL, reason=reason, reports=tuple(sorted(reports)))

    def _words(self, kind: str, near: list[SubjectId], after: Subjects) -> list[str]:
        """Of a join, why the newcomers were joined."""
        if kind != JOINED:
            return []
        edges = self._partition.links_of(after[0])
        return list(dict.fromkeys(each.words for each in edges if each.left in near or each.right in near))


Subjects = tuple[Subject, ...]


Became = list[tuple[Cluster, tuple[SubjectId, ...]]]
"""Clusters as they stood, and the heads of those to which their records went."""


def _joins(partition: Partition, became: Became) -> Iterable[tuple[str, Subjects, Subjects]]:
    """Subjects into which several went."""
    went: dict[SubjectId, list[Cluster]] = defaultdict(list)
    for each, heads in became:
        for head in heads:
            went[head].append(each)
    for head, parts in went.items():
        if len(parts) > 1:
            yield JOINED, tuple(each.subject() for each in parts), (partition.subject(head),)


def _splits(partition: Partition, became: Became) -> Iterable[tuple[str, Subjects, Subjects]]:
    """Subjects of which several came."""
    for each, heads in became:
        if len(heads) > 1:
            yield SPLIT, (each.subject(),), tuple(partition.subject(head) for head in heads)

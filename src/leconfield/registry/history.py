"""What was joined and split: how the subjects of a world came to be, step by step, each with its cause.

Everything that the world admits is played again in the order in which it was learnt, on a world of its own, which is at
every step what a view as of that moment holds. So a subject's id is followed through joins and splits by whoever kept
it, and nothing shows but what the reader may see: a join that rests on what is hidden from him has no step here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from leconfield.ledger.model import Judgement, ReportId, Statement, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.judgements import WITHDRAWN
from leconfield.registry.queue import Cluster
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

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.events: list[Event] = []
        self._world = World()
        self._partition = self._world.derived(Partition)
        self._played = ""
        """The moment up to which everything was played."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Play the whole world again."""
        history = cls()
        history._play(world.statements.values(), world.judgements)
        return history

    def grow(self, world: World, delta: Delta) -> None:
        """Play what is new; everything anew if some of it is no later than what was played."""
        moments = [*(each.learnt for each in delta.statements), *(each.at for each in delta.judgements)]
        if moments and min(moments) <= self._played:
            self._begin()
            self._play(world.statements.values(), world.judgements)
        else:
            self._play(delta.statements, delta.judgements)

    def of_subject(self, subject: Subject) -> list[Event]:
        """The joins and splits that any of a subject's records went through."""
        mine = set(subject.records)
        return [
            each for each in self.events if any(not mine.isdisjoint(one.records) for one in (*each.before, *each.after))
        ]

    def _play(self, statements: Iterable[Statement], judgements: Iterable[Judgement]) -> None:
        said: dict[str, list[Statement]] = defaultdict(list)
        judged: dict[str, list[Judgement]] = defaultdict(list)
        for statement in statements:
            said[statement.learnt].append(statement)
        for judgement in judgements:
            judged[judgement.at].append(judgement)
        for moment in sorted({*said, *judged}):
            self._step(moment, Delta(statements=tuple(said[moment]), judgements=tuple(judged[moment])))
            self._played = moment

    def _step(self, moment: str, delta: Delta) -> None:
        self._world.grow(delta)
        olds = sorted(self._partition.replaced, key=lambda each: each.records[0].order)
        found = [*_joins(self._partition, olds), *_splits(self._partition, olds)]
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


def _joins(partition: Partition, olds: list[Cluster]) -> Iterable[tuple[str, Subjects, Subjects]]:
    """Subjects into which several went."""
    went: dict[SubjectId, list[Cluster]] = defaultdict(list)
    for each in olds:
        for head in dict.fromkeys(partition.head_of(record.id) for record in each.records):
            went[head].append(each)
    for head, parts in went.items():
        if len(parts) > 1:
            yield JOINED, tuple(each.subject() for each in parts), (partition.subject(head),)


def _splits(partition: Partition, olds: list[Cluster]) -> Iterable[tuple[str, Subjects, Subjects]]:
    """Subjects of which several came."""
    for each in olds:
        came = dict.fromkeys(partition.head_of(record.id) for record in each.records)
        if len(came) > 1:
            yield SPLIT, (each.subject(),), tuple(partition.subject(head) for head in came)

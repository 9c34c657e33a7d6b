"""Resolution: which records are one subject. Computed in a world, never stored.

The partition is a pure function of the set of visible records and judgements: any order of arrival gives the same one,
and taking a judgement back gives what would be there had it never been made.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from leconfield.errors import NotFoundError
from leconfield.ledger.model import SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.clusters import Edge, cluster
from leconfield.registry.evidence import Profile, profile_of
from leconfield.registry.index import NameIndex
from leconfield.registry.judgements import SAME, Opinions
from leconfield.registry.links import BY_COMMON_NAME, Key, keys_of, meeting
from leconfield.registry.proposals import (
    LEAST_NAME_BITS,
    PROPOSED,
    NamePair,
    Proposal,
    Side,
    belongs_in_queue,
    has_weight,
    propose,
)
from leconfield.registry.records import Record, Records
from leconfield.registry.subjects import Subject, subject_from


@dataclass(slots=True)
class _Cluster:
    """One cluster, its edges, and the subject made of it once somebody asks."""

    records: tuple[Record, ...]
    edges: tuple[Edge, ...]
    subject: Subject | None = None
    profile: Profile | None = None

    @property
    def head(self) -> SubjectId:
        """Its oldest record."""
        return self.records[0].id


@dataclass(slots=True)
class _Component:
    """Everything that keys and judgements connect; resolved together."""

    records: list[SubjectId]
    plain: bool
    """Whether nothing in it could keep anything apart: then a newcomer joins without looking at the others."""


class Partition:
    """The records of a world as subjects."""

    def __init__(self, records: Records, index: NameIndex, lock: threading.RLock) -> None:
        self._lock = lock
        self._records = records
        self._index = index
        self._opinions = Opinions()
        self._keys: dict[SubjectId, tuple[Key, ...]] = {}
        self._meetings: dict[Key, dict[SubjectId, None]] = defaultdict(dict)
        self._component_of: dict[SubjectId, _Component] = {}
        self._cluster_of: dict[SubjectId, _Cluster] = {}
        self._pairs: dict[SubjectId, dict[SubjectId, Proposal]] = defaultdict(dict)
        """Proposals by the heads of both clusters."""
        self._unpaired: dict[SubjectId, None] = {}
        """Heads of clusters for which no proposals have been sought yet."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Resolve the whole world."""
        partition = cls(world.derived(Records), world.derived(NameIndex), world.lock)
        partition._opinions.take(world.judgements)
        partition._resolve(partition._records.by_id)
        return partition

    def grow(self, _world: World, delta: Delta) -> None:
        """Resolve again the components that new statements and judgements touch, and no others."""
        self._opinions.take(delta.judgements)
        touched = dict.fromkeys(each.subject for each in delta.statements)
        for each in delta.judgements:
            touched.update({each.left: None, each.right: None})
        self._resolve(touched)

    def subject_of(self, record_id: SubjectId) -> Subject:
        """The subject that a record belongs to.

        Raises:
            NotFoundError: if there is no such record in this world.
        """
        return self._subject(self._cluster(record_id))

    def subject(self, any_id: SubjectId) -> Subject:
        """The subject by the id of any of its records.

        Raises:
            NotFoundError: if there is no such record in this world.
        """
        return self.subject_of(any_id)

    def subjects(self) -> tuple[Subject, ...]:
        """All subjects, the oldest first."""
        heads = [each for record, each in self._cluster_of.items() if each.head == record]
        return tuple(self._subject(each) for each in sorted(heads, key=lambda one: one.records[0].order))

    def records_of(self, subject: Subject) -> tuple[Record, ...]:
        """The records of a subject, the oldest first."""
        return self._cluster(subject.id).records

    def links_of(self, subject: Subject) -> tuple[Edge, ...]:
        """Why its records are one: one edge less than there are records."""
        return self._cluster(subject.id).edges

    def proposals(self, subject: Subject | None = None) -> tuple[Proposal, ...]:
        """Pairs of subjects that a person should look at, the most likely first.

        For one subject, all of its pairs; else the queue: pairs with a registered subject, or of two that several
        reports speak of.
        """
        if subject is not None:
            found = self._proposals_for(self._cluster(subject.id)).values()
            return tuple(sorted(found, key=lambda proposal: proposal.rank))
        with self._lock:
            for head in self._seeking():
                for other, proposal in self._proposals_for(self._cluster_of[head]).items():
                    if belongs_in_queue(proposal):
                        self._pairs[head][other] = self._pairs[other][head] = proposal
            self._unpaired.clear()
            once = {(each.left.id, each.right.id): each for pairs in self._pairs.values() for each in pairs.values()}
        return tuple(sorted(once.values(), key=lambda proposal: proposal.rank))

    def _cluster(self, record_id: SubjectId) -> _Cluster:
        try:
            return self._cluster_of[record_id]
        except KeyError:
            raise NotFoundError(f'nothing by the id "{record_id}" is known here; trace the name to find it') from None

    def _subject(self, one: _Cluster) -> Subject:
        if one.subject is None:
            one.subject = subject_from(one.records)
        return one.subject

    def _resolve(self, touched: Iterable[SubjectId]) -> None:
        """Bring the components around the touched records up to date."""
        dirty: dict[SubjectId, None] = {}
        for each in touched:
            if each in self._records.by_id:
                self._rekey(each)
                known = self._component_of.get(each)
                dirty.update(dict.fromkeys(known.records if known else (each,)))
        while dirty:
            start = next(iter(dirty))
            if self._append(start):
                dirty.pop(start)
                continue
            component = self._connected_with(start)
            for each in component:
                dirty.pop(each, None)
            self._resolve_component(component)

    def _rekey(self, record: SubjectId) -> None:
        for key in self._keys.get(record, ()):
            self._meetings[key].pop(record, None)
        self._keys[record] = keys_of(self._records.by_id[record])
        for key in self._keys[record]:
            self._meetings[key][record] = None

    def _append(self, newcomer: SubjectId) -> bool:
        """Add a record to a plain component of its namesakes; False if that needs a closer look.

        The same as resolving the component anew: the newcomer is the last in canonical order, brings no key that the
        oldest namesake has not, and no fact that could keep anything apart.
        """
        record = self._records.by_id[newcomer]
        keys = self._keys[newcomer]
        if newcomer in self._component_of or not keys or not self._plain(record):
            return False
        oldest = min(self._meetings[keys[0]], key=lambda each: self._records.by_id[each].order)
        component = self._component_of.get(oldest)
        if component is None or not component.plain or self._keys[oldest] != keys:
            return False
        joined = self._cluster_of[oldest]
        if record.order < joined.records[-1].order:
            return False
        self._forget_pairs(joined.head)
        edge = Edge(oldest, newcomer, meeting(keys[0], [record]).words)
        made = _Cluster((*joined.records, record), (*joined.edges, edge))
        component.records.append(newcomer)
        self._component_of[newcomer] = component
        self._cluster_of.update(dict.fromkeys(component.records, made))
        self._unpaired[made.head] = None
        return True

    def _plain(self, record: Record) -> bool:
        common = any(key.kind == BY_COMMON_NAME for key in self._keys[record.id])
        fact = record.births or record.sexes or record.id in self._opinions.partners
        return not fact and not (common and record.registered)

    def _connected_with(self, start: SubjectId) -> list[SubjectId]:
        """Everything that keys and judgements connect with the record."""
        seen = {start: None}
        queue = deque(seen)
        done: set[Key] = set()
        while queue:
            record = queue.popleft()
            near = dict.fromkeys(
                each for key in self._keys.get(record, ()) if key not in done for each in self._meetings[key]
            )
            done.update(self._keys.get(record, ()))
            near.update(dict.fromkeys(self._judged_same_as(record)))
            fresh = [each for each in near if each not in seen]
            seen.update(dict.fromkeys(fresh))
            queue.extend(fresh)
        return list(seen)

    def _judged_same_as(self, record: SubjectId) -> list[SubjectId]:
        if record not in self._opinions.partners:
            return []
        same = self._opinions.about(record, SAME)
        others = (each.right if each.left == record else each.left for each in same)
        return [each for each in others if each in self._records.by_id]

    def _resolve_component(self, component: list[SubjectId]) -> None:
        by_id = self._records.by_id
        for each in component:
            before = self._cluster_of.get(each)
            if before is not None and self._cluster_of[before.head] is before:
                self._forget_pairs(before.head)
        joining = cluster([by_id[each] for each in component], self._keys, self._opinions)
        edges: dict[SubjectId, list[Edge]] = defaultdict(list)
        for edge in joining.edges:
            edges[joining.root(edge.left)].append(edge)
        for members in joining.clusters():
            ordered = sorted((by_id[each] for each in members), key=lambda record: record.order)
            made = _Cluster(tuple(ordered), tuple(edges[joining.root(members[0])]))
            self._cluster_of.update(dict.fromkeys(members, made))
            self._unpaired[made.head] = None
        plain = len(joining.clusters()) == 1 and all(self._plain(by_id[each]) for each in component)
        self._component_of.update(dict.fromkeys(component, _Component(component, plain)))

    def _forget_pairs(self, head: SubjectId) -> None:
        for other in self._pairs.pop(head, {}):
            self._pairs[other].pop(head, None)
        self._unpaired.pop(head, None)

    def _seeking(self) -> list[SubjectId]:
        """Heads of the clusters that have to seek their proposals.

        A pair is found from either side: at first, when all of them seek, those of weight are enough.
        """
        if not self._unpaired or len(self._unpaired) < len(self._heads()):
            return list(self._unpaired)
        return [head for head in self._unpaired if has_weight(self._subject(self._cluster_of[head]))]

    def _heads(self) -> list[SubjectId]:
        return [record for record, each in self._cluster_of.items() if each.head == record]

    def _proposals_for(self, one: _Cluster) -> dict[SubjectId, Proposal]:
        """The proposals of one cluster, by the head of the other."""
        if one.records[0].schema not in PROPOSED:
            return {}
        here = self._side(one)
        found: dict[SubjectId, Proposal | None] = {}
        for other, names in self._near(one, here.profile).items():
            there = self._side(self._cluster_of[other])
            if here.records[0].order < there.records[0].order:
                found[other] = propose(here, there, names, self._opinions)
            else:
                found[other] = propose(there, here, [(right, left) for left, right in names], self._opinions)
        return {other: each for other, each in found.items() if each}

    def _side(self, one: _Cluster) -> Side:
        if one.profile is None:
            one.profile = profile_of(one.records)
        return Side(self._subject(one), one.records, one.profile)

    def _near(self, one: _Cluster, profile: Profile) -> dict[SubjectId, list[NamePair]]:
        """Heads of other clusters that share much of a name, or an identifier."""
        near: dict[SubjectId, list[NamePair]] = {}
        for name in profile.names:
            for place in self._index.candidates(name, least=LEAST_NAME_BITS):
                other = self._index.names[place]
                if other.schema == name.schema:
                    for head in {self._cluster_of[each].head for each in self._bearers(place)}:
                        near.setdefault(head, []).append((name, other))
        for each in profile.identifiers:
            for record in self._records.by_identifier[each.key]:
                near.setdefault(self._cluster_of[record].head, [])
        near.pop(one.head, None)
        return near

    def _bearers(self, place: int) -> list[SubjectId]:
        """Records that bear the indexed name as more than a weak alias.

        A weak alias seeks nobody, so it is found by nobody: else a pair would hang on which side sought it, and so on
        whether somebody had looked before the other side came in.
        """
        name = self._index.names[place]
        return [each for each in self._index.records_of[place] if name in self._records.by_id[each].parsed]

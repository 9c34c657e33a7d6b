"""Resolution: which records are one subject. Computed in a world, never stored.

The partition is a pure function of the set of visible records and judgements: any order of arrival gives the same one,
and taking a judgement back gives what would be there had it never been made.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from leconfield.errors import NotFoundError
from leconfield.ledger.model import SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.clusters import Edge, cluster
from leconfield.registry.index import NameIndex
from leconfield.registry.judgements import SAME, Opinions
from leconfield.registry.links import Key, keys_of
from leconfield.registry.proposals import Proposal, propose
from leconfield.registry.records import Record, Records
from leconfield.registry.subjects import Subject, subject_from


@dataclass(slots=True)
class _Cluster:
    """One cluster, its edges, and the subject made of it once somebody asks."""

    records: tuple[Record, ...]
    edges: tuple[Edge, ...]
    subject: Subject | None = None


class Partition:
    """The records of a world as subjects."""

    def __init__(self, records: Records, index: NameIndex) -> None:
        self._records = records
        self._index = index
        self._opinions = Opinions()
        self._keys: dict[SubjectId, tuple[Key, ...]] = {}
        self._meetings: dict[Key, set[SubjectId]] = defaultdict(set)
        self._component_of: dict[SubjectId, tuple[SubjectId, ...]] = {}
        self._cluster_of: dict[SubjectId, _Cluster] = {}
        self._all_proposals: tuple[Proposal, ...] | None = None

    @classmethod
    def of(cls, world: World) -> Self:
        """Resolve the whole world."""
        partition = cls(world.derived(Records), world.derived(NameIndex))
        partition._opinions.take(world.judgements)
        partition._resolve(partition._records.by_id)
        return partition

    def grow(self, world: World, delta: Delta) -> None:  # noqa: ARG002 - the protocol hands over the world
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

    subject = subject_of

    def subjects(self) -> tuple[Subject, ...]:
        """All subjects, the oldest first."""
        found = {id(each): each for each in self._cluster_of.values()}
        return tuple(self._subject(each) for each in sorted(found.values(), key=lambda one: one.records[0].order))

    def records_of(self, subject: Subject) -> tuple[Record, ...]:
        """The records of a subject, the oldest first."""
        return self._cluster(subject.id).records

    def links_of(self, subject: Subject) -> tuple[Edge, ...]:
        """Why its records are one: one edge less than there are records."""
        return self._cluster(subject.id).edges

    def proposals(self, subject: Subject | None = None) -> tuple[Proposal, ...]:
        """Pairs of subjects that a person should look at, the most likely first; for one subject or all."""
        if subject is not None:
            return self._proposals_for(self._cluster(subject.id), every=True)
        if self._all_proposals is None:
            found = {id(each): each for each in self._cluster_of.values()}
            pairs = {
                (proposal.left.id, proposal.right.id): proposal
                for each in found.values()
                for proposal in self._proposals_for(each, every=False)
            }
            self._all_proposals = tuple(sorted(pairs.values(), key=lambda proposal: proposal.rank))
        return self._all_proposals

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
        self._all_proposals = None
        known = [each for each in touched if each in self._records.by_id]
        dirty: dict[SubjectId, None] = {}
        for each in known:
            self._rekey(each)
            dirty.update(dict.fromkeys(self._component_of.get(each, (each,))))
        while dirty:
            component = self._component(next(iter(dirty)))
            for each in component:
                dirty.pop(each, None)
            self._resolve_component(component)

    def _rekey(self, record: SubjectId) -> None:
        for key in self._keys.get(record, ()):
            self._meetings[key].discard(record)
        self._keys[record] = keys_of(self._records.by_id[record])
        for key in self._keys[record]:
            self._meetings[key].add(record)

    def _component(self, start: SubjectId) -> tuple[SubjectId, ...]:
        """Everything that keys and judgements connect with the record."""
        seen = {start}
        queue = deque(seen)
        done: set[Key] = set()
        while queue:
            record = queue.popleft()
            for key in self._keys.get(record, ()):
                if key not in done:
                    done.add(key)
                    fresh = self._meetings[key] - seen
                    seen |= fresh
                    queue.extend(fresh)
            if record in self._opinions.partners:
                for each in self._opinions.about(record, SAME):
                    other = each.right if each.left == record else each.left
                    if other not in seen and other in self._records.by_id:
                        seen.add(other)
                        queue.append(other)
        return tuple(seen)

    def _resolve_component(self, component: tuple[SubjectId, ...]) -> None:
        by_id = self._records.by_id
        records = [by_id[each] for each in component]
        if len(records) == 1:
            self._component_of[component[0]] = component
            self._cluster_of[component[0]] = _Cluster((records[0],), ())
            return
        joining = cluster(records, self._keys.__getitem__, self._opinions)
        edges: dict[SubjectId, list[Edge]] = defaultdict(list)
        for edge in joining.edges:
            edges[joining.root(edge.left)].append(edge)
        for members in joining.clusters():
            ordered = sorted((by_id[each] for each in members), key=lambda record: record.order)
            made = _Cluster(tuple(ordered), tuple(edges[joining.root(members[0])]))
            for each in members:
                self._cluster_of[each] = made
                self._component_of[each] = component

    def _proposals_for(self, one: _Cluster, *, every: bool) -> tuple[Proposal, ...]:
        """Proposals for one cluster; for the list of all, each pair is left to its older side to find."""
        others: dict[int, _Cluster] = {}
        for record in _near(one.records, self._index, self._records):
            other = self._cluster_of.get(record)
            if other is not None and other is not one and (every or one.records[0].order < other.records[0].order):
                others[id(other)] = other
        found = (
            propose((self._subject(one), one.records), (self._subject(each), each.records), self._opinions)
            for each in others.values()
        )
        return tuple(sorted((each for each in found if each), key=lambda proposal: proposal.rank))


def _near(records: tuple[Record, ...], index: NameIndex, all_records: Records) -> Iterable[SubjectId]:
    """Records that share something with these: a name of much the same parts, or an identifier."""
    near: dict[SubjectId, None] = {}
    for name in dict.fromkeys(name for record in records for name in record.parsed):
        for place in index.candidates(name, limit=40):
            if index.names[place].schema == name.schema:
                near.update(dict.fromkeys(index.records_of[place]))
    for record in records:
        for each in record.identifiers:
            near.update(dict.fromkeys(all_records.by_identifier[each.key]))
    return near

"""Resolution: which records are one subject. Computed in a world, never stored.

The partition is a pure function of the set of visible records and judgements: any order of arrival gives the same one,
and taking a judgement back gives what would be there had it never been made.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from leconfield.errors import NotFoundError
from leconfield.ledger.model import Judgement, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.clusters import Edge, cluster, has_facts, without_names
from leconfield.registry.decisions import Decisions
from leconfield.registry.evidence import contradictions, profile_of, weigh_facts, weigh_spelling, weight_of
from leconfield.registry.index import NameIndex
from leconfield.registry.judgements import SAME, Opinions, pair_of
from leconfield.registry.links import BY_COMMON_NAME, BY_IDENTIFIER, Key, keys_of, meeting
from leconfield.registry.proposals import Proposal, weigh_sides
from leconfield.registry.queue import Cluster, Queue
from leconfield.registry.records import Record, Records
from leconfield.registry.subjects import Subject
from leconfield.registry.weights import Grounds, Scale, Waterfall, level_of


@dataclass(slots=True)
class _Component:
    """Everything that keys and judgements connect; resolved together."""

    records: list[SubjectId]
    plain: bool
    """Whether nothing in it could keep anything apart: then a newcomer joins without looking at the others."""


class Partition:
    """The records of a world as subjects."""

    def __init__(self, records: Records, index: Callable[[], NameIndex], lock: threading.RLock) -> None:
        self._lock = lock
        self._records = records
        self._opinions = Opinions()
        self.scale = Scale()
        """What agreements weigh in this world."""
        self._decisions = Decisions(self.scale)
        self._keys: dict[SubjectId, tuple[Key, ...]] = {}
        self._meetings: dict[Key, dict[SubjectId, None]] = defaultdict(dict)
        self._component_of: dict[SubjectId, _Component] = {}
        self._cluster_of: dict[SubjectId, Cluster] = {}
        self._queue = Queue(records, index, self._opinions, self.scale, self._cluster_of)
        self.replaced: list[Cluster] = []
        """Clusters that were looked at again when this last grew, as they stood before."""
        self._fresh: set[SubjectId] = set()
        """Records that were new when this last grew."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Resolve the whole world."""
        partition = cls(world.derived(Records), lambda: world.derived(NameIndex), world.lock)
        partition._opinions.take(world.judgements)
        partition._resolve(partition._records.by_id, world.judgements)
        return partition

    def grow(self, _world: World, delta: Delta) -> None:
        """Resolve again the components that new statements and judgements touch, and no others."""
        self._opinions.take(delta.judgements)
        self._resolve(dict.fromkeys(each.subject for each in delta.statements), delta.judgements)

    def subject_of(self, record_id: SubjectId) -> Subject:
        """The subject that a record belongs to.

        Raises:
            NotFoundError: if there is no such record in this world.
        """
        return self._cluster(record_id).subject()

    def subject(self, any_id: SubjectId) -> Subject:
        """The subject by the id of any of its records.

        Raises:
            NotFoundError: if there is no such record in this world.
        """
        return self.subject_of(any_id)

    def subjects(self) -> tuple[Subject, ...]:
        """All subjects, the oldest first."""
        heads = [each for record, each in self._cluster_of.items() if each.head == record]
        return tuple(each.subject() for each in sorted(heads, key=lambda one: one.records[0].order))

    def records_of(self, subject: Subject) -> tuple[Record, ...]:
        """The records of a subject, the oldest first."""
        return self._cluster(subject.id).records

    def links_of(self, subject: Subject) -> tuple[Edge, ...]:
        """Why its records are one: one edge less than there are records."""
        return self._cluster(subject.id).edges

    def head_of(self, record: SubjectId) -> SubjectId:
        """The id of the subject that a record belongs to."""
        return self._cluster(record).head

    def connected(self, record: SubjectId) -> list[SubjectId]:
        """Every record that keys and judgements connect with this one: what is resolved together."""
        return self._component_of[record].records

    def waterfall(self, edge: Edge) -> Waterfall:
        """What speaks for and against the edge, as weighed in this world."""
        by_id = self._records.by_id
        if edge.key is None:
            sides = profile_of((by_id[edge.left],)), profile_of((by_id[edge.right],))
            return self.scale.waterfall(sides[0].schema, weigh_sides(*sides), barred=contradictions(*sides))
        field, level = level_of(edge.key)
        met_by = weight_of(edge.words, field, level) if edge.key.kind == BY_IDENTIFIER else weigh_spelling(level)
        weights = (*self.scale.key_weights(edge.key), met_by, *edge.facts)
        return self.scale.waterfall(edge.key.schema, weights, bridge=edge.bridge)

    def compared(self, left: Subject, right: Subject) -> Waterfall:
        """What speaks for and against two subjects being one."""
        one, other = self._cluster(left.id), self._cluster(right.id)
        bridge = min(len(one.records), len(other.records)) > 1
        barred = contradictions(one.profile, other.profile)
        weights = weigh_sides(one.profile, other.profile)
        return self.scale.waterfall(left.schema, weights, bridge=bridge, barred=barred)

    def proposals(self, subject: Subject | None = None) -> tuple[Proposal, ...]:
        """Pairs of subjects that a person should look at, the most likely first.

        For one subject, all of its pairs; else the queue: pairs with a registered subject, of two that several
        reports speak of, or that met and fell just short of being joined.
        """
        with self._lock:
            return self._queue.everything() if subject is None else self._queue.around(self._cluster(subject.id))

    @contextmanager
    def supposing(self, judgement: Judgement) -> Iterator[None]:
        """Within it, the partition is as it would be with that judgement; nothing is written, and all is as before."""
        pair = pair_of(judgement.left, judgement.right)
        with self._lock:
            before = self._opinions.of(*pair, judgement.by)
            self._opinions.put(pair, judgement.by, judgement)
            try:
                self._resolve((), [judgement])
                yield
            finally:
                self._opinions.put(pair, judgement.by, before)
                self._resolve((), [judgement])

    def _cluster(self, record_id: SubjectId) -> Cluster:
        try:
            return self._cluster_of[record_id]
        except KeyError:
            raise NotFoundError(f'nothing by the id "{record_id}" is known here; trace the name to find it') from None

    def _resolve(self, said: Iterable[SubjectId], judged: Iterable[Judgement]) -> None:
        """Bring the components around new statements and judgements, and what they overturn, up to date."""
        self.replaced = []
        self._queue.changed()
        changed = [each for each in said if each in self._records.by_id]
        self._fresh = {each for each in changed if each not in self._component_of}
        dirty: dict[SubjectId, None] = {}
        for each in (*changed, *(one for every in judged for one in (every.left, every.right))):
            known = self._component_of.get(each)
            if each in self._records.by_id:
                dirty.update(dict.fromkeys(known.records if known else (each,)))
        for each in changed:
            self._rekey(each)
        for key in self._overturned(changed, judged):
            for one in self._meetings[key]:
                dirty.update(dict.fromkeys(self._component_of[one].records if one in self._component_of else (one,)))
        while dirty:
            start = next(iter(dirty))
            if self._append(start):
                dirty.pop(start)
                continue
            component = self._connected_with(start)
            for each in component:
                dirty.pop(each, None)
            self._resolve_component(component)

    def _overturned(self, changed: list[SubjectId], judged: Iterable[Judgement]) -> list[Key]:
        """Weigh anew what these records and judgements bear upon; keys that would be decided otherwise now."""
        by_id = self._records.by_id
        words = self.scale.count(by_id[each] for each in changed)
        pairs = dict.fromkeys(pair_of(each.left, each.right) for each in judged)
        for each in changed:
            pairs.update(dict.fromkeys(pair_of(each, other) for other in self._opinions.partners.get(each, ())))
        self.scale.learn(pairs, self._opinions, by_id)
        return self._decisions.overturned(words)

    def _rekey(self, record: SubjectId) -> None:
        for key in self._keys.get(record, ()):
            self._meetings[key].pop(record, None)
            self._decisions.forget(key)
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
        facts = weigh_facts(without_names(record), without_names(record))
        levels = tuple(sorted([level_of(keys[0]), *((each.field, each.level) for each in facts)]))
        if not self._decisions.enough(keys[0], Grounds(keys[0].schema, levels, bridge=False)):
            return False
        self._queue.forget(joined.head)
        edge = Edge(oldest, newcomer, meeting(keys[0], [record]).words, key=keys[0], facts=facts)
        made = Cluster((*joined.records, record), (*joined.edges, edge))
        component.records.append(newcomer)
        self._component_of[newcomer] = component
        self._cluster_of.update(dict.fromkeys(component.records, made))
        self._queue.renew(made.head)
        return True

    def _plain(self, record: Record) -> bool:
        """Whether it says nothing beside its names, but perhaps the country that is in every one of its keys."""
        if has_facts(record) or record.id in self._opinions.partners or len(record.countries) > 1:
            return False
        keys = self._keys[record.id]
        if record.countries and not all("|" in key.value for key in keys):
            return False
        return not (record.registered and any(key.kind == BY_COMMON_NAME for key in keys))

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

    def _replace(self, before: Cluster) -> None:
        """Keep the cluster as it stood before the growth: without newcomers that were just added to it."""
        stood = tuple(each for each in before.records if each.id not in self._fresh)
        if stood:
            self.replaced.append(before if len(stood) == len(before.records) else Cluster(stood, ()))

    def _resolve_component(self, component: list[SubjectId]) -> None:
        by_id = self._records.by_id
        for key in dict.fromkeys(key for each in component for key in self._keys[each]):
            self._decisions.forget(key)
        for each in component:
            before = self._cluster_of.get(each)
            if before is not None and before.head == each:
                self._queue.forget(each)
                self._replace(before)
        joining = cluster([by_id[each] for each in component], self._keys, self._opinions, self._decisions)
        self._queue.refuse(component, joining.refused)
        edges: dict[SubjectId, list[Edge]] = defaultdict(list)
        for edge in joining.edges:
            edges[joining.root(edge.left)].append(edge)
        for members in joining.clusters():
            ordered = sorted((by_id[each] for each in members), key=lambda record: record.order)
            made = Cluster(tuple(ordered), tuple(edges[joining.root(members[0])]))
            self._cluster_of.update(dict.fromkeys(members, made))
            self._queue.renew(made.head)
        plain = len(joining.clusters()) == 1 and all(self._plain(by_id[each]) for each in component)
        self._component_of.update(dict.fromkeys(component, _Component(component, plain)))

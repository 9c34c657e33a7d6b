"""Resolution: which records are one subject. Computed in a world, never stored.

The partition is a pure function of the set of visible records and judgements: any order of arrival gives the same one,
and taking a judgement back gives what would be there had it never been made.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Self

from leconfield.errors import NotFoundError
from leconfield.ledger.model import Judgement, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.bundles import MOST_COUNTED, Bundle, Bundles
from leconfield.registry.clusters import Edge, cluster
from leconfield.registry.decisions import Decisions
from leconfield.registry.evidence import contradictions, profile_of, weigh_spelling, weight_of
from leconfield.registry.index import NameIndex
from leconfield.registry.judgements import SAME, Opinions, pair_of
from leconfield.registry.links import BY_IDENTIFIER, Key, keys_of
from leconfield.registry.proposals import Proposal, weigh_sides
from leconfield.registry.queue import Cluster, Queue, Unit
from leconfield.registry.records import Record, Records
from leconfield.registry.subjects import Subject
from leconfield.registry.weights import Scale, Waterfall, level_of


class Partition:
    """The records of a world as subjects."""

    def __init__(
        self,
        records: Records,
        index: Callable[[], NameIndex],
        lock: threading.RLock,
        keys: Callable[[Record], tuple[Key, ...]] = keys_of,
    ) -> None:
        self._lock = lock
        self._records = records
        self._opinions = Opinions()
        self.scale = Scale()
        """What agreements weigh in this world."""
        self._decisions = Decisions(self.scale)
        self._bundles = Bundles(self._opinions, keys)
        self._meetings: dict[Key, dict[Bundle, None]] = defaultdict(dict)
        self._queue = Queue(records, index, self._opinions, self.scale, self._cluster)
        self._olds: dict[Cluster, None] = {}
        self._fresh: set[SubjectId] = set()
        """Records that were new when this last grew,"""
        self._grown: set[Cluster] = set()
        """and clusters to which one of them was just added."""
        self._everybody: tuple[Subject, ...] | None = None
        """All subjects, until something changes."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Resolve the whole world."""
        partition = cls(world.derived(Records), lambda: world.derived(NameIndex), world.lock)
        partition._opinions.take(world.judgements)
        partition._resolve(partition._records.by_id, world.judgements)
        return partition

    def grow(self, _world: World, delta: Delta) -> None:
        """Resolve again the components that new statements and judgements touch, and no others."""
        self.take(dict.fromkeys(each.subject for each in delta.statements), delta.judgements)

    def take(self, changed: Iterable[SubjectId], judgements: Collection[Judgement]) -> None:
        """Resolve again what touches records that are new or say something else now, and judgements."""
        self._opinions.take(judgements)
        self._resolve(changed, judgements)

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
        with self._lock:
            if self._everybody is None:
                found = dict.fromkeys(each for bundle in self._bundles for each in bundle.clusters)
                oldest_first = sorted(found, key=lambda one: one.units[0].oldest.order)
                self._everybody = tuple(each.subject() for each in oldest_first)
            return self._everybody

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
        return [each.id for bundle in self._bundles[record].component for each in bundle.records]

    def keys_of(self, record: Record) -> tuple[Key, ...]:
        """The keys under which it meets others."""
        held = self._records.by_id.get(record.id) is record and record.id in self._bundles
        return self._bundles[record.id].keys if held else keys_of(record)

    @property
    def replaced(self) -> list[Cluster]:
        """Clusters that were looked at again when this last grew, as they stood before, without newcomers."""
        return [stood for each in self._olds if (stood := self._as_it_stood(each))]

    def became(self, old: Cluster) -> tuple[SubjectId, ...]:
        """The ids of the subjects that the records of a cluster, which stood before this last grew, belong to now."""
        found: dict[SubjectId, tuple[str, str]] = {}
        for unit in old.units:
            bundle = self._bundles[unit.oldest.id]
            together = bundle.cluster is not None and bundle.records is unit.records
            for each in unit.records[: 1 if together else unit.count]:
                now = self._cluster(each.id)
                found[now.head] = now.units[0].oldest.order
        return tuple(sorted(found, key=found.__getitem__))

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
        if record_id not in self._bundles:
            raise NotFoundError(f'nothing by the id "{record_id}" is known here; trace the name to find it')
        return self._bundles[record_id].of(record_id)

    def _as_it_stood(self, before: Cluster) -> Cluster | None:
        if before not in self._grown:
            return before
        stood = [each for each in before.records if each.id not in self._fresh]
        return Cluster((Unit(stood, len(stood)),)) if stood else None

    def _resolve(self, said: Iterable[SubjectId], judged: Iterable[Judgement]) -> None:
        """Bring the components around new statements and judgements, and what they overturn, up to date."""
        self._olds = {}
        self._grown = set()
        self._everybody = None
        self._queue.changed()
        by_id = self._records.by_id
        changed = [each for each in said if each in by_id]
        self._fresh = {each for each in changed if each not in self._bundles}
        ends = (one for each in judged for one in (each.left, each.right) if one in by_id)
        dirty: dict[Bundle, None] = {}
        for each in dict.fromkeys((*changed, *ends)):
            dirty.update(dict.fromkeys(self._place(by_id[each])))
        for key in self._overturned(changed, judged):
            for bundle in self._meetings[key]:
                dirty.update(dict.fromkeys(bundle.component or (bundle,)))
        while dirty:
            start = next(iter(dirty))
            component = self._connected_with(start) if start.records else [start]
            for one in component:
                dirty.pop(one, None)
            if start.records:
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

    def _place(self, record: Record) -> list[Bundle]:
        """Put a record where it belongs; the bundles that are to be resolved again for it."""
        again: list[Bundle] = []
        if record.id in self._bundles:
            before = self._bundles[record.id]
            again += before.component
            self._let_go(before)
            self._bundles.take_out(record.id)
            if not before.records:
                self._forget(before)
        bundle = self._bundles.place(record)
        if record.id in self._fresh and bundle.takes(record):
            self._append(bundle, record)
            return again
        again += bundle.component or [bundle]
        self._bundles.add(bundle, record)
        for key in bundle.keys:
            self._meetings[key][bundle] = None
        if not again[1:] and self._alone(bundle, record):
            made = bundle.single()
            self._grown.add(made)
            self._queue.renew(made.head)
            return []
        return again

    def _alone(self, bundle: Bundle, record: Record) -> bool:
        """Whether a newcomer meets nobody: then there is nothing to resolve."""
        if len(bundle.records) > 1 or record.id not in self._fresh or record.id in self._opinions.partners:
            return False
        return all(len(self._meetings[key]) == 1 for key in bundle.keys)

    def _forget(self, empty: Bundle) -> None:
        for key in empty.keys:
            self._meetings[key].pop(empty, None)
            self._decisions.forget(key)

    def _append(self, bundle: Bundle, record: Record) -> None:
        """Add a record to a bundle that takes it: nothing else changes but the cluster's members."""
        old = self._cluster(bundle.records[0].id)
        made = bundle.appended(record)
        self._grown.add(made)
        self._bundles.put(bundle, record)
        for unit in made.units:
            self._bundles[unit.oldest.id].replace(unit.oldest.id, made)
        self._queue.forget(old.head)
        self._queue.renew(made.head)

    def _let_go(self, bundle: Bundle) -> None:
        """Its clusters are looked at again."""
        for each in bundle.clusters:
            if each not in self._olds:
                self._olds[each] = None
                self._queue.forget(each.head)
                self._queue.look_again(unit.oldest.id for unit in each.units)

    def _connected_with(self, start: Bundle) -> list[Bundle]:
        """Everything that keys and judgements connect with the bundle."""
        seen = {start: None}
        queue = deque(seen)
        done: set[Key] = set()
        while queue:
            bundle = queue.popleft()
            near = dict.fromkeys(each for key in bundle.keys if key not in done for each in self._meetings[key])
            done.update(bundle.keys)
            if bundle.said is None:
                near.update(dict.fromkeys(self._judged_same_as(bundle.records[0].id)))
            fresh = [each for each in near if each not in seen]
            seen.update(dict.fromkeys(fresh))
            queue.extend(fresh)
        return list(seen)

    def _judged_same_as(self, record: SubjectId) -> list[Bundle]:
        if record not in self._opinions.partners:
            return []
        same = self._opinions.about(record, SAME)
        others = (each.right if each.left == record else each.left for each in same)
        return [self._bundles[each] for each in others if each in self._bundles]

    def _resolve_component(self, component: list[Bundle]) -> None:
        for key in dict.fromkeys(key for each in component for key in each.keys):
            self._decisions.forget(key)
        units: dict[SubjectId, Unit] = {}
        keys: dict[SubjectId, tuple[Key, ...]] = {}
        for bundle in component:
            self._let_go(bundle)
            bundle.settle()
            for unit in bundle.units(self._decisions):
                units[unit.oldest.id] = unit
                keys[unit.oldest.id] = bundle.keys
        made = self._clusters(units, keys)
        for bundle in component:
            bundle.component = component
            bundle.note(made, whole=units[bundle.records[0].id].count == len(bundle.records))

    def _clusters(
        self, units: Mapping[SubjectId, Unit], keys: Mapping[SubjectId, tuple[Key, ...]]
    ) -> dict[SubjectId, Cluster]:
        """The clusters that these units make, by the oldest record of each unit."""
        if len(units) == 1:
            ((only, unit),) = units.items()
            self._queue.renew(only)
            return {only: Cluster((unit,))}
        sizes = {oldest: min(unit.count, MOST_COUNTED) for oldest, unit in units.items()}
        oldest = [each.oldest for each in units.values()]
        joining = cluster(oldest, keys, self._opinions, self._decisions, sizes)
        self._queue.refuse(joining.refused)
        edges: dict[SubjectId, list[Edge]] = defaultdict(list)
        for edge in joining.edges:
            edges[joining.root(edge.left)].append(edge)
        found: dict[SubjectId, Cluster] = {}
        for members in joining.clusters():
            own = sorted((units[each] for each in members), key=lambda unit: unit.oldest.order)
            made = Cluster(tuple(own), tuple(edges[joining.root(members[0])]))
            found.update(dict.fromkeys(members, made))
            self._queue.renew(made.head)
        return found

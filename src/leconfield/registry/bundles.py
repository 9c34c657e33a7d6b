"""Bundles: records that say the very same, and nothing by which anybody could tell them apart.

Most of what is read in texts is such: the hundredth report that names an organisation. They are one or not by their
common name alone, all of them alike, so they are resolved as one; a judgement on a record takes it out of its bundle.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from leconfield.ledger.model import SubjectId
from leconfield.registry.clusters import has_facts, without_names
from leconfield.registry.decisions import Decisions
from leconfield.registry.evidence import weigh_facts
from leconfield.registry.judgements import DIFFERENT, SAME, Opinions
from leconfield.registry.links import BY_COMMON_NAME, BY_NAME, Key, meeting
from leconfield.registry.queue import Cluster, Unit
from leconfield.registry.records import Record
from leconfield.registry.weights import Grounds, level_of

MOST_COUNTED: Final = 8
"""Records of a bundle that count where it matters how many a subject has: the highest level of `evidence.RECORDS`."""


class Said(NamedTuple):
    """What all records of a bundle say."""

    schema: str
    keys: tuple[Key, ...]
    countries: tuple[str, ...]
    registered: bool


@dataclass(slots=True, eq=False)
class Bundle:
    """Some records that say the same, or one that stands for itself."""

    said: Said | None
    """None: its record says more, or a judgement was made on it."""
    keys: tuple[Key, ...]
    records: list[Record] = field(default_factory=list)
    """The oldest first, if it is ordered."""
    ordered: bool = True
    settled: bool = False
    """Whether its clusters are as its records are."""
    component: list[Bundle] = field(default_factory=list)
    """Everything that keys and judgements connect with it; resolved together."""
    cluster: Cluster | None = None
    """Its cluster, if its records are one."""
    apart: dict[SubjectId, Cluster] = field(default_factory=dict)
    """The clusters of its records, if they are not."""

    @property
    def clusters(self) -> list[Cluster]:
        """All clusters of its records."""
        return [self.cluster] if self.cluster else list(self.apart.values())

    def takes(self, record: Record) -> bool:
        """Whether one record more changes nothing but who is in it: it is large enough, or alone, and one subject."""
        enough = len(self.records) >= MOST_COUNTED or (len(self.component) == 1 and len(self.records) > 1)
        return self.settled and self.cluster is not None and enough and self.records[-1].order < record.order

    def loosen(self) -> None:
        """Let its records be changed: its clusters keep them as they were."""
        if self.settled:
            self.records = list(self.records)
            self.settled = False

    def add(self, record: Record) -> None:
        """Take up a record; of many that come at once, put them in order at the end."""
        self.loosen()
        if self.ordered and self.clusters:
            insort(self.records, record, key=_order)
            return
        self.ordered = self.ordered and (not self.records or self.records[-1].order < record.order)
        self.records.append(record)

    def remove(self, record: Record) -> None:
        """Let go of a record."""
        self.loosen()
        self.settle()
        self.settled = False
        del self.records[bisect_left(self.records, record.order, key=_order)]

    def settle(self) -> None:
        """Put its records in order."""
        if not self.ordered:
            self.records.sort(key=_order)
        self.ordered = self.settled = True

    def units(self, decisions: Decisions) -> list[Unit]:
        """Its records as one unit, if what they all say is enough for them to be one; else each by itself."""
        if len(self.records) == 1:
            return [Unit(self.records, 1)]
        oldest = self.records[0]
        facts = weigh_facts(without_names(oldest), without_names(oldest))
        for key in self.keys:
            if key.kind == BY_NAME or (key.kind == BY_COMMON_NAME and not oldest.registered):
                levels = tuple(sorted([level_of(key), *((each.field, each.level) for each in facts)]))
                if decisions.enough(key, Grounds(key.schema, levels, bridge=False)):
                    return [Unit(self.records, len(self.records), key, meeting(key, [oldest]).words, facts)]
        return [Unit([each], 1) for each in self.records]

    def single(self) -> Cluster:
        """The cluster of its one record, which meets no other."""
        self.settled, self.component = True, [self]
        self.cluster = Cluster((Unit(self.records, 1),))
        return self.cluster

    def note(self, clusters: Mapping[SubjectId, Cluster], *, whole: bool) -> None:
        """Note the clusters of its records; of the oldest alone, if it is whole."""
        self.cluster = clusters[self.records[0].id] if whole else None
        self.apart = {} if whole else {each.id: clusters[each.id] for each in self.records}

    def replace(self, record: SubjectId, cluster: Cluster) -> None:
        """Its cluster, or that of one of its records, has become this."""
        if self.cluster:
            self.cluster = cluster
        else:
            self.apart[record] = cluster

    def of(self, record: SubjectId) -> Cluster:
        """The cluster of one of its records."""
        return self.cluster or self.apart[record]

    def appended(self, record: Record) -> Cluster:
        """The cluster with that record, which this bundle takes."""
        assert self.cluster is not None, "a bundle that takes a record is one subject"
        self.records.append(record)
        units = tuple(
            replace(each, count=each.count + 1) if each.records is self.records else each for each in self.cluster.units
        )
        return Cluster(units, self.cluster.joined)


class Bundles:
    """All bundles, and which record is in which."""

    def __init__(self, opinions: Opinions, keys: Callable[[Record], tuple[Key, ...]]) -> None:
        self._opinions = opinions
        self._keys = keys
        self._by_said: dict[Said, Bundle] = {}
        self._placed: dict[SubjectId, tuple[Bundle, Record]] = {}

    def __contains__(self, record: SubjectId) -> bool:
        return record in self._placed

    def __getitem__(self, record: SubjectId) -> Bundle:
        return self._placed[record][0]

    def __iter__(self) -> Iterator[Bundle]:
        return iter(dict.fromkeys(bundle for bundle, _ in self._placed.values()))

    def place(self, record: Record) -> Bundle:
        """The bundle that the record belongs in now; it is not put there yet."""
        keys = self._keys(record)
        said = self._said(record, keys)
        found = self._by_said.get(said) if said else None
        return found or Bundle(said, keys)

    def put(self, bundle: Bundle, record: Record) -> None:
        """Put the record in; the bundle is loose, or takes it at its end."""
        if bundle.said:
            self._by_said[bundle.said] = bundle
        self._placed[record.id] = (bundle, record)

    def add(self, bundle: Bundle, record: Record) -> None:
        """Put the record into a bundle that is to be settled again."""
        bundle.add(record)
        self.put(bundle, record)

    def take_out(self, record: SubjectId) -> Bundle:
        """Take the record out of its bundle, which may be empty then, and is forgotten if so."""
        bundle, before = self._placed.pop(record)
        bundle.remove(before)
        if bundle.said and not bundle.records:
            del self._by_said[bundle.said]
        return bundle

    def _said(self, record: Record, keys: tuple[Key, ...]) -> Said | None:
        if not keys or has_facts(record) or record.numbers or record.last_act or self._judged(record.id):
            return None
        return Said(record.schema, keys, record.countries, record.registered)

    def _judged(self, record: SubjectId) -> bool:
        if record not in self._opinions.partners:
            return False
        return any(self._opinions.about(record, verdict) for verdict in (SAME, DIFFERENT))


def _order(record: Record) -> tuple[str, str]:
    return record.order

"""The queue: pairs of subjects that a person should look at, found from either side, kept until one of them changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from leconfield.ledger.model import SubjectId
from leconfield.registry.clusters import Edge
from leconfield.registry.evidence import Profile, Weight, profile_of
from leconfield.registry.index import NameIndex
from leconfield.registry.judgements import Opinions
from leconfield.registry.links import Key
from leconfield.registry.names import Name
from leconfield.registry.proposals import (
    LEAST_NAME_BITS,
    PROPOSED,
    NamePair,
    Proposal,
    Side,
    belongs_in_queue,
    has_weight,
    propose,
    scored,
)
from leconfield.registry.records import Record, Records
from leconfield.registry.subjects import Subject, subject_from
from leconfield.registry.weights import Scale


@dataclass(frozen=True, slots=True)
class Unit:
    """Records that are one by what each of them says alike; or a single record."""

    records: list[Record]
    """The oldest first; it may since have grown."""
    count: int
    """How many of them there were."""
    key: Key | None = None
    """Where they meet; None for a single one."""
    words: str = ""
    facts: tuple[Weight, ...] = ()

    @property
    def oldest(self) -> Record:
        """The one that stands for all of them."""
        return self.records[0]

    def edges(self) -> Iterator[Edge]:
        """Why they are one."""
        for each in islice(self.records, 1, self.count):
            yield Edge(self.oldest.id, each.id, self.words, key=self.key, facts=self.facts)


class Cluster:
    """One cluster, the edges between its units, and what is made of it once somebody asks."""

    def __init__(self, units: tuple[Unit, ...], joined: tuple[Edge, ...] = ()) -> None:
        self.units = units
        """In order of their oldest records."""
        self.joined = joined

    @property
    def head(self) -> SubjectId:
        """Its oldest record."""
        return self.units[0].oldest.id

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Its records, the oldest first."""
        found = (record for each in self.units for record in islice(each.records, each.count))
        return tuple(sorted(found, key=lambda each: each.order))

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Why they are one: those that say the same first, then what joined them with others."""
        return (*(edge for each in self.units for edge in each.edges()), *self.joined)

    @cached_property
    def profile(self) -> Profile:
        """What all its records say together."""
        return profile_of(self.records)

    @cached_property
    def _subject(self) -> Subject:
        return subject_from(self.records)

    def subject(self) -> Subject:
        """The subject that it is."""
        return self._subject


class Queue:
    """Pairs that may be one, among the clusters of a partition."""

    def __init__(
        self,
        records: Records,
        index: Callable[[], NameIndex],
        opinions: Opinions,
        scale: Scale,
        cluster_of: Callable[[SubjectId], Cluster],
    ) -> None:
        self._records = records
        self._index = index
        self._opinions = opinions
        self._scale = scale
        self._cluster_of = cluster_of
        self._pairs: dict[SubjectId, dict[SubjectId, Proposal]] = defaultdict(dict)
        """Proposals by the heads of both clusters, with the shipped bits."""
        self._unpaired: dict[SubjectId, None] = {}
        """Heads of clusters for which no proposals have been sought yet."""
        self._refused: dict[SubjectId, dict[SubjectId, None]] = {}
        """Records that met and fell short of the bar, by record."""
        self._begun = False
        self._found: tuple[Proposal, ...] | None = None
        """The whole queue, until something changes."""

    def changed(self) -> None:
        """Something in the world is another now, a weight perhaps."""
        self._found = None

    def renew(self, head: SubjectId) -> None:
        """A cluster is new, or another than it was: its proposals have to be sought."""
        self._unpaired[head] = None

    def forget(self, head: SubjectId) -> None:
        """A cluster is no more."""
        for other in self._pairs.pop(head, {}):
            self._pairs[other].pop(head, None)
        self._unpaired.pop(head, None)

    def look_again(self, component: Iterable[SubjectId]) -> None:
        """Forget which of these met and were not joined: all that they met are looked at again."""
        for each in component:
            self._refused.pop(each, None)

    def refuse(self, pairs: Iterable[tuple[SubjectId, SubjectId]]) -> None:
        """These pairs met and were not joined."""
        for one, other in pairs:
            self._refused.setdefault(one, {})[other] = None
            self._refused.setdefault(other, {})[one] = None

    def everything(self) -> tuple[Proposal, ...]:
        """Pairs with a registered subject, of two that several reports speak of, or just short of being joined."""
        if self._found is None:
            self._seek()
            once = {(each.left.id, each.right.id): each for pairs in self._pairs.values() for each in pairs.values()}
            found = (self._scored(each) for each in once.values())
            kept = (each for each in found if belongs_in_queue(each))
            self._found = tuple(sorted(kept, key=lambda each: each.rank))
        return self._found

    def around(self, one: Cluster) -> tuple[Proposal, ...]:
        """All pairs of one cluster; it may be one that is only supposed."""
        found = (self._scored(each) for each in self._sought(one).values())
        return tuple(sorted(found, key=lambda each: each.rank))

    def _scored(self, proposal: Proposal) -> Proposal:
        left, right = self._cluster_of(proposal.left.id), self._cluster_of(proposal.right.id)
        return scored(proposal, self._scale, left.profile, right.profile)

    def _seek(self) -> None:
        """Seek the proposals of whoever has not sought them yet.

        A pair is found from either side: at first, when all of them seek, those of weight are enough.
        """
        for head in list(self._unpaired):
            if self._begun or self._seeks(self._cluster_of(head)):
                for other, proposal in self._sought(self._cluster_of(head)).items():
                    if proposal.met or belongs_in_queue(proposal):
                        self._pairs[head][other] = self._pairs[other][head] = proposal
        self._unpaired.clear()
        self._begun = True

    def _seeks(self, one: Cluster) -> bool:
        return has_weight(one.subject()) or any(each.oldest.id in self._refused for each in one.units)

    def _sought(self, one: Cluster) -> dict[SubjectId, Proposal]:
        """The proposals of one cluster, by the head of the other."""
        if one.subject().schema not in PROPOSED:
            return {}
        here = _side(one)
        found: dict[SubjectId, Proposal | None] = {}
        met = self._met(one)
        for other, names in self._near(one, met).items():
            there = _side(self._cluster_of(other))
            older = here.records[0].order < there.records[0].order
            sides = (here, there) if older else (there, here)
            pairs = names if older else [(right, left) for left, right in names]
            found[other] = propose(*sides, pairs, self._opinions, met=other in met)
        return {other: each for other, each in found.items() if each}

    def _met(self, one: Cluster) -> dict[SubjectId, None]:
        """Heads of clusters of which a record met one of these and fell short of the bar."""
        refused = (other for each in one.units for other in self._refused.get(each.oldest.id, ()))
        return {head: None for other in refused if (head := self._cluster_of(other).head) != one.head}

    def _near(self, one: Cluster, met: Iterable[SubjectId]) -> dict[SubjectId, list[NamePair]]:
        """Heads of other clusters that share much of a name, or an identifier, or met it."""
        near: dict[SubjectId, list[NamePair]] = {}
        for name in one.profile.names:
            self._near_by_name(name, near)
        for each in one.profile.identifiers:
            for record in self._records.by_identifier[each.key]:
                near.setdefault(self._cluster_of(record).head, [])
        for head in met:
            near.setdefault(head, [])
        near.pop(one.head, None)
        return near

    def _near_by_name(self, name: Name, near: dict[SubjectId, list[NamePair]]) -> None:
        index = self._index()
        for place in index.candidates(name, least=LEAST_NAME_BITS):
            other = index.names[place]
            if other.schema == name.schema:
                for head in {self._cluster_of(each).head for each in self._bearers(index, place)}:
                    near.setdefault(head, []).append((name, other))

    def _bearers(self, index: NameIndex, place: int) -> list[SubjectId]:
        """Records that bear the indexed name as more than a weak alias.

        A weak alias seeks nobody, so it is found by nobody: else a pair would hang on which side sought it, and so on
        whether somebody had looked before the other side came in.
        """
        name = index.names[place]
        return [each for each in index.records_of[place] if name in self._records.by_id[each].parsed]


def _side(one: Cluster) -> Side:
    return Side(one.subject(), one.records, one.profile)

"""Clustering one component: records that meet under common keys, joined as far as nothing keeps them apart.

Two are joined if the evidence under their key outweighs the prior and the bar, and nothing that is said of either
cluster as a whole contradicts the other. The result is a function of the set of records and opinions and of the scale
alone: every loop runs in canonical order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.ledger.model import Judgement, SubjectId
from leconfield.registry.decisions import Decisions
from leconfield.registry.evidence import (
    RECORDS,
    Profile,
    Weight,
    births_agree,
    contradictions,
    united,
    weigh_facts,
    weigh_identifiers,
    weight_of,
)
from leconfield.registry.judgements import DIFFERENT, SAME, Opinions, pair_of
from leconfield.registry.links import BY_IDENTIFIER, Key, Meeting, meeting
from leconfield.registry.records import Record
from leconfield.registry.weights import Grounds, grounds_alone, level_of

_COHESION: Final = 3
"""Of the smaller of two subjects, one record in so many at least must itself meet the other."""
_MOST_HEADS: Final = 64
"""Namesakes that could not be joined to each other, after which a record is tried against no more of them."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Why two records are one: a rule of the engine (`by` empty), or a person's judgement."""

    left: SubjectId
    right: SubjectId
    words: str
    by: str = ""
    at: str = ""
    key: Key | None = None
    """Where they met; None: a person joined them."""
    facts: tuple[Weight, ...] = ()
    """How what was said of either cluster agreed when they were joined, with the shipped bits."""
    bridge: bool = False
    """Whether both were subjects of several records already."""


class _Facts:
    """What keeps a cluster apart from others; only for clusters that have any such fact."""

    __slots__ = ("barred", "forced", "profile")

    def __init__(self, record: Record, barred: frozenset[SubjectId]) -> None:
        self.profile = without_names(record)
        self.barred = barred
        self.forced = False
        """Whether persons joined what contradicts itself: then any agreement is enough."""


def without_names(record: Record) -> Profile:
    """What the record says beside names."""
    return Profile(
        record.schema,
        (),
        record.identifiers,
        record.births,
        record.sexes,
        record.countries,
        record.numbers,
        record.deaths,
        record.last_act,
    )


def has_facts(record: Record) -> bool:
    """Whether the record says anything, beside its country, that could speak for or against a join."""
    return bool(record.identifiers or record.births or record.sexes or record.deaths)


class Joining:
    """A constrained union of records: it refuses what a judgement, a contradiction or too little evidence forbids."""

    def __init__(
        self,
        records: list[Record],
        keys: Mapping[SubjectId, tuple[Key, ...]],
        opinions: Opinions,
        decisions: Decisions,
        sizes: Mapping[SubjectId, int],
    ) -> None:
        self.edges: list[Edge] = []
        self.refused: list[tuple[SubjectId, SubjectId]] = []
        """Pairs that met, contradict each other in nothing, and fell short of the bar."""
        self._keys = keys
        self._decisions = decisions
        self._parents = {record.id: record.id for record in records}
        self._members = {record.id: [record.id] for record in records}
        self._alone = sizes
        """How many each record counts for;"""
        self._sizes = {record.id: sizes[record.id] for record in records}
        """and each cluster."""
        self._facts: dict[SubjectId, _Facts] = {}
        somebody_died = any(record.deaths for record in records)
        for record in records:
            barred = _barred(record.id, opinions) if record.id in opinions.partners else frozenset()
            if barred or record.countries or has_facts(record) or (somebody_died and record.last_act):
                self._facts[record.id] = _Facts(record, barred)

    def root(self, record: SubjectId) -> SubjectId:
        """The representative of its cluster."""
        parents = self._parents
        while parents[record] != record:
            parents[record] = parents[parents[record]]
            record = parents[record]
        return record

    def join_judged(self, edge: Edge) -> None:
        """Make the two one because a person says so, unless another judgement keeps them apart."""
        left, right = self.root(edge.left), self.root(edge.right)
        if left == right:
            return
        one = self._facts.get(left)
        if one is None or not self._judged_apart(one, right):
            self._unite(left, right, edge)

    def join_met(self, met: Meeting, head: Record, record: Record) -> bool:
        """Make the two one if that is sure enough; whether they are one now.

        Two subjects of several records each must cohere, unless somebody entered the record in which they meet. What
        was joined to nothing yet is attached as one record is, however many say the same.
        """
        left, right = self.root(head.id), self.root(record.id)
        if left == right:
            return True
        one, other = self._facts.get(left), self._facts.get(right)
        facts: tuple[Weight, ...] = ()
        if one and other:
            if self._judged_apart(one, right) or _contradict(one, other):
                return False
            facts = _agreement(one, other, met.key)
        bridge = self._sizes[left] > 1 and len(self._members[right]) > 1
        if bridge:
            cohering = self._cohering(left, right)
            facts = (*facts, *_weigh_records(cohering))
            if not (cohering or head.registered or record.registered):
                self.refused.append((head.id, record.id))
                return False
        if not self._enough(met.key, facts, bridge=bridge):
            self.refused.append((head.id, record.id))
            return False
        self._unite(left, right, Edge(head.id, record.id, met.words, "", "", met.key, facts, bridge))
        return True

    def clusters(self) -> Collection[list[SubjectId]]:
        """The members of each cluster."""
        return self._members.values()

    def _unite(self, left: SubjectId, right: SubjectId, edge: Edge) -> None:
        if len(self._members[left]) < len(self._members[right]):
            left, right = right, left
        self._merge_facts(left, right)
        self._parents[right] = left
        self._members[left].extend(self._members.pop(right))
        self._sizes[left] += self._sizes.pop(right)
        self.edges.append(edge)

    def _judged_apart(self, one: _Facts, right: SubjectId) -> bool:
        return any(each in self._parents and self.root(each) == right for each in one.barred)

    def _enough(self, key: Key, facts: tuple[Weight, ...], *, bridge: bool) -> bool:
        if not facts and not bridge:
            return self._decisions.enough(key, grounds_alone(key))
        levels = tuple(sorted([level_of(key), *((each.field, each.level) for each in facts)]))
        return self._decisions.enough(key, Grounds(key.schema, levels, bridge))

    def _cohering(self, left: SubjectId, right: SubjectId) -> int:
        """How many records of either meet the other by themselves; 0: too few for their size, one odd one perhaps."""
        ours, theirs = self._members[left], self._members[right]
        both = min(self._meeting(ours, theirs), self._meeting(theirs, ours))
        return both if both * _COHESION >= min(self._sizes[left], self._sizes[right]) else 0

    def _meeting(self, some: list[SubjectId], others: list[SubjectId]) -> int:
        known = {key for each in others for key in self._keys[each]}
        return sum(self._alone[each] for each in some if not known.isdisjoint(self._keys[each]))

    def _merge_facts(self, left: SubjectId, right: SubjectId) -> None:
        one, other = self._facts.get(left), self._facts.pop(right, None)
        if other is None:
            return
        if one is None:
            self._facts[left] = other
            return
        one.forced = one.forced or other.forced or bool(contradictions(one.profile, other.profile))
        one.profile = united(one.profile, other.profile)
        one.barred |= other.barred


def _contradict(one: _Facts, other: _Facts) -> bool:
    if not (one.forced or other.forced):
        return bool(contradictions(one.profile, other.profile))
    sexes = one.profile.sexes, other.profile.sexes
    if all(sexes) and set(sexes[0]).isdisjoint(sexes[1]):
        return True
    births, theirs = one.profile.births, other.profile.births
    return bool(births and theirs) and not any(births_agree(this, that) for this in births for that in theirs)


def _agreement(one: _Facts, other: _Facts, key: Key) -> tuple[Weight, ...]:
    met_by = key.value.partition(" ")[2] if key.kind == BY_IDENTIFIER else ""
    return (*weigh_facts(one.profile, other.profile), *weigh_identifiers(one.profile, other.profile, met_by))


def _weigh_records(count: int) -> tuple[Weight, ...]:
    """What it says that several records of one subject meet the other."""
    level = next((each for each in (8, 4, 2) if count >= each), 0)
    return (weight_of(f"{level} or more records of one meet the other", RECORDS, str(level)),) if level else ()


def _barred(record: SubjectId, opinions: Opinions) -> frozenset[SubjectId]:
    return frozenset(_other(each, record) for each in opinions.about(record, DIFFERENT))


def _other(judgement: Judgement, record: SubjectId) -> SubjectId:
    return judgement.right if judgement.left == record else judgement.left


def cluster(
    records: list[Record],
    keys: Mapping[SubjectId, tuple[Key, ...]],
    opinions: Opinions,
    decisions: Decisions,
    sizes: Mapping[SubjectId, int],
) -> Joining:
    """Join the records of one component: by persons' judgements first (the newest first), then key by key.

    `sizes` says for how many each counts: more than one, if it stands for a bundle.
    """
    records = sorted(records, key=lambda record: record.order)
    joining = Joining(records, keys, opinions, decisions, sizes)
    ids = {record.id for record in records}
    for each in _judged_same(records, opinions):
        if each.left in ids and each.right in ids:
            words = each.reason or "judged the same"
            joining.join_judged(Edge(*pair_of(each.left, each.right), words, each.by, each.at))
    meetings: dict[Key, list[Record]] = {}
    for record in records:
        for key in keys[record.id]:
            meetings.setdefault(key, []).append(record)
    for key in sorted(meetings):
        if len(meetings[key]) > 1:
            _join_meeting(joining, meeting(key, meetings[key]), meetings[key])
    return joining


def _judged_same(records: list[Record], opinions: Opinions) -> list[Judgement]:
    found = {
        pair_of(each.left, each.right): each
        for record in records
        if record.id in opinions.partners
        for each in opinions.about(record.id, SAME)
    }
    return sorted(found.values(), key=lambda each: (each.at, *pair_of(each.left, each.right)), reverse=True)


def _join_meeting(joining: Joining, met: Meeting, records: list[Record]) -> None:
    """Each record joins the first cluster before it that may have it; in the usual case that is the oldest's."""
    if met.several_expansions:
        return
    heads: dict[str, list[Record]] = {}
    for record in records:
        years = _years(met, record)
        near = [head for year in years for head in heads.get(year, ())]
        if len(years) > 1:
            near = sorted(dict.fromkeys(near), key=lambda head: head.order)
        if any(met.sure(head, record) and joining.join_met(met, head, record) for head in near):
            continue
        for year in years:
            if len(heads.setdefault(year, [])) < _MOST_HEADS:
                heads[year].append(record)


def _years(met: Meeting, record: Record) -> list[str]:
    """Where namesakes' births differ, only those of one year can be one: others need not be tried."""
    if not met.births_differ:
        return [""]
    return sorted({birth[:4] for birth in record.births}) or [""]

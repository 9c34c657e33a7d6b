"""Clustering one component: records that meet under common keys, joined as far as nothing keeps them apart.

The result is a function of the set of records and opinions alone: every loop runs in canonical order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from leconfield.ledger.model import Judgement, SubjectId
from leconfield.registry.evidence import births_agree, births_conflict
from leconfield.registry.judgements import DIFFERENT, SAME, Opinions, pair_of
from leconfield.registry.links import Key, meeting
from leconfield.registry.records import Record


@dataclass(frozen=True, slots=True)
class Edge:
    """Why two records are one: a rule of the engine (`by` empty), or a person's judgement."""

    left: SubjectId
    right: SubjectId
    words: str
    by: str = ""
    at: str = ""


class _Facts:
    """What keeps a cluster apart from others; only for clusters that have any such fact."""

    __slots__ = ("barred", "births", "forced", "sexes")

    def __init__(self, record: Record, barred: frozenset[SubjectId]) -> None:
        self.births: tuple[str, ...] = record.births
        self.sexes = frozenset(record.sexes)
        self.barred = barred
        self.forced = False
        """Whether persons joined what contradicts itself: then any agreement is enough."""


class Joining:
    """A constrained union of records: `join` refuses what a judgement or a contradiction forbids."""

    def __init__(self, records: list[Record], opinions: Opinions) -> None:
        self.edges: list[Edge] = []
        self._parents = {record.id: record.id for record in records}
        self._members = {record.id: [record.id] for record in records}
        self._facts: dict[SubjectId, _Facts] = {}
        for record in records:
            barred = _barred(record.id, opinions)
            if record.births or record.sexes or barred:
                self._facts[record.id] = _Facts(record, barred)

    def root(self, record: SubjectId) -> SubjectId:
        """The representative of its cluster."""
        parents = self._parents
        while parents[record] != record:
            parents[record] = parents[parents[record]]
            record = parents[record]
        return record

    def join(self, edge: Edge, *, by_person: bool = False) -> bool:
        """Make the two records one; False if they must stay apart (or were one already: then True)."""
        left, right = self.root(edge.left), self.root(edge.right)
        if left == right:
            return True
        if self._kept_apart(left, right, by_person=by_person):
            return False
        if len(self._members[left]) < len(self._members[right]):
            left, right = right, left
        self._merge_facts(left, right)
        self._parents[right] = left
        self._members[left].extend(self._members.pop(right))
        self.edges.append(edge)
        return True

    def clusters(self) -> Collection[list[SubjectId]]:
        """The members of each cluster."""
        return self._members.values()

    def _kept_apart(self, left: SubjectId, right: SubjectId, *, by_person: bool) -> bool:
        one, other = self._facts.get(left), self._facts.get(right)
        if one and one.barred and any(each in self._parents and self.root(each) == right for each in one.barred):
            return True
        if by_person or one is None or other is None:
            return False
        if one.sexes and other.sexes and not one.sexes & other.sexes:
            return True
        if one.forced or other.forced:
            agree = any(births_agree(this, that) for this in one.births for that in other.births)
            return bool(one.births and other.births) and not agree
        return births_conflict(one.births, other.births)

    def _merge_facts(self, left: SubjectId, right: SubjectId) -> None:
        one, other = self._facts.get(left), self._facts.pop(right, None)
        if other is None:
            return
        if one is None:
            self._facts[left] = other
            return
        one.forced = one.forced or other.forced or births_conflict(one.births, other.births)
        one.births = tuple(sorted({*one.births, *other.births}))
        one.sexes |= other.sexes
        one.barred |= other.barred


def _barred(record: SubjectId, opinions: Opinions) -> frozenset[SubjectId]:
    if record not in opinions.partners:
        return frozenset()
    return frozenset(_other(each, record) for each in opinions.about(record, DIFFERENT))


def _other(judgement: Judgement, record: SubjectId) -> SubjectId:
    return judgement.right if judgement.left == record else judgement.left


def cluster(records: list[Record], keys: Mapping[SubjectId, tuple[Key, ...]], opinions: Opinions) -> Joining:
    """Join the records of one component: by persons' judgements first (the newest first), then key by key."""
    records = sorted(records, key=lambda record: record.order)
    joining = Joining(records, opinions)
    ids = {record.id for record in records}
    for each in _judged_same(records, opinions):
        if each.left in ids and each.right in ids:
            words = each.reason or "judged the same"
            joining.join(Edge(*pair_of(each.left, each.right), words, each.by, each.at), by_person=True)
    meetings: dict[Key, list[Record]] = {}
    for record in records:
        for key in keys[record.id]:
            meetings.setdefault(key, []).append(record)
    for key in sorted(meetings):
        if len(meetings[key]) > 1:
            _join_meeting(joining, key, meetings[key])
    return joining


def _judged_same(records: list[Record], opinions: Opinions) -> list[Judgement]:
    found = {
        pair_of(each.left, each.right): each
        for record in records
        if record.id in opinions.partners
        for each in opinions.about(record.id, SAME)
    }
    return sorted(found.values(), key=lambda each: (each.at, *pair_of(each.left, each.right)), reverse=True)


def _join_meeting(joining: Joining, key: Key, records: list[Record]) -> None:
    """Each record joins the first cluster before it that may have it; in the usual case that is the oldest's."""
    met = meeting(key, records)
    heads: list[Record] = []
    for record in records:
        if not any(_join_pair(joining, head, record, met.words) for head in heads if met.sure(head, record)):
            heads.append(record)


def _join_pair(joining: Joining, head: Record, record: Record, words: str) -> bool:
    return joining.join(Edge(head.id, record.id, words))

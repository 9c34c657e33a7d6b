"""Trace: is this known to us? Ranked, explained, and "no recorded trace" is an answer."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from leconfield.ledger.model import StatementId, SubjectId
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES, PERSON, PROPERTIES
from leconfield.ledger.world import Delta, World
from leconfield.registry.compare import NameMatch, compare_names
from leconfield.registry.evidence import Weight, weigh_names
from leconfield.registry.identifiers import Identifier, is_sure
from leconfield.registry.index import NameIndex
from leconfield.registry.large import WAYS as LARGE_WAYS
from leconfield.registry.large import large_records
from leconfield.registry.lexicon import Lexicon
from leconfield.registry.lookup import said_of, subjects_in
from leconfield.registry.names import Name, parse_name
from leconfield.registry.query import Query, parse_query
from leconfield.registry.records import Record, Records
from leconfield.registry.resolution import Partition
from leconfield.registry.scripts import fold
from leconfield.registry.subjects import Subject
from leconfield.registry.weighing import weigh_parts

__all__ = ["Answer", "Hit", "Query", "Searched", "TraceIndex", "parse_query", "trace"]

KNOWN: Final = "known"
POSSIBLE: Final = "possible"
MANY: Final = "many"
NO_TRACE: Final = "no recorded trace"

UNLIKELY: Final = 0.05
"""With less than this for all hits together, somebody unknown is meant: nothing is recorded of him."""
SURE_FROM: Final = 0.8
"""Probability from which the best hit is the answer."""
EQUALLY_GOOD: Final = 2.0
"""Bits within which two hits cannot be told apart."""
TOO_MANY: Final = 5
"""More hits than this that cannot be told apart: many, cannot tell."""
MOST_HITS: Final = 50
_CANDIDATES: Final = 120
_FAR_BEHIND: Final = 20.0
_ONE_PART: Final = -2.0
_BIT: Final = 0.6
"""What a bit is worth once all are added up: what is known of somebody is not independent, part from part.

The likeliest by `benchmarks/calibration.py` on generated worlds of 100 to 10,000 people lies between 0.5 and 0.6.
"""
_CROWDING: Final = 1.3
"""Bits that every doubling of the names known takes: more agree by chance, and in more ways; fitted in the same way."""
_STRANGERS: Final = 200
"""Added to the names known: those nobody has written to us about, who might be meant in the smallest desk, too."""
_REGISTERED: Final = 6.0
"""Bits for having been registered: officers register whom they expect to be asked for."""
_MOST_OFTEN: Final = 4.0
_LEAST_BITS: Final = 1.0
"""What agreement on a part of a name is worth at the least, however common it is here."""
_WORTH_SAYING: Final = 0.5
CONTRADICTION: Final = -8.0
_SHORTEST_PARTIAL: Final = 4
_WAYS: Final = (
    "names in any order, spelling and script",
    "nicknames, initials and aliases",
    "one or two letters wrong",
    "numbers, addresses and plates, whole or from either end",
)


@dataclass(frozen=True, slots=True)
class Searched:
    """What an answer rests on: how much was searched, and how."""

    records: int
    reports: int
    ways: tuple[str, ...]
    as_of: str
    """The moment of the view; empty: now."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A subject that may be the one asked for."""

    subject: Subject
    probability: float
    reasons: tuple[Weight, ...]
    matched: tuple[StatementId, ...]
    """The statements that brought it up."""

    @property
    def bits(self) -> float:
        """The evidence for it, on balance."""
        return sum(reason.bits for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of record to a trace."""

    query: Query
    searched: Searched
    hits: tuple[Hit, ...]
    verdict: str
    """`known`, `possible`, `many` or `no recorded trace`."""


@dataclass(slots=True)
class _Found:
    """What speaks for one subject so far."""

    match: NameMatch | None = None
    extra: tuple[Weight, ...] = ()
    records: dict[SubjectId, set[str]] | None = None
    """The values that brought up each record."""

    def note(self, record: SubjectId, value: str) -> None:
        if self.records is None:
            self.records = {}
        self.records.setdefault(record, set()).add(value)

    def agrees(self, record: SubjectId, name: str, match: NameMatch) -> None:
        """Note that a record has a name that agrees so well; the best of them counts."""
        self.note(record, name)
        if self.match is None or (self.match.bits, self.match.score) < (match.bits, match.score):
            self.match = match


class TraceIndex:
    """The names and identifiers of a world, ready to be asked."""

    def __init__(self, records: Records, names: NameIndex, partition: Partition) -> None:
        self.records = records
        self.names = names
        self.partition = partition
        self._keys = sorted(records.by_identifier)
        self._backwards = sorted(key[::-1] for key in self._keys)

    @classmethod
    def of(cls, world: World) -> Self:
        """Index the whole world."""
        return cls(world.derived(Records), world.derived(NameIndex), world.derived(Partition))

    def grow(self, _world: World, delta: Delta) -> None:
        """Take in new identifiers; names and records keep themselves up to date."""
        for each in dict.fromkeys(one.subject for one in delta.statements):
            for found in self.records.by_id[each].identifiers:
                _insert(self._keys, found.key)
                _insert(self._backwards, found.key[::-1])

    def suggest(self, prefix: str, n: int = 8) -> tuple[Subject, ...]:
        """Subjects with a name in which every word begins so, for typing; registered ones first."""
        words = fold(prefix).split()
        if not words:
            return ()
        found: dict[SubjectId, Subject] = {}
        for place in self.names.starting_with(words[-1], 40 * n):
            parts = [part.text for part in self.names.names[place].parts]
            if all(any(part.startswith(word) for part in parts) for word in words):
                for record in self.names.records_of[place]:
                    subject = self.partition.subject_of(record)
                    found[subject.id] = subject
        return tuple(sorted(found.values(), key=lambda each: (not each.registered, each.name, each.id))[:n])

    def identifier_keys(self, asked: Identifier) -> list[tuple[str, bool]]:
        """Keys that the identifier is, or is the beginning or the end of; True: the whole."""
        key = asked.key
        found: dict[str, bool] = {}
        if len(key) >= _SHORTEST_PARTIAL:
            found = dict.fromkeys(_starting(self._keys, key), False)
            found.update((each[::-1], False) for each in _starting(self._backwards, key[::-1]))
        if key in self.records.by_identifier:
            found[key] = True
        return sorted(found.items())


def trace(world: World, query: Query, as_of: str = "") -> Answer:
    """Search everything in the world for whoever the query is about.

    Nothing is joined by asking: hits are subjects as they stand, each with its reasons and a probability that takes
    into account how many others answer as well, and that he may be somebody we have never heard of.
    """
    index = world.derived(TraceIndex)
    found: dict[SubjectId, _Found] = {}
    _by_identifiers(index, query, found)
    _by_name(index, query, found)
    _in_large_tables(world, query, found)
    subjects = subjects_in(world, list(found))
    weighed = [(subjects[each], one, _reasons(world, query, subjects[each], one)) for each, one in found.items()]
    hits = _ranked(world, weighed, len(index.names.names))
    return Answer(query, _searched(world, index, query, as_of), hits, _verdict(hits))


def _searched(world: World, index: TraceIndex, query: Query, as_of: str) -> Searched:
    records = len(index.records.by_id) + world.bulk.records()
    ways = (*_WAYS, *LARGE_WAYS) if world.bulk.loaded else _WAYS
    if query.more_than_a_name:
        ways = (*ways, "whatever else was said, to tell those found apart")
    return Searched(records, len(world.reports), ways, as_of)


def _by_identifiers(index: TraceIndex, query: Query, found: dict[SubjectId, _Found]) -> None:
    for asked in query.identifiers:
        for key, whole in index.identifier_keys(asked):
            for record in sorted(index.records.by_identifier[key]):
                one = found.setdefault(index.partition.subject_of(record).id, _Found())
                _identified(one, index.records.by_id[record], asked, key, whole=whole)


def _identified(one: _Found, record: Record, asked: Identifier, key: str, *, whole: bool) -> None:
    """Note that the record bears an identifier with this key."""
    held = next(each for each in record.identifiers if each.key == key)
    one.note(record.id, held.value)
    weight = _identifier_weight(asked, held, record.schema, whole=whole)
    if weight.words not in {each.words for each in one.extra}:
        one.extra = (*one.extra, weight)


def _identifier_weight(asked: Identifier, held: Identifier, schema: str, *, whole: bool) -> Weight:
    words = PROPERTIES[held.prop].words
    if whole:
        return Weight(f"{words} {held.value}", 24.0 if is_sure(schema, held.prop) else 14.0)
    return Weight(f"{words} {held.value} has {asked.value} at one end", 2.0 * len(asked.key))


def _by_name(index: TraceIndex, query: Query, found: dict[SubjectId, _Found]) -> None:
    if not query.name.parts:
        return
    asked: dict[str, Name] = {}
    for place in index.names.nearest(query.name, _CANDIDATES):
        name = index.names.names[place]
        if name.schema not in asked:
            asked[name.schema] = parse_name(query.name_text, name.schema)
        match = compare_names(asked[name.schema], name)
        if not match.good_enough:
            continue
        for record in sorted(index.names.records_of[place]):
            found.setdefault(index.partition.subject_of(record).id, _Found()).agrees(record, name.text, match)


def _in_large_tables(world: World, query: Query, found: dict[SubjectId, _Found]) -> None:
    """Add records of large tables, compared as those in memory are; each is a subject of its own."""
    records = large_records(world, query)
    subjects = subjects_in(world, [each.id for each in records])
    for record in records:
        which = subjects[record.id].id
        one = found.get(which, _Found())
        keys = {each.key for each in record.identifiers}
        for asked in query.identifiers:
            if asked.key in keys:
                _identified(one, record, asked, asked.key, whole=True)
        for name in record.all_parsed if query.name.parts else ():
            match = compare_names(parse_name(query.name_text, name.schema), name)
            if match.good_enough:
                one.agrees(record.id, name.text, match)
        if one.records:
            found[which] = one


def _reasons(world: World, query: Query, found: Subject, one: _Found) -> tuple[Weight, ...]:
    reasons = list(one.extra)
    if one.match is not None:
        reasons += weigh_names(one.match)
        if len(query.name.parts) == 1 and found.schema == PERSON:
            reasons.append(Weight("only one part of a name to go by", _ONE_PART))
        if found.schema != PERSON and one.match.score == 1.0:
            reasons.append(Weight("the whole name agrees", 8.0))
    elif query.name.parts and found.schema == PERSON:
        reasons.append(Weight(f"known under another name: {found.name}", -3.0))
    reasons += _commonness(world, one) if found.schema == PERSON else ()
    reasons += _standing(found, one)
    reasons += weigh_parts(world, query, found)
    return tuple(reasons)


def _commonness(world: World, one: _Found) -> Iterable[Weight]:
    """Bits taken back for parts of the name that are commoner in this view than in general."""
    lexicon = world.derived(Lexicon)
    for match in one.match.parts if one.match else ():
        commoner = min(lexicon.commoner_by(match.right), max(0.0, match.bits - _LEAST_BITS))
        if commoner >= _WORTH_SAYING:
            yield Weight(f"{match.right.title()} is common here", -commoner)


def _standing(subject: Subject, one: _Found) -> Iterable[Weight]:
    """Whom an officer registered is asked for more, and who is spoken of more; a lone surname says little."""
    if one.match is None:
        return
    if subject.registered:
        yield Weight("registered", _REGISTERED)
    if len(subject.records) > 1:
        often = min(math.log2(len(subject.records)), _MOST_OFTEN)
        yield Weight(f"spoken of in {len(subject.records)} records", often)
    elif subject.schema == PERSON and not subject.registered and len(parse_name(subject.name).parts) == 1:
        yield Weight("known by one part of a name only", -4.0)


def _ranked(
    world: World, weighed: list[tuple[Subject, _Found, tuple[Weight, ...]]], population: int
) -> tuple[Hit, ...]:
    """Probabilities: the odds of each against all others and against somebody unknown; then the best first.

    `population` is how many names are known: with more of them, more agree by chance.
    """
    prior = math.log2(_STRANGERS) + _CROWDING * math.log2(1 + population / _STRANGERS)
    totals = [sum(weight.bits for weight in reasons) for _, _, reasons in weighed]
    best = max(totals, default=0.0)
    odds = [2.0 ** min(_BIT * (total - prior), 60.0) for total in totals]
    everybody = 1.0 + sum(odds)
    hits = [
        Hit(subject, _capped(share / everybody, reasons), reasons, _matched(world, one))
        for (subject, one, reasons), share, total in zip(weighed, odds, totals, strict=True)
        if total > best - _FAR_BEHIND
    ]
    if sum(hit.probability for hit in hits) < UNLIKELY:
        return ()
    hits.sort(key=_rank)
    return tuple(hits[:MOST_HITS])


def _rank(hit: Hit) -> tuple[float, float, bool, str]:
    return (-round(hit.probability, 6), -round(hit.bits, 3), not hit.subject.registered, hit.subject.id)


def _capped(probability: float, reasons: tuple[Weight, ...]) -> float:
    """With a plain contradiction it is never more likely than not: a person has to look."""
    return min(probability, 0.49) if any(reason.bits <= CONTRADICTION for reason in reasons) else probability


def _matched(world: World, one: _Found) -> tuple[StatementId, ...]:
    """The statements whose values brought the subject up, the oldest first."""
    found = [
        each
        for record, values in (one.records or {}).items()
        for each in said_of(world, record)
        if (each.prop in NAMES or each.prop in IDENTIFIERS) and each.value in values
    ]
    return tuple(each.id for each in sorted(found, key=lambda each: (each.learnt, each.id)))


def _verdict(hits: tuple[Hit, ...]) -> str:
    """Known also where two or three bear the name and only which of them is open; many where there are more."""
    if not hits:
        return NO_TRACE
    equal = sum(hit.bits >= hits[0].bits - EQUALLY_GOOD for hit in hits)
    if hits[0].probability < SURE_FROM and equal > TOO_MANY:
        return MANY
    return KNOWN if sum(hit.probability for hit in hits) >= SURE_FROM else POSSIBLE


def _starting(ordered: list[str], prefix: str) -> Iterable[str]:
    for place in range(bisect_left(ordered, prefix), len(ordered)):
        if not ordered[place].startswith(prefix):
            return
        yield ordered[place]


def _insert(ordered: list[str], key: str) -> None:
    place = bisect_left(ordered, key)
    if place == len(ordered) or ordered[place] != key:
        insort(ordered, key)

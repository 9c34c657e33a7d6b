"""Where registered subjects are named in reports, whether or not the engine noticed: an automaton over their names."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

import ahocorasick

from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.vocabulary import EVENT, NAMES, PERSON
from leconfield.ledger.world import Delta, World
from leconfield.registry.lookup import said_of
from leconfield.registry.records import Record, Records
from leconfield.registry.resolution import Partition
from leconfield.registry.subjects import Subject

SHORTEST: Final = 4
"""Letters of a name, digits of a number, that are looked for."""
_FEW: Final = 12
"""New patterns up to this many are looked for one by one in the reports that are held; more by an automaton."""
_RUNS: Final = re.compile(r"\s{2,}")

Span = tuple[int, int]


class _Letters(dict[int, int]):
    """Each letter without case and accents; always one letter for one, so that places stay what they are."""

    def __missing__(self, point: int) -> int:
        letter = chr(point)
        if letter.isspace():
            made = " "
        else:
            bare = unicodedata.normalize("NFD", letter)[0].lower()
            made = bare if len(bare) == 1 else letter
        self[point] = ord(made)
        return self[point]


_LETTERS: Final = _Letters()


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text made plain for looking up, and where each of its places was in the original."""

    text: str
    cuts: tuple[int, ...]
    """Places in the plain text after which something was left out."""
    left_out: tuple[int, ...]
    """How much had been left out up to there."""

    def place(self, at: int) -> int:
        """The place in the original."""
        index = bisect_right(self.cuts, at) - 1
        return at + (self.left_out[index] if index >= 0 else 0)


def _plain(text: str) -> _Plain:
    """Lower case, without accents, every run of white space one blank."""
    folded = text.translate(_LETTERS)
    cuts: list[int] = []
    left_out: list[int] = []
    gone = 0
    for run in _RUNS.finditer(folded):
        gone_before = gone
        gone += run.end() - run.start() - 1
        cuts.append(run.start() - gone_before + 1)
        left_out.append(gone)
    return _Plain(_RUNS.sub(" ", folded), tuple(cuts), tuple(left_out))


class KnownNames:
    """The names, aliases and identifiers of registered records, and where they stand in the world's reports."""

    def __init__(self, records: Records, partition: Partition) -> None:
        self._records = records
        self._partition = partition
        self._bearers: dict[str, dict[SubjectId, None]] = defaultdict(dict)
        """Records by pattern."""
        self._patterns_of: dict[SubjectId, frozenset[str]] = {}
        self._automaton = _automaton(())
        self._texts: dict[ReportId, _Plain] = {}
        self._found: dict[str, dict[ReportId, tuple[Span, ...]]] = defaultdict(dict)
        """Spans in the original text, by pattern and report."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Look for every registered name in every report of the world."""
        known = cls(world.derived(Records), world.derived(Partition))
        known._learn(known._records.by_id.values())
        known._automaton = _automaton(known._bearers)
        known._read(world, world.reports)
        return known

    def grow(self, world: World, delta: Delta) -> None:
        """Look for new names in the reports held, and for all names in new reports."""
        changed = dict.fromkeys(each.subject for each in delta.statements)
        fresh = self._learn(self._records.by_id[each] for each in changed)
        if fresh:
            self._automaton = _automaton(self._bearers)
            self._look_again(fresh)
        self._read(world, dict.fromkeys(each.id for each in delta.reports))

    def known_in(self, text: str) -> tuple[tuple[int, int, SubjectId], ...]:
        """Where registered subjects are named in a text: start, end, id; whole words, whatever the case and accents.

        A name inside a longer known name is left out; a name of several subjects stands for each of them.
        """
        plain = _plain(text)
        longest = _longest(_matches(self._automaton, plain.text))
        return tuple(
            (plain.place(start), plain.place(end - 1) + 1, subject)
            for start, end, pattern in longest
            for subject in sorted({self._partition.subject_of(each).id for each in self._bearers[pattern]})
        )

    def places_of(self, subject: Subject) -> Iterator[tuple[ReportId, int, int]]:
        """Where the world's reports name the subject: report, start, end."""
        patterns = {pattern for each in subject.records for pattern in self._patterns_of.get(each, ())}
        for pattern in sorted(patterns):
            for report, spans in self._found[pattern].items():
                yield from ((report, start, end) for start, end in spans)

    def _learn(self, records: Iterable[Record]) -> list[str]:
        """Take in the patterns of these records; the patterns that nobody had before."""
        fresh: list[str] = []
        for record in records:
            patterns = frozenset(_patterns(record))
            for gone in self._patterns_of.get(record.id, frozenset()) - patterns:
                self._bearers[gone].pop(record.id, None)
            if patterns:
                self._patterns_of[record.id] = patterns
            for pattern in sorted(patterns):
                if pattern not in self._bearers:
                    fresh.append(pattern)
                self._bearers[pattern][record.id] = None
        return fresh

    def _read(self, world: World, reports: Iterable[ReportId]) -> None:
        for report in reports:
            plain = self._texts[report] = _plain(world.reports[report].text)
            self._note(report, plain, _matches(self._automaton, plain.text))

    def _look_again(self, patterns: list[str]) -> None:
        few = len(patterns) <= _FEW
        automaton = _automaton(patterns)
        for report, plain in self._texts.items():
            if not few or any(pattern in plain.text for pattern in patterns):
                self._note(report, plain, _matches(automaton, plain.text))

    def _note(self, report: ReportId, plain: _Plain, matches: Iterable[tuple[int, int, str]]) -> None:
        spans: dict[str, list[Span]] = defaultdict(list)
        for start, end, pattern in matches:
            spans[pattern].append((plain.place(start), plain.place(end - 1) + 1))
        for pattern, found in spans.items():
            self._found[pattern][report] = tuple(found)


def occurrences(world: World, subject: Subject) -> tuple[tuple[ReportId, int, int], ...]:
    """Where a subject occurs: the spans of its statements, and wherever a report names it besides.

    Sorted by report and place; a start of -1 means the report as a whole (a row of a table, an officer's note).
    """
    places: dict[tuple[ReportId, int, int], None] = {}
    for record in subject.records:
        for each in said_of(world, record):
            if each.prop in NAMES or each.start < 0:
                places[each.report, each.start, each.end] = None
    covered: dict[ReportId, list[Span]] = defaultdict(list)
    for report, start, end in places:
        covered[report].append((start, end))
    for report, start, end in world.derived(KnownNames).places_of(subject):
        if not any(start < other_end and other_start < end for other_start, other_end in covered[report]):
            places[report, start, end] = None
    return tuple(sorted(places))


def _patterns(record: Record) -> Iterator[str]:
    """What to look for: names long enough, of persons only full ones or the one name they are registered under."""
    if not record.registered or record.schema == EVENT:
        return
    for name in record.parsed:
        alone = len(name.parts) == 1 and record.names[0] != name.text
        pattern = _plain(name.text).text.strip()
        if len(pattern) >= SHORTEST and not (record.schema == PERSON and alone):
            yield pattern
    for each in record.identifiers:
        pattern = _plain(each.value).text.strip()
        if len(pattern) >= SHORTEST:
            yield pattern


def _automaton(patterns: Iterable[str]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for pattern in patterns:
        automaton.add_word(pattern, pattern)
    automaton.make_automaton()
    return automaton


def _matches(automaton: ahocorasick.Automaton, text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and pattern of every match that is whole words."""
    if not len(automaton):
        return
    for last, pattern in automaton.iter(text):
        start, end = last - len(pattern) + 1, last + 1
        before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        if not before and not after:
            yield start, end, pattern


def _longest(matches: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Without matches that lie inside a longer one or overlap one that begins before."""
    kept: list[tuple[int, int, str]] = []
    for match in sorted(matches, key=lambda one: (one[0], -one[1])):
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept

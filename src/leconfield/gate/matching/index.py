"""Every passage of a world by what it says: an inverted index, kept up to date with the world."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from leconfield.gate.matching import keys
from leconfield.gate.matching.model import Passage
from leconfield.intake.extraction.text import Token, sentences
from leconfield.ledger.model import AFFIRMED, BY_PERSON, IN_TEXT, Report, ReportId, Statement
from leconfield.ledger.vocabulary import LINKS, NAMES, words_for
from leconfield.ledger.world import Delta, World

BACKGROUND: Final = 1000
"""Passages of ordinary English that are thought of beside those held: in a small desk every word would be rare."""
_KEPT: Final = 20_000
"""Answers kept at hand."""
_READ: Final = 4096
"""Reports whose passages are kept at hand for the next world that admits them."""
_PRONOUNS: Final = frozenset(["he", "she", "him", "his", "her", "hers", "they", "them", "their", "it", "its"])


class Passages:
    """The passages of a world's reports, and of what officers and tables said (a `Derived`)."""

    def __init__(self) -> None:
        self.reports: list[ReportId] = []
        self._place_of: dict[ReportId, int] = {}
        """Of each report among them."""
        self._report = array("I")
        self._start = array("i")
        self._end = array("i")
        self._postings: dict[str, array[int]] = {}
        self._answers: dict[frozenset[str], NDArray[np.uint32]] = {}
        """Answers given before, until the world grows: an author asks for the same words again and again."""
        self._first: dict[ReportId, tuple[int, int]] = {}
        """A report's passages, from and to."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Index every report and statement of the world."""
        found = cls()
        found._take(world, world.reports.values(), world.statements.values())
        return found

    def grow(self, world: World, delta: Delta) -> None:
        """Index the new ones."""
        self._answers.clear()
        self._take(world, delta.reports, delta.statements)

    def __len__(self) -> int:
        return len(self._report)

    def passage(self, first: int, last: int) -> Passage:
        """The passages from one number to another of the same report, as one."""
        return Passage(self.reports[self._report[first]], self._start[first], self._end[last])

    def report_of(self, number: int) -> ReportId:
        """The report that a passage stands in."""
        return self.reports[self._report[number]]

    def reports_of(self, numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The places in `reports` of those in which these passages stand."""
        return np.frombuffer(self._report, np.uint32)[numbers]

    def followed(self, numbers: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Of which of these passages the next one is the next sentence of the same report."""
        report = np.frombuffer(self._report, np.uint32)
        start, end = np.frombuffer(self._start, np.int32), np.frombuffer(self._end, np.int32)
        found: NDArray[np.bool_] = np.zeros(numbers.size, np.bool_)
        here = numbers.astype(np.int64) + 1 < len(report)
        some = numbers[here].astype(np.int64)
        found[here] = (report[some] == report[some + 1]) & (end[some] >= 0) & (end[some] <= start[some + 1])
        return found

    def having(self, wanted: frozenset[str]) -> NDArray[np.uint32]:
        """The numbers of the passages with one of these keys, in order, each once."""
        known = self._answers.get(wanted)
        if known is None:
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            known = self._answers[wanted] = self._having(wanted)
        return known

    def _having(self, wanted: Iterable[str]) -> NDArray[np.uint32]:
        found = [np.frombuffer(self._postings[each], np.uint32) for each in wanted if each in self._postings]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.uint32)

    def holding(self, key: str) -> int:
        """In how many passages the key stands, about."""
        return len(self._postings.get(key, ()))

    def _take(self, world: World, reports: Iterable[Report], statements: Iterable[Statement]) -> None:
        for each in reports:
            self._read(each)
        tabled: dict[tuple[ReportId, str], list[Statement]] = defaultdict(list)
        for said in statements:
            if said.origin == IN_TEXT or said.assertion.polarity != AFFIRMED or said.report not in world.reports:
                continue  # what rests on a report that this world does not hold is told by the world that does
            place = self._place(said)
            if place is not None:
                self._post(place, _said(world, said))
            elif said.prop not in NAMES:  # a name alone says nothing
                tabled[said.report, said.subject].append(said)
        for (report, _), together in tabled.items():
            number = self._add(report, -1, -1)
            self._post(number, {key for said in together for key in _said(world, said)})

    def _read(self, report: Report) -> None:
        first = len(self)
        for start, end, found in _read(report.title, report.text, report.written, report.place):
            self._post(self._add(report.id, start, end), found)
        self._first[report.id] = (first, len(self))

    def _place(self, said: Statement) -> int | None:
        """The passage that the words of a statement stand in."""
        within = self._first.get(said.report)
        if said.start < 0 or within is None or said.origin != BY_PERSON:
            return None
        low, high = within
        return bisect_right(self._start, said.start, low, high) - 1

    def _add(self, report: ReportId, start: int, end: int) -> int:
        place = self._place_of.get(report)
        if place is None:
            place = self._place_of[report] = len(self.reports)
            self.reports.append(report)
        self._report.append(place)
        self._start.append(start)
        self._end.append(end)
        return len(self._report) - 1

    def _post(self, number: int, found: Iterable[str]) -> None:
        for key in found:
            posting = self._postings.get(key)
            if posting is None:
                posting = self._postings[key] = array("I")
            posting.append(number)


def read_ahead(report: Report) -> None:
    """Read a report, so that the worlds that admit it find it read; no world is touched."""
    _read(report.title, report.text, report.written, report.place)


def said_ahead(said: Statement) -> None:
    """The same for what a statement says by itself."""
    if said.prop in NAMES or (said.origin != IN_TEXT and said.prop not in LINKS):
        _of_value(said.value)


@lru_cache(maxsize=_READ)
def _read(title: str, text: str, written: str, place: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """The passages of a report, its title first (-1, -1): where each begins and ends, and its keys.

    Kept, for every world that admits a report reads it, and the gate alone looks into several.
    """
    about = frozenset(_about(written, place))
    found = [(-1, -1, tuple(about.union(_words(sentences(title), "", title))))]
    carried: set[str] = set()
    for tokens in sentences(text):
        start, end = tokens[0].start, tokens[-1].end
        said = set(_words([_shifted(tokens, start)], written, text[start:end]))
        names = {key for each in tokens[1:] if each.text[0].isupper() for key in keys.of_word(each.text)}
        if any(each.text.lower() in _PRONOUNS for each in tokens):
            said |= carried
        carried = names or carried
        found.append((start, end, tuple(said | about)))
    return tuple(found)


def _shifted(tokens: Sequence[Token], by: int) -> list[Token]:
    return [Token(each.text, each.start - by, each.end - by) for each in tokens]


def _about(written: str, place: str) -> Iterator[str]:
    """What holds for the whole report: where it was written, and when, which may be the day that it tells of (`~`)."""
    if written:
        yield from (f"~{key}" for key in keys.of_date(written))
    for tokens in sentences(place):
        yield from _places(tokens)


def _words(cut: Iterable[Sequence[Token]], written: str, text: str) -> Iterator[str]:
    """The keys of a text that is cut into sentences."""
    for tokens in cut:
        for each in tokens:
            yield from keys.of_word(each.text)
            yield from keys.of_clock(each.text)
        yield from (key for number, _, _ in keys.numbers(tokens) for key in keys.of_number(number))
        yield from _places(tokens)
        yield from _months(tokens, written)
    for found in keys.readings(text, written):
        yield from keys.of_reading(found)


def _months(tokens: Sequence[Token], written: str) -> Iterator[str]:
    """Months without a year: the last such month before the report was written."""
    for each in tokens:
        month = keys.MONTHS.index(each.text.lower()) + 1 if each.text.lower() in keys.MONTHS else 0
        if month and each.text[0].isupper():
            year = int(written[:4]) - (written[5:7] < f"{month:02}") if written[:4].isdecimal() else 0
            yield from keys.of_date(f"{year:04}-{month:02}") if year else (f"m:{month:02}",)


def _places(tokens: Sequence[Token]) -> Iterator[str]:
    for place, first, last in keys.places(tokens):
        yield from (key for each in tokens[first : last + 1] for key in keys.of_word(each.text))
        yield from keys.around(place)


def _said(world: World, said: Statement) -> set[str]:
    """The keys of a statement: who it is about, what is said, and when it was so."""
    value = names_of(world, said.value) if said.prop in LINKS else (said.value,)
    found = {key for text in (*names_of(world, said.subject), *value) for key in _of_value(text)}
    found.update(key for word in words_for(said.prop).split() for key in keys.of_word(word))
    found.update(key for day in (said.held.start, said.held.end) if day for key in keys.of_date(day))
    return found


@lru_cache(maxsize=1 << 16)
def _of_value(text: str) -> frozenset[str]:
    """The keys of a value; of one without figures those of its words and places."""
    cut = sentences(text)
    if any(map(str.isdigit, text)) or "@" in text:
        return frozenset(_words(cut, "", text))
    found = {key for each in cut for token in each for key in keys.of_word(token.text)}
    return frozenset(found.union(*(_places(each) for each in cut)))


def names_of(world: World, subject: str) -> tuple[str, ...]:
    """The names that a record bears in the world's memory."""
    said = world.by_subject.get(subject, ())  # type: ignore[call-overload]  # a link's value is the id of a record
    return tuple(dict.fromkeys(each.value for each in said if each.prop in NAMES))

"""Search in the texts of reports. Words, counts and ranking come from the view's own reports and from nothing else."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from leconfield.ledger.model import Report, ReportId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World

_WORD: Final = re.compile(r"\w+(?:['’.-]\w+)*")
_QUERY: Final = re.compile(r'"([^"]*)"|(\S+)')
_K1: Final = 1.2
_B: Final = 0.75
_AROUND: Final = 140
"""Characters of text shown on either side of the first hit."""
MAX_QUERY: Final = 500


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a report's text, and where in it (offsets into `text`) the words searched for stand."""

    text: str
    lit: tuple[tuple[int, int], ...]
    start: int
    """Where in the report the piece begins."""


@dataclass(frozen=True, slots=True)
class Found:
    """A report that answers a search."""

    report: Report
    score: float
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a search found: the best `found`, of `total`."""

    words: str
    total: int
    found: tuple[Found, ...]


def folded(text: str) -> str:
    """Text as it is compared: small letters, no accents, one character for each of the original's."""
    if text.isascii():
        return text.lower()
    return "".join(_fold(character) for character in text)


def _fold(character: str) -> str:
    bare = unicodedata.normalize("NFD", character.lower())[:1]
    return bare or character


class TextIndex:
    """Words to the reports they stand in (a `Derived`)."""

    def __init__(self) -> None:
        self.postings: dict[str, dict[ReportId, int]] = defaultdict(dict)
        self.lengths: dict[ReportId, int] = {}
        self._total = 0

    @classmethod
    def of(cls, world: World) -> Self:
        """Index every report of the world."""
        index = cls()
        index._add(world.reports.values())
        return index

    def grow(self, world: World, delta: Delta) -> None:
        """Index the new reports."""
        del world
        self._add(delta.reports)

    def _add(self, reports: Iterable[Report]) -> None:
        for report in reports:
            counts = Counter(_words(f"{report.title} {report.text}"))
            self.lengths[report.id] = length = counts.total()
            self._total += length
            for word, count in counts.items():
                self.postings[word][report.id] = count

    def matching(self, word: str) -> dict[ReportId, int]:
        """Reports with the word, and how often; `bomb*` takes every word that begins so."""
        if not word.endswith("*"):
            return self.postings.get(word, {})
        found: Counter[ReportId] = Counter()
        for each, reports in self.postings.items():
            if each.startswith(word[:-1]):
                found.update(reports)
        return found

    def weight(self, report: ReportId, count: int, holding: int) -> float:
        """BM25 of a word that stands `count` times in the report and in `holding` reports in all."""
        number = len(self.lengths)
        rarity = math.log(1 + (number - holding + 0.5) / (holding + 0.5))
        length = self.lengths[report] / (self._total / number)
        return rarity * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length))


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def search(view: View, words: str, limit: int = 50) -> SearchAnswer:
    """Reports that hold every word (`"a phrase"` in quotes, `begin*` for beginnings), best first."""
    index = view.derived(TextIndex)
    terms = terms_of(words)
    postings = [index.matching(term) for term in terms]
    scored = [
        (sum(index.weight(each, found[each], len(found)) for found in postings), view.world.reports[each])
        for each in answering(view.world, words)
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    found = (Found(report, score, _snippet(report, terms)) for score, report in scored[:limit])
    return SearchAnswer(words, len(scored), tuple(found))


def terms_of(words: str) -> list[str]:
    """The words that a search looks for; none: it finds nothing."""
    return _parsed(words[:MAX_QUERY])[0]


def answering(world: World, words: str, since: str = "") -> set[ReportId]:
    """Reports that hold every word and phrase, in no order; only those learnt after the moment (a stamp)."""
    index = world.derived(TextIndex)
    terms, phrases = _parsed(words[:MAX_QUERY])
    if not terms:
        return set()
    postings = [index.matching(term) for term in terms]
    common = (world.reports[each] for each in set(postings[0]).intersection(*postings[1:]))
    return {
        each.id
        for each in common
        if each.learnt > since and all(phrase in folded(f"{each.title}\n{each.text}") for phrase in phrases)
    }


def _parsed(words: str) -> tuple[list[str], list[str]]:
    terms: list[str] = []
    phrases: list[str] = []
    for phrase, word in _QUERY.findall(words):
        if phrase:
            phrases.append(folded(phrase))
            terms += _words(phrase)
        elif word.endswith("*"):
            terms += [f"{each}*" for each in _words(word)]
        else:
            terms += _words(word)
    return list(dict.fromkeys(terms)), phrases


def _snippet(report: Report, terms: list[str]) -> Snippet:
    places = hits(report.text, terms)
    first = places[0][0] if places else 0
    start = max(0, first - _AROUND)
    end = min(len(report.text), first + _AROUND)
    while start > 0 and not report.text[start - 1].isspace():
        start -= 1
    while end < len(report.text) and not report.text[end].isspace():
        end += 1
    lit = tuple((a - start, b - start) for a, b in places if a >= start and b <= end)
    return Snippet(report.text[start:end], lit, start)


def hits(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where in the text the terms stand."""
    exact = {term for term in terms if not term.endswith("*")}
    beginnings = tuple(term[:-1] for term in terms if term.endswith("*"))
    return [
        found.span()
        for found in _WORD.finditer(folded(text))
        if found[0] in exact or (beginnings and found[0].startswith(beginnings))
    ]

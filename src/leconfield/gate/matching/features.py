"""What each sentence of a draft says: the features by which it could be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from leconfield.gate.matching import keys
from leconfield.gate.matching.model import Feature, Sentence, Span
from leconfield.gate.matching.unread import unread
from leconfield.gate.matching.words import ORDINARY, common, concepts
from leconfield.intake.extraction.reading import ADDRESS, DATE, REFERENCE, Reading
from leconfield.intake.extraction.text import Token, sentences
from leconfield.intake.search import folded

MOST_FEATURES: Final = 60
"""Features of one sentence that are looked at: they are bits of one machine word."""
LONGEST: Final = 4000
"""Characters of one sentence that are looked at."""
_ROUGHLY: Final = frozenset(
    {"about", "around", "nearly", "almost", "roughly", "some", "over", "under", "approximately"}
)
_COMPARED: Final = re.compile(r"[^\W_]")

Named = Mapping[tuple[int, int], tuple[str, frozenset[str]]]
"""Names of known subjects in the draft: start and end, to the subject's id and the keys of all its names."""


def read(text: str, written: str, named: Named) -> list[Sentence]:
    """The sentences of a draft with their features; `written` (partial ISO): the day from which "on Monday" counts."""
    cut = sentences(text)
    found = keys.readings(text, written)
    return [_sentence(number, text, each, found, named) for number, each in enumerate(cut, 1)]


def _sentence(number: int, text: str, tokens: Sequence[Token], found: Sequence[Reading], named: Named) -> Sentence:
    span = Span(tokens[0].start, tokens[-1].end)
    looked = [each for each in tokens if each.end - span.start <= LONGEST]
    capped = len(looked) < len(tokens)
    features = list(_features(text, looked, found, named, span))
    return Sentence(
        number,
        text[span.start : span.end],
        span,
        tuple(features[:MOST_FEATURES]),
        capped or len(features) > MOST_FEATURES,
        unread(looked),
    )


def _features(
    text: str, tokens: Sequence[Token], found: Sequence[Reading], named: Named, within: Span
) -> Iterator[Feature]:
    taken: set[int] = set()
    inside = [each for each in found if within.start <= each.span.start < within.end]
    steps = (
        _names(text, named, within),
        _readings(text, inside),
        _days(tokens),
        _places(tokens),
        _numbers(tokens),
        _words(tokens),
    )
    seen: set[frozenset[str]] = set()
    for step in steps:
        for each in step:
            stretch = range(each.span.start, each.span.end)
            if taken.isdisjoint(stretch):
                taken.update(stretch)
                if each.exact | each.near and each.exact not in seen:
                    seen.add(each.exact)
                    yield each


def _names(text: str, named: Named, within: Span) -> Iterator[Feature]:
    for (start, end), (bearer, known) in named.items():
        if within.start <= start and end <= within.end and known:
            yield Feature("name", text[start:end], Span(start, end), known, bearer=bearer)


def _readings(text: str, found: Iterable[Reading]) -> Iterator[Feature]:
    for each in found:
        span = Span(each.span.start, each.span.end)
        words = text[span.start : span.end]
        if each.kind == DATE:
            day = each.value[:10]
            blunter = {f"d~:{day[:7]}"} if len(day) > len("2026-03") else set()
            yield Feature("date", words, span, frozenset({f"d:{day}"}), frozenset({f"~d:{day}", *blunter}))
        elif each.kind != REFERENCE or any(map(str.isdigit, each.value)):
            kind = "place" if each.kind == ADDRESS else "identifier"
            yield Feature(kind, words, span, frozenset({f"i:{keys.compact(each.value)}"}))


def _days(tokens: Sequence[Token]) -> Iterator[Feature]:
    """Days without a date: weekdays, months, seasons, times of day."""
    for each in tokens:
        word = each.text.lower()
        singular = word.removesuffix("s")
        span = Span(each.start, each.end)
        if singular in keys.WEEKDAYS:
            yield _dated(each.text, span, f"wd:{keys.WEEKDAYS.index(singular)}")
        elif word in keys.MONTHS and each.text[0].isupper():
            yield _dated(each.text, span, f"m:{keys.MONTHS.index(word) + 1:02}")
        elif word in keys.SEASONS:
            yield _dated(each.text, span, f"=season {word}")
        elif clock := next(keys.of_clock(each.text), ""):
            yield Feature("date", each.text, span, frozenset({clock}), frozenset(keys.of_clock(each.text)) - {clock})


def _dated(words: str, span: Span, key: str) -> Feature:
    """A day by its weekday, month or season; a report that was written on such a day may mean it."""
    return Feature("date", words, span, frozenset({key}), frozenset({f"~{key}"}))


def _places(tokens: Sequence[Token]) -> Iterator[Feature]:
    for place, first, last in keys.places(tokens):
        words = " ".join(each.text for each in tokens[first : last + 1])
        own = frozenset(key for each in tokens[first : last + 1] for key in keys.of_word(each.text))
        if place.kind == "country":
            yield Feature("place", words, _over(tokens, first, last), own | {f"pc:{place.country}"})
        else:
            yield Feature("place", words, _over(tokens, first, last), own, frozenset({f"pl:{folded(place.name)}"}))


def _numbers(tokens: Sequence[Token]) -> Iterator[Feature]:
    for number, first, last in keys.numbers(tokens):
        words = " ".join(each.text for each in tokens[first : last + 1])
        figures = keys.figures_of(number)
        loose = first > 0 and tokens[first - 1].text.lower() in _ROUGHLY
        finer = frozenset({f"n{figures}:{number}"}) if figures <= 2 else frozenset[str]()
        near = finer | {f"n:{keys.rounded(number, each)}" for each in (1, 2)}
        exact = finer | {f"n:{number}"} if loose else frozenset({f"n:{number}"})
        yield Feature("number", words, _over(tokens, first, last), exact, near - exact)
    for place, each in enumerate(tokens):
        if wide := keys.vague(each.text.lower()):
            yield Feature("number", each.text, _over(tokens, place, place), frozenset({f"?{each.text.lower()}"}), wide)


def _words(tokens: Sequence[Token]) -> Iterator[Feature]:
    roles = concepts().roles
    for place, each in enumerate(tokens):
        if not _COMPARED.match(each.text) or each.text.lower() in concepts().stop:
            continue
        found = keys.of_word(each.text)
        if not found:
            continue
        word = each.text.lower()
        role = word in roles or word.removesuffix("s") in roles
        capital = each.text[0].isupper() and place > 0 and common(found) < ORDINARY
        kind = "role" if role else "name" if capital and each.text[0].isalpha() else "word"
        yield Feature(kind, each.text, _over(tokens, place, place), frozenset(found[:1]), frozenset(found[1:]))


def _over(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].start, tokens[last].end)

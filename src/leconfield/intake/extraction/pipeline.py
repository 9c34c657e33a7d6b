"""From a report's text to all that it says: pure, deterministic, offline."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from leconfield.intake.extraction.chains import Named, chained
from leconfield.intake.extraction.crf import ENTITY_TYPES, Tagger, shipped, tag
from leconfield.intake.extraction.editorial import editorial_spans
from leconfield.intake.extraction.identifiers import identifiers
from leconfield.intake.extraction.incidents import find_incidents
from leconfield.intake.extraction.model import Chain, Extraction, Fact, Incident, Link, Mention, Span
from leconfield.intake.extraction.places import Place, country_of, folded, resolve
from leconfield.intake.extraction.proper import LOCATION, ORGANISATION, PERSON, cores, is_telling, lead_of, settled
from leconfield.intake.extraction.reading import (
    COORDINATE,
    EMAIL,
    HANDLE,
    MONEY,
    PHONE,
    REFERENCE,
    URL,
    Reading,
)
from leconfield.intake.extraction.relations import Scene, stated
from leconfield.intake.extraction.text import Sentence, is_caseless, is_whispered, sentences
from leconfield.ledger.vocabulary import PLACE

_NAMED: Final = frozenset({PERSON, ORGANISATION, LOCATION})
_MAY_NAME: Final = frozenset({REFERENCE})
_BY_GRAMMAR: Final = frozenset({"CommsIdentifier", "Coordinate"})
"""Types of which a grammar knows more than any tagger."""
_SHORTEST_REPEATED: Final = 3
_RE3D: Final = {
    PHONE: "CommsIdentifier",
    EMAIL: "CommsIdentifier",
    HANDLE: "CommsIdentifier",
    URL: "CommsIdentifier",
} | {
    COORDINATE: "Coordinate",
    MONEY: "Money",
}


def extract(text: str, written: str = "", place: str = "", *, incidents: bool = True) -> Extraction:
    """All that a report says.

    `written` is the report's own date (partial ISO; "yesterday" counts from it), `place` where it was written
    (the country that a bare place name is looked for in first). A pure function of the three.
    """
    cut = sentences(text)
    country = country_of(place)
    readings = identifiers(text, written, country or "GB")
    told = find_incidents(text, written) if incidents else ()
    names, entities = tag(text, cut=cut)
    marks = editorial_spans(text)
    found = [each for each in (*names, *entities, *fillers(told)) if not _meets(each, marks)]
    named = proper_names(cut, is_whispered(text), found, readings)
    chains, mentions, facts = chained(text, named, readings)
    facts += located(chains, mentions, country)
    links: list[Link] = []
    leads = {each.start: each for each in named}
    for scene in scenes(cut, mentions, readings):
        more, tied = stated(text, chains, scene, leads)
        facts += more
        links += tied
    return Extraction(tuple(mentions), tuple(chains), unique(facts), unique(links), told)


def _meets(span: Span, marks: Iterable[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in marks)


T = TypeVar("T")


def unique(found: Iterable[T]) -> tuple[T, ...]:
    """Each thing once, in the order of its first coming."""
    return tuple(dict.fromkeys(found))


def fillers(told: Iterable[Incident]) -> Iterator[Span]:
    """The words that fill the roles of incidents, as spans: those that are proper names join the chains."""
    for incident in told:
        roles = (
            (PERSON, (*incident.perpetrators, *incident.victims)),
            (ORGANISATION, (*incident.organisations, *incident.targets)),
            (LOCATION, (incident.place,) if incident.place else ()),
        )
        for kind, filling in roles:
            for each in filling:
                yield Span(each.start, each.end, kind, 1.0, "pattern")


def proper_names(
    cut: Sequence[Sentence], whispered: bool, spans: Iterable[Span], readings: Iterable[Reading]
) -> list[Named]:
    """The proper names of persons, organisations and places, none overlapping another or an identifier, in order.

    Of overlapping `spans` the one that comes first in the sequence is taken.
    """
    taken = _Taken((each.span.start, each.span.end) for each in readings if each.kind not in _MAY_NAME)
    starts = [sentence[0].start for sentence in cut]
    found = []
    for span in spans:
        if span.kind not in _NAMED or taken.overlaps(span.start, span.end):
            continue
        sentence = cut[bisect_left(starts, span.start + 1) - 1]
        cased = not is_caseless(sentence, whispered)
        tokens = [token for token in sentence if span.start <= token.start and token.end <= span.end]
        for start, end in cores(tokens, span.kind, cased):
            taken.take(start, end)
            name = " ".join(token.text for token in tokens if start <= token.start and token.end <= end)
            found.append(Named(start, end, settled(span.kind, name), lead_of(sentence, start, cased)))
    found += repeated(cut, whispered, found, taken)
    return agreed(joined(sorted(found, key=lambda each: each.start)), starts, cut)


def joined(found: Iterable[Named]) -> list[Named]:
    """The names with forename and surname in one where the tagger took them apart: nothing but a blank between."""
    whole: list[Named] = []
    for each in found:
        last = whole[-1] if whole else None
        if last and last.kind == each.kind == PERSON and each.start - last.end == 1:
            whole[-1] = replace(last, end=each.end)
        else:
            whole.append(each)
    return whole


def agreed(found: Sequence[Named], starts: Sequence[int], cut: Sequence[Sentence]) -> list[Named]:
    """The names with one kind for one wording: what most of its mentions are taken for, at a tie the first."""
    keys = []
    votes: dict[str, Counter[str]] = {}
    for each in found:
        sentence = cut[bisect_left(starts, each.start + 1) - 1]
        words = (token.text for token in sentence if each.start <= token.start < each.end)
        keys.append(folded(" ".join(words)))
        votes.setdefault(keys[-1], Counter())[each.kind] += 1
    return [replace(each, kind=votes[key].most_common(1)[0][0]) for each, key in zip(found, keys, strict=True)]


def repeated(cut: Sequence[Sentence], whispered: bool, found: Sequence[Named], taken: _Taken) -> Iterator[Named]:
    """Words that are a known person's surname, or a known one-word organisation, where the taggers were silent."""
    known = last_words(cut, found)
    for sentence in cut:
        cased = not is_caseless(sentence, whispered)
        for token in sentence:
            kind = known.get(folded(token.text)) if len(token.text) >= _SHORTEST_REPEATED else None
            if kind and not taken.overlaps(token.start, token.end) and is_telling(token.text, cased):
                taken.take(token.start, token.end)
                yield Named(token.start, token.end, kind, lead_of(sentence, token.start, cased))


def last_words(cut: Sequence[Sentence], found: Sequence[Named]) -> dict[str, str]:
    """The surnames of persons with a full name, and one-word organisations, folded, each with its kind."""
    ends = {each.end: each for each in found}
    known: dict[str, str] = {}
    for sentence in cut:
        for token in sentence:
            named = ends.get(token.end)
            if named and (named.kind == PERSON) == (token.start > named.start) and named.kind != LOCATION:
                known[folded(token.text)] = named.kind
    return known


class _Taken:
    """Stretches of the text that are spoken for."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._characters = {i for start, end in stretches for i in range(start, end)}

    def overlaps(self, start: int, end: int) -> bool:
        return not self._characters.isdisjoint(range(start, end))

    def take(self, start: int, end: int) -> None:
        self._characters.update(range(start, end))


def located(chains: Sequence[Chain], mentions: Sequence[Mention], country: str) -> Iterator[Fact]:
    """Coordinates (degrees, three decimals) and country of the places that the gazetteer knows.

    A name that several countries have is looked for in `country`, then in the countries that the report itself names.
    """
    places = {index for index, chain in enumerate(chains) if chain.schema == PLACE and chain.kind == LOCATION}
    contexts = [country, *countries_named(chains[index].name for index in sorted(places))]
    for mention in mentions:
        if mention.chain not in places:
            continue
        places.discard(mention.chain)
        place = _in_context(chains[mention.chain].name, contexts)
        if place:
            where = (mention.start, mention.end)
            yield Fact(mention.chain, "country", place.country, *where)
            yield Fact(mention.chain, "latitude", f"{place.latitude:.3f}", *where)
            yield Fact(mention.chain, "longitude", f"{place.longitude:.3f}", *where)


def countries_named(names: Iterable[str]) -> list[str]:
    """The ISO codes of the countries among some place names, the most frequent first."""
    found = (resolve(name) for name in names)
    return [
        code for code, _ in Counter(place.country for place in found if place and place.kind == "country").most_common()
    ]


def _in_context(name: str, contexts: Sequence[str]) -> Place | None:
    for country in contexts:
        place = resolve(name, country) if country else None
        if place and place.country == country:
            return place
    return resolve(name)


def scenes(cut: Sequence[Sentence], mentions: Sequence[Mention], readings: Sequence[Reading]) -> Iterator[Scene]:
    """Each sentence with the mentions and readings that begin in it."""
    mention_starts = [each.start for each in mentions]
    reading_starts = [each.span.start for each in readings]
    for sentence in cut:
        start, end = sentence[0].start, sentence[-1].end
        here = mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)]
        read = readings[bisect_left(reading_starts, start) : bisect_left(reading_starts, end)]
        yield Scene(start, end, here, read)


def entity_spans(text: str, tagger: Tagger = shipped) -> list[Span]:
    """The entities of a text in re3d's types, none overlapping; where the tagger is silent, a grammar may speak."""
    cut = sentences(text)
    entities = tag(text, tagger, cut)[1]
    sure = [
        Span(each.span.start, each.span.end, _RE3D[each.kind], 1.0, "grammar")
        for each in identifiers(text)
        if each.kind in _RE3D
    ]
    certain = [span for span in sure if span.kind in _BY_GRAMMAR]
    taken = _Taken(())
    found = []
    for span in (*certain, *entities, *sure):
        if span.kind in ENTITY_TYPES and not taken.overlaps(span.start, span.end):
            taken.take(span.start, span.end)
            found.append(span)
    return sorted(found, key=lambda span: (span.start, span.end))


def entities_record(id: str, text: str) -> dict[str, object]:  # noqa: A002 - the field's name in the scorer's format
    """A document's entities in the scorer's format: `{"id", "entities": [[begin, end, type], ...]}`."""
    return {"id": id, "entities": [[span.start, span.end, span.kind] for span in entity_spans(text)]}

"""What speaks for and against a subject being the one asked for, apart from the name: a line for each part asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from leconfield.ledger.model import AFFIRMED, Statement, SubjectId
from leconfield.ledger.vocabulary import LINKS, PERSON, PLACE, VEHICLE, words_for
from leconfield.ledger.world import World
from leconfield.registry import births
from leconfield.registry.countries import country
from leconfield.registry.evidence import Weight
from leconfield.registry.identifiers import identifier
from leconfield.registry.lexicon import COLOURS, Lexicon
from leconfield.registry.lookup import records_in, said_of, subjects_in
from leconfield.registry.query import Query
from leconfield.registry.records import Record
from leconfield.registry.scripts import fold
from leconfield.registry.subjects import Subject

_HOLDING: Final = frozenset({"owner", "user"})
"""Links from whoever has a vehicle, a phone, an account."""
_DWELLING: Final = frozenset({"residence", "location", "address"})
_BEING: Final = frozenset({"seenAt", "attended"})
_MOST_LINKS: Final = 60
"""Links of one subject that are followed for one question; who has more is not told apart by them."""
_PLACE_BITS: Final = 5.0
_SEEN_SHARE: Final = 0.6
_ELSEWHERE: Final = -1.0
_SAME_COUNTRY: Final = 2.5
_OTHER_COUNTRY: Final = -3.0
_SAME_SEX: Final = 1.0
_OTHER_SEX: Final = -10.0
_MODEL: Final = 5.0
_COLOUR: Final = 2.5
_OTHER_COLOUR: Final = -1.5
_OTHER_VEHICLE: Final = -0.5
_HELD_IDENTIFIER: Final = 12.0
_SAID: Final = 2.0
_NO_PERSON: Final = -6.0
_PLACES_OF_GENERAL: Final = 50
"""Records that `_PLACE_BITS` stands for beside those of the view."""


@dataclass(frozen=True, slots=True)
class _Linked:
    """Another subject that a link leads to, and the link in words."""

    words: str
    prop: str
    subject: Subject


def weigh_parts(world: World, query: Query, found: Subject) -> tuple[Weight, ...]:
    """A line for every part of the question but the name and the numbers found; 0 bits where nothing is recorded."""
    if not query.more_than_a_name:
        return ()
    return tuple(_Around(world, query, found).lines())


class _Around:
    """A subject with what is said of it and what it is linked to, as far as the question needs it."""

    def __init__(self, world: World, query: Query, found: Subject) -> None:
        self.world = world
        self.query = query
        self.found = found
        self.records: tuple[Record, ...] = records_in(world, found)

    @cached_property
    def said(self) -> list[Statement]:
        """What is affirmed of it."""
        return [each for record in self.found.records for each in self._affirmed(record)]

    @cached_property
    def linked(self) -> list[_Linked]:
        """What it is linked to."""
        return list(self._linked())

    def _affirmed(self, record: SubjectId) -> Iterator[Statement]:
        return (each for each in said_of(self.world, record) if each.assertion.polarity == AFFIRMED)

    def lines(self) -> Iterator[Weight]:
        if self.found.schema != PERSON and (self.query.births or self.query.sexes):
            yield Weight("a person was asked for", _NO_PERSON)
            return
        if self.query.births:
            yield self._born()
        if self.query.sexes:
            yield self._sex()
        if self.query.countries:
            yield self._country()
        for place in self.query.places:
            yield self._place(place)
        if self.query.vehicle or self.query.colours:
            yield from self._vehicle()
        yield from self._held_numbers()
        yield from self._details()

    def _born(self) -> Weight:
        recorded = _distinct(birth for record in self.records for birth in record.births)
        return births.weigh(self.query.births, recorded) if recorded else _silent("birth date")

    def _sex(self) -> Weight:
        recorded = _distinct(sex for record in self.records for sex in record.sexes)
        if not recorded:
            return _silent("sex")
        same = not set(recorded).isdisjoint(self.query.sexes)
        if same:
            return Weight(recorded[0], _SAME_SEX)
        return Weight(f"{recorded[0]} against {' or '.join(self.query.sexes)}", _OTHER_SEX)

    def _country(self) -> Weight:
        recorded = _distinct(value for record in self.records for value in record.countries)
        if not recorded:
            return _silent("nationality")
        same = [each for each in recorded if country(each) in self.query.countries]
        if same:
            return Weight(f"nationality {same[0].title()}", _SAME_COUNTRY)
        return Weight(f"{recorded[0].title()} against {self.query.asked.nationality}", _OTHER_COUNTRY)

    def _place(self, place: str) -> Weight:
        """Where he lives or was born, or was only seen; rarer places say more."""
        bits = _place_bits(self.world.derived(Lexicon), place)
        own = [each.value for each in self.said if each.prop in ("address", "birthPlace", "country")]
        for value in own:
            if _holds(value, place):
                return Weight(f"{value}: {place.title()}", bits)
        homes = [each for each in self.linked if each.prop in _DWELLING]
        for each in (*homes, *(one for one in self.linked if one.prop in _BEING)):
            if any(_holds(value, place) for value in self._called(each.subject)):
                share = _SEEN_SHARE if each.prop in _BEING else 1.0
                return Weight(f"{each.words} {each.subject.name}: {place.title()}", bits * share)
        if any(_holds(each.value, place) for each in self.said if each.prop not in LINKS):
            return Weight(f"{place.title()} is said of it, too", bits / 2)
        if own or homes:
            known = own[0] if own else homes[0].subject.name
            return Weight(f"{known}, and not {place.title()}", _ELSEWHERE)
        return _silent("place")

    def _vehicle(self) -> Iterator[Weight]:
        vehicles = [each for each in self.linked if each.subject.schema == VEHICLE]
        weighed = [self._one_vehicle(each) for each in vehicles]
        if weighed:
            yield max(weighed, key=lambda weight: weight.bits)
            return
        asked = (*self.query.colours, *self.query.vehicle)
        said = {word for each in self.said if each.prop not in LINKS for word in fold(each.value).split()}
        shared = [word for word in asked if word in said]
        if shared:
            yield Weight(f"{' '.join(shared)} is said of it, too", _SAID * len(shared))
        else:
            yield _silent("vehicle")

    def _one_vehicle(self, each: _Linked) -> Weight:
        words = {word for value in self._called(each.subject) for word in fold(value).split()}
        colours = {COLOURS[word] for word in words if word in COLOURS}
        models = [word for word in self.query.vehicle if word in words]
        bits = _MODEL * len(models)
        if self.query.colours and colours:
            bits += _COLOUR if not colours.isdisjoint(self.query.colours) else _OTHER_COLOUR
        shown = " ".join((*sorted(colours), each.subject.name))
        if bits <= 0:
            return Weight(f"{each.words} {shown}, another vehicle", min(bits, _OTHER_VEHICLE))
        return Weight(f"{each.words} {shown}", bits)

    def _held_numbers(self) -> Iterator[Weight]:
        """Numbers asked for that somebody linked bears: a phone that he uses, a car that he owns."""
        if not self.query.identifiers:
            return
        own = {each.key for record in self.records for each in record.identifiers}
        for asked in self.query.identifiers:
            if asked.key in own:
                continue
            for each in self.linked:
                if each.prop in _HOLDING and asked.key in self._keys(each.subject):
                    yield Weight(f"{each.words} {asked.value}", _HELD_IDENTIFIER)
                    break

    def _details(self) -> Iterator[Weight]:
        if not self.query.details:
            return
        said = {word.strip(".,;:()") for each in self.said for word in fold(each.value).split()}
        for word in self.query.details:
            if word in said:
                yield Weight(f"{word} is said of him, too", _SAID)

    def _linked(self) -> Iterator[_Linked]:
        """What links lead to from the subject, and vehicles, phones and accounts that are linked to it."""
        own = set(self.found.records)
        wanted = _HOLDING | _DWELLING | _BEING
        leading = [each for each in self.said if each.prop in wanted & LINKS][:_MOST_LINKS]
        ends = subjects_in(self.world, [SubjectId(each.value) for each in leading])
        for each in leading:
            end = ends.get(SubjectId(each.value))
            if end is not None and end.id not in own:
                yield _Linked(words_for(each.prop), each.prop, end)
        back = [each for record in self.found.records for each in self.world.pointing_at.get(record, ())]
        back = [each for each in back if each.prop in _HOLDING and each.assertion.polarity == AFFIRMED][:_MOST_LINKS]
        holders = subjects_in(self.world, [each.subject for each in back])
        for each in back:
            if holders[each.subject].schema != PERSON:
                yield _Linked("has", each.prop, holders[each.subject])

    def _called(self, subject: Subject) -> list[str]:
        """What a place or a vehicle is called and described by."""
        wanted = ("name", "alias", "address", "make", "model", "colour", "description", "notes", "country")
        return [each.value for each in self._of(subject) if each.prop in wanted]

    def _keys(self, subject: Subject) -> set[str]:
        keys = {each.key for record in records_in(self.world, subject) for each in record.identifiers}
        named = identifier("phone", subject.name) if subject.schema not in (PERSON, PLACE) else None
        return keys | ({named.key} if named else set())

    def _of(self, subject: Subject) -> Iterable[Statement]:
        for record in subject.records[:_MOST_LINKS]:
            yield from self._affirmed(record)


def _silent(what: str) -> Weight:
    return Weight(f"{what}: nothing recorded", 0.0)


def _holds(value: str, phrase: str) -> bool:
    """Whether the folded value has the words of the phrase, one after the other."""
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(value))
    return f" {phrase} " in f" {' '.join(plain.split())} "


def _place_bits(lexicon: Lexicon, place: str) -> float:
    """What agreeing on a place is worth: less where many records here have it."""
    everywhere = lexicon.places.total()
    share = (max(0, lexicon.places[place] - 1) + _PLACES_OF_GENERAL * 2.0**-_PLACE_BITS) / (
        everywhere + _PLACES_OF_GENERAL
    )
    return min(_PLACE_BITS, max(0.5, -math.log2(share)))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))

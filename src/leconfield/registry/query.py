"""What is asked of a trace: a name, and whatever tells apart those who bear it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from leconfield.ledger.times import today_of
from leconfield.ledger.view import View
from leconfield.registry.asked import LABELS, LONGEST, Asked
from leconfield.registry.births import MARK, Births, take_births
from leconfield.registry.countries import country
from leconfield.registry.identifiers import Identifier, identifier
from leconfield.registry.lexicon import COLOURS, Lexicon
from leconfield.registry.names import Name, parse_name
from leconfield.registry.reading import SEXES, read_text
from leconfield.registry.scripts import fold

_PROPERTIES: Final = {
    "phone": "phone",
    "plate": "registrationNumber",
    "account": "iban",
    "document": "idNumber",
    "email": "email",
    "handle": "handle",
}
"""Parts that are identifiers, and the property of each."""
NO_BIRTHS: Final = Births()
NOTHING: Final = Asked()
_WEBSITE: Final = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
_APART: Final = re.compile(r"\s*(?:[;|]|\bor\b)\s*")
_BARE_AGE: Final = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the question, and how it was read."""

    part: str
    said: str
    words: str
    used: bool = True

    @property
    def label(self) -> str:
        """What people call the part."""
        return LABELS[self.part]


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart."""

    text: str
    name: Name
    """The name asked for, read as a person's; without parts if there is none."""
    name_text: str
    identifiers: tuple[Identifier, ...] = ()
    births: Births = NO_BIRTHS
    details: tuple[str, ...] = ()
    """Other words said of him (folded): they help to rank, they never find anybody."""
    places: tuple[str, ...] = ()
    """Folded places; those of an address, too."""
    countries: tuple[str, ...] = ()
    """Codes of countries; what the table does not know, folded."""
    sexes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    vehicle: tuple[str, ...] = ()
    """Folded words of a make, a model or a kind."""
    asked: Asked = NOTHING
    """The parts as they were written."""
    unread: tuple[str, ...] = ()
    """Words that could not be used."""
    more_than_a_name: bool = False
    """Whether anything is said of him beside his name."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to search by."""
        return not self.name.parts and not self.identifiers

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Each part with how it was read."""
        return tuple(Chip(part, said, words) for part, said in self.asked.parts() if (words := self._read_as(part)))

    def _read_as(self, part: str) -> str:
        """How a part was read, in words; empty if nothing of it could be."""
        if part in _PROPERTIES:
            prop = {_PROPERTIES[part], "website" if part == "handle" else _PROPERTIES[part]}
            return ", ".join(each.value for each in self.identifiers if each.prop in prop)
        readings = {
            "name": " ".join(each.text.title() for each in self.name.parts),
            "born": self.births.words,
            "place": ", ".join(_apart(self.asked.place)),
            "address": ", ".join(_apart(self.asked.address)),
            "nationality": ", ".join(each.upper() if len(each) == 2 else each.title() for each in self.countries),
            "sex": ", ".join(self.sexes),
            "vehicle": " ".join((*self.colours, *(each.title() for each in self.vehicle))),
            "also": ", ".join(self.details),
        }
        return readings[part]


def query_in(view: View, asked: str | Asked, now: datetime) -> Query:
    """A question asked in a view: read by the view's words, its ages counted back from the view's moment.

    `now` is the moment of a view of the present.
    """
    today = today_of(view.as_of or now)
    if isinstance(asked, Asked):
        return query_of(asked, today)
    return parse_query(asked, today, view.derived(Lexicon))


def parse_query(text: str, today: date | None = None, lexicon: Lexicon | None = None) -> Query:
    """Take free text apart by its form, and by the words of a view where its lexicon is given.

    Ages count back from `today`; without it they cannot be used.
    """
    read = read_text(text, lexicon)
    return query_of(read.asked, today, text=text, unread=read.unread)


def query_of(asked: Asked, today: date | None = None, *, text: str = "", unread: tuple[str, ...] = ()) -> Query:
    """The question that these parts make."""
    left_over = list(unread)
    births = _births(asked.born, today, left_over)
    name = parse_name(asked.name[:LONGEST])
    if asked.name and not name.parts:
        left_over.append(asked.name)
    return Query(
        text=text or asked.words,
        name=name,
        name_text=asked.name[:LONGEST],
        identifiers=_identifiers(asked, left_over),
        births=births,
        details=tuple(dict.fromkeys(fold(asked.also).split())),
        places=tuple(dict.fromkeys(" ".join(_plain(each)) for each in (*_apart(asked.place), *_apart(asked.address)))),
        countries=tuple(dict.fromkeys(country(each) for each in _apart(asked.nationality))),
        sexes=_sexes(asked.sex, left_over),
        colours=tuple(dict.fromkeys(COLOURS[each] for each in _plain(asked.vehicle) if each in COLOURS)),
        vehicle=tuple(dict.fromkeys(each for each in _plain(asked.vehicle) if each not in COLOURS and len(each) > 1)),
        asked=asked,
        unread=tuple(dict.fromkeys(left_over)),
        more_than_a_name=any(part != "name" for part, _ in asked.parts()),
    )


def _births(said: str, today: date | None, unread: list[str]) -> Births:
    """The births in the field; a bare number of two digits there is an age."""
    if not said.strip():
        return NO_BIRTHS
    bare = _BARE_AGE.fullmatch(said.strip())
    births, rest = take_births(f"aged {said.strip()}" if bare else said, today)
    unread += births.unread
    unread += [word for word in re.sub(rf"{MARK}|[;,]|\bor\b", " ", rest).split() if any(map(str.isalnum, word))]
    return births


def _identifiers(asked: Asked, unread: list[str]) -> tuple[Identifier, ...]:
    found: list[Identifier] = []
    for part, prop in _PROPERTIES.items():
        value = str(getattr(asked, part))
        for said in filter(None, re.split(r"\s*;\s*", value)) if value else ():
            made = identifier("website" if _WEBSITE.match(said) else prop, said)
            if made:
                found.append(made)
            else:
                unread.append(said)
    return tuple(found)


def _sexes(said: str, unread: list[str]) -> tuple[str, ...]:
    found = []
    for each in _apart(said):
        sex = SEXES.get(fold(each))
        if sex:
            found.append(sex)
        else:
            unread.append(each)
    return tuple(dict.fromkeys(found))


def _apart(said: str) -> tuple[str, ...]:
    return tuple(each for each in _APART.split(said) if any(map(str.isalnum, each))) if said else ()


def _plain(said: str) -> list[str]:
    return [each for each in re.split(r"[\W_]+", fold(said)) if each] if said else []

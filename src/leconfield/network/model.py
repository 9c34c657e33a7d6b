"""What a network is made of: subjects as nodes, links between them, and what a reader asks to see of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from leconfield.errors import BadInputError
from leconfield.ledger.model import ReportId, Statement, SubjectId
from leconfield.ledger.provenance import Provenance, all_together, any_alone, of
from leconfield.ledger.times import Held, check_partial
from leconfield.ledger.vocabulary import LINKS, PROPERTIES, SCHEMATA, reverse_words_for, words_for

NAMED_TOGETHER: Final = "namedTogether"
"""The weak link: two subjects named close to each other in one report. Nobody stated it."""

SYMMETRIC: Final = frozenset(name for name in LINKS if PROPERTIES[name].reverse == PROPERTIES[name].words) | {
    NAMED_TOGETHER
}
"""Links that read the same from both ends: `A met B` and `B met A` are one link."""

_LAST_OF: Final = "~"
"""Sorts behind every character of a date, so that `1989~` is the end of 1989."""


class Subject(Protocol):
    """A cluster of records, as the partition of a world computes it."""

    @property
    def id(self) -> SubjectId:
        """The id of one of its records."""
        ...

    @property
    def schema(self) -> str:
        """What kind of thing it is."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """Its names, the best one first."""
        ...

    @property
    def records(self) -> Collection[SubjectId]:
        """The records that it consists of."""
        ...

    @property
    def registered(self) -> bool:
        """Whether an officer or a loaded table put it on the register, rather than a report's text alone."""
        ...


class Partition(Protocol):
    """Who is the same as whom, in one world."""

    def subject_of(self, record: SubjectId, /) -> Subject:
        """The subject that a record belongs to.

        Raises:
            NotFoundError: if there is no such record in this world.
        """
        ...


@dataclass(frozen=True, slots=True)
class Node:
    """A subject on the chart."""

    id: SubjectId
    label: str
    schema: str
    registered: bool
    reports: int
    """How many reports speak of it."""
    origins: int
    """How many independent origins these reports have."""


@dataclass(frozen=True, slots=True)
class Link:
    """That two subjects have to do with each other in one way, by every statement that says so."""

    id: str
    left: SubjectId
    prop: str
    right: SubjectId
    statements: tuple[Statement, ...]
    """What it rests on, and what denies it, by id."""
    ways: tuple[tuple[Statement, ...], ...]
    """The alternative sets of statements each of which alone supports it (denies it, if all deny it)."""
    reports: tuple[ReportId, ...]
    origins: tuple[str, ...]
    """Independent origins: where the sources have it from; the source itself if it speaks for itself."""
    denied: bool
    """Nobody affirms it."""
    alleged: bool
    """Every affirmation is somebody's claim, or of something planned, attempted or possible."""
    first: str
    """Earliest date at which it was true or, where no time is given, reported; empty if none is known."""
    last: str
    """Latest such date; empty if none is known or it still goes on."""
    moments: tuple[str, ...]
    """The distinct dates at which it began to be true or, where no time is given, was reported."""

    @property
    def words(self) -> str:
        """The link read from its left end."""
        return link_words(self.prop)

    @property
    def reverse_words(self) -> str:
        """The link read from its right end."""
        return link_words(self.prop, reverse=True)

    @property
    def provenance(self) -> Provenance:
        """What it rests on: each of its ways alone.

        Raises:
            TooManyWitnessesError: past the cap; whoever protects sources treats the link as exposed.
        """
        return any_alone(all_together(of(each.id) for each in way) for way in self.ways)


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """So many subjects of one schema, reached by one property in one direction."""

    prop: str
    """Empty: by whatever property."""
    reverse: bool
    schema: str
    count: int

    @property
    def words(self) -> str:
        """What the link is called from where one stands."""
        return link_words(self.prop, reverse=self.reverse) if self.prop else ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of the network: what is shown, and an honest account of what is not."""

    asked: tuple[SubjectId, ...]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    more: tuple[Group, ...] = ()
    """What the limit left out next to what is shown; nothing behind those was looked at."""
    left_out: int = 0
    """How many subjects that is; one subject may count in several groups of `more`."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the network is wanted. A link without any date stays: nobody knows that it falls outside.

    Raises:
        BadInputError: for a link, schema or date that there is not.
    """

    kinds: frozenset[str] | None = None
    """Properties of the vocabulary that link; None: all."""
    schemata: frozenset[str] | None = None
    since: str = ""
    until: str = ""
    together: bool = False
    """Whether the weak link `named together` is wanted as well."""

    def __post_init__(self) -> None:
        _check_known("link", self.kinds or frozenset(), LINKS)
        _check_known("kind of subject", self.schemata or frozenset(), frozenset(SCHEMATA))
        for each in (self.since, self.until):
            if each:
                check_partial(each)
        if self.since and self.until and self.since > self.until + _LAST_OF:
            raise BadInputError(f'the time from "{self.since}" to "{self.until}" runs backwards; swap the two dates')

    def wants(self, prop: str) -> bool:
        """Whether links of that property are wanted."""
        return prop in LINKS and (self.kinds is None or prop in self.kinds)

    def wants_schema(self, schema: str) -> bool:
        """Whether subjects of that schema are wanted."""
        return self.schemata is None or schema in self.schemata

    def admits(self, when: Held) -> bool:
        """Whether something true at that time may have been true within the wanted time.

        Partial dates compare as text: a year sorts before its months, and with `~` behind it after them.
        """
        if self.since and when.end and when.end + _LAST_OF < self.since:
            return False
        return not (self.until and when.start and when.start > self.until + _LAST_OF)


def link_words(prop: str, *, reverse: bool = False) -> str:
    """What people call a link, the weak one included."""
    if prop == NAMED_TOGETHER:
        return "named together with"
    return reverse_words_for(prop) if reverse else words_for(prop)


def _check_known(what: str, asked: frozenset[str], known: frozenset[str]) -> None:
    unknown = sorted(asked - known)
    if unknown:
        raise BadInputError(f'no {what} is called "{unknown[0]}"; known: {", ".join(sorted(known))}')


EVERYTHING: Final = Filter()

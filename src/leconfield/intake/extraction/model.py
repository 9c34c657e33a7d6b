"""What reading a report yields: mentions in chains, identifiers, incidents. All positions are character offsets."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.ledger.model import PLAIN, Assertion
from leconfield.ledger.times import ALWAYS, Held


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text that one recogniser takes for something."""

    start: int
    end: int
    kind: str
    """The recogniser's own type: a re3d entity type (`Person`, `Organisation`, `Weapon` ...) or an identifier kind."""
    score: float
    by: str
    """The recogniser: `crf`, `grammar`, `pattern`, `gazetteer`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name or describe somebody or something; not a subject."""

    start: int
    end: int
    text: str
    chain: int
    """Mentions of one thing within one report share a chain (index into `Extraction.chains`)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property that the report gives to a chain: a birth date, a role, a coordinate, an identifier."""

    chain: int
    prop: str
    value: str
    start: int
    end: int
    held: Held = ALWAYS
    assertion: Assertion = PLAIN


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two chains that the report states: `prop` is a link property of the vocabulary."""

    left: int
    prop: str
    right: int
    start: int
    end: int
    held: Held = ALWAYS
    assertion: Assertion = PLAIN


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything one report says about one thing: its schema (vocabulary) and its best name."""

    schema: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Filler:
    """Words that fill a role of an incident."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Incident:
    """An attack, a bombing, a kidnapping ...: what, when, where, by whom, on whom, with what, and how sure."""

    kind: str
    """`attack`, `bombing`, `kidnapping`, `arson`, `robbery`, `forced work stoppage`."""
    stage: str
    """`accomplished`, `attempted`, `threatened`."""
    start: int
    end: int
    """The sentence that tells of it."""
    held: Held
    place: Filler | None
    perpetrators: tuple[Filler, ...]
    """Individuals (MUC: PerpInd)."""
    organisations: tuple[Filler, ...]
    """Perpetrating organisations (MUC: PerpOrg)."""
    targets: tuple[Filler, ...]
    victims: tuple[Filler, ...]
    weapons: tuple[Filler, ...]
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Extraction:
    """The whole yield of one report; a pure function of its text and date."""

    mentions: tuple[Mention, ...]
    chains: tuple[Chain, ...]
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    incidents: tuple[Incident, ...]

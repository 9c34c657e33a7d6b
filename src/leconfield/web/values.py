"""What the ten widgets are handed: plain frozen values, in the words that people read."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.ledger.grades import UNGRADED, Grade
from leconfield.ledger.model import PLAIN, Assertion
from leconfield.ledger.times import ALWAYS, Held
from leconfield.ledger.vocabulary import THING

OPEN = "open"
CLOSED = "closed"
OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class SubjectChip:
    """Widget 1: a subject in a line of text, with the card that opens when one points at it."""

    name: str
    schema: str = THING
    url: str = ""
    state: str = ""
    """`open`, `closed`, `overdue` (its re-assessment), or empty: not a subject of interest."""
    names: tuple[str, ...] = ()
    """Its other names, in every script."""
    identifiers: tuple[str, ...] = ()
    tier: str = ""
    last_seen: str = ""
    """Partial ISO date."""
    counts: tuple[tuple[str, int], ...] = ()
    """Counts visible to this reader: `("reports", 12)`."""


@dataclass(frozen=True, slots=True)
class Label:
    """Widget 3: who may read it, as this reader knows it. `colour`: open, official, secret or top-secret."""

    words: str
    colour: str = "open"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a report's text: plain, a mention (`kind` is its schema), a cue, or `lit`: what one came for."""

    text: str
    kind: str = ""
    url: str = ""
    id: str = ""
    lit: bool = False
    cue: str = ""
    """What the cue does to the statement: "denied", "said by the police"."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Widget 5: one sentence of a report, with its source and date."""

    pieces: tuple[Piece, ...]
    title: str
    url: str
    source: str
    date: str = ""
    grade: Grade = UNGRADED


@dataclass(frozen=True, slots=True)
class StatementRow:
    """Widget 4: one property with one value, and everything that speaks for it."""

    prop: str
    """The property in words: "born", "works for"."""
    value: str
    url: str = ""
    """Where the value leads, if it is another subject."""
    schema: str = ""
    """The other subject's schema."""
    mono: bool = False
    """Whether it is an identifier, to be set in monospace."""
    grade: Grade = UNGRADED
    inherited: bool = False
    held: Held = ALWAYS
    learnt: str = ""
    assertion: Assertion = PLAIN
    reports: int = 1
    origins: int = 1
    sentences: tuple[Snippet, ...] = ()
    more_url: str = ""
    """Where the rest of the sentences are, if these are not all of them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of widget 7: `weight` above 0 speaks for the match, below 0 against it (bits)."""

    words: str
    weight: float
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One sentence of widget 8: `pass`, `hold` (somebody must look) or `stop`, and why."""

    sentence: str
    verdict: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """Widget 9: what is due, who has to act, how late. `state`: calm, soon, due, overdue or done."""

    what: str
    words: str
    """The time left or over, in words: "in 3 days", "2 days late"."""
    state: str = "calm"
    who: str = ""
    due: str = ""
    """Partial ISO date."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of widget 10. `kind`: text, number, time or id."""

    name: str
    kind: str = "text"
    sort_url: str = ""
    """Where a page sorted by it is; empty: the browser sorts what it has."""
    sorted: str = ""
    """`ascending`, `descending` or empty."""
    hideable: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row of widget 10. A cell is text, a number, or markup made by another widget. `url` is opened by `o`."""

    cells: tuple[object, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a form. `key` presses it from the keyboard; `look`: empty, main-act or danger."""

    words: str
    name: str = ""
    value: str = ""
    key: str = ""
    look: str = ""
    url: str = ""
    """A link that looks like a button, instead of a button that submits."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What the error page says: what happened, where, and what to do about it."""

    status: int
    what: str
    where: str = ""
    remedy: str = ""
    url: str = "/"
    link: str = "Go to the first page"

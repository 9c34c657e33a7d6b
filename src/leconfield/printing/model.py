"""What is on the paper: a document of blocks. Plain values, so that the same document gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from leconfield.ledger.marking import Marking
from leconfield.ledger.times import in_words

A4: Final = "A4"
A3: Final = "A3"
LEVELS: Final = (1, 2, 3)
_STAMP_TAIL: Final = re.compile(r"(T\d{2}:\d{2}):\d{2}(?:\.\d+)?(?:Z|\+00:00)?$|Z$")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words set in one way."""

    words: str
    strong: bool = False
    emphasis: bool = False
    mono: bool = False
    """For ids, numbers and times."""
    grave: bool = False
    """Set in the red of danger to people or of what is overdue; say so in words, too."""
    report: str = ""
    """The id of a report that this leads to; it is a link if the document's references have it."""
    anchor: str = ""
    """The id of a report, where links to it lead: in the references."""


Text = str | Span | tuple[Span, ...]
"""Words of one kind, or runs of several."""


def spans(text: Text) -> tuple[Span, ...]:
    """The runs of a text, without characters that no writer can set."""
    found = (Span(text),) if isinstance(text, str) else (text,) if isinstance(text, Span) else text
    return tuple(_clean(each) for each in found)


def _clean(span: Span) -> Span:
    kept = _UNWRITABLE.sub("", span.words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if kept == span.words:
        return span
    return replace(span, words=kept)


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(each.words for each in spans(text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it stays with what follows it."""

    text: Text
    level: int = 1
    """1 to 3; the document's title stands above them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks in it are kept."""

    text: Text
    quiet: bool = False
    """Small and grey: a note on what stands above."""
    boxed: bool = False
    """In a frame: what the reader must not miss."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered if it is said so."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    width: float = 1.0
    """Its share of the page's width, relative to the other columns."""
    number: bool = False
    """Set to the right."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its head is repeated on each page. A row that lacks cells is filled up with empty ones."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""
    small: bool = False
    """Set smaller, where there is much in it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Key facts: what it is, and what is so."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = Heading | Paragraph | Listing | Table | Facts | PageBreak


@dataclass(frozen=True, slots=True)
class Reference:
    """A report that the document rests on; spans with its id lead here."""

    report: str
    title: str
    source: str = ""
    date: str = ""
    """Partial ISO date."""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Something to be printed. The same document gives the same bytes, whoever prints it on whatever machine."""

    title: str
    marking: Marking
    """The view's marking: at the head and foot of every page."""
    by: str
    """The persona of whoever prints it, as colleagues know him."""
    printed: str
    """When (a stamp)."""
    blocks: tuple[Block, ...]
    as_of: str = ""
    """The day (partial ISO) or moment (a stamp) whose knowledge it shows; empty: that of `printed`."""
    references: tuple[Reference, ...] = ()
    """Printed at the end, under "Reports"."""
    landscape: bool = False
    size: str = A4

    @property
    def foot(self) -> str:
        """Who printed it, when, and as of when: on every page."""
        as_of = f", as of {moment_words(self.as_of)}" if self.as_of else ""
        return f"Printed by {self.by}, {moment_words(self.printed)} UTC{as_of}"

    @property
    def everything(self) -> tuple[Block, ...]:
        """The blocks, without the title, the references included as a table."""
        if not self.references:
            return self.blocks
        return (*self.blocks, Heading("Reports"), _references(self.references))


def _references(references: Iterable[Reference]) -> Table:
    columns = (
        Column("Report", 2.8),
        Column("Title", 3),
        Column("Source", 1.4),
        Column("Date", 1.2),
        Column("Grade", 0.6),
    )
    rows = tuple(
        (Span(each.report, mono=True, anchor=each.report), each.title, each.source, in_words(each.date), each.grade)
        for each in references
    )
    return Table(columns, rows, small=True)


def moment_words(text: str) -> str:
    """A partial date or stamp in words, to the minute at most."""
    return in_words(_STAMP_TAIL.sub(r"\1", text))


def texts(document: Document) -> Iterator[str]:
    """All words of the document, in order: to be read back, or searched for letters that no font has."""
    yield document.title
    yield document.marking.words
    yield document.foot
    for block in document.everything:
        yield from map(plain, _texts_of(block))


def _texts_of(block: Block) -> Iterator[Text]:
    if isinstance(block, Heading | Paragraph):
        yield block.text
    elif isinstance(block, Listing):
        yield from block.items
    elif isinstance(block, Facts):
        yield from (text for row in block.rows for text in row)
    elif isinstance(block, Table):
        yield block.caption
        yield from (column.name for column in block.columns)
        yield from (cell for row in block.rows for cell in row)

"""Screening a list of people: every row is a trace, recorded before the first is answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.view import View
from leconfield.registry.asked import Asked
from leconfield.registry.chips import name_of
from leconfield.registry.query import query_in
from leconfield.registry.roster import Roster, asked_of
from leconfield.registry.trace import KNOWN, MANY, NO_TRACE, POSSIBLE, Hit, trace

ACTION: Final = "screen"
VERDICTS: Final = (KNOWN, POSSIBLE, MANY, NO_TRACE)
"""The best first."""
COLUMNS: Final = ("row", "asked", "verdict", "rank", "probability", "name", "id", "standing", "for and against")
_ENTRY: Final = 1000
"""Letters of a question that the audit keeps whole; longer ones by their beginning and their hash."""
_STARTS_A_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""What makes spreadsheets compute a cell instead of showing it (OWASP, CSV injection), full width included."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of a row, in the words of the moment at which it was answered."""

    id: str
    name: str
    schema: str
    registered: bool
    probability: float
    why: str


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """The answer to one row."""

    row: int
    """Its row in the file, counted from 1."""
    asked: Asked | str
    verdict: str
    hits: tuple[Found, ...]
    unread: tuple[str, ...]

    @property
    def words(self) -> str:
        """The question in one line."""
        return self.asked if isinstance(self.asked, str) else self.asked.words

    @property
    def rank(self) -> tuple[int, float, int]:
        """Its place among the answers: the best verdict first, the likeliest, then as in the file."""
        return (VERDICTS.index(self.verdict), -self.hits[0].probability if self.hits else 0.0, self.row)


def record(desk: Desk, reader: Reader, as_of: datetime | None, roster: Roster, parts: Sequence[str], why: str) -> View:
    """Put every row of the list into the audit, some to an entry, each with the file's hash; the view to answer in.

    All of it is on disk when this returns: nothing has been answered before.
    """
    view: View | None = None
    for about in _entries(roster, parts):
        view = desk.view(reader, as_of, asking=Question(ACTION, about, why))
    assert view is not None, "a list has a row at least"
    return view


def _entries(roster: Roster, parts: Sequence[str]) -> Iterator[str]:
    """What the audit keeps: `list.csv sha256:... 300 rows, 1 to 25: ...`."""
    head = f"{roster.filename[:80]} sha256:{roster.digest} {len(roster.rows)} rows"
    room = _ENTRY - len(head) - len(", 100000 to 100000: ")
    first, held, length = 1, list[str](), 0
    for number, row in enumerate(roster.rows, start=1):
        asked = asked_of(row, parts)
        words = asked if isinstance(asked, str) else asked.words
        if held and length + len(words) + len(" | ") > room:
            yield f"{head}, {first} to {number - 1}: {' | '.join(held)}"
            first, held, length = number, [], 0
        held.append(words)
        length += len(words) + len(" | ")
    yield f"{head}, {first} to {len(roster.rows)}: {' | '.join(held)}"


def answers(
    view: View,
    now: datetime,
    roster: Roster,
    parts: Sequence[str],
    *,
    start: int = 0,
    stop: int | None = None,
    top: int,
) -> Iterator[RowAnswer]:
    """The answers to the rows from `start` to `stop`, in their order, each with up to `top` hits.

    Ages count back from the view's moment; `now` is that of a view of the present.
    """
    for place, row in enumerate(roster.rows[start:stop], start=start):
        asked = asked_of(row, parts)
        query = query_in(view, asked, now)
        answer = trace(view.world, query)
        hits = tuple(_found(hit) for hit in answer.hits[:top])
        yield RowAnswer(roster.numbers[place], asked, answer.verdict, hits, query.unread)


def _found(hit: Hit) -> Found:
    return Found(
        id=hit.subject.id,
        name=name_of(hit.subject),
        schema=hit.subject.schema,
        registered=hit.subject.registered,
        probability=hit.probability,
        why="; ".join(f"{reason.words} ({reason.bits:+.1f})" for reason in hit.reasons if reason.bits),
    )


def banner(view: View, roster: Roster, at: str) -> str:
    """The line that stands above every file of answers: the marking, who asked what, and when."""
    day = f" · as of {view.as_of:%Y-%m-%d %H:%M} UTC" if view.as_of else ""
    asked = f"{len(roster.rows)} rows of {roster.filename} (SHA-256 {roster.digest})"
    return f"{view.marking.words} · screened for {view.reader.name} on {at[:16].replace('T', ' ')} UTC{day} · {asked}"


def csv_lines(heading: str, found: Iterable[RowAnswer]) -> Iterator[str]:
    """The answers as CSV: a line with the banner, the column heads, a line per hit, one per row without any.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    yield _line((heading,))
    yield _line(COLUMNS)
    for each in found:
        if not each.hits:
            yield _line((str(each.row), each.words, each.verdict, "", "", "", "", "", ""))
        for rank, hit in enumerate(each.hits, start=1):
            standing = "registered" if hit.registered else "named only"
            cells = (str(each.row), each.words, each.verdict, str(rank), f"{hit.probability:.4f}")
            yield _line((*cells, hit.name, hit.id, standing, hit.why))


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    plain = (cell.encode("utf-8", "replace").decode() for cell in cells)
    csv.writer(out, lineterminator="\r\n").writerow(
        f"'{cell}" if cell[:1] in _STARTS_A_FORMULA and cell else cell for cell in plain
    )
    return out.getvalue()

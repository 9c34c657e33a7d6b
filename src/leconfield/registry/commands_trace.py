"""`leconfield trace --against`: names traced in a file of names, as a table to read or as CSV to go on with."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from leconfield.console import err, out, print_headed, print_json, print_table
from leconfield.errors import BadInputError
from leconfield.registry.nameindex import explain
from leconfield.registry.nameindex.tables import Row, Table, open_table
from leconfield.registry.screening import Match, screen, screened

T = TypeVar("T")
HEAD: Final = ("query_id", "rank", "name_id", "probability")
_PATIENCE: Final = 1.0
"""Seconds after which a long reading shows how far it is."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The file of names to trace in, what its columns are, and where its index is kept."""

    path: Path
    columns: str
    index: Path | None

    def table(self) -> Table:
        """The table in it."""
        return open_table(self.path, self.columns)


def trace_file(listed: Listed, batch: Path, columns: str, top: int) -> None:
    """Print whom of the list each row of a file may mean, as CSV."""
    names, queries = listed.table(), open_table(batch, columns)
    facts = queries.has("born") or queries.has("country")
    lines = csv.writer(sys.stdout, lineterminator="\n")
    with screened(names, listed.index, facts, _watched) as found:
        lines.writerow(HEAD)
        lines.writerows(screen(found, _watched(queries.rows(), "tracing names"), top))


def trace_one(listed: Listed, asked: str, limit: int, *, as_json: bool) -> None:
    """Print whom of the list a name may mean, with reasons."""
    if not asked:
        raise BadInputError("there is nothing to trace; write a name, or give a file of names with --batch")
    names = listed.table()
    with screened(names, listed.index, False, _watched) as found:
        verdict, matches = found.answer(Row("", asked), limit)
        if as_json:
            hits = [{"id": each.id, "name": each.name, "probability": round(each.probability, 6)} for each in matches]
            print_json({"query": asked, "verdict": verdict, "searched": found.search.rows, "hits": hits})
            return
        print_headed(verdict, f": {asked}")
        if matches:
            print_table(("probability", "id", "name", "why"), [_line(asked, each) for each in matches])
        out.print(f"Searched {found.search.rows:,} names in {listed.path.name}, in any spelling, order and script.")


def _line(asked: str, match: Match) -> tuple[object, ...]:
    agreed = explain(asked, match.name)
    reasons = [part.words for part in agreed.parts]
    reasons += [f"{part.title()}: asked for only" for part in agreed.only_left]
    reasons += [f"{part.title()}: in the list only" for part in agreed.only_right]
    return f"{match.probability:.1%}", match.id, match.name, "; ".join(reasons)


def _watched(rows: Iterable[T], what: str) -> Iterator[T]:
    """The rows; once that takes longer than a moment, how many there have been is shown on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=err, transient=True)
    with progress:
        task = progress.add_task(what, total=None, visible=False)
        for done, each in enumerate(rows):
            yield each
            if done % 100 == 0 and (progress.tasks[task].elapsed or 0.0) > _PATIENCE:
                progress.update(task, completed=done, visible=True)

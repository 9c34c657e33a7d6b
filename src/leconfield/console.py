"""The kit of the command line: which desk, as whom, as of when; tables or JSON out; errors that say the fix."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from leconfield.ledger.times import to_moment
from leconfield.ledger.view import View

DeskFolder = Annotated[
    Path, typer.Option("--desk", envvar="LECONFIELD_DESK", help="The desk's folder.", show_default=False)
]
AsWhom = Annotated[str, typer.Option("--as", help="Who is asking: a sign-in name.", show_default=False)]
AsOf = Annotated[
    str, typer.Option("--as-of", help="As it was known at the end of that day, e.g. 1989-03-05.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, never coloured.")]

out = Console(highlight=False, markup=False)
"""What we print is what others wrote: brackets in it are no markup."""
err = Console(stderr=True, highlight=False, markup=False)


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    """The desk in the folder, let go of at the end."""
    desk = Desk.open(folder)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def asking(folder: Path, whom: str, as_of: str, action: str, about: str) -> Iterator[View]:
    """The view of that reader on the desk in the folder, once it is recorded what he asks."""
    moment: datetime | None = to_moment(as_of) if as_of else None
    with opened(folder) as desk:
        yield desk.view(desk.reader(whom), moment, asking=Question(action, about))


def print_json(value: object) -> None:
    """Print a value as JSON on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print rows as a table, as wide as the terminal allows."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(each) for each in row))
    out.print(table)


def print_marking(view: View) -> None:
    """Print the marking of what follows, and the day it is as of."""
    day = f" · as of {view.as_of:%Y-%m-%d %H:%M} UTC" if view.as_of else ""
    print_headed(view.marking.words, day)


def print_headed(head: str, rest: str = "") -> None:
    """Print a line that begins in bold."""
    out.print(Text.assemble((head, "bold"), rest), soft_wrap=True)

"""Commands of incident rooms: a stream of text, line by line, into a room."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Final, TextIO

import typer

from leconfield.console import AsWhom, DeskFolder, opened, out, print_headed
from leconfield.desk.incidents.service import Told, tell
from leconfield.errors import BadInputError
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question

PAUSE: Final = 1.0
"""Seconds between two looks at a file that grows."""
incident = typer.Typer(help="Incident rooms: a stream of text, traced as it comes.", no_args_is_help=True)


@incident.callback()
def rooms() -> None:
    """Incident rooms: a stream of text, traced as it comes."""


@incident.command()
def stream(
    which: Annotated[str, typer.Argument(metavar="ID", help="The room's id, from its address.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text file, or - for standard input.")],
    desk: DeskFolder,
    whom: AsWhom,
    source: Annotated[str, typer.Option(help="Whose words these are, e.g. control room.")] = "",
    label: Annotated[str, typer.Option(help="Who may read them, beside who may know of the room.")] = "",
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Wait for more as the file grows; Ctrl-C ends.")
    ] = False,
) -> None:
    """Bring each line of a text into a room as it comes, and trace the names in it at once."""
    with opened(desk) as at:
        by = at.reader(whom)
        print_headed(at.view(by, asking=Question("incident room, stream", which)).marking.words)
        for line in _lines(file, follow=follow):
            for told in bring(at, whom, which, line, source or _name(file), label):
                out.print(_words(told), soft_wrap=True)


def bring(at: Desk, whom: str, which: str, line: str, source: str, label: str) -> list[Told]:
    """Bring one line, as that officer as he is at this moment; nothing if there is nothing on it."""
    if not line.strip():
        return []
    view = at.view(at.reader(whom), asking=Question("incident room, stream", which))
    return tell(at, view, which, words=line, source=source, label=label)


def _words(told: Told) -> str:
    likeliest = f": {told.likeliest}" if told.likeliest else ""
    return f"{told.name}  {told.verdict}{likeliest}"


def _name(file: str) -> str:
    return "stream" if file == "-" else Path(file).name


def _lines(file: str, *, follow: bool) -> Iterator[str]:
    if file == "-":
        yield from growing(sys.stdin, more=lambda: False)
        return
    try:
        with Path(file).open(encoding="utf-8", errors="replace") as text:
            yield from growing(text, more=_waited if follow else lambda: False)
    except OSError as error:
        raise BadInputError(f"{file} cannot be read ({error.strerror}); give a text file, or -") from error


def _waited() -> bool:
    time.sleep(PAUSE)
    return True


def growing(text: TextIO, more: Callable[[], bool]) -> Iterator[str]:
    """The lines of a text that may grow; a line is whole once its end has come. `more`: whether to look again."""
    held = ""
    while True:
        part = text.readline()
        held += part
        if held.endswith("\n"):
            yield held.rstrip("\r\n")
            held = ""
        elif not part and not more():
            break
    if held:
        yield held

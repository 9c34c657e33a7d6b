"""`leconfield window publish`: the publisher, turn by turn, or once."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from leconfield.errors import LeconfieldError
from leconfield.window.config import Config

PAUSE: Final = 5.0
"""Seconds between two turns."""


def publish(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The window's folder.")],
    once: Annotated[bool, typer.Option("--once", help="One turn, and end.")] = False,
    pause: Annotated[float, typer.Option("--pause", min=0.05, help="Seconds between two turns.")] = PAUSE,
) -> None:
    """Carry releases to their channels until it is stopped. It needs no port; the site serves what platforms fetch."""
    from leconfield.window.publishing.publisher import alone, open_publisher  # noqa: PLC0415 - the others need none

    try:
        with alone(folder):
            made = open_publisher(Config.load(folder))
            if once:
                if not _turn(made.turn):
                    raise typer.Exit(1)
                return
            typer.echo(f"publishing what {folder} is told to: {', '.join(made.settings.channels) or 'no channels yet'}")
            waiting = threading.Event()
            while not waiting.wait(pause):
                _turn(made.turn)
    except LeconfieldError as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(fault.exit_code) from None
    except KeyboardInterrupt:
        typer.echo("stopped; what was begun is on the disk")


def _turn(turn: Callable[[], None]) -> bool:
    """One turn; whether all went well. An error of ours is said without words of others, and the next turn comes."""
    try:
        turn()
    except* LeconfieldError as ours:
        for fault in ours.exceptions:
            sys.stderr.write(f"{fault}\n")
    except* Exception as others:  # noqa: BLE001 - the publisher must not die of one release; where it was is told
        for error in others.exceptions:
            last = traceback.extract_tb(error.__traceback__)[-1]
            sys.stderr.write(f"{type(error).__name__} at {last.filename.rpartition('leconfield/')[2]}:{last.lineno}\n")
    else:
        return True
    return False

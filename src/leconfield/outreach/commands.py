"""Commands of the window's inside: what goes out, what comes in, and the public halves of the keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from leconfield.console import AsWhom, DeskFolder, err, opened, out
from leconfield.ledger.model import Question
from leconfield.outreach import crossing
from leconfield.outreach.keys import hand_out

window = typer.Typer(help="The open side: what goes out to it, what comes in, and itself.", no_args_is_help=True)


@window.command("keys")
def write_keys(
    desk: DeskFolder,
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where the public halves go.")],
) -> None:
    """Write the public halves of a desk's keys: seal.pem to verify what we say, box.pem to seal what is sent to us."""
    with opened(desk) as at:
        for each in hand_out(at, to):
            out.print(str(each), soft_wrap=True)


@window.command("export")
def export_files(
    desk: DeskFolder,
    whom: AsWhom,
    to: Annotated[
        Path, typer.Option("--to", metavar="SPOOL", help="The window's spool folder for what comes in there.")
    ],
) -> None:
    """Write released bundles and orders for the window; repeating it writes what is missing."""
    with opened(desk) as at:
        done = crossing.export(at, at.view(at.reader(whom), asking=Question("window, export")), to)
    out.print(f"{done.files:,} files are in {to}; {done.written:,} of them are new.", soft_wrap=True)
    for title, why in done.held_back:
        err.print(f'held back: "{title}": {why}', style="yellow", soft_wrap=True, markup=False)


@window.command("import")
def import_boxes(
    desk: DeskFolder,
    whom: AsWhom,
    from_: Annotated[Path, typer.Option("--from", metavar="SPOOL", help="Where the window's sealed boxes lie.")],
    aside: Annotated[Path, typer.Option("--aside", metavar="FOLDER", help="Where refused files are put.")],
) -> None:
    """Take sealed boxes in; what is torn or forged is put aside with a line why. Safe to repeat, and to stop."""
    with opened(desk) as at, Progress(console=err) as bar:
        view = at.view(at.reader(whom), asking=Question("window, import"))
        task = bar.add_task("Taking in", total=None)
        done = crossing.import_(
            at, view, from_, aside, progress=lambda number, all_: bar.update(task, completed=number, total=all_)
        )
    out.print(f"{done.taken:,} boxes taken in, {done.again:,} were here already, {len(done.aside):,} put aside.")
    for name, why in (*done.aside, *done.left):
        err.print(f"{name}: {why}", style="yellow", soft_wrap=True, markup=False)

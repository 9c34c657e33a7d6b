"""The command that screens a list of people against a desk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from leconfield.console import AsOf, AsWhom, DeskFolder, err, opened
from leconfield.errors import BadInputError
from leconfield.ledger.times import stamp, to_moment
from leconfield.registry.roster import MOST_BYTES, PARTS, Roster, check_parts, read_roster
from leconfield.registry.screen import VERDICTS, answers, banner, csv_lines, record

MOST_HITS: Final = 50


def screen(
    names: Annotated[Path, typer.Argument(metavar="NAMES", help="A CSV or XLSX table of people.")],
    desk: DeskFolder,
    whom: AsWhom,
    as_of: AsOf = "",
    column: Annotated[
        list[str],
        typer.Option("--column", metavar="PART=HEAD", help=f"What a column means; PART is one of {', '.join(PARTS)}."),
    ] = [],  # noqa: B006 - typer copies it
    top: Annotated[int, typer.Option(min=1, max=MOST_HITS, help="Hits written for each row.")] = 1,
    reason: Annotated[str, typer.Option("--reason", help="Why the list is screened; the audit keeps it.")] = "",
) -> None:
    """Trace everybody on a list; the answers, best first, go to standard output as CSV."""
    with names.open("rb") as file:
        roster = read_roster(file.read(MOST_BYTES + 1), names.name)
    parts = _parts(roster, column)
    check_parts(parts, roster.heads)
    with opened(desk) as found:
        view = record(found, found.reader(whom), to_moment(as_of) if as_of else None, roster, parts, reason)
        now = found.clock()
        made = []
        for each in answers(view, now, roster, parts, top=top):
            made.append(each)
            if len(made) % 1000 == 0:
                err.print(f"{len(made):,} of {len(roster.rows):,} rows answered", style="dim")
        made.sort(key=lambda each: each.rank)
        sys.stdout.writelines(csv_lines(banner(view, roster, stamp(now)), made))
    counted = ", ".join(f"{sum(each.verdict == verdict for each in made):,} {verdict}" for verdict in VERDICTS)
    err.print(f"{len(made):,} rows: {counted}")


def _parts(roster: Roster, columns: list[str]) -> tuple[str, ...]:
    """What each column means: as it was told, or as its head says where nothing was told."""
    if not columns:
        return roster.guessed()
    told: dict[str, str] = {}
    for each in columns:
        part, mark, head = each.partition("=")
        if not mark or part not in PARTS:
            raise BadInputError(f'--column "{each}": write PART=HEAD, PART being one of {", ".join(PARTS)}')
        if head not in roster.heads:
            raise BadInputError(f'"{roster.filename}" has no column "{head}"; it has {", ".join(roster.heads)}')
        told[head] = part
    return tuple(told.get(head, "") for head in roster.heads)

"""The command that loads tables: CSV and XLSX by a saved mapping, and FollowTheMoney lines."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, Final

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from leconfield.console import AsJson, err, opened, out, print_json, print_table
from leconfield.errors import BadInputError, RefusedError
from leconfield.intake.entities import is_ftm, load_ftm
from leconfield.intake.filing import Terms, as_text
from leconfield.intake.loading import Told, load_table
from leconfield.intake.service import QUARANTINED, Outcome, file_paths
from leconfield.intake.tables import (
    Mapping,
    MappingError,
    SavedMappings,
    TableError,
    load_mapping,
    saved_mapping,
    saved_mappings,
)
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.labels import parse as parse_label
from leconfield.ledger.model import Question, Reader

FTM: Final = "ftm"
REFUSED: Final = "refused"


def load(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Tables: CSV, XLSX, FollowTheMoney lines.", show_default=False)
    ] = None,
    mapping: Annotated[
        str, typer.Option(help="What the columns mean: a saved mapping, a file of your own (.toml), or ftm.")
    ] = "",
    desk: Annotated[
        Path | None, typer.Option("--desk", envvar="LECONFIELD_DESK", help="The desk's folder.", show_default=False)
    ] = None,
    whom: Annotated[str, typer.Option("--as", help="Who loads it: a sign-in name.", show_default=False)] = "",
    source: Annotated[str, typer.Option(help="Whose table it is: a codeword.")] = "unknown",
    grade: Annotated[str, typer.Option(help="Its grade, such as B2.")] = "F6",
    label: Annotated[str, typer.Option(help="Who may read it: 'S&SEQUIN'.")] = "",
    listing: Annotated[bool, typer.Option("--list", help="Show the saved mappings and the columns they read.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load tables: each row becomes records and links, by a mapping that says what the columns mean.

    A table is loaded whole or not at all: a row that will not do is named with its column. Of FollowTheMoney files
    (.ftm.jsonl, .jsonl, .ndjson) bad lines are left out, and listed in the quarantine.

    A mapping is a short TOML file: a title, one [[records]] for each thing that a row speaks of (name, schema, and
    columns as column = "property"), and [[links]] between them (left, prop, right, and the columns that say when).
    docs/tables.md tells how to write one; --list shows those that come with the program.
    """
    if listing:
        _list(as_json=as_json)
        return
    if not files or desk is None or not whom:
        raise BadInputError("say which files, into which desk (--desk) and as whom (--as), or --list for the mappings")
    parse_label(label)
    terms = Terms(source, "table", parse_grade(grade), label)
    paths = file_paths(files)
    with opened(desk) as opened_desk:
        reader = opened_desk.reader(whom)
        jobs = [(path, _mapping_for(opened_desk, reader, mapping, path)) for path in paths]
        terms = terms.of(reader)
        opened_desk.check_writable(reader, terms.label)
        outcomes = [_loaded(opened_desk, reader, path, its, terms, quiet=as_json) for path, its in jobs]
    _tell(outcomes, as_json=as_json)
    if any(each.outcome == REFUSED for each in outcomes):
        raise typer.Exit(TableError.exit_code)


def mapping_called(desk: Desk, by: Reader, name: str) -> Mapping:
    """The mapping that comes with the program under that name, one that was saved on the desk, or that in a file.

    Raises:
        MappingError: if there is none, or it does not say what it should.
    """
    if name in saved_mappings():
        return saved_mapping(name)
    if not name.endswith(".toml"):
        view = desk.view(by, asking=Question("saved mapping", name))
        return view.derived(SavedMappings).called(name).mapping
    try:
        return load_mapping(Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f'the mapping "{name}" cannot be read ({error}); check the path') from error


def _mapping_for(desk: Desk, by: Reader, name: str, path: Path) -> Mapping | None:
    """What the columns of the file mean; None for FollowTheMoney lines."""
    if name == FTM or (not name and is_ftm(path.name)):
        return None
    if not name:
        raise BadInputError(
            f'"{path}": say what its columns mean with --mapping; there are {", ".join((*saved_mappings(), FTM))}, '
            "or write your own (docs/tables.md)"
        )
    return mapping_called(desk, by, name)


def _loaded(desk: Desk, by: Reader, path: Path, mapping: Mapping | None, terms: Terms, *, quiet: bool) -> Outcome:
    name = as_text(path.name)
    with path.open("rb") as file, _bar(name, file, path.stat().st_size, quiet=quiet) as told:
        try:
            if mapping is None:
                return load_ftm(desk, by, name, file, terms, told=told)
            return load_table(desk, by, name, file, mapping, terms, told=told)
        except RefusedError:
            raise
        except BadInputError as error:
            return Outcome(name, REFUSED, reason=f"{name}: {error}")


@contextmanager
def _bar(name: str, file: BinaryIO, size: int, *, quiet: bool) -> Iterator[Told]:
    """A bar that shows how far the file has been read, how fast, and how long still."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=quiet or not err.is_terminal, transient=True) as progress:
        task = progress.add_task(f"Loading {name}", total=size, rate="")
        begun = time.monotonic()

        def told(rows: int) -> None:
            rate = rows / max(time.monotonic() - begun, 0.001)
            progress.update(task, completed=file.tell(), rate=f"{rows:,} rows, {rate:,.0f} rows/s")

        yield told


def _tell(outcomes: list[Outcome], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {"file": each.filename, "outcome": each.outcome, "report": each.report, "reason": each.reason}
                for each in outcomes
            ]
        )
        return
    for each in outcomes:
        if each.report:
            out.print(f"{each.outcome}: {each.filename}, report {each.report}", markup=False, soft_wrap=True)
        if each.reason:
            words = each.outcome if each.outcome in (REFUSED, QUARANTINED) else "left out"
            err.print(f"{words}: {each.reason}", markup=False, soft_wrap=True)


def _list(*, as_json: bool) -> None:
    found = [(name, saved_mapping(name)) for name in saved_mappings()]
    if as_json:
        print_json(
            [
                {
                    "name": name,
                    "title": each.title,
                    "columns": sorted(each.columns - each.optional),
                    "optional": sorted(each.optional),
                }
                for name, each in found
            ]
        )
        return
    rows = [
        (name, each.title, ", ".join(sorted(each.columns - each.optional)), ", ".join(sorted(each.optional)))
        for name, each in found
    ]
    print_table(("mapping", "title", "needs the columns", "reads also"), rows)

"""Commands of intake: file reports, search them, extract without a desk."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from leconfield.console import (
    AsJson,
    AsOf,
    AsWhom,
    DeskFolder,
    asking,
    err,
    opened,
    out,
    print_headed,
    print_json,
    print_marking,
)
from leconfield.errors import BadInputError
from leconfield.intake import service
from leconfield.intake.filing import Terms
from leconfield.intake.ftm import of_statements, write_ftm
from leconfield.intake.search import search as search_reports
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.labels import parse as parse_label
from leconfield.ledger.model import Statement, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import LINKS
from leconfield.registry.resolution import Partition


def intake(
    files: Annotated[list[Path], typer.Argument(help="Files, and folders of files.", show_default=False)],
    desk: DeskFolder,
    whom: AsWhom,
    source: Annotated[str, typer.Option(help="Who told us, where a file does not say: a codeword.")] = "unknown",
    channel: Annotated[str, typer.Option(help="How it came: agent, liaison, open, file ...")] = "file",
    grade: Annotated[str, typer.Option(help="Grade where a file bears none, such as B2.")] = "F6",
    label: Annotated[str, typer.Option(help="Who may read it, beside what a file itself asks for: 'S&SEQUIN'.")] = "",
    archive: Annotated[
        bool, typer.Option("--archive", help="Count each report as learnt when it says it was, not today.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """File reports: each is read, kept by its hash, and what it says becomes statements."""
    parse_label(label)
    terms = Terms(source, channel, parse_grade(grade), label, archive)
    paths = service.file_paths(files)
    with opened(desk) as opened_desk:
        outcomes = run(opened_desk, whom, paths, terms, quiet=as_json)
    counts = Counter(each.outcome for each in outcomes)
    if as_json:
        print_json(
            [
                {"file": each.filename, "outcome": each.outcome, "report": each.report, "reason": each.reason}
                for each in outcomes
            ]
        )
        return
    out.print(", ".join(f"{n:,} {outcome}" for outcome, n in sorted(counts.items())) or "no files there")
    for each in outcomes:
        if each.outcome == service.QUARANTINED:
            err.print(f"quarantined: {each.reason}")


def run(desk: Desk, whom: str, paths: list[Path], terms: Terms, *, quiet: bool) -> list[service.Outcome]:
    """File the paths with a bar that shows how many, how fast and how long still."""
    outcomes: list[service.Outcome] = []
    reader = desk.reader(whom)
    columns = (
        "{task.description}",
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=quiet or not err.is_terminal, transient=True) as progress:
        task = progress.add_task("Filing", total=len(paths), rate="")

        def told(outcome: service.Outcome) -> None:
            outcomes.append(outcome)
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:,.0f} files/s" if speed else "")

        service.take_in(desk, reader, paths, terms.of(reader), told)
    return outcomes


def search(
    words: Annotated[list[str], typer.Argument(help='Words that must all occur; "a phrase"; begin*.')],
    desk: DeskFolder,
    whom: AsWhom,
    as_of: AsOf = "",
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the texts of reports."""
    asked = " ".join(words)
    with asking(desk, whom, as_of, "search", asked) as view:
        answer = search_reports(view, asked, limit)
        if as_json:
            print_json(
                {
                    "words": asked,
                    "total": answer.total,
                    "reports": [
                        {
                            "id": each.report.id,
                            "title": each.report.title,
                            "written": each.report.written,
                            "source": each.report.source,
                            "grade": str(each.report.grade),
                            "text": each.snippet.text,
                        }
                        for each in answer.found
                    ],
                }
            )
            return
        print_marking(view)
        out.print(f"{answer.total:,} reports hold all of it")
        for each in answer.found:
            out.print()
            print_headed(each.report.id, f"  {each.report.written}  {each.report.source}  {each.report.grade}")
            out.print(each.snippet.text.replace("\n", " "))


def exported(view: View) -> Iterator[str]:
    """The subjects of a view with what is said of them, as lines of FollowTheMoney."""
    partition = view.derived(Partition)

    def merged(each: Statement) -> Statement:
        value = each.value
        if each.prop in LINKS and SubjectId(value) in view.world.by_subject:
            value = partition.subject_of(SubjectId(value)).id
        return replace(each, subject=partition.subject_of(each.subject).id, value=value)

    return write_ftm(*of_statements(merged(each) for each in view.statements()))


def extract(
    source: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help='One {"id", "text"} a line; - for standard input.')
    ],
    form: Annotated[str, typer.Option("--format", help="entities or incidents.")] = "entities",
) -> None:
    """Read mentions or incidents out of texts, one JSON object a line; needs no desk."""
    record = _recorder(form)
    for line_id, text in _lines(source):
        sys.stdout.write(json.dumps(record(line_id, text), ensure_ascii=False) + "\n")


def _recorder(form: str) -> Callable[[str, str], dict[str, object]]:
    """What writes one text's mentions or incidents; its models are loaded only when they are needed."""
    if form == "entities":
        from leconfield.intake.extraction.pipeline import entities_record  # noqa: PLC0415

        return entities_record
    if form == "incidents":
        from leconfield.intake.extraction.incidents import incidents_record  # noqa: PLC0415

        return incidents_record
    raise BadInputError(f'format "{form}" is not one; choose entities or incidents')


def _lines(source: Path) -> Iterator[tuple[str, str]]:
    with sys.stdin.buffer if str(source) == "-" else source.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _line(line, f"{source}, line {number}")


def _line(line: bytes, where: str) -> tuple[str, str]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
        line_id, text = fields.get("id", fields.get("docid")), fields.get("text", fields.get("doctext"))
    except (ValueError, AttributeError, RecursionError) as error:
        raise BadInputError(f'{where}: {error}; write one {{"id", "text"}} a line') from error
    if line_id is None or not isinstance(text, str):
        raise BadInputError(f'{where}: it lacks an "id", or a "text" that is one; write one {{"id", "text"}} a line')
    return _whole(str(line_id)), _whole(text)


def _whole(words: str) -> str:
    """Text without half characters, which JSON can write but no file can hold; every position stays what it was."""
    return words.encode("utf-8", "replace").decode()

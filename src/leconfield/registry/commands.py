"""Commands of the registry: trace, show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from leconfield.console import (
    AsJson,
    AsOf,
    AsWhom,
    DeskFolder,
    asking,
    out,
    print_headed,
    print_json,
    print_marking,
    print_table,
)
from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.desk import now
from leconfield.ledger.model import Assertion, Report, ReportId, Statement, SubjectId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import LINKS, words_for
from leconfield.registry.chips import ends_of, name_of, shown, statements_of
from leconfield.registry.lookup import subject_at
from leconfield.registry.query import query_in
from leconfield.registry.subjects import Subject
from leconfield.registry.trace import Answer, Hit
from leconfield.registry.trace import trace as trace_names


def trace(
    words: Annotated[
        list[str],
        typer.Argument(help="A name in any script, a number, a plate; or all of them.", show_default=False),
    ] = [],  # noqa: B006 - typer copies it
    desk: Annotated[
        Path | None, typer.Option("--desk", envvar="LECONFIELD_DESK", help="The desk's folder.", show_default=False)
    ] = None,
    whom: Annotated[str, typer.Option("--as", help="Who is asking: a sign-in name.", show_default=False)] = "",
    as_of: AsOf = "",
    limit: Annotated[int, typer.Option(min=1, help="How many hits to show.")] = 10,
    as_json: AsJson = False,
    against: Annotated[
        Path | None, typer.Option(help="Trace in this CSV or Parquet file; no desk is needed.", show_default=False)
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(help="Trace every name of this file, too; answers as CSV.", show_default=False)
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many hits for each name of the file.")] = 20,
    columns: Annotated[
        str, typer.Option(help="What the columns are: id=COLUMN,name=First+Last,born=COLUMN,country=COLUMN.")
    ] = "",
    query_columns: Annotated[str, typer.Option(help="The same for the file of names to trace.")] = "",
    index: Annotated[
        Path | None, typer.Option(help="Keep the index of the file in this folder.", show_default=False)
    ] = None,
) -> None:
    """Is this known to us? The answer of record; or, with --against, whom of a list it may be."""
    asked = " ".join(words).strip()
    if against is not None:
        from leconfield.registry import commands_trace  # noqa: PLC0415 - a desk need not load compiled code

        listed = commands_trace.Listed(against, columns, index)
        if batch is not None:
            commands_trace.trace_file(listed, batch, query_columns, top)
        if asked or batch is None:
            commands_trace.trace_one(listed, asked, limit, as_json=as_json)
        return
    if batch is not None:
        raise BadInputError("--batch traces a file of names in another file: say which with --against NAMES.csv")
    if desk is None or not whom:
        missing = "--desk" if desk is None else "--as"
        raise BadInputError(
            f"Missing option {missing}, or --against NAMES.csv to trace in a file; "
            '"leconfield trace --help" says how it is used'
        )
    if not asked:
        raise BadInputError("there is nothing to trace; write a name, a number or a plate")
    with asking(desk, whom, as_of, "trace", asked) as view:
        query = query_in(view, asked, now())
        answer = trace_names(view.world, query, stamp(view.as_of) if view.as_of else "")
        if as_json:
            print_json(_answer(answer, limit))
            return
        print_marking(view)
        print_headed(answer.verdict, f": {asked}")
        if query.more_than_a_name or query.unread:
            out.print("; ".join(f"{each.label.lower()}: {each.words}" for each in query.chips))
        if query.unread:
            out.print(f"Not used: {', '.join(query.unread)}.")
        print_table(("probability", "subject", "standing", "id", "why"), [_hit_row(hit) for hit in answer.hits[:limit]])
        searched = answer.searched
        out.print(
            f"Searched {searched.records:,} records and {searched.reports:,} reports: {'; '.join(searched.ways)}."
        )


def _hit_row(hit: Hit) -> tuple[object, ...]:
    standing = "registered" if hit.subject.registered else "named only"
    reasons = "; ".join(reason.words for reason in hit.reasons)
    return f"{hit.probability:.0%}", name_of(hit.subject), standing, hit.subject.id, reasons


def _answer(answer: Answer, limit: int) -> dict[str, object]:
    return {
        "query": answer.query.text,
        "read": [{"part": each.part, "said": each.said, "words": each.words} for each in answer.query.chips],
        "not used": list(answer.query.unread),
        "verdict": answer.verdict,
        "searched": asdict(answer.searched),
        "hits": [
            {
                "id": hit.subject.id,
                "name": hit.subject.name,
                "schema": hit.subject.schema,
                "registered": hit.subject.registered,
                "probability": round(hit.probability, 4),
                "reasons": [{"words": each.words, "bits": round(each.bits, 2)} for each in hit.reasons],
                "statements": list(hit.matched),
            }
            for hit in answer.hits[:limit]
        ],
    }


def show(
    which: Annotated[str, typer.Argument(metavar="ID", help="A subject's or a report's id.")],
    desk: DeskFolder,
    whom: AsWhom,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show a subject or a report with its statements and sources."""
    with asking(desk, whom, as_of, "show", which) as view:
        report = view.world.reports.get(ReportId(which))
        if report is not None:
            _show_report(view, report, as_json=as_json)
            return
        try:
            subject = subject_at(view, which)
        except NotFoundError:
            raise NotFoundError(f'nothing by the id "{which}" is known here; trace a name to find one') from None
        _show_subject(view, subject, as_json=as_json)


def _show_report(view: View, report: Report, *, as_json: bool) -> None:
    statements = view.statements(report=report.id)
    if as_json:
        fields = {**asdict(report), "grade": str(report.grade), "label": view.label_of(report.label)}
        ends = ends_of(view, statements)
        print_json({"report": fields, "statements": [_statement(view, ends, each) for each in statements]})
        return
    print_marking(view)
    print_headed(report.title, f"  {report.source}  {report.grade}  written {report.written or 'no date'}")
    out.print(report.text)
    _print_statements(view, statements)


def _show_subject(view: View, subject: Subject, *, as_json: bool) -> None:
    statements = statements_of(view, subject)
    if as_json:
        ends = ends_of(view, statements)
        print_json({"subject": asdict(subject), "statements": [_statement(view, ends, each) for each in statements]})
        return
    print_marking(view)
    print_headed(name_of(subject), f"  {subject.schema}  {len(subject.records)} records  {subject.id}")
    _print_statements(view, statements)


def _print_statements(view: View, statements: list[Statement]) -> None:
    ends = ends_of(view, statements)
    rows = [
        (
            words_for(each.prop),
            shown(_value(ends, each)),
            each.grade,
            each.held.words,
            _said_how(each.assertion),
            view.world.reports[each.report].source if each.report in view.world.reports else "",
            each.report,
        )
        for each in statements
    ]
    print_table(("property", "value", "grade", "when true", "said how", "source", "report"), rows)


def _said_how(assertion: Assertion) -> str:
    if assertion.plain:
        return ""
    return " ".join(filter(None, (assertion.polarity, assertion.modality, assertion.asserter)))


def _value(ends: Mapping[SubjectId, Subject], statement: Statement) -> str:
    end = ends.get(SubjectId(statement.value)) if statement.prop in LINKS else None
    return end.name if end else statement.value


def _statement(view: View, ends: Mapping[SubjectId, Subject], statement: Statement) -> dict[str, object]:
    fields = {**asdict(statement), "grade": str(statement.grade), "label": view.label_of(statement.label)}
    return {**fields, "value_name": _value(ends, statement)} if statement.prop in LINKS else fields

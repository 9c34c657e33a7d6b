"""Investigations on paper: the case file and the grid as documents to be printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leconfield.desk.investigations.analysis import matrix_of
from leconfield.desk.investigations.grid import Grid, Square
from leconfield.desk.investigations.model import LEAD, REPORT, SUBJECT, Action, Investigation, Link
from leconfield.desk.investigations.rules import due, is_overdue
from leconfield.desk.investigations.telling import told
from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.printing import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Reference,
    Span,
    Table,
    Text,
)
from leconfield.printing.model import A4, moment_words
from leconfield.registry.chips import name_of
from leconfield.registry.lookup import subjects_in

_VIEW: Final = "What stands here is what its reader may know; others may know more."


def case_file(view: View, found: Investigation) -> Document:
    """The whole investigation, as the view has it."""
    blocks: list[Block] = [
        Paragraph(_VIEW, quiet=True),
        Facts(tuple(_facts(view, found))),
        *_actions(view, found),
        *_decisions(found),
        *_links(view, found),
        *_hypotheses(view, found),
        Heading("Timeline"),
        _timeline(found),
    ]
    return _document(view, found.title, tuple(blocks), references=tuple(_references(view, found)))


def _document(
    view: View,
    title: str,
    blocks: tuple[Block, ...],
    references: tuple[Reference, ...] = (),
    *,
    landscape: bool = False,
    size: str = A4,
) -> Document:
    as_of = stamp(view.as_of) if view.as_of else ""
    return Document(
        title, view.marking, view.reader.persona, view.moment, blocks, as_of, references, landscape=landscape, size=size
    )


def _facts(view: View, found: Investigation) -> Iterable[tuple[str, Text]]:
    yield "Opened", f"{moment_words(found.at)} by {found.by}: {found.reason}"
    if found.closed:
        yield "Closed", found.closing
    yield "Lead officer", found.lead
    if found.team:
        yield "Team", ", ".join(found.team)
    yield "Need to know", view.label_of(found.label)
    for each in found.priorities[-1:]:
        review = f"{each.reviewed_by} {each.verdict}: {each.review}" if each.verdict else f"waits for {each.reviewer}"
        yield "Priority", (Span(each.level, strong=True), Span(f", {each.by}: {each.reason} (review: {review})"))


def _actions(view: View, found: Investigation) -> Iterable[Block]:
    if not found.actions:
        return
    columns = (Column("Action", 4), Column("Who", 1), Column("Due", 1.6), Column("State", 3))
    rows = tuple((each.words, each.owner, _due(each, view.moment), _outcome(each)) for each in found.actions)
    yield Heading("Actions")
    yield Table(columns, rows)


def _due(action: Action, moment: str) -> Text:
    standing = due(action, moment)
    words = moment_words(action.due)
    if standing.state == "overdue":
        return Span(f"{words}, {standing.words}", strong=True, grave=True)
    return words


def _outcome(action: Action) -> str:
    return f"{action.state}: {action.outcome}" if action.outcome else action.state


def _decisions(found: Investigation) -> Iterable[Block]:
    if not found.decisions:
        return
    columns = (Column("When", 1.5), Column("Who", 1), Column("What was decided", 3), Column("Why, and on what", 4))
    yield Heading("Decisions")
    yield Table(
        columns,
        tuple((moment_words(each.at), each.by, each.what, _why(each.why, each.rests)) for each in found.decisions),
    )


def _why(why: str, rests: Iterable[str]) -> Text:
    return (Span(why), *(Span(f" [{each[:8]}]", mono=True, report=each) for each in rests))


def _links(view: View, found: Investigation) -> Iterable[Block]:
    if not found.links:
        return
    subjects = subjects_in(view.world, [SubjectId(each.target) for each in found.linked(SUBJECT)])
    names = {record: name_of(subject) for record, subject in subjects.items()}
    yield Heading("What belongs to it")
    yield Listing(tuple(_link(view, each, names) for each in found.links))


def _link(view: View, link: Link, names: dict[SubjectId, str]) -> Text:
    reason = Span(f": {link.reason} ({link.by}, {moment_words(link.at)})")
    if link.kind == SUBJECT:
        return Span("subject "), Span(names.get(SubjectId(link.target), "no name known here"), strong=True), reason
    if link.kind == REPORT:
        report = view.world.reports.get(ReportId(link.target))
        title = report.title if report else link.target
        return Span("report "), Span(title, strong=True, report=link.target), reason
    if link.kind == LEAD:
        return Span("lead "), Span(lead_title(view, link.target), strong=True), reason
    return Span("chart "), Span(link.title, strong=True), reason


def lead_title(view: View, lead: str) -> str:
    """What a lead is called."""
    opened = (each for each in view.world.entries if each.about == lead and each.kind == "lead opened")
    return next((each.body.get("title", "") for each in opened), "") or f"lead {lead[:8]}"


def _hypotheses(view: View, found: Investigation) -> Iterable[Block]:
    if not found.held:
        return
    matrix = matrix_of(view, found)
    letters = [chr(ord("A") + place) for place in range(len(matrix.heads))]
    yield Heading("Hypotheses and evidence")
    yield Paragraph(
        "The less speaks against a hypothesis, the better it stands. Evidence that tells best stands first."
    )
    yield Facts(
        tuple(
            (f"{letter}, place {each.standing.place}", f"{each.hypothesis.words} ({each.standing.against:.2f} against)")
            for letter, each in zip(letters, matrix.heads, strict=True)
        )
    )
    columns = (Column("Evidence", 5), *(Column(each, 1.1) for each in letters), Column("Tells", 0.8, number=True))
    rows = tuple(
        (
            _evidence(line.evidence.words, line.evidence.report),
            *(cell.opinion.mark if cell.opinion else "–" for cell in line.cells),
            f"{line.sensitivity.diagnosticity:.2f}" + (" !" if line.sensitivity.changes else ""),
        )
        for line in matrix.lines
    )
    yield Table(columns, rows, small=True)
    if any(line.sensitivity.changes for line in matrix.lines):
        yield Paragraph("!: were this piece false, another hypothesis would stand first.", quiet=True)


def _evidence(words: str, report: str) -> Text:
    return (Span(words), Span(f" [{report[:8]}]", mono=True, report=report)) if report else words


def _timeline(found: Investigation) -> Table:
    columns = (Column("When", 2), Column("Who", 1), Column("What", 3), Column("In his words", 3.5))
    rows = tuple((moment_words(each.at), each.by, each.what, each.words) for each in reversed(told(found)))
    return Table(columns, rows, small=True)


def _references(view: View, found: Investigation) -> Iterable[Reference]:
    cited = [each.target for each in found.linked(REPORT)]
    cited += [one for each in found.decisions for one in each.rests]
    cited += [each.report for each in found.evidence if each.report]
    for each in dict.fromkeys(cited):
        report = view.world.reports.get(ReportId(each))
        if report is not None:
            yield Reference(report.id, report.title, report.source, report.written, str(report.grade))


def grid_paper(view: View, grid: Grid, size: str) -> Document:
    """The week's grid, across the page."""
    columns = (
        Column("Priority", 0.9),
        Column("Investigation", 2.4),
        Column("What changed this week", 3.6),
        Column("What is due", 3),
        Column("Who decides", 1.6),
    )
    week = f"{moment_words(grid.since[:10])} to {moment_words(grid.until[:10])}"
    rows = tuple(_square_row(each, grid.until) for each in grid.squares)
    more = f" {grid.more} more are open." if grid.more else ""
    blocks = (
        Paragraph(f"Open investigations of the highest priority; the week {week}.{more} {_VIEW}", quiet=True),
        Table(columns, rows, small=size == A4) if rows else Paragraph("No investigation is open."),
    )
    return _document(view, "The grid", blocks, landscape=True, size=size)


def _square_row(square: Square, moment: str) -> tuple[Text, ...]:
    found = square.investigation
    reviewed = found.priorities[-1].verdict if found.priorities else ""
    changed = list(square.changes)
    if square.reports:
        changed.append(f"{square.reports} new report{'s' if square.reports > 1 else ''} on its subjects")
    return (
        (Span(found.priority or "none", strong=True), Span(f"\n{reviewed or 'not reviewed'}")),
        (Span(found.title, strong=True), Span(f"\n{found.lead}")),
        "\n".join(changed) or "Nothing",
        _due_words(square, moment),
        (Span(square.decides, strong=True), Span(f"\n{square.why}")),
    )


def _due_words(square: Square, moment: str) -> Text:
    found: list[Span] = []
    for each in square.due:
        late = is_overdue(each, moment)
        start = "\n" if found else ""
        when = f"{start}{moment_words(each.due)}, {due(each, moment).words}: "
        found += [Span(when, strong=late, grave=late), Span(f"{each.words} ({each.owner})")]
    if square.later:
        found.append(Span(f"\nand {square.later} more"))
    return tuple(found) or "Nothing"

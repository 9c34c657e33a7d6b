"""The observation log on paper: every line with its seal, and how anybody checks that none was changed or left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from leconfield.authority import profile
from leconfield.authority.state import authorities
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.printing import Block, Column, Document, Facts, Heading, Paragraph, Span, Table, Text
from leconfield.printing.model import moment_words
from leconfield.surveillance import rules
from leconfield.surveillance.model import FIRST, Line, Operation

HOW: Final = (
    "Each line bears a seal: SHA-256 over the seal of its device's line before, and all that it says, as canonical"
    " JSON. A line that was changed, left out or put in has another seal than the one that the next line follows. Each "
    "line is also an entry of the desk's ledger, whose audit log is signed and can be checked with public tools."
)
_COLUMNS: Final = (
    Column("No.", 0.5),
    Column("Written", 1.3),
    Column("By", 0.8),
    Column("Where", 1.6),
    Column("Seen", 4.2),
    Column("Seal", 1.6),
)


def faults(operation: Operation) -> tuple[str, ...]:
    """What does not fit together in a log as it is held: seals, gaps, lines that follow another than they say."""
    found, heads = [], dict[str, tuple[int, str]]()
    for each in sorted(operation.lines, key=lambda line: (line.written.device, line.written.number)):
        line = each.written
        number, head = heads.get(line.device, (0, FIRST))
        if line.seal != rules.seal_of(line):
            found.append(f"line {line.number} of {line.device} is not what was sealed")
        if (line.number, line.follows) != (number + 1, head):
            found.append(f"line {line.number} of {line.device} does not follow line {number}")
        heads[line.device] = (line.number, line.seal)
    return tuple(found)


def paper_of(view: View, operation: Operation) -> Document:
    """The whole log as a document for court; lines about bystanders whose time is over are counted, not told."""
    lines = rules.in_order(operation.lines)
    told = rules.shown(lines, view.moment)
    blocks: list[Block] = [Facts(tuple(_facts(view, operation, lines))), Heading("Team"), _team(operation)]
    if operation.briefing:
        blocks += [Heading("Briefing"), Paragraph(operation.briefing)]
    blocks += [Heading("Observation log")]
    blocks += [Table(_COLUMNS, tuple(_row(each) for each in told), small=True)] if told else [Paragraph("Nothing yet.")]
    if len(told) < len(lines):
        gone = len(lines) - len(told)
        blocks.append(Paragraph(f"{gone} about people who merely were there: their time is over.", quiet=True))
    blocks += [Heading("How to check it"), Paragraph(HOW), *_check(operation)]
    title = f"Operation {operation.name}: observation log"
    return Document(title, view.marking, view.reader.persona, view.moment, tuple(blocks), "", ())


def _facts(view: View, operation: Operation, lines: list[Line]) -> Iterable[tuple[str, Text]]:
    yield "About", Span(operation.about, mono=True)
    yield "Planned", moment_words(operation.planned)
    if operation.closed:
        yield "Closed", moment_words(operation.closed)
    known = authorities(view).by_id
    for which in sorted({each.authority for each in lines if each.authority}):
        found = known.get(EntryId(which))
        words = (
            f"{profile.shipped().kind(found.kind).name}, until {moment_words(found.until)}" if found else "not shown"
        )
        yield "Authority", (Span(f"{which[:12]} ", mono=True), Span(words))
    loose = sum(not each.authority for each in lines)
    yield "Lines", f"{len(lines)}" + (f", {loose} of them written while no authority was live" if loose else "")


def _team(operation: Operation) -> Block:
    columns = (Column("Call sign", 1.5), Column("Role", 3.0))
    rows = tuple((each.call_sign, each.role) for each in sorted(operation.team, key=lambda one: one.call_sign))
    return Table(columns, rows) if rows else Paragraph("Nobody was named.")


def _row(line: Line) -> tuple[Text, ...]:
    said = line.written
    where = said.place
    if said.latitude and said.longitude:
        where = f"{where}\n{said.latitude}, {said.longitude}".strip()
    marks = [
        *(["about somebody who merely was there"] if said.collateral else []),
        *([] if line.authority else ["no authority was live"]),
        *(f"picture {each[:12]}" for each in said.pictures),
    ]
    seen: Text = (Span(said.seen), *(Span(f"\n{each}", emphasis=True) for each in marks))
    seal = Span(f"{said.device[:8]} {said.seal[:16]}", mono=True)
    return (str(said.number), moment_words(said.at), said.by, where, seen, seal)


def _check(operation: Operation) -> Iterable[Block]:
    wrong = faults(operation)
    if wrong:
        yield Paragraph("; ".join(wrong).capitalize() + ".", boxed=True)
        return
    devices: dict[str, int] = defaultdict(int)
    for each in operation.lines:
        devices[each.written.device] += 1
    held = ", ".join(f"{count} of device {device[:8]}" for device, count in sorted(devices.items()))
    yield Paragraph(
        f"As printed every seal fits, and no line is missing between the first and the last: {held or 'none'}."
    )
    if operation.heads:
        rows = tuple(
            (Span(each, mono=True), Span(seal, mono=True)) for each, (_, seal) in sorted(operation.heads.items())
        )
        yield Table((Column("Device", 1.5), Column("Last seal", 5.0)), rows, small=True)

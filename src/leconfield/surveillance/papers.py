"""Operations on paper: the log with its seals and how anybody checks them, and the briefing sheet."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pypdf import PdfReader, PdfWriter

from leconfield.authority import profile
from leconfield.authority.model import Authority
from leconfield.authority.state import authorities
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.printing import Block, Column, Document, Facts, Heading, Listing, Paragraph, Span, Table, Text, pdf
from leconfield.printing.model import moment_words
from leconfield.surveillance import rules
from leconfield.surveillance.evidence import FILE, as_json, chain_faults
from leconfield.surveillance.model import QUICK, Line, Operation
from leconfield.surveillance.standing import stands

_COMMAND: Final = f"leconfield operation verify {FILE}"
_BY_COMMAND: Final = f"Save the file {FILE} that is attached to this paper as PDF, and run: {_COMMAND}"
_BY_HAND: Final = (
    "By hand: the commitment of a line (said) is SHA-256 over the JSON list of its salt, seen, place, latitude, "
    "longitude and pictures, without spaces, in UTF-8. Its seal is SHA-256 over the JSON list of the words "
    f'"{rules.FORMAT}", operation, follows, device, number, at, by, collateral and said.'
)
_CHAIN: Final = (
    "Each line follows the seal of its device's line before; the first follows 64 zeros. One that was changed, left "
    "out or put in does not fit."
)
_LOGGED: Final = (
    "That none was written afterwards is in the desk's audit log, which is signed: it has an act for the entry of each "
    "line, and before it the last seal of its device. With the published log and its key: "
    f"{_COMMAND} --audit FOLDER --key audit.pub; or any tool that reads C2SP tlog-tiles."
)
_APART: Final = (
    "Words about people who merely were there are in no file: the seals of those lines cover the commitment, and "
    "verify without them."
)
HOW: Final[tuple[Text, ...]] = (_BY_COMMAND, _BY_HAND, _CHAIN, _LOGGED, _APART)
"""How anybody checks the log; a test does what is written here."""
_COLUMNS: Final = (
    Column("No.", 0.5),
    Column("Written", 1.5),
    Column("By", 0.9),
    Column("Where", 1.6),
    Column("Seen", 4.0),
    Column("Seal", 1.6),
)


def faults(operation: Operation) -> tuple[str, ...]:
    """What does not fit together in a log as it is held: seals, gaps, lines that follow another than they say."""
    return chain_faults(each.written for each in operation.lines)


def paper_of(view: View, operation: Operation) -> Document:
    """The whole log as a document for court; of lines about bystanders the seal alone."""
    lines = rules.in_order(operation.lines)
    blocks: list[Block] = [Facts(tuple(_facts(view, operation, lines))), Heading("Team"), _team(operation)]
    if operation.briefing:
        blocks += [Heading("Briefing"), Paragraph(operation.briefing)]
    rows = tuple(_row(each, view.moment) for each in lines)
    blocks += [Heading("Observation log"), Table(_COLUMNS, rows, small=True) if rows else Paragraph("Nothing yet.")]
    blocks += [Heading("How to check it"), Listing(HOW, numbered=True), *_check(operation)]
    return _document(view, f"Operation {operation.name}: observation log", blocks)


def evidential_pdf(view: View, operation: Operation) -> bytes:
    """The log as PDF, with the file to check it by attached; the same bytes for the same view."""
    plain = PdfReader(io.BytesIO(pdf(paper_of(view, operation))))
    writer = PdfWriter(clone_from=plain)
    writer.add_attachment(FILE, as_json(view, operation))
    writer.add_metadata({"/Producer": "Leconfield"})
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def briefing_of(view: View, operation: Operation) -> Document:
    """What a team takes along: what may be done and until when, who is who, what is logged with one press."""
    how = stands(view, operation)
    blocks: list[Block] = [Paragraph(f"{str(how.standing).capitalize()}.", boxed=True)]
    if how.authority:
        blocks += [Heading("What is permitted"), Facts(tuple(_permitted(how.authority)))]
    blocks += [Heading("Briefing"), Paragraph(operation.briefing or "Not yet written.")]
    blocks += [Heading("Team"), _team(operation)]
    blocks += [Heading("Logged with one press"), Paragraph(", ".join(QUICK.values()))]
    blocks += [Heading("Always"), Listing(_ALWAYS)]
    return _document(view, f"Operation {operation.name}: briefing", blocks)


_ONCE: Final = (
    "Write what you see when you see it, with the place. A line stands once it is written: a mistake is put right by "
    "another line, never by changing the first."
)
_BYSTANDERS: Final = (
    "Somebody who merely is there is marked so; what is said of him is destroyed after "
    f"{rules.COLLATERAL_KEPT.days} days."
)
_ALWAYS: Final[tuple[Text, ...]] = (
    _ONCE,
    _BYSTANDERS,
    "Without a connexion go on writing: lines wait on the device, sealed, and are sent once.",
    "Once the authority has ended, stop. What was seen already may still be written; it is marked.",
)


def _permitted(authority: Authority) -> Iterable[tuple[str, Text]]:
    kind = profile.shipped().kind(authority.kind)
    yield "Authority", (Span(f"{authority.id[:12]} ", mono=True), Span(kind.name))
    yield "Until", moment_words(authority.until)
    yield "Conduct", authority.particulars["conduct"]
    yield "Who else may be intruded on", authority.particulars["collateral"]
    yield "Confidential material", authority.particulars["confidential"]
    for each in authority.conditions:
        yield "Condition", each


def _document(view: View, title: str, blocks: Iterable[Block]) -> Document:
    as_of = stamp(view.as_of) if view.as_of else ""
    return Document(title, view.marking, view.reader.persona, view.moment, tuple(blocks), as_of)


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


def _row(line: Line, moment: str) -> tuple[Text, ...]:
    written, when = line.written, _seconds(rules.when_of(line))
    if line.ahead:
        fast = "ahead" if line.ahead > 0 else "behind"
        when += f"\nits clock, {abs(line.ahead)} s {fast}, said {_seconds(written.at)}"
    seal = Span(f"{written.device[:8]} {written.seal[:16]}", mono=True)
    where, seen = _said(line, moment)
    if not line.authority:
        seen = (*seen, Span("\nno authority was live", emphasis=True))
    return (str(written.number), when, written.by, where, seen, seal)


def _said(line: Line, moment: str) -> tuple[str, tuple[Span, ...]]:
    """Where, and what was seen; of a bystander neither."""
    says = line.written.says
    if says is None:
        until = rules.kept_until(line)
        day = moment_words(stamp(until)[:10])
        words = f"kept apart until {day}" if moment <= stamp(until) else f"destroyed after {day}"
        return "", (Span(f"About somebody who merely was there; the words were {words}.", emphasis=True),)
    at = f"{says.latitude}, {says.longitude}" if says.latitude else ""
    pictures = (Span(f"\npicture {each[:12]}", emphasis=True) for each in says.pictures)
    return "\n".join(each for each in (says.place, at) if each), (Span(says.seen), *pictures)


def _seconds(moment: str) -> str:
    """A moment to the second: lines of one minute have an order."""
    return f"{moment_words(moment[:10])}, {moment[11:19]}"


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

"""The answer of record on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from leconfield.desk.incidents.events import REPORT, Event
from leconfield.desk.incidents.reads import OURS, ReadBy
from leconfield.desk.incidents.record import OTHERS, AnswerOfRecord, Known
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.printing import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Reference,
    Span,
    Table,
    Text,
)
from leconfield.printing.model import moment_words


def paper_of(view: View, answer: AnswerOfRecord, reads: Sequence[ReadBy], things: Mapping[str, str]) -> Document:
    """The answer of record as a document; `things`: what each thing that was read is called."""
    blocks: list[Block] = [Paragraph(OTHERS, boxed=True), Facts(tuple(_facts(answer)))]
    if answer.attack:
        blocks += _part(view, f"Before the attack ({moment_words(answer.attack)})", answer.before, answer)
        blocks += _part(view, "Since the attack", answer.after, answer)
    else:
        blocks += _part(view, "What was known, and decided", answer.before, answer)
    blocks += [Heading("Who had read it"), Paragraph(OURS, quiet=True), *_reads(reads, things)]
    references = tuple(
        Reference(each.id, each.title, each.source, each.written, str(each.grade)) for each in answer.reports
    )
    as_of = stamp(view.as_of) if view.as_of else ""
    title = f"Answer of record: {answer.names}"
    return Document(title, view.marking, view.reader.persona, view.moment, tuple(blocks), as_of, references)


def _facts(answer: AnswerOfRecord) -> Iterable[tuple[str, Text]]:
    for each in answer.known:
        yield each.name, _verdict(each)


def _verdict(known: Known) -> Text:
    if known.then is None:
        return Span(known.now.words, strong=True)
    return (
        Span("When the attack came: "),
        Span(known.then.words, strong=True),
        Span("\nNow: "),
        Span(known.now.words),
    )


def _part(view: View, title: str, events: Sequence[Event], answer: AnswerOfRecord) -> Iterable[Block]:
    yield Heading(title)
    if not events:
        yield Paragraph("Nothing that this reader may know.")
        return
    several = len(answer.known) > 1
    columns = (Column("Learnt or decided", 1.5), Column("True of", 1.2), Column("By whom", 1.2), Column("What", 5.4))
    yield Table(columns, tuple(_row(view, each, several=several) for each in events), small=True)


def _row(view: View, event: Event, *, several: bool) -> tuple[Text, ...]:
    return (moment_words(event.learnt), moment_words(event.true), event.who, _what(view, event, several=several))


def _what(view: View, event: Event, *, several: bool) -> Text:
    found = [Span(event.what, strong=event.kind == REPORT)]
    if event.report:
        found.append(Span(f" [{event.report[:8]}] {event.grade}", mono=True, report=event.report))
    if several and event.about:
        found.append(Span(f" ({event.about})"))
    if event.words:
        found.append(Span(f"\n“{event.words}”", emphasis=event.kind != REPORT))
    if event.details:
        found.append(Span(f"\n{'; '.join(event.details)}"))
    label = view.label_of(event.label)
    return (*found, Span(f"\n{label}", mono=True)) if label else tuple(found)


def _reads(reads: Sequence[ReadBy], things: Mapping[str, str]) -> Iterable[Block]:
    if not reads:
        yield Paragraph("No such read.")
        return
    columns = (
        Column("Who", 1),
        Column("What", 3.6),
        Column("First", 1.8),
        Column("Last", 1.8),
        Column("Times", 0.8, number=True),
    )
    rows = tuple(
        (each.actor, things.get(each.thing, ""), moment_words(each.first), moment_words(each.last), f"{each.times:,}")
        for each in reads
    )
    yield Table(columns, rows, small=True)

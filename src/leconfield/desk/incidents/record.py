"""The answer of record: what was known of somebody, since when, from which reports, who decided what on it.

Computed in the view of whoever asks and from nothing else, as a chronology in two times: when something was true, and
when we learnt it. What others may know is neither here nor hinted at (`OTHERS`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from leconfield.desk.incidents.decisions import decisions_on
from leconfield.desk.incidents.events import REPORT, Event
from leconfield.desk.incidents.rules import first_moment
from leconfield.desk.incidents.saying import said_in
from leconfield.desk.incidents.verdicts import Verdict, verdict_of
from leconfield.ledger.model import Entry, Report, ReportId, Statement
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import NAMES
from leconfield.ledger.world import Delta, World
from leconfield.registry.chips import ends_of, name_of, statements_of
from leconfield.registry.mentions import occurrences
from leconfield.registry.service import REGISTERED
from leconfield.registry.subjects import Subject
from leconfield.web.reading import sentence_around

OTHERS: Final = (
    "This is what its reader may know. Whether anybody else knows more is not said here, and cannot be concluded from "
    "it: these words stand on every answer, for everybody."
)
"""The same words on every answer of record, whatever else there is."""
NAME_ALONE: Final = "the name stands there; nothing in it is recorded on this subject"
"""Said of a report in which the name was found and of which nobody has said whose it is."""


class Registrations:
    """Who first registered each record, and when (a `Derived`)."""

    def __init__(self) -> None:
        self.first: dict[str, Entry] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Look through the whole world."""
        made = cls()
        made._take(world.entries)
        return made

    def grow(self, _world: World, delta: Delta) -> None:
        """Take in new registrations."""
        self._take(delta.entries)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == REGISTERED:
                self.first.setdefault(each.about, each)


@dataclass(frozen=True, slots=True)
class Known:
    """One subject of the answer, and how he was known."""

    subject: Subject
    name: str
    now: Verdict
    then: Verdict | None
    """At the moment of the attack; None: no attack was named."""


@dataclass(frozen=True, slots=True)
class AnswerOfRecord:
    """What was known of one subject, or of a set of them."""

    known: tuple[Known, ...]
    before: tuple[Event, ...]
    """What we had learnt when the attack came, the oldest first; everything, if no attack was named."""
    after: tuple[Event, ...]
    attack: str
    """Partial ISO or stamp; empty: none was named."""
    reports: tuple[Report, ...] = field(default=())
    """What it rests on, as they were learnt."""

    @property
    def names(self) -> str:
        """Whom it is about."""
        return ", ".join(each.name for each in self.known)


def answer_of_record(view: View, subjects: Sequence[Subject], attack: str = "") -> AnswerOfRecord:
    """The answer of record on these subjects; `attack`: when it was (partial ISO), to tell before from after."""
    struck = first_moment(attack)
    events = sorted({each.key: each for one in subjects for each in _events(view, one)}.values(), key=_order)
    reports = {each.report: view.world.reports.get(ReportId(each.report)) for each in events if each.report}
    cited = [each for each in reports.values() if each is not None]
    return AnswerOfRecord(
        tuple(known_of(view, each, struck) for each in subjects),
        tuple(each for each in events if not struck or each.learnt < struck),
        tuple(each for each in events if struck and each.learnt >= struck),
        attack,
        tuple(sorted(cited, key=lambda each: (each.learnt, each.id))),
    )


def known_of(view: View, subject: Subject, struck: str = "") -> Known:
    """How a subject is known, and was when the attack came (a stamp; empty: none)."""
    said = statements_of(view, subject)
    first = view.derived(Registrations).first
    registered = [first[each] for each in subject.records if each in first]
    now = verdict_of(view, subject, said, registered)
    then = verdict_of(view, subject, said, registered, upto=struck) if struck else None
    return Known(subject, name_of(subject), now, then)


def _order(event: Event) -> tuple[str, bool, str, str]:
    return (event.learnt, event.kind != REPORT, event.what, event.key)


def _events(view: View, subject: Subject) -> Iterable[Event]:
    statements = statements_of(view, subject)
    held = {each.report for each in statements}
    told = list(_reports(view, subject, statements))
    yield from told
    yield from decisions_on(view, subject, [ReportId(each.report) for each in told if each.report in held])


def _reports(view: View, subject: Subject, statements: Sequence[Statement]) -> Iterable[Event]:
    """One event for each report that speaks of the subject: when it came, when what it says was true, and that.

    One that only has the name is among them, and says so, unless the name is told there of another subject.
    """
    places: dict[ReportId, tuple[int, int]] = {}
    for found, start, end in occurrences(view.world, subject):
        if places.get(found, (-1, -1))[0] < 0 and not _is_anothers(view, subject, found, start, end):
            places[found] = (start, end)
    for each in statements:
        places.setdefault(each.report, (each.start, each.end))
    ends = ends_of(view, statements)
    for which, place in places.items():
        report = view.world.reports.get(which)
        if report is None:
            continue
        here = [each for each in statements if each.report == which]
        yield Event(
            learnt=report.learnt,
            true=_true_of(report, here),
            kind=REPORT,
            what=report.title,
            who=report.source,
            words=_sentence(report, *place),
            details=said_in(here, ends, subject) if here else (NAME_ALONE,),
            report=report.id,
            url=f"/reports/{report.id}",
            label=report.label,
            grade=str(report.grade),
            about=name_of(subject),
        )


def _is_anothers(view: View, subject: Subject, report: ReportId, start: int, end: int) -> bool:
    """Whether a name in a report is read there as that of other subjects alone."""
    told = view.world.by_report.get(report, ())
    bearers = {
        each.subject
        for each in told
        if each.prop in NAMES and start >= 0 and (each.start < 0 or (each.start < end and start < each.end))
    }
    mine = any(each.subject in subject.records for each in told)
    return bool(bearers) and not mine


def _true_of(report: Report, statements: Sequence[Statement]) -> str:
    """When what it says was true: the earliest date of its statements, else the date that it bears."""
    return min((each.held.start for each in statements if each.held.start), default="") or report.written


def _sentence(report: Report, start: int, end: int) -> str:
    if start < 0:
        return ""
    first, last = sentence_around(report.text, start, end)
    return " ".join(report.text[first:last].split())

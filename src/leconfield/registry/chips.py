"""Subjects as the widgets show them: chips, and rows of statements with the sentences they came from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.ledger.model import IN_TEXT, Report, ReportId, Statement, SubjectId
from leconfield.ledger.times import Held
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import IDENTIFIERS, LINKS, NAMES, PERSON, PLACE, reverse_words_for, words_for
from leconfield.registry.lookup import said_of, subjects_in
from leconfield.registry.subjects import Subject
from leconfield.web.reading import Mark, pieces, sentence_around
from leconfield.web.values import Snippet, StatementRow, SubjectChip

_SMALL: Final = frozenset({"of", "de", "del", "la", "las", "los", "el", "y", "the", "for", "and", "in", "al", "bin"})
_NUMBERED: Final = re.compile(r"\d")
_LONGEST_ACRONYM: Final = 6
_LONGEST_PLACE_ACRONYM: Final = 3
_LONGEST_INITIALS: Final = 3
SENTENCES_SHOWN: Final = 3
_ORDER: Final = {
    prop: place
    for place, prop in enumerate(
        (
            "name",
            "alias",
            "weakAlias",
            "birthDate",
            "birthPlace",
            "nationality",
            "gender",
            "position",
            "address",
            "phone",
            "email",
            "registrationNumber",
        )
    )
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a department above says of how a subject stands, for its chip."""

    state: str = ""
    """`open`, `closed`, `overdue`, or empty."""
    tier: str = ""


Teller = Callable[[View, Subject], Standing]
_UNTOLD: Final = Standing()
_tellers: tuple[Teller, ...] = ()


def told_by(tellers: Sequence[Teller]) -> None:
    """Let these say how subjects stand, the first with a word for one; told once, where the site is put together."""
    global _tellers  # noqa: PLW0603 - the one seam through which chips learn of what is decided above the registry
    _tellers = tuple(tellers)


def _standing(view: View, subject: Subject) -> Standing:
    found = (teller(view, subject) for teller in _tellers)
    return next((each for each in found if each != _UNTOLD), _UNTOLD)


def shown(name: str) -> str:
    """A name as it is set on a page: capitals throughout are let down, acronyms stay."""
    if not name.isupper() or (" " not in name and len(name) <= _LONGEST_ACRONYM) or _NUMBERED.search(name):
        return name
    words = [_let_down(word, first=not place) for place, word in enumerate(name.split(" "))]
    return " ".join(words)


def _unshouted(word: str) -> str:
    """A surname that a log writes in capitals; initials and numerals stay."""
    return _let_down(word, first=True) if len(word) > _LONGEST_INITIALS and word.isupper() else word


def _let_down(word: str, *, first: bool) -> str:
    low = word.lower()
    return low if low in _SMALL and not first else "-".join(part.capitalize() for part in low.split("-"))


def name_of(subject: Subject) -> str:
    """The best name of a subject, as it is set on a page; a place is no acronym unless it is very short."""
    if subject.schema == PLACE and subject.name.isalpha() and len(subject.name) > _LONGEST_PLACE_ACRONYM:
        return subject.name.capitalize() if subject.name.isupper() else subject.name
    if subject.schema == PERSON and not subject.name.isupper():
        return " ".join(_unshouted(word) for word in subject.name.split(" "))
    return shown(subject.name)


def address_of(subject: Subject) -> str:
    """Where its page is."""
    return f"/subjects/{subject.id}"


def statements_of(view: View, subject: Subject) -> list[Statement]:
    """Everything said of the subject, in the order in which it was learnt."""
    found = [each for record in subject.records for each in said_of(view.world, record)]
    return sorted(found, key=lambda each: (each.learnt, each.report, each.start, each.id))


def chip(view: View, subject: Subject) -> SubjectChip:
    """The subject in a line of text, with its card."""
    statements = statements_of(view, subject)
    identifiers = dict.fromkeys(each.value for each in statements if each.prop in IDENTIFIERS)
    reports = {each.report for each in statements}
    dates = [date for each in reports if (report := view.world.reports.get(each)) and (date := report.written)]
    standing = _standing(view, subject)
    return SubjectChip(
        name=name_of(subject),
        schema=subject.schema,
        url=address_of(subject),
        state=standing.state,
        tier=standing.tier,
        names=tuple(shown(each) for each in subject.names[1:6]),
        identifiers=tuple(identifiers)[:4],
        last_seen=max(dates, default=""),
        counts=(("reports", len(reports)), ("origins", len(origins_of(view, reports)))),
    )


def origins_of(view: View, reports: Iterable[ReportId]) -> set[str]:
    """The independent origins of these reports: two reports that rest on one origin count once."""
    known = (view.world.reports.get(each) for each in reports)
    return {each.origin or each.source for each in known if each}


def rows_of(view: View, subject: Subject) -> list[StatementRow]:
    """What is said of the subject: a row for each property and value, with everything that speaks for it."""
    statements = statements_of(view, subject)
    ends = ends_of(view, statements)
    grouped: dict[tuple[str, str, str, bool], list[Statement]] = defaultdict(list)
    for each in statements:
        grouped[each.prop, _value_key(ends, each), each.assertion.polarity, each.assertion.plain].append(each)
    ordered = sorted(grouped.items(), key=_by_property)
    return [_row(view, subject, prop, together, ends) for (prop, _, _, _), together in ordered]


def ends_of(view: View, statements: Iterable[Statement]) -> dict[SubjectId, Subject]:
    """The subjects that the links among the statements lead to, by the records they name; unknown ones left out."""
    return subjects_in(view.world, [SubjectId(each.value) for each in statements if each.prop in LINKS])


def reverse_rows_of(view: View, subject: Subject) -> list[StatementRow]:
    """Links that lead to the subject, read from its side."""
    leading = [each for record in subject.records for each in view.pointing_at(record) if each.prop in LINKS]
    others = subjects_in(view.world, [each.subject for each in leading])
    grouped: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for each in leading:
        if others[each.subject].id != subject.id:
            grouped[each.prop, others[each.subject].id].append(each)
    return [
        _row(view, subject, prop, together, {}, other=others[together[0].subject])
        for (prop, _), together in sorted(grouped.items())
    ]


def _by_property(item: tuple[tuple[str, str, str, bool], list[Statement]]) -> tuple[object, ...]:
    (prop, value, polarity, plain), together = item
    return (prop in LINKS, _ORDER.get(prop, 50), prop, polarity, not plain, -len(together), value)


def _value_key(ends: Mapping[SubjectId, Subject], statement: Statement) -> str:
    if statement.prop in LINKS:
        end = ends.get(SubjectId(statement.value))
        return end.id if end else ""
    return statement.value.casefold() if statement.prop in NAMES else statement.value


def _row(
    view: View,
    subject: Subject,
    prop: str,
    together: list[Statement],
    ends: Mapping[SubjectId, Subject],
    other: Subject | None = None,
) -> StatementRow:
    best = min(together, key=lambda each: (each.grade, each.learnt, each.id))
    reports = {each.report for each in together}
    leads_to = other or (ends.get(SubjectId(best.value)) if prop in LINKS else None)
    value = name_of(leads_to) if leads_to else shown(best.value) if prop in NAMES else best.value
    if prop in LINKS and leads_to is None:
        value = "no name known here"
    return StatementRow(
        prop=reverse_words_for(prop) if other else words_for(prop),
        value=value,
        url=address_of(leads_to) if leads_to and leads_to.id != subject.id else "",
        schema=leads_to.schema if leads_to else "",
        mono=prop in IDENTIFIERS,
        grade=best.grade,
        inherited=best.origin == IN_TEXT,
        held=_held(together),
        learnt=min(each.learnt for each in together),
        assertion=best.assertion,
        reports=len(reports),
        origins=len(origins_of(view, reports)),
        sentences=tuple(_sentences(view, together)),
    )


def _held(together: list[Statement]) -> Held:
    starts = [each.held.start for each in together if each.held.start]
    ends = [each.held.end for each in together if each.held.end]
    if not starts and not ends:
        return Held()
    return Held(min(starts, default=""), max(ends, default="") if len(ends) == len(together) else "")


def _sentences(view: View, together: list[Statement]) -> Iterable[Snippet]:
    seen: set[tuple[str, int]] = set()
    for each in together:
        report = view.world.reports.get(each.report)
        if report is None or (report.id, each.start) in seen:
            continue
        seen.add((report.id, each.start))
        if len(seen) > SENTENCES_SHOWN:
            return
        yield snippet_of(report, each.start, each.end)


def snippet_of(report: Report, start: int, end: int) -> Snippet:
    """The sentence of a report around a span, with the span lit; the beginning of the text where there is none."""
    if start < 0:
        left, right = sentence_around(report.text, 0, min(len(report.text), 1))
        return _snippet(report, left, right, ())
    left, right = sentence_around(report.text, start, end)
    return _snippet(report, left, right, (Mark(start, end, lit=True),))


def _snippet(report: Report, left: int, right: int, marks: tuple[Mark, ...]) -> Snippet:
    at = f"?start={marks[0].start}&end={marks[0].end}#lit" if marks else ""
    return Snippet(
        pieces=pieces(report.text, marks, left, right),
        title=report.title,
        url=f"/reports/{report.id}{at}",
        source=report.source,
        date=report.written,
        grade=report.grade,
    )

"""Officers' pages of the registry: subjects, match review, registering; the rest of them in modules of their own."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.responses import Response

from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.model import Report, Statement, SubjectId
from leconfield.ledger.times import in_words
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import EVENT, LINKS, NAMES, PROPERTIES, SCHEMATA, words_for
from leconfield.registry import pages_resolution, pages_screening, pages_trace, pages_watch, service
from leconfield.registry.chips import chip, ends_of, name_of, reverse_rows_of, rows_of, snippet_of, statements_of
from leconfield.registry.lookup import is_held, subject_at, subjects_in
from leconfield.registry.mentions import occurrences
from leconfield.registry.pages_resolution import weighed
from leconfield.registry.proposals import Proposal
from leconfield.registry.recording import form_of, record_it
from leconfield.registry.resolution import Partition
from leconfield.registry.subjects import Subject
from leconfield.web.kit import Room
from leconfield.web.values import Bar, StatementRow
from leconfield.web.visit import Visit, get, post

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (
    Room("s", "Subjects", "/subjects"),
    Room("r", "Review", "/review"),
    pages_watch.ROOM,
    pages_screening.ROOM,
)
PAGE: Final = 50
REPORTS_SHOWN: Final = 30
_NAMES: Final = frozenset(words_for(each) for each in NAMES)


def subjects(visit: Visit) -> Response:
    """Everybody and everything that is known, registered ones first."""
    view = visit.view("subjects")
    schema, standing = visit.asked("schema"), visit.asked("standing", "registered")
    everybody = [each for each in view.derived(Partition).subjects() if each.schema != EVENT]
    kept = [each for each in everybody if not schema or each.schema == schema]
    if standing in ("registered", "text"):
        kept = [each for each in kept if each.registered == (standing == "registered")]
    first = visit.number("from", 0, 10_000_000)
    ranked = heapq.nsmallest(first + PAGE, kept, key=lambda each: (-len(each.records), each.id))
    return visit.page(
        "registry/subjects.html",
        chips=[(chip(view, each), each.registered, len(each.records)) for each in ranked[first : first + PAGE]],
        first=first,
        total=len(kept),
        page=PAGE,
        schema=schema,
        standing=standing,
        schemata=[("", "any kind"), *((name, words) for name, words in SCHEMATA.items() if name != EVENT)],
    )


def subject(visit: Visit) -> Response:
    """One subject: names, properties with grades and sources, links, reports, why it is one, who it may be."""
    view = visit.view("profile", visit.part("id"))
    partition = view.derived(Partition)
    found = subject_at(view, visit.part("id"))
    held = is_held(view, found)
    reports = _reports_naming(view, found)
    rows = rows_of(view, found)
    return visit.page(
        "registry/subject.html",
        subject=found,
        held=held,
        name=name_of(found),
        chip=chip(view, found),
        names=[each for each in rows if each.prop in _NAMES],
        rows=[each for each in rows if each.prop not in _NAMES and not each.schema],
        links=sorted((each for each in rows if each.schema), key=lambda each: each.inherited),
        reverse_links=sorted(reverse_rows_of(view, found), key=lambda each: each.inherited),
        edges=partition.links_of(found) if held else (),
        proposals=[_side_by_side(view, each) for each in (partition.proposals(found)[:8] if held else ())],
        reports=reports[:REPORTS_SHOWN],
        more_reports=max(0, len(reports) - REPORTS_SHOWN),
        judgements=[
            each for each in view.world.judgements if each.left in found.records or each.right in found.records
        ],
        recording=form_of(found),
        panels=visit.panels("subject", view, found.id),
    )


def _reports_naming(view: View, found: Subject) -> list[dict[str, object]]:
    """Reports in which the subject occurs, linked or only named, newest first."""
    places: dict[str, tuple[int, int]] = {}
    for report_id, start, end in occurrences(view.world, found):
        if places.get(report_id, (-1, -1))[0] < 0:
            places[report_id] = (start, end)
    reports = sorted((view.report(each) for each in places), key=lambda each: (each.written, each.id), reverse=True)
    return [{"report": each, "snippet": snippet_of(each, *places[each.id])} for each in reports]


def review(visit: Visit) -> Response:
    """Pairs that may be one, side by side, the likeliest first."""
    view = visit.view("match review")
    partition = view.derived(Partition)
    proposals = [each for each in partition.proposals() if not each.undecided]
    skip = visit.number("skip", 0, 1_000_000)
    chosen = visit.asked("pair")
    at = _chosen_pair(partition, chosen) if chosen else proposals[skip] if skip < len(proposals) else None
    return visit.page(
        "registry/review.html",
        pair=_side_by_side(view, at) if at else None,
        compared=_compared(rows_of(view, at.left), rows_of(view, at.right)) if at else [],
        chosen=chosen,
        waiting=len(proposals),
        undecided=len(partition.proposals()) - len(proposals),
        skip=skip,
        undo=service.last_judgement(view),
    )


def _chosen_pair(partition: Partition, ids: str) -> Proposal:
    """The pair of `LEFT,RIGHT`.

    Raises:
        NotFoundError: if one of them is not in this world, or nothing speaks for their being one.
    """
    left, _, right = ids.partition(",")
    one, other = partition.subject(SubjectId(left)), partition.subject(SubjectId(right))
    for each in partition.proposals(one):
        if {each.left.id, each.right.id} == {one.id, other.id}:
            return each
    raise NotFoundError("nothing speaks for these two being one; choose a pair from the queue or a subject's page")


def _compared(left: list[StatementRow], right: list[StatementRow]) -> list[dict[str, object]]:
    """What is said of both sides, property by property, and whether they agree: `same`, `differs` or empty."""
    lines: list[dict[str, object]] = []
    for prop in dict.fromkeys(each.prop for each in (*left, *right)):
        sides = [[each for each in side if each.prop == prop] for side in (left, right)]
        values = [{each.value.casefold() for each in side} for side in sides]
        standing = "" if not all(values) else "same" if values[0] & values[1] else "differs"
        lines.append({"prop": prop, "left": sides[0], "right": sides[1], "standing": standing})
    return sorted(lines, key=lambda line: not line["standing"])


def _side_by_side(view: View, proposal: Proposal) -> dict[str, object]:
    return {
        "left": chip(view, proposal.left),
        "right": chip(view, proposal.right),
        "left_id": proposal.left.id,
        "right_id": proposal.right.id,
        "bars": [Bar(each.words, each.bits) for each in proposal.waterfall],
        "bits": proposal.bits,
        "weighed": weighed(proposal.scored, proposal.left.schema) if proposal.scored else None,
        "undecided": proposal.undecided,
    }


def judge(visit: Visit) -> Response:
    """Decide on a pair."""
    left, right, verdict = visit.filled("left"), visit.filled("right"), visit.filled("verdict")
    view = visit.present("judge", f"{left} {right}")
    reason = visit.filled("reason").strip() or visit.filled("shown").strip()
    service.judge(visit.desk, view, left, right, verdict, reason)
    words = {"same": "Judged the same", "different": "Judged different", "undecided": "Left undecided"}.get(verdict, "")
    return visit.back_to(visit.filled("onward") or "/review", f"{words}. Press u to take it back.")


def undo(visit: Visit) -> Response:
    """Take back one's own last judgement."""
    view = visit.present("take back a judgement")
    last = service.last_judgement(view)
    if last is None:
        raise BadInputError("there is nothing of yours to take back")
    service.take_back(visit.desk, view, last, visit.filled("reason"))
    return visit.back_to(visit.filled("onward") or "/review", "Taken back: it is as if it had never been judged.")


def registering(visit: Visit) -> Response:
    """The form that makes a mention a subject."""
    view = visit.view("register", visit.part("id"))
    found = subject_at(view, visit.part("id"))
    statement = _first_mention(view, found)
    report = view.report(statement.report)
    return visit.page(
        "registry/register.html",
        subject=found,
        name=name_of(found),
        report=report,
        snippet=snippet_of(report, statement.start, statement.end),
        schemata=[(name, words) for name, words in SCHEMATA.items() if name != EVENT],
    )


def register(visit: Visit) -> Response:
    """Register a subject from a mention, and judge the mention to be it."""
    view = visit.present("register", visit.part("id"))
    found = subject_at(view, visit.part("id"))
    statement = _first_mention(view, found)
    report: Report = view.report(statement.report)
    said = [service.Said("name", visit.filled("name"), statement.start, statement.end)]
    said += [
        service.Said(prop, visit.filled(prop))
        for prop in ("alias", "birthDate", "nationality", "position", "phone", "registrationNumber", "notes")
        if visit.filled(prop).strip()
    ]
    reason = visit.filled("reason").strip() or f"registered from {report.title}"
    record = service.register(
        visit.desk,
        view.reader,
        visit.filled("schema"),
        said,
        report,
        label=statement.label,
        mention=statement.subject,
        reason=reason,
    )
    return visit.back_to(f"/subjects/{record}", "Registered. Everything already held was traced again.")


def _first_mention(view: View, found: Subject) -> Statement:
    for each in statements_of(view, found):
        if each.prop in NAMES:
            return each
    raise NotFoundError("this subject has no name in any report you may read; record one first")


def timeline(visit: Visit) -> Response:
    """What is dated about a subject: dated statements in one lane, reports in another."""
    view = visit.view("timeline", visit.part("id"))
    found = subject_at(view, visit.part("id"))
    dated = [each for each in statements_of(view, found) if each.held.start]
    dated += [each for record in found.records for each in view.pointing_at(record) if each.held.start]
    ends = {**ends_of(view, dated), **subjects_in(view.world, [each.subject for each in dated])}
    events = [_dated(view, found, ends, each) for each in dated]
    for item in _reports_naming(view, found):
        report = item["report"]
        assert isinstance(report, Report)
        if report.written:
            events.append(_reported(report))
    lanes = [{"id": "facts", "label": "Facts, when true"}, {"id": "reports", "label": "Reports, when written"}]
    unique = {str(each["id"]): each for each in events}
    return visit.json({"lanes": lanes, "events": [unique[each] for each in sorted(unique)]})


def _dated(view: View, found: Subject, ends: Mapping[SubjectId, Subject], statement: Statement) -> dict[str, str]:
    words = PROPERTIES[statement.prop].words if statement.prop in PROPERTIES else statement.prop
    value = statement.value
    if statement.prop in LINKS:
        end = statement.value if statement.subject in found.records else statement.subject
        value = name_of(ends[SubjectId(end)]) if SubjectId(end) in ends else ""
    report = view.report(statement.report)
    return {
        "id": statement.id,
        "lane": "facts",
        "start": statement.held.start,
        "end": statement.held.end or statement.held.start,
        "precision": _precision(statement.held.start),
        "label": f"{words} {value}".strip(),
        "href": f"/reports/{report.id}",
        "learnt": statement.learnt[:10],
    }


def _reported(report: Report) -> dict[str, str]:
    return {
        "id": report.id,
        "lane": "reports",
        "start": report.written,
        "end": report.written,
        "precision": _precision(report.written),
        "label": f"{report.title} ({report.source}, {in_words(report.written)})",
        "href": f"/reports/{report.id}",
        "learnt": report.learnt[:10],
    }


def _precision(date: str) -> str:
    return {4: "year", 7: "month", 10: "day"}.get(len(date), "minute")


ROUTES = [
    *pages_trace.ROUTES,
    *pages_watch.ROUTES,
    *pages_screening.ROUTES,
    get("/subjects", subjects),
    get("/subjects/{id}", subject),
    get("/subjects/{id}/timeline.json", timeline),
    get("/subjects/{id}/register", registering),
    post("/subjects/{id}/register", register),
    post("/subjects/{id}/statements", record_it),
    get("/review", review),
    *pages_resolution.ROUTES,
    post("/judgements", judge),
    post("/judgements/undo", undo),
]

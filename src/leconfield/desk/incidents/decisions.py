"""Who decided what on a subject: on the reports that speak of him, on leads, on him, on cases that he belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from leconfield.desk.incidents.events import DECISION, Event
from leconfield.desk.incidents.model import CONFIRMED
from leconfield.desk.incidents.saying import said_in
from leconfield.desk.incidents.state import Incidents
from leconfield.desk.interest.model import TIERS
from leconfield.desk.interest.state import interest_in
from leconfield.desk.investigations.model import (
    CLOSED,
    DECIDED,
    LINKED,
    OPENED,
    PRIORITISED,
    REOPENED,
    REVIEWED,
    UNLINKED,
    Investigation,
)
from leconfield.desk.investigations.state import Investigations
from leconfield.desk.leads import model as leads
from leconfield.desk.leads.state import Leads, Triage
from leconfield.ledger.model import BY_PERSON, ReportId
from leconfield.ledger.view import View
from leconfield.registry.chips import ends_of, name_of, statements_of
from leconfield.registry.lookup import subjects_in
from leconfield.registry.service import RECORDED, REGISTERED
from leconfield.registry.subjects import Subject
from leconfield.registry.watch import WATCHED

_ON_CASES: Final = frozenset({OPENED, CLOSED, REOPENED, PRIORITISED, REVIEWED, DECIDED, LINKED, UNLINKED})
"""What is told of a case that he belongs to: what it was and what was decided, not every note in it."""
_BY_OFFICERS: Final = {REGISTERED: "registered as a subject", RECORDED: "recorded by hand"}


def decisions_on(view: View, subject: Subject, reports: Sequence[ReportId]) -> Iterable[Event]:
    """Every decision on the subject in this view; `reports` are those that speak of him."""
    yield from _triage(view, reports)
    yield from _leads(view, subject, reports)
    yield from _interest(view, subject)
    yield from _cases(view, subject, reports)
    yield from _judgements(view, subject)
    yield from _recorded(view, subject)
    yield from _incidents(view, subject)


def _event(
    entry_at: str, by: str, what: str, words: str, label: str, url: str = "", *, details: tuple[str, ...] = ()
) -> Event:
    return Event(entry_at, "", DECISION, what, by, words, details=details, url=url, label=label)


def _triage(view: View, reports: Sequence[ReportId]) -> Iterable[Event]:
    triage = view.derived(Triage)
    for each in {one.id: one for report in reports for one in triage.all_on(report)}.values():
        named = ", ".join(f"“{view.world.reports[one].title}”" for one in each.reports if one in view.world.reports)
        decided = leads.DECISIONS.get(each.decision, each.decision)
        gone = triage.undone_at(each)
        details = ("taken back later",) if gone else ()
        yield _event(each.at, each.by, f"{decided}: {named or each.title}", each.reason, each.label, details=details)


def _leads(view: View, subject: Subject, reports: Sequence[ReportId]) -> Iterable[Event]:
    every = view.derived(Leads)
    found = {each.id: each for each in every.of_records(subject.records)}
    found.update((each.id, each) for report in reports for each in every.of_report(report))
    for lead in found.values():
        for entry in every.acts_on(lead.id):
            body = entry.body
            part = leads.PARTS.get(body.get("part", ""))
            scored = f": {part.name} {body.get('points', '')} of {leads.MOST_POINTS}" if part else ""
            words = body.get("reason", "") or body.get("step", "")
            what = f"{entry.kind}{scored}, “{lead.title}”"
            yield _event(entry.at, entry.by, what, words, entry.label, f"/leads/{lead.id}")


def _interest(view: View, subject: Subject) -> Iterable[Event]:
    found = interest_in(view, subject.id, subject.records)
    for act in found.history if found else ():
        tier = f", tier {act.tier}: {TIERS.get(act.tier, '')}" if act.tier else ""
        risk = (f"residual risk {act.risk}: {act.residual}",) if act.risk else ()
        what = f"{act.kind.replace('subject', 'subject of interest')}{tier}"
        yield _event(act.at, act.by, what, act.reason, act.label, f"/interest/{subject.id}", details=risk)


def _cases(view: View, subject: Subject, reports: Sequence[ReportId]) -> Iterable[Event]:
    wanted = {*subject.records, *reports}
    for case in view.derived(Investigations).by_id.values():
        linked = {each.body.get("target") for each in case.timeline if each.kind == LINKED}
        rests = {one for each in case.decisions for one in each.rests}
        if wanted & (linked | rests):
            yield from _case(case, wanted)


def _case(case: Investigation, wanted: set[str]) -> Iterable[Event]:
    links = {each.id for each in case.timeline if each.kind == LINKED and each.body.get("target") in wanted}
    for entry in case.timeline:
        body = entry.body
        of_others = entry.kind in (LINKED, UNLINKED) and not {entry.id, body.get("link")} & links
        if entry.kind not in _ON_CASES or of_others:
            continue
        level = f" {body['priority']}" if entry.kind == PRIORITISED and "priority" in body else ""
        decided = f": {body['what']}" if entry.kind == DECIDED and "what" in body else ""
        words = body.get("reason", "") or body.get("why", "")
        what = f"{entry.kind}{level}{decided}, “{case.title}”"
        yield _event(entry.at, entry.by, what, words, entry.label, f"/investigations/{case.id}")


def _judgements(view: View, subject: Subject) -> Iterable[Event]:
    mine = set(subject.records)
    about = [each for each in view.world.judgements if {each.left, each.right} & mine]
    named = subjects_in(view.world, [one for each in about for one in (each.left, each.right)])
    for each in about:
        others = [one for one in (each.left, each.right) if one in named and one not in mine]
        other = name_of(named[others[0]]) if others else "another record of the same"
        yield _event(each.at, each.by, f"judged {each.verdict}: {other}", each.reason, each.label, "/changes")


def _recorded(view: View, subject: Subject) -> Iterable[Event]:
    mine = set(subject.records)
    by_officers = [each for each in statements_of(view, subject) if each.origin == BY_PERSON]
    ends = ends_of(view, by_officers)
    for entry in view.world.entries:
        if entry.kind in _BY_OFFICERS and entry.about in mine:
            brought = [each for each in by_officers if each.subject == entry.about and each.learnt == entry.at]
            said, url = said_in(brought, ends, subject), f"/subjects/{subject.id}"
            yield _event(entry.at, entry.by, _BY_OFFICERS[entry.kind], "", entry.label, url, details=said)
        elif entry.kind == WATCHED and entry.body.get("subject") in mine:
            yield _event(entry.at, entry.by, "put on the watch list", entry.body.get("reason", ""), entry.label)


def _incidents(view: View, subject: Subject) -> Iterable[Event]:
    for incident in view.derived(Incidents).by_id.values():
        for each in incident.settled:
            if each.verdict == CONFIRMED and each.subject in subject.records:
                what = f"“{each.name}” confirmed to be this subject, “{incident.title}”"
                yield _event(each.at, each.by, what, each.reason, each.label, f"/incidents/{incident.id}")

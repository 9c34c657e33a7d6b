"""Officers' pages of subjects of interest: the list, a subject's standing with its acts, all decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from leconfield.desk.interest import pages_rules, service
from leconfield.desk.interest.closed import ClosedFiles, Touched
from leconfield.desk.interest.model import KINDS, RISKS, TIERS, Act, SubjectOfInterest
from leconfield.desk.interest.rules import act_in, due
from leconfield.desk.interest.showing import changed_in, clock_of, row_of
from leconfield.desk.interest.state import Interests, interest_in
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.model import EntryId, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.chips import Standing, chip
from leconfield.registry.lookup import subject_at, subjects_in
from leconfield.registry.subjects import Subject
from leconfield.web.kit import Room
from leconfield.web.values import CLOSED, OPEN, OVERDUE
from leconfield.web.visit import Panel, Visit, get, post

ROOMS: Final = (Room("o", "Subjects of interest", "/interest"),)
PAGE: Final = 50
_STATES: Final = (
    ("", "any state"),
    ("open", "open"),
    ("closed", "closed"),
    ("changed", "closed, file changed"),
    ("overdue", "re-assessment overdue"),
)
_FIELDS: Final = ("tier", "reason", "risk", "residual", "review", "label", "outcome")
_DECISIONS: Final[Mapping[str, tuple[Callable[..., object], tuple[str, ...]]]] = {
    "open": (service.open_subject, ("tier", "reason", "review", "label")),
    "tier": (service.set_tier, ("tier", "reason")),
    "close": (service.close, ("reason", "risk", "residual", "review")),
    "reopen": (service.reopen, ("reason", "review", "tier")),
    "review": (service.review, ("outcome", "review", "risk", "residual")),
}
"""What may be decided, by the last part of its address: by which act, with which fields of the form."""
_DONE: Final = {
    "open": "A subject of interest now.",
    "tier": "The tier is set.",
    "close": "Closed. The standing watch looks at whatever newly touches the file.",
    "reopen": "Open again.",
    "review": "The re-assessment is recorded.",
}


def interests(visit: Visit) -> Response:
    """All subjects of interest: late re-assessments first, then files that have changed, then by tier."""
    view = visit.view("subjects of interest")
    known = view.derived(Interests)
    everybody = known.everybody()
    late = {each.subject for each in known.overdue(view.moment)}
    changed = view.derived(ClosedFiles).touched
    state, tier = visit.asked("state"), visit.asked("tier")
    kept = [each for each in everybody if _wanted(each, state, tier, late, changed)]
    ranked = sorted(kept, key=lambda each: _rank(each, late, changed))
    first = visit.number("from", 0, 10_000_000)
    asked = {"state": state, "tier": tier}
    return visit.page(
        "desk/interest.html",
        rows=[row_of(view, each, changed.get(each.anchor.id)) for each in ranked[first : first + PAGE]],
        counts=_counts(everybody, late, changed),
        everybody=len(everybody),
        total=len(ranked),
        first=first,
        page=PAGE,
        state=state,
        tier=tier,
        states=_STATES,
        tiers=[("", "any tier"), *((each, f"tier {each}") for each in TIERS)],
        turn=lambda start: "/interest?" + urlencode({**asked, "from": start}),
    )


def _wanted(
    each: SubjectOfInterest, state: str, tier: str, late: set[SubjectId], changed: Mapping[EntryId, Touched]
) -> bool:
    if tier and each.tier != tier:
        return False
    if state == "overdue":
        return each.subject in late
    if state == "changed":
        return each.closed and each.anchor.id in changed
    return not state or each.closed == (state == "closed")


def _rank(each: SubjectOfInterest, late: set[SubjectId], changed: Mapping[EntryId, Touched]) -> tuple[object, ...]:
    if each.subject in late:
        return (0, each.review, each.tier, each.subject)
    news = changed.get(each.anchor.id) if each.closed else None
    if news is not None:
        return (1, -round(news.change.gain, 3), each.tier, each.subject)
    return (2, each.closed, each.tier, each.review or "9999", each.subject)


def _counts(
    everybody: tuple[SubjectOfInterest, ...], late: set[SubjectId], changed: Mapping[EntryId, Touched]
) -> list[tuple[str, int, str]]:
    """What there is of each kind, in words, with where it is listed."""
    closed = sum(each.closed for each in everybody)
    tiers = Counter(each.tier for each in everybody if not each.closed)
    return [
        ("overdue", len(late), "/interest?state=overdue"),
        ("closed, file changed", len(changed), "/interest?state=changed"),
        ("open", len(everybody) - closed, "/interest?state=open"),
        ("closed", closed, "/interest?state=closed"),
        *((f"open in tier {each}", tiers[each], f"/interest?state=open&tier={each}") for each in TIERS if tiers[each]),
    ]


def interest(visit: Visit) -> Response:
    """One subject: how it stands, what has changed since somebody last looked, what was decided; the acts."""
    view = visit.view("subject of interest", visit.part("id"))
    return _page(visit, view, {each: visit.asked(each) for each in _FIELDS}, visit.asked("act"), "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], acting_on: str, fault: str) -> Response:
    subject = subject_at(view, visit.part("id"))
    found = interest_in(view, subject.id, subject.records)
    news = view.derived(ClosedFiles).touched.get(found.anchor.id) if found and found.closed else None
    return visit.page(
        "desk/interest_subject.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        subject=subject,
        chip=chip(view, subject),
        found=found,
        clock=clock_of(found, view.moment) if found else None,
        changed=changed_in(view, news) if news else None,
        history=[_shown(each) for each in reversed(found.history)] if found else [],
        tiers=[(each, f"{each}: {words}") for each, words in TIERS.items()],
        risks=list(RISKS.items()),
        filled={**filled, "label": filled["label"] or view.own_label},
        wanted=acting_on,
        fault=fault,
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        acting=view.as_of is None,
    )


def _shown(act: Act) -> dict[str, object]:
    return {"act": act, "words": act.kind.removeprefix("subject "), "tier": TIERS.get(act.tier, "")}


def _told(view: View, act: Act, subject: Subject) -> dict[str, object]:
    return {**_shown(act), "chip": chip(view, subject), "url": f"/interest/{subject.id}"}


def decisions(visit: Visit) -> Response:
    """Every decision on subjects of interest, the newest first; under *as of*, those of that day and before."""
    view = visit.view("decisions on subjects of interest")
    found = (each for each in view.entries() if each.kind in KINDS)
    acted = sorted(found, key=lambda each: (each.at, each.id), reverse=True)
    subjects = subjects_in(view.world, list(dict.fromkeys(SubjectId(each.about) for each in acted)))
    entries = [each for each in acted if each.about in subjects]
    first = visit.number("from", 0, 10_000_000)
    return visit.page(
        "desk/interest_decisions.html",
        rows=[_told(view, act_in(each), subjects[SubjectId(each.about)]) for each in entries[first : first + PAGE]],
        first=first,
        total=len(entries),
        page=PAGE,
    )


def act(visit: Visit) -> Response:
    """Decide on a subject of interest; what was typed is kept if something is wrong with it."""
    which, what = visit.part("id"), visit.part("act")
    view = visit.present(f"subject of interest, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _FIELDS}
    try:
        _act(visit, view, which, what, filled)
    except (NotFoundError, RefusedError):
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, what, str(error))
    return visit.back_to(f"/interest/{which}", _DONE[what])


def _act(visit: Visit, view: View, which: str, what: str, filled: Mapping[str, str]) -> None:
    chosen = _DECISIONS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is no decision on a subject; choose {", ".join(_DECISIONS)}')
    decide, fields = chosen
    decide(visit.desk, view, which, **{each: filled[each].strip() for each in fields})


def standing(view: View, subject: Subject) -> Standing:
    """How a subject stands, for its chip."""
    found = interest_in(view, subject.id, subject.records)
    if found is None:
        return Standing()
    late = due(found.review, view.moment).state == "overdue"
    return Standing(OVERDUE if late else CLOSED if found.closed else OPEN, found.tier)


def interest_of(_visit: Visit, view: View, which: str) -> Mapping[str, object] | None:
    """The panel on a subject's page: how it stands, and what has changed since somebody last looked."""
    subject = subject_at(view, which)
    found = interest_in(view, subject.id, subject.records)
    news = view.derived(ClosedFiles).touched.get(found.anchor.id) if found and found.closed else None
    return {
        "found": found,
        "last": found.history[-1] if found else None,
        "clock": clock_of(found, view.moment) if found else None,
        "changed": changed_in(view, news) if news else None,
        "url": f"/interest/{subject.id}",
        "acting": view.as_of is None,
    }


PANELS: Final = (Panel("subject", "desk/interest_panel.html", interest_of),)
STANDINGS: Final = (standing,)
ROUTES: Final[list[Route]] = [
    get("/interest", interests),
    get("/interest/decisions", decisions),
    *pages_rules.ROUTES,
    get("/interest/{id}", interest),
    post("/interest/{id}/{act}", act),
]

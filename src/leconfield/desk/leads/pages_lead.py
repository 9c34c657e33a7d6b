"""The leads themselves: their list, the page of one with its RCAP scores, and the form that scores a part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.desk.investigations.state import open_in
from leconfield.desk.leads import model, service
from leconfield.desk.leads.model import PARTS, Lead, Part, Score
from leconfield.desk.leads.pages_clocks import step_clock
from leconfield.desk.leads.pages_queue import bars_of, chips_of, moment_of, said_words
from leconfield.desk.leads.passing import investigations_of
from leconfield.desk.leads.protected import is_protected
from leconfield.desk.leads.queue import said_since
from leconfield.desk.leads.rules import points_of
from leconfield.desk.leads.state import Leads
from leconfield.desk.leads.weights import said_in, touched_in, weights_for
from leconfield.errors import LeconfieldError, RefusedError
from leconfield.ledger.model import Entry, Statement, StatementId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import NAMES
from leconfield.registry.chips import snippet_of
from leconfield.web.values import Snippet
from leconfield.web.visit import Visit

SHOWN: Final = 100
PICKED: Final = 80
"""Statements that the picker offers; further reports are linked to the lead one by one."""
_UNOFFERED: Final = NAMES | {"latitude", "longitude", "birthDate"}
POINTS: Final = tuple(range(model.MOST_POINTS + 1))


def leads(visit: Visit) -> Response:
    """All leads, those that wait for somebody first, the highest scored of them on top."""
    view = visit.view("leads, list")
    now = moment_of(visit, view)
    state = visit.asked("state")
    everything = view.derived(Leads).all()
    kept = [each for each in everything if not state or each.state == state]
    ordered = sorted(kept, key=lambda each: (not each.standing, -points_of(each), each.at, each.id))
    first = visit.number("from", 0, 10_000_000)
    states = sorted({each.state for each in everything})
    return visit.page(
        "desk/leads_list.html",
        rows=[
            {"lead": each, "clock": step_clock(each, now), "points": points_of(each), "scored": _scored(each)}
            for each in ordered[first : first + SHOWN]
        ],
        first=first,
        page=SHOWN,
        total=len(ordered),
        state=state,
        states=[("", f"any ({len(everything):,})"), *((each, each) for each in states)],
    )


def _scored(lead: Lead) -> int:
    return sum(lead.score_of(part) is not None for part in PARTS)


def lead(visit: Visit) -> Response:
    """One lead: what it rests on, how its parts are scored and on what, what is next, and all that was done."""
    view = visit.view("lead", visit.part("lead"))
    return _page(visit, view, service.lead_at(view, visit.part("lead")))


def _page(visit: Visit, view: View, found: Lead, fault: str = "") -> Response:
    reports = [view.world.reports[each] for each in found.reports if each in view.world.reports]
    decision = view.derived(Leads).decision_of(found.id)
    since = decision.at if decision else found.at
    grown = [one for each in found.reports for one in said_since(view.world, each, decision)] if decision else []
    return visit.page(
        "desk/lead.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        lead=found,
        clock=step_clock(found, moment_of(visit, view)),
        groups=_groups(view, found),
        points=points_of(found),
        bars=bars_of(view, weights_for(view, found)),
        investigations=investigations_of(view, found),
        open_investigations=open_in(view),
        reports=reports,
        chips=chips_of(view, found.subjects),
        grown=[(said_words(view, each.id), view.world.reports.get(each.report)) for each in grown[:8]],
        since=since,
        log=[_act(each) for each in view.derived(Leads).acts_on(found.id)][::-1],
        fault=fault,
        filled={name: visit.filled(name) for name in ("reason", "step", "due", "which", "label", "owner", "link")},
        acting=view.as_of is None,
    )


def _groups(view: View, found: Lead) -> list[tuple[str, list[dict[str, object]]]]:
    made: dict[str, list[dict[str, object]]] = {}
    for part in PARTS.values():
        made.setdefault(part.group, []).append(_part(view, found, part))
    return list(made.items())


def _part(view: View, found: Lead, part: Part) -> dict[str, object]:
    score = found.score_of(part.id)
    earlier = [each for each in found.scores if each.part == part.id and each is not score]
    return {
        "part": part,
        "score": score,
        "supports": _cited(view, score.supports) if score else [],
        "contradicts": _cited(view, score.contradicts) if score else [],
        "earlier": earlier[::-1],
    }


def _cited(view: View, statements: Iterable[StatementId]) -> list[tuple[str, Snippet | None]]:
    """The statements in a line each, with the sentence that says so."""
    return [(said_words(view, each), _snippet(view, view.statement(each))) for each in statements]


def _snippet(view: View, said: Statement) -> Snippet | None:
    report = view.world.reports.get(said.report)
    return snippet_of(report, said.start, said.end) if report is not None else None


_WORDS: Final = {
    model.OPENED: "opened",
    model.WIDENED: "linked",
    model.SCORED: "scored",
    model.TAKEN: "owner",
    model.STEP_SET: "next step",
    model.CLOSED: "closed",
    model.REOPENED: "re-opened",
    model.HANDED: "made an investigation",
}


def _act(entry: Entry) -> dict[str, str]:
    body = entry.body
    more = body.get("owner") or body.get("step") or (body.get("title") if entry.kind == model.HANDED else "") or ""
    if entry.kind == model.SCORED:
        part = PARTS.get(body.get("part", ""))
        more = f"{part.name if part else ''}: {body.get('points', '')}"
    return {
        "at": entry.at,
        "by": entry.by,
        "what": _WORDS.get(entry.kind, entry.kind),
        "more": more,
        "reason": body.get("reason", ""),
        "due": body.get("due", ""),
        "label": entry.label,
    }


def scoring(visit: Visit) -> Response:
    """The form that scores one part: the question, the scale, what is suggested, and the statements to point at."""
    view = visit.view("lead, scoring", visit.part("lead"))
    return _form(visit, view, service.lead_at(view, visit.part("lead")), visit.asked("part", "impact"), {}, "")


def _form(visit: Visit, view: View, found: Lead, which: str, filled: dict[str, str], fault: str) -> Response:
    part = PARTS.get(which, PARTS["impact"])
    score = found.score_of(part.id)
    order = list(PARTS)
    following = order[(order.index(part.id) + 1) % len(order)]
    return visit.page(
        "desk/lead_score.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        lead=found,
        part=part,
        parts=list(PARTS.values()),
        points=[(each, _scale(part, each)) for each in POINTS],
        score=score,
        chosen=filled.get("points") or (str(score.points) if score else ""),
        reason=filled.get("reason", ""),
        label=filled.get("label", ""),
        bars=bars_of(view, weights_for(view, found)),
        statements=[_offered(view, each, score, visit) for each in offered(view, found)],
        following=following,
        fault=fault,
        acting=view.as_of is None and found.standing,
    )


def _scale(part: Part, points: int) -> str:
    return part.least if points == 0 else part.most if points == model.MOST_POINTS else ""


def offered(view: View, found: Lead) -> list[Statement]:
    """Statements that a score may point at: of the lead's reports, then of its subjects; no names, nothing protected.

    Those with words of a report behind them come first.
    """
    said = said_in(view, found.reports)
    mentioned = {each.record for each in touched_in(view, said)} | set(found.subjects)
    more = [each for record in found.subjects for each in view.world.by_subject.get(record, ())]
    once = {each.id: each for each in (*said, *more)}
    kept = [each for each in once.values() if each.prop not in _UNOFFERED and not is_protected(each)]
    ranked = sorted(kept, key=lambda each: (each.subject not in mentioned, each.start < 0, each.learnt, each.id))
    return ranked[:PICKED]


def _offered(view: View, said: Statement, score: Score | None, visit: Visit) -> dict[str, object]:
    filled = visit.filled(f"side-{said.id}")
    side = "supports" if score and said.id in score.supports else ""
    side = "contradicts" if score and said.id in score.contradicts else side
    return {
        "id": said.id,
        "words": said_words(view, said.id),
        "grade": said.grade,
        "assertion": said.assertion,
        "snippet": _snippet(view, said),
        "side": filled or side,
    }


def score_it(visit: Visit) -> Response:
    """Score a part, and go on to the next; what was typed is kept if something is wrong with it."""
    filled = {name: visit.filled(name).strip() for name in ("part", "points", "reason", "label")}
    view = visit.present("lead, score", visit.part("lead"))
    found = service.lead_at(view, visit.part("lead"))
    sides: dict[str, list[str]] = {"supports": [], "contradicts": []}
    for name in visit.form:
        if name.startswith("side-") and visit.filled(name) in sides:
            sides[visit.filled(name)].append(name.removeprefix("side-"))
    try:
        service.score(
            visit.desk,
            view,
            found.id,
            supports=sides["supports"],
            contradicts=sides["contradicts"],
            **filled,
        )
    except RefusedError:
        raise
    except LeconfieldError as error:
        return _form(visit, view, found, filled["part"], filled, str(error))
    onward = f"/leads/{found.id}/score?part={visit.filled('following')}" if visit.filled("go") == "next" else ""
    return visit.back_to(onward or f"/leads/{found.id}#rcap", f"{PARTS[filled['part']].name} scored.")


def _acted(visit: Visit, action: str, act: Callable[[View, Lead], object], flash: str) -> Response:
    """Act on the lead of the path; what is wrong is said on its page."""
    view = visit.present(action, visit.part("lead"))
    found = service.lead_at(view, visit.part("lead"))
    try:
        act(view, found)
    except RefusedError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, found, str(error))
    return visit.back_to(f"/leads/{found.id}", flash)


def take(visit: Visit) -> Response:
    """Become the lead's owner, or name another."""
    owner = visit.filled("owner")
    return _acted(visit, "lead, take", lambda view, at: service.take(visit.desk, view, at.id, owner), "Owner set.")


def set_step(visit: Visit) -> Response:
    """Say what is next, and until when."""
    step, due = visit.filled("step"), visit.filled("due").strip()
    return _acted(
        visit,
        "lead, next step",
        lambda view, at: service.set_step(visit.desk, view, at.id, step=step, due=due),
        "Next step set.",
    )


def close(visit: Visit) -> Response:
    """Close the lead, with a reason."""
    reason = visit.filled("reason")
    return _acted(
        visit,
        "lead, close",
        lambda view, at: service.close_lead(visit.desk, view, at.id, reason=reason),
        "Closed. It can be re-opened with a reason.",
    )


def reopen(visit: Visit) -> Response:
    """Open it again, with a reason."""
    reason = visit.filled("reason")
    return _acted(
        visit,
        "lead, re-open",
        lambda view, at: service.reopen_lead(visit.desk, view, at.id, reason=reason),
        "Open again.",
    )


def investigate(visit: Visit) -> Response:
    """Make it an investigation, or part of an open one."""
    terms = {name: visit.filled(name).strip() for name in ("which", "reason", "label")}
    return _acted(
        visit,
        "lead, investigate",
        lambda view, at: service.investigate(visit.desk, view, at.id, **terms),
        "Made an investigation.",
    )


def link(visit: Visit) -> Response:
    """Link a further report or subject, by its id or the address of its page."""
    typed, reason = visit.filled("link").strip(), visit.filled("reason")
    which = typed.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]

    def act(view: View, at: Lead) -> None:
        ends = {"reports": [which]} if which in view.world.reports else {"subjects": [which] if which else []}
        service.widen(visit.desk, view, at.id, **ends, reason=reason)

    return _acted(visit, "lead, link", act, "Linked.")

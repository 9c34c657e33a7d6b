"""The editor's desk itself: today, the calendar, the queue, and one release on its way."""

from __future__ import annotations

from http import HTTPStatus
from itertools import groupby
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import LeconfieldError, NotFoundError
from leconfield.gate.bundles import telling
from leconfield.gate.release import forms, service
from leconfield.gate.release.model import State, Step
from leconfield.gate.release.state import found, releases
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import agenda, mending, queue
from leconfield.outreach.areas import waiting_of
from leconfield.outreach.crossing import Crossings
from leconfield.outreach.frame import shown
from leconfield.outreach.mending import How, Mends
from leconfield.web.visit import Visit, get, post

SHOWN: Final = 100
"""Releases on one page of the queue."""
_SOON: Final = 8
_LATELY: Final = 6


def today(visit: Visit) -> Response:
    """What waits for whoever looks, what happens next, what went out last."""
    view = visit.view("window")
    rows = queue.rows(visit.desk, view)
    out = [each for each in rows if each.group is queue.Group.OUT]
    return shown(
        visit,
        view,
        "window/today.html",
        mine=queue.waiting(rows),
        waiting=waiting_of(visit.desk, view),
        soon=agenda.ahead(agenda.happenings(visit.desk, view), _now(visit, view), _SOON),
        out=out[:_LATELY],
        uncrossed=[each for each in out if not each.crossed],
    )


def month(visit: Visit) -> Response:
    """A month with all that happens in it, as a grid and as a list."""
    view = visit.view("window, calendar")
    now = _now(visit, view)
    which = agenda.month_of(visit.asked("month"), now)
    found_here = agenda.happenings(visit.desk, view)
    within = [each for each in found_here if each.at.startswith(which)]
    return shown(
        visit,
        view,
        "window/calendar.html",
        month=which,
        today=now[:10],
        before=agenda.beside(which, -1),
        after=agenda.beside(which, 1),
        weeks=agenda.weeks(which, found_here),
        days=[(day, list(each)) for day, each in groupby(within, key=lambda each: each.day)],
    )


def queued(visit: Visit) -> Response:
    """Everything bound for the window, by how far it is."""
    view = visit.view("window, queue")
    rows = queue.rows(visit.desk, view)
    start = visit.number("start", 0, 1_000_000)
    page = rows[start : start + SHOWN]
    return shown(
        visit,
        view,
        "window/queue.html",
        groups=[(group, list(each)) for group, each in groupby(page, key=lambda each: each.group)],
        start=start,
        end=start + len(page),
        total=len(rows),
        next_url=f"/window/queue?start={start + SHOWN}" if start + SHOWN < len(rows) else "",
        previous_url=f"/window/queue?start={max(0, start - SHOWN)}" if start else "",
    )


def released(visit: Visit) -> Response:
    """One release on its way: where it goes, what mends it, and how to correct it or take it back."""
    which = visit.part("release")
    return _released(visit, visit.view("window, release", which), which)


def _released(visit: Visit, view: View, which: str, fault: str = "") -> Response:
    known = found(view, which)
    crossings = view.derived(Crossings).out
    by_id = releases(view).by_id
    mends = [(each.how, by_id[each.by]) for each in view.derived(Mends).of_release(which) if each.by in by_id]
    mended = next((by_id[each.of] for each in view.derived(Mends).all if each.by == which and each.of in by_id), None)
    may_withdraw = view.as_of is None and service.faults(visit.desk, view, known).get(Step.WITHDRAW) == ""
    return shown(
        visit,
        view,
        "window/released.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        release=known,
        form=forms.in_words(known.content.form),
        blocks=_blocks(view, which),
        channels=queue.channels_of(visit.desk, view, known),
        crossed=crossings.get(known.id),
        gone_back=crossings.get(f"{known.id} withdrawn"),
        out=known.state in (State.PUBLISHED, State.SEALED),
        mends=mends,
        mended=mended,
        correctable=view.as_of is None and not mending.why_not(known, How.CORRECTION),
        noticeable=view.as_of is None and not mending.why_not(known, How.NOTICE),
        withdrawable=may_withdraw and known.was_sealed,
        filled={name: visit.filled(name) for name in ("words", "reason", "notice")},
        fault=fault,
    )


def _blocks(view: View, which: str) -> list[tuple[str, telling.Block]]:
    """What it tells, block by block with the name of its kind; nothing where it is no text of blocks."""
    held = service.files_of(view, found(view, which)).get(telling.TEXT, b"")
    try:
        return [(type(each).__name__.lower(), each) for each in telling.blocks(held.decode("utf-8", "replace"))]
    except LeconfieldError:
        return []


def correct(visit: Visit) -> Response:
    """Begin a correction."""
    return _begin(visit, How.CORRECTION, "words", "A correction is begun. It goes the way of every release.")


def notice(visit: Visit) -> Response:
    """Begin the notice that stands in the place of what is withdrawn."""
    return _begin(visit, How.NOTICE, "notice", "A notice is begun. It goes the way of every release.")


def _begin(visit: Visit, how: How, field: str, done: str) -> Response:
    which = visit.part("release")
    view = visit.present(f"window, {how.value}", which)
    try:
        made = mending.begin(visit.desk, view, which, how, visit.filled(field))
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _released(visit, visit.present("window, release", which), which, str(error))
    return visit.back_to(f"/releases/{made}", done)


def withdraw(visit: Visit) -> Response:
    """Take it back at once; with words, begin the notice."""
    which = visit.part("release")
    view = visit.present("window, withdraw", which)
    try:
        mending.withdraw(visit.desk, view, which, visit.filled("reason"), visit.filled("notice"))
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _released(visit, visit.present("window, release", which), which, str(error))
    return visit.back_to(f"/window/released/{which}", "Taken back. Let it cross now: until then the window shows it.")


def _now(visit: Visit, view: View) -> str:
    return view.moment or stamp(visit.desk.clock())


ROUTES: Final[list[Route]] = [
    get("/window", today),
    get("/window/calendar", month),
    get("/window/queue", queued),
    get("/window/released/{release}", released),
    post("/window/released/{release}/correct", correct),
    post("/window/released/{release}/notice", notice),
    post("/window/released/{release}/withdraw", withdraw),
]

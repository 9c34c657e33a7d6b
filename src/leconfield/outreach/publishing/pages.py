"""Officers' pages: channels of a release with previews, deliveries, comments, the stop."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.bundles.channels import CHANNELS, SITE, Post, composed, stopped
from leconfield.gate.bundles.deliveries import TO_ANSWER, Ruling, State
from leconfield.gate.release import forms, sealing
from leconfield.gate.release import service as releasing
from leconfield.gate.release.model import Release
from leconfield.gate.release.state import found as release_found
from leconfield.gate.release.state import releases
from leconfield.ledger.view import View
from leconfield.outreach import orders, profile
from leconfield.outreach.frame import shown
from leconfield.outreach.publishing import service
from leconfield.outreach.publishing.model import MEANINGS, STATES, Delivery
from leconfield.outreach.publishing.state import (
    by_public_id,
    comment_of,
    comments,
    deliveries,
    delivery_of,
    stops,
)
from leconfield.outreach.queue import channels_of
from leconfield.web.visit import Visit, get, post

SHOWN: Final = 100
DELIVERIES: Final = "/window/deliveries"
COMMENTS: Final = "/window/comments"


def channels(visit: Visit) -> Response:
    """Where a release goes, and what it looks like there."""
    which = visit.part("release")
    return _channels(visit, visit.view("window, channels", which), which)


def _channels(visit: Visit, view: View, which: str, fault: str = "") -> Response:
    known = release_found(view, which)
    found = service.faults(view, known)
    public = sealing.public_id(visit.desk, known.id)
    typed = [each for each in CHANNELS if visit.filled(each)]
    return shown(
        visit,
        view,
        "window/publishing/channels.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        release=known,
        form=forms.in_words(known.content.form),
        post=_post(view, known),
        channels=[(each, words, found[each], stopped(found[each])) for each, words in CHANNELS.items()],
        chosen=typed if fault else channels_of(visit.desk, view, known),
        ordered=bool(channels_of(visit.desk, view, known)),
        standing=[each for each in deliveries(view) if each.release == public],
        states=STATES,
        may=view.as_of is None
        and profile.of(visit.desk).allows(view.reader, service.PUBLISH)
        and known.state in service.OUT,
        site=SITE,
        fault=fault,
    )


def _post(view: View, known: Release) -> Post | None:
    try:
        return composed(known.content, releasing.files_of(view, known))
    except BadInputError:
        return None


def choose(visit: Visit) -> Response:
    """Say where it goes."""
    which = visit.part("release")
    view = visit.present("window, choose channels", which)
    try:
        service.choose(visit.desk, view, which, [each for each in CHANNELS if visit.filled(each)])
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _channels(visit, visit.present("window, channels", which), which, str(error))
    return visit.back_to(
        f"/window/channels/{which}", "Chosen. It goes out once it has crossed, and its embargo is over."
    )


def listed(visit: Visit) -> Response:
    """Every delivery that one may know of, those that need a person first."""
    view = visit.view("deliveries")
    found = deliveries(view)
    start = visit.number("start", 0, 1_000_000)
    page = found[start : start + SHOWN]
    names = by_public_id(visit.desk, view)
    return shown(
        visit,
        view,
        "window/publishing/deliveries.html",
        rows=[(each, _title(names, each.release)) for each in page],
        counts=_counts(found),
        states=STATES,
        channels=CHANNELS,
        start=start,
        total=len(found),
        next_url=f"{DELIVERIES}?start={start + SHOWN}" if start + SHOWN < len(found) else "",
        previous_url=f"{DELIVERIES}?start={max(0, start - SHOWN)}" if start else "",
    )


def _counts(found: tuple[Delivery, ...]) -> list[tuple[State, int]]:
    return [(state, count) for state in STATES if (count := sum(each.last.state is state for each in found))]


def _title(names: Mapping[str, Release], public: str) -> str:
    known = names.get(public)
    return (known.content.title or forms.in_words(known.content.form)) if known else "A release"


def one(visit: Visit) -> Response:
    """One delivery: how it stands, every step, and what a person may decide."""
    key = visit.part("delivery")
    return _one(visit, visit.view("delivery", key), key)


def _one(visit: Visit, view: View, key: str, fault: str = "") -> Response:
    known = delivery_of(view, key)
    names = by_public_id(visit.desk, view)
    may = view.as_of is None and profile.of(visit.desk).allows(view.reader, service.PUBLISH)
    return shown(
        visit,
        view,
        "window/publishing/delivery.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        known=known,
        release=names.get(known.release),
        title=_title(names, known.release),
        channel=CHANNELS.get(known.channel, known.channel),
        states=STATES,
        meaning=MEANINGS[known.last.state],
        rulings=[each.value for each in Ruling if may and not service.why_not(known, each)],
        filled={each: visit.filled(each) for each in ("ruling", "reason", "address")},
        fault=fault,
    )


def decide(visit: Visit) -> Response:
    """Say what became of it."""
    key = visit.part("delivery")
    view = visit.present("window, decide on a delivery", key)
    step = visit.filled("step")
    try:
        service.decide(
            visit.desk,
            view,
            key,
            ruling=visit.filled("ruling"),
            step=int(step) if step.isascii() and step.isdigit() else 0,
            reason=visit.filled("reason"),
            address=visit.filled("address"),
        )
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _one(visit, visit.present("delivery", key), key, str(error))
    return visit.back_to(f"{DELIVERIES}/{key}", "Decided. The window does it once the order has crossed.")


def heard(visit: Visit) -> Response:
    """Every comment that one may know of, those first on which nobody has decided."""
    view = visit.view("comments")
    found = comments(view)
    start = visit.number("start", 0, 1_000_000)
    names = by_public_id(visit.desk, view)
    return shown(
        visit,
        view,
        "window/publishing/comments.html",
        rows=[(each, _title(names, each.release)) for each in found[start : start + SHOWN]],
        waiting=sum(each.waits for each in found),
        channels=CHANNELS,
        start=start,
        total=len(found),
        next_url=f"{COMMENTS}?start={start + SHOWN}" if start + SHOWN < len(found) else "",
        previous_url=f"{COMMENTS}?start={max(0, start - SHOWN)}" if start else "",
    )


def comment(visit: Visit) -> Response:
    """One comment, what was decided on it, and its answer."""
    which = visit.part("comment")
    return _comment(visit, visit.view("comment", which), which)


def _comment(visit: Visit, view: View, which: str, fault: str = "") -> Response:
    known = comment_of(view, which)
    names = by_public_id(visit.desk, view)
    answer = releases(view).by_id.get(known.answer) if known.answer else None
    sent = orders.newest(view, TO_ANSWER, known.id)
    return shown(
        visit,
        view,
        "window/publishing/comment.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        known=known,
        release=names.get(known.release),
        title=_title(names, known.release),
        channel=CHANNELS.get(known.channel, known.channel),
        answer=answer,
        sendable=answer is not None and answer.state in service.OUT,
        sent=sent is not None,
        may=view.as_of is None and profile.of(visit.desk).allows(view.reader, service.MODERATE),
        filled={each: visit.filled(each) for each in ("reason", "words")},
        fault=fault,
    )


def act(visit: Visit) -> Response:
    """Hide it, show it again, begin an answer, or send one."""
    which, doing = visit.part("comment"), visit.part("doing")
    view = visit.present(f"window, {doing} a comment", which)
    try:
        if doing == "answer":
            made = service.answer(visit.desk, view, which, words=visit.filled("words"))
            return visit.back_to(f"/releases/{made}", "An answer is begun. It goes the way of every release.")
        if doing == "send":
            service.send_answer(visit.desk, view, which)
            said = "It is put beneath the comment once the order has crossed."
        else:
            service.treat(visit.desk, view, which, act=doing, reason=visit.filled("reason"))
            said = "Decided. The window does it once the order has crossed."
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _comment(visit, visit.present("comment", which), which, str(error))
    return visit.back_to(f"{COMMENTS}/{which}", said)


def switch(visit: Visit) -> Response:
    """The switch that stops everything."""
    return _switch(visit, visit.view("stop everything"))


def _switch(visit: Visit, view: View, fault: str = "") -> Response:
    held = [each for each in deliveries(view) if each.last.state in (State.QUEUED, State.SUBMITTED, State.PROCESSING)]
    names = by_public_id(visit.desk, view)
    return shown(
        visit,
        view,
        "window/publishing/stop.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        stops=stops(view),
        held=[(each, _title(names, each.release)) for each in held],
        channels=CHANNELS,
        states=STATES,
        may=view.as_of is None and profile.of(visit.desk).allows(view.reader, service.STOPS),
        sure=visit.asked("sure") == "yes" or bool(fault),
        filled={"reason": visit.filled("reason")},
        fault=fault,
    )


def throw(visit: Visit) -> Response:
    """Stop everything, or let it go on."""
    on = visit.filled("on") == "1"
    view = visit.present("window, stop everything" if on else "window, let everything go on")
    try:
        service.stop(visit.desk, view, on=on, reason=visit.filled("reason"))
    except LeconfieldError as error:
        return _switch(visit, visit.present("stop everything"), str(error))
    said = "Stopped. Let it cross now." if on else "It goes on once the order has crossed."
    return visit.back_to("/window/stop", said)


ROUTES: Final[list[Route]] = [
    get("/window/channels/{release}", channels),
    post("/window/channels/{release}", choose),
    get(DELIVERIES, listed),
    get(DELIVERIES + "/{delivery}", one),
    post(DELIVERIES + "/{delivery}", decide),
    get(COMMENTS, heard),
    get(COMMENTS + "/{comment}", comment),
    post(COMMENTS + "/{comment}/{doing}", act),
    get("/window/stop", switch),
    post("/window/stop", throw),
]

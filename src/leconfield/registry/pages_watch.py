"""The watch list: what has newly come in for the questions and subjects that one watches for."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View
from leconfield.registry.asked import LABELS, asked_by
from leconfield.registry.chips import address_of, chip, name_of, snippet_of
from leconfield.registry.lookup import subject_in
from leconfield.registry.query import query_in
from leconfield.registry.subjects import Subject
from leconfield.registry.watch import (
    LEASTS,
    LIKELY,
    Watch,
    take_off,
    watch_of,
    watch_question,
    watch_subject,
    watches_in,
)
from leconfield.registry.watching import Arrival, arrivals, mark_seen, moment_of
from leconfield.web.kit import Room
from leconfield.web.visit import Visit, get, post

ROOM: Final = Room("w", "Watch list", "/watch")
SHOWN: Final = 200
_FIELDS: Final = ("q", "subject", "reason", "label", "until", "least", *LABELS)


def watch_list(visit: Visit) -> Response:
    """What came for one's watches, newest first; the watches themselves; those of colleagues that one may know of."""
    view = visit.view("watch list")
    filled = {each: visit.asked(each) for each in _FIELDS}
    return _page(visit, view, filled, "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    moment = moment_of(visit.desk, view)
    standing = watches_in(view.world.entries)
    mine = [each for each in standing if each.by == view.reader.name]
    came = arrivals(view, mine)
    unseen = [each for each in came if not each.seen]
    only_unseen = visit.asked("show") == "unseen"
    shown = unseen if only_unseen else came
    asked = asked_by(lambda name: filled.get(name, ""))
    return visit.page(
        "registry/watch.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        fault=fault,
        filled={**filled, "q": filled["q"] or asked.words, "label": filled["label"] or view.own_label},
        parts=asked.parts() if not filled["q"] else [],
        putting=bool(filled["q"] or filled["subject"] or asked.parts()),
        subject=_found(view, filled["subject"]),
        leasts=list(LEASTS.items()),
        least=filled["least"] or str(LIKELY),
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        arrivals=[_shown(view, each) for each in shown[:SHOWN]],
        total=len(shown),
        came=len(came),
        unseen=len(unseen),
        only_unseen=only_unseen,
        mine=[_row(view, each, came, moment) for each in mine],
        others=[_row(view, each, [], moment) for each in standing if each.by != view.reader.name],
        acting=view.as_of is None,
    )


def _found(view: View, which: str) -> Subject | None:
    try:
        return subject_in(view.world, SubjectId(which)) if which else None
    except NotFoundError:
        return None


def _shown(view: View, arrival: Arrival) -> dict[str, object]:
    return {
        "chip": chip(view, arrival.subject),
        "probability": arrival.probability,
        "of_subject": bool(arrival.watch.subject),
        "words": arrival.watch.words,
        "snippet": snippet_of(arrival.report, arrival.start, arrival.end),
        "url": f"/reports/{arrival.report.id}",
        "learnt": arrival.learnt,
        "seen": arrival.seen,
        "watch": arrival.watch.id,
        "report": arrival.report.id,
    }


def _row(view: View, watch: Watch, came: list[Arrival], moment: str) -> dict[str, object]:
    found = _found(view, watch.subject)
    asked = {"q": watch.text} if watch.text else dict(watch.asked.parts())
    return {
        "watch": watch,
        "name": name_of(found) if found else watch.words or "somebody no longer in what you may read",
        "url": address_of(found) if found else f"/trace?{urlencode(asked)}" if watch.words else "",
        "least": LEASTS.get(str(watch.least), ""),
        "came": sum(each.watch.id == watch.id for each in came),
        "unseen": sum(each.watch.id == watch.id and not each.seen for each in came),
        "over": watch.over(moment),
    }


def put_on(visit: Visit) -> Response:
    """Put a question or a subject on one's list; what was typed is kept if something is wrong with it."""
    filled = {each: visit.filled(each) for each in _FIELDS}
    asked = asked_by(lambda name: filled[name])
    about = filled["subject"] or filled["q"].strip() or asked.words
    view = visit.present("watch", about)
    terms = {each: filled[each].strip() for each in ("reason", "label", "until")}
    least = filled["least"] or str(LIKELY)
    try:
        if filled["subject"]:
            watch_subject(visit.desk, view, filled["subject"], **terms, least=least)
        else:
            query = query_in(view, asked if asked.parts() else filled["q"].strip()[:400], visit.desk.clock())
            watch_question(visit.desk, view, query, **terms, least=least)
    except RefusedError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, str(error))
    return visit.back_to("/watch", "On your watch list. What comes in from now on is shown here.")


def take_it_off(visit: Visit) -> Response:
    """Take one's own watch off the list."""
    view = visit.present("take off the watch list", visit.filled("watch"))
    take_off(visit.desk, view, visit.filled("watch"))
    return visit.back_to("/watch", "Taken off your watch list.")


def seen(visit: Visit) -> Response:
    """Mark one report, or everything that has come, as seen."""
    view = visit.present("watch list, seen", visit.filled("watch"))
    mine = [each for each in watches_in(view.world.entries) if each.by == view.reader.name]
    if visit.filled("watch"):
        mine = [watch_of(view, visit.filled("watch"))]
    report = visit.filled("report")
    marked = mark_seen(visit.desk, view, (each for each in arrivals(view, mine) if report in ("", each.report.id)))
    return visit.back_to(visit.filled("onward") or "/watch", "Marked as seen." if marked else "Nothing new to mark.")


ROUTES: Final = [
    get("/watch", watch_list),
    post("/watch", put_on),
    post("/watch/off", take_it_off),
    post("/watch/seen", seen),
]

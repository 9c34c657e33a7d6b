"""An officer's calendar: the page on which he makes, renews and ends its address, and the feed at that address."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leconfield.ledger.model import Question
from leconfield.staff import calendars, feed
from leconfield.staff.profile import shipped
from leconfield.web.visit import House, Visit, get, post

_MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_SHOWN: Final = 12
"""Times that the page shows of what the feed would."""


def calendar(visit: Visit) -> Response:
    """Whether one has an address, and what may be done about it."""
    view = visit.view("calendar")
    return visit.page(
        "staff/calendar.html",
        made=calendars.made(visit.desk, view),
        address="",
        acting=view.as_of is None,
        bound=feed.bound(view, shipped())[:_SHOWN],
    )


def renew(visit: Visit) -> Response:
    """Make an address, in place of the one before; it is shown on this page, and never again."""
    view = visit.present("calendar, renew")
    token = calendars.renew(visit.desk, view)
    return visit.page(
        "staff/calendar.html",
        made=calendars.made(visit.desk, view),
        address=f"{visit.request.base_url}calendar/{token}.ics",
        acting=True,
        bound=feed.bound(view, shipped())[:_SHOWN],
    )


def revoke(visit: Visit) -> Response:
    """End the address."""
    calendars.revoke(visit.desk, visit.present("calendar, revoke"))
    return visit.back_to("/duty/calendar", "The address has ended; nobody reads anything there.")


async def fetch(request: Request) -> Response:
    """The feed at an address; nobody is signed in. Whatever is wrong with it, there is no such page."""
    return await run_in_threadpool(_fetched, request.app.state.house, str(request.path_params["token"]))


def _fetched(house: House, token: str) -> Response:
    with house.lock:
        reader = calendars.owner(house.desk, token)
        if reader is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        view = house.desk.view(reader, asking=Question("calendar feed"))
        return Response(feed.written(house.desk, view), media_type=_MEDIA_TYPE)


ROUTES: Final[list[Route]] = [
    get("/duty/calendar", calendar),
    post("/duty/calendar/renew", renew),
    post("/duty/calendar/revoke", revoke),
    Route("/calendar/{token}.ics", fetch, methods=["GET"]),
]

"""The officers' site as one ASGI application: routes of the departments, headers, errors that help."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

import structlog
from starlette.applications import Starlette
from starlette.datastructures import FormData, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leconfield.errors import BadInputError, DamagedError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.web import about, signin
from leconfield.web.kit import CONTENT_SECURITY_POLICY, STATIC, STATIC_URL, Room, templates
from leconfield.web.sessions import COOKIE, Sessions
from leconfield.web.values import Problem
from leconfield.web.visit import House, Panel, SignInNeededError, UnforeseenError, Visit

log = structlog.get_logger()

_STATUS: Final[tuple[tuple[type[LeconfieldError], int, str], ...]] = (
    (NotFoundError, 404, "Not found"),
    (RefusedError, 403, "That was refused"),
    (BadInputError, 400, "That cannot be used as it is"),
    (DamagedError, 500, "Something stored is damaged"),
)
_HTTP: Final = {
    404: ("Not found", "There is no such page."),
    405: ("That was refused", "This page is not used in that way."),
}
_HEADERS: Final = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class _Headers:
    """Puts the security headers on every answer, and forbids keeping any page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        built = scope["path"].startswith(f"{STATIC_URL}/built/")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers["cache-control"] = "public, max-age=31536000, immutable" if built else "no-store"
            await send(message)

        await self._app(scope, receive, sending)


def site(
    desk: Desk,
    routes: Sequence[BaseRoute],
    rooms: Sequence[Room],
    folders: Sequence[Path],
    panels: Sequence[Panel] = (),
) -> Starlette:
    """The site of a desk, from what the departments bring: routes, rooms, folders of templates, and panels."""
    app = Starlette(
        routes=[
            *signin.ROUTES,
            *about.ROUTES,
            *routes,
            Mount(STATIC_URL, StaticFiles(directory=STATIC, check_dir=False)),
        ],
        middleware=[Middleware(_Headers)],
        exception_handlers={
            LeconfieldError: _problem,
            HTTPException: _http_problem,
            UnforeseenError: _unforeseen,
        },
    )
    app.state.house = House(desk, Sessions(desk.clock), templates(*folders), tuple(rooms), tuple(panels))
    return app


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, LeconfieldError)
    if isinstance(error, SignInNeededError):
        onward = quote(f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path)
        return RedirectResponse(f"/sign-in?onward={onward}" if request.method == "GET" else "/sign-in", 303)
    status, what = next(((code, words) for kind, code, words in _STATUS if isinstance(error, kind)), (400, "Error"))
    return _page(request, Problem(status, what, remedy=_sentence(str(error))))


async def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what, remedy = _HTTP.get(error.status_code, ("That was refused", _sentence(error.detail)))
    return _page(request, Problem(error.status_code, what, remedy=remedy))


async def _unforeseen(request: Request, error: Exception) -> Response:
    cause = error.__cause__ or error
    frames = traceback.extract_tb(cause.__traceback__)[-3:]
    places = " < ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in reversed(frames))
    log.error("unforeseen", error=type(cause).__name__, where=places)  # places in the code only: no names, no ids
    remedy = (
        "Nothing of what you did is lost. Go back and try again; if it happens again, tell whoever keeps this desk."
    )
    return _page(request, Problem(500, "Something went wrong on our side", remedy=remedy))


def _page(request: Request, problem: Problem) -> Response:
    house: House = request.app.state.house
    session = house.sessions.find(request.cookies.get(COOKIE))
    visit = Visit(request, house, session, FormData())
    return visit.page("error.html", problem.status, problem=problem)


def _sentence(words: str) -> str:
    text = words[:1].upper() + words[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."

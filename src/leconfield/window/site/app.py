"""The window as an ASGI application: the pages of every area, under one policy, without a trace of who asks."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Final, Protocol, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leconfield.window.house import Window
from leconfield.window.site import (
    pages,
    pages_careers,
    pages_challenges,
    pages_feeds,
    pages_mailbox,
    pages_partners,
    pages_publishing,
    pages_rounds,
    pages_stories,
    pages_tips,
    policy,
)
from leconfield.window.site.kit import asked_of
from leconfield.window.site.remembering import Remembering
from leconfield.window.site.templates_of import STATIC, STATIC_URL

DEPARTMENTS: Final[tuple[ModuleType, ...]] = (
    pages,
    pages_feeds,
    pages_stories,
    pages_careers,
    pages_challenges,
    pages_partners,
    pages_tips,
    pages_mailbox,
    pages_rounds,
    pages_publishing,
)
"""The page modules; each has `ROUTES`, and may have `TICK: Callable[[Window], None]`, called now and then."""


class _Department(Protocol):
    ROUTES: Sequence[Route]


def application(window: Window, on_error: Callable[[BaseException], None] | None = None) -> ASGIApp:
    """The application of a window; `on_error` hears of what went wrong, by default `report`."""
    routes: list[BaseRoute] = [Mount(STATIC_URL, _Static(directory=STATIC, check_dir=False))]
    for each in DEPARTMENTS:
        routes += cast("_Department", each).ROUTES
    inner = Starlette(routes=routes, exception_handlers={HTTPException: _refused})
    inner.state.window = window
    inside = _Languages(Remembering(inner, window), window.config.languages)
    return _Guarded(inside, policy.headers(window.config.url), on_error or report)


class _Static(StaticFiles):
    """Built files: named by their hashes, so they may be kept for ever; no times of files are told."""

    def file_response(self, *wanted: object, **named: object) -> Response:
        answer = super().file_response(*wanted, **named)  # type: ignore[arg-type]
        for name in ("last-modified", "etag"):
            if name in answer.headers:
                del answer.headers[name]
        answer.headers["cache-control"] = policy.FOR_EVER
        return answer


class _Languages:
    """`/de/stories` is `/stories` in German; the first language has no name in front."""

    def __init__(self, inner: ASGIApp, languages: Sequence[str]) -> None:
        self._inner, self._languages = inner, languages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "language": self._languages[0]}
            first, _, rest = scope["path"].lstrip("/").partition("/")
            if first in self._languages[1:]:
                scope |= {"language": first, "path": f"/{rest}", "raw_path": f"/{rest}".encode()}
        await self._inner(scope, receive, send)


class _Guarded:
    """The policy on every answer; and of an error only where in the program it was, never what somebody had typed."""

    def __init__(self, inner: ASGIApp, headers: Mapping[str, str], on_error: Callable[[BaseException], None]) -> None:
        self._inner, self._headers, self._on_error = inner, headers, on_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        begun = False

        async def answered(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", policy.NEVER)
            await send(message)

        try:
            await self._inner(scope, receive, answered)
        except Exception as error:  # noqa: BLE001 - the last place; a traceback could hold words of whoever asked
            self._on_error(error)
            if not begun:
                fault = PlainTextResponse("Something went wrong here. Please try again later.\n", 500)
                await fault(scope, receive, answered)


def report(error: BaseException) -> None:
    """Say on standard error what kind of error it was and where in the program, and no word of what was sent."""
    where = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{each.filename.rpartition('leconfield/')[2]}:{each.lineno}" for each in reversed(where))
    sys.stderr.write(f"{type(error).__name__} at {places}\n")


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    page = "pages/missing.html" if status == 404 else "pages/unreadable.html"
    return await run_in_threadpool(lambda: asked_of(request).page(page, status=status))

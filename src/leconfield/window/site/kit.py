"""The kit of the window's pages: what a page is asked, and how it answers.

A page is a plain function `handler(asked) -> Response`, made a route by `get` or `post`. It runs in a thread of its
own, so that a store or Argon2 may take its time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leconfield.window.codes import CrowdedError
from leconfield.window.house import Window
from leconfield.window.language import Say, speaker
from leconfield.window.site import policy
from leconfield.window.site.filled import (
    MAX_FORM,
    Faults,
    Filled,
    Sent,
    TooLargeError,
    TooManyError,
    TooSlowError,
    UnreadableError,
    filled,
)
from leconfield.window.spool import FullError
from leconfield.window.told import Shown

__all__ = ["Asked", "Faults", "Handler", "Sent", "get", "missing", "post"]

_NO_FAULTS: Final = Faults()
UNTIL: Final = "x-until"
"""Within the program alone: until when (a timestamp) an answer stands, if what is shown stays the same."""
KEPT: Final = "x-kept"
"""Within the program alone: the answer follows from what is shown and the language, and may be given again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as a page sees it. There is no address, no browser's name and no cookie in it."""

    window: Window
    shown: Shown
    now: datetime
    language: str
    path: str
    """The address that was asked for, without the language in front and without parameters."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What stands in the address in place of `{name}`."""
    query: Mapping[str, str] = field(default_factory=dict)
    """What stands behind `?`. Never anything that somebody would not want in his history."""
    form: Filled = field(default_factory=Filled)

    @property
    def t(self) -> Say:
        """Phrases in the page's language."""
        return speaker(self.language)

    @property
    def day(self) -> str:
        """Today (ISO, UTC): all that a box may say of when it was sent."""
        return self.now.astimezone(UTC).date().isoformat()

    def filled(self, name: str) -> str:
        """What was typed into a field, without white space around it; empty if nothing was."""
        return next(iter(self.form.texts.get(name, ())), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field that has several, as those of boxes that were ticked."""
        return self.form.texts.get(name, ())

    @property
    def flat(self) -> Mapping[str, str]:
        """The first text of each field: what `Tickets.check` takes."""
        return {name: values[0] for name, values in self.form.texts.items()}

    def files(self, name: str) -> tuple[Sent, ...]:
        """The files that were sent in a field."""
        return self.form.files.get(name, ())

    def href(self, path: str) -> str:
        """The address of one of our pages in the language of this one."""
        return path if self.language == self.window.config.languages[0] else f"/{self.language}{path}"

    def redirect(self, path: str) -> Response:
        """Send the reader on to one of our pages, to be fetched with GET."""
        return RedirectResponse(self.href(path), status_code=303, headers={"cache-control": policy.NEVER})

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        cached: bool = False,
        until: datetime | None = None,
        leave: bool = False,
        faults: Faults = _NO_FAULTS,
        with_: Mapping[str, object] = MappingProxyType({}),
        **context: object,
    ) -> Response:
        """A page from a template; with faults its status is 422.

        `cached`: the same for everybody, so it has an ETag and may be kept and asked for again; `until`: the instant at
        which it becomes another one by itself (only asked for where the route is `kept`). `leave`: somebody may have to
        get away from it at once, and nothing of it is to stay: "Exit this page", `no-store`. `with_` and `context`:
        what the template is handed.
        """
        made = self.window.templates.get_template(template).render(
            asked=self,
            config=self.window.config,
            faults=faults,
            href=self.href,
            language=self.language,
            languages=self.window.config.languages,
            language_name=lambda each: speaker(each)("frame.language_name"),
            leave=leave,
            shown=self.shown,
            t=self.t,
            typed=self.filled,
            typed_all=self.all,
            **{**with_, **context},
        )
        status = 422 if faults and status == 200 else status
        return self.answer(
            made.encode(), "text/html; charset=utf-8", status=status, cached=cached and not leave, until=until
        )

    def answer(
        self,
        held: bytes,
        media_type: str,
        *,
        status: int = 200,
        cached: bool = True,
        until: datetime | None = None,
        cache_control: str = policy.CACHED,
    ) -> Response:
        """Bytes as they are; cached ones have a strong ETag of their content, and cost nothing when nothing changed."""
        if not cached:
            return Response(held, status, {"cache-control": policy.NEVER}, media_type)
        headers = {"cache-control": cache_control, "etag": etag(held)}
        if until is not None:
            headers[UNTIL] = str(until.timestamp())
        return Response(held, status, headers, media_type)


Handler = Callable[[Asked], Response]


def etag(held: bytes) -> str:
    """The strong ETag (RFC 9110) of bytes: a hash of them, and so of nothing else."""
    return f'"{sha256(held).hexdigest()[:32]}"'


def matches(wanted: str, tag: str) -> bool:
    """Whether an `If-None-Match` names that ETag (compared weakly, as RFC 9110 13.1.2 says)."""
    return wanted.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in wanted.split(","))


def get(path: str, handler: Handler, *, kept: bool = False) -> Route:
    """A page that is fetched.

    `kept`: it follows from what is shown and the language alone (up to its `until`), not from the hour or anything
    else; then it is made once, and given again to everybody until something changes.
    """
    return Route(path, _fetched(handler, kept), methods=["GET"])


def post(path: str, handler: Handler, *, limit: int = MAX_FORM) -> Route:
    """A page that a form is sent to; `limit`: bytes of the whole form with its files."""
    return Route(path, _sent(handler, limit), methods=["POST"])


def missing(asked: Asked) -> Response:
    """The page for an address under which there is nothing."""
    return asked.page("pages/missing.html", status=404)


def asked_of(request: Request, form: Filled | None = None) -> Asked:
    """What a request asks, without anything of who asks."""
    window: Window = request.app.state.window
    now = window.clock()
    return Asked(
        window=window,
        shown=window.shelf.shown(now),
        now=now,
        language=request.scope.get("language", window.config.languages[0]),
        path=request.scope["path"],
        parameters={name: str(value) for name, value in request.path_params.items()},
        query=dict(request.query_params),
        form=form or Filled(),
    )


def _fetched(handler: Handler, kept: bool) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        made = await run_in_threadpool(lambda: handler(asked_of(request)))
        if kept:
            made.headers[KEPT] = "yes"
        return made

    return answer


def _sent(handler: Handler, limit: int) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        try:
            async with filled(request.headers, request.stream(), limit) as form:
                return await run_in_threadpool(lambda: handler(asked_of(request, form)))
        except ClientDisconnect:  # nobody is there to be told, and an error that is reported has its hour
            return Response(status_code=400)
        except tuple(_NOT_TAKEN) as fault:
            why, status = _NOT_TAKEN[type(fault)]
        return await run_in_threadpool(lambda: _not_taken(asked_of(request), why, status, limit))

    return answer


_NOT_TAKEN: Final[Mapping[type[Exception], tuple[str, int]]] = {
    CrowdedError: ("crowded", 503),
    FullError: ("full", 503),
    TooLargeError: ("too_large", 413),
    TooManyError: ("crowded", 503),
    TooSlowError: ("slow", 408),
    UnreadableError: ("unreadable", 400),
}
"""Why something that was sent is not taken, as the phrases call it, and the status."""


def _not_taken(asked: Asked, why: str, status: int, limit: int) -> Response:
    """The page for what somebody sent and may send again."""
    size = f"{limit / 2**20:.1f} MB"
    return asked.page("pages/not-taken.html", status=status, leave=True, why=why, size=size)

"""One visit to one page: who comes, what he asks, and the frame around the answer.

Departments write handlers `def page(visit: Visit) -> Response` and hand them to `get` or `post`. A handler reads only
through `visit.view(...)`, which records the question before anything is answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, unquote

from jinja2 import Environment
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.marking import marking_for
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.times import check_partial, stamp, to_moment
from leconfield.ledger.view import View
from leconfield.web.kit import Banner, Flash, Frame, Room, Who
from leconfield.web.sessions import COOKIE, Session, Sessions

AS_OF_COOKIE: Final = "as_of"
FLASH_COOKIE: Final = "flash"
THEME_COOKIE: Final = "theme"
MAX_FORM_FILES: Final = 50
MAX_FORM: Final = 16 * 2**20
"""Bytes of a form without files."""
MAX_UPLOAD: Final = 256 * 2**20
"""Bytes of a form with files."""


class SignInNeededError(RefusedError):
    """Nobody is signed in."""


class UnforeseenError(Exception):
    """A fault of our own in answering a visit."""


@dataclass(frozen=True, slots=True)
class House:
    """What every visit shares: the desk, its sessions, the templates and the rooms."""

    desk: Desk
    sessions: Sessions
    templates: Environment
    rooms: tuple[Room, ...]
    panels: tuple[Panel, ...] = ()
    lock: threading.RLock = field(default_factory=threading.RLock)
    """Held while a visit is answered: a world must not grow under somebody who reads it."""


class Visit:
    """A request by somebody who is signed in."""

    def __init__(self, request: Request, house: House, session: Session | None, form: FormData) -> None:
        self.request = request
        self.house = house
        self.form = form
        self._session = session

    @property
    def desk(self) -> Desk:
        """The desk whose site this is."""
        return self.house.desk

    @property
    def reader(self) -> Reader:
        """Who is signed in, with what he holds at this moment.

        Raises:
            SignInNeededError: if nobody is.
        """
        if self._session is None:
            raise SignInNeededError("sign in first")
        return self.desk.reader(self._session.name)

    @property
    def as_of_words(self) -> str:
        """The day that the whole desk is shown as of; empty: now."""
        asked = self.request.query_params.get(AS_OF_COOKIE)
        words = self.request.cookies.get(AS_OF_COOKIE, "") if asked is None else asked
        return "" if words in ("", "now") else words

    @property
    def as_of(self) -> datetime | None:
        """The moment that the desk is shown as of.

        Raises:
            BadInputError: if it is no date.
        """
        return to_moment(self.as_of_words) if self.as_of_words else None

    def view(self, action: str, about: str = "") -> View:
        """The visitor's view, once it is recorded what he asks."""
        return self.desk.view(self.reader, self.as_of, asking=Question(action, about[:2000]))

    def present(self, action: str, about: str = "") -> View:
        """His view as of now, to act upon: nobody acts in the past."""
        return self.desk.view(self.reader, asking=Question(action, about[:2000]))

    def asked(self, name: str, default: str = "") -> str:
        """A parameter of the address."""
        return self.request.query_params.get(name, default)

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number among the parameters, from 0 to `most`.

        Raises:
            BadInputError: if it is none.
        """
        words = self.asked(name)
        if not words:
            return default
        if not words.isascii() or not words.isdigit() or len(words) > len(str(most)) or int(words) > most:
            raise BadInputError(f'{name} "{words[:40]}" is not a whole number from 0 to {most}')
        return int(words)

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def filled(self, name: str, default: str = "") -> str:
        """What was written into a field of the form."""
        value = self.form.get(name, default)
        return value if isinstance(value, str) else default

    def files(self, name: str) -> list[UploadFile]:
        """Files handed over with the form."""
        return [each for each in self.form.getlist(name) if isinstance(each, UploadFile) and each.filename]

    def page(self, template: str, status: int = HTTPStatus.OK, **context: object) -> HTMLResponse:
        """The answer as a whole page in its frame."""
        template_of = self.house.templates.get_template(template)
        body = template_of.render(**self.frame().context(), label_known=self.label_known, **context)
        response = HTMLResponse(body, status)
        if self._flash():
            response.delete_cookie(FLASH_COOKIE)
        return response

    def panels(self, place: str, view: View, about: str) -> list[Markup]:
        """What other departments put on this place of a page, in their order; those with nothing to show left out."""
        filled = [(each, each.filled(self, view, about)) for each in self.house.panels if each.place == place]
        return [self._piece(each.template, context) for each, context in filled if context is not None]

    def _piece(self, template: str, context: Mapping[str, object]) -> Markup:
        rendered = self.house.templates.get_template(template).render(
            csrf=self.csrf, label_known=self.label_known, path=self.request.url.path, **context
        )
        return Markup(rendered)  # noqa: S704 - our own template, escaped as every page is

    def label_known(self, label: str) -> str:
        """A label as this visitor knows it: without codewords that he does not hold."""
        return labels.as_known(label, self.reader.tokens)

    def fragment(self, template: str, **context: object) -> HTMLResponse:
        """The answer as a piece of a page."""
        return HTMLResponse(self.house.templates.get_template(template).render(csrf=self.csrf, **context))

    def json(self, value: object) -> JSONResponse:
        """The answer as data for an island."""
        return JSONResponse(value)

    def back_to(self, url: str, flash: str = "") -> RedirectResponse:
        """Go on to a page of ours, after an act; `flash` says there what was done."""
        response = RedirectResponse(local(url), HTTPStatus.SEE_OTHER)
        if flash:
            response.set_cookie(FLASH_COOKIE, quote(flash), httponly=True, samesite="lax", max_age=60)
        return response

    @property
    def csrf(self) -> str:
        """The token that forms carry, so that no other site can send them."""
        return self._session.csrf if self._session else ""

    def frame(self) -> Frame:
        """The frame around a page."""
        reader = self.reader if self._session else None
        marking = marking_for(reader.tokens) if reader else None
        path = self.request.url.path
        return Frame(
            banner=Banner(marking.words, marking.colour) if marking else Banner("NOT SIGNED IN"),
            rooms=tuple(_lit(room, path) for room in self.house.rooms) if reader else (),
            who=Who(reader.persona, reader.name, marking.codewords, tuple(sorted(reader.roles)))
            if reader and marking
            else None,
            as_of=self.as_of_words,
            theme=_theme(self.request.cookies.get(THEME_COOKIE, "")),
            path=path,
            query=tuple((name, value) for name, value in self.request.query_params.multi_items() if name != "as_of"),
            trace_words=self.asked("q") if path == "/trace" else "",
            csrf=self.csrf,
            now=stamp(self.desk.clock()),
            flashes=(Flash(words),) if (words := self._flash()) else (),
        )

    def _flash(self) -> str:
        return unquote(self.request.cookies.get(FLASH_COOKIE, ""))


def local(url: str) -> str:
    """The address if it is one of ours, else the front page: nobody is sent elsewhere."""
    return url if url.startswith("/") and not url.startswith(("//", "/\\")) else "/"


def _lit(room: Room, path: str) -> Room:
    return Room(room.key, room.name, room.url, active=path == room.url or path.startswith(room.url.rstrip("/") + "/"))


def _theme(words: str) -> str:
    return words if words in ("light", "dark") else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece that a department puts on a page of one below it, which knows nothing of who fills it."""

    place: str
    """Where it stands: `subject`, below the head of a subject's page."""
    template: str
    filled: Callable[[Visit, View, str], Mapping[str, object] | None]
    """What the template is handed, for the id that the page is about; None: nothing to show."""


Handler = Callable[[Visit], Response]


def get(path: str, handler: Handler) -> Route:
    """A page that is read; reading changes nothing but the record of who read."""
    return Route(path, _endpoint(handler, acting=False), methods=["GET"])


def post(path: str, handler: Handler, *, reads: bool = True) -> Route:
    """An act: its form must carry the session's own token. One that reads no view does not make others wait."""
    return Route(path, _endpoint(handler, acting=True, reads=reads), methods=["POST"])


def _endpoint(handler: Handler, *, acting: bool, reads: bool = True) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        house: House = request.app.state.house
        session = house.sessions.find(request.cookies.get(COOKIE))
        form = await form_of(request) if acting else FormData()
        visit = Visit(request, house, session, form)
        if acting:
            _check_token(visit)
        response = await _answered(_one_at_a_time(handler) if reads else handler, visit)
        _keep_as_of(request, response)
        return response

    return endpoint


async def form_of(request: Request) -> FormData:
    """What was sent, if it is of a size that one may send.

    Raises:
        BadInputError: if it is larger, or does not say how large it is.
    """
    files = request.headers.get("content-type", "").startswith("multipart/form-data")
    most = MAX_UPLOAD if files else MAX_FORM
    told = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not told.isdecimal() or int(told) > most:
        raise BadInputError(f"a form may hold {most // 2**20} MB; send less, or file a folder from the command line")
    return await request.form(max_files=MAX_FORM_FILES, max_fields=1000)


def _one_at_a_time(handler: Handler) -> Handler:
    def answered(visit: Visit) -> Response:
        with visit.house.lock:
            return handler(visit)

    return answered


async def _answered(handler: Handler, visit: Visit) -> Response:
    try:
        return await run_in_threadpool(handler, visit)
    except LeconfieldError:
        raise
    except Exception as error:  # the last resort: the visitor gets a page, the log a place in the code and no data
        raise UnforeseenError from error


def _check_token(visit: Visit) -> None:
    if not visit.csrf:
        raise SignInNeededError("sign in first")
    if visit.filled("csrf") != visit.csrf:
        raise RefusedError("this form is from an earlier sign-in; go back, reload the page and send it again")


def _keep_as_of(request: Request, response: Response) -> None:
    asked = request.query_params.get(AS_OF_COOKIE)
    if asked in ("", "now"):
        response.delete_cookie(AS_OF_COOKIE)
    elif asked is not None and response.status_code < HTTPStatus.BAD_REQUEST:
        response.set_cookie(AS_OF_COOKIE, check_partial(asked), httponly=True, samesite="lax")

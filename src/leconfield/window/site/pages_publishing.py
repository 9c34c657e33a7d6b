"""What platforms ask of the site: a picture while they need it, and where they tell of comments (webhooks)."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from leconfield.gate.bundles.channels import INSTAGRAM
from leconfield.window.house import Window
from leconfield.window.publishing.deliveries import Deliveries
from leconfield.window.publishing.publisher import store_of
from leconfield.window.publishing.settings import settings_of
from leconfield.window.publishing.trouble import TroubleError
from leconfield.window.site.kit import Asked, get, missing

MAX_MESSAGE: Final = 256 * 1024
"""Bytes of one message."""
_KEPT_DAYS: Final = 7
"""How long it is remembered that a message came."""


@lru_cache(maxsize=16)
def _kept(path: Path) -> Deliveries:
    return Deliveries(path)


def picture(asked: Asked) -> Response:
    """A picture, under an address that nobody can guess, from the making of a container until it is public."""
    path = store_of(asked.window.folder)
    opening = _kept(path).opening(asked.parameters["name"]) if path.exists() else None
    told = asked.shown.told(opening.release) if opening else None
    if opening is None or told is None or opening.member not in told.files:
        return missing(asked)
    member = told.files[opening.member]
    return asked.answer(told.held(opening.member), member.media_type, cached=False)


async def shake(request: Request) -> Response:
    """The handshake: say back what the platform sends, if it knows our token."""
    window: Window = request.app.state.window
    asked = request.query_params
    try:
        ours = await run_in_threadpool(settings_of(window.config).verify_token.read)
    except TroubleError:
        return PlainTextResponse("", HTTPStatus.NOT_FOUND)
    known = hmac.compare_digest(asked.get("hub.verify_token", "").encode(), ours.encode())
    if asked.get("hub.mode") != "subscribe" or not known:
        return PlainTextResponse("", HTTPStatus.FORBIDDEN)
    return PlainTextResponse(asked.get("hub.challenge", "")[:200])


async def hear(request: Request) -> Response:
    """A message: its signature is over the very bytes that came. It only says when to read; nothing of it is kept."""
    window: Window = request.app.state.window
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_MESSAGE:
            return PlainTextResponse("", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    given = request.headers.get("x-hub-signature-256", "")
    status = await run_in_threadpool(_heard, window, body, given)
    return PlainTextResponse("", status)


def _heard(window: Window, body: bytes, given: str) -> HTTPStatus:
    try:
        secret = settings_of(window.config).app_secret.read()
    except TroubleError:
        return HTTPStatus.NOT_FOUND
    wanted = "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        return HTTPStatus.FORBIDDEN
    kept = _kept(store_of(window.folder))
    if not _new(kept, body, window.clock()):
        return HTTPStatus.OK
    for media in media_in(body):
        kept.postpone(f"comments {INSTAGRAM} {media}", datetime.min.replace(tzinfo=UTC))
    return HTTPStatus.OK


def _new(kept: Deliveries, body: bytes, now: datetime) -> bool:
    """Whether such a message has not come before; only a hash of it and the day are kept, for a week."""
    with kept.store() as opened:
        oldest = datetime.fromtimestamp(now.timestamp() - _KEPT_DAYS * 86_400, UTC).date().isoformat()
        opened.execute("delete from webhooks where day < ?", (oldest,))
        put = "insert or ignore into webhooks (digest, day) values (?, ?)"
        done = opened.execute(put, (sha256(body).hexdigest(), now.date().isoformat()))
        return done.rowcount == 1


def media_in(body: bytes) -> tuple[str, ...]:
    """Ids of the posts that a message of comments names; both shapes that the platform sends are read."""
    try:
        told = json.loads(body)
    except ValueError:
        return ()
    found: list[str] = []
    for entry in _list(told, "entry"):
        for change in [*_list(entry, "changes"), entry]:
            value = change.get("value")
            media = value.get("media") if isinstance(value, dict) else None
            which = media.get("id") if isinstance(media, dict) else None
            if change.get("field") == "comments" and isinstance(which, str) and which.isascii() and which.isdigit():
                found.append(which)
    return tuple(dict.fromkeys(found))


def _list(told: object, name: str) -> list[dict[str, Any]]:
    found = told.get(name) if isinstance(told, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


ROUTES: Final[Sequence[Route]] = (
    get("/m/{name}", picture),
    Route("/webhooks/instagram", shake, methods=["GET"]),
    Route("/webhooks/instagram", hear, methods=["POST"]),
)

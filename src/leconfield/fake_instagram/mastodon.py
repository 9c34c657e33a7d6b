"""A small Mastodon beside it: pictures, statuses with an Idempotency-Key, replies; under `/mastodon`."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from leconfield.fake_instagram.asked import Lost
from leconfield.fake_instagram.faults import Script
from leconfield.fake_instagram.model import Clock

TOKEN: Final = "fake-mastodon-token"  # noqa: S105 (it opens nothing)
OURS: Final = "our_service"
KEY_LIFE: Final = timedelta(hours=1)
"""How long a key of idempotency is remembered."""
MAX_WORDS: Final = 500
_FIRST: Final = 110_000_000_000_000_000


@dataclass(slots=True)
class Status:
    """A public status."""

    id: str
    words: str
    at: datetime
    pictures: tuple[str, ...] = ()
    by: str = OURS
    above: str = ""


@dataclass(slots=True)
class Instance:
    """One account on an instance."""

    clock: Clock
    script: Script
    statuses: dict[str, Status] = field(default_factory=dict)
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    keys: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _last: int = _FIRST

    def new(self) -> str:
        """An id."""
        self._last += 1
        return str(self._last)

    def told(self, status: Status, base: str) -> dict[str, object]:
        """A status as the API writes it: words as HTML."""
        paragraphs = html.escape(status.words).split("\n\n")
        content = "".join(f"<p>{each.replace(chr(10), '<br />')}</p>" for each in paragraphs)
        return {
            "id": status.id,
            "content": content,
            "created_at": status.at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "url": f"{base}/mastodon/#{status.id}",
            "in_reply_to_id": status.above or None,
            "account": {"id": "1" if status.by == OURS else f"2-{status.by}", "username": status.by, "acct": status.by},
            "media_attachments": [{"id": each, "description": self.pictures[each][1]} for each in status.pictures],
        }


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of the API."""

    instance: Instance

    def refused(self, request: Request, call: str) -> Response | None:
        """What is said to whoever has no token, or whose call the script spoils before anything is done."""
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"error": "The access token is invalid"}, 401)
        fault = self.instance.script.take(call) if call else None
        if fault and fault.do == "lost-before":
            return Lost()
        return JSONResponse({"error": fault.refusal.message}, fault.refusal.status) if fault else None

    async def upload(self, request: Request) -> Response:
        """`POST /api/v2/media`: a picture, with its description."""
        if answer := self.refused(request, "create"):
            return answer
        form = await request.form()
        held = form["file"]
        its = self.instance.new()
        read = b"" if isinstance(held, str) else await held.read()
        self.instance.pictures[its] = (read, str(form.get("description", "")))
        return JSONResponse({"id": its, "type": "image", "url": None}, 202)

    async def picture(self, request: Request) -> Response:
        """`GET /api/v1/media/{id}`: 200 once it is worked on."""
        which = request.path_params["id"]
        if which not in self.instance.pictures:
            return JSONResponse({"error": "Record not found"}, 404)
        address = f"{str(request.base_url).rstrip('/')}/mastodon/_media/{which}"
        return self.refused(request, "status") or JSONResponse({"id": which, "url": address})

    async def write(self, request: Request) -> Response:
        """`POST /api/v1/statuses`: a status; with a key that is known, the one that it made before."""
        after = next((each for each in self.instance.script.left if each.on == "publish" and each.do == "lost"), None)
        if after is None and (answer := self.refused(request, "publish")):
            return answer
        form, key = await request.form(), request.headers.get("idempotency-key", "")
        base, known = str(request.base_url).rstrip("/"), self.instance.keys.get(key)
        if key and known and self.instance.clock() < known[1] + KEY_LIFE:
            return JSONResponse(self.instance.told(self.instance.statuses[known[0]], base))
        words = str(form.get("status", ""))
        if len(words) > MAX_WORDS:
            return JSONResponse({"error": "Validation failed: Text character limit of 500 exceeded"}, 422)
        pictures = tuple(str(each) for each in form.getlist("media_ids[]") if str(each) in self.instance.pictures)
        above = str(form.get("in_reply_to_id", ""))
        made = Status(self.instance.new(), words, self.instance.clock(), pictures, above=above)
        self.instance.statuses[made.id] = made
        self.instance.keys[key] = (made.id, self.instance.clock())
        if after is not None:
            self.instance.script.take("publish")
            return Lost()
        return JSONResponse(self.instance.told(made, base))

    async def listed(self, request: Request) -> Response:
        """`GET /api/v1/accounts/{id}/statuses`: our own, the newest first."""
        if answer := self.refused(request, "list"):
            return answer
        base = str(request.base_url).rstrip("/")
        older = request.query_params.get("max_id", "")
        own = [each for each in self.instance.statuses.values() if each.by == OURS and not each.above]
        own = [each for each in own if not older or int(each.id) < int(older)]
        return JSONResponse([self.instance.told(each, base) for each in reversed(own)][:40])

    async def context(self, request: Request) -> Response:
        """`GET /api/v1/statuses/{id}/context`: what stands beneath it."""
        if answer := self.refused(request, "comments"):
            return answer
        base, which = str(request.base_url).rstrip("/"), request.path_params["id"]
        below = [self.instance.told(each, base) for each in self.instance.statuses.values() if each.above == which]
        return JSONResponse({"ancestors": [], "descendants": below})

    async def me(self, request: Request) -> Response:
        """`GET /api/v1/accounts/verify_credentials`."""
        return self.refused(request, "") or JSONResponse({"id": "1", "username": OURS})


def routes(instance: Instance) -> list[Route]:
    """The API of the instance."""
    calls = Calls(instance)
    return [
        Route("/mastodon/api/v2/media", calls.upload, methods=["POST"]),
        Route("/mastodon/api/v1/media/{id}", calls.picture),
        Route("/mastodon/api/v1/statuses", calls.write, methods=["POST"]),
        Route("/mastodon/api/v1/accounts/verify_credentials", calls.me),
        Route("/mastodon/api/v1/accounts/{account}/statuses", calls.listed),
        Route("/mastodon/api/v1/statuses/{id}/context", calls.context),
    ]

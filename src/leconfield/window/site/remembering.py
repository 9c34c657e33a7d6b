"""Answers that are made once and given again until something changes; and 304 for whoever has them already.

Ten thousand readers who look every half minute cost hardly more than one. What is kept is kept for one state of the
shelf: when an embargo ends or something comes in, all of it is forgotten at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leconfield.window.house import Window
from leconfield.window.site.kit import KEPT, UNTIL, matches

MAX_KEPT: Final = 2_000
MAX_BYTES: Final = 64 * 2**20
MAX_EACH: Final = 4 * 2**20
_ALSO_OF_304: Final = (b"cache-control", b"etag")


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: str
    until: float

    async def give(self, wanted: str, head: bool, send: Send) -> None:
        """Send it; only its head if that was asked for, and 304 to whoever has it already."""
        same = matches(wanted, self.tag)
        headers = [each for each in self.headers if each[0] in _ALSO_OF_304] if same else list(self.headers)
        await send({"type": "http.response.start", "status": 304 if same else 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if same or head else self.body})


@dataclass(slots=True)
class Remembering:
    """In front of the pages: gives what it has, and keeps what may be given again."""

    inner: ASGIApp
    window: Window
    _key: str = ""
    _kept: dict[tuple[str, str], _Answer] = field(default_factory=dict)
    _bytes: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or hand on."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.inner(scope, receive, send)
            return
        now = self.window.clock()
        key = self.window.shelf.shown(now).key
        if key != self._key:
            self._key, self._bytes = key, 0
            self._kept.clear()
        place = (scope["language"], scope["path"])
        wanted = Headers(scope=scope).get("if-none-match", "")
        found = self._kept.get(place) if not scope["query_string"] else None
        if found is not None and now.timestamp() < found.until:
            await found.give(wanted, scope["method"] == "HEAD", send)
            return
        await self.inner(scope, receive, _Listening(self, place, key, wanted, scope, send))

    def keep(self, place: tuple[str, str], key: str, answer: _Answer) -> None:
        """Keep an answer for the state of the shelf that it was made in; the oldest make room."""
        if key != self._key or len(answer.body) > MAX_EACH or place in self._kept:
            return
        while self._kept and (len(self._kept) >= MAX_KEPT or self._bytes + len(answer.body) > MAX_BYTES):
            self._bytes -= len(self._kept.pop(next(iter(self._kept))).body)
        self._kept[place] = answer
        self._bytes += len(answer.body)


@dataclass(slots=True)
class _Listening:
    """Passes an answer on, and hears whether it may be kept, or is had already."""

    owner: Remembering
    place: tuple[str, str]
    key: str
    wanted: str
    scope: Scope
    send: Send
    _start: Message = field(default_factory=dict)
    _body: bytearray = field(default_factory=bytearray)
    _whole: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            self._whole = message["status"] == 200 and "etag" in Headers(raw=message["headers"])
            if not self._whole:
                await self.send(message)
            return
        if not self._whole:
            await self.send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._end()

    async def _end(self) -> None:
        headers = MutableHeaders(raw=list(self._start["headers"]))
        until = float(headers.get(UNTIL, inf))
        may_be_kept = KEPT in headers and self.scope["method"] == "GET" and not self.scope["query_string"]
        for name in (UNTIL, KEPT):
            if name in headers:
                del headers[name]
        answer = _Answer(headers.raw, bytes(self._body), headers["etag"], until)
        if may_be_kept:
            self.owner.keep(self.place, self.key, answer)
        await answer.give(self.wanted, self.scope["method"] == "HEAD", self.send)

"""A real server on a free port of this machine, in a thread of the test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from leconfield.fake_instagram.app import Server, made
from leconfield.fake_instagram.model import Settings
from leconfield.fake_instagram.webhooks import certificates

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


class Standing:
    """A clock that stands."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address at which an application answers."""
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, args=([ours],), daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{ours.getsockname()[1]}"
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.005)
        try:
            yield address
        finally:
            server.should_exit = True
            server.force_exit = True
            thread.join(timeout=10)


@dataclass(frozen=True, slots=True)
class Faked:
    """The fake, where it answers, and a hand on it."""

    server: Server
    address: str
    clock: Standing
    pictures: dict[str, tuple[str, bytes]]
    """What the picture host has: by name, with its media type."""
    host: str

    def call(self, method: str, path: str, *, token: str = "fake-long-lived-token", **fields: str) -> httpx.Response:
        """A call of the API, newest version."""
        head = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=self.address, headers=head, timeout=10, verify=certificates()) as client:
            if method == "POST":
                return client.post(f"/v26.0/{path}", data=fields)
            return client.request(method, f"/v26.0/{path}", params=fields)

    def tell(self, doing: str, **told: Any) -> httpx.Response:
        """A word to the fake itself."""
        return httpx.post(f"{self.address}/_fake/{doing}", json=told, timeout=10, verify=certificates())

    def put(self, name: str, held: bytes, media_type: str = "image/jpeg") -> str:
        """The address of a picture on the picture host."""
        self.pictures[name] = (media_type, held)
        return f"{self.host}/{name}"

    def clear(self) -> None:
        """Make it as it was at first."""
        graph = self.server.fake.graph
        graph.clock._ahead = timedelta()
        for each in (graph.containers, graph.media, graph.comments, graph.tokens, self.pictures):
            each.clear()
        graph.__post_init__()
        self.server.fake.script.clear()
        self.server.fake.calls.clear()
        self.server.fake.listener.address = self.server.fake.listener.wanted = ""
        self.server.mastodon.script.clear()
        for one in (self.server.mastodon.statuses, self.server.mastodon.keys, self.server.mastodon.pictures):
            one.clear()

    def container(self, picture: str, **fields: str) -> str:
        """The id of a new container."""
        return str(self.call("POST", "me/media", image_url=picture, **fields).json()["id"])


def hosting(pictures: Mapping[str, tuple[str, bytes]]) -> Starlette:
    """A host of pictures."""

    async def picture(request: Request) -> Response:
        media_type, held = pictures.get(request.path_params["name"], ("", b""))
        return Response(held, media_type=media_type) if held else Response(status_code=404)

    return Starlette(routes=[Route("/{name}", picture)])


@contextmanager
def faked(settings: Settings | None = None, clock: Callable[[], datetime] | None = None) -> Iterator[Faked]:
    """The fake and a host of pictures, both serving."""
    standing = clock if isinstance(clock, Standing) else Standing()
    server, pictures = made(settings, standing), dict[str, tuple[str, bytes]]()
    with served(server.app) as address, served(hosting(pictures)) as host:
        yield Faked(server, address, standing, pictures, host)

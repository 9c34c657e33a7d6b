"""The server put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.applications import Starlette

from leconfield.fake_instagram import calls, control, mastodon, page, paths
from leconfield.fake_instagram.asked import Fake
from leconfield.fake_instagram.faults import Script
from leconfield.fake_instagram.graph import Graph
from leconfield.fake_instagram.model import Clock, Settings, real_time
from leconfield.fake_instagram.webhooks import Listener


@dataclass(frozen=True, slots=True)
class Server:
    """The application, and what is behind it."""

    app: Starlette
    fake: Fake
    mastodon: mastodon.Instance


def made(settings: Settings | None = None, base: Callable[[], datetime] = real_time) -> Server:
    """A server with an empty account. `base`: what time it is when nobody has put the clock forward."""
    paths.register()
    clock = Clock(base)
    fake = Fake(Graph(clock, settings or Settings()), Script(), Listener(), [])
    instance = mastodon.Instance(clock, Script())
    routes = [*control.routes(fake), *page.routes(fake, instance), *mastodon.routes(instance), *calls.routes(fake)]
    return Server(Starlette(routes=routes), fake, instance)

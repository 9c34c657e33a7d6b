"""Officers who visit the site of a desk in memory or on disk, one request after another, without a browser."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx
from starlette.applications import Starlette

from leconfield.app import site
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Reader
from leconfield.web.sessions import COOKIE


@dataclass(frozen=True, slots=True)
class Page:
    """What came back."""

    status: int
    text: str
    headers: httpx.Headers


class Officer:
    """Somebody who is signed in."""

    def __init__(self, app: Starlette, name: str) -> None:
        self._app = app
        sessions = app.state.house.sessions
        self._cookies = {COOKIE: sessions.start(name)}
        found = sessions.find(self._cookies[COOKIE])
        assert found is not None
        self.csrf = found.csrf

    def get(self, path: str) -> Page:
        """Ask for a page."""
        return self._ask("GET", path, {})

    def post(self, path: str, **fields: str) -> Page:
        """Send a form, with the session's own token."""
        return self._ask("POST", path, {"csrf": self.csrf, **fields})

    def send(self, path: str, fields: dict[str, str]) -> Page:
        """Send a form whose names are no words of Python."""
        return self._ask("POST", path, {"csrf": self.csrf, **fields})

    def _ask(self, method: str, path: str, fields: dict[str, str]) -> Page:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://desk", cookies=self._cookies) as client:
                return await client.request(method, path, data=fields or None)

        answer = asyncio.run(asking())
        return Page(answer.status_code, answer.text, answer.headers)


def seated(desk: Desk, *readers: Reader) -> tuple[Officer, ...]:
    """These readers, enrolled and signed in at one site of the desk."""
    for each in readers:
        body = {
            "persona": each.persona,
            "password": "none that signs in",
            "tokens": " ".join(sorted(each.tokens)),
            "roles": " ".join(sorted(each.roles)),
        }
        desk.append(accounts.KEEPER, [Draft(accounts.ENROLLED, accounts.LABEL, about=each.name, body=body)])
    app = site(desk)
    return tuple(Officer(app, each.name) for each in readers)

"""Webhooks: the handshake with whoever listens, and signed messages; a message may come twice, as theirs do."""

from __future__ import annotations

import hmac
import json
import secrets
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Final

import httpx

from leconfield.errors import RefusedError
from leconfield.fake_instagram.model import Comment, Settings

TIMEOUT: Final = 5.0
"""Seconds after which whoever listens is given up."""


@cache
def certificates() -> ssl.SSLContext:
    """Whom the fake trusts over TLS: read once."""
    return httpx.create_ssl_context()


def raw(told: Mapping[str, object]) -> bytes:
    """The bytes of a message as the platform writes it: letters beyond ASCII and slashes are escaped."""
    return json.dumps(told, separators=(",", ":"), ensure_ascii=True).replace("/", "\\/").encode("ascii")


def signature(secret: str, body: bytes) -> str:
    """The header `X-Hub-Signature-256` for these very bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()


def about_comment(settings: Settings, comment: Comment, author: str) -> dict[str, object]:
    """What is sent about a comment."""
    value: dict[str, object] = {
        "id": comment.id,
        "from": {"id": author, "username": comment.by},
        "text": comment.text,
        "media": {"id": comment.media, "media_product_type": "FEED"},
    }
    if comment.parent:
        value["parent_id"] = comment.parent
    change = {"field": "comments", "value": value}
    return {
        "object": "instagram",
        "entry": [{"id": settings.account, "time": int(comment.at.timestamp()), "changes": [change]}],
    }


@dataclass(slots=True)
class Listener:
    """Who listens, and what was sent to him."""

    address: str = ""
    wanted: str = ""
    """With whom hands are shaken before the first message, if nobody listens yet."""
    sent: list[bytes] = field(default_factory=list)
    failures: int = 0

    async def subscribe(self, address: str, settings: Settings) -> None:
        """Shake hands: he must say back what he is sent.

        Raises:
            RefusedError: if he does not.
        """
        challenge = secrets.token_hex(8)
        asked = {"hub.mode": "subscribe", "hub.verify_token": settings.verify_token, "hub.challenge": challenge}
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT, verify=certificates()) as client:
                answer = await client.get(address, params=asked)
        except httpx.HTTPError as error:
            raise RefusedError(f"{address}: nobody answers there ({type(error).__name__})") from error
        if answer.status_code != httpx.codes.OK or answer.text != challenge:
            raise RefusedError(f"{address}: it did not say the challenge back; look at its verify token")
        self.address = address

    async def send(self, told: Mapping[str, object], settings: Settings, *, times: int = 1) -> None:
        """Send a message, if anybody listens; who does not answer well has missed it."""
        if not self.address and self.wanted:
            with suppress(RefusedError):
                await self.subscribe(self.wanted, settings)
        if not self.address:
            return
        body = raw(told)
        head = {"X-Hub-Signature-256": signature(settings.app_secret, body), "Content-Type": "application/json"}
        async with httpx.AsyncClient(timeout=TIMEOUT, verify=certificates()) as client:
            for _ in range(times):
                self.sent.append(body)
                try:
                    answer = await client.post(self.address, content=body, headers=head)
                    self.failures += not answer.is_success
                except httpx.HTTPError:
                    self.failures += 1

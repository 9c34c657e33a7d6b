"""Calls to a platform over HTTP: the token in the header alone, and everything that goes wrong as a `TroubleError`."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any, Final

import httpx

from leconfield.window.publishing.tokens import TokenFile
from leconfield.window.publishing.trouble import Kind, TroubleError, of_error, of_status

TIMEOUT: Final = 30.0
"""Seconds for each step of a call, and for the whole of an answer once it has begun."""
MAX_ANSWER: Final = 4 * 2**20
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The way to one platform."""

    base: str
    """`https://graph.instagram.com/v26.0`."""
    token: TokenFile
    timeout: float = TIMEOUT

    def get(self, path: str, **fields: str) -> Any:
        """Read something.

        Raises:
            TroubleError: whatever is wrong.
        """
        return self._call("GET", path, params=fields)

    def post(
        self,
        path: str,
        fields: Mapping[str, str | Sequence[str]],
        *,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Write something.

        Raises:
            TroubleError: whatever is wrong.
        """
        return self._call("POST", path, data=fields, files=files, headers=headers)

    def _call(self, method: str, path: str, **named: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token.read()}", **(named.pop("headers", None) or {})}
        headers["Accept-Encoding"] = "identity"
        try:
            with (
                httpx.Client(timeout=self.timeout, follow_redirects=False, verify=_certificates()) as client,
                client.stream(method, f"{self.base}{path}", headers=headers, **named) as answer,
            ):
                held = _received(answer, monotonic() + self.timeout)
        except httpx.HTTPError as error:
            raise TroubleError(Kind.AGAIN, f"no answer came back ({type(error).__name__})") from None
        return _told(answer, held)


def _received(answer: httpx.Response, until: float) -> bytes:
    """The answer's bytes, as far as they are not too many, not too slow, and not packed.

    Raises:
        TroubleError: if they are.
    """
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise TroubleError(Kind.AGAIN, "its answer is packed, which was not asked for")
    held = bytearray()
    for part in answer.iter_raw():
        held += part
        if len(held) > MAX_ANSWER:
            raise TroubleError(Kind.AGAIN, f"its answer is longer than {MAX_ANSWER:,} bytes")
        if monotonic() > until:
            raise TroubleError(Kind.AGAIN, "its answer comes too slowly")
    return bytes(held)


@cache
def _certificates() -> ssl.SSLContext:
    """Whom we trust over TLS: read once, since reading it takes longer than most calls."""
    return httpx.create_ssl_context(trust_env=False)


def _told(answer: httpx.Response, held: bytes) -> Any:
    try:
        found = _read(held)
    except ValueError:
        found = None
    error = found.get("error") if isinstance(found, dict) else None
    if isinstance(error, dict):
        raise of_error(_whole(error.get("code")), _whole(error.get("error_subcode")), answer.status_code)
    if not answer.is_success:
        raise of_status(answer.status_code)
    if found is None:
        raise TroubleError(Kind.AGAIN, "its answer cannot be read")
    return found


def _read(held: bytes) -> Any:
    """JSON, in which half a character (a lone surrogate, which may be escaped in it) is none: it cannot be written."""
    found = json.loads(held)
    if b"\\ud" not in held.lower():
        return found
    return json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def text_of(told: object, name: str) -> str:
    """A text in an answer.

    Raises:
        TroubleError: if it is not there.
    """
    found = told.get(name) if isinstance(told, dict) else None
    if not isinstance(found, str):
        raise TroubleError(Kind.AGAIN, f"its answer has no {name}")
    return found


def items_of(told: object) -> list[dict[str, Any]]:
    """The objects in a list of an answer.

    Raises:
        TroubleError: if it is no list.
    """
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise TroubleError(Kind.AGAIN, "its answer has no list")
    return told

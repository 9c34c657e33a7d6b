"""Mastodon: pictures with descriptions, a status with an `Idempotency-Key`, replies read from its context."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any, Final

from leconfield.gate.bundles.channels import MASTODON
from leconfield.window.publishing.calling import Caller, items_of, text_of
from leconfield.window.publishing.model import Said, Seen, Standing, Submission
from leconfield.window.publishing.trouble import Kind, TroubleError

_ROOM: Final = 300
"""Mastodon counts calls, not posts of a day; `429` says when it is enough."""
_NOT_OURS_TO_HIDE: Final = "Mastodon lets nobody hide another's reply; report it to the instance"
_LISTED: Final = 40
_MOST_PAGES: Final = 20
_ID: Final = re.compile(r"[0-9A-Za-z]{1,60}")


class _Words(HTMLParser):
    """The words of a status, which come as HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in ("br", "p"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words_of(content: str) -> str:
    """The words of HTML."""
    reader = _Words()
    reader.feed(content)
    reader.close()
    return "".join(reader.parts).strip()


@dataclass(frozen=True, slots=True)
class Mastodon:
    """One account on one instance."""

    caller: Caller
    account: str
    visibility: str = "public"
    name: str = MASTODON
    fetches: bool = False

    def submit(self, what: Submission) -> str:
        """Upload its pictures; the ids of them as JSON."""
        found = []
        for shot in what.post.shots:
            kind = "image/jpeg" if shot.held.startswith(b"\xff\xd8") else "image/png"
            files = {"file": (shot.member, shot.held, kind)}
            found.append(text_of(self.caller.post("/api/v2/media", {"description": shot.alt}, files=files), "id"))
        return json.dumps(found)

    def standing(self, container: str) -> Standing:
        """Ready once every picture has an address; until then the instance works on it."""
        told = [self.caller.get(f"/api/v1/media/{_checked(str(each))}") for each in json.loads(container)]
        worked = all(isinstance(each, dict) and isinstance(each.get("url"), str) for each in told)
        return Standing.READY if worked else Standing.WORKING

    def whole(self, container: str, words: str) -> str:
        """It is."""
        del words
        return container

    def room(self) -> int:
        """Enough."""
        return _ROOM

    def publish(self, container: str, words: str, beneath: str, key: str) -> str:
        """Write the status."""
        fields: dict[str, str | list[str]] = {"status": words, "visibility": self.visibility}
        if media := [str(each) for each in json.loads(container)]:
            fields["media_ids[]"] = media
        if beneath:
            fields["in_reply_to_id"] = _checked(beneath)
        return text_of(self.caller.post("/api/v1/statuses", fields, headers={"Idempotency-Key": key}), "id")

    def listed(self, beneath: str = "", *, whole: bool = False) -> tuple[Seen, ...]:
        """Our newest statuses (`whole`: up to 800), or those beneath one."""
        if beneath:
            told = self.caller.get(f"/api/v1/statuses/{_checked(beneath)}/context")
            found = items_of(told.get("descendants") if isinstance(told, dict) else None)
        else:
            found = self._pages(_MOST_PAGES if whole else 1)
        own = [each for each in found if _author(each) == self.account]
        return tuple(
            Seen(text_of(each, "id"), words_of(str(each.get("content", ""))), _moment(each), _address(each))
            for each in own
        )

    def _pages(self, most: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        older: dict[str, str] = {}
        for _ in range(most):
            path = f"/api/v1/accounts/{_checked(self.account)}/statuses"
            part = items_of(self.caller.get(path, limit=str(_LISTED), **older))
            found += part
            if len(part) < _LISTED:
                break
            older = {"max_id": text_of(part[-1], "id")}
        return found

    def comments(self, media: str) -> tuple[Said, ...]:
        """What others wrote beneath a status."""
        told = self.caller.get(f"/api/v1/statuses/{_checked(media)}/context")
        found = items_of(told.get("descendants") if isinstance(told, dict) else None)
        return tuple(
            Said(text_of(each, "id"), _name(each), words_of(str(each.get("content", ""))), _moment(each))
            for each in found
            if _author(each) != self.account
        )

    def hide(self, comment: str, *, hidden: bool) -> None:
        """Nobody can hide a reply of another there.

        Raises:
            TroubleError: always; a moderator of the instance can.
        """
        del comment, hidden
        raise TroubleError(Kind.FIX, _NOT_OURS_TO_HIDE)

    def hidden(self, comment: str) -> bool:
        """Nobody can read that, either.

        Raises:
            TroubleError: always.
        """
        del comment
        raise TroubleError(Kind.FIX, _NOT_OURS_TO_HIDE)

    def open_comments(self, media: str, *, on: bool) -> None:
        """There is no such switch; nothing is done."""

    def refresh(self, now: datetime) -> bool:
        """Its tokens do not end."""
        del now
        return False


def _checked(which: str) -> str:
    if _ID.fullmatch(which) is None:
        raise TroubleError(Kind.FIX, "an id that is none")
    return which


def _author(told: Mapping[str, Any]) -> str:
    found = told.get("account")
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def _name(told: Mapping[str, Any]) -> str:
    found = told.get("account")
    return str(found.get("acct", "")) if isinstance(found, dict) else ""


def _moment(told: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(told.get("created_at"))).astimezone(UTC)
    except ValueError:
        raise TroubleError(Kind.AGAIN, "its answer has no time") from None


def _address(told: Mapping[str, Any]) -> str:
    found = told.get("url")
    return found if isinstance(found, str) and found.startswith(("https://", "http://")) else ""

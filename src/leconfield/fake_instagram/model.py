"""What the fake keeps: tokens, containers, posts, comments; and its clock, which can be put forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

VERSIONS: Final[dict[str, date | None]] = {
    "v20.0": date(2026, 9, 24),
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
    "v26.0": None,
}
"""Versions of the API with the day on which each ends; None: none is named yet."""
DAY: Final = timedelta(days=1)
SHORT_LIFE: Final = timedelta(hours=1)
LONG_LIFE: Final = timedelta(days=60)


def real_time() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class Clock:
    """A clock that can be put forward, and never back."""

    def __init__(self, base: Callable[[], datetime] = real_time) -> None:
        self._base = base
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """What it shows (UTC)."""
        return self._base() + self._ahead

    def advance(self, by: timedelta) -> None:
        """Put it forward."""
        self._ahead += max(by, timedelta())


@dataclass(frozen=True, slots=True)
class Settings:
    """How this account and its app are set up."""

    account: str = "17841400000000001"
    username: str = "our_service"
    name: str = "Our service"
    about: str = "An account of the fake: nothing here is on the net."
    token: str = "fake-long-lived-token"  # noqa: S105 (it opens nothing)
    app_secret: str = "fake-app-secret"  # noqa: S105
    verify_token: str = "fake-verify-token"  # noqa: S105
    polls: int = 1
    """How often a container's status is read before it is FINISHED."""
    posts_a_day: int = 50
    containers_a_day: int = 400


@dataclass(frozen=True, slots=True)
class Token:
    """An access token."""

    words: str
    made: datetime
    life: timedelta

    def live(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return now < self.made + self.life


@dataclass(slots=True)
class Container:
    """What is uploaded and not public."""

    id: str
    made: datetime
    caption: str = ""
    alt: str = ""
    picture: bytes = b""
    children: tuple[str, ...] = ()
    carousel: bool = False
    child: bool = False
    polls_left: int = 0
    failed: bool = False
    published: str = ""
    """The id of the post that it became."""

    def status(self, now: datetime) -> str:
        """Its status code."""
        if self.published:
            return "PUBLISHED"
        if now >= self.made + DAY:
            return "EXPIRED"
        if self.failed:
            return "ERROR"
        return "IN_PROGRESS" if self.polls_left else "FINISHED"


@dataclass(slots=True)
class Media:
    """A public post."""

    id: str
    code: str
    """By what it is known in its address."""
    caption: str
    at: datetime
    pictures: tuple[tuple[bytes, str], ...]
    """Each with its alternative text."""
    carousel: bool = False
    comments_open: bool = True
    hidden_from_lists: int = 0
    """How many more lists it is missing from."""


@dataclass(slots=True)
class Comment:
    """A comment on a post, or a reply to one."""

    id: str
    media: str
    by: str
    text: str
    at: datetime
    parent: str = ""
    hidden: bool = False

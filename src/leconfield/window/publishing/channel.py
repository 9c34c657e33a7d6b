"""What the publisher asks of a channel, whichever it is."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from leconfield.window.publishing.model import Said, Seen, Standing, Submission


class Channel(Protocol):
    """A platform on which we have an account. Everything raises `TroubleError` when it goes wrong."""

    @property
    def name(self) -> str:
        """As in orders."""
        ...

    @property
    def fetches(self) -> bool:
        """Whether it fetches pictures from addresses of ours."""
        ...

    def submit(self, what: Submission) -> str:
        """Hand it over, so that nobody sees it yet; the name of what came of it."""
        ...

    def standing(self, container: str) -> Standing:
        """How far it is with that."""
        ...

    def whole(self, container: str, words: str) -> str:
        """What is made public, put together of parts that are ready; the same container, if it has none."""
        ...

    def room(self) -> int:
        """How many more posts it takes now."""
        ...

    def publish(self, container: str, words: str, beneath: str, key: str) -> str:
        """Make it public; the platform's id of it. `key`: the same for the same attempt of the same delivery."""
        ...

    def listed(self, beneath: str = "", *, whole: bool = False) -> tuple[Seen, ...]:
        """What is public of ours, or our answers beneath a comment: the newest, or all as far as we read."""
        ...

    def comments(self, media: str) -> tuple[Said, ...]:
        """What others wrote beneath something of ours."""
        ...

    def hide(self, comment: str, *, hidden: bool) -> None:
        """Hide a comment, or show it again."""
        ...

    def hidden(self, comment: str) -> bool:
        """Whether a comment is hidden, by what the platform says of it."""
        ...

    def open_comments(self, media: str, *, on: bool) -> None:
        """Let people comment on a post, or not."""
        ...

    def refresh(self, now: datetime) -> bool:
        """Renew the token, if it is time; whether it was."""
        ...

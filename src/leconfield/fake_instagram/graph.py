"""The account behind the API, in memory: what may be done with containers, posts and comments, and what is refused."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from leconfield.fake_instagram import refusals
from leconfield.fake_instagram.model import (
    DAY,
    LONG_LIFE,
    SHORT_LIFE,
    Clock,
    Comment,
    Container,
    Media,
    Settings,
    Token,
)
from leconfield.fake_instagram.refusals import GraphError
from leconfield.gate.bundles.jpegs import jpeg_size

MAX_CAPTION: Final = 2_200
MAX_HASHTAGS: Final = 30
MAX_MENTIONS: Final = 20
MAX_ALT: Final = 1_000
MAX_PICTURE: Final = 8 * 2**20
MOST_CHILDREN: Final = 10
LOWEST: Final = 0.8
HIGHEST: Final = 1.91
_FIRST_ID: Final = 17900000000000000
_CODE: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(slots=True)
class Graph:
    """One account with all that is on it."""

    clock: Clock
    settings: Settings
    containers: dict[str, Container] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _last: int = _FIRST_ID

    def __post_init__(self) -> None:
        its = self.settings.token
        self.tokens[its] = Token(its, self.clock(), LONG_LIFE)

    def _new(self) -> str:
        self._last += 1
        return str(self._last)

    # Tokens

    def admit(self, token: str) -> None:
        """Let a token in.

        Raises:
            GraphError: if it opens nothing, or no more.
        """
        known = self.tokens.get(token)
        if known is None:
            raise GraphError(refusals.NO_TOKEN)
        if not known.live(self.clock()):
            raise GraphError(refusals.BAD_TOKEN)

    def short_token(self) -> Token:
        """A token as a sign-in gives it: it lives an hour."""
        return self._token("short", SHORT_LIFE)

    def exchange(self, token: str, secret: str) -> Token:
        """A token of sixty days for one of an hour.

        Raises:
            GraphError: if the secret is not the app's, or the token no live one of an hour.
        """
        self.admit(token)
        if secret != self.settings.app_secret or self.tokens[token].life != SHORT_LIFE:
            raise GraphError(refusals.BAD_PARAMETER)
        return self._token("long", LONG_LIFE)

    def refresh(self, token: str) -> Token:
        """The token for sixty days more; the old one keeps its own end.

        Raises:
            GraphError: if it is younger than 24 hours, dead, or one of an hour.
        """
        self.admit(token)
        known = self.tokens[token]
        if known.life == SHORT_LIFE or self.clock() < known.made + DAY:
            raise GraphError(refusals.TOO_YOUNG)
        return self._token("long", LONG_LIFE)

    def _token(self, kind: str, life: object) -> Token:
        made = Token(f"fake-{kind}-{self._new()}", self.clock(), LONG_LIFE if life == LONG_LIFE else SHORT_LIFE)
        self.tokens[made.words] = made
        return made

    # Containers

    def contain(self, caption: str, alt: str, picture: bytes, *, child: bool) -> Container:
        """A container of one picture.

        Raises:
            GraphError: if the words, the picture or the number of containers of the day is too much.
        """
        _check_caption(caption)
        _check_picture(picture)
        if len(alt) > MAX_ALT:
            raise GraphError(refusals.BAD_PARAMETER)
        return self._keep(Container("", self.clock(), caption, alt, picture, child=child))

    def contain_several(self, caption: str, children: tuple[str, ...]) -> Container:
        """A container of containers.

        Raises:
            GraphError: if they are fewer than 2, more than 10, or none of them is ready and meant for it.
        """
        _check_caption(caption)
        known = [self.containers.get(each) for each in children]
        fits = all(each is not None and each.child and each.status(self.clock()) == "FINISHED" for each in known)
        if not 2 <= len(children) <= MOST_CHILDREN or not fits:
            raise GraphError(refusals.CAROUSEL)
        return self._keep(Container("", self.clock(), caption, children=children, carousel=True))

    def _keep(self, made: Container) -> Container:
        since = made.made - DAY
        if sum(each.made > since for each in self.containers.values()) >= self.settings.containers_a_day:
            raise GraphError(refusals.TOO_MANY_CONTAINERS)
        made.id, made.polls_left = self._new(), self.settings.polls
        self.containers[made.id] = made
        return made

    def looked_at(self, which: str) -> tuple[Container, str]:
        """A container with its status; every look brings it nearer to its end.

        Raises:
            GraphError: if there is none.
        """
        if (known := self.containers.get(which)) is None:
            raise GraphError(refusals.LIES)
        status = known.status(self.clock())
        known.polls_left -= known.polls_left > 0
        return known, status

    # Posts

    def used_today(self) -> int:
        """Posts of the last 24 hours; several pictures in one count as one."""
        since = self.clock() - DAY
        return sum(each.at > since for each in self.media.values())

    def publish(self, which: str) -> Media:
        """Make a container public.

        Raises:
            GraphError: if it is not ready, gone, public already, or one post too many.
        """
        known = self.containers.get(which)
        if known is None or known.published or known.child:
            raise GraphError(refusals.NO_MEDIA)
        status = known.status(self.clock())
        if status == "EXPIRED":
            raise GraphError(refusals.BUILDER_EXPIRED)
        if status != "FINISHED":
            raise GraphError(refusals.NOT_READY)
        if self.used_today() >= self.settings.posts_a_day:
            raise GraphError(refusals.MOST_POSTS)
        parts = [self.containers[each] for each in known.children] or [known]
        pictures = tuple((each.picture, each.alt) for each in parts)
        its = self._new()
        made = Media(its, code_of(int(its)), known.caption, self.clock(), pictures, known.carousel)
        self.media[its] = made
        known.published = its
        return made

    def listed(self) -> list[Media]:
        """The posts, the newest first; those that are late are missing once more."""
        shown = [each for each in self.media.values() if not each.hidden_from_lists]
        for each in self.media.values():
            each.hidden_from_lists -= each.hidden_from_lists > 0
        return sorted(shown, key=lambda each: (each.at, each.id), reverse=True)

    def take_down(self, which: str) -> None:
        """What a person does in the app; the API cannot."""
        self.media.pop(which, None)
        for each in [one.id for one in self.comments.values() if one.media == which]:
            self.comments.pop(each)

    # Comments

    def comment(self, media: str, by: str, text: str, parent: str = "") -> Comment:
        """Write a comment, or a reply to one at the top.

        Raises:
            GraphError: if there is no such post, it takes none, or the one replied to is a reply or hidden.
        """
        known = self.media.get(media)
        if known is None:
            raise GraphError(refusals.LIES)
        above = self.comments.get(parent)
        if parent and (above is None or above.parent or above.hidden):
            raise GraphError(refusals.COMMENT)
        if not known.comments_open or not text.strip():
            raise GraphError(refusals.BAD_PARAMETER)
        made = Comment(self._new(), media, by, text[:MAX_CAPTION], self.clock(), parent)
        self.comments[made.id] = made
        return made

    def hide(self, which: str, *, hidden: bool) -> None:
        """Hide a comment of somebody else, or show it again.

        Raises:
            GraphError: if there is none, or it is our own.
        """
        known = self.comments.get(which)
        if known is None:
            raise GraphError(refusals.LIES)
        if known.by == self.settings.username:
            raise GraphError(refusals.COMMENT)
        known.hidden = hidden

    def erase(self, which: str) -> None:
        """Delete a comment and the replies to it.

        Raises:
            GraphError: if there is none.
        """
        if self.comments.pop(which, None) is None:
            raise GraphError(refusals.LIES)
        for each in [one.id for one in self.comments.values() if one.parent == which]:
            self.comments.pop(each)

    def beneath(self, media: str, parent: str = "") -> list[Comment]:
        """Comments at the top of a post, or replies to one of them, the oldest first."""
        return [each for each in self.comments.values() if each.media == media and each.parent == parent]


def code_of(number: int) -> str:
    """The short code of an id, as it stands in an address."""
    made = ""
    while number:
        number, rest = divmod(number, len(_CODE))
        made = _CODE[rest] + made
    return made


def stamp(moment: datetime) -> str:
    """A moment as the API writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def _check_caption(caption: str) -> None:
    tags, named = len(re.findall(r"(?<![\w&])#\w+", caption)), len(re.findall(r"(?<![\w.])@\w+", caption))
    size = len(caption.encode("utf-16-le")) // 2
    if size > MAX_CAPTION or tags > MAX_HASHTAGS or named > MAX_MENTIONS:
        raise GraphError(refusals.CAPTION)


def _check_picture(picture: bytes) -> None:
    if len(picture) > MAX_PICTURE:
        raise GraphError(refusals.TOO_LARGE)
    size = jpeg_size(picture)
    if size is None:
        raise GraphError(refusals.FORMAT)
    if not LOWEST <= size.aspect <= HIGHEST:
        raise GraphError(refusals.ASPECT)

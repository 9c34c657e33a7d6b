"""A window, its publisher, its site as a real server, and the real fake: everything speaks HTTP on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from leconfield.fake_instagram.faults import Fault
from leconfield.fake_instagram.mastodon import TOKEN, Status
from leconfield.fake_instagram.model import Settings
from leconfield.gate.bundles.deliveries import (
    ALL,
    DELIVERED,
    ON_COMMENT,
    OUTCOME,
    RESOLUTION,
    STOP,
    TO_CHANNELS,
    Act,
    CommentOrder,
    Heard,
    Resolution,
    Result,
    Ruling,
    Told,
    channels_body,
    comment_body,
    heard_in,
    key_of,
    outcome_in,
    resolution_body,
    slot_of,
    stop_body,
    told_in,
)
from leconfield.window.publishing.model import Delivery
from leconfield.window.publishing.publisher import Publisher, open_publisher, store_of
from leconfield.window.site.app import application
from tests.fake_instagram.serving import Faked, Standing, faked, served
from tests.gate.bundles.shots import photograph
from tests.window.houses import House, house

PICTURE = photograph()
WORDS = "The quay was empty when we came.\n\n!quay.jpg An empty quay in the morning."
CAPTION = "The quay was empty when we came."


def lines(fake: Faked, url: str, timeout: float = 2.0) -> str:
    """What stands in `window.toml` of the publisher."""
    return f"""
[publishing]
poll_seconds = 60
timeout_seconds = {timeout}
media_base = "{url}"

[instagram]
host = "{fake.address}"
version = "v26.0"
account = "{fake.server.fake.graph.settings.account}"
username = "{fake.server.fake.graph.settings.username}"

[mastodon]
host = "{fake.address}/mastodon"
account = "1"
"""


@dataclass
class Scene:
    """One window before the fake."""

    house: House
    fake: Faked
    publisher: Publisher
    site: str
    decisions: int = 0

    @property
    def store(self) -> Path:
        """The store of the publisher."""
        return store_of(self.house.folder)

    @property
    def clock(self) -> Standing:
        """One clock for all: the window's, the publisher's, the fake's."""
        return self.fake.clock

    def post(self, text: str = WORDS, *channels: str, release: str = "", **named: Any) -> str:
        """A release, and the order that sends it to channels."""
        pictures = {"quay.jpg": ("image/jpeg", PICTURE)} if "!quay.jpg" in text else {}
        which = self.house.release("post", text, files={**pictures, **named.pop("files", {})}, release=release, **named)
        self.house.order(TO_CHANNELS, which, channels_body(channels or ("instagram",)))
        return which

    def pass_(self, **span: float) -> None:
        """Time goes by for everybody."""
        self.clock.now += timedelta(**span)
        self.house.clock.at = self.clock.now

    def turns(self, count: int = 4, **span: float) -> None:
        """Some turns of the publisher, a minute after each if nothing else is said."""
        for _ in range(count):
            self.publisher.turn()
            self.pass_(**(span or {"seconds": 61}))

    def spoil(self, on: str, do: str, what: str = "500", times: int = 1, **named: Any) -> None:
        """Put a fault into the script of the fake Instagram."""
        self.fake.server.fake.script.add(Fault(on, do, what, times, **named))

    def listens(self) -> None:
        """It is time to read comments, and they are read."""
        self.pass_(minutes=11)
        self.turns(1)

    def settle(self) -> None:
        """So much time goes by that a doubt is put before a person."""
        self.turns(3)
        self.pass_(minutes=16)
        self.turns(1)

    def get(self, release: str, channel: str = "instagram") -> Delivery:
        """How a delivery stands."""
        found = self.publisher.kept.get(release, channel)
        assert found is not None
        return found

    def numbers(self, release: str, channel: str = "instagram") -> list[int]:
        """The numbers of the steps of a delivery, as the store has them."""
        asked = "select number from steps where release = ? and channel = ? order by number"
        with self.publisher.kept.store() as opened:
            return [each["number"] for each in opened.execute(asked, (release, channel)).fetchall()]

    def begins_again(self) -> None:
        """The publisher ends, and another one begins with what lies on the disk."""
        config = type(self.house.window.config).load(self.house.folder)
        self.publisher = open_publisher(config, self.clock)

    def public(self) -> list[str]:
        """The captions of what is public, the newest first."""
        return [each.caption for each in self.fake.server.fake.graph.media.values()][::-1]

    def told(self) -> list[Told]:
        """What the inside was told of deliveries, in the order of steps."""
        found = [told_in(each) for each in self.house.boxes() if each.kind == DELIVERED]
        return sorted(found, key=lambda each: (each.release, each.channel, each.step))

    def heard(self) -> list[Heard]:
        """The comments that were brought inside."""
        return [heard_in(each) for each in self.house.boxes() if each.kind == ON_COMMENT]

    def outcomes(self) -> list[str]:
        """What the inside was told of its orders on comments."""
        found = [outcome_in(each) for each in self.house.boxes() if each.kind == OUTCOME]
        return [
            each.result.value for each in sorted(found, key=lambda each: (each.serial, list(Result).index(each.result)))
        ]

    def comment(self, text: str = "Who were they?", by: str = "anna") -> str:
        """A reader comments on the newest post; the platform's id of that."""
        media = next(reversed(self.fake.server.fake.graph.media))
        return str(self.fake.tell("comment", media=media, text=text, by=by).json()["id"])

    def toot(self, text: str = "Who were they?", by: str = "anna") -> str:
        """A reader replies to the newest status; the id of that."""
        instance = self.fake.server.mastodon
        above = next(reversed(instance.statuses))
        its = instance.new()
        instance.statuses[its] = Status(its, text, self.clock(), by=by, above=above)
        return its

    def answers(self, channel: str, native: str) -> int:
        """How many answers of ours stand beneath a comment."""
        if channel == "instagram":
            return sum(each.parent == native for each in self.fake.server.fake.graph.comments.values())
        return sum(each.above == native for each in self.fake.server.mastodon.statuses.values())

    def decide(
        self, release: str, ruling: Ruling, address: str = "", step: int = 0, channel: str = "instagram"
    ) -> None:
        """An officer decides on what waits for him."""
        its = self.get(release, channel)
        made = Resolution(release, channel, ruling, step or its.step, address)
        self.house.order(RESOLUTION, key_of(release, channel), resolution_body(made))

    def stop(self, *, on: bool) -> None:
        """Stop everything, or let it go on."""
        self.house.order(STOP, ALL, stop_body(on=on))

    def on_comment(self, comment: str, act: Act, release: str = "") -> None:
        """An order on a comment."""
        self.decisions += 1
        made = CommentOrder(comment, act, release, self.decisions)
        self.house.order(slot_of(act), comment, comment_body(made))


@contextmanager
def before(fake: Faked, folder: Path, *, timeout: float = 2.0, app_secret: bool = True) -> Iterator[Scene]:
    """A scene in a fresh folder before a fake that is cleared."""
    fake.clear()
    found = house(folder)
    with served(application(found.window)) as site:
        file = found.folder / "window.toml"
        file.write_text(file.read_text() + lines(fake, site, timeout))
        token(found.folder, "instagram.token", "fake-long-lived-token", fake)
        token(found.folder, "mastodon.token", TOKEN, fake)
        if app_secret:
            token(found.folder, "instagram.secret", "fake-app-secret", fake)
            token(found.folder, "instagram.verify", "fake-verify-token", fake)
        found.clock.at = fake.clock.now
        config = type(found.window.config).load(found.folder)
        object.__setattr__(found.window, "config", config)
        publisher = open_publisher(config, fake.clock)
        yield Scene(found, fake, publisher, site)


def token(folder: Path, name: str, words: str, fake: Faked) -> None:
    """Put a token into its file, as an officer of the window does."""
    from leconfield.window.publishing.tokens import TokenFile

    TokenFile(folder / "secrets" / name).write(words, fake.clock.now)


@contextmanager
def serving(polls: int = 0) -> Iterator[Faked]:
    """The fake, serving."""
    with faked(Settings(polls=polls, posts_a_day=25)) as fake:
        yield fake


def fetched(address: str) -> httpx.Response:
    """What the public gets there."""
    return httpx.get(address, timeout=5)

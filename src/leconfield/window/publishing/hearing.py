"""Comments: read beneath what is live, brought inside once each, hidden or answered when the inside says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.errors import LeconfieldError
from leconfield.gate.bundles.deliveries import (
    ON_COMMENT,
    Act,
    CommentOrder,
    Heard,
    State,
    comment_order_in,
    heard_box,
    short_id,
)
from leconfield.window.publishing.channel import Channel
from leconfield.window.publishing.deliveries import Deliveries
from leconfield.window.publishing.model import Delivery, Said
from leconfield.window.publishing.trouble import Kind, TroubleError
from leconfield.window.spool import Outbox
from leconfield.window.told import Shown

EVERY: Final = timedelta(minutes=10)
"""How often comments beneath a post are read; a webhook brings that forward."""
LISTENED: Final = timedelta(days=30)
"""How long after it went live comments on a post are read."""
AGAIN: Final = timedelta(minutes=1)
"""After which an order is given again that the platform did not take."""
_NEVER: Final = (Kind.FIX, Kind.LIE)
MAX_WORDS: Final = 5_000
MAX_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Ear:
    """What reads comments, and does on them what the inside wants."""

    channels: Mapping[str, Channel]
    kept: Deliveries
    outbox: Outbox
    now: datetime

    def listen(self) -> None:
        """Read what stands beneath every post that went live not long ago."""
        for its in self.kept.all():
            channel = self.channels.get(its.channel)
            listens = its.state is State.LIVE and its.media and not its.beneath and self.now < its.since + LISTENED
            name = f"comments {its.channel} {its.media}"
            if channel is None or not listens or self.now < self.kept.due(name):
                continue
            self.kept.postpone(name, self.now + EVERY)
            try:
                for each in channel.comments(its.media):
                    self._take(its, each)
            except TroubleError:
                continue

    def _take(self, its: Delivery, said: Said) -> None:
        short = short_id(its.channel, said.id)
        with self.kept.store() as opened:
            row = (short, its.channel, said.id, its.release, its.media, said.name[:MAX_NAME], said.words[:MAX_WORDS])
            opened.execute(
                "insert or ignore into comments (short, channel, native, release, media, name, words, day, parent)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, said.at.date().isoformat(), said.parent),
            )

    def tell(self) -> None:
        """Bring inside what was not told yet; then the words are let go of here."""
        with self.kept.store() as opened:
            rows = opened.execute("select * from comments where told = 0 order by day, short").fetchall()
        for each in rows:
            heard = Heard(each["short"], each["channel"], each["release"], each["name"], each["words"], each["day"])
            self.outbox.put(heard_box(heard))
            with self.kept.store() as opened:
                opened.execute("update comments set told = 1, name = '', words = '' where short = ?", (each["short"],))

    def obey(self, shown: Shown) -> None:
        """Do what newer orders want of comments."""
        if not shown.orders(ON_COMMENT):
            return
        with self.kept.store() as opened:
            rows = {each["short"]: each for each in opened.execute("select * from comments").fetchall()}
        for about, order in shown.orders(ON_COMMENT).items():
            row = rows.get(about)
            if row is None or row["serial"] >= order.serial or self.now < self.kept.due(f"order {about}"):
                continue
            try:
                done = self._do(row["channel"], row["native"], comment_order_in(order))
            except (LeconfieldError, TroubleError) as error:
                if not isinstance(error, TroubleError) or error.kind not in _NEVER:
                    self.kept.postpone(f"order {about}", self.now + AGAIN)  # who did not answer is asked again
                    continue
                done = None  # whoever wrote it has deleted it, or the platform has no such thing
            with self.kept.store() as opened:
                opened.execute(
                    "update comments set serial = ?, hidden = ? where short = ?",
                    (order.serial, done is Act.HIDE, about),
                )

    def _do(self, name: str, native: str, wanted: CommentOrder) -> Act | None:
        if (channel := self.channels.get(name)) is None:
            return None
        if wanted.act is Act.REPLY:
            self.kept.enlist(wanted.release, name, self.now, beneath=native)
        else:
            channel.hide(native, hidden=wanted.act is Act.HIDE)
        return wanted.act

    # The stop

    def hush(self) -> None:
        """Close the comments of everything that is live, and hide what nobody has decided on."""
        self._switch(self._open_posts(), on=False)
        with self.kept.store() as opened:
            asked = "select * from comments where serial < 0 and hidden = 0 and by_stop = 0"
            rows = opened.execute(asked).fetchall()
        for each in rows:
            self._hide(each["short"], each["channel"], each["native"], hidden=True)

    def speak(self) -> None:
        """Undo what the stop did, and nothing else."""
        with self.kept.store() as opened:
            closed = [(each["channel"], each["media"]) for each in opened.execute("select * from closed").fetchall()]
            rows = opened.execute("select * from comments where by_stop = 1").fetchall()
        self._switch(closed, on=True)
        for each in rows:
            self._hide(each["short"], each["channel"], each["native"], hidden=False)

    def _open_posts(self) -> list[tuple[str, str]]:
        with self.kept.store() as opened:
            closed = {(each["channel"], each["media"]) for each in opened.execute("select * from closed").fetchall()}
        live = [each for each in self.kept.all() if each.state is State.LIVE and each.media and not each.beneath]
        return [(each.channel, each.media) for each in live if (each.channel, each.media) not in closed]

    def _switch(self, posts: list[tuple[str, str]], *, on: bool) -> None:
        for name, media in posts:
            if (channel := self.channels.get(name)) is None:
                continue
            try:
                channel.open_comments(media, on=on)
            except TroubleError:
                continue
            with self.kept.store() as opened:
                if on:
                    opened.execute("delete from closed where channel = ? and media = ?", (name, media))
                else:
                    opened.execute("insert or ignore into closed (channel, media) values (?, ?)", (name, media))

    def _hide(self, short: str, name: str, native: str, *, hidden: bool) -> None:
        if (channel := self.channels.get(name)) is None:
            return
        try:
            channel.hide(native, hidden=hidden)
        except TroubleError:
            return
        with self.kept.store() as opened:
            opened.execute("update comments set by_stop = ? where short = ?", (hidden, short))

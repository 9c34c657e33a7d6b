"""Comments hidden, shown and answered when the inside says so, closed and hidden by the stop: read back each time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.gate.bundles.deliveries import (
    ON_COMMENT,
    RESOLUTION,
    TO_ANSWER,
    Act,
    Outcome,
    Result,
    comment_order_in,
    key_of,
    outcome_box,
)
from leconfield.gate.bundles.orders import Order
from leconfield.window.publishing.attempts import Attempts
from leconfield.window.publishing.channel import Channel
from leconfield.window.publishing.deliveries import Deliveries
from leconfield.window.publishing.trouble import Kind, TroubleError
from leconfield.window.spool import Outbox
from leconfield.window.told import Shown

MOST_LIES: Final = 5
"""How often a platform may say that there is no such comment or post before that is believed: it says so at times."""
_OUTCOME: Final = "insert or ignore into outcomes (short, serial, result, why, day) values (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Moderator:
    """What does on comments what the inside wants."""

    channels: Mapping[str, Channel]
    kept: Deliveries
    outbox: Outbox
    now: datetime

    def obey(self, shown: Shown, *, stopped: bool) -> None:
        """Do what newer orders want of comments; while all is stopped, hide and nothing else."""
        orders, answers = shown.orders(ON_COMMENT), {} if stopped else shown.orders(TO_ANSWER)
        if not orders and not answers:
            return
        with self.kept.store() as opened:
            rows = {each["short"]: each for each in opened.execute("select * from comments").fetchall()}
        attempts = Attempts()
        for about in rows.keys() & answers.keys():
            attempts(self._answer, rows[about], answers[about], shown)
        for about in rows.keys() & orders.keys():
            if rows[about]["serial"] < orders[about].serial:
                attempts(self._obey, rows[about], orders[about], stopped=stopped)
        attempts.end()

    def _answer(self, row: sqlite3.Row, order: Order, shown: Shown) -> None:
        """It is enlisted once, however often it is ordered."""
        release, channel, native = comment_order_in(order).release, row["channel"], row["native"]
        if channel in self.channels:
            decided = shown.order(RESOLUTION, key_of(release, channel)) is not None
            self.kept.enlist(release, channel, self.now, beneath=native, decided=decided)

    def _obey(self, row: sqlite3.Row, order: Order, *, stopped: bool) -> None:
        short, name = row["short"], f"order {row['short']} {order.serial}"
        hidden = comment_order_in(order).act is Act.HIDE
        channel = self.channels.get(row["channel"])
        if channel is None or (stopped and not hidden) or not self.kept.ripe(name, self.now):
            return
        self._by_stop(short, to=False)  # from now on somebody has decided: letting go on must not show it again
        try:
            assure(channel, row["native"], hidden=hidden)
        except TroubleError as trouble:
            over = self._over(trouble, self.kept.put_off(name, self.now))
            self._conclude(short, order.serial, Result.UNDONE if over else Result.TRYING, trouble.words)
        else:
            self._conclude(short, order.serial, Result.DONE)

    def _over(self, trouble: TroubleError, tries: int) -> bool:
        """Whether it is given up: it will never be done, or by all signs there is no such thing any more."""
        return trouble.kind is Kind.FIX or (trouble.kind is Kind.LIE and tries >= MOST_LIES)

    def _conclude(self, short: str, serial: int, result: Result, why: str = "") -> None:
        with self.kept.store() as opened:
            opened.execute(_OUTCOME, (short, serial, result.value, why, self.now.date().isoformat()))
            if result is not Result.TRYING:
                opened.execute("update comments set serial = ? where short = ?", (serial, short))
                opened.execute("delete from wakes where name = ?", (f"order {short} {serial}",))

    def tell(self) -> None:
        """Tell the inside what became of its orders."""
        with self.kept.store() as opened:
            rows = opened.execute("select * from outcomes where told = 0 order by day, short, serial").fetchall()
        attempts = Attempts()
        for each in rows:
            attempts(self._tell, each)
        attempts.end()

    def _tell(self, row: sqlite3.Row) -> None:
        told = Outcome(row["short"], row["serial"], Result(row["result"]), row["why"], row["day"])
        self.outbox.put(outcome_box(told))
        with self.kept.store() as opened:
            which = (row["short"], row["serial"], row["result"])
            opened.execute("update outcomes set told = 1 where short = ? and serial = ? and result = ?", which)

    # The stop

    def hush(self) -> None:
        """Close the comments of everything that is public, and hide what nobody has decided on."""
        with self.kept.store() as opened:
            rows = opened.execute("select * from comments where serial < 0 and by_stop = 0").fetchall()
        attempts = Attempts()
        for name, media in self._open_posts():
            attempts(self._switch, name, media, on=False)
        for each in rows:
            attempts(self._hide, each, hidden=True)
        attempts.end()

    def speak(self) -> None:
        """Undo what the stop did, and nothing else."""
        with self.kept.store() as opened:
            closed = opened.execute("select * from closed").fetchall()
            rows = opened.execute("select * from comments where by_stop = 1").fetchall()
        attempts = Attempts()
        for each in closed:
            attempts(self._switch, each["channel"], each["media"], on=True)
        for each in rows:
            attempts(self._hide, each, hidden=False)
        attempts.end()

    def _open_posts(self) -> list[tuple[str, str]]:
        with self.kept.store() as opened:
            closed = {(each["channel"], each["media"]) for each in opened.execute("select * from closed").fetchall()}
        public = [(each.channel, each.media) for each in self.kept.all() if each.media and not each.beneath]
        return [each for each in public if each not in closed]

    def _switch(self, name: str, media: str, *, on: bool) -> None:
        channel, wake = self.channels.get(name), f"{'open' if on else 'close'} {name} {media}"
        if channel is None or not self.kept.ripe(wake, self.now):
            return
        try:
            channel.open_comments(media, on=on)
        except TroubleError as trouble:
            tries = self.kept.put_off(wake, self.now)
            if not on or not self._over(trouble, tries):
                return
        self.kept.forget(wake)
        with self.kept.store() as opened:
            if on:
                opened.execute("delete from closed where channel = ? and media = ?", (name, media))
            else:
                opened.execute("insert or ignore into closed (channel, media) values (?, ?)", (name, media))

    def _hide(self, row: sqlite3.Row, *, hidden: bool) -> None:
        channel, wake = self.channels.get(row["channel"]), f"{'hide' if hidden else 'show'} {row['short']}"
        if channel is None or not self.kept.ripe(wake, self.now):
            return
        try:
            assure(channel, row["native"], hidden=hidden)
        except TroubleError as trouble:
            tries = self.kept.put_off(wake, self.now)
            if hidden or not self._over(trouble, tries):
                return
        self.kept.forget(wake)
        self._by_stop(row["short"], to=hidden)

    def _by_stop(self, short: str, *, to: bool) -> None:
        with self.kept.store() as opened:
            opened.execute("update comments set by_stop = ? where short = ?", (to, short))


def assure(channel: Channel, comment: str, *, hidden: bool) -> None:
    """Hide a comment, or show it again, and read whether it is so: neither a yes nor a no of the platform suffices.

    Raises:
        TroubleError: if it is not so, or cannot be read.
    """
    refused: TroubleError | None = None
    try:
        channel.hide(comment, hidden=hidden)
    except TroubleError as trouble:
        refused = trouble
    try:
        found = channel.hidden(comment)
    except TroubleError as trouble:
        raise refused or trouble from None
    if found is not hidden:
        raise refused or TroubleError(Kind.AGAIN, "it says that it did it, and it is not so")

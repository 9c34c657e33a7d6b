"""Comments: read beneath what is public, and brought inside once each."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.gate.bundles.deliveries import Heard, State, heard_box, short_id
from leconfield.window.publishing.attempts import Attempts
from leconfield.window.publishing.channel import Channel
from leconfield.window.publishing.deliveries import Deliveries
from leconfield.window.publishing.model import Delivery, Said
from leconfield.window.publishing.trouble import TroubleError
from leconfield.window.spool import Outbox

EVERY: Final = timedelta(minutes=10)
"""How often comments beneath a post are read; a webhook brings that forward."""
LISTENED: Final = timedelta(days=30)
"""How long after it went live comments on a post are read."""
MAX_WORDS: Final = 5_000
MAX_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Ear:
    """What reads comments."""

    channels: Mapping[str, Channel]
    kept: Deliveries
    outbox: Outbox
    now: datetime

    def listen(self) -> None:
        """Read what stands beneath every post that went live not long ago."""
        attempts = Attempts()
        for its in self.kept.all():
            name = f"comments {its.channel} {its.media}"
            if self._listens(its) and self.kept.ripe(name, self.now, EVERY):
                self.kept.postpone(name, self.now + EVERY)
                attempts(self._read, its)
        attempts.end()

    def _listens(self, its: Delivery) -> bool:
        public = its.media and not its.beneath and its.state is not State.REJECTED
        return bool(public) and self.now < its.since + LISTENED

    def _read(self, its: Delivery) -> None:
        if (channel := self.channels.get(its.channel)) is None:
            return
        with suppress(TroubleError):  # it is read again in ten minutes
            for each in channel.comments(its.media):
                self._take(its, each)

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
        attempts = Attempts()
        for each in rows:
            attempts(self._tell, each)
        attempts.end()

    def _tell(self, row: sqlite3.Row) -> None:
        heard = Heard(row["short"], row["channel"], row["release"], row["name"], row["words"], row["day"])
        self.outbox.put(heard_box(heard))
        with self.kept.store() as opened:
            opened.execute("update comments set told = 1, name = '', words = '' where short = ?", (row["short"],))

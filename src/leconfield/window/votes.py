"""Votes for questions: a number for each, and nothing of who voted or when. Counted at the close, then boxed.

Nobody has an account, so anybody patient can vote twice. What keeps that in bounds: every vote costs a ticket, good
once for one question (`tickets`), and one question takes so many votes an hour, whoever sends them (`Pace`). Votes
decide the order of the answers and nothing else; the page says all of this.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from typing import Final

from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.content import canonical
from leconfield.window.store import Store, open_store

FILE: Final = "votes.db"
SCHEMA: Final = """
create table if not exists votes (
    round text not null, question text not null, count integer not null, primary key (round, question)
) strict, without rowid;
create table if not exists closed (round text not null primary key, sent integer not null) strict, without rowid;
"""
"""Rows lie in the order of their keys, so that the file does not tell which question was voted for first."""
MOST_BOXED: Final = 2_000
"""Questions of a round whose votes are sent in; those with the most, if ever there are more."""
_AN_HOUR: Final = 3600


@dataclass(slots=True)
class Pace:
    """How many votes each question takes: so many at once, and as many an hour again. In memory alone."""

    _left: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    """By round and question: how many may still come, and when that was so (seconds)."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, which: str, question: str, an_hour: int, now: datetime) -> bool:
        """Whether one more is taken."""
        at = now.timestamp()
        with self._lock:
            left, since = self._left.get((which, question), (float(an_hour), at))
            left = min(float(an_hour), left + max(0.0, at - since) * an_hour / _AN_HOUR)
            taken = left >= 1
            self._left[which, question] = (left - 1 if taken else left, at)
            return taken


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes of a window."""

    store: Store
    pace: Pace = field(default_factory=Pace)

    def cast(self, which: str, question: str) -> bool:
        """Count a vote; False: the votes of that round are closed, and it was not counted."""
        with self.store() as connection:
            if connection.execute("select 1 from closed where round = ?", (which,)).fetchone():
                return False
            connection.execute(
                "insert into votes (round, question, count) values (?, ?, 1)"
                " on conflict (round, question) do update set count = count + 1",
                (which, question),
            )
            return True

    def counts(self, which: str) -> dict[str, int]:
        """The votes of a round by question. Nothing of it shows before the round has closed."""
        with self.store() as connection:
            return _counts(connection, which)

    def sent(self, which: str) -> bool:
        """Whether the votes of a round were sent in."""
        with self.store() as connection:
            found = connection.execute("select 1 from closed where round = ? and sent = 1", (which,))
            return found.fetchone() is not None

    def close(self, which: str) -> dict[str, int]:
        """Take no more votes for a round; what they came to, the same however often it is closed."""
        with self.store() as connection:
            connection.execute("insert or ignore into closed (round, sent) values (?, 0)", (which,))
            return _counts(connection, which)

    def mark_sent(self, which: str) -> None:
        """Note that the votes of a closed round were sent in."""
        with self.store() as connection:
            connection.execute("update closed set sent = 1 where round = ?", (which,))


def _counts(connection: Connection, which: str) -> dict[str, int]:
    rows = connection.execute("select question, count from votes where round = ?", (which,)).fetchall()
    return {row["question"]: row["count"] for row in rows}


def box_of(which: str, votes: Mapping[str, int], day: str) -> Box:
    """The box with the votes of a round. Its id is always the same: the inside takes it once, however often sent."""
    most = sorted(votes.items(), key=lambda each: (-each[1], each[0]))[:MOST_BOXED]
    fields = {"round": which, "votes": canonical(dict(most)).decode()}
    its_id = sha256(f"leconfield ballots v1\n{which}".encode()).hexdigest()[:32]
    return Box(rounds.BALLOTS, day, fields, id=its_id)


@lru_cache(maxsize=32)
def votes_in(file: Path) -> Votes:
    """The votes that are kept in a file; one for the process, since the pace is kept in memory."""
    return Votes(open_store(file, SCHEMA))

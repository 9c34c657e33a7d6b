"""Equality answers wait here, sealed, until so many lie together that none can be joined to an application.

Every row is a sealed box of one size under a random number, with no time of its own: the day in each box is one for
all who are asked (`leaving_by`). They leave together, shuffled, when chance says so and at least `LEAST` lie here;
what is left on that day leaves then, with whatever else lies here.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from leconfield.gate.bundles.boxes import ENDING, Box, seal
from leconfield.gate.bundles.vacancies import EQUALITY, Equality
from leconfield.window import writing
from leconfield.window.store import Store, open_store

FILE: Final = "equality.db"
LEAST: Final = 10
"""Boxes that leave together, at least, while the vacancy is open."""
ONE_IN: Final = 4
"""Once so many lie here, each further one lets them go with this chance: when they leave tells not who was last."""
AFTER: Final = timedelta(days=7)
"""How long after the closing what applicants answered may still lie here."""
_SCHEMA: Final = """
create table if not exists waiting (
  number blob primary key,
  sealed blob not null,
  by_day text not null
) strict, without rowid;
"""


def leaving_by(closes: date, today: date) -> date:
    """The day by which answers leave: a week after the closing; for those asked later, the next quarter's first day."""
    if today < closes + AFTER:
        return closes + AFTER
    quarter = (today.month - 1) // 3 + 1
    return date(today.year + quarter // 4, quarter % 4 * 3 + 1, 1)


class Waiting:
    """The queue of equality boxes of one window."""

    def __init__(
        self,
        path: Path,
        recipients: Sequence[X25519PublicKey],
        out: Path,
        chance: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        """`out`: the folder into which boxes are put; `chance(n)`: a number from 0 to n - 1."""
        self._path, self._out = path, out
        self._recipients, self._chance = tuple(recipients), chance
        self._store: Store = open_store(path, _SCHEMA)

    def add(self, answers: Equality, by: date, today: date, number: str = "") -> None:
        """Let answers wait, until `by` at the longest, and let all leave if it is time.

        `number`: 32 hexadecimal digits at random, the id of the box: sent twice by mistake, it is counted once.
        """
        number = number or secrets.token_hex(16)
        sealed = seal(Box(EQUALITY, by.isoformat(), answers.fields, id=number), self._recipients)
        with self._store() as connection:
            values = (bytes.fromhex(number), sealed, by.isoformat())
            connection.execute("replace into waiting values (?, ?, ?)", values)
            (count,) = connection.execute("select count(*) from waiting").fetchone()
            if count >= LEAST and self._chance(ONE_IN) == 0:
                self._leave(connection, today)
        writing.level(self._path, today.isoformat())

    def overdue(self, today: date) -> None:
        """Let all leave if the day has come by which some had to."""
        with self._store() as connection:
            (first,) = connection.execute("select min(by_day) from waiting").fetchone()
            if first is not None and date.fromisoformat(first) <= today:
                self._leave(connection, today)
        writing.level(self._path, today.isoformat())

    def _leave(self, connection: sqlite3.Connection, today: date) -> None:
        """Files first, rows then: torn between the two, the same boxes leave again, and are taken once by their ids."""
        rows = [bytes(each["sealed"]) for each in connection.execute("select sealed from waiting")]
        for sealed in sorted(rows, key=lambda _: secrets.randbits(64)):
            writing.put(self._out / f"{secrets.token_hex(16)}{ENDING}", sealed, today.isoformat())
        connection.execute("delete from waiting")

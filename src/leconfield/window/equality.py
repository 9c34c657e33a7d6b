"""Equality answers wait here, sealed, until all of one vacancy leave together, so that none joins an application.

Every row is a sealed box of one size under a random number, with no time of its own: the day in each box is one for
all who are asked (`leaving_by`). Those of one day leave on it together, shuffled, and never before: if a number of
them let them go, whoever adds answers that he knows could choose among whose they leave.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from leconfield.gate.bundles.boxes import ENDING, Box, seal
from leconfield.gate.bundles.vacancies import EQUALITY, Equality
from leconfield.window import writing
from leconfield.window.store import Store, open_store

FILE: Final = "equality.db"
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

    def __init__(self, path: Path, recipients: Sequence[X25519PublicKey], out: Path) -> None:
        """`out`: the folder into which boxes are put."""
        self._out, self._recipients = out, tuple(recipients)
        self._store: Store = open_store(path, _SCHEMA)

    def add(self, answers: Equality, by: date, number: str = "") -> None:
        """Let answers wait until the day `by`.

        `number`: 32 hexadecimal digits at random, the id of the box: sent twice by mistake, it is counted once.
        """
        number = number or secrets.token_hex(16)
        sealed = seal(Box(EQUALITY, by.isoformat(), answers.fields, id=number), self._recipients)
        with self._store() as connection:
            values = (bytes.fromhex(number), sealed, by.isoformat())
            connection.execute("replace into waiting values (?, ?, ?)", values)

    def overdue(self, today: date) -> None:
        """Let those leave whose day has come, and no others.

        Files first, rows then: torn between the two, the same boxes leave again, and are taken once by their ids.
        """
        with self._store() as connection:
            due = (today.isoformat(),)
            rows = connection.execute("select sealed from waiting where by_day <= ?", due).fetchall()
            for each in sorted(rows, key=lambda _: secrets.randbits(64)):
                name = f"{secrets.token_hex(16)}{ENDING}"
                writing.leave(self._out / name, bytes(each["sealed"]), today.isoformat())
            connection.execute("delete from waiting where by_day <= ?", due)

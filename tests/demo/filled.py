"""The demonstration's case on a desk whose clock stands after the story, shared by the tests: filling takes a while."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import cache
from sqlite3 import Connection

from leconfield.demo import Case, read_case
from leconfield.demo.build import fill
from leconfield.ledger.desk import Clock, Desk
from leconfield.ledger.model import Question, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.resolution import Partition
from tests.examples.sequin import FOLDER
from tests.ledger.desks import KEYS

AFTER = datetime(2026, 7, 9, 12, tzinfo=UTC)
"""The day that the lone actor has named."""
Filled = tuple[Desk, dict[str, SubjectId]]


@cache
def case() -> Case:
    """The case, read and checked."""
    return read_case(FOLDER)


@cache
def filled() -> Filled:
    """The desk that holds it, and the record made of each registration's key. Nobody may write to it."""
    desk = Desk.in_memory(KEYS, lambda: AFTER)
    return desk, fill(desk, case())


def copied(clock: Clock) -> Filled:
    """A desk of one's own that holds it, to write to: what was appended is copied, which is quicker than filling anew.

    What lies in the vault is not in it.
    """
    source, records = filled()
    made = Desk.in_memory(KEYS, clock)
    _driver(source).backup(_driver(made))
    made._files._memory.update(source._files._memory)
    return made, records


def _driver(desk: Desk) -> Connection:
    found = desk._store._engine.raw_connection().driver_connection
    assert isinstance(found, Connection)
    return found


def at_the_end_of(day: str) -> datetime:
    """The last moment of a day (ISO)."""
    return datetime.combine(datetime.fromisoformat(day).date(), time.max, UTC)


def seen(user: str, day: str = "") -> View:
    """What the officer could see at the end of the day (ISO); empty: sees now."""
    desk = filled()[0]
    return desk.view(desk.reader(user), at_the_end_of(day) if day else None, asking=Question("answer key"))


def records_of(view: View, key: str) -> set[SubjectId]:
    """The records of the subject that was registered under the key, in that view."""
    return set(view.derived(Partition).subject_of(filled()[1][key]).records)

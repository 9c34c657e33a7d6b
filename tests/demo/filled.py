"""The demonstration's case on a desk whose clock stands after the story, shared by the tests: filling takes a while."""

from __future__ import annotations

import fcntl
import json
import shutil
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from leconfield.demo import Case, read_case
from leconfield.demo.build import fill
from leconfield.ledger.desk import Clock, Desk
from leconfield.ledger.model import Question, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.resolution import Partition
from tests import common
from tests.examples.sequin import FOLDER
from tests.ledger.desks import KEYS

AFTER = datetime(2026, 7, 9, 12, tzinfo=UTC)
"""The day that the lone actor has named."""
RECORDS: Final = "records.json"
Filled = tuple[Desk, dict[str, SubjectId]]


@cache
def case() -> Case:
    """The case, read and checked."""
    return read_case(FOLDER)


@cache
def filled() -> Filled:
    """The desk that holds it, and the record made of each registration's key. Nobody may write to it."""
    return copied(lambda: AFTER)


def copied(clock: Clock) -> Filled:
    """A desk of one's own that holds it, to write to."""
    folder = Path(mkdtemp(dir=common.folder())) / "desk"
    shutil.copytree(_master(), folder)
    return Desk.open(folder, clock), json.loads((folder / RECORDS).read_text())


def _master() -> Path:
    """The desk that all are copies of, filled by whichever process of this run comes first; others wait for it."""
    folder = common.folder() / "sequin"
    with (common.folder() / "sequin.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / RECORDS).exists():
            KEYS.save(folder / "keys")
            desk = Desk.open(folder, lambda: AFTER, creating=True)
            records = fill(desk, case())
            desk.close()
            (folder / RECORDS).write_text(json.dumps(records))
    return folder


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

"""What a check needs is made ready beside the visits when the house opens: nobody's first one waits for every index.

What is slow is read without holding anybody up, for it is a function of single reports, values and tables. What is
then made of it belongs to a world, and is made in steps, each of which holds the visits up no longer than it takes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

import structlog

from leconfield.errors import LeconfieldError
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure.checking import check
from leconfield.gate.exposure.model import Text
from leconfield.gate.exposure.service import lookers
from leconfield.gate.matching.index import Passages, read_ahead, said_ahead
from leconfield.gate.names.held import Held
from leconfield.gate.names.tabled import closed_in, tabled
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.times import stamp
from leconfield.ledger.world import Derived
from leconfield.registry.mentions import KnownNames
from leconfield.registry.records import Records
from leconfield.registry.resolution import Partition

_STRICTEST: Final = "public"
_INDEXES: Final[tuple[type[Derived], ...]] = (Records, Partition, KnownNames, Passages)
_TOGETHER: Final = 2000
"""Records or statements that are taken in at a step."""
_BREATH: Final = 0.005
"""Seconds between two steps, in which whoever waits has his turn."""
_PATIENCE: Final = 5.0
"""Seconds that the end waits for the step that is being made."""
_WORDS: Final = "Nothing is said here yet."
"""A draft that rests on nothing: what is left is made by checking it."""
_log = structlog.get_logger()


@contextmanager
def beside(desk: Desk, lock: AbstractContextManager[object]) -> Iterator[None]:
    """While this lasts, make everything ready in a thread of its own; `lock` is held while a visit is answered."""
    stopped = threading.Event()
    thread = threading.Thread(target=make_ready, args=(desk, lock, stopped), name="gate", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(_PATIENCE)


def make_ready(desk: Desk, lock: AbstractContextManager[object], stopped: threading.Event) -> None:
    """Make everything ready; what cannot be made is left to the check that needs it, which says why not."""
    try:
        for _ in _steps(desk, lock):
            if stopped.wait(_BREATH):
                return
    except LeconfieldError as error:
        _log.warning("the gate was not made ready", error=type(error).__name__)  # its words may tell what is held


def _steps(desk: Desk, lock: AbstractContextManager[object]) -> Iterator[None]:
    with lock:
        readers = lookers(desk)
    for each in readers:
        yield from _of_one(desk, each, lock)


def _of_one(desk: Desk, reader: Reader, lock: AbstractContextManager[object]) -> Iterator[None]:
    """All that a check needs in one view."""
    profile = asking.shipped()
    audience = profile.audience(_STRICTEST)
    with lock:
        world = desk.view(reader, asking=Question("gate made ready")).world
        reports, statements = list(world.reports.values()), list(world.statements.values())
        closed = closed_in(world, lambda report: profile.is_open(report, audience))
    yield
    for report in reports:
        read_ahead(report)
        yield
    for place, said in enumerate(statements):
        said_ahead(said)
        if not place % _TOGETHER:
            yield
    for segment in closed:
        tabled(segment)
        yield
    for kind in _INDEXES:
        with lock:
            world.derived(kind)
        yield
    waiting = True
    while waiting:
        with lock:
            waiting = world.derived(Held).take(_TOGETHER)
        yield
    with lock:
        check(world, Text(_WORDS, stamp(desk.clock())[:10]), profile, audience, offering=False)
    yield

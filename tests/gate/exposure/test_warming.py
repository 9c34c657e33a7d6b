"""What a check needs is made ready beside the visits, and nothing that it says depends on that."""

from __future__ import annotations

import threading
from types import TracebackType

import pytest

from leconfield.gate.exposure import service, warming
from leconfield.gate.exposure.commands import as_data
from leconfield.gate.exposure.model import Text
from leconfield.gate.matching.index import Passages
from leconfield.gate.names.held import Held
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader, Report, Statement
from leconfield.ledger.world import World
from leconfield.registry.resolution import Partition
from tests.gate.exposure.test_service import AGENTS, LIMP, ON, staffed
from tests.gate.names.test_tabled import loaded
from tests.gate.worlds import PROFILE, PUBLIC
from tests.ledger.desks import EMMA, ROB, desk, filed, look

DRAFT = Text("The man limps since a forklift rolled over his foot.", ON)


class Counted:
    """A lock that counts how often it was taken, and is never taken twice by one thread."""

    def __init__(self) -> None:
        self.times = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        assert self._lock.acquire(timeout=60)
        self.times += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()


def held() -> Desk:
    at = staffed()
    filed(at, ROB, LIMP, AGENTS)
    return at


def ready(at: Desk, lock: Counted | None = None) -> None:
    warming.make_ready(at, lock or Counted(), threading.Event())


def test_the_first_check_makes_no_index_once_all_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    at = held()
    ready(at)

    def made(_world: World) -> None:
        raise AssertionError("an index was made anew")

    for kind in (Passages, Partition, Held):
        monkeypatch.setattr(kind, "of", made)
    view = look(at, ROB)
    assert service.answer(at, view, DRAFT, PROFILE, PUBLIC).verdict.sentences[0].reasons


@pytest.mark.parametrize("who", [ROB, EMMA])
def test_a_verdict_is_the_same_bytes_whether_all_was_made_ready_or_not(who: Reader) -> None:
    answers = []
    for warmed in (False, True):
        at = held()
        if warmed:
            ready(at)
        answers.append(as_data(service.answer(at, look(at, who), DRAFT, PROFILE, PUBLIC)))
    assert answers[0] == answers[1]


def test_what_comes_while_it_is_made_ready_counts() -> None:
    at = staffed()
    ready(at)
    filed(at, ROB, LIMP, AGENTS)
    assert service.answer(at, look(at, ROB), DRAFT, PROFILE, PUBLIC).verdict.sentences[0].reasons


def test_a_visit_has_its_turn_between_two_steps() -> None:
    lock = Counted()
    at = held()
    ready(at, lock)
    views = len(service.lookers(at))
    assert lock.times > 6 * views


def test_reports_values_and_tables_are_read_while_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()
    lock = Counted()

    def reading(_each: Report | Statement) -> None:
        with lock:  # it would wait for itself for ever
            free.set()

    monkeypatch.setattr(warming, "read_ahead", reading)
    monkeypatch.setattr(warming, "said_ahead", reading)
    at = held()
    loaded(at)
    ready(at, lock)
    assert free.is_set()


def test_it_is_stopped_after_the_step_that_it_is_at() -> None:
    lock, stopped = Counted(), threading.Event()
    stopped.set()
    warming.make_ready(held(), lock, stopped)
    assert lock.times == 2


def test_a_table_that_is_damaged_is_left_to_the_check_that_says_so() -> None:
    at = staffed()
    loaded(at)
    files = look(at, EMMA).world.bulk.files
    for each in files:
        each.write_bytes(b"no table")
    ready(at)


def test_nothing_is_written_that_a_reader_sees() -> None:
    at = held()
    before = look(at, ROB).entries()
    with warming.beside(at, threading.RLock()):
        pass
    ready(at)
    assert look(at, ROB).entries() == before


def test_a_desk_without_officers_is_ready_at_once() -> None:
    ready(desk())

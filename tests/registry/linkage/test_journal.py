"""What was acknowledged is there after a crash; what was torn is cut off, and anything else that is wrong is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import DamagedError
from leconfield.registry.linkage.durable import DurableResolver
from leconfield.registry.linkage.journal import Journal
from leconfield.registry.linkage.resolver import SAME, Judgement, Resolver
from tests.registry.linkage.people import people, people_plan, resolved, table

RECORDS = people(20)
WRITER = """
import sys
from pathlib import Path
from leconfield.registry.linkage.journal import Journal
with Journal(Path(sys.argv[1])) as journal:
    number = 0
    while True:
        journal.append([[number, "x" * (number % 50)], [number + 1, "y"]])
        number += 2
        print(number, flush=True)
"""


def test_entries_come_back_in_their_order(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        journal.append([["a", None], ["ü", 1]])
        journal.append([["c"]])
    with Journal(tmp_path / "journal") as journal:
        assert list(journal.read()) == [["a", None], ["ü", 1], ["c"]]
        assert journal.replayed.cut_off == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_a_torn_end_is_cut_off_and_what_was_whole_stays(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = tmp_path_factory.mktemp("torn") / "journal"
    with Journal(path) as journal:
        journal.append([["one"], ["two"], ["three"]])
    whole = path.read_bytes()
    size = cut % (len(whole) + 1)
    path.write_bytes(whole[:size])
    with Journal(path) as journal:
        lines = whole[:size].count(b"\n")
        assert list(journal.read()) == [["one"], ["two"], ["three"]][:lines]
        journal.append([["after"]])
        assert list(journal.read())[-1] == ["after"]


def test_a_changed_byte_before_the_end_is_damage_and_not_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path) as journal:
        journal.append([["one"], ["two"]])
    body = bytearray(path.read_bytes())
    body[12] ^= 1
    path.write_bytes(body)
    with pytest.raises(DamagedError, match="line 1"):
        Journal(path)
    assert path.read_bytes() == bytes(body)


def test_a_writer_killed_at_any_moment_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    for number in range(3):
        path = tmp_path / f"journal-{number}"
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged = [writer.stdout.readline() for _ in range(5 + 20 * number)][-1]
            os.kill(writer.pid, signal.SIGKILL)
        with Journal(path) as journal:
            assert journal.replayed.entries >= int(acknowledged)


def test_a_resolver_comes_back_as_it_was(tmp_path: Path) -> None:
    path, whole = tmp_path / "journal", table(RECORDS)
    with DurableResolver(Resolver(people_plan()), path) as durable:
        for begin in range(0, len(RECORDS), 16):
            batch = whole.slice(begin, 16).combine_chunks().to_batches()[0]
            durable.add(batch["id"].to_pylist(), batch)
        durable.judge(Judgement("0-0", "1-0", SAME))
        durable.judge(Judgement("2-0", "3-0", SAME))
        durable.take_back("3-0", "2-0")
        durable.remove("5-1")
        durable.resolver.settle()
        before = list(durable.resolver.clusters())
    with DurableResolver(Resolver(people_plan()), path) as again:
        assert again.replayed.entries == len(RECORDS) + 5
        again.resolver.settle()
        assert list(again.resolver.clusters()) == before


def test_a_journal_of_another_table_is_refused(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        journal.append([["table", "other", "columns"]])
    with pytest.raises(DamagedError, match="other columns"):
        DurableResolver(resolved([]), tmp_path / "journal")

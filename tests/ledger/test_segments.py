"""Segments: large tables answer as small ones do, and a hidden one is nowhere."""

import hashlib
import os
import random
import signal
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import DamagedError, NotFoundError, RefusedError
from leconfield.intake.filing import Terms
from leconfield.intake.loading import load_table, looked_up_by
from leconfield.intake.tables import RowError, saved_mapping
from leconfield.ledger.bulk import SEGMENT_LOADED, Bulk, names_in, values_in
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import ReportId, Statement
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import NAMES
from leconfield.registry.identifiers import normalise
from leconfield.registry.scripts import fold
from tests.ledger.desks import EMMA, ROB, START, desk, filed, look

FEW = 10
"""Rows from which on these tests make segments."""
FIRST = ("Ray", "Ada", "Kofi", "Олег", "José", "Mary Ann")
LAST = ("Cassell", "Brook", "Mensah", "Петров", "García", "O'Hara")


def persons(rows: int, seed: int = 1) -> bytes:
    chance = random.Random(seed)
    lines = ["name,born,phone,organisation"]
    for n in range(rows):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}{n % 97}"
        lines.append(f"{name},19{chance.randint(30, 99)},07700 {900000 + chance.randrange(rows):06d},Club {n % 7}")
    return "\n".join(lines).encode()


def rays(bulk: Bulk) -> list[Statement]:
    """What names everybody called Ray."""
    return list(
        bulk.with_value([" ".join(sorted(["ray", f"{fold(last)}{n}"])) for last in LAST for n in range(97)], NAMES)
    )


def loaded(
    at: Desk,
    content: bytes,
    label: str = "S",
    *,
    few: int = FEW,
    name: str = "persons",
    when: datetime | None = None,
) -> str:
    outcome = load_table(
        at, ROB, f"{name}.csv", content, saved_mapping(name), Terms("HEATHER", label=label), when, segment_rows=few
    )
    assert outcome.report is not None
    return outcome.report


def plain(statements: list[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda each: each.id)


def both(content: bytes, name: str = "persons") -> tuple[View, View]:
    """A view over the table in memory, and one over the table in a segment."""
    views = []
    for few in (10**6, FEW):
        at = desk()
        loaded(at, content, few=few, name=name, when=START)
        views.append(look(at, EMMA))
    return views[0], views[1]


def test_a_large_table_answers_as_the_same_table_in_memory() -> None:
    memory, segment = both(persons(1000))
    assert (len(memory.world.statements), len(segment.world.statements)) == (segment.world.bulk.count(), 0)
    for subject in list(memory.world.by_subject)[:60]:
        assert segment.statements(subject=subject) == memory.statements(subject=subject)
    for value in [*list(memory.world.pointing_at)[:60], "nothing says this"]:
        assert plain(segment.pointing_at(value)) == plain(memory.pointing_at(value))
    for each in list(memory.world.statements.values())[:20]:
        assert segment.statement(each.id) == each


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(0, 23)), min_size=FEW + 1, max_size=40))
def test_whatever_repeats_in_a_table_is_said_once_as_in_memory(calls: list[tuple[int, int, int]]) -> None:
    rows = "\n".join(f"2026-01-05 {hour:02d}:00,07700 90000{a},07700 90000{b},60" for a, b, hour in calls)
    memory, segment = both(f"time,caller,callee,seconds\n{rows}".encode(), "calls")
    assert segment.world.bulk.count() == len(memory.world.statements)
    for subject in memory.world.by_subject:
        assert segment.statements(subject=subject) == memory.statements(subject=subject)
        assert plain(segment.pointing_at(subject)) == plain(memory.pointing_at(subject))


def test_an_identifier_is_found_however_it_is_written() -> None:
    at = desk()
    loaded(at, b"name,phone\n" + b"".join(b"Ray %d,07700 9001%02d\n" % (n, n) for n in range(20)))
    found = look(at, EMMA).world.bulk.with_value([normalise("phone", "+44 7700 900107"), "nothing"], {"phone"})
    assert [each.value for each in found] == ["07700 900107"]


def test_a_name_is_found_by_its_words_in_any_order_and_script() -> None:
    at = desk()
    loaded(at, "name\nОлег Петров\nOleg Petrovich Ivanov\n".encode() + b"".join(b"Ada %d\n" % n for n in range(20)))
    bulk = look(at, EMMA).world.bulk
    assert [each.value for each in bulk.with_value(["oleg petrov"], NAMES)] == ["Олег Петров"]
    assert {name for _, name in names_in(bulk.files[0])} >= {"Олег Петров", "Oleg Petrovich Ivanov", "Ada 3"}


def test_a_segment_says_what_it_holds_of_some_properties() -> None:
    memory, segment = both(persons(300))
    said = {(each.schema, each.prop, each.value) for each in memory.world.statements.values()}
    (file,) = segment.world.bulk.files
    assert set(values_in(file, {"name", "phone"})) == {each for each in said if each[1] in {"name", "phone"}}


def test_only_names_and_identifiers_are_looked_up() -> None:
    assert looked_up_by("Person", "name", "Ray CASSELL") == "cassell ray"
    assert looked_up_by("Vehicle", "name", "AB12 CDE") == "ab12cde"
    assert looked_up_by("Person", "birthDate", "1950") == ""


def test_a_hidden_segment_changes_nothing_and_no_file_of_it_is_opened() -> None:
    with_it, without = desk(), desk()
    for at in (with_it, without):
        loaded(at, persons(30), when=START)
    subject = rays(look(with_it, ROB).world.bulk)[0].subject
    secret = loaded(with_it, persons(40, seed=2), "S&AGENTS", when=START)
    answers = []
    for at in (with_it, without):
        view = look(at, EMMA)
        bulk = view.world.bulk
        answers.append(
            (
                view.statements(subject=subject),
                view.pointing_at("Club 3"),
                rays(bulk),
                bulk.count(),
                [each.name for each in bulk.files],
                [each.id for each in view.reports()],
            )
        )
        assert len(bulk.files) == 1
    assert answers[0] == answers[1]
    seen_by_rob = look(with_it, ROB).world.bulk
    assert len(seen_by_rob.files) == 2
    hidden = next(each for each in rays(seen_by_rob) if each.report == secret)
    assert look(with_it, EMMA).statements(subject=hidden.subject) == []
    with pytest.raises(NotFoundError):
        look(with_it, EMMA).statement(hidden.id)


def test_who_may_see_no_segment_opens_none() -> None:
    at = desk()
    loaded(at, persons(30), "S&AGENTS")
    bulk = look(at, EMMA).world.bulk
    assert (bulk.files, bulk.count(), bulk.pointing_at("Club 3")) == ((), 0, ())
    assert "_reader" not in vars(bulk)


def test_as_of_an_earlier_day_a_segment_is_not_there() -> None:
    at = desk()
    loaded(at, persons(30), when=START + timedelta(days=30))
    assert look(at, EMMA, START + timedelta(days=1)).world.bulk.files == ()
    assert len(look(at, EMMA, START + timedelta(days=31)).world.bulk.files) == 1


def test_a_new_segment_is_seen_at_once() -> None:
    at = desk()
    loaded(at, persons(30))
    before = look(at, EMMA).world.bulk.count()
    loaded(at, persons(40, seed=3))
    assert look(at, EMMA).world.bulk.count() > before
    assert look(at, EMMA).pointing_at("Club 3")


def test_the_same_table_twice_is_one_report() -> None:
    at = desk()
    assert loaded(at, persons(30)) == loaded(at, persons(30)) == loaded(at, persons(30), few=100)
    assert len(look(at, EMMA).entries(kind=SEGMENT_LOADED)) == 1


def test_a_large_table_that_is_also_hidden_elsewhere_is_loaded_like_any_other() -> None:
    at = desk()
    loaded(at, persons(30), "S&AGENTS")
    loaded(at, persons(30), "S")
    assert len(look(at, EMMA).world.bulk.files) == 1
    assert len(look(at, ROB).world.bulk.files) == 2


def test_nobody_writes_the_entry_of_a_segment_by_hand() -> None:
    with pytest.raises(RefusedError):
        desk().append(ROB, [Draft(SEGMENT_LOADED, "", body={"digest": "0" * 64, "rows": "1"})])


def test_nobody_loads_a_table_under_a_label_that_would_hide_it_from_himself() -> None:
    at = desk()
    with pytest.raises(RefusedError):
        loaded(at, persons(30), "S&NOBODY.HOLDS.THIS")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    at = Desk.create(tmp_path / "desk")
    loaded(at, persons(50))
    filed(at, ROB, "Ray Cassell. Seen")
    at.close()
    return tmp_path / "desk"


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("segments/??/*.parquet"))


def faults(folder: Path) -> tuple[str, ...]:
    at = Desk.open(folder)
    found = at.verify().faults
    at.close()
    return found


def test_a_segment_is_named_by_its_content(folder: Path) -> None:
    (path,) = segments(folder)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    assert faults(folder) == ()


def test_a_changed_segment_is_found(folder: Path) -> None:
    (path,) = segments(folder)
    path.write_bytes(path.read_bytes().replace(b"PAR1", b"PAR2", 1))
    assert any(path.stem[:12] in each for each in faults(folder))


def test_a_missing_segment_is_found_and_reading_it_says_what_to_do(folder: Path) -> None:
    (path,) = segments(folder)
    path.unlink()
    assert any("missing" in each for each in faults(folder))
    at = Desk.open(folder)
    with pytest.raises(DamagedError, match="backup"):
        look(at, EMMA).pointing_at("Club 3")
    at.close()


def test_a_bad_row_leaves_nothing_behind(folder: Path) -> None:
    before = segments(folder)
    at = Desk.open(folder)
    with pytest.raises(RowError, match="row 42"):
        loaded(at, persons(40, seed=5) + b"\nRay Cassell,31/02/1990,,\n")
    assert len(look(at, EMMA).entries(kind=SEGMENT_LOADED)) == 1
    at.close()
    assert segments(folder) == before
    assert list(folder.glob("segments/unfinished/*")) == []
    assert faults(folder) == ()


STOPS = ("prepare", "publish", "tidy", "append", "sync")


def _load_and_die(folder: Path, stop: str) -> None:
    """Load a table in a process that is killed at the named step."""
    from leconfield.ledger.recorder import Recorder
    from leconfield.ledger.stores import segment_writing
    from leconfield.ledger.stores.segments import Segments

    def die(*_args: object, **_more: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    place = {
        "prepare": (segment_writing, "_sort"),
        "publish": (Segments, "publish"),
        "tidy": (Segments, "tidy"),
        "append": (Recorder, "append"),
        "sync": (Recorder, "_seal"),
    }[stop]
    at = Desk.open(folder)
    setattr(*place, die)
    loaded(at, persons(60, seed=9))


@pytest.mark.parametrize("stop", STOPS)
def test_a_load_that_is_killed_is_seen_by_nobody_and_can_be_repeated(folder: Path, stop: str) -> None:
    process = get_context("spawn").Process(target=_load_and_die, args=(folder, stop))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert faults(folder) == ()
    at = Desk.open(folder)
    assert len(look(at, EMMA).world.bulk.files) == 1
    report = loaded(at, persons(60, seed=9))
    assert ReportId(report) in look(at, EMMA).world.reports
    assert len(look(at, EMMA).world.bulk.files) == 2
    at.close()
    assert len(segments(folder)) == 2
    assert list(folder.glob("segments/unfinished/*")) == []
    assert faults(folder) == ()


def test_tidying_leaves_the_work_of_a_living_load_alone(folder: Path) -> None:
    at, other = Desk.open(folder), Desk.open(folder)
    with at._segments.workshop() as workshop:
        (workshop / "begun").write_text("half a table")
        loaded(other, persons(60, seed=9))
        assert (workshop / "begun").exists()
    at.close()
    other.close()


@pytest.mark.long
def test_two_hundred_thousand_rows_are_loaded_and_found() -> None:
    at = desk()
    outcome = load_table(
        at, ROB, "persons.csv", persons(200_000), saved_mapping("persons"), Terms("HEATHER", label="S")
    )
    view = look(at, EMMA)
    assert view.report(str(outcome.report)).text.startswith("Persons. 200,000 rows")
    assert view.world.bulk.count() > 700_000
    assert not view.world.statements
    (found, *_) = view.world.bulk.with_value(["cassell96 ray"], NAMES)
    assert view.statements(subject=found.subject)
    assert view.statement(found.id) == found

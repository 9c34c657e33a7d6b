"""Equality answers cannot be joined to an application: not by an id, a size, an order, a day or an hour."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles.boxes import Box, opened
from leconfield.gate.bundles.vacancies import ASKED_AT, CHOICES, RATHER_NOT, Equality, equality_in
from leconfield.window import equality
from leconfield.window.equality import Waiting, leaving_by
from leconfield.window.spool import Outbox, Spool

KEY = X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
TODAY = date(2026, 11, 23)
BY = date(2026, 12, 21)
answered = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from((*its, RATHER_NOT)) for name, its in CHOICES.items()}
)


@pytest.fixture(autouse=True)
def no_settling(monkeypatch):
    """Hundreds of boxes are written here; that they reach the platter is not what is asked."""
    monkeypatch.setattr("leconfield.window.writing.os.fsync", lambda _: None)


def queue(folder) -> Waiting:
    (folder / "out").mkdir(exist_ok=True)
    return Waiting(folder / "equality.db", [KEY.public_key()], folder / "out")


def rows(folder) -> list[tuple[bytes, bytes, str]]:
    with sqlite3.connect(folder / "equality.db") as connection:
        return [(bytes(a), bytes(b), str(c)) for a, b, c in connection.execute("select * from waiting")]


def left(folder) -> list[Equality]:
    files = sorted((folder / "out").glob("*.box"))
    return [equality_in(opened(each.read_bytes(), KEY).fields) for each in files]


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.tuples(answered, st.sampled_from(ASKED_AT), st.sampled_from(["a", "x" * 40])), min_size=2, max_size=8)
)
def test_what_waits_is_of_one_size_and_one_day_whatever_was_answered(tmp_path_factory, given_answers):
    folder = tmp_path_factory.mktemp("equality")
    waiting = queue(folder)
    for answers, stage, vacancy in given_answers:
        waiting.add(Equality(vacancy, stage, answers), BY)
    held = rows(folder)
    assert len(held) == len(given_answers)
    assert len({len(sealed) for _, sealed, _ in held}) == 1
    assert {day for _, _, day in held} == {BY.isoformat()}


def test_what_lies_in_the_store_opens_to_nobody_here_and_tells_no_order(tmp_path):
    waiting = queue(tmp_path)
    for number in range(12):
        waiting.add(Equality("cook", answers={"age": CHOICES["age"][number % 6]}), BY)
    numbers = [number for number, _, _ in rows(tmp_path)]
    assert numbers == sorted(numbers)
    held = (tmp_path / "equality.db").read_bytes()
    assert not any(each.encode() in held for each in ("cook", *CHOICES["age"]))
    assert (tmp_path / "equality.db").stat().st_mtime % 86_400 == 0


def test_no_number_of_known_answers_lets_one_leave_before_its_day(tmp_path):
    """Whoever adds nine of his own to one that he wants to see pushes nothing out."""
    waiting = queue(tmp_path)
    for at in range(20):
        waiting.add(Equality("cook", answers={"religion": "jewish"} if at == 0 else {}), BY)
    waiting.overdue(BY - timedelta(days=1))
    assert not left(tmp_path)
    waiting.overdue(BY)
    assert (len(rows(tmp_path)), len(left(tmp_path))) == (0, 20)


def test_none_leave_on_the_day_of_another_vacancy(tmp_path):
    waiting = queue(tmp_path)
    waiting.add(Equality("analyst", answers={"religion": "jewish"}), date(2027, 3, 1))
    for _ in range(9):
        waiting.add(Equality("driver", "invited"), BY)
    waiting.overdue(BY)
    assert {each.vacancy for each in left(tmp_path)} == {"driver"}
    assert [day for _, _, day in rows(tmp_path)] == ["2027-03-01"]


def test_the_order_in_which_they_leave_follows_nothing(tmp_path):
    """Names are drawn: over many batches, who came first stands at every place."""
    places = set()
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        waiting = queue(folder)
        for at in range(10):
            waiting.add(Equality("cook", answers={"age": "16-24"} if at == 0 else {}), BY)
        waiting.overdue(BY)
        places.add([bool(each.answers) for each in left(folder)].index(True))
    assert len(places) > 1


def test_beside_applications_they_have_neither_id_nor_day_nor_hour_in_common(tmp_path):
    spool = Spool(tmp_path / "spool")
    spool.make()
    outbox = Outbox(spool, [KEY.public_key()])
    waiting = Waiting(tmp_path / "equality.db", [KEY.public_key()], spool.out)
    for at in range(10):
        day = TODAY + timedelta(days=at)
        outbox.put(Box("application", day.isoformat(), {"name": str(at)}))
        waiting.add(Equality("cook"), BY)
    waiting.overdue(BY)
    files = sorted(spool.out.glob("*.box"))
    boxes = [(opened(each.read_bytes(), KEY), each) for each in files]
    parts = [{"id": {b.id for b, _ in boxes if b.kind == kind}} for kind in ("application", "equality")]
    assert not parts[0]["id"] & parts[1]["id"]
    assert {b.day for b, _ in boxes if b.kind == "equality"} == {BY.isoformat()}
    hours = {each.stat().st_mtime % 86_400 for _, each in boxes}
    assert hours == {0}
    assert len({each.stat().st_mtime for b, each in boxes if b.kind == "equality"}) == 1


def test_sent_twice_by_mistake_they_are_one(tmp_path):
    waiting = queue(tmp_path)
    for _ in range(2):
        waiting.add(Equality("cook"), BY, "0a" * 16)
    assert len(rows(tmp_path)) == 1


@pytest.mark.parametrize("torn_after", [0, 3])
def test_torn_while_leaving_none_is_lost_and_none_counts_twice(tmp_path, monkeypatch, torn_after):
    waiting = queue(tmp_path)
    for _ in range(9):
        waiting.add(Equality("cook"), BY)
    put, calls = equality.writing.put, []

    def torn(*told):
        calls.append(told)
        if len(calls) > torn_after:
            raise OSError("no space left on device")
        put(*told)

    with monkeypatch.context() as broken:
        broken.setattr(equality.writing, "put", torn)
        with pytest.raises(OSError, match="no space"):
            waiting.overdue(BY)
    assert len(rows(tmp_path)) == 9
    waiting.overdue(BY)
    ids = [opened(each.read_bytes(), KEY).id for each in (tmp_path / "out").glob("*.box")]
    assert (len(rows(tmp_path)), len(set(ids))) == (0, 9)


@settings(deadline=None)
@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_late_answers_leave_on_the_first_day_of_a_quarter_ahead(today):
    by = leaving_by(date(2020, 1, 1), today)
    assert today < by <= today + timedelta(days=92)
    assert (by.day, by.month % 3) == (1, 1)

"""Records of large tables are found, shown and amended like any other, though no partition holds them."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from leconfield import app
from leconfield.errors import NotFoundError
from leconfield.intake.filing import Terms
from leconfield.intake.loading import load_table
from leconfield.intake.tables import saved_mapping
from leconfield.ledger import accounts
from leconfield.ledger.bulk import Bulk
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Statement, SubjectId
from leconfield.ledger.view import View
from leconfield.registry import large, service
from leconfield.registry.chips import chip, name_of, reverse_rows_of, rows_of
from leconfield.registry.lookup import subject_at
from leconfield.registry.nameindex import Knowledge, Segment, gathered
from leconfield.registry.query import parse_query
from leconfield.registry.resolution import Partition
from leconfield.registry.service import Said
from leconfield.registry.trace import NO_TRACE, Hit, trace
from tests.ledger.desks import EMMA, ROB, START, desk, filed, look
from tests.noninterference.pages import Browser, prepared

PERSONS = (
    "name,alias,born,phone,organisation\n"
    "Олег Петров,,1971-05-02,07700 900107,Harbour Freight\n"
    "Oleg Ivanovich Sidorov,,1980,,Harbour Freight\n"
    "Mary Ann Brook,Polly,1990-02-11,,\n"
    "Dr Kofi Mensah,,1966,07700 900108,\n"
).encode()
CALLS = (
    b"time,caller,callee,seconds\n2026-01-05 10:00,07700900107,07700900108,60\n2026-01-06,07700900108,07700900107,\n"
)


def load(at: Desk, content: bytes, name: str = "persons", label: str = "S", few: int = 1) -> None:
    load_table(
        at, ROB, f"{name}.csv", content, saved_mapping(name), Terms("HEATHER", label=label), START, segment_rows=few
    )


def hits(view: View, words: str) -> list[Hit]:
    return list(trace(view.world, parse_query(words)).hits)


def found(view: View, words: str) -> str:
    return hits(view, words)[0].subject.name


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Petrov, Oleg", "Олег Петров"),
        ("Олег Петров", "Олег Петров"),
        ("sidorov oleg", "Oleg Ivanovich Sidorov"),
        ("Polly Brook", "Mary Ann Brook"),
        ("Mary Broook", "Mary Ann Brook"),
        ("Брук Мэри", "Mary Ann Brook"),
        ("K. Mensah", "Dr Kofi Mensah"),
        ("Harold Bexwith", ""),
        ("Polly", "Mary Ann Brook"),
        ("Mr Kofi Mensah", "Dr Kofi Mensah"),
        ("+44 7700 900107", "Олег Петров"),
        ("Petrov born 1971", "Олег Петров"),
    ],
)
def test_a_record_of_a_large_table_is_found_by_name_in_any_script_and_by_number(asked: str, name: str) -> None:
    at = desk()
    load(at, PERSONS)
    view = look(at, EMMA)
    assert view.world.bulk.count() > 0
    assert [each.subject.name for each in hits(view, asked)[:1]] == ([name] if name else [])


def test_an_index_that_was_lost_or_torn_is_made_again() -> None:
    at = desk()
    load(at, PERSONS)
    view = look(at, EMMA)
    (segment,) = view.world.bulk.files
    (index,) = indexes(segment)
    whole = index.read_bytes()
    for spoil in (index.unlink, lambda: index.write_bytes(whole[: len(whole) // 2])):
        let_go()
        spoil()
        assert found(view, "Kofi Mensa") == "Dr Kofi Mensah"
        assert index.read_bytes() == whole


def let_go() -> None:
    """As in a new process: no index is open."""
    large._index_of.cache_clear()
    large._search_over.cache_clear()


def indexes(segment: Path) -> list[Path]:
    return sorted(segment.parent.glob(f"{segment.stem}.*.names"))


def test_an_index_of_several_files_finds_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for most in (100_000, 6, 4, 1):
        monkeypatch.setattr(large, "PART_NAMES", most)
        at = desk()
        load(at, PERSONS)
        view = look(at, EMMA)
        answers.append([hits(view, each) for each in ("Petrov, Oleg", "Mary Broook", "Oleg", "K. Mensah")])
        assert len(indexes(view.world.bulk.files[0])) == {100_000: 1, 6: 1, 4: 2, 1: 6}[most]
    assert all(each == answers[0] for each in answers)


@pytest.mark.parametrize("lost", ["first", "last", "another size", "other tables"])
def test_an_index_that_is_not_whole_is_made_again(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "PART_NAMES", 2)
    at = desk()
    load(at, PERSONS)
    view = look(at, EMMA)
    files = indexes(view.world.bulk.files[0])
    whole = [each.read_bytes() for each in files]
    let_go()
    if lost == "another size":
        monkeypatch.setattr(large, "PART_NAMES", 3)
    elif lost == "other tables":
        gathered([("x", "Oleg Petrov")], knowledge=replace(Knowledge.shipped(), version="other")).write(files[0])
    else:
        files[0 if lost == "first" else -1].unlink()
    assert [found(view, each) for each in ("Kofi Mensa", "Polly", "Petrov")] == [
        "Dr Kofi Mensah",
        "Mary Ann Brook",
        "Олег Петров",
    ]
    assert len(indexes(view.world.bulk.files[0])) == (2 if lost == "another size" else 3)
    assert lost == "another size" or [each.read_bytes() for each in files] == whole


def test_where_no_index_can_be_written_names_are_found_from_memory(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_self: Segment, _path: Path) -> Segment:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Segment, "write", full)
    at = desk()
    load(at, PERSONS)
    view = look(at, EMMA)
    (segment,) = view.world.bulk.files
    assert found(view, "Kofi Mensa") == "Dr Kofi Mensah"
    assert indexes(segment) == []
    (said,) = caplog.messages
    assert "No space left" in said
    assert segment.stem not in said
    monkeypatch.undo()
    let_go()
    assert found(view, "Kofi Mensa") == "Dr Kofi Mensah"
    assert len(indexes(segment)) == 1


def test_only_those_are_read_whose_name_may_be_the_one_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    at = desk()
    strangers = "".join(f"Kofi {name},,1970,,\n" for name in ("Abara", "Wettstein", "Lindqvist", "Ogunbanjo"))
    load(at, PERSONS + strangers.encode())
    read: set[str] = set()
    reading = Bulk.statements_of_each

    def noted(bulk: Bulk, subjects: Sequence[str]) -> dict[str, tuple[Statement, ...]]:
        read.update(subjects)
        return reading(bulk, subjects)

    monkeypatch.setattr(Bulk, "statements_of_each", noted)
    assert found(look(at, EMMA), "Kofi Mensah") == "Dr Kofi Mensah"
    assert len(read) == 1


def test_the_index_of_a_hidden_table_is_not_opened() -> None:
    at = desk()
    load(at, PERSONS)
    load(at, PERSONS.replace(b"Polly", b"Moll"), label="S&AGENTS")
    shown, everything = (set(look(at, each).world.bulk.files) for each in (EMMA, ROB))
    (hidden,) = everything - shown
    let_go()
    (index,) = indexes(hidden)
    index.write_bytes(b"torn")
    assert found(look(at, EMMA), "Mensah, Kofi") == "Dr Kofi Mensah"
    assert index.read_bytes() == b"torn"


def test_it_is_scored_as_the_same_record_in_memory_is() -> None:
    ways = []
    for few in (1, 1000):
        at = desk()
        load(at, PERSONS, few=few)
        view = look(at, EMMA)
        (hit,) = [
            each for each in hits(view, "Oleg Petrov, 07700 900107 born 1971-05-02") if "Пет" in each.subject.name
        ]
        ways.append([(each.words, round(each.bits, 1)) for each in hit.reasons])
        assert [view.statement(each).value for each in hit.matched] == ["Олег Петров", "07700 900107"]
    assert sorted(ways[0]) == sorted(ways[1])


def test_the_answer_says_what_of_large_tables_was_searched() -> None:
    empty, at = desk(), desk()
    load(at, PERSONS)
    small, large = (trace(look(each, EMMA).world, parse_query("Nemo")).searched for each in (empty, at))
    assert (small.records, large.records) == (0, 5)
    assert len(large.ways) == len(small.ways) + 1


def test_a_hidden_large_table_leaves_no_trace_in_the_answer() -> None:
    with_it, without = desk(), desk()
    load(with_it, PERSONS, label="S&AGENTS")
    answers = [trace(look(each, EMMA).world, parse_query("Oleg Petrov 07700900107")) for each in (with_it, without)]
    assert answers[0] == answers[1]
    assert answers[0].verdict == NO_TRACE
    which = hits(look(with_it, ROB), "Oleg Petrov")[0].subject.id
    with pytest.raises(NotFoundError) as hidden:
        subject_at(look(with_it, EMMA), which)
    with pytest.raises(NotFoundError) as unknown:
        subject_at(look(without, EMMA), which)
    assert str(hidden.value) == str(unknown.value)


def test_its_subject_is_shown_with_what_it_leads_to_and_what_leads_to_it() -> None:
    at = desk()
    load(at, PERSONS)
    view = look(at, EMMA)
    oleg = subject_at(view, hits(view, "Oleg Petrov")[0].subject.id)
    club = next(each for each in rows_of(view, oleg) if each.prop == "member of")
    assert (oleg.registered, name_of(oleg), club.value) == (True, "Олег Петров", "Harbour Freight")
    freight = subject_at(view, club.url.removeprefix("/subjects/"))
    assert {each.value for each in reverse_rows_of(view, freight)} == {"Олег Петров", "Oleg Ivanovich Sidorov"}
    assert chip(view, oleg).identifiers == ("07700 900107",)
    assert view.derived(Partition).subjects() == ()


def test_calls_of_a_large_table_are_rows_with_their_times() -> None:
    at = desk()
    load(at, CALLS, "calls")
    view = look(at, EMMA)
    phone = subject_at(view, hits(view, "07700 900107")[0].subject.id)
    (calls,) = [each for each in rows_of(view, phone) if each.prop == "called"]
    assert (calls.value, calls.held.start) == ("07700900108", "2026-01-05T10:00")
    assert [each.held.start for each in reverse_rows_of(view, phone)] == ["2026-01-06"]


def test_what_an_officer_records_of_it_stands_beside_what_the_table_says() -> None:
    at = desk()
    load(at, PERSONS)
    report_id = filed(at, ROB, "Oleg Petrov. He wears a long scarf.")
    report = look(at, ROB).report(report_id)
    oleg = hits(look(at, ROB), "07700 900107")[0].subject
    service.record(at, ROB, oleg.id, oleg.schema, [Said("alias", "The Scarf")], report)
    view = look(at, EMMA)
    subject = subject_at(view, oleg.id)
    assert (subject.id, subject.names) == (oleg.id, ("Олег Петров", "The Scarf"))
    assert {"born", "also known as", "phone number"} <= {each.prop for each in rows_of(view, subject)}
    assert found(view, "The Scarf") == found(view, "07700 900107") == "Олег Петров"
    assert len({each.subject.id for each in hits(view, "Oleg Petrov") if "Олег Петров" in each.subject.names}) == 1


def test_a_judgement_on_an_amended_record_joins_it() -> None:
    at = desk()
    load(at, PERSONS)
    report_id = filed(at, ROB, "Oleg Pyotrov. He wears a long scarf.")
    view = look(at, ROB)
    oleg = hits(view, "07700 900107")[0].subject
    service.record(at, ROB, oleg.id, oleg.schema, [Said("notes", "wears a scarf")], view.report(report_id))
    mention = view.statements(report=report_id)[0].subject
    service.judge(at, look(at, ROB), mention, oleg.id, "same", "the scarf")
    together = subject_at(look(at, ROB), oleg.id)
    assert set(together.records) == {mention, oleg.id}
    assert {"Олег Петров", "Oleg Pyotrov"} <= set(together.names)
    assert together == subject_at(look(at, ROB), mention)


def test_a_view_without_large_tables_opens_none() -> None:
    at = desk()
    load(at, PERSONS, few=1000)
    view = look(at, EMMA)
    assert found(view, "Oleg Petrov") == "Олег Петров"
    assert "_reader" not in vars(view.world.bulk)
    with pytest.raises(NotFoundError):
        subject_at(view, SubjectId("nothing"))


def test_a_report_leads_to_the_record_of_a_large_table_that_it_is_linked_with() -> None:
    with prepared():
        at = desk()
        at.append(accounts.KEEPER, [accounts.enrolling("rob", "Rob", "a long password", ROB.tokens, ())])
        load(at, PERSONS)
        report_id = filed(at, ROB, "Ray Cassell. He met Oleg.")
        view = look(at, ROB)
        oleg = hits(view, "07700 900107")[0].subject
        ray = view.statements(report=report_id)[0].subject
        service.record(at, ROB, ray, "Person", [Said("met", oleg.id)], view.report(report_id))
        browser = Browser(app.site(at), "rob")
        pages = {each: browser.get(each) for each in (f"/reports/{report_id}", f"/subjects/{ray}", "/trace?q=Petrov")}
        for path, (status, _, body) in pages.items():
            assert (path, status, f"/subjects/{oleg.id}" in body.decode()) == (path, 200, True)
        for path in (f"/subjects/{oleg.id}", f"/subjects/{oleg.id}/timeline.json"):
            status, _, body = browser.get(path)
            assert (path, status, "met" in body.decode() or "json" in path) == (path, 200, True)

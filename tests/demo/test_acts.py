"""What the officers of the case did is done on the desk by its own acts, once, and at the story's moments."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leconfield.demo import read_case
from leconfield.demo.acting import at_moment
from leconfield.demo.acts import READ
from leconfield.demo.build import fill
from leconfield.errors import BadInputError
from leconfield.ledger.audit import Read, parse_leaf
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from leconfield.ledger.times import stamp
from tests.demo.filled import AFTER, case, filled, seen
from tests.examples.sequin import FOLDER
from tests.ledger.desks import desk as new_desk

FIRST_ACT = 'act = "read"\nreport = "000"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "case")


def moment(at: datetime) -> str:
    return stamp(at.replace(tzinfo=UTC))


def test_every_decision_of_the_case_is_an_entry_of_its_officer_at_its_moment() -> None:
    decided = {(moment(each.at), each.by) for each in case().acts if each.kind != READ}
    entries = {(each.at, each.by) for each in seen("emma").entries() if each.kind.startswith("subject ")}
    assert entries == decided


def test_every_report_that_was_read_is_in_the_audit_as_read_by_that_officer_then() -> None:
    reads = [found for each in filled()[0].leaves() if isinstance(found := parse_leaf(each), Read)]
    of_reports = {(each.time, each.actor) for each in reads if each.action == "report"}
    assert of_reports == {(moment(each.at), each.by) for each in case().acts if each.kind == READ}


def test_the_ledger_with_the_acts_is_whole() -> None:
    assert filled()[0].verify().faults == ()


def test_filling_again_adds_no_act_and_no_read() -> None:
    desk, records = filled()
    before = _acts_and_reads(desk)
    assert fill(desk, case()) == records
    assert _acts_and_reads(desk) == before


def _acts_and_reads(desk: Desk) -> tuple[int, int]:
    reads = [found for each in desk.leaves() if isinstance(found := parse_leaf(each), Read)]
    entries = desk.view(desk.reader("rob"), asking=Question("look")).entries()
    return len(entries), sum(each.action == "report" for each in reads)


def test_nobody_acts_before_what_he_acts_on_has_come_in(folder: Path) -> None:
    """Each thing is brought in at its moment, so that a view of that day and the desk of that day are one."""
    desk = filled()[0]
    closing = next(each for each in case().acts if each.kind == "close subject")
    view = desk.view(desk.reader("rob"), asking=Question("look"))
    at = next(place for place, each in enumerate(view.world.entries) if each.at == moment(closing.at))
    assert all(each.at <= moment(closing.at) for each in view.world.entries[:at])
    assert all(each.at >= moment(closing.at) for each in view.world.entries[at:])


def test_the_clock_of_the_desk_goes_on_after_the_story_even_if_something_fails() -> None:
    desk = new_desk()
    before = desk.clock
    with pytest.raises(BadInputError), at_moment(desk, AFTER - timedelta(days=3)):
        raise BadInputError(str(desk.clock()))
    assert desk.clock is before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('act = "read"', 'act = "dream"', '"dream" is no act'),
        ('report = "000"', "", "report is missing"),
        ('report = "000"', 'report = "999"', 'there is no report "999"'),
        ('report = "000"', 'report = "138"', '"138" came in on 2026-05-28'),
        ('report = "000"', 'report = "000"\nmood = "sad"', "mood is not known"),
        ('report = "000"', "report = 0", "must be a table whose values are text"),
        ('by = "emma"', 'by = "edna"', '"edna" is not a user'),
        ('at = "2026-03-02T09:40"', 'at = "soon"', "is no moment"),
        ('subject = "p-lowther"', 'subject = "p-nobody"', 'no subject is registered as "p-nobody"'),
        ('tier = "4"', 'tier = "9"', 'tier: "9" is none'),
        ('risk = "low"', 'risk = "none"', 'risk: "none" is none'),
        ('review = "2026-09-11"', 'review = "2026-09-31"', '"2026-09-31" is no date'),
        ('label = "S"', 'label = "S&AGENTS"', "emma may not read what is under"),
        ('by = "rob"\nact = "read"\nreport = "138"', 'by = "emma"\nact = "read"\nreport = "138"', "emma may not read"),
        ("[[act]]", "[[act]", "acts.toml"),
    ],
)
def test_a_faulty_act_is_refused_and_named(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "acts.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInputError, match=message.replace("[", r"\[")):
        read_case(folder)


def test_acts_that_are_no_tables_are_refused(folder: Path) -> None:
    (folder / "acts.toml").write_text("act = 3", encoding="utf-8")
    with pytest.raises(BadInputError, match="write each act as a table"):
        read_case(folder)


Change = Callable[[dict[str, list[dict[str, object]]]], object]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda desk: desk["must_rise"][0].update(key="p-nobody"), "must_rise, p-nobody: no subject is registered"),
        (lambda desk: desk["must_rise"][0].update(by="2026-02-31"), 'must_rise, p-lowther: "2026-02-31" is no date'),
        (lambda desk: desk["must_rise"][0].update(reports=["999"]), 'p-lowther: there is no report "999"'),
        (lambda desk: desk["must_rise"][2].update(visible_to=["emma"]), "emma may not read what is under"),
        (lambda desk: desk["must_rise"][0].update(visible_to="emma"), '"visible_to" must be a list of texts'),
        (lambda desk: desk["must_rise"][0].pop("raised_by"), 'must_rise 1: "raised_by" must be text'),
        (lambda desk: desk["must_be_cleared"][0].update(at_most="much"), '"at_most" must be a number'),
        (lambda desk: desk["must_be_cleared"][0].update(quiet=["never"]), "must_be_cleared, p-kamau"),
        (lambda desk: desk["must_be_answered"][0].update(user="edna"), '"edna" is not a user'),
        (lambda desk: desk["must_be_answered"][0].update(reads=[["2026-03-02"]]), "write a moment, an officer"),
        (lambda desk: desk["must_be_answered"][0].update(reads=3), '"reads" must be a list'),
        (lambda desk: desk.update(must_rise=3), '"must_rise" must be a list'),
        (lambda desk: desk.update(must_rise=[3]), "must_rise 1: must be an object"),
    ],
)
def test_a_key_that_asks_for_what_cannot_be_is_refused(folder: Path, change: Change, message: str) -> None:
    path = folder / "key.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    change(found["desk"])
    path.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(BadInputError, match=message):
        read_case(folder)


@pytest.mark.parametrize("text", ["", "[]", '{"desk": []}', "{"])
def test_a_key_that_is_no_object_is_refused(folder: Path, text: str) -> None:
    (folder / "key.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"key\.json"):
        read_case(folder)


def test_a_case_without_acts_and_without_a_key_for_the_desk_is_a_case(folder: Path) -> None:
    (folder / "acts.toml").write_text("", encoding="utf-8")
    (folder / "key.json").write_text("{}", encoding="utf-8")
    found = read_case(folder)
    assert found.acts == ()
    assert found.expected.must_rise == ()

"""Unused material: assessed, described for the other side, numbered, served, voided and served again."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.desk.evidence import service
from leconfield.desk.evidence.disclosing import planned
from leconfield.desk.evidence.model import SERVED, CaseFile
from leconfield.desk.evidence.schedules import as_csv, as_docx
from leconfield.desk.evidence.serving import prepared, ready, serve, why_not
from leconfield.desk.evidence.state import CaseFiles
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.drafts import Draft, NewStatement
from leconfield.ledger.model import BY_PERSON, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.service import REGISTERED
from tests.desk.evidence.files import ANN, Bench, bench, report, statement_of
from tests.ledger.desks import EMMA, ROB, START, look

MOMENT = "2026-03-02T12:00:00.000000Z"


@pytest.fixture(name="at")
def _at() -> Bench:
    return bench()


def _rows(at: Bench, schedule: str = "mg6c") -> list[tuple[int, str]]:
    return [(each.number, each.description) for each in planned(at.view(), at.file(), schedule).rows]


def test_an_item_stands_on_the_schedule_of_its_sensitivity(at: Bench) -> None:
    open_one, closed_one = report(at.desk, "Ada. She sold timers."), report(at.desk, "Ben. He told us.")
    at.assess("report", open_one, "Note of a sale")
    at.sensitive("statement", statement_of(at.view(), closed_one), "Note of a meeting")
    assert _rows(at) == [(1, "Note of a sale")]
    assert _rows(at, "mg6d") == [(1, "Note of a meeting")]


def test_what_is_not_relevant_stands_on_none(at: Bench) -> None:
    at.assess("report", report(at.desk, "Ada. Nothing."), relevant="no")
    assert (_rows(at), _rows(at, "mg6d")) == ([], [])
    assert not at.file().assessments[0].relevant


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"relevant": ""}, "relevant"),
        ({"sensitive": "perhaps"}, "sensitive"),
        ({"reason": ""}, "reason"),
        ({"sensitive": "yes", "ground": "all", "prejudice": "x"}, "public interest"),
        ({"sensitive": "yes", "ground": "source", "prejudice": ""}, "real risk"),
        ({"description": " "}, "description"),
    ],
)
def test_an_assessment_says_everything_that_the_law_asks(at: Bench, terms: dict[str, str], words: str) -> None:
    filed = report(at.desk, "Ada. She sold timers.")
    with pytest.raises(BadInputError, match=words):
        at.assess("report", filed, **terms)
    assert at.file().assessments == ()


def test_only_what_is_here_is_assessed(at: Bench) -> None:
    for kind in ("report", "statement", "exhibit", "rebuilt"):
        with pytest.raises(NotFoundError):
            at.assess(kind, "0" * 32)
    with pytest.raises(BadInputError, match="kind of material"):
        at.assess("rumour", "0" * 32)


def test_an_assessment_is_known_to_who_may_know_of_the_item(at: Bench) -> None:
    at.assess("report", report(at.desk, "Ada. She sold timers.", label="SEQUIN"))
    assert len(at.file().assessments) == 1
    assert at.file(ANN).assessments == ()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("A note of a call from Heron", "source"),
        ("A note from H-E-R-O-N at night", "source"),
        ("A note on operation SEQUIN", "label"),
        ("A SECRET note", "tier"),
        ("A note by Emma", "officer"),
        ("A note on Bertha Kemp", "register"),
        ("A note on the car AB12 CDE", "register"),
    ],
)
def test_a_description_that_names_whom_or_what_it_must_not_is_refused(at: Bench, words: str, why: str) -> None:
    _register(at, "Bertha Kemp", "Person")
    _register(at, "AB12 CDE", "Vehicle")
    filed = report(at.desk, "Ada. She sold timers.", source="H.E.R.O.N" if "-" in words else "HERON")
    with pytest.raises(BadInputError, match=why):
        at.assess("report", filed, words)
    at.assess("report", filed, "A note of a sale, made on 2 March 2026")


def _register(at: Bench, name: str, schema: str) -> None:
    """Enter a subject on the register, as an officer does from what a report says."""
    filed = report(at.desk, f"A note. {name}, no more.", channel="open", source="The Gazette")
    said = NewStatement(SubjectId(at.desk.ids.of("record", name)), schema, "name", name, BY_PERSON, filed)
    at.desk.append(EMMA, [Draft(REGISTERED, "S", about=said.subject, statements=(said,))])


def test_a_party_may_be_named_and_a_likeness_must_be_looked_at_again(at: Bench) -> None:
    _register(at, "Ray Cassell", "Person")
    filed = report(at.desk, "Ada Brookwell. She sold timers to a man she knew.")
    at.assess("report", filed, "A note that Ray Cassell bought timers")
    with pytest.raises(BadInputError, match="look again"):
        at.assess("report", filed, "A note that Ada Brookwell sold timers")
    at.assess("report", filed, "A note that Ada Brookwell sold timers", confirmed="yes")
    assert "Ada Brookwell" in at.file().assessments[0].description


def test_a_reader_is_not_told_of_words_that_he_may_not_know(at: Bench) -> None:
    report(at.desk, "Zoe. She watched.", label="AGENTS", source="WREN", by=ROB)
    filed = report(at.desk, "Ada. She sold timers.")
    at.assess("report", filed, "A note of a wren, and of agents")
    assert len(at.file().assessments) == 1


def test_numbers_stay_and_a_later_issue_only_adds(at: Bench) -> None:
    filed = [report(at.desk, f"Ada. She sold {each}.") for each in ("timers", "wire", "fuses")]
    at.assess("report", filed[1], "Note b")
    at.serve()
    at.assess("report", filed[0], "Note a")
    at.assess("report", filed[2], "Note c")
    assert _rows(at) == [(1, "Note b"), (2, "Note a"), (3, "Note c")]
    at.serve()
    first, second = at.file().issues
    assert second.rows[: len(first.rows)] == first.rows
    assert second.voids == ""
    with pytest.raises(RefusedError, match="nothing has changed"):
        at.serve()


def test_a_change_voids_what_was_served_and_numbers_anew_with_a_reason(at: Bench) -> None:
    filed = [report(at.desk, f"Ada. She sold {each}.") for each in ("timers", "wire", "fuses")]
    for each in filed:
        at.assess("report", each, f"Note {filed.index(each)}")
    first = at.serve()
    served = at.file().issues[0]
    at.assess("report", filed[0], relevant="no")
    assert _rows(at) == [(1, "Note 1"), (2, "Note 2")]
    with pytest.raises(BadInputError, match="voided"):
        at.serve()
    at.serve(reason="the first was not relevant after all")
    assert at.file().issues[1].voids == first
    assert at.file().issues[0] == served


def test_a_served_schedule_is_the_bytes_that_were_served(at: Bench) -> None:
    filed = report(at.desk, "Ada. She sold timers.")
    at.assess("report", filed, "Note of a sale")
    made = planned(at.view(), at.file(), "mg6c")
    at.serve()
    (issue,) = at.file().issues
    assert at.view().kept(issue.digest("csv"), about=at.id) == as_csv(made)
    at.assess("report", filed, "Note of two sales")
    assert at.view().kept(issue.digest("csv"), about=at.id) == as_csv(made)
    assert b"Note of a sale" in _unpacked(at.view().kept(issue.digest("docx"), about=at.id))


def test_the_schedule_for_the_other_side_is_not_served_by_the_desk(at: Bench) -> None:
    at.assess("report", report(at.desk, "Ada. She sold timers."), "Note of a sale")
    with pytest.raises(RefusedError, match="put it before the gate"):
        serve(at.desk, at.view(), at.id, schedule="mg6c")
    assert at.file().issues == ()


def test_an_entry_that_names_no_release_or_another_one_serves_nothing_to_the_other_side(at: Bench) -> None:
    """Whoever writes rows behind the desk's back does not make them a schedule that was served."""
    at.assess("report", report(at.desk, "Ada. She sold timers."), "Note of a sale")
    body = {"schedule": "mg6c", "heading": "R v Cassell", "rows": "1\treport\tx\tAll we have\t\t", "csv": "0" * 64}
    for release in ("", "0" * 32):
        at.desk.append(EMMA, [Draft(SERVED, "S", about=at.id, body={**body, "release": release})])
    assert at.file().issues == ()


def test_what_waits_is_served_once_and_just_as_it_was_prepared(at: Bench) -> None:
    at.assess("report", report(at.desk, "Ada. She sold timers."), "Note of a sale")
    at.serve()
    (issue,), (before,) = at.file().issues, at.file().prepared
    assert (issue.rows, issue.files, issue.release) == (before.rows, before.files, before.release)
    assert at.file().waiting("mg6c") is None
    at.desk.append(EMMA, [Draft(SERVED, "S", about=at.id, body={"schedule": "mg6c", "release": issue.release})])
    assert len(at.file().issues) == 1


def test_what_waits_is_not_served_once_something_on_it_has_changed(at: Bench) -> None:
    filed = report(at.desk, "Ada. She sold timers.")
    at.assess("report", filed, "Note of a sale")
    made = ready(at.view(), at.id, schedule="mg6c")
    at.desk.append(EMMA, [prepared(at.desk, made, "1" * 32)])
    waiting = at.file().waiting("mg6c")
    assert waiting is not None
    assert why_not(at.view(), at.id, waiting) == ""
    at.assess("report", report(at.desk, "Ben. He sold wire."), "Note of wire")
    assert why_not(at.view(), at.id, waiting) == ""
    at.sensitive("report", filed, "Note of a sale")
    assert "has changed" in why_not(at.view(), at.id, waiting)
    at.serve()
    assert "another issue" in why_not(at.view(), at.id, waiting)
    assert at.file().waiting("mg6c") is None


def test_a_draft_says_on_every_sheet_that_it_is_one(at: Bench) -> None:
    at.assess("report", report(at.desk, "Ada. She sold timers."), "Note of a sale")
    made = planned(at.view(), at.file(), "mg6c")
    assert b"DRAFT" in as_csv(made, draft=True)
    assert b"DRAFT" in _unpacked(as_docx(made, "S", MOMENT, draft=True))
    assert b"DRAFT" not in as_csv(made) + _unpacked(as_docx(made, "S", MOMENT))


def test_nothing_is_served_of_a_case_without_a_name() -> None:
    at = bench(heading="")
    at.assess("report", report(at.desk, "Ada. She sold timers."), "Note of a sale")
    with pytest.raises(RefusedError, match="what the court calls"):
        at.serve()


def test_a_codeword_that_was_learnt_later_stops_the_schedule(at: Bench) -> None:
    at.assess("report", report(at.desk, "Ada. She sold timers."), "A note of a kingfisher")
    report(at.desk, "Ben. He told us.", source="KINGFISHER")
    with pytest.raises(BadInputError, match="KINGFISHER"):
        at.serve()


def test_there_is_no_other_schedule(at: Bench) -> None:
    with pytest.raises(NotFoundError, match="mg6x"):
        at.serve("mg6x")


def _unpacked(file: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return b"\n".join(archive.read(each) for each in archive.namelist())


def test_the_paper_for_the_other_side_bears_no_id_codeword_or_name(at: Bench) -> None:
    filed = report(at.desk, "Ada. She sold timers.", label="S&SEQUIN")
    at.assess("report", filed, "Note of a sale")
    made = planned(at.view(), at.file(), "mg6c")
    for file in (_unpacked(as_docx(made, "S", MOMENT)), as_csv(made)):
        for secret in (filed, at.id, "SEQUIN", "emma", "Emma", "HERON", "The mill"):
            assert secret.encode() not in file


def test_a_description_is_no_formula_in_a_spreadsheet(at: Bench) -> None:
    at.assess("report", report(at.desk, "Ada. She sold timers."), '=HYPERLINK("x")')
    rows = list(csv.reader(io.StringIO(as_csv(planned(at.view(), at.file(), "mg6c")).decode("utf-8-sig"))))
    assert rows[1] == ["1", '\'=HYPERLINK("x")']


def test_who_knows_less_has_a_schedule_of_what_he_knows(at: Bench) -> None:
    plain, hidden = report(at.desk, "Ada. She sold timers."), report(at.desk, "Ben. He told us.", label="SEQUIN")
    at.assess("report", hidden, "Note of a talk")
    at.assess("report", plain, "Note of a sale")
    at.serve()
    assert at.file(ANN).issues == ()
    made = planned(at.view(ANN), at.file(ANN), "mg6c")
    assert [(each.number, each.description) for each in made.rows] == [(1, "Note of a sale")]


_ACTS = st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 2)), max_size=6)


@settings(max_examples=20, deadline=None)
@given(_ACTS)
def test_hidden_material_changes_no_byte_of_a_schedule(acts: list[tuple[bool, bool, int]]) -> None:
    mixed, alone = bench(), bench()
    for place, (hidden, sensitive, kind) in enumerate(acts):
        for at in (mixed, alone):
            if hidden and at is alone:
                continue
            _on(at, place, kind, hidden=hidden, sensitive=sensitive)
    for schedule in ("mg6c", "mg6d"):
        plans = [planned(at.view(ANN), at.file(ANN), schedule) for at in (mixed, alone)]
        assert as_csv(plans[0]) == as_csv(plans[1])
        assert [each.said for each in plans[0].rows] == [each.said for each in plans[1].rows]
    if not any(sensitive for _, sensitive, _ in acts):
        one, other = (as_docx(planned(at.view(ANN), at.file(ANN), "mg6c"), "S", MOMENT) for at in (mixed, alone))
        assert one == other


def _on(at: Bench, place: int, kind: int, *, hidden: bool, sensitive: bool) -> None:
    label = "SEQUIN" if hidden else "S"
    filed = report(at.desk, f"Ada. She sold {place} timers.", label=label)
    item: tuple[str, str] = ("report", filed)
    if kind == 1:
        item = ("statement", statement_of(at.view(), filed))
    if kind == 2:
        item = ("exhibit", at.exhibit(b"%d" % place, number=f"RP/{place + 1}", label=label))
    (at.sensitive if sensitive else at.assess)(*item, f"Note {place}")


def test_case_files_grow_into_what_they_would_be_anew(at: Bench) -> None:
    filed = report(at.desk, "Ada. She sold timers.")
    which = at.exhibit()
    at.hand(which, "PC Roy Price", "The store", "2026-03-01T12:00")
    service.verify(at.desk, at.view(), at.id, which)
    at.assess("report", filed, "Note of a sale")
    at.serve()
    world: World = at.view().world
    grown = CaseFiles()
    for each in world.entries:
        grown.grow(world, Delta(entries=(each,)))
    assert grown.by_id == CaseFiles.of(world).by_id == at.view().derived(CaseFiles).by_id


def test_nobody_discloses_in_the_past(at: Bench) -> None:
    past = look(at.desk, EMMA, START)
    with pytest.raises(RefusedError, match="past"):
        serve(at.desk, past, at.id, schedule="mg6d")
    with pytest.raises(RefusedError, match="past"):
        ready(past, at.id, schedule="mg6c")
    assert isinstance(at.file(), CaseFile)

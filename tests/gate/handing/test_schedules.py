"""The schedule for the other side leaves by a sealed release over its very bytes, once; by nothing else."""

from __future__ import annotations

from hashlib import sha256

import pytest

from leconfield.desk.evidence import CaseFile, case_file_of
from leconfield.desk.evidence.model import SERVED
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.gate.handing import court as way
from leconfield.gate.handing import schedules
from leconfield.gate.release import judging
from leconfield.gate.release import service as releasing
from leconfield.gate.release.model import Colour, State, Step
from leconfield.gate.release.state import found
from leconfield.ledger.drafts import Draft
from tests.desk.evidence.files import Bench, report
from tests.gate.handing.courts import ADVISER, DISCLOSURE, FAY, KEEPER, OPEN, approved, court, sealed, waiting
from tests.gate.release import rooms
from tests.ledger.desks import EMMA, ROB, START, look

EDITED = {"text.txt": ("text/plain", b"Another schedule.\n")}


def file(at: Bench) -> CaseFile:
    return case_file_of(at.view(), at.id)


def test_what_is_prepared_is_a_release_for_the_court_whose_content_is_the_two_files() -> None:
    at = court()
    which = waiting(at)
    release = found(at.view(), which)
    assert (release.content.form, release.content.audience) == ("disclosure-schedule", "court")
    files = releasing.files_of(at.view(), release)
    assert sorted(files) == ["schedule.csv", "schedule.docx"]
    issue = file(at).waiting("mg6c")
    assert issue is not None
    assert {"docx", "csv"} == {ending for ending, _ in issue.files}
    assert {sha256(each).hexdigest() for each in files.values()} == {digest for _, digest in issue.files}
    assert file(at).issues == ()


def test_what_is_sealed_is_served_as_it_was_approved_and_once() -> None:
    at = court()
    which = waiting(at)
    before = releasing.files_of(at.view(), found(at.view(), which))
    sealed(at, which)
    files = schedules.serve(at.desk, look(at.desk, DISCLOSURE), which)
    assert files == {name.partition(".")[2]: content for name, content in before.items()}
    (issue,) = file(at).issues
    assert {ending: sha256(content).hexdigest() for ending, content in files.items()} == dict(issue.files)
    assert (issue.by, issue.release) == ("dee", which)
    assert found(at.view(), which).state is State.PUBLISHED
    assert schedules.serve(at.desk, look(at.desk, DISCLOSURE), which) == files
    assert way.given_out(at.desk, at.view(), which, "csv") == files["csv"]
    assert len(file(at).issues) == 1


@pytest.mark.parametrize("steps", [(), ("check",), ("check", "one"), ("check", "one", "two")])
def test_nothing_is_served_that_is_not_sealed(steps: tuple[str, ...]) -> None:
    at = court()
    which = waiting(at)
    for each in steps:
        if each == "check":
            judging.check(at.desk, look(at.desk, DISCLOSURE), which)
        else:
            rooms.approves(at.desk, ADVISER if each == "one" else KEEPER, which)
    with pytest.raises(RefusedError, match="nothing leaves that is not sealed"):
        schedules.serve(at.desk, look(at.desk, DISCLOSURE), which)
    with pytest.raises(RefusedError, match="nothing leaves that is not sealed"):
        way.given_out(at.desk, at.view(), which, "docx")
    assert file(at).issues == ()


def test_a_description_that_names_somebody_protected_is_refused() -> None:
    """The desk's first check looks within the officer's own view; the gate looks through everybody's."""
    at = court("A note of what Osbert Quillfeather bought.")
    report(at.desk, "Osbert Quillfeather. He bought timers.", channel="agent", label="AGENTS", by=ROB)
    which = waiting(at)
    known = judging.check(at.desk, look(at.desk, DISCLOSURE), which)
    assert known.told is not None
    assert (known.state, known.told.colour) == (State.DRAFT, Colour.RED)
    assert known.told.reasons[-1].startswith("This draft may not go on as it is.")
    with pytest.raises(RefusedError, match="nothing leaves"):
        schedules.serve(at.desk, look(at.desk, DISCLOSURE), which)


def test_a_name_that_is_protected_by_the_time_of_the_seal_stops_it_there() -> None:
    at = court("A note of what Osbert Quillfeather bought.")
    which = waiting(at)
    approved(at, which)
    report(at.desk, "Osbert Quillfeather. He bought timers.", channel="agent", label="AGENTS", by=ROB)
    with pytest.raises(RefusedError, match="judged on has changed"):
        judging.seal(at.desk, look(at.desk, DISCLOSURE), which)
    assert not found(at.view(), which).was_sealed


def test_an_edit_voids_what_was_approved_and_a_changed_file_is_not_the_one_that_was_prepared() -> None:
    at = court()
    which = waiting(at)
    approved(at, which)
    releasing.edit(at.desk, at.view(), which, EDITED, title="A schedule")
    assert found(at.view(), which).state is State.DRAFT
    sealed(at, which)
    with pytest.raises(RefusedError, match="another file than was prepared"):
        schedules.serve(at.desk, look(at.desk, DISCLOSURE), which)
    assert found(at.view(), which).state is State.SEALED
    assert file(at).issues == ()


def test_what_is_sealed_cannot_be_edited() -> None:
    at = court()
    which = waiting(at)
    sealed(at, which)
    with pytest.raises(RefusedError, match="sealed"):
        releasing.edit(at.desk, at.view(), which, EDITED, title="A schedule")


def test_what_has_changed_since_it_was_prepared_is_not_served() -> None:
    at = court()
    which = waiting(at)
    sealed(at, which)
    at.assess("report", file(at).assessments[0].item, "Another description of it.", confirmed="yes")
    with pytest.raises(RefusedError, match="has changed since it was prepared"):
        schedules.serve(at.desk, look(at.desk, DISCLOSURE), which)
    assert found(at.view(), which).state is State.SEALED


def test_of_two_that_were_prepared_side_by_side_one_is_served() -> None:
    at = court()
    first, second = waiting(at), waiting(at)
    for each in (first, second):
        sealed(at, each)
    schedules.serve(at.desk, look(at.desk, DISCLOSURE), first)
    with pytest.raises(RefusedError, match="another issue was served"):
        schedules.serve(at.desk, look(at.desk, DISCLOSURE), second)
    assert len(file(at).issues) == 1


def test_a_later_issue_adds_and_what_was_served_is_given_out_still() -> None:
    at = court()
    first = waiting(at)
    sealed(at, first)
    files = schedules.serve(at.desk, look(at.desk, DISCLOSURE), first)
    filed = report(at.desk, f"{OPEN} So it was.", channel="open", source="The Gazette")
    at.assess("report", filed, "Another newspaper page on the lorry at Toddington.", confirmed="yes")
    second = waiting(at)
    sealed(at, second)
    schedules.serve(at.desk, look(at.desk, DISCLOSURE), second)
    assert [len(each.rows) for each in file(at).issues] == [1, 2]
    assert way.given_out(at.desk, at.view(), first, "docx") == files["docx"]


def test_what_was_withdrawn_is_not_given_out() -> None:
    at = court()
    which = waiting(at)
    sealed(at, which)
    schedules.serve(at.desk, look(at.desk, DISCLOSURE), which)
    releasing.take(at.desk, look(at.desk, DISCLOSURE), which, Step.WITHDRAW, reason="It was served on the wrong case.")
    with pytest.raises(RefusedError, match="withdrawn"):
        way.given_out(at.desk, at.view(), which, "csv")
    assert len(file(at).issues) == 1


def test_what_was_withdrawn_is_not_given_out_from_the_past_either() -> None:
    at = court()
    which = waiting(at)
    sealed(at, which)
    schedules.serve(at.desk, look(at.desk, DISCLOSURE), which)
    before = at.desk.clock()
    releasing.take(at.desk, look(at.desk, DISCLOSURE), which, Step.WITHDRAW, reason="It was served on the wrong case.")
    with pytest.raises(RefusedError, match="past"):
        way.given_out(at.desk, look(at.desk, EMMA, before), which, "csv")


def test_whoever_may_not_publish_for_the_court_does_not_serve() -> None:
    at = court()
    which = waiting(at)
    sealed(at, which)
    with pytest.raises(RefusedError, match=r"disclosure.officer"):
        schedules.serve(at.desk, look(at.desk, KEEPER), which)
    assert file(at).issues == ()


def test_a_row_that_says_it_was_served_gives_no_bytes_away() -> None:
    at = court()
    which = waiting(at)
    body = {"schedule": "mg6c", "release": which}
    at.desk.append(EMMA, [Draft(SERVED, found(at.view(), which).label, about=at.id, body=body)])
    for ending in ("docx", "csv"):
        with pytest.raises(RefusedError, match="nothing leaves that is not sealed"):
            way.given_out(at.desk, at.view(), which, ending)


def test_the_schedule_for_the_prosecutor_never_becomes_a_release() -> None:
    at = court()
    at.sensitive("report", report(at.desk, "Ben. He told us."), "Note of a meeting")
    with pytest.raises(RefusedError, match="never for the other side"):
        schedules.prepare(at.desk, at.view(), at.id, schedule="mg6d")


def test_who_may_not_know_of_the_release_finds_nothing_prepared() -> None:
    at = court()
    at.assess("report", report(at.desk, "Ada. It was said.", label="SEQUIN"), "A note of a sale")
    which = waiting(at)
    for each in (which, "0" * 32):
        with pytest.raises(NotFoundError, match="nothing waits here"):
            schedules.serve(at.desk, look(at.desk, FAY), each)


def test_nobody_serves_in_the_past() -> None:
    at = court()
    which = waiting(at)
    past = look(at.desk, EMMA, START)
    with pytest.raises(LeconfieldError, match="past"):
        schedules.prepare(at.desk, past, at.id, schedule="mg6c")
    with pytest.raises(LeconfieldError, match="past"):
        schedules.serve(at.desk, past, which)

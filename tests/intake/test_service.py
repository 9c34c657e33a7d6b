"""Filing: one file is one report, whole or not at all, and may be repeated."""

from dataclasses import replace
from pathlib import Path

from leconfield.intake import service
from leconfield.intake.filing import Terms
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import Grade
from tests.ledger.desks import EMMA, ROB, desk, look

TERMS = Terms("KESTREL", "surveillance", Grade("B", 2), "S&SEQUIN")
SEEN = "At 14:10 Ray Cassell met Dawn Prosser outside 12 Farley Rise, Luton. He drove a white van, TU18 KNR."


def take_in(at: Desk, *paths: Path) -> list[service.Outcome]:
    outcomes: list[service.Outcome] = []
    service.take_in(at, ROB, service.file_paths(paths), TERMS, outcomes.append)
    return outcomes


def test_a_folder_is_filed_file_by_file_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(f"{SEEN} {name}")
    at = desk()
    assert [(each.filename, each.outcome) for each in take_in(at, tmp_path)] == [("a.txt", "filed"), ("b.txt", "filed")]
    assert {each.source for each in look(at, EMMA).reports()} == {"KESTREL"}


def test_filing_again_adds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SEEN)
    at = desk()
    take_in(at, tmp_path)
    before = look(at, EMMA).statements()
    assert [each.outcome for each in take_in(at, tmp_path)] == ["held already"]
    assert look(at, EMMA).statements() == before


def test_a_bad_file_goes_to_quarantine_with_the_reason_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 torn")
    (tmp_path / "b.txt").write_text(SEEN)
    at = desk()
    outcomes = take_in(at, tmp_path)
    assert [each.outcome for each in outcomes] == ["quarantined", "filed"]
    (entry,) = look(at, EMMA).entries(kind=service.QUARANTINED)
    assert "a.pdf" in entry.body["reason"]


def test_every_span_says_what_its_statement_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SEEN)
    at = desk()
    take_in(at, tmp_path)
    view = look(at, EMMA)
    names = [each for each in view.statements(prop="name") if each.start >= 0]
    assert {"Ray Cassell", "Dawn Prosser"} <= {each.value for each in names}
    for each in names:
        assert view.report(each.report).text[each.start : each.end] == each.value


def test_an_officer_without_the_label_sees_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SEEN)
    at = desk()
    service.take_in(at, ROB, [tmp_path / "a.txt"], Terms("HEATHER", "agent", Grade("B", 2), "S&AGENTS"))
    view = look(at, EMMA)
    assert (view.reports(), view.statements(), view.entries()) == ([], [], [])


def test_the_file_as_it_came_is_kept_byte_for_byte(tmp_path: Path) -> None:
    content = SEEN.encode("utf-16")
    (tmp_path / "a.txt").write_bytes(content)
    at = desk()
    (outcome,) = take_in(at, tmp_path)
    assert outcome.report is not None
    assert look(at, EMMA).original(outcome.report) == content


def test_a_file_cannot_lower_the_label_that_the_officer_asks_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Source: HERON\nLabel: S\n\n{SEEN}")
    at = desk()
    take_in(at, tmp_path)
    (report,) = look(at, EMMA).reports()
    assert report.label == "S&SEQUIN"


def test_a_file_whose_label_the_officer_does_not_hold_is_quarantined_without_naming_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Source: HERON\nLabel: S&HEATHER\n\n{SEEN}")
    (tmp_path / "b.txt").write_text(SEEN)
    at = desk()
    outcomes = take_in(at, tmp_path)
    assert [each.outcome for each in outcomes] == ["quarantined", "filed"]
    (entry,) = look(at, EMMA).entries(kind=service.QUARANTINED)
    assert "a.txt" in entry.body["reason"]
    assert "HEATHER" not in entry.body["reason"]


def test_a_file_cannot_say_when_the_desk_learnt_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Source: HERON\nReceived: 1999-01-01T00:00\n\n{SEEN}")
    at = desk()
    take_in(at, tmp_path)
    (report,) = look(at, EMMA).reports()
    assert report.learnt > "2000"


def test_out_of_an_archive_a_report_is_learnt_when_it_was_received(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Source: HERON\nReceived: 1999-01-01T00:00\n\n{SEEN}")
    at = desk()
    service.take_in(at, ROB, [tmp_path / "a.txt"], replace(TERMS, learnt_as_written=True))
    (report,) = look(at, EMMA).reports()
    assert report.learnt == "1999-01-01T00:00:00.000000Z"

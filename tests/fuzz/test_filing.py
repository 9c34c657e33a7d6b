"""Whatever is handed in is filed or goes to quarantine, and the desk stays whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import strategies as st

from leconfield.errors import BadInputError, LeconfieldError
from leconfield.intake import service
from leconfield.intake.extraction.incidents import incidents_record
from leconfield.intake.extraction.pipeline import entities_record, extract
from leconfield.intake.filing import Terms
from leconfield.ledger.vocabulary import EVENT
from tests.fuzz.amounts import amounts, tried
from tests.fuzz.texts import prose
from tests.ledger.desks import ROB, desk, look

NAMES = st.sampled_from(
    [
        "a.txt",
        "../../etc/passwd",
        "a\r\nb.txt",
        "a\x00b.eml",
        "",
        "/",
        "a.html",
        "con",
        "a" * 5000,
        "\ud800.txt",
        "\u202etxt.exe",
    ]
)
HEADS = st.sampled_from(
    [
        b"",
        b"Title: T\nReference: R\nGrade: B2\nLabel: S\nDate: 1989-13-01\nReceived: never\nSource: ",
        b"Title: T\nLabel: S&(\nGrade: Z9\n\n",
        b"From: a@b\nDate: Tue, 99 Foo 99999\nSubject: =?utf-8?q?=ff?=\nContent-Type: multipart/mixed; boundary=b\n\n",
        b"<html><head><meta name='DC.date' content='9999-99-99'><meta name='DC.title' content='",
        b"\xff\xfe",
    ]
)


@amounts(60, 3000)
def test_any_bytes_under_any_name_are_filed_or_quarantined(examples: int) -> None:
    at = desk()

    def check(name: str, head: bytes, body: bytes) -> None:
        terms = Terms("HERON", "file", label="S")
        with suppress(LeconfieldError):
            for outcome in service.file_bytes(at, ROB, name, head + body, terms):
                assert outcome.outcome in (service.FILED, "held already", service.QUARANTINED)
                assert outcome.report or outcome.reason

    bodies = st.binary(max_size=400) | prose(10).map(lambda text: text.encode("utf-8", "surrogatepass"))
    tried(examples, check, NAMES | st.text(max_size=20), HEADS, bodies)
    assert at.verify().faults == ()
    view = look(at, ROB)
    for each in view.statements(prop="name"):
        if each.start >= 0 and each.schema != EVENT:  # an incident is called by what is told of it
            assert view.report(each.report).text[each.start : each.end] == each.value
    for report in view.reports():
        assert view.original(report.id)


@amounts(60, 3000)
def test_any_text_is_extracted_and_every_span_lies_in_it(examples: int) -> None:
    def check(text: str, written: str, place: str) -> None:
        found = extract(text, written, place)
        for mention in found.mentions:
            assert text[mention.start : mention.end].encode(errors="replace") == mention.text.encode(errors="replace")
            assert mention.text
        places = [(each.start, each.end) for each in found.facts]
        places += [(each.start, each.end) for each in found.links]
        places += [(each.start, each.end) for each in found.incidents]
        for start, end in places:
            assert 0 <= start <= end <= len(text)

    tried(
        examples, check, prose(30), st.sampled_from(["", "1989", "1989-03-05"]), st.sampled_from(["", "San Salvador"])
    )


@amounts(20, 1000)
def test_any_text_goes_through_the_scorers_formats(examples: int) -> None:
    def check(text: str) -> None:
        assert entities_record("a", text)["id"] == "a"
        assert incidents_record("a", text)["docid"] == "a"

    tried(examples, check, prose(30))


def test_a_file_whose_name_is_no_text_is_filed(tmp_path: Path) -> None:
    (Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt"))).write_text("Ray Cassell met Dawn Prosser in Luton.")
    at = desk()
    outcomes: list[service.Outcome] = []
    service.take_in(at, ROB, service.file_paths([tmp_path]), Terms(label="S"), outcomes.append)
    assert [(each.filename, each.outcome) for each in outcomes] == [("caf?.txt", service.FILED)]


def test_half_a_character_is_refused_in_words_not_in_a_traceback() -> None:
    at = desk()
    with pytest.raises(BadInputError, match="half a character"):
        service.file_bytes(at, ROB, "a.txt", b"Something happened.", Terms("\udcff", label="S"))
    assert look(at, ROB).reports() == []

"""Tests of the log on paper: what is printed is what was sealed, says where it is not, and is checked as it says."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from pypdf import PdfReader

from leconfield.ledger.desk import Desk
from leconfield.printing import WRITERS
from leconfield.surveillance import evidence
from leconfield.surveillance.evidence import FILE, as_json, check
from leconfield.surveillance.papers import briefing_of, evidential_pdf, faults, paper_of
from leconfield.surveillance.taking import take
from tests.authority.offices import APPLICANT, Hands
from tests.ledger.desks import look
from tests.surveillance.logs import lines, operation, planned


def logged() -> tuple[Desk, Hands, str]:
    """A log of two devices, one line of which is about a bystander."""
    desk, hands, which = planned()
    first = lines(hands, which, 3)
    about = lines(hands, which, 1, after=first[-1], collateral=True, seen="Mrs Quill at the bakery.")
    other = lines(hands, which, 2, "d2", by="Bravo", place="Mill Lane", latitude="51.8787", longitude="-0.42")
    take(desk, look(desk, APPLICANT), which, [*first, *other])
    hands.move(minutes=2)
    take(desk, look(desk, APPLICANT), which, about)
    return desk, hands, which


def printed(desk: Desk) -> bytes:
    """The log as PDF."""
    return evidential_pdf(look(desk, APPLICANT), operation(desk))


def words(pdf: bytes) -> str:
    """What is on its pages."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def attached(pdf: bytes) -> bytes:
    """The file within it."""
    return bytes(PdfReader(io.BytesIO(pdf)).attachments[FILE][0])


def test_the_paper_has_every_line_with_its_seal_and_says_that_they_fit() -> None:
    desk, _, _ = logged()
    found = operation(desk)
    said = words(printed(desk))
    assert "every seal fits" in said
    for each in found.lines:
        assert each.written.seal[:16] in said
        assert each.written.says is None or each.written.says.seen in said
    assert "gwen" not in said
    assert WRITERS["docx"](paper_of(look(desk, APPLICANT), found))[:2] == b"PK"


def test_the_same_view_gives_the_same_bytes() -> None:
    desk, _, _ = logged()
    view, found = look(desk, APPLICANT), operation(desk)
    assert evidential_pdf(view, found) == evidential_pdf(view, found)


def test_a_log_that_was_tampered_with_says_where() -> None:
    desk, _, _ = logged()
    found = operation(desk)
    assert faults(found) == ()
    first, second, *rest = found.lines
    changed = replace(second, written=replace(second.written, by="Bravo"))
    assert "is not what was sealed" in faults(replace(found, lines=(first, changed, *rest)))[0]
    assert "does not follow" in faults(replace(found, lines=(first, *rest)))[0]


def test_words_about_bystanders_are_on_no_paper_and_in_no_file() -> None:
    desk, hands, _ = logged()
    for words_now in ("kept apart until", "destroyed after"):
        view = look(desk, APPLICANT)
        pdf = printed(desk)
        docx = ZipFile(io.BytesIO(WRITERS["docx"](paper_of(view, operation(desk)))))
        everything = [words(pdf), attached(pdf).decode(), docx.read("word/document.xml").decode()]
        assert all("Quill" not in each and "bakery" not in each for each in everything)
        assert words_now in everything[0]
        assert check(attached(pdf)).faults == ()
        hands.move(days=29)


def test_seals_are_recomputed_by_hand_as_the_paper_says() -> None:
    desk, _, _ = logged()
    pdf = printed(desk)
    said = words(pdf)
    head = dict[str, str]()
    for line in sorted(json.loads(attached(pdf))["lines"], key=lambda each: (each["device"], each["number"])):
        if line["says"] is not None:
            told = [line["says"][name] for name in ("salt", "seen", "place", "latitude", "longitude", "pictures")]
            assert line["said"] == digest(told)
        sealed = [line[name] for name in ("operation", "follows", "device", "number", "at", "by", "collateral", "said")]
        assert line["seal"] == digest(["leconfield line 2", *sealed])
        assert line["follows"] == head.get(line["device"], "0" * 64)
        assert line["seal"][:16] in said
        head[line["device"]] = line["seal"]
    assert all(seal in said.replace(" ", "") for seal in head.values())


def digest(said: list[object]) -> str:
    """SHA-256 over JSON without spaces, in UTF-8."""
    return sha256(json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def test_the_audit_log_bears_the_file_out_and_nothing_that_was_changed_afterwards(tmp_path: Path) -> None:
    desk, _, which = logged()
    content = attached(printed(desk))
    desk.publish_audit(tmp_path / "log")
    key = desk.verifier.vkey
    found = check(content, tmp_path / "log", key)
    assert (found.operation, found.lines, found.devices, found.without_words, found.faults) == (which, 6, 2, 1, ())
    told = json.loads(content)
    rewritten = _resealed(told)
    assert check(rewritten).faults == ()
    assert "not in the audit log" in " ".join(check(rewritten, tmp_path / "log", key).faults)
    told["lines"][0]["received"] = "2026-03-01T00:00:00.000000Z"
    assert "no such act" in check(json.dumps(told).encode(), tmp_path / "log", key).faults[0]


def _resealed(told: dict[str, object]) -> bytes:
    """The file with other words, every seal of it made anew by somebody who knows how."""
    changed = json.loads(json.dumps(told))
    mine = sorted((each for each in changed["lines"] if each["device"] == "d2"), key=lambda each: each["number"])
    follows = "0" * 64
    for line in mine:
        line["says"]["seen"] = "He went home."
        names = ("salt", "seen", "place", "latitude", "longitude", "pictures")
        line["said"] = digest([line["says"][name] for name in names])
        line["follows"] = follows
        parts = [line[name] for name in ("operation", "follows", "device", "number", "at", "by", "collateral", "said")]
        line["seal"] = follows = digest(["leconfield line 2", *parts])
    return json.dumps(changed).encode()


def test_a_torn_audit_log_is_said_to_be_torn(tmp_path: Path) -> None:
    desk, _, _ = logged()
    content = attached(printed(desk))
    desk.publish_audit(tmp_path / "log")
    tile = next((tmp_path / "log" / "tile").rglob("*.p/*"))
    tile.write_bytes(tile.read_bytes()[:-1])
    assert "not sound" in check(content, tmp_path / "log", desk.verifier.vkey).faults[0]


def test_a_file_that_was_changed_says_where() -> None:
    desk, _, _ = logged()
    told = json.loads(as_json(look(desk, APPLICANT), operation(desk)))
    told["lines"][0]["by"] = "Bravo"
    assert any("not what was sealed" in each for each in check(json.dumps(told).encode()).faults)
    told["operation"]["id"] = "b" * 32
    assert any("another operation" in each for each in check(json.dumps(told).encode()).faults)
    assert evidence.FORMAT == "leconfield observation log 2"


def test_the_briefing_says_what_is_permitted_and_who_is_who() -> None:
    desk, hands, _ = logged()
    said = words(WRITERS["pdf"](briefing_of(look(desk, APPLICANT), operation(desk))))
    assert "May be logged on" in said
    assert "Alpha" in said
    assert "gwen" not in said
    hands.move(days=200)
    assert "authority has ended" in words(WRITERS["pdf"](briefing_of(look(desk, APPLICANT), operation(desk))))

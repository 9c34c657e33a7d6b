"""Tests of `leconfield.surveillance.papers`: what is printed is what was sealed, and says where it is not."""

from __future__ import annotations

import io
from dataclasses import replace

from pypdf import PdfReader

from leconfield.printing import WRITERS
from leconfield.surveillance import service
from leconfield.surveillance.papers import faults, paper_of
from tests.authority.offices import APPLICANT
from tests.ledger.desks import look
from tests.surveillance.test_service import lines, operation, planned


def test_the_paper_has_every_line_with_its_seal_and_says_that_they_fit() -> None:
    desk, hands, which = planned()
    service.take(desk, look(desk, APPLICANT), which, lines(hands, 3))
    found = operation(desk)
    content = WRITERS["pdf"](paper_of(look(desk, APPLICANT), found))
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    assert "every seal fits" in words
    for each in found.lines:
        assert each.written.seen in words
        assert each.written.seal[:16] in words
    assert "gwen" not in words
    assert WRITERS["docx"](paper_of(look(desk, APPLICANT), found))[:2] == b"PK"


def test_a_log_that_was_tampered_with_says_where() -> None:
    desk, hands, which = planned()
    service.take(desk, look(desk, APPLICANT), which, lines(hands, 3))
    found = operation(desk)
    assert faults(found) == ()
    first, second, third = found.lines
    changed = replace(second, written=replace(second.written, seen="He turns right."))
    assert "is not what was sealed" in faults(replace(found, lines=(first, changed, third)))[0]
    assert "does not follow" in faults(replace(found, lines=(first, third)))[0]


def test_bystanders_whose_time_is_over_are_counted_alone() -> None:
    desk, hands, which = planned()
    written = lines(hands, 1, collateral=True, place="the bakery")
    service.take(desk, look(desk, APPLICANT), which, written)
    hands.move(days=29)
    content = WRITERS["docx"](paper_of(look(desk, APPLICANT), operation(desk)))
    import zipfile

    text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "bakery" not in text
    assert "merely were there" in text

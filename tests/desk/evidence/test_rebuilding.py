"""A mixed report is rebuilt from permitted statements; nothing of the original is in the new document."""

from __future__ import annotations

import io
import zipfile

import pytest

from leconfield.desk.evidence.disclosing import planned, rebuild
from leconfield.desk.evidence.rebuilding import rebuilt, remains
from leconfield.errors import BadInputError, NotFoundError
from tests.desk.evidence.files import Bench, bench, report, statement_of

TEXT = (
    "Ray Cassell. He bought two timers at the shop on the quay. Our man saw it from the window of number nine, where "
    "his sister lives; nobody else can see the counter from there."
)


@pytest.fixture(name="at")
def _at() -> Bench:
    return bench()


def _made(at: Bench, filed: str, words: str, heading: str = "Note of a purchase", statement: str = "") -> str:
    said = {statement or statement_of(at.view(), filed): words}
    return rebuild(at.desk, at.view(), at.id, report=filed, heading=heading, wordings=said, reason="mixed", label="")


def test_the_new_document_holds_the_wordings_and_nothing_of_the_report(at: Bench) -> None:
    filed = report(at.desk, TEXT, label="S&SEQUIN")
    which = _made(at, filed, "Ray Cassell bought two timers.")
    (made,) = at.file().rebuilt
    content = at.view().kept(made.digest, about=at.id)
    assert (made.id, made.report) == (which, filed)
    found = at.view().report(filed)
    assert remains(found, at.view().original(filed), content) == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = b"\n".join(archive.read(each) for each in archive.namelist())
    assert b"Ray Cassell bought two timers." in whole
    for secret in ("number nine", "sister", "SEQUIN", "HERON", filed, found.digest, "emma", "Emma"):
        assert secret.encode() not in whole + content


def test_a_rebuilt_document_is_an_item_of_its_own(at: Bench) -> None:
    which = _made(at, report(at.desk, TEXT), "Ray Cassell bought two timers.")
    at.assess("rebuilt", which, "Note of a purchase, rebuilt")
    assert [each.description for each in planned(at.view(), at.file(), "mg6c").rows] == ["Note of a purchase, rebuilt"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("He bought two timers at the shop on the quay.", "stand in the report"),
        ("Heron says that he bought timers", "source"),
        ("", "at least one"),
    ],
)
def test_wordings_that_copy_or_name_are_refused(at: Bench, words: str, why: str) -> None:
    filed = report(at.desk, TEXT)
    with pytest.raises(BadInputError, match=why):
        _made(at, filed, words)
    assert at.file().rebuilt == ()


def test_statements_of_another_report_are_not_let_in(at: Bench) -> None:
    other, filed = report(at.desk, "Ada. She sold timers."), report(at.desk, TEXT)
    with pytest.raises(NotFoundError):
        _made(at, filed, "A sale", statement=statement_of(at.view(), other))


def test_whatever_is_left_of_the_report_is_found_packed_or_not(at: Bench) -> None:
    filed = report(at.desk, TEXT, source="KINGFISHER")
    found, original = at.view().report(filed), at.view().original(filed)
    clean = rebuilt("R v Cassell", "A note", ("He bought timers.",), "2026-03-02T12:00:00Z")
    assert remains(found, original, clean) == []
    for hidden, what in ((original, "its file"), (found.id.encode(), "its id"), (b"kingfisher", "its source")):
        held = io.BytesIO(clean)
        with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("docProps/custom.xml", b"<x>" + hidden + b"</x>")
        assert what in remains(found, original, held.getvalue())
        assert what in remains(found, original, clean + b"  " + hidden.ljust(80)) or len(hidden) < 8


def test_a_report_that_came_as_a_document_of_our_own_kind_shares_nothing_with_it(at: Bench) -> None:
    theirs = rebuilt("R v Cassell", "Another", ("He was seen at the mill by our man.",), "2026-03-01T12:00:00Z")
    filed = report(at.desk, TEXT)
    clean = rebuilt("R v Cassell", "A note", ("He bought timers.",), "2026-03-02T12:00:00Z")
    assert remains(at.view().report(filed), theirs, theirs) != []
    assert "its text" not in remains(at.view().report(filed), theirs, clean)

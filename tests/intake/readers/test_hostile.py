"""Hostile files: whatever comes in, a document or an `UnreadableError` comes out, and soon."""

import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leconfield.intake.readers import UnreadableError, read
from leconfield.intake.readers.model import guarded
from leconfield.intake.readers.pdf import read_pdf
from leconfield.intake.readers.word import read_word
from tests.intake.readers.samples import a_message, a_pdf, a_word_file, an_archive, replaced

SUFFIXES = ["txt", "html", "xhtml", "eml", "docx", "pdf", "csv", "xlsx", "jpg", ""]
BEGINNINGS = [b"", b"<html>", b"<?xml version='1.0'?><html>", b"From: a\nSubject: b\n", b"Reference: 1\n", b"\xff\xfe"]


@settings(deadline=None)
@given(st.binary(max_size=4000), st.sampled_from(BEGINNINGS), st.sampled_from(SUFFIXES))
def test_arbitrary_bytes_are_read_or_refused(content: bytes, beginning: bytes, suffix: str) -> None:
    with suppress(UnreadableError):
        read(beginning + content, f"file.{suffix}")


@settings(deadline=None)
@given(st.text(alphabet='<>/!-[]&;="abp \n:?', max_size=400), st.sampled_from(BEGINNINGS[1:5]))
def test_broken_markup_and_heads_are_read_or_refused(text: str, beginning: bytes) -> None:
    with suppress(UnreadableError):
        read(beginning + text.encode(), "file")


def _damaged(content: bytes, data: st.DataObject) -> bytes:
    position = data.draw(st.integers(0, len(content) - 1))
    length = data.draw(st.integers(0, 40))
    return content[:position] + data.draw(st.binary(max_size=40)) + content[position + length :]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_e_mail_is_read_or_refused(data: st.DataObject) -> None:
    with suppress(UnreadableError):
        read(_damaged(a_message(), data), "file.eml")


WHOLE_PDF, WHOLE_WORD_FILE = a_pdf("Hello", ""), a_word_file()


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(data: st.DataObject) -> None:
    with suppress(UnreadableError):
        guarded(read_pdf, _damaged(WHOLE_PDF, data), "file.pdf")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_word_file_is_read_or_refused(data: st.DataObject) -> None:
    with suppress(UnreadableError):
        guarded(read_word, _damaged(WHOLE_WORD_FILE, data), "file.docx")


XXE = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>see &x;
</w:t></w:r></w:p></w:body></w:document>"""
LAUGHS = XXE.replace(
    b'<!ENTITY x SYSTEM "file:///etc/passwd">',
    b'<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(22)),
).replace(b"&x;", b"&w;")


@pytest.mark.parametrize("document", [XXE, LAUGHS], ids=["XXE", "billion laughs"])
def test_entities_in_a_word_file_are_never_expanded(document: bytes) -> None:
    hostile = replaced(WHOLE_WORD_FILE, "word/document.xml", document)
    try:
        text = read(hostile, "x.docx").text
    except UnreadableError:
        return
    assert "root:" not in text
    assert "haha" not in text


def _looping_pdf() -> bytes:
    """A PDF whose page tree is its own child and whose cross-reference table points to itself."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999>>endobj\n"
        b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
        b"trailer<</Size 3/Root 1 0 R/Prev 120>>\nstartxref\n120\n%%EOF"
    )


NESTED = "Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n"
HOSTILE = {
    "zip bomb.docx": lambda: an_archive(word__document_dot_xml=b" " * 100_000_000),
    "many elements.docx": lambda: replaced(
        WHOLE_WORD_FILE,
        "word/document.xml",
        XXE.split(b"\n", 1)[1].split(b"<w:p>")[0] + b"<w:p/>" * 2_000_000 + b"</w:body></w:document>",
    ),
    "looping.pdf": _looping_pdf,
    "nested arrays.pdf": lambda: a_pdf("Hello").replace(b"/Type /Pages", b"/Type /Pages /X " + b"[" * 200_000),
    "nested parts.eml": lambda: b"From: a\n" + "".join(NESTED.format(n) for n in range(3000)).encode(),
    "empty lines.eml": lambda: b"From: a\n" + "".join(NESTED.format(n) for n in range(25)).encode() + b"\n" * 900_000,
    "long header.eml": lambda: b"From: a\nContent-Type: multipart/mixed" + b';"' * 300_000 + b"\n\nx",
    "many words.eml": lambda: b"From: a\nSubject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nx",
    "many brackets.eml": lambda: b"From: " + b"(" * 500_000 + b"\nSubject: x\n\nx",
    "one word.txt": lambda: b"=?" * 500_000,
    "headers.txt": lambda: b"Reference: x\n" * 100_000,
    "not utf-8.txt": lambda: bytes(range(128, 256)) * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_small_hostile_file_is_done_with_in_five_seconds(name: str) -> None:
    content = HOSTILE[name]()
    started = _processor_time()
    with suppress(UnreadableError):
        read(content, name)
    assert _processor_time() - started < 5


def _processor_time() -> float:
    """Seconds that this process and its finished children have used; other work on the machine does not count."""
    return sum(os.times()[:4])

"""E-mail, Word and PDF: real small files read whole."""

import pytest

from leconfield.intake.readers import UnreadableError, read
from tests.intake.readers.samples import a_message, a_pdf, a_word_file, a_workbook, an_archive


def test_an_e_mail_yields_its_head_its_plain_text_and_its_attachments() -> None:
    document = read(a_message(), "message")
    assert document.text == (
        "From: Zoë <zoe@example.org>\nTo: desk@example.org\nDate: Tue, 05 Mar 2024 13:40:00 +0100\n"
        "Subject: Seen again – café\n\nHe was seen again.\n\nAt the café."
    )
    assert (document.title, document.written) == ("Seen again – café", "2024-03-05T12:40")
    assert (document.identifier, document.media_type) == ("1@example.org", "message/rfc822")
    assert [name for name, _ in document.parts] == ["scan.pdf", "attachment-2.eml"]
    assert document.parts[0][1] == b"%PDF-1.7 ..."
    assert "The earlier message." in read(document.parts[1][1], document.parts[1][0]).text


def test_an_e_mail_in_html_alone_is_read_from_the_html() -> None:
    content = (
        b"From: a@example.org\r\nSubject: =?utf-8?q?caf=C3=A9?= =?x-none?q?a?=\r\n"
        b"Content-Type: text/html; charset=latin-1"
        b"\r\n\r\n<p>caf\xe9<p>two"
    )
    document = read(content, "x.eml")
    assert document.text.endswith("café\n\ntwo")
    assert document.title.startswith(("café", "=?utf-8"))


def test_a_word_file_is_read_in_order_with_tables_header_and_properties() -> None:
    document = read(a_word_file(), "meet.docx")
    assert document.text == (
        "OFFICIAL SENSITIVE\n\nMeet\n\nHe was alone. Nobody\tfollowed.\n\nTime\tPlace\n12:40\tQuay\n\nHe left by bus."
    )
    assert (document.title, document.written) == ("Meet at Leith", "2024-03-05T12:40")


def test_a_pdf_is_read_page_by_page_and_pages_without_text_are_named() -> None:
    document = read(a_pdf("Hello one", "", "Hello three"), "scan.pdf")
    assert document.text == "Hello one\n\n[page 2 has no text layer]\n\nHello three"
    assert (document.title, document.written) == ("A scan", "2024-03-05T11:40")


@pytest.mark.parametrize(
    ("content", "filename", "message"),
    [
        (a_pdf(""), "a.pdf", '"a.pdf" has no text layer; run OCR first'),
        (a_pdf("x", password="p"), "a.pdf", '"a.pdf" is locked with a password'),
        (a_pdf("Hello one")[:300], "a.pdf", '"a.pdf" is damaged'),
        (b"no PDF at all", "a.pdf", '"a.pdf" is no PDF file inside'),
        (a_word_file()[:3000], "a.docx", '"a.docx" is a damaged archive'),
        (a_workbook((1, 2)), "a.xlsx", '"a.xlsx" is a table; load it with "leconfield load" and a mapping'),
        (b"a,b\n1,2\n", "a.csv", '"a.csv" is a table; load it with "leconfield load" and a mapping'),
        (an_archive(other=b"x"), "a.docx", '"a.docx" is an archive; unpack it'),
    ],
    ids=["scan", "locked", "cut PDF", "text", "cut Word file", "workbook", "CSV", "archive"],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(content: bytes, filename: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(content, filename)
    assert str(caught.value).startswith(message)

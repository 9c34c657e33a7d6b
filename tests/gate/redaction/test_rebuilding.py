from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.redaction import By, Reason, Redacted, Redaction
from leconfield.gate.redaction.inspection import left_behind
from leconfield.gate.redaction.rebuilding import KINDS, rebuild, text_of
from leconfield.intake.readers import UnreadableError
from leconfield.ledger.marking import Marking
from leconfield.printing import Document, Paragraph, pdf
from tests.gate.redaction.prose import NAMES, NOTE, NUMBERS, crowded_word_file, protected, word_file, word_file_of

DAY = "2026-03-09"


def everything_in(content: bytes) -> bytes:
    """The file's bytes, those of its packed parts, and what its pages say."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"\n".join([content, *(name.encode() + packed.read(name) for name in packed.namelist())])
    if content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        pages = [page.extract_text().encode() for page in reader.pages]
        streams = [found.get_data() for page in reader.pages if (found := page.get_contents()) is not None]
        return b"\n".join([content, *pages, *streams])
    return content


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_was_masked_is_anywhere_in_the_new_file(kind: str) -> None:
    held = everything_in(rebuild(protected(NOTE), kind, DAY))
    for words in (*NAMES, *NUMBERS):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert words.encode(encoding) not in held, words


def test_a_word_file_is_written_anew_without_properties_header_or_author_of_the_old() -> None:
    text, kind = text_of(word_file(NOTE), "interview-quillfeather.docx")
    content = rebuild(protected(text), kind, DAY)
    assert b"Quillfeather" not in everything_in(content)
    new = docx.Document(io.BytesIO(content))
    assert (new.core_properties.author, new.core_properties.comments) == ("", "")
    assert "[name]" in "\n".join(paragraph.text for paragraph in new.paragraphs)


def test_of_a_word_file_what_one_sees_is_read_and_once_and_nothing_else() -> None:
    text, _ = text_of(crowded_word_file(), "note.docx")
    assert text.split("\n\n") == ["head", "body", "cell\tcell", "shape", "link", "inserted", "note", "foot"]


def test_a_word_file_that_shows_no_words_is_refused() -> None:
    with pytest.raises(BadInputError, match="shows no words"):
        text_of(word_file_of(docx.Document()), "picture.docx")


def test_a_pdf_is_written_anew() -> None:
    marking = Marking("SECRET", (), "secret")
    old = pdf(Document("Quillfeather", marking, "Halima Nuuradin", f"{DAY}T00:00:00", (Paragraph(NOTE),)))
    text, kind = text_of(old, "old.pdf")
    content = rebuild(protected(text), kind, DAY)
    held = everything_in(content)
    assert b"Quillfeather" not in held
    assert b"Nuuradin" not in held
    assert "[name]" in pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here: install poppler-utils")
def test_a_pdf_says_nothing_of_it_to_other_programs_either(tmp_path: Path) -> None:
    path = tmp_path / "new.pdf"
    path.write_bytes(rebuild(protected(NOTE), "pdf", DAY))
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "[name]" in said
    assert not any(words in said for words in NAMES)


def test_invisible_letters_do_not_travel() -> None:
    text = "The \u200bmeet\u202eing was\u2060 moved.\U000e0041"
    assert rebuild(protected(text), "txt", DAY).decode() == "The meeting was moved.\n"


def test_what_was_masked_is_found_if_it_is_left() -> None:
    mask = Redaction(3, 15, "[name]", Reason.PERSON, By.MODEL, "somebody")
    done = Redacted("Mr Quillfeather came; Quillfeather went", (mask,))
    for kind in KINDS:
        with pytest.raises(DamagedError, match="1 masked"):
            rebuild(done, kind, DAY)
    assert left_behind(b"Mr [name] came", "txt", done, b"") == []


def test_the_words_of_the_frame_are_no_leak() -> None:
    mask = Redaction(0, 8, "[particular]", Reason.PARTICULAR, By.MODEL, "somebody")
    assert rebuild(Redacted("Redacted it was", (mask,)), "pdf", DAY).startswith(b"%PDF")


def test_broken_characters_in_a_text_file_are_no_error() -> None:
    text, kind = text_of(b"Mr Tobias Quillfeather \xff\xfe\x00\x81 came", "note.txt")
    assert kind == "txt"
    assert "Quillfeather" not in rebuild(protected(text), kind, DAY).decode()


def test_a_picture_is_refused_with_a_reason() -> None:
    with pytest.raises(UnreadableError, match="no text"):
        text_of(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01" * 20, "face.png")


def test_a_long_text_is_set_on_several_pages() -> None:
    content = rebuild(protected("Nothing much was said on that day. " * 600), "pdf", DAY)
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 3

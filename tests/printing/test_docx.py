from __future__ import annotations

import io
import zipfile

import docx as word_files
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.printing import Column, Heading, Paragraph, Table, docx
from leconfield.printing.model import texts
from tests.printing.papers import everything, flat, paper


def _words(file: bytes) -> str:
    word = word_files.Document(io.BytesIO(file))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    section = word.sections[0]
    around = [each.text for each in (*section.header.paragraphs, *section.footer.paragraphs)]
    return flat(" ".join((*(each.text for each in word.paragraphs), *cells, *around)))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert docx(everything()) == docx(everything())


def test_all_words_of_the_document_are_in_the_file() -> None:
    words = _words(docx(everything()))
    for each in texts(everything()):
        assert flat(each) in words


def test_the_file_says_nothing_of_machine_person_or_time() -> None:
    file = docx(everything())
    core = word_files.Document(io.BytesIO(file)).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert (core.title, core.subject) == ("Chronology", "SECRET · HEATHER · SEQUIN")
    assert {each.date_time for each in zipfile.ZipFile(io.BytesIO(file)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"python-docx" not in zipfile.ZipFile(io.BytesIO(file)).read("docProps/core.xml")


def test_the_foot_counts_pages_by_itself() -> None:
    foot = zipfile.ZipFile(io.BytesIO(docx(everything()))).read("word/footer1.xml").decode()
    assert 'w:instr="PAGE"' in foot
    assert 'w:instr="NUMPAGES"' in foot


def test_what_rests_on_a_report_links_to_its_row_at_the_end() -> None:
    body = zipfile.ZipFile(io.BytesIO(docx(everything()))).read("word/document.xml").decode()
    assert '<w:hyperlink w:anchor="report1">' in body
    assert 'w:name="report1"' in body


def test_words_that_run_from_right_to_left_are_marked_so() -> None:
    body = zipfile.ZipFile(io.BytesIO(docx(paper(Paragraph("محمد"))))).read("word/document.xml").decode()
    assert "<w:bidi/>" in body
    assert "<w:rtl/>" in body


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_whatever_is_written_can_be_read_back(found: list[str]) -> None:
    rows = tuple((each, each) for each in found)
    made = paper(Heading(found[0], 3), *map(Paragraph, found), Table((Column("a"), Column("b", 0.1)), rows))
    words = _words(docx(made))
    assert all(flat(each) in words for each in texts(made))

from __future__ import annotations

import io
from functools import partial

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.printing import Column, Facts, Heading, Paragraph, Span, Table, pdf
from leconfield.printing.fonts import unprintable
from leconfield.printing.layout import Piece, pages_of
from tests.printing import papers
from tests.printing.papers import everything, flat, paper


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf(everything()) == pdf(everything())


def test_every_page_bears_its_marking_twice_who_printed_it_when_as_of_when_and_its_number() -> None:
    pages = papers.pages_of(pdf(everything()))
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert page.count("SECRET · HEATHER · SEQUIN") == 2
        assert "Printed by Emma, investigator, 9 March 2026, 08:15 UTC, as of 8 March 2026" in flat(page)
        assert f"page {number} of {len(pages)}" in page


def test_everything_on_the_paper_can_be_read_back() -> None:
    words = flat(" ".join(papers.pages_of(pdf(everything()))))
    for each in ("Chronology", "What was known", "HERON", "Others may know more.", "1. one", "Sixty days", "B2"):
        assert each in words
    assert words.count("He was seen in the mill lane.") == sum(1 + day % 3 for day in range(60))


@pytest.mark.parametrize(
    "name",
    ["Иван Петров", "Γιώργος Παπαδόπουλος", "Ժիրայր", "გიორგი", "Łukasz Żółć", "Nguyễn Văn Đức", "Ağaoğlu", "Þóra"],
)
def test_names_in_other_alphabets_print(name: str) -> None:
    assert flat(name) in flat(papers.pages_of(pdf(paper(Paragraph(name))))[0])
    assert unprintable(name) == []


@pytest.mark.parametrize("name", ["محمد بن عبد الله", "عبدالله اوجلان", "گلبدین پژمان", "שלום כהן"])
def test_names_that_run_from_right_to_left_are_set_from_right_to_left(name: str) -> None:
    (page,) = papers.pages_of(pdf(paper(Paragraph(name))))
    assert flat(name)[::-1] in flat(page) or flat(name) in flat(page)
    assert unprintable(name) == []


def test_letters_without_a_font_are_squares_and_the_paper_says_so() -> None:
    (page,) = papers.pages_of(pdf(paper(Paragraph("สมชาย"))))
    assert "□□□" in page
    assert "U+0E2A" in page


def test_the_head_of_a_table_is_repeated_on_each_of_its_pages() -> None:
    pages = papers.pages_of(pdf(everything()))
    of_table = [each for each in pages if "mill lane" in each]
    assert len(of_table) > 1
    assert all("When" in each and "No." in each for each in of_table)


def test_a_row_longer_than_a_page_goes_over_pages() -> None:
    long = "He was seen in the mill lane. " * 900
    pages = papers.pages_of(pdf(paper(Table((Column("What"), Column("Who")), ((long, "HERON"),)))))
    assert len(pages) > 1
    assert flat(" ".join(pages)).count("mill lane") >= 890


def test_a_word_wider_than_its_column_is_cut() -> None:
    (page,) = papers.pages_of(pdf(paper(Facts((("No.", "4" * 300),)))))
    assert page.replace("\n", "").count("4") >= 300


def test_what_rests_on_a_report_links_to_its_row_at_the_end() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(everything())))
    links = [link.get_object() for link in reader.pages[0]["/Annots"]]
    assert [link["/Dest"] for link in links] == [papers.REPORT] or len(links) == 1


def test_a_report_that_is_not_listed_is_no_link() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(paper(Paragraph(Span("his report", report="0b" * 16))))))
    assert "/Annots" not in reader.pages[0]


def test_the_file_says_nothing_of_machine_or_person() -> None:
    found = pypdf.PdfReader(io.BytesIO(pdf(everything()))).metadata
    assert found is not None
    assert (found.title, found.subject, found.author or "", found.creator or "") == (
        "Chronology",
        "SECRET · HEATHER · SEQUIN",
        "",
        "",
    )
    assert str(found["/CreationDate"]).startswith("D:20260309081530")


def test_paper_may_be_wide_and_large() -> None:
    page = pypdf.PdfReader(io.BytesIO(pdf(paper(Heading("Grid"), landscape=True, size="A3")))).pages[0]
    assert round(page.mediabox.width) == 1191
    assert round(page.mediabox.height) == 842


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=6))
def test_whatever_is_written_prints(texts: list[str]) -> None:
    rows = tuple((each, each) for each in texts)
    blocks = (Heading(texts[0]), *map(Paragraph, texts), Table((Column("a"), Column("b", 0.1)), rows))
    file = pdf(paper(*blocks, title=texts[0]))
    assert pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text()


@given(st.lists(st.tuples(st.floats(1, 90), st.booleans(), st.booleans()), max_size=80), st.floats(100, 300))
def test_no_page_is_overrun_and_no_piece_is_lost(found: list[tuple[float, bool, bool]], height: float) -> None:
    head = Piece(10, id)
    pieces = [
        Piece(tall, partial(divmod, number), keep=keep, head=head if headed else None)
        for number, (tall, keep, headed) in enumerate(found)
    ]
    pages = pages_of(pieces, height)
    assert all(sum(each.height for each in page) <= height + 1e-6 for page in pages)
    assert [each.put for page in pages for each in page if each is not head] == [each.put for each in pieces]

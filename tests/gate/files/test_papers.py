"""Tests of `leconfield.gate.files.papers`: set anew from what one sees, and looked through when written."""

from __future__ import annotations

import io

import pypdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.files.papers import DOCX, PDF, docx_faults, fresh, leaks_in, pdf_faults
from leconfield.gate.files.protected import Names
from leconfield.gate.files.reading import visible_words
from leconfield.ledger.marking import Marking
from tests.gate.files.plants import SECRET, docxs, packed_by_differences, pdfs, unzipped, zipped

OFFICIAL = Marking("OFFICIAL", (), "official")
NAMES = Names([SECRET])
WORDS = "# The bakery\n\nWe watched a bakery for a week.\n\nIt was in Köln."


def paper(words: str = WORDS, media_type: str = PDF, names: Names | None = NAMES) -> bytes:
    return fresh(
        "A story", words, OFFICIAL, by="The press office", day="2026-12-01", media_type=media_type, names=names
    )


@pytest.mark.parametrize("media_type", [PDF, DOCX])
def test_a_paper_has_its_words_and_nothing_else(media_type: str) -> None:
    written = paper(media_type=media_type)
    assert written == paper(media_type=media_type)
    assert not list(pdf_faults(written) if media_type == PDF else docx_faults(written))
    assert "We watched a bakery for a week." in visible_words(written, "paper")


@pytest.mark.parametrize("media_type", [PDF, DOCX])
@pytest.mark.parametrize(
    "words",
    [
        SECRET,
        "marguerite\noldcastle",
        "MARGUERITE OLDCASTLE",
        "M-a-r-g-u-e-r-i-t-e Oldcastle",
        "Marguérite\u200b Old\u00adcastle",
        "xxMargueriteOldcastlexx",
        "Ｍａｒｇｕｅｒｉｔｅ Ｏｌｄｃａｓｔｌｅ",
    ],
)
def test_a_paper_with_a_protected_name_is_not_given_out(words: str, media_type: str) -> None:
    with pytest.raises(DamagedError, match="protected name"):
        paper(f"Then {words} came.", media_type)


@pytest.mark.parametrize("place", list(pdfs(paper(), SECRET)))
def test_what_is_planted_in_a_pdf_does_not_survive(place: str) -> None:
    planted = pdfs(paper(), SECRET)[place]
    if place != "plain":
        assert NAMES.leaks("a.pdf", planted), "nothing was planted"
        assert list(pdf_faults(planted)), "the inspection does not see it"
    again = paper(visible_words(planted, "a.pdf"))
    assert not NAMES.leaks("a.pdf", again)
    assert not list(pdf_faults(again))


@pytest.mark.parametrize("media_type", [PDF, DOCX])
@pytest.mark.parametrize("place", list(docxs(SECRET)))
def test_what_is_planted_in_a_docx_does_not_survive(place: str, media_type: str) -> None:
    planted = docxs(SECRET)[place]
    assert place == "plain" or NAMES.leaks("a.docx", planted), "nothing was planted"
    words = visible_words(planted, "a.docx")
    assert words.startswith("We watched a bakery.")
    assert not NAMES.leaks("a", paper(words, media_type))


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=24), st.integers(0, 1000))
def test_no_words_planted_anywhere_survive(words: str, which: int) -> None:
    names = Names([words])
    planted = [*docxs(words).items()]
    place, held = planted[which % len(planted)]
    assert not leaks_in(names, "a", paper(visible_words(held, "a.docx"), DOCX, names), DOCX), place


@pytest.mark.parametrize("media_type", [PDF, DOCX])
def test_a_codename_that_is_a_word_of_the_format_is_looked_for_in_the_words(media_type: str) -> None:
    names = Names(["HELVETICA", "Normal", "00000000"])
    assert paper(WORDS, media_type, names)
    with pytest.raises(DamagedError, match="protected name"):
        paper("With Helvetica and Nor\nmal.", media_type, names)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("docProps/core.xml", "</cp:coreProperties>", "<cp:category>X</cp:category></cp:coreProperties>"),
        ("docProps/app.xml", "<Company/>", "<Company>X</Company>"),
        ("word/document.xml", "</w:p>", "<!-- X --></w:p>"),
        ("word/document.xml", "</w:p>", "<w:ins><w:r><w:t>X</w:t></w:r></w:ins></w:p>"),
        ("word/settings.xml", "</w:settings>", "<w:docVars/></w:settings>"),
        ("word/header1.xml", "</w:p>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>X</w:t></w:r></w:p>"),
        ("docProps/thumbnail.jpeg", "", "X"),
        ("word/_rels/document.xml.rels", "</Relationships>", '<a Target="X"/></Relationships>'),
    ],
)
def test_a_docx_of_ours_that_was_touched_has_a_fault(part: str, old: str, new: str) -> None:
    parts = unzipped(paper(media_type=DOCX))
    held = parts[part] + new.encode() if not old else parts[part].replace(old.encode(), new.encode(), 1)
    assert held != parts[part]
    assert list(docx_faults(zipped({**parts, part: held})))


def test_a_docx_repacked_with_times_comments_or_parts_has_a_fault() -> None:
    written = paper(media_type=DOCX)
    parts = unzipped(written)
    assert "a time in the archive" in list(docx_faults(zipped(parts)))
    assert "a comment of the archive" in list(docx_faults(zipped(parts, b"X")))
    assert "a part that a paper of ours has not" in list(docx_faults(zipped({**parts, "more.xml": b""})))
    assert list(docx_faults(b"PK\x03\x04")) == list(docx_faults(b"nonsense"))
    assert list(docx_faults(written[:-30]))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("behind a packed stream", "behind the packed part"),
        ("unseen object", "nothing leads to"),
        ("older revision", "older revision"),
        ("behind the end", "behind its end"),
        ("remark", "remark"),
        ("own property", "property /Handler"),
        ("script", "JavaScript"),
        ("attachment", "EmbeddedFile"),
        ("xmp", "Metadata"),
        ("outline", "Outlines"),
        ("private", "PieceInfo"),
        ("packed twice", "packed in another way"),
    ],
)
def test_each_thing_in_a_pdf_is_called_by_its_name(place: str, said: str) -> None:
    found = list(pdf_faults(pdfs(paper(), SECRET)[place]))
    assert any(said in each for each in found), found


def test_a_part_that_can_only_be_read_by_counting_differences_is_refused_for_that() -> None:
    found = list(pdf_faults(packed_by_differences(paper(), SECRET)))
    assert "a part that is packed in another way than ours" in found


def test_text_extraction_by_another_reader_finds_the_words() -> None:
    (page,) = pypdf.PdfReader(io.BytesIO(paper())).pages
    assert "We watched a bakery for a week." in page.extract_text()
    assert "It was in Köln." in page.extract_text()


@pytest.mark.parametrize("held", [b"", b"PK\x03\x04", b"%PDF-1.4 torn", zipped({"a.txt": b"x"}), b"\x00" * 100])
def test_what_is_no_paper_is_refused_with_the_reason(held: bytes) -> None:
    with pytest.raises(BadInputError):
        visible_words(held, "a.docx")


def test_a_paper_bears_a_day_and_is_of_a_kind_that_we_write() -> None:
    for day in ("", "today", "2026-12-01T09:00"):
        with pytest.raises(BadInputError, match="no day"):
            fresh("T", "W", OFFICIAL, by="The press office", day=day)
    with pytest.raises(BadInputError, match="written as"):
        fresh("T", "W", OFFICIAL, by="The press office", day="2026-12-01", media_type="text/rtf")

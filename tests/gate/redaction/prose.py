"""Invented texts with known names, and how to write them into files."""

from __future__ import annotations

import io
from typing import Final

import docx
from docx.document import Document as Word
from docx.oxml import parse_xml

from leconfield.gate.redaction import Mode, Redacted, redact
from tests.gate.files.plants import unzipped, zipped

NOTE: Final = (
    "Mr Tobias Quillfeather, a locksmith, was born in Ashcombe on 3 May 1961. He met Ms Halima Nuuradin on "
    "14 June 2019 near 12 Tannery Lane and gave her a telephone, 07700 900123.\n\n"
    "Quillfeather rang Nuuradin again from tobias.q@example.org. His passport is no. 533401112. The van, AB12 CDE, "
    "was his. T.Q. was never seen there again.\n"
)
NAMES: Final = ("Quillfeather", "Nuuradin", "Tobias", "Halima")
NUMBERS: Final = ("07700 900123", "tobias.q@example.org", "533401112", "AB12 CDE", "14 June 2019", "3 May 1961")


def protected(text: str) -> Redacted:
    """The text redacted, recall first."""
    return redact(text, Mode.PROTECT)


def word_file(text: str) -> bytes:
    """A DOCX file of the text, with properties, a comment-like header and an author that tell."""
    word: Word = docx.Document()
    for paragraph in text.split("\n\n"):
        word.add_paragraph(paragraph)
    word.core_properties.author = "Tobias Quillfeather"
    word.core_properties.title = "Interview with Quillfeather"
    word.core_properties.comments = "seen by Halima Nuuradin"
    word.sections[0].header.paragraphs[0].text = "File of Mr Tobias Quillfeather"
    return word_file_of(word)


def word_file_of(word: Word) -> bytes:
    """The document as a file."""
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


_SPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_SHAPE: Final = "<w:txbxContent><w:p><w:r><w:t>shape</w:t></w:r></w:p></w:txbxContent>"
_BELOW: Final = (
    (
        f"<w:p {_SPACES}><w:r><mc:AlternateContent><mc:Choice><w:drawing>{_SHAPE}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{_SHAPE}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ),
    f'<w:p {_SPACES}><w:hyperlink w:tooltip="tip"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>',
    (
        f"<w:p {_SPACES}><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:moveFrom><w:r>"
        "<w:t>moved</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins></w:p>"
    ),
)


def crowded_word_file() -> bytes:
    """A DOCX file with words in every place: some that one sees, some that one does not."""
    word: Word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "head"
    word.sections[0].footer.paragraphs[0].text = "foot"
    word.add_paragraph("body")
    for cell in word.add_table(1, 2).row_cells(0):
        cell.text = "cell"
    for markup in _BELOW:
        word.element.body.insert(-1, parse_xml(markup))
    parts = unzipped(word_file_of(word))
    for kind, words in (("footnotes", "note"), ("comments", "remark")):
        raw = f"<w:{kind} {_SPACES}><w:x><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:x></w:{kind}>"
        parts[f"word/{kind}.xml"] = raw.encode()
    return zipped(parts)

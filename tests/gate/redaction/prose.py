"""Invented texts with known names, and how to write them into files."""

from __future__ import annotations

import io
from typing import Final

import docx
from docx.document import Document as Word

from leconfield.gate.redaction import Mode, Redacted, redact

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
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()

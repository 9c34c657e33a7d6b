"""One file on its way in: read, extracted, and made into the draft of one entry. Pure but for the desk's ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from leconfield.intake.extraction.model import Extraction
from leconfield.intake.extraction.pipeline import extract
from leconfield.intake.readers import Document, UnreadableError, read
from leconfield.ledger.grades import UNGRADED, Grade, parse_grade
from leconfield.ledger.marking import default_label
from leconfield.ledger.model import Reader

UNKNOWN: Final = "unknown"
"""The source of what nobody names a source for."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the officer who files says of the files. What he leaves open, a file may say of itself.

    The label stands beside that of the file: who reads it must hold what both ask for.
    """

    source: str = UNKNOWN
    channel: str = "file"
    grade: Grade = UNGRADED
    label: str = ""
    learnt_as_written: bool = False
    """An archive: each report counts as learnt when it says it was received, else at the end of the day it bears."""

    def of(self, reader: Reader) -> Terms:
        """The terms as this officer files: where he names no label, his own default, never everybody's."""
        return self if self.label else replace(self, label=default_label(reader.tokens))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file yielded, or why it could not be read."""

    filename: str
    content: bytes
    document: Document | None
    extraction: Extraction | None
    fault: str = ""


def read_file(filename: str, content: bytes) -> tuple[Reading, ...]:
    """Read a file, and whatever came attached to it, and extract what they say; a file no reader can read says why."""
    filename = as_text(filename)
    try:
        document = read(content, filename)
    except UnreadableError as error:
        return (Reading(filename, content, None, None, str(error)),)
    extraction = extract(document.text, document.written, document.place)
    whole = Reading(filename, content, document, extraction)
    attached = (each for name, part in document.parts for each in read_file(f"{filename}/{name}", part))
    return (whole, *attached)


def as_text(filename: str) -> str:
    """The name of a file as text: bytes that are none (old discs have such names) become question marks."""
    return filename.encode("utf-8", "replace").decode()


def grade_of(document: Document, terms: Terms) -> Grade:
    """The officer's grade; where he gave none, the one the file bears."""
    return parse_grade(document.grade) if terms.grade == UNGRADED and document.grade else terms.grade

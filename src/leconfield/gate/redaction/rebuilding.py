"""Files written anew from the masked text, and looked through before anybody has them.

Nothing is covered: what was masked was never put in. Nothing of the old file is carried over: no property, comment,
earlier version, invisible letter, name.
"""

from __future__ import annotations

from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.files.reading import visible_words
from leconfield.gate.redaction.inspection import left_behind
from leconfield.gate.redaction.model import Redacted
from leconfield.gate.redaction.plain import plain
from leconfield.intake.readers import UnreadableError
from leconfield.intake.readers.words import decoded, normal
from leconfield.ledger.marking import Marking
from leconfield.printing import WRITERS, Document, Paragraph

TEXT: Final = "txt"
KINDS: Final = (TEXT, *WRITERS)
"""The endings of files that can be written."""
_BROKEN_TOO: Final = frozenset({TEXT, "md"})
_MARKING: Final = Marking("REDACTED", (), "unmarked")
_TITLE: Final = "Redacted text"
_BY: Final = "Leconfield"
_LONGEST_PARAGRAPH: Final = 4_000


def text_of(content: bytes, filename: str) -> tuple[str, str]:
    """What one sees when one reads a file, and the ending of the file that it can be written anew as.

    Raises:
        BadInputError: if a DOCX or PDF file cannot be read or shows no words.
        UnreadableError: if another is no text; `.txt` is read however broken.
    """
    ending = filename.rpartition(".")[2].lower()
    if ending in WRITERS:
        text = normal(visible_words(content, filename))
        if not text.strip():
            raise BadInputError(f"{filename}: it shows no words; pictures are boxed, not redacted")
        return text, ending
    try:
        return normal(decoded(content, filename)), TEXT
    except UnreadableError:
        if ending not in _BROKEN_TOO:
            raise
        return normal(content.decode("utf-8", "replace")), TEXT


def rebuild(redacted: Redacted, kind: str, day: str) -> bytes:
    """The masked text as a new file of that kind (`txt`, `docx`, `pdf`), looked through; `day`: an ISO date, printed.

    Raises:
        DamagedError: if masked words are found in it, which then nobody gets.
    """
    words = plain(redacted.text).text.strip()
    content = _written(words, kind, day)
    left = left_behind(content, kind, redacted, _written("", kind, day))
    if left:
        raise DamagedError(
            f"{len(left)} masked stretches can still be read in the new {kind.upper()} file; it was not written; "
            "write it as txt, or mask those words by an order of your own"
        )
    return content


def _written(words: str, kind: str, day: str) -> bytes:
    if kind == TEXT:
        return f"{words}\n".encode("utf-8", "replace")
    paragraphs = tuple(Paragraph(piece) for block in words.split("\n\n") for piece in _pieces(block) if piece.strip())
    return WRITERS[kind](Document(_TITLE, _MARKING, _BY, f"{day}T00:00:00", paragraphs))


def _pieces(block: str) -> list[str]:
    """The block, cut between words where it is longer than any page."""
    pieces = []
    rest = block.strip("\n")
    while len(rest) > _LONGEST_PARAGRAPH:
        cut = max(rest.rfind(" ", 0, _LONGEST_PARAGRAPH), rest.rfind("\n", 0, _LONGEST_PARAGRAPH))
        cut = cut if cut > 0 else _LONGEST_PARAGRAPH
        pieces.append(rest[:cut])
        rest = rest[cut:].lstrip(" \n")
    return [*pieces, rest]

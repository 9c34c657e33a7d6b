"""What a reader makes of a file, what it refuses, and how large either may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError

MAX_BYTES: Final = 64 * 1024 * 1024
"""Largest file that is read."""
MAX_TEXT: Final = 20_000_000
"""Most characters of text that one file may yield."""

PLAIN_TEXT: Final = "text/plain"
HTML: Final = "text/html"
XHTML: Final = "application/xhtml+xml"
EMAIL: Final = "message/rfc822"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class UnreadableError(BadInputError):
    """A file that no reader can make text of: it goes to quarantine with `reason` and what mends it, `fix`."""

    def __init__(self, filename: str, reason: str, fix: str) -> None:
        self.filename = filename
        self.reason = reason
        self.fix = fix
        super().__init__(f'"{filename}" {reason}; {fix}')


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and what it says about itself; a string is empty where the file does not tell."""

    text: str
    """What every character span refers to: NFC, lines end in one newline, no control characters but that and tab."""
    title: str = ""
    written: str = ""
    """The date it bears: partial ISO, UTC where it has a time of day."""
    place: str = ""
    identifier: str = ""
    """The name it bears in the world: a Dublin Core identifier, a Message-ID."""
    media_type: str = PLAIN_TEXT
    reference: str = ""
    """The source's own number for it (report form only, as all that follow but `parts`)."""
    source: str = ""
    origin: str = ""
    grade: str = ""
    """A valid Admiralty grade such as `B2`."""
    label: str = ""
    """A valid access expression."""
    received: str = ""
    """The moment it reached the desk: UTC, ISO 8601, microseconds."""
    parts: tuple[tuple[str, bytes], ...] = ()
    """What came with it (attachments): file name and bytes of each, to be read in turn."""


Reader = Callable[[bytes, str], Document]
"""Reads a file's bytes; the name is for messages and where the bytes leave the format open."""


def guarded(reader: Reader, content: bytes, filename: str) -> Document:
    """What the reader makes of the file.

    Raises:
        UnreadableError: and nothing else, whatever the parser beneath makes of a broken file.
    """
    try:
        return reader(content, filename)
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(
            filename, f"is damaged ({type(error).__name__})", "open and save it again in the program that made it"
        ) from error

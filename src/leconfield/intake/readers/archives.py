"""Archives: which of them is a document, and what to do about the others."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from leconfield.intake.readers.model import UnreadableError

ZIP_MARK: Final = b"PK\x03\x04"


def refuse_other_archives(content: bytes, filename: str) -> None:
    """Nothing if the archive is a Word document.

    Raises:
        UnreadableError: if it is a workbook, an OpenDocument file, another archive or no whole one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(filename, "is a damaged archive", "copy or download it again") from error
    if "word/document.xml" in names:
        return
    if "xl/workbook.xml" in names:
        raise UnreadableError(filename, "is a table", "load it with a mapping that says what its columns mean")
    if "mimetype" in names:
        raise UnreadableError(filename, "is an OpenDocument file", "save it as DOCX or PDF and try again")
    raise UnreadableError(filename, "is an archive", "unpack it and take in the files that it holds")

"""Archives: which of them is a document, and what to do about the others."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from leconfield.intake.readers.model import UnreadableError

ZIP_MARK: Final = b"PK\x03\x04"
_HIGHEST_RATIO: Final = 200
_SMALL: Final = 16 * 1024 * 1024
_MOST_UNPACKED: Final = 512 * 1024 * 1024


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
        raise UnreadableError(filename, "is a table", 'load it with "leconfield load" and a mapping')
    if "mimetype" in names:
        raise UnreadableError(filename, "is an OpenDocument file", "save it as DOCX or PDF and try again")
    raise UnreadableError(filename, "is an archive", "unpack it and take in the files that it holds")


def refuse_bomb(content: bytes, filename: str) -> None:
    """Nothing if the archive unpacks to no more than documents do.

    Raises:
        UnreadableError: if it does.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(each.file_size for each in archive.infolist())
    if unpacked > _MOST_UNPACKED or unpacked > max(_SMALL, _HIGHEST_RATIO * len(content)):
        raise UnreadableError(
            filename,
            f"unpacks to {unpacked // 2**20:,} MB, far more than a document holds",
            "do not open it; ask whoever sent it",
        )

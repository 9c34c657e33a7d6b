"""Delimited text as everybody who reads a table needs it: its character set, its separator, its rows of cells.

Whatever bytes come, what is read is bounded in memory, and what cannot be read is said with its row and what mends it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO, Final, TextIO

from leconfield.errors import BadInputError
from leconfield.registry.charsets import charset_of

SAMPLE: Final = 65_536
"""Bytes from the beginning of a file that its character set and its separator are told by."""
LONGEST_CELL: Final = 1 << 24
"""Characters; longer ones are an opening quotation mark that is never closed, or an attack."""
_LONGEST_LINE: Final = 1 << 25
_DELIMITERS: Final = ",;\t|"
_LINES: Final = 50
_MOST_LINES: Final = 0.5
"""The share of lines that a separator must cut alike."""
_WESTERN: Final = "leconfield-western"


class UnreadRowError(BadInputError):
    """A row that cannot be told from what follows it: nothing below it can be read either."""

    def __init__(self, called: str, row: int, reason: str) -> None:
        self.row = row
        """Counted from 1, empty ones included."""
        self.reason = reason
        """What is wrong, and what mends it."""
        super().__init__(f'"{called}", row {row}: {reason}')


def rows_in(stream: BinaryIO, called: str, otherwise: str = ",") -> Iterator[list[str]]:
    """The rows of a file from its beginning, one at a time, empty ones too; the stream is left open.

    `called` is what the file is called in errors, `otherwise` the separator where none cuts the lines alike.

    Raises:
        BadInputError: if its bytes are no text.
        UnreadRowError: at a quotation mark that is never closed, or stands where none may.
    """
    beginning = stream.read(SAMPLE)
    stream.seek(0)
    charset = charset_of(beginning, called)
    delimiter = delimiter_of(beginning.decode(charset, errors="ignore"), otherwise)
    errors = _WESTERN if charset == "utf-8" and beginning.isascii() else "replace"
    text = io.TextIOWrapper(stream, encoding=charset, errors=errors, newline="")
    try:
        yield from _rows(text, delimiter, called)
    finally:
        with suppress(ValueError):  # the caller may have closed the stream, which is his, before the end
            text.detach()


def delimiter_of(sample: str, otherwise: str = ",") -> str:
    """The character that cuts the beginning of a file into the most columns of equal number."""
    found = {each: _evenness(sample, each) for each in _DELIMITERS}
    best = max(found, key=found.__getitem__)
    return best if found[best][0] >= _MOST_LINES else otherwise


def _rows(text: TextIO, delimiter: str, called: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    try:
        for cells in csv.reader(_lines(text), delimiter=delimiter, strict=True):
            number += 1
            yield cells
    except csv.Error as error:
        reason = f"cannot be read ({error}); check its quotation marks"
        raise UnreadRowError(called, number + 1, reason) from error


def _lines(text: TextIO) -> Iterator[str]:
    """Lines without zero characters, which some programs pad with."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise csv.Error("its line never ends")
        yield line.replace("\0", "")


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of rows that it cuts into the same number of cells, and that number; nothing if that is one."""
    widths = Counter(_widths(sample, delimiter))
    if not widths:
        return 0.0, 0
    width, times = widths.most_common(1)[0]
    return (times / widths.total(), width) if width > 1 else (0.0, 0)


def _widths(sample: str, delimiter: str) -> Iterable[int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == _LINES:
                break
    except csv.Error:
        return ()
    return widths


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, met after a beginning of plain ASCII, are Windows Western."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_WESTERN, _as_western)

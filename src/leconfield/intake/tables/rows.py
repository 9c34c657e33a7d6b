"""Rows of CSV and XLSX files, one at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from typing import BinaryIO, Final

import openpyxl

from leconfield.intake.readers.archives import ZIP_MARK, refuse_bomb
from leconfield.intake.readers.model import UnreadableError
from leconfield.intake.readers.words import charset_of, tidy_line
from leconfield.intake.tables.model import Row, RowError, TableError

_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 65_536
_MOST_COLUMNS: Final = 1000
_MOST_SHEET_ROWS: Final = 1_048_576
"""What a worksheet can hold; a file that claims more is not one."""
_LONGEST_CELL: Final = 100_000
_MOST_WORKBOOK: Final = 64 * 1024 * 1024


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, met after a beginning of plain ASCII, are Windows Western."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("leconfield-western", _as_western)


def rows(source: bytes | BinaryIO, filename: str) -> Iterator[Row]:
    """The rows below the header, read as they are asked for; empty rows are left out but counted.

    Raises:
        TableError: if it is no table, or its header names a column twice.
        RowError: at a quotation mark that is never closed: what follows it cannot be told apart.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    beginning = stream.read(_SAMPLE)
    stream.seek(0)
    if beginning.startswith(ZIP_MARK):
        return _named(_workbook_cells(stream, filename), filename)
    return _named(_csv_cells(stream, beginning, filename), filename)


def _named(cells: Iterable[list[str]], filename: str) -> Iterator[Row]:
    header: list[str] = []
    for number, values in enumerate(cells, start=1):
        if len(values) > _MOST_COLUMNS:
            raise RowError(number, "", f"has more than {_MOST_COLUMNS} cells; split the table")
        if not any(values):
            continue
        if not header:
            header = _header(values, filename)
        else:
            yield _row(header, values, number)
    if not header:
        raise TableError(f'"{filename}" is empty; check that it was saved whole')


def _header(values: list[str], filename: str) -> list[str]:
    names = [value.lower() for value in values]
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        raise TableError(f'"{filename}" has two columns called "{twice[0]}"; rename one')
    return names


def _row(header: list[str], values: list[str], number: int) -> Row:
    extra = any(values[len(header) :])
    padded = values + [""] * (len(header) - len(values))
    return Row(
        number,
        {name: value for name, value in zip(header, padded, strict=False) if name},
        f"has more cells than the header's {len(header)}; quote cells that hold the separator" if extra else "",
    )


def _csv_cells(stream: BinaryIO, beginning: bytes, filename: str) -> Iterator[list[str]]:
    try:
        charset = charset_of(beginning, filename)
    except UnreadableError as error:
        raise TableError(str(error)) from error
    errors = "leconfield-western" if charset == "utf-8" and beginning.isascii() else "replace"
    delimiter = _delimiter(beginning.decode(charset, errors="ignore"))
    text = io.TextIOWrapper(stream, encoding=charset, errors=errors, newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield [tidy_line(cell, _LONGEST_CELL) for cell in cells]
    except csv.Error as error:
        raise RowError(number + 1, "", f"cannot be read ({error}); check its quotation marks") from error
    finally:
        with suppress(ValueError):  # the caller may have closed the stream, which is his, before the end
            text.detach()


def _delimiter(sample: str) -> str:
    """The character that cuts the beginning of the file into the most columns of equal number."""
    return max(_DELIMITERS, key=lambda each: _evenness(sample, each))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            widths.append(len(cells))
            if len(widths) == 50:
                break
    except csv.Error:
        return 0.0, 0
    counted = Counter(width for width in widths if width)
    if not counted or counted.most_common(1)[0][0] < 2:
        return 0.0, 0
    width, times = counted.most_common(1)[0]
    return times / len(widths), width


def _workbook_cells(stream: BinaryIO, filename: str) -> Iterator[list[str]]:
    """The cells of the first sheet of a workbook, as text."""
    content = stream.read(_MOST_WORKBOOK + 1)
    if len(content) > _MOST_WORKBOOK:
        raise TableError(f'"{filename}" is larger than 64 MB; save it as CSV, which has no limit')
    try:
        refuse_bomb(content, filename)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the sheet claims to hold may be far more than it does
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            _refuse_endless(number, filename)
            yield _without_tail([_text_of(cell) for cell in cells])
    except TableError:
        raise
    except UnreadableError as error:
        raise TableError(str(error)) from error
    except Exception as error:
        raise TableError(f'"{filename}" is no whole workbook; save it again, or as CSV') from error


def _refuse_endless(number: int, filename: str) -> None:
    if number > _MOST_SHEET_ROWS:
        raise TableError(f'"{filename}" claims more rows than a worksheet has; save it as CSV')


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text_of(cell: object) -> str:
    """A cell as a person would write it in a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        return cell.isoformat(timespec="seconds" if cell.second else "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy_line(str(cell), _LONGEST_CELL)

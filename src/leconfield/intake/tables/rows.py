"""Rows of CSV and XLSX files, one at a time."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import BinaryIO, Final

from leconfield.errors import BadInputError
from leconfield.intake.readers.archives import ZIP_MARK, refuse_bomb
from leconfield.intake.readers.model import UnreadableError
from leconfield.intake.readers.words import tidy_line
from leconfield.intake.tables.model import Row, RowError, TableError
from leconfield.registry.delimited import UnreadRowError, rows_in

_MOST_COLUMNS: Final = 1000
_MOST_SHEET_ROWS: Final = 1_048_576
"""What a worksheet can hold; a file that claims more is not one."""
_LONGEST_CELL: Final = 100_000
_MOST_WORKBOOK: Final = 64 * 1024 * 1024


def rows(source: bytes | BinaryIO, filename: str) -> Iterator[Row]:
    """The rows below the header, read as they are asked for; empty rows are left out but counted.

    Raises:
        TableError: if it is no table, or its header names a column twice.
        RowError: at a quotation mark that is never closed: what follows it cannot be told apart.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    beginning = stream.read(len(ZIP_MARK))
    stream.seek(0)
    cells = _workbook_cells if beginning == ZIP_MARK else _csv_cells
    return _named(cells(stream, filename), filename)


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


def _csv_cells(stream: BinaryIO, filename: str) -> Iterator[list[str]]:
    try:
        for cells in rows_in(stream, filename):
            yield [tidy_line(cell, _LONGEST_CELL) for cell in cells]
    except UnreadRowError as error:
        raise RowError(error.row, "", error.reason) from error
    except TableError:
        raise
    except BadInputError as error:
        raise TableError(str(error)) from error


def _workbook_cells(stream: BinaryIO, filename: str) -> Iterator[list[str]]:
    """The cells of the first sheet of a workbook, as text."""
    import openpyxl  # noqa: PLC0415 - only a workbook needs it, and it takes a quarter of a second

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

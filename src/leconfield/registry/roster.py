"""A file of people to be traced: a CSV or XLSX table, read whole, and what its columns seem to mean."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError
from leconfield.registry.asked import LABELS, Asked, asked_by
from leconfield.registry.delimited import rows_in
from leconfield.registry.scripts import fold, listed

MOST_BYTES: Final = 32 * 2**20
MOST_ROWS: Final = 100_000
_MOST_COLUMNS: Final = 200
_LONGEST_CELL: Final = 4000
_MOST_UNPACKED: Final = 256 * 2**20
_APART: Final = ("; ", " ")
"""What stands between several cells of one part; between words that were also said, a blank."""
_NO_DELIMITER: Final = "\x1f"
"""Where no separator cuts most lines alike: a comma in names of one column is none."""
FREE: Final = "question"
"""The part that is a whole question in free text."""
GIVEN: Final = "given"
FAMILY: Final = "family"
PARTS: Final[Mapping[str, str]] = {
    FREE: "Whole question, in free text",
    "name": LABELS["name"],
    GIVEN: "Given name",
    FAMILY: "Family name",
    **LABELS,
}
"""What a column can be, and what that is called."""
_HEADS: Final[Mapping[str, str]] = {
    **dict.fromkeys(listed("name names fullname person subject nombre nom"), "name"),
    **dict.fromkeys(listed("forename forenames firstname givenname given first middle middlename"), GIVEN),
    **dict.fromkeys(listed("surname lastname familyname family last"), FAMILY),
    **dict.fromkeys(listed("born dob birth birthdate dateofbirth birthday birthyear yearofbirth yob age"), "born"),
    **dict.fromkeys(listed("place town city birthplace placeofbirth pob location residence"), "place"),
    **dict.fromkeys(listed("address street"), "address"),
    **dict.fromkeys(listed("nationality country citizenship citizen"), "nationality"),
    **dict.fromkeys(listed("sex gender"), "sex"),
    **dict.fromkeys(listed("vehicle car"), "vehicle"),
    **dict.fromkeys(listed("phone telephone tel mobile msisdn phonenumber"), "phone"),
    **dict.fromkeys(listed("plate registration registrationnumber vrm numberplate licenceplate"), "plate"),
    **dict.fromkeys(listed("account iban accountnumber"), "account"),
    **dict.fromkeys(listed("document passport passportnumber idnumber idcard documentnumber nationalid"), "document"),
    **dict.fromkeys(listed("email mail emailaddress"), "email"),
    **dict.fromkeys(listed("handle username website url twitter telegram"), "handle"),
    **dict.fromkeys(listed("question query words search"), FREE),
    **dict.fromkeys(listed("note notes occupation role also remarks"), "also"),
}
"""Column heads, folded and without separators, to what they mean."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A table as it was read: every row as long as the heads."""

    filename: str
    digest: str
    """SHA-256 of the bytes."""
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    """Where each row stands in the file, counted from 1; empty rows are left out but counted."""

    def guessed(self) -> tuple[str, ...]:
        """What each column seems to mean, by its head; a table of one column is of names. Empty: not used."""
        found = tuple(_HEADS.get(_squeezed(head), "") for head in self.heads)
        return found if any(found) or len(found) != 1 else (FREE,)


def read_roster(content: bytes, filename: str) -> Roster:
    """Read a table of people; a first row that says what no column is called is taken for the first person.

    Raises:
        BadInputError: if it is no table, or larger than can be screened in one go.
    """
    if len(content) > MOST_BYTES:
        raise BadInputError(f'"{filename}" has more than {MOST_BYTES // 2**20} MB; split it')
    packed = content.startswith(b"PK\x03\x04")
    cells = _workbook(content, filename) if packed else rows_in(io.BytesIO(content), filename, _NO_DELIMITER)
    rows = list(_kept(cells, filename))
    if not rows:
        raise BadInputError(f'"{filename}" is empty; check that it was saved whole')
    width = max(len(each) for _, each in rows)
    heads = rows[0][1] if any(_squeezed(each) in _HEADS for each in rows[0][1]) else []
    below = rows[1:] if heads or (width > 1 and len(rows) > 1) else rows
    heads = heads or (rows[0][1] if below is not rows else [])
    if not below:
        raise BadInputError(f'"{filename}" has a row of heads and nobody below it')
    named = tuple(head or f"column {place + 1}" for place, head in enumerate([*heads, *[""] * (width - len(heads))]))
    padded = tuple((*each, *[""] * (width - len(each))) for _, each in below)
    return Roster(filename, sha256(content).hexdigest(), named, padded, tuple(number for number, _ in below))


def read_lines(text: str, called: str) -> Roster:
    """A list written as text: a name or a whole question on each line.

    Raises:
        BadInputError: if there is nothing on any line, or more than can be screened in one go.
    """
    kept = [(number, cells[0]) for number, cells in _kept(([line] for line in text.splitlines()), called)]
    if not kept:
        raise BadInputError("write a name or a question on each line")
    content = text.encode("utf-8", "replace")
    numbers = tuple(number for number, _ in kept)
    return Roster(called, sha256(content).hexdigest(), ("line",), tuple((line,) for _, line in kept), numbers)


def asked_of(row: Sequence[str], parts: Sequence[str]) -> Asked | str:
    """What a row asks: the cells of each part joined; free text where a column is a whole question."""
    cells: dict[str, list[str]] = {}
    for part, cell in zip(parts, row, strict=False):
        if part and cell.strip():
            cells.setdefault(part, []).append(cell.strip())
    if FREE in cells:
        return " ".join(cells[FREE])
    name = [word for part in ("name", GIVEN, FAMILY) for word in cells.get(part, ())]
    return asked_by(lambda part: " ".join(name) if part == "name" else _APART[part == "also"].join(cells.get(part, ())))


def check_parts(parts: Sequence[str], heads: Sequence[str]) -> None:
    """Make sure that the columns chosen can find anybody.

    Raises:
        BadInputError: if one is unknown, or there is neither a name nor a number among them.
    """
    for part, head in zip(parts, heads, strict=False):
        if part and part not in PARTS:
            raise BadInputError(f'column "{head}": "{part}" is no part of a question; choose from {", ".join(PARTS)}')
    if not set(parts) & {FREE, "name", GIVEN, FAMILY, "phone", "plate", "account", "document", "email", "handle"}:
        raise BadInputError("say which column has the name, or a number that somebody has: without one nobody is found")


def _squeezed(head: str) -> str:
    return "".join(letter for letter in fold(head[:60]) if letter.isalnum())


def _kept(cells: Iterable[list[str]], filename: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with anything in them, by their number in the file."""
    kept = 0
    for number, row in enumerate(cells, start=1):
        tidy = [" ".join(cell.replace("\x00", " ").split())[:_LONGEST_CELL] for cell in row]
        if len(tidy) > _MOST_COLUMNS:
            raise BadInputError(
                f'"{filename}", row {number}: more than {_MOST_COLUMNS} cells; this is no list of people'
            )
        if any(tidy):
            kept += 1
            if kept > MOST_ROWS + 1:
                raise BadInputError(f'"{filename}" has more than {MOST_ROWS:,} rows; split it')
            yield number, tidy


def _workbook(content: bytes, filename: str) -> Iterator[list[str]]:
    """The cells of the first sheet, as text."""
    import openpyxl  # noqa: PLC0415 - only a workbook needs it, and it takes a quarter of a second

    try:
        _refuse_bomb(content, filename)
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield [_cell(each) for each in row]
    except BadInputError:
        raise
    except Exception as error:  # whatever a hostile workbook breaks in its reader, the answer is the same
        raise BadInputError(f'"{filename}" is no whole workbook; save it again, or as CSV') from error


def _refuse_bomb(content: bytes, filename: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > _MOST_UNPACKED:
            raise BadInputError(f'"{filename}" unpacks to more than {_MOST_UNPACKED // 2**20} MB; save it as CSV')


def _cell(value: object) -> str:
    """A cell as a person would write it in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

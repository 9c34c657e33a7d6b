"""Reading tables of names from files: CSV in any usual dialect and encoding, and Parquet; columns named or guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError
from leconfield.registry.delimited import rows_in

_PARQUET: Final = b"PAR1"
_BATCH: Final = 50_000
FIELDS: Final = ("id", "name", "born", "country")
_FORENAMES: Final = ("first_name", "firstname", "forename", "forenames", "given_name", "given", "first")
_MIDDLE: Final = ("middle_name", "middlename", "middle", "patronymic")
_SURNAMES: Final = ("last_name", "lastname", "surname", "family_name", "family", "last")
_HEADS: Final = {
    "id": ("id", "query_id", "name_id", "record_id", "unique_id", "entity_id", "ent_num", "uid", "number", "no", "key"),
    "name": ("name", "full_name", "fullname", "alias", "query", "caption", "names", "text"),
    "born": ("birth_date", "birthdate", "date_of_birth", "dob", "born", "birthday", "year_of_birth", "birth_year"),
    "country": ("country", "nationality", "citizenship", "countries", "country_code"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: whose it is, the name, and what else may tell people apart."""

    id: str
    name: str
    born: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file, and which of its columns make up each field; `id` without columns: rows are numbered from 1."""

    path: Path
    heads: tuple[str, ...]
    columns: dict[str, tuple[int, ...]]

    def rows(self) -> Iterator[Row]:
        """Every row, in order.

        Raises:
            BadInputError: where the file cannot be read on.
        """
        own = [self.columns.get(field, ()) for field in FIELDS]
        read = _parquet_rows(self.path) if _is_parquet(self.path) else _csv_rows(self.path)
        for number, cells in enumerate(read, 1):
            if any(cells):
                name, born, country = (_joined(cells, places) for places in own[1:])
                yield Row(_joined(cells, own[0]) if own[0] else str(number), name, born, country)

    def has(self, field: str) -> bool:
        """Whether the table has that field."""
        return bool(self.columns.get(field))


def open_table(path: Path, mapping: str = "") -> Table:
    """The table in a file; `mapping` as `id=ent_num,name=First+Last` says what its columns are, else they are guessed.

    Raises:
        BadInputError: if it cannot be read, is empty, or has no such column.
    """
    if not path.is_file():
        raise BadInputError(f"{path} is not there; give a CSV or Parquet file")
    heads = tuple(_parquet_heads(path) if _is_parquet(path) else _csv_heads(path))
    columns = _guessed(heads)
    columns.update(_mapped(mapping, heads, path))
    if not columns.get("name"):
        raise BadInputError(f"{path}: no column of names among {_listed(heads)}; say which, as name=COLUMN")
    return Table(path, heads, columns)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _joined(cells: Sequence[str], places: tuple[int, ...]) -> str:
    if len(places) == 1:
        return cells[places[0]].strip() if places[0] < len(cells) else ""
    return " ".join(filter(None, (cells[place].strip() for place in places if place < len(cells))))


def _guessed(heads: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """What the columns are, by their heads."""
    plain = ["_".join(head.lower().replace("-", " ").split()) for head in heads]
    found = {field: _first_of(plain, names) for field, names in _HEADS.items()}
    if not found["name"]:
        found["name"] = tuple(
            place for names in (_FORENAMES, _MIDDLE, _SURNAMES) for place in _first_of(plain, names)
        ) or _first(place for place, head in enumerate(plain) if "name" in head and not head.endswith("_id"))
    if not found["id"]:
        found["id"] = _first(place for place, head in enumerate(plain) if head.endswith(("_id", "_num", "_no")))
    if not found["name"] and len(heads) <= 2:
        found["name"] = _first(place for place in reversed(range(len(heads))) if (place,) != found["id"])
    if not found["id"] and 0 not in found["name"]:
        found["id"] = (0,)
    return found


def _first_of(plain: list[str], names: Sequence[str]) -> tuple[int, ...]:
    """The column that bears the first of these names that any bears."""
    return _first(plain.index(name) for name in names if name in plain)


def _first(places: Iterator[int]) -> tuple[int, ...]:
    return tuple(place for place, _ in zip(places, range(1), strict=False))


def _mapped(mapping: str, heads: Sequence[str], path: Path) -> dict[str, tuple[int, ...]]:
    """What the columns are, as the user says."""
    found = {}
    for each in filter(None, (piece.strip() for piece in mapping.split(","))):
        field, mark, named = each.partition("=")
        if not mark or field.strip() not in FIELDS:
            raise BadInputError(f'"{each}" says nothing: write FIELD=COLUMN, FIELD being one of {", ".join(FIELDS)}')
        wanted = [named] if named in heads else [one.strip() for one in named.split("+")]
        for one in wanted:
            if one not in heads:
                raise BadInputError(f'{path}: there is no column "{one}"; there is {_listed(heads)}')
        found[field.strip()] = tuple(heads.index(one) for one in wanted)
    return found


def _listed(heads: Sequence[str]) -> str:
    return ", ".join(f'"{head}"' for head in heads[:40]) + (", ..." if len(heads) > 40 else "")


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _PARQUET


def _csv_heads(path: Path) -> list[str]:
    for cells in _csv_lines(path):
        return [cell.strip() for cell in cells]
    raise BadInputError(f"{path} is empty; its first line should name the columns")


def _csv_rows(path: Path) -> Iterator[list[str]]:
    lines = _csv_lines(path)
    next(lines, None)
    return lines


def _csv_lines(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as file:
        yield from (cells for cells in rows_in(file, str(path)) if cells)


def _parquet_heads(path: Path) -> list[str]:
    from pyarrow import ArrowException  # noqa: PLC0415 - most tables are CSV
    from pyarrow.parquet import read_schema  # noqa: PLC0415

    try:
        return [str(name) for name in read_schema(path).names]
    except (ArrowException, OSError) as error:
        raise _torn(path, error) from None


def _parquet_rows(path: Path) -> Iterator[list[str]]:
    from pyarrow import ArrowException  # noqa: PLC0415
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415

    try:
        with ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                columns = [["" if cell is None else str(cell) for cell in each.to_pylist()] for each in batch.columns]
                yield from map(list, zip(*columns, strict=True))
    except (ArrowException, OSError) as error:
        raise _torn(path, error) from None


def _torn(path: Path, error: Exception) -> BadInputError:
    return BadInputError(
        f"{path} begins as a Parquet file and cannot be read as one ({str(error)[:120]}); write it again"
    )

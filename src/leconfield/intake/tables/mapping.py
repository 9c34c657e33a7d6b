"""Saved mappings: TOML in, a checked `Mapping` out."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Final

from leconfield.intake.tables.model import LinkMap, Mapping, MappingError, RecordMap
from leconfield.intake.tables.values import DATE_ORDERS
from leconfield.ledger.vocabulary import LINKS, PROPERTIES, SCHEMATA

_TOP: Final = frozenset({"title", "records", "links", "optional", "dates", "separator"})
_RECORD: Final = frozenset({"name", "schema", "columns", "key", "constants"})
_TIMES: Final = ("at", "since", "until", "seconds", "clock")
_LINK: Final = frozenset({"left", "prop", "right", *_TIMES, "amount", "currency", "signed"})
_Table = dict[str, object]


def saved_mappings() -> tuple[str, ...]:
    """The names of the mappings that come with the program."""
    files = resources.files(__package__).joinpath("mappings").iterdir()
    return tuple(sorted(each.name.removesuffix(".toml") for each in files if each.name.endswith(".toml")))


def saved_mapping(name: str) -> Mapping:
    """The mapping of that name.

    Raises:
        MappingError: if none of those that come with the program is called so.
    """
    if name not in saved_mappings():
        raise MappingError(f'no mapping is called "{name}"; there are {", ".join(saved_mappings())}')
    return load_mapping(resources.files(__package__).joinpath("mappings", f"{name}.toml").read_text(encoding="utf-8"))


def load_mapping(text: str) -> Mapping:
    """The mapping written as TOML (see `mappings/` for examples).

    Above: `title`; `dates` (how the table writes them, see `DATE_ORDERS`); `separator` (between several values in one
    cell); `optional` (columns that a table may lack). Then one `[[records]]` for each record that a row tells of:
    `name`, `schema`, `columns` (column = property), `key` (columns that make it the same record in every row that has
    them; none: a record of its own for each row), `constants` (property = value). Then `[[links]]`: `left`, `prop`
    and `right`, and the columns of its time: `at` and perhaps `clock` and `seconds`, or `since` and `until`; of a
    payment `amount`, `currency` and whether it is `signed`.

    Raises:
        MappingError: naming the place, if it is no TOML or speaks of unknown schemata, properties or records.
    """
    try:
        written: _Table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError(f"the mapping is no TOML: {error}") from error
    _known(written, _TOP, "the mapping")
    records = tuple(_record(each, number) for number, each in enumerate(_tables(written, "records"), start=1))
    if not records:
        raise MappingError("the mapping describes no record; add a [[records]] with name, schema and columns")
    names = [each.name for each in records]
    if len(set(names)) < len(names):
        raise MappingError("two records of the mapping have one name; give each its own")
    return Mapping(
        title=_text(written, "title", "the mapping"),
        records=records,
        links=tuple(_link(each, number, names) for number, each in enumerate(_tables(written, "links"), start=1)),
        optional=frozenset(_names(written, "optional", "the mapping")),
        dates=_dates(written),
        separator=_text(written, "separator", "the mapping"),
    )


def _record(written: _Table, number: int) -> RecordMap:
    where = f"record {number} of the mapping"
    _known(written, _RECORD, where)
    schema = _text(written, "schema", where, required=True)
    if schema not in SCHEMATA:
        raise MappingError(f'{where}: "{schema}" is no schema; use one of {", ".join(SCHEMATA)}')
    columns = tuple((column.strip().lower(), prop) for column, prop in _pairs(written, "columns", where))
    constants = _pairs(written, "constants", where)
    for _, prop in columns:
        _check_property(prop, where)
    for prop, _ in constants:
        _check_property(prop, where)
    key = tuple(_names(written, "key", where))
    if not columns and not key:
        raise MappingError(f"{where} names no column; add [records.columns] with column = property")
    return RecordMap(_text(written, "name", where, required=True), schema, columns, key, constants)


def _link(written: _Table, number: int, names: list[str]) -> LinkMap:
    where = f"link {number} of the mapping"
    _known(written, _LINK, where)
    left, prop, right = (_text(written, each, where, required=True) for each in ("left", "prop", "right"))
    for name in (left, right):
        if name not in names:
            raise MappingError(f'{where}: no record is called "{name}"; there are {", ".join(names)}')
    if prop not in LINKS:
        raise MappingError(f'{where}: "{prop}" links nothing; use one of {", ".join(sorted(LINKS))}')
    at, since, until, seconds, clock = (_text(written, each, where).lower() for each in _TIMES)
    if at and (since or until):
        raise MappingError(f'{where} has "at" beside "since" or "until"; keep one or the other')
    if (seconds or clock) and not at:
        raise MappingError(f'{where} says how long or at what time of day but not when; add "at"')
    amount, currency = (_text(written, each, where).lower() for each in ("amount", "currency"))
    signed = written.get("signed", False)
    if not isinstance(signed, bool):
        raise MappingError(f'{where}: "signed" must be true or false')
    if (currency or signed) and not amount:
        raise MappingError(f'{where} says in what currency or which way but not how much; add "amount"')
    return LinkMap(left, prop, right, at, since, until, seconds, clock, amount, currency, signed)


def _check_property(prop: str, where: str) -> None:
    if prop in LINKS:
        raise MappingError(f'{where}: "{prop}" links two records; say it in [[links]]')
    if prop not in PROPERTIES:
        texts = ", ".join(sorted(PROPERTIES.keys() - LINKS))
        raise MappingError(f'{where}: "{prop}" is no property; use one of {texts}')


def _dates(written: _Table) -> str:
    order = _text(written, "dates", "the mapping") or next(iter(DATE_ORDERS))
    if order not in DATE_ORDERS:
        raise MappingError(f'the mapping: dates = "{order}" is not understood; use one of {", ".join(DATE_ORDERS)}')
    return order


def _known(written: _Table, keys: frozenset[str], where: str) -> None:
    for each in written:
        if each not in keys:
            raise MappingError(f'{where}: "{each}" is not understood; use {", ".join(sorted(keys))}')


def _text(written: _Table, key: str, where: str, *, required: bool = False) -> str:
    found = written.get(key, "")
    if not isinstance(found, str) or (required and not found.strip()):
        raise MappingError(f'{where}: "{key}" must be a text')
    return found.strip()


def _names(written: _Table, key: str, where: str) -> list[str]:
    found = written.get(key, [])
    if not isinstance(found, list):
        raise MappingError(f'{where}: "{key}" must be a list of column names')
    names = [each.strip().lower() for each in found if isinstance(each, str)]
    if len(names) < len(found):
        raise MappingError(f'{where}: "{key}" must be a list of column names')
    return names


def _tables(written: _Table, key: str) -> list[_Table]:
    found = written.get(key, [])
    tables = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    if not isinstance(found, list) or len(tables) < len(found):
        raise MappingError(f"the mapping: write {key} as [[{key}]]")
    return tables


def _pairs(written: _Table, key: str, where: str) -> tuple[tuple[str, str], ...]:
    found = written.get(key, {})
    pairs = (
        [(left, right) for left, right in found.items() if isinstance(right, str)] if isinstance(found, dict) else []
    )
    if not isinstance(found, dict) or len(pairs) < len(found):
        raise MappingError(f'{where}: "{key}" must hold lines of the form name = "text"')
    return tuple(pairs)

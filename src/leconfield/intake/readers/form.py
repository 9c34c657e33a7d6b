"""The report form: a text whose head says where it comes from and who may see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from leconfield.errors import BadInputError
from leconfield.intake.readers.dates import moment_of
from leconfield.intake.readers.model import Document, UnreadableError
from leconfield.intake.readers.words import tidy, tidy_line
from leconfield.ledger import labels
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.times import check_partial

FIELDS: Final = ("Reference", "Title", "Date", "Received", "Source", "Origin", "Grade", "Label", "Place")
_TELLING: Final = frozenset({"reference", "source", "grade", "label"})
_LINE: Final = re.compile(r"([A-Za-z][A-Za-z -]{0,40}):[ \t]*(.*)")


def _grade(text: str) -> str:
    return str(parse_grade(text))


def _label(text: str) -> str:
    labels.parse(text)
    return text


_CHECKS: Final[dict[str, Callable[[str], str]]] = {
    "date": check_partial,
    "received": moment_of,
    "grade": _grade,
    "label": _label,
}


def is_form(text: str) -> bool:
    """Whether `text` begins as a report form: a known field first, and one that only a form has in its head."""
    keys = [found[1].lower() for line in _head(text) if (found := _LINE.fullmatch(line))]
    known = {each.lower() for each in FIELDS}
    return bool(keys) and keys[0] in known and "from" not in keys and not _TELLING.isdisjoint(keys)


def _head(text: str) -> list[str]:
    return text.lstrip("\n").partition("\n\n")[0][:20_000].split("\n")


def read_form(text: str, filename: str) -> Document:
    """The report that the form holds; `text` has its lines ended by newlines.

    Raises:
        UnreadableError: naming the line, if a field is unknown, given twice or not what it should be. A head that is
            not understood is never taken for text: it could hold the label.
    """
    fields: dict[str, str] = {}
    for number, line in enumerate(_head(text), start=1):
        key, value = _field(line, number, filename)
        if key in fields:
            raise UnreadableError(filename, f'line {number}: "{key.title()}" is given twice', "keep one of the two")
        fields[key] = value
    body = text.lstrip("\n").partition("\n\n")[2]
    return Document(
        text=tidy(body, filename),
        title=fields.get("title", ""),
        written=fields.get("date", ""),
        place=fields.get("place", ""),
        reference=fields.get("reference", ""),
        source=fields.get("source", ""),
        origin=fields.get("origin", ""),
        grade=fields.get("grade", ""),
        label=fields.get("label", ""),
        received=fields.get("received", ""),
    )


def _field(line: str, number: int, filename: str) -> tuple[str, str]:
    found = _LINE.fullmatch(line)
    key = found[1].lower() if found else ""
    if found is None or key.title() not in FIELDS:
        raise UnreadableError(
            filename,
            f'line {number}: "{tidy_line(line)[:60]}" is no field of a report form',
            f"use {', '.join(FIELDS)}, then an empty line, then the text",
        )
    value = tidy_line(found[2])
    if not value:
        return key, ""
    try:
        return key, _CHECKS[key](value) if key in _CHECKS else value
    except BadInputError as error:
        raise UnreadableError(filename, f"line {number}, {key.title()}: {error}", "then take it in again") from error

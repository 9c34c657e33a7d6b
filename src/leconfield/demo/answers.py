"""Reading an answer key: its lists of answers, whose parts are asked for by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leconfield.errors import BadInputError

Told = tuple[str, str, str]
"""A moment (ISO, to the minute), an officer, and what he decided or the report that he read."""


class Answer:
    """One answer of the key, whose parts are asked for by name."""

    def __init__(self, found: object, where: str) -> None:
        if not isinstance(found, dict):
            raise BadInputError(f"{where}: must be an object")
        self._found: Mapping[str, object] = found
        self._where = where

    def text(self, name: str) -> str:
        """A text. Raises `BadInputError` if it is none."""
        found = self._found.get(name)
        if not isinstance(found, str):
            raise BadInputError(f'{self._where}: "{name}" must be text')
        return found

    def whole(self, name: str) -> int:
        """A whole number. Raises `BadInputError` if it is none."""
        found = self._found.get(name)
        if not isinstance(found, int) or isinstance(found, bool):
            raise BadInputError(f'{self._where}: "{name}" must be a whole number')
        return found

    def number(self, name: str) -> float:
        """A number. Raises `BadInputError` if it is none."""
        found = self._found.get(name)
        if not isinstance(found, int | float) or isinstance(found, bool):
            raise BadInputError(f'{self._where}: "{name}" must be a number')
        return float(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts. Raises `BadInputError` if it is none."""
        return _texts(self._found.get(name), f'{self._where}: "{name}"')

    def told(self, name: str) -> tuple[Told, ...]:
        """A list of threes: moment, officer, what. Raises `BadInputError` if it is none."""
        rows = self._found.get(name)
        where = f'{self._where}: "{name}"'
        if not isinstance(rows, list):
            raise BadInputError(f"{where} must be a list")
        return tuple(_three(_texts(each, where), where) for each in rows)


def answers(table: Mapping[str, object], name: str, file: str) -> list[Answer]:
    """The answers of one list; none, if the table has no such list.

    Raises:
        BadInputError: if it is no list, or one of them no object.
    """
    found = table.get(name, [])
    if not isinstance(found, list):
        raise BadInputError(f'{file}: "{name}" must be a list')
    return [Answer(each, f"{file}, {name} {number}") for number, each in enumerate(found, start=1)]


def _texts(found: object, where: str) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadInputError(f"{where} must be a list of texts")
    return tuple(found)


def _three(found: Sequence[str], where: str) -> Told:
    if len(found) != len(("moment", "officer", "what")):
        raise BadInputError(f"{where}: write a moment, an officer and what he did or read")
    moment, officer, what = found
    return moment, officer, what

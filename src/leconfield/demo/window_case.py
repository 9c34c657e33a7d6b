"""What the service of a case says outside, and what comes in to it: the file `window.toml` of the case, read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError

FILE: Final = "window.toml"
LABEL: Final = "O&PRESSROOM"
"""What is drafted for everybody stands under it, so that whoever lets it go may know of it."""
_MORNING: Final = time(9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file, and where errors say that it is."""

    held: Mapping[str, object]
    place: str

    def text(self, name: str, otherwise: str | None = None) -> str:
        """A text; a line of it may be broken by a backslash.

        Raises:
            BadInputError: if it is missing, or no text.
        """
        found = self.held.get(name, otherwise)
        if not isinstance(found, str):
            raise BadInputError(f'{self.place}: "{name}" is missing, or no text')
        return found.strip()

    def number(self, name: str, otherwise: int | None = None) -> int:
        """A whole number.

        Raises:
            BadInputError: if it is missing, or none.
        """
        found = self.held.get(name, otherwise)
        if not isinstance(found, int) or isinstance(found, bool):
            raise BadInputError(f'{self.place}: "{name}" is missing, or no whole number')
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty if it is not there."""
        found = self.held.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise BadInputError(f'{self.place}: "{name}" is no list of texts')
        return tuple(found)

    def tables(self, name: str) -> tuple[Table, ...]:
        """The tables of a kind within it; none if it has none."""
        found = self.held.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise BadInputError(f"{self.place}: write each as [[{name}]]")
        return tuple(Table(each, f"{self.place}, {name} {number}") for number, each in enumerate(found, 1))

    def moment(self, name: str, today: date) -> datetime:
        """A moment of the story, or the morning so many days from the day of building.

        Raises:
            BadInputError: if it is neither.
        """
        found = self.held.get(name)
        if isinstance(found, int) and not isinstance(found, bool):
            return datetime.combine(today + timedelta(days=found), _MORNING)
        try:
            return datetime.fromisoformat(self.text(name)).replace(tzinfo=UTC)
        except ValueError:
            raise BadInputError(f'{self.place}: "{name}" is no moment; write 2026-07-20T08:30, or days') from None

    def begins(self, today: date) -> datetime:
        """When it is begun: `at`, or `days` from the day of building."""
        return self.moment("at" if "at" in self.held else "days", today)


@dataclass(frozen=True, slots=True)
class WindowCase:
    """What the file tells."""

    folder: Path
    """Of the case, with its pictures."""
    name: str
    tagline: str
    told: Table

    def tables(self, name: str) -> tuple[Table, ...]:
        """Its tables of one kind: `users`, `release`, `correction`, `round`, `vacancy`, `challenge`, `tip`."""
        return self.told.tables(name)


def read_window(folder: Path) -> WindowCase:
    """The window of the case in `folder`.

    Raises:
        BadInputError: if there is none, or it cannot be read.
    """
    file = folder / FILE
    if not file.is_file():
        raise BadInputError(f"{file}: there is no such file; this case has no window")
    try:
        table = Table(tomllib.loads(file.read_text(encoding="utf-8")), FILE)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{file}: this is not TOML ({error})") from error
    return WindowCase(folder, table.text("name"), table.text("tagline"), table)

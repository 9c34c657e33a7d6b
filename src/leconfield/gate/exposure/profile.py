"""What is asked of a release, as data: how many people must fit, which channels are open, who the audiences are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger import labels
from leconfield.ledger.model import Report

FORMAT: Final = 1
_DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a release is for."""

    name: str
    holds: frozenset[str] = frozenset()
    """Tokens of labels that these readers hold, and so may read already."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one house."""

    k: int
    """How many people could have known it, at the least."""
    diversity: int
    """How many different teams or posts those have at the least who fit what was said of a persona."""
    burn_days: int
    open_channels: frozenset[str]
    silent: Mapping[str, str]
    """Channels whose product never shows, each with the reason."""
    consent: Mapping[str, str]
    """Channels that somebody else owns, each with whom to ask."""
    audiences: Mapping[str, Audience]
    clears: frozenset[str] = frozenset()
    """Roles that may clear a reason, reword a sentence or refuse a draft, for what they hold."""
    checks_a_day: int = 60
    """Full checks that one officer may ask for within a day, before an owner has to look."""
    near_a_day: int = 20
    """Refused ones among them, of drafts near the one that he asks about."""
    near_words: int = 12
    """In how many words two drafts differ at the most that are near each other."""
    office: tuple[int, int] = (8, 18)
    """The hours (UTC) of a weekday in which many are at work."""

    def audience(self, name: str) -> Audience:
        """The audience of that name.

        Raises:
            BadInputError: if there is none.
        """
        found = self.audiences.get(name)
        if found is None:
            raise BadInputError(f'"{name[:40]}" is no audience here; choose {", ".join(self.audiences)}')
        return found

    def is_open(self, report: Report, audience: Audience) -> bool:
        """Whether the audience can read the report without us: by its channel, or because it holds the label."""
        return report.channel in self.open_channels or bool(
            audience.holds and labels.admits(report.label, audience.holds)
        )


@lru_cache(maxsize=4)
def shipped(which: str = "uk") -> Profile:
    """The profile that comes with the product.

    Raises:
        BadInputError: if there is none by that name.
    """
    file = files("leconfield.gate.exposure") / f"{which}.toml"
    if not which.isidentifier() or not file.is_file():
        raise BadInputError(f'there is no profile "{which[:40]}"; "uk" comes with the product')
    return parse(file.read_text(encoding="utf-8"), file.name)


def parse(text: str, file: str) -> Profile:
    """The profile that is written in `text`; `file` is what errors call it.

    Raises:
        BadInputError: saying what is wrong in which file.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInputError(f"{file}: this is not TOML ({error})") from error
    if table.get("format") != FORMAT:
        raise BadInputError(f"{file}: write format = {FORMAT} at its head")
    audiences = {
        name: Audience(name, frozenset(_texts(holds, f"{file}, audiences.{name}")))
        for name, holds in _table(table, "audiences", file).items()
    }
    return Profile(
        _number(table, "k", file),
        _number(table, "diversity", file),
        _number(table, "burn_days", file),
        frozenset(_texts(table.get("open"), f"{file}, open")),
        {name: str(words) for name, words in _table(table, "silent", file).items()},
        {name: str(words) for name, words in _table(table, "consent", file).items()},
        audiences,
        frozenset(_texts(table.get("clears"), f"{file}, clears")),
        _number(table, "checks_a_day", file),
        _number(table, "near_a_day", file),
        _number(table, "near_words", file),
        _hours(table, file),
    )


def _hours(table: Mapping[str, object], file: str) -> tuple[int, int]:
    match table.get("office"):
        case [int(first), int(last)] if 0 <= first < last <= _DAY:
            return first, last
    raise BadInputError(f"{file}: office is two hours of a day, as [8, 18]")


def _number(table: Mapping[str, object], name: str, file: str) -> int:
    found = table.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise BadInputError(f"{file}: {name} is a whole number, 1 at the least")
    return found


def _table(table: Mapping[str, object], name: str, file: str) -> Mapping[str, object]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise BadInputError(f"{file}: [{name}] is a table")
    return found


def _texts(found: object, where: str) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadInputError(f"{where}: write a list of texts")
    return found

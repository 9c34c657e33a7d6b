"""The law as data: which kinds of authority there are, who decides on them, and how long each lasts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Final

from leconfield.authority.spans import Span
from leconfield.errors import BadInputError

FORMAT: Final = 1
_TEXTS: Final = ("id", "name", "law", "decides")
_SPANS: Final = ("lasts", "urgent", "review", "renewal_window")
_OPTIONAL: Final = {"approves": "", "rests_on": ()}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of authority."""

    id: str
    name: str
    law: str
    permits: frozenset[str]
    """The conducts that are lawful under it."""
    grounds: tuple[str, ...]
    decides: str
    """The role of whoever grants it."""
    lasts: Span
    urgent: Span
    """How long it lasts if granted by word of mouth: written up by then, and approved where there is a second lock."""
    review: Span
    """How long after it was granted or reviewed somebody looks again, at the latest."""
    renewal_window: Span
    """How long before its end it may be renewed."""
    approves: str = ""
    """The role of the second lock; empty: there is none."""
    rests_on: tuple[str, ...] = ()
    """Kinds one of which must be live for the same thing; empty: it stands alone."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The law of one place."""

    id: str
    name: str
    grounds: Mapping[str, str]
    """Grounds of necessity in words."""
    kinds: Mapping[str, Kind]
    holidays: frozenset[date]

    def kind(self, which: str) -> Kind:
        """The kind by that id.

        Raises:
            BadInputError: if there is none.
        """
        found = self.kinds.get(which)
        if found is None:
            raise BadInputError(f'"{which[:40]}" is no kind of authority; choose {", ".join(self.kinds)}')
        return found

    @property
    def conducts(self) -> frozenset[str]:
        """Everything that some kind permits."""
        return frozenset(each for kind in self.kinds.values() for each in kind.permits)


@lru_cache(maxsize=8)
def shipped(which: str = "uk") -> Profile:
    """A profile that comes with the product.

    Raises:
        BadInputError: if there is none by that id.
    """
    file = resources.files("leconfield.authority") / "profiles" / f"{which}.toml"
    if not which.isidentifier() or not file.is_file():
        raise BadInputError(f'there is no profile "{which[:40]}"; "uk" comes with the product')
    return parse(file.read_text(encoding="utf-8"), file.name)


def parse(text: str, file: str) -> Profile:
    """The profile that is written in `text`; `file` is what errors call it.

    Raises:
        BadInputError: naming the file, the kind and what to write instead.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInputError(f"{file}: this is not TOML ({error})") from error
    if table.get("format") != FORMAT:
        raise BadInputError(f"{file}: write format = {FORMAT} at its head")
    grounds = {str(name): str(words) for name, words in _table(table, "grounds", file).items()}
    kinds = [_kind(each, grounds, f"{file}, kind {number}") for number, each in enumerate(_kinds(table, file), 1)]
    known = {each.id for each in kinds}
    if len(known) < len(kinds):
        raise BadInputError(f"{file}: two kinds have one id; give each its own")
    for each in kinds:
        if unknown := set(each.rests_on) - known:
            raise BadInputError(f'{file}: "{each.id}" rests on "{min(unknown)}", which is no kind here')
    days = table.get("holidays", [])
    if not isinstance(days, list) or any(not isinstance(each, date) for each in days):
        raise BadInputError(f"{file}: holidays is a list of days, as 2026-12-25")
    return Profile(
        str(table.get("id", "")),
        str(table.get("name", "")),
        grounds,
        {each.id: each for each in kinds},
        frozenset(days),
    )


def _kinds(table: Mapping[str, object], file: str) -> list[Mapping[str, object]]:
    found = table.get("kind")
    if not isinstance(found, list) or not found:
        raise BadInputError(f"{file}: there is no kind of authority; write one as [[kind]]")
    return found


def _table(table: Mapping[str, object], name: str, file: str) -> Mapping[str, object]:
    found = table.get(name)
    if not isinstance(found, dict) or not found:
        raise BadInputError(f"{file}: the table [{name}] is missing")
    return found


def _kind(table: Mapping[str, object], grounds: Mapping[str, str], place: str) -> Kind:
    unknown = set(table) - {*_TEXTS, *_SPANS, *_OPTIONAL, "permits", "grounds"}
    if unknown:
        raise BadInputError(f'{place}: "{min(unknown)}" is not known here; check its spelling')
    its_grounds = _words(table, "grounds", place)
    if missing := set(its_grounds) - set(grounds):
        raise BadInputError(f'{place}: ground "{min(missing)}" is not in [grounds]')
    return Kind(
        id=_text(table, "id", place),
        name=_text(table, "name", place),
        law=_text(table, "law", place),
        decides=_text(table, "decides", place),
        lasts=_span(table, "lasts", place),
        urgent=_span(table, "urgent", place),
        review=_span(table, "review", place),
        renewal_window=_span(table, "renewal_window", place),
        permits=frozenset(_words(table, "permits", place)),
        grounds=its_grounds,
        approves=_text(table, "approves", place) if "approves" in table else "",
        rests_on=_words(table, "rests_on", place) if "rests_on" in table else (),
    )


def _text(table: Mapping[str, object], name: str, place: str) -> str:
    found = table.get(name)
    if not isinstance(found, str) or not found.strip():
        raise BadInputError(f'{place}: "{name}" is missing, or no text')
    return found


def _span(table: Mapping[str, object], name: str, place: str) -> Span:
    try:
        return Span.read(_text(table, name, place))
    except BadInputError as error:
        raise BadInputError(f'{place}, "{name}": {error}') from error


def _words(table: Mapping[str, object], name: str, place: str) -> tuple[str, ...]:
    found = table.get(name)
    if not isinstance(found, list) or not found or any(not isinstance(each, str) or not each for each in found):
        raise BadInputError(f'{place}: "{name}" is a list of words, and not empty')
    return tuple(found)

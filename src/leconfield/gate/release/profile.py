"""Who may let something out, by audience: data, so that another house can have its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.release.model import Colour, Step

FORMAT: Final = 1
_ROLES: Final = ("approves", "seals", "publishes", "withdraws")
_KNOWN: Final = frozenset({"id", "name", "one_of", "passes", *_ROLES})


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a release is, and who lets it go there. Two approve, always: that is no setting."""

    id: str
    name: str
    approves: frozenset[str]
    """Roles any of which approves, or refuses."""
    seals: frozenset[str]
    publishes: frozenset[str]
    withdraws: frozenset[str]
    one_of: str = ""
    """The role that at least one of the two who approve must hold; empty: none in particular."""
    passes: frozenset[Colour] = frozenset({Colour.GREEN, Colour.AMBER})
    """Verdicts with which it goes on; red is never among them."""

    def may(self, step: Step) -> frozenset[str]:
        """The roles any of which that step takes; empty: it is open to whoever sees the release."""
        by_step = {
            Step.APPROVE: self.approves,
            Step.REFUSE: self.approves,
            Step.SEAL: self.seals,
            Step.COPY: self.seals,
            Step.PUBLISH: self.publishes,
            Step.WITHDRAW: self.withdraws,
        }
        return by_step.get(step, frozenset())


@dataclass(frozen=True, slots=True)
class Profile:
    """The audiences of one house."""

    id: str
    name: str
    audiences: Mapping[str, Audience]

    def audience(self, which: str) -> Audience:
        """The audience by that id.

        Raises:
            BadInputError: if there is none.
        """
        found = self.audiences.get(which)
        if found is None:
            raise BadInputError(f'"{which[:40]}" is no audience; choose {", ".join(self.audiences)}')
        return found


@lru_cache(maxsize=8)
def shipped(which: str = "uk") -> Profile:
    """A profile that comes with the product.

    Raises:
        BadInputError: if there is none by that id.
    """
    file = resources.files("leconfield.gate.release") / "profiles" / f"{which}.toml"
    if not which.isidentifier() or not file.is_file():
        raise BadInputError(f'there is no profile "{which[:40]}"; "uk" comes with the product')
    return parse(file.read_text(encoding="utf-8"), file.name)


def parse(text: str, file: str) -> Profile:
    """The profile that is written in `text`; `file` is what errors call it.

    Raises:
        BadInputError: naming the file, the audience and what to write instead.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInputError(f"{file}: this is not TOML ({error})") from error
    if table.get("format") != FORMAT:
        raise BadInputError(f"{file}: write format = {FORMAT} at its head")
    listed = table.get("audience")
    if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
        raise BadInputError(f"{file}: there is no audience; write one as [[audience]]")
    found = [_audience(each, f"{file}, audience {number}") for number, each in enumerate(listed, 1)]
    by_id = {each.id: each for each in found}
    if len(by_id) < len(found):
        raise BadInputError(f"{file}: two audiences have one id; give each its own")
    return Profile(str(table.get("id", "")), str(table.get("name", "")), by_id)


def _audience(table: Mapping[str, object], place: str) -> Audience:
    if unknown := set(table) - _KNOWN:
        raise BadInputError(f'{place}: "{min(unknown)}" is not known here; check its spelling')
    names = {name: _text(table, name, place) for name in ("id", "name")}
    approves, seals, publishes, withdraws = (_words(table, name, place) for name in _ROLES)
    one_of = _text(table, "one_of", place) if "one_of" in table else ""
    if one_of and one_of not in approves:
        raise BadInputError(f'{place}: "{one_of}" is in one_of but does not approve; add it to approves')
    colours = _words(table, "passes", place)
    if odd := colours - {Colour.GREEN.value, Colour.AMBER.value}:
        raise BadInputError(f'{place}: "{min(odd)}" never passes; write green, or green and amber')
    passes = frozenset(Colour(each) for each in colours)
    return Audience(names["id"], names["name"], approves, seals, publishes, withdraws, one_of, passes)


def _text(table: Mapping[str, object], name: str, place: str) -> str:
    found = table.get(name)
    if not isinstance(found, str) or not found.strip():
        raise BadInputError(f'{place}: "{name}" is missing, or no text')
    return found


def _words(table: Mapping[str, object], name: str, place: str) -> frozenset[str]:
    found = table.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(each, str) and each.strip() for each in found):
        raise BadInputError(f'{place}: "{name}" is a list of words, and not empty')
    return frozenset(found)

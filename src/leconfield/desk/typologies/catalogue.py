"""Every version of every typology that a view knows, shipped or written by officers, and which of them is in force.

Shipped ones are version 1 of everybody, in force until an officer puts another in force or takes them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Self

from leconfield.desk.typologies.model import IN_FORCE, VERSIONED, Typology, Version
from leconfield.desk.typologies.parsing import parse
from leconfield.errors import LeconfieldError, NotFoundError
from leconfield.ledger.model import Entry
from leconfield.ledger.world import Delta, World

SHIPPED: Final = "shipped"
"""What stands for the id of a shipped version."""


@lru_cache(maxsize=128)
def _parsed(text: str) -> Typology:
    """What a version's text says: it is the same in whoever's world it is, and read once."""
    return parse(text, "this version")


@cache
def shipped() -> tuple[Version, ...]:
    """The typologies that come with the product, by name."""
    folder = files("leconfield.desk.typologies") / "shipped"
    texts = sorted(
        (each.name, each.read_text(encoding="utf-8")) for each in folder.iterdir() if each.name.endswith(".toml")
    )
    found = (Version(SHIPPED, parse(text, name), text) for name, text in texts)
    return tuple(sorted(found, key=lambda each: each.typology.name))


@dataclass(frozen=True, slots=True)
class Putting:
    """An officer puts a version in force, or takes the typology out of force."""

    typology: str
    version: str
    """The id of the version; empty: none is in force."""
    by: str
    at: str
    reason: str
    label: str


class Catalogue:
    """The versions that a world knows (a `Derived`)."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Version]] = {each.typology.id: [each] for each in shipped()}
        self._puttings: dict[str, list[Putting]] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold the whole world."""
        catalogue = cls()
        catalogue._take(world.entries)
        return catalogue

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold what is new."""
        self._take(delta.entries)

    def typologies(self) -> tuple[str, ...]:
        """The ids of all of them, by the name of the newest version."""
        return tuple(sorted(self._versions, key=lambda each: (self._versions[each][-1].typology.name, each)))

    def versions(self, typology: str) -> tuple[Version, ...]:
        """All versions of one, the oldest first.

        Raises:
            NotFoundError: in the same words whether it is hidden or has never existed.
        """
        found = self._versions.get(typology)
        if not found:
            raise NotFoundError(f'no typology "{typology[:64]}" is known here; see the list of typologies')
        return tuple(found)

    def version(self, typology: str, which: str) -> Version:
        """One version by its id.

        Raises:
            NotFoundError: in the same words whether it is hidden or has never existed.
        """
        for each in self.versions(typology):
            if each.id == which:
                return each
        raise NotFoundError(f'no such version of "{typology}" is known here; see the page of the typology')

    def puttings(self, typology: str) -> tuple[Putting, ...]:
        """Who put which version in force, the newest first."""
        return tuple(self._puttings.get(typology, ())[::-1])

    def in_force(self, typology: str) -> Version | None:
        """The version in force; None if an officer took it out of force, or nobody put a written one in force."""
        for each in self.puttings(typology):
            if not each.version:
                return None
            known = [one for one in self._versions.get(typology, ()) if one.id == each.version]
            if known:
                return known[0]
        return next((each for each in self._versions.get(typology, ()) if each.id == SHIPPED), None)

    def label_in_force(self, typology: str) -> str:
        """What one must hold to know that the version in force is; empty while it is the shipped one of everybody."""
        latest = next((each for each in self.puttings(typology)), None)
        return latest.label if latest else ""

    def all_in_force(self) -> tuple[Version, ...]:
        """Every version in force, by the id of its typology."""
        found = (self.in_force(each) for each in sorted(self._versions))
        return tuple(each for each in found if each is not None)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == VERSIONED:
                self._write(each)
            elif each.kind == IN_FORCE:
                body = each.body
                put = Putting(each.about, body.get("version", ""), each.by, each.at, body.get("reason", ""), each.label)
                self._puttings.setdefault(each.about, []).append(put)

    def _write(self, entry: Entry) -> None:
        text = entry.body.get("text", "")
        try:
            typology = _parsed(text)
        except LeconfieldError:
            return  # written by a release whose format this one does not read: it is not in force here
        version = Version(entry.id, typology, text, entry.by, entry.at, entry.body.get("reason", ""), entry.label)
        self._versions.setdefault(entry.about, []).append(version)

"""Mappings that officers saved: each an entry under a label, offered again for files with the same columns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from leconfield.intake.tables.mapping import load_mapping
from leconfield.intake.tables.model import LinkMap, Mapping, MappingError, RecordMap
from leconfield.ledger.model import Entry
from leconfield.ledger.world import Delta, World

SAVED: Final = "mapping saved"
"""Kind of entry, about the mapping's name; `mapping` in its body is the TOML, `columns` what the file had."""


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A mapping under a name: the last one saved so, in this world."""

    name: str
    text: str
    """As TOML."""
    columns: frozenset[str]
    """The columns of the file that it was made for."""
    by: str
    at: str
    label: str

    @property
    def mapping(self) -> Mapping:
        """What it says."""
        return load_mapping(self.text)


class SavedMappings:
    """Every saved mapping of a world, by name (a `Derived`)."""

    def __init__(self) -> None:
        self.by_name: dict[str, SavedMapping] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        mappings = cls()
        mappings._take(world.entries)
        return mappings

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(delta.entries)

    def called(self, name: str) -> SavedMapping:
        """The mapping of that name.

        Raises:
            MappingError: in the same words whether it is hidden or was never saved.
        """
        found = self.by_name.get(name)
        if found is None:
            raise MappingError(
                f'no mapping is called "{name[:120]}" here; "leconfield load --list" shows those that come with the '
                "program, and Exchange those that were saved"
            )
        return found

    def fitting(self, columns: Iterable[str]) -> list[SavedMapping]:
        """Those made for a file with exactly these columns, the last saved first."""
        wanted = frozenset(columns)
        found = [each for each in self.by_name.values() if each.columns == wanted]
        return sorted(found, key=lambda each: (each.at, each.name), reverse=True)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == SAVED:
                columns = frozenset(each.body["columns"].split("\n"))
                text = each.body["mapping"]
                self.by_name[each.about] = SavedMapping(each.about, text, columns, each.by, each.at, each.label)


def as_toml(mapping: Mapping) -> str:
    """The mapping as `load_mapping` reads it."""
    lines = [f"title = {_text(mapping.title)}", f"dates = {_text(mapping.dates)}"]
    if mapping.separator:
        lines.append(f"separator = {_text(mapping.separator)}")
    if mapping.optional:
        lines.append(f"optional = {_listed(sorted(mapping.optional))}")
    for record in mapping.records:
        lines += ["", "[[records]]", *_record(record)]
    for link in mapping.links:
        lines += ["", "[[links]]", *_link(link)]
    return "\n".join(lines) + "\n"


def _record(record: RecordMap) -> list[str]:
    lines = [f"name = {_text(record.name)}", f"schema = {_text(record.schema)}"]
    if record.key:
        lines.append(f"key = {_listed(record.key)}")
    lines.append(f"columns = {_pairs(record.columns)}")
    return [*lines, f"constants = {_pairs(record.constants)}"] if record.constants else lines


def _link(link: LinkMap) -> list[str]:
    names = ("left", "prop", "right", "at", "since", "until", "seconds", "clock", "amount", "currency")
    said = (link.left, link.prop, link.right, *link.columns)
    lines = [f"{name} = {_text(value)}" for name, value in zip(names, said, strict=True) if value]
    return [*lines, "signed = true"] if link.signed else lines


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "{ " + ", ".join(f"{_text(left)} = {_text(right)}" for left, right in pairs) + " }"


def _listed(names: Iterable[str]) -> str:
    return "[" + ", ".join(_text(each) for each in names) + "]"


def _text(words: str) -> str:
    """A TOML basic string: JSON's, but that DEL is escaped too."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")

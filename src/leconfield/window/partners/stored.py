"""STIX objects of a partner's collection, in the order in which they were added, as TAXII speaks of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.window.partners.access import Opened

VERSION: Final = "2.1"
"""Of STIX: the one that is served."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One version of one object."""

    id: str
    version: str
    """When it was last modified, as it says itself; of one that does not say: when it was added."""
    added: str
    """UTC, with six digits of a second, as TAXII writes it."""
    object: Mapping[str, object]

    @property
    def place(self) -> tuple[str, str, str]:
        """By what a collection is ordered."""
        return (self.added, self.id, self.version)

    @property
    def kind(self) -> str:
        """The type of the object, such as `identity`."""
        return self.id.partition("--")[0]


def stored_in(opened: Iterable[Opened], collection: str) -> tuple[Stored, ...]:
    """Every version of every object of a collection, in its order; what comes twice counts from its first coming."""
    found: dict[tuple[str, str], Stored] = {}
    for each in opened:
        if each.item.collection != collection:
            continue
        added = each.item.added.removesuffix("Z") + ".000000Z"
        for told in objects_in(each.stix):
            made = _stored(told, added)
            if made is not None:
                found.setdefault((made.id, made.version), made)
    return tuple(sorted(found.values(), key=lambda each: each.place))


def objects_in(bundle: bytes) -> list[dict[str, object]]:
    """The objects of a STIX bundle; none of what is no such bundle."""
    try:
        told = json.loads(bundle)
    except ValueError:
        return []
    listed = told.get("objects", []) if isinstance(told, dict) else []
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _stored(told: Mapping[str, object], added: str) -> Stored | None:
    which = told.get("id")
    if not isinstance(which, str) or told.get("spec_version", VERSION) != VERSION:
        return None
    version = next((each for name in ("modified", "created") if isinstance(each := told.get(name), str)), added)
    return Stored(which, version, added, told)

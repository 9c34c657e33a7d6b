"""The pictures that were brought for a release, and what was boxed in them, folded from a view's entries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from leconfield.gate.files.drawing import Drawn, read_back
from leconfield.gate.files.metadata import Dropped
from leconfield.ledger.model import Entry
from leconfield.ledger.world import Folded

BROUGHT: Final = "picture brought"
"""Kind of entry, about a release: the original, sealed for a while, and the kinds of what it said of itself."""
BOXED: Final = "picture boxed"
"""Kind of entry, about a release: what was boxed in a picture, and the digest of what was made of it."""


@dataclass(frozen=True, slots=True)
class Boxing:
    """One time that a picture was put in."""

    at: str
    by: str
    boxes: tuple[Drawn, ...]
    digest: str
    """SHA-256, in hex, of the bytes that went into the release."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A picture somebody brought."""

    name: str
    """Under which it goes into the release: it says nothing."""
    media_type: str
    kept: str
    """The digest under which the sealed original is put away."""
    at: str
    by: str
    until: str
    """The moment (a stamp) after which nobody can open the original."""
    label: str
    says: tuple[Dropped, ...] = ()
    """What it said beside its pixels, by name alone: the words are read from the original while it is kept."""
    boxings: tuple[Boxing, ...] = ()


class Pictures(Folded):
    """The pictures of every release of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_release: dict[str, dict[str, Brought]] = defaultdict(dict)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            name = each.body.get("name", "")
            known = self.by_release.get(each.about, {}).get(name)
            if each.kind == BROUGHT and name and known is None:
                self.by_release[each.about][name] = _brought(each)
            elif each.kind == BOXED and known is not None and known.label == each.label:
                boxing = Boxing(each.at, each.by, read_back(each.body.get("boxes", "")), each.body.get("digest", ""))
                self.by_release[each.about][name] = replace(known, boxings=(*known.boxings, boxing))


def _brought(entry: Entry) -> Brought:
    body = entry.body
    fields = (body["name"], body.get("media", ""), body.get("kept", ""), entry.at, entry.by, body.get("until", ""))
    return Brought(*fields, entry.label, _says(body))


def _says(body: Mapping[str, str]) -> tuple[Dropped, ...]:
    try:
        names = json.loads(body.get("says", "[]"))
    except ValueError:
        return ()
    return tuple(Dropped(each, "") for each in names if isinstance(each, str)) if isinstance(names, list) else ()

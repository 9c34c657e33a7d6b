"""What a handler team becomes somebody else with: covers, garments, places, where one is known already. Folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from leconfield.agents.planning.model import Place
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.world import Folded

COVER: Final = "cover kept"
GARMENT: Final = "garment kept"
PLACE: Final = "meeting place kept"
KNOWN: Final = "known at a place"
RETIRED: Final = "wardrobe item retired"
WORN: Final = "garments worn"
KINDS: Final = ("outfit", "papers", "vehicle")
"""What a garment is."""
TAG: Final = 5
"""Letters of a tag: what a garment is called on paper."""


@dataclass(frozen=True, slots=True)
class CoverKept:
    """Somebody whom a handler can be."""

    id: EntryId
    name: str
    needs: tuple[str, ...]
    label: str
    retired: str = ""
    """Why it is not used any more; empty: it is."""


@dataclass(frozen=True, slots=True)
class GarmentKept:
    """An outfit, papers or a vehicle, with its place in the store."""

    id: EntryId
    name: str
    kind: str
    covers: tuple[EntryId, ...]
    stored: str
    label: str
    retired: str = ""

    @property
    def tag(self) -> str:
        """What hangs on it and stands on paper: letters that say nothing."""
        return self.id[:TAG].upper()


@dataclass(frozen=True, slots=True)
class PlaceKept:
    """A place where one can meet."""

    id: EntryId
    name: str
    latitude: float
    longitude: float
    label: str
    retired: str = ""


@dataclass(frozen=True, slots=True)
class KnownKept:
    """Somebody is known at a place under a cover."""

    id: EntryId
    handler: str
    cover: EntryId
    place: EntryId
    label: str
    retired: str = ""


@dataclass(frozen=True, slots=True)
class Worn:
    """What was worn at a meeting that was written down, and before whose eyes."""

    contact: EntryId
    garments: tuple[EntryId, ...]
    eyes: frozenset[str]


Item = CoverKept | GarmentKept | PlaceKept | KnownKept
ITEM = TypeVar("ITEM", CoverKept, GarmentKept, PlaceKept, KnownKept)


class Inventory(Folded):
    """Everything of the wardrobes of a world (a `Derived`), retired items included."""

    def __init__(self) -> None:
        self.items: dict[EntryId, Item] = {}
        self.worn: dict[EntryId, Worn] = {}
        """By the entry that says so."""

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if (item := _item(each)) is not None:
                self.items[each.id] = item
            elif each.kind == WORN:
                body = each.body
                eyes = frozenset(listed(body.get("eyes", "")))
                self.worn[each.id] = Worn(EntryId(body.get("contact", "")), ids(body.get("garments", "")), eyes)
            elif each.kind == RETIRED:
                known = self.items.get(EntryId(each.body.get("item", "")))
                if known is not None and known.label == each.label:
                    self.items[known.id] = replace(known, retired=each.body.get("words", ""))

    @property
    def covers(self) -> tuple[CoverKept, ...]:
        """Covers in use, by name."""
        return tuple(sorted(self._used(CoverKept), key=lambda each: (each.name, each.id)))

    @property
    def garments(self) -> tuple[GarmentKept, ...]:
        """Garments in use, by kind and name."""
        return tuple(sorted(self._used(GarmentKept), key=lambda each: (each.kind, each.name, each.id)))

    @property
    def places(self) -> tuple[PlaceKept, ...]:
        """Places in use, by name."""
        return tuple(sorted(self._used(PlaceKept), key=lambda each: (each.name, each.id)))

    @property
    def known(self) -> tuple[KnownKept, ...]:
        """Where who is known, by handler."""
        return tuple(sorted(self._used(KnownKept), key=lambda each: (each.handler, each.id)))

    def _used(self, kind: type[ITEM]) -> list[ITEM]:
        return [each for each in self.items.values() if isinstance(each, kind) and not each.retired]

    def words(self, which: EntryId) -> str:
        """What an item is called, told apart from others of that name by its tag; empty if it is not seen here."""
        item = self.items.get(which)
        if item is None or isinstance(item, KnownKept):
            return ""
        if isinstance(item, GarmentKept):
            return f"{item.name} {item.tag}"
        same = [one for one in self.items.values() if isinstance(one, type(item)) and one.name == item.name]
        return item.name if len(same) == 1 else f"{item.name} {item.id[:TAG].upper()}"

    def place(self, which: EntryId) -> Place | None:
        """A place as the planner takes it, retired or not; None if it is not seen here."""
        item = self.items.get(which)
        return Place(self.words(which), item.latitude, item.longitude) if isinstance(item, PlaceKept) else None


def _item(entry: Entry) -> Item | None:
    body, label = entry.body, entry.label
    match entry.kind:
        case kind if kind == COVER:
            return CoverKept(entry.id, body.get("name", ""), tuple(listed(body.get("needs", ""))), label)
        case kind if kind == GARMENT:
            covers = ids(body.get("covers", ""))
            return GarmentKept(
                entry.id, body.get("name", ""), body.get("kind", ""), covers, body.get("stored", ""), label
            )
        case kind if kind == PLACE:
            north, east = float(body.get("latitude", "0")), float(body.get("longitude", "0"))
            return PlaceKept(entry.id, body.get("name", ""), north, east, label)
        case kind if kind == KNOWN:
            cover, place = EntryId(body.get("cover", "")), EntryId(body.get("place", ""))
            return KnownKept(entry.id, body.get("handler", ""), cover, place, label)
        case _:
            return None


def listed(text: str) -> list[str]:
    """The items of a text, one a line."""
    return [each for each in text.split("\n") if each]


def ids(text: str) -> tuple[EntryId, ...]:
    """The ids in a text, one a line."""
    return tuple(EntryId(each) for each in listed(text))

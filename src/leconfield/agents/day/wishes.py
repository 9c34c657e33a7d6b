"""Meetings that are wished for a week, moved, planned and called off. Folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from leconfield.agents.day.inventory import ids, listed
from leconfield.agents.planning.hours import parsed, shifted
from leconfield.agents.planning.model import Window
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.world import Folded

WISHED: Final = "meet wished"
MOVED: Final = "meet moved"
PLANNED: Final = "meet planned"
CALLED_OFF: Final = "meet called off"
WISH: Final = "wish"


@dataclass(frozen=True, slots=True)
class Set:
    """A meeting as it was planned and accepted."""

    entry: EntryId
    at: str
    by: str
    start: str
    """When it begins (a stamp)."""
    handler: str
    cover: EntryId
    garments: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A meeting that somebody wants in a week."""

    id: EntryId
    at: str
    by: str
    agent: EntryId
    monday: str
    """The first day of its week."""
    place: EntryId
    minutes: int
    hours: tuple[Window, ...]
    """The agent's own hours in that week, as wished."""
    covers: tuple[EntryId, ...]
    eyes: frozenset[str]
    """Whoever is always about there, besides the agent."""
    by_daylight: bool
    label: str
    moved: int = 0
    """Days that it was moved by, all together."""
    planned: Set | None = None
    called_off: str = ""
    """Why there is to be none; empty: there is."""
    called_off_at: str = ""

    @property
    def windows(self) -> tuple[Window, ...]:
        """When it may be, as moved."""
        return shifted(self.hours, self.moved)

    @property
    def ends(self) -> str:
        """When the planned meeting ends, to the minute (ISO); empty: it is not planned."""
        if self.planned is None:
            return ""
        return (datetime.fromisoformat(self.planned.start) + timedelta(minutes=self.minutes)).isoformat()

    def begun(self, moment: str) -> bool:
        """Whether it was planned and its time has come by that moment (a stamp)."""
        stood = not self.called_off or (self.planned is not None and self.called_off_at > self.planned.start)
        return self.planned is not None and stood and self.planned.start <= moment


class Wishes(Folded):
    """Every wished meeting of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, Wish] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == WISHED:
                self.by_id[each.id] = _wish(each)
            elif known := self.by_id.get(EntryId(each.body.get(WISH, ""))):
                self.by_id[known.id] = after(known, each)

    def week(self, monday: str) -> tuple[Wish, ...]:
        """The wishes of a week that were not called off, in the order in which they were made."""
        kept = (each for each in self.by_id.values() if each.monday == monday and not each.called_off)
        return tuple(sorted(kept, key=lambda each: (each.at, each.id)))


def after(wish: Wish, entry: Entry) -> Wish:
    """The wish once that was written; what stands under less than its label changes nothing."""
    body = entry.body
    match entry.kind:
        case kind if kind == MOVED and entry.label == wish.label:
            return replace(wish, moved=wish.moved + int(body.get("days", "0")))
        case kind if kind == CALLED_OFF and entry.label == wish.label:
            return replace(wish, called_off=body.get("words", ""), called_off_at=entry.at)
        case kind if kind == PLANNED:
            start, handler = body.get("start", ""), body.get("handler", "")
            cover, worn = EntryId(body.get("cover", "")), ids(body.get("garments", ""))
            return replace(wish, planned=Set(entry.id, entry.at, entry.by, start, handler, cover, worn))
        case _:
            return wish


def _wish(entry: Entry) -> Wish:
    body = entry.body
    return Wish(
        entry.id,
        entry.at,
        entry.by,
        EntryId(body.get("agent", "")),
        body.get("monday", ""),
        EntryId(body.get("place", "")),
        int(body.get("minutes", "0")),
        parsed(body.get("hours", "")),
        ids(body.get("covers", "")),
        frozenset(listed(body.get("eyes", ""))),
        bool(body.get("daylight")),
        entry.label,
    )

"""The operations of a view, folded from its entries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Self

from leconfield.authority.model import AUTHORITY
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.surveillance import rules
from leconfield.surveillance.model import (
    BRIEFED,
    CLOSED,
    KINDS,
    LOGGED,
    OPERATION,
    PLANNED,
    STAFFED,
    Event,
    Line,
    Member,
    Operation,
    Written,
)

NAME: Final = "name"
WORDS: Final = "words"
LINE: Final = "line"


class Operations:
    """Every operation of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, Operation] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        found = cls()
        found._take(world.entries)
        return found

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(delta.entries)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == PLANNED:
                self.by_id[each.id] = Operation(each.id, each.body.get(NAME, ""), each.about, each.label, each.at)
                continue
            known = self.by_id.get(EntryId(each.body.get(OPERATION, ""))) if each.kind in KINDS else None
            if known is not None and each.label == known.label:
                self.by_id[known.id] = _after(known, each)


def _after(operation: Operation, entry: Entry) -> Operation:
    body = entry.body
    if entry.kind == LOGGED:
        line = Line(entry.id, entry.at, entry.by, written_in(body[LINE]), body.get(AUTHORITY, ""))
        return rules.after(operation, line)
    told = replace(
        operation,
        events=(*operation.events, Event(entry.id, entry.kind, entry.at, entry.by, body.get(WORDS, ""))),
    )
    if entry.kind == STAFFED:
        member = Member(body.get("member", ""), body.get("call_sign", ""), body.get("role", ""))
        return replace(told, team=(*(each for each in told.team if each.name != member.name), member))
    if entry.kind == BRIEFED:
        return replace(told, briefing=body.get(WORDS, ""))
    return replace(told, closed=entry.at) if entry.kind == CLOSED else told


def written_in(text: str) -> Written:
    """The line that was put into an entry by `text_of`."""
    said = json.loads(text)
    return Written(**{**said, "pictures": tuple(said["pictures"])})


def text_of(line: Written) -> str:
    """A line as it is put into an entry."""
    fields = {name: getattr(line, name) for name in Written.__dataclass_fields__}
    return json.dumps({**fields, "pictures": list(line.pictures)}, ensure_ascii=False, sort_keys=True)


def operations(view: View) -> tuple[Operation, ...]:
    """Those that a view shows, the newest first."""
    known = view.derived(Operations).by_id.values()
    return tuple(sorted(known, key=lambda each: (each.planned, each.id), reverse=True))

"""The operations of a view, folded from its entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from leconfield.authority.model import AUTHORITY
from leconfield.authority.naming import Thing
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.surveillance import rules
from leconfield.surveillance.lines import written_in
from leconfield.surveillance.model import (
    BRIEFED,
    CLOSED,
    KINDS,
    LOGGED,
    OPERATION,
    PICTURED,
    PLANNED,
    STAFFED,
    Event,
    Line,
    Member,
    Operation,
    Picture,
)

NAME: Final = "name"
WORDS: Final = "words"
LINE: Final = "line"
AHEAD: Final = "ahead"
KEPT: Final = "kept"
YES: Final = "yes"


class Operations(Folded):
    """Every operation of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, Operation] = {}

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
        return rules.after(operation, line_in(entry))
    if entry.kind == PICTURED:
        made = _picture_in(entry)
        return replace(operation, pictures={made.digest: made, **operation.pictures})
    event = Event(entry.id, entry.kind, entry.at, entry.by, body.get(WORDS, ""))
    told = replace(operation, events=(*operation.events, event))
    if entry.kind == STAFFED:
        member = Member(body.get("member", ""), body.get("call_sign", ""), body.get("role", ""))
        return replace(told, team=(*(each for each in told.team if each.name != member.name), member))
    if entry.kind == BRIEFED:
        return replace(told, briefing=body.get(WORDS, ""))
    return replace(told, closed=entry.at) if entry.kind == CLOSED else told


def line_in(entry: Entry) -> Line:
    """The line of the log that an entry holds."""
    body = entry.body
    written, behind = written_in(body[LINE]), int(body.get(AHEAD, "0"))
    return Line(entry.id, entry.at, entry.by, written, body.get(AUTHORITY, ""), behind, body.get(KEPT, ""))


def _picture_in(entry: Entry) -> Picture:
    body = entry.body
    shortly = body.get("shortly", "") == YES
    return Picture(
        entry.id, body.get("digest", ""), body.get(KEPT, ""), body.get("media", ""), entry.at, entry.by, shortly
    )


def operations(view: View) -> tuple[Operation, ...]:
    """Those that a view shows, the newest first."""
    known = view.derived(Operations).by_id.values()
    return tuple(sorted(known, key=lambda each: (each.planned, each.id), reverse=True))


def called(view: View, which: str) -> Thing | None:
    """An operation's name, to whoever may know of it."""
    known = view.derived(Operations).by_id.get(EntryId(which))
    return Thing(known.name, f"/operations/{known.id}") if known else None

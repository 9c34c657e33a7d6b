"""The agents of a view, folded from its entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leconfield.agents import rules
from leconfield.agents.model import AGENT, KINDS, SPOTTED, Agent, Event
from leconfield.authority.model import AUTHORITY
from leconfield.authority.naming import Thing
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded

CODENAME: Final = "codename"
WORDS: Final = "words"


class Agents(Folded):
    """Every agent of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, Agent] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == SPOTTED:
                self.by_id[each.id] = Agent(each.id, each.body.get(CODENAME, ""), each.label, (event_in(each),))
                continue
            known = self.by_id.get(EntryId(each.body.get(AGENT, ""))) if each.kind in KINDS else None
            if known is not None and each.label == known.label:
                self.by_id[known.id] = rules.after(known, event_in(each))


def event_in(entry: Entry) -> Event:
    """What an entry on an agent says."""
    body = dict(entry.body)
    words, authority = body.pop(WORDS, ""), body.pop(AUTHORITY, "")
    return Event(entry.id, entry.kind, entry.at, entry.by, words, body, authority)


def agents(view: View) -> tuple[Agent, ...]:
    """Those that a view shows, by codename."""
    return tuple(sorted(view.derived(Agents).by_id.values(), key=lambda each: (each.codename, each.id)))


def called(view: View, which: str) -> Thing | None:
    """An agent's codename, to whoever may know of him."""
    known = view.derived(Agents).by_id.get(EntryId(which))
    return Thing(known.codename, f"/agents/{known.id}") if known else None

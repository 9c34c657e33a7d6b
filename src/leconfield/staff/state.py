"""The duty line of a view, folded from its entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.staff.model import (
    ACCEPTED,
    AWAY,
    BACK,
    CHANGED,
    HANDED_OVER,
    KINDS,
    LABEL,
    PUT,
    RAISED,
    TAKEN,
    TAKEN_OFF,
    YEARS,
    Accepted,
    Away,
    Change,
    Handling,
    Move,
    Note,
    Person,
    Slot,
    Way,
)

NOBODY: Final = "-"
"""How a turn that nobody has is written into an entry."""


@dataclass(slots=True)
class DutyLine(Folded):
    """The duty line of a world (a `Derived`)."""

    people: dict[str, Person] = field(default_factory=dict)
    """Those who are on it now, by name."""
    personas: dict[str, str] = field(default_factory=dict)
    """Of everybody who ever was."""
    away: dict[EntryId, Away] = field(default_factory=dict)
    rosters: list[Accepted] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    """Those that changed something, in their order."""
    turns: dict[Slot, str] = field(default_factory=dict)
    """Who has which turn, with every change."""
    handled: dict[str, list[Handling]] = field(default_factory=dict)
    """By alarm."""
    notes: list[Note] = field(default_factory=list)

    def persona(self, name: str) -> str:
        """How colleagues know somebody."""
        return self.personas.get(name, name)

    @property
    def until(self) -> str:
        """The last day that has a roster (ISO); empty: none has."""
        return max((day for day, _ in self.turns), default="")

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind in KINDS and each.label == LABEL:
                self._fold(each)

    def _fold(self, entry: Entry) -> None:
        body, who = entry.body, entry.body.get("who", "")
        if entry.kind == PUT:
            persona = body.get("persona", "") or who
            self.people[who] = Person(who, persona, frozenset(body.get("duties", "").split()), body.get("reach", ""))
            self.personas[who] = persona
        elif entry.kind == TAKEN_OFF:
            self.people.pop(who, None)
        elif entry.kind == AWAY:
            self.away[entry.id] = Away(entry.id, who, body.get("first", ""), body.get("last", ""))
        elif entry.kind == BACK:
            self.away.pop(EntryId(body.get("away", "")), None)
        elif entry.kind == ACCEPTED:
            self._accept(entry)
        elif entry.kind == CHANGED:
            self._change(entry)
        elif entry.kind in (TAKEN, RAISED):
            self.handled.setdefault(entry.about, []).append(Handling(entry.kind, entry.by, entry.at))
        elif entry.kind == HANDED_OVER:
            self.notes.append(Note(body.get("words", ""), entry.by, entry.at))

    def _accept(self, entry: Entry) -> None:
        made = accepted_in(entry)
        if made is None or any(slot in self.turns for slot in made.turns):
            return
        self.rosters.append(made)
        self.turns.update(made.turns)

    def _change(self, entry: Entry) -> None:
        """A change that does not fit what stands by then changes nothing: two who act at once undo nothing."""
        made = change_in(entry)
        if made is None or any(self.turns.get(each.slot) != each.out for each in made.moves):
            return
        self.changes.append(made)
        self.turns.update({each.slot: each.into for each in made.moves})


def turns_text(turns: Iterable[tuple[Slot, str]]) -> str:
    """Turns as an entry or a form holds them: a line each of day, duty and name."""
    return "\n".join(f"{day} {duty} {who or NOBODY}" for (day, duty), who in sorted(turns))


def turns_in(text: str) -> dict[Slot, str] | None:
    """The turns that `turns_text` wrote; None if it is no such text."""
    found: dict[Slot, str] = {}
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) != len(("day", "duty", "who")) or not is_day(parts[0]):
            return None
        found[parts[0], parts[1]] = "" if parts[2] == NOBODY else parts[2]
    return found


def is_day(text: str) -> bool:
    """Whether it is a day as entries write it, and one on which there can be duty."""
    try:
        day = date.fromisoformat(text)
        return day.isoformat() == text and day.year in YEARS
    except ValueError:
        return False


def accepted_in(entry: Entry) -> Accepted | None:
    """The roster that an entry holds; None if it holds none."""
    body = entry.body
    turns = turns_in(body.get("turns", ""))
    days = body.get("days", "")
    if not turns or not days.isdecimal() or not is_day(body.get("first", "")):
        return None
    people = {}
    for line in body.get("people", "").splitlines():
        who, _, rest = line.partition(" ")
        share, _, duties = rest.partition(" ")
        if not share.isdecimal():
            return None
        people[who] = frozenset(duties.split()), int(share)
    return Accepted(entry.id, body["first"], int(days), turns, people, entry.by, entry.at)


def change_in(entry: Entry) -> Change | None:
    """The change that an entry holds; None if it holds none."""
    body = entry.body
    out, into = (turns_in(body.get(each, "")) for each in ("out", "into"))
    if not out or not into or out.keys() != into.keys() or body.get("way") not in list(Way):
        return None
    moves = tuple(Move(slot, out[slot], into[slot]) for slot in sorted(out))
    breaks = tuple(body.get("breaks", "").splitlines())
    said = (body.get(each, "") for each in ("reason", "overruled", "undoes"))
    reason, overruled, undoes = said
    return Change(entry.id, Way(body["way"]), moves, reason, breaks, overruled, undoes, entry.by, entry.at)


def line_of(view: View) -> DutyLine:
    """The duty line that a view shows; an empty one for whoever is not on it."""
    return view.derived(DutyLine)

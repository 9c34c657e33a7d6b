"""What is kept of an agent outside the vault: by codename alone, under the label of his compartment."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from leconfield.ledger.model import EntryId


class Status(StrEnum):
    """Where an agent stands on his way: kinds of steps, in the order in which they are taken."""

    SPOTTED = "spotted"
    ASSESSED = "assessed"
    APPROACHED = "approached"
    RECRUITED = "recruited"
    PAUSED = "paused"
    ENDED = "ended"
    RESETTLED = "resettled"


class Office(StrEnum):
    """Who does what for an agent; all of them different people (RIPA 2000 s.29(5))."""

    HANDLER = "handler"
    CO_HANDLER = "co-handler"
    CONTROLLER = "controller"
    AUTHORISING_OFFICER = "authorising officer"
    RECORD_KEEPER = "record keeper"


SPOTTED: Final = "agent spotted"
STEPPED: Final = "agent stepped"
STAFFED: Final = "agent staffed"
NOTED: Final = "agent particular noted"
TASKED: Final = "agent tasked"
MET: Final = "agent met"
CONTACTED: Final = "agent contacted"
"""A contact that was not sought or authorised, written down all the same."""
PAID: Final = "agent paid"
REPORTED: Final = "agent reported"
"""The source record: which report rests on which contact. It never leaves the compartment."""
ASSESSED: Final = "agent risk assessed"
PLANNED: Final = "agent plan written"
"""How he is looked after, or how it ends; the last writing stands."""
KINDS: Final = frozenset({SPOTTED, STEPPED, STAFFED, NOTED, TASKED, MET, CONTACTED, PAID, REPORTED, ASSESSED, PLANNED})
NAMED_BY: Final = "named_by"
"""The key of an entry's body that says which authority refers to him so."""
AGENT: Final = "agent"
"""The key of an entry's body that names the agent, by the entry that spotted him."""

PARTICULARS: Final[dict[str, str]] = {
    "a": "the identity of the source (in the vault)",
    "b": "the identity used by the source, where known",
    "c": "other authorities concerned",
    "d": "how each authority refers to the source",
    "e": "what matters for his security and welfare",
    "f": "that the risks were considered, explained and understood",
    "g": "when and in what circumstances he was recruited",
    "h": "who handles and controls him and keeps his record",
    "i": "since when and until when each of them did",
    "j": "tasks given and demands made",
    "k": "every contact",
    "l": "the information obtained",
    "m": "how it was passed on",
    "n": "every payment, benefit and reward, and every offer of one",
}
"""The particulars of SI 2000/2725 reg. 3, by their letters."""
WELFARE: Final = "welfare"
EXIT: Final = "exit"
PLANS: Final[dict[str, str]] = {
    WELFARE: "how he is looked after: health, family, money, whom he may ring",
    EXIT: "how it ends: on what terms, who sees to him then, where and until when",
}
"""Plans for an agent, by what they are for; who he is stays out of them."""
WRITTEN: Final = frozenset("bcefg")
"""Those that somebody writes; `d` is given by authority, the others follow from what was done."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry on an agent."""

    entry: EntryId
    kind: str
    at: str
    by: str
    words: str
    fields: dict[str, str] = field(default_factory=dict)
    authority: str = ""
    """The authority that it was done under; empty: none."""


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody's time in an office."""

    office: Office
    who: str
    since: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent as his compartment knows him."""

    id: EntryId
    codename: str
    label: str
    events: tuple[Event, ...]
    status: Status = Status.SPOTTED
    services: tuple[Service, ...] = ()
    written: dict[str, str] = field(default_factory=dict)
    """Particulars by letter, as last written."""
    pseudonyms: dict[str, str] = field(default_factory=dict)
    """How each authority refers to him."""
    sealed: bool = False
    """Whether his identity was put into the vault."""
    plans: dict[str, str] = field(default_factory=dict)
    """Plans by what they are for, as last written."""
    risk_review: str = ""
    """When his risks are to be assessed again (partial ISO)."""

    def holder(self, office: Office) -> str:
        """Who holds an office now; empty: nobody."""
        return next((each.who for each in reversed(self.services) if each.office is office and not each.until), "")

    def of_kind(self, *kinds: str) -> tuple[Event, ...]:
        """His events of these kinds, the oldest first."""
        return tuple(each for each in self.events if each.kind in kinds)

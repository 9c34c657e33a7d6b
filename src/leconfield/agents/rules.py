"""Which steps an agent takes, what his record lacks, and when what is done has drifted from his status. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from leconfield.agents.model import (
    ASSESSED,
    CONTACTED,
    EXIT,
    MET,
    NAMED_BY,
    NOTED,
    PAID,
    PARTICULARS,
    PLANNED,
    PLANS,
    REPORTED,
    STAFFED,
    STEPPED,
    TASKED,
    WELFARE,
    WRITTEN,
    Agent,
    Event,
    Office,
    Service,
    Status,
)
from leconfield.ledger.times import in_words, stamp

STEPS: Final[Mapping[Status, frozenset[Status]]] = {
    Status.SPOTTED: frozenset({Status.ASSESSED, Status.ENDED}),
    Status.ASSESSED: frozenset({Status.APPROACHED, Status.ENDED}),
    Status.APPROACHED: frozenset({Status.RECRUITED, Status.ENDED}),
    Status.RECRUITED: frozenset({Status.PAUSED, Status.ENDED}),
    Status.PAUSED: frozenset({Status.RECRUITED, Status.ENDED}),
    Status.ENDED: frozenset({Status.RESETTLED}),
    Status.RESETTLED: frozenset(),
}
"""Which step may follow which."""
DRIFT: Final = 3
"""So many times tasked, paid or met within `WITHIN`, without a live authority: somebody is used who is no agent."""
WITHIN: Final = timedelta(days=30)


def after(agent: Agent, event: Event) -> Agent:
    """The agent once that was written down; what may not follow changes nothing but the list of events."""
    told = replace(agent, events=(*agent.events, event))
    match event.kind:
        case kind if kind == STEPPED:
            return _stepped(told, event)
        case kind if kind == STAFFED:
            return _staffed(told, event)
        case kind if kind == NOTED:
            return _noted(told, event)
        case kind if kind == ASSESSED:
            return replace(told, risk_review=event.fields.get("review", ""))
        case kind if kind == PLANNED and event.fields.get("plan", "") in PLANS:
            return replace(told, plans={**told.plans, event.fields["plan"]: event.words})
        case _:
            return told


def _stepped(agent: Agent, event: Event) -> Agent:
    to = event.fields.get("to", "")
    return replace(agent, status=Status(to)) if to in STEPS[agent.status] else agent


def _staffed(agent: Agent, event: Event) -> Agent:
    office, who = event.fields.get("office", ""), event.fields.get("who", "")
    if office not in list(Office) or clash(agent, Office(office), who):
        return agent
    day = event.at[: len("2026-03-05")]
    ended = tuple(
        replace(each, until=day) if each.office == office and not each.until else each for each in agent.services
    )
    return replace(agent, services=(*ended, Service(Office(office), who, day)))


def _noted(agent: Agent, event: Event) -> Agent:
    letter = event.fields.get("particular", "")
    if letter == "a":
        return replace(agent, sealed=True)
    if letter == "d":
        return replace(agent, pseudonyms={**agent.pseudonyms, event.fields.get(NAMED_BY, ""): event.words})
    return replace(agent, written={**agent.written, letter: event.words}) if letter in WRITTEN else agent


def unready(agent: Agent, to: Status) -> str:
    """Why a step that may follow is not taken yet; empty if it may be."""
    if to is Status.RESETTLED and not agent.plans.get(EXIT):
        return "there is no plan for his exit; write down who sees to him, where and until when"
    return ""


def owed(agent: Agent, authority_live: bool, moment: str) -> tuple[str, ...]:
    """What whoever looks after an agent still owes him or the law at a moment (a stamp), in words."""
    used = agent.status in (Status.RECRUITED, Status.PAUSED)
    gone = agent.status in (Status.ENDED, Status.RESETTLED)
    late = bool(moment) and bool(agent.risk_review) and agent.risk_review < moment[: len(agent.risk_review)]
    said = {
        "his risks are to be assessed again": late and not gone,
        "nobody has written down how he is looked after": used and not agent.plans.get(WELFARE),
        "there is no plan for his exit": (used or gone) and not agent.plans.get(EXIT),
        "an authority to use him is live though he has ended; have it cancelled": gone and authority_live,
    }
    return tuple(words for words, is_owed in said.items() if is_owed)


def clash(agent: Agent, office: Office, who: str) -> str:
    """Why somebody may not take an office: he holds another for the same agent; empty if he may."""
    for each in Office:
        if each is not office and agent.holder(each) == who:
            return f"{who} is {each} of this agent; all offices are held by different people"
    return ""


def lacking(agent: Agent) -> dict[str, str]:
    """What the record lacks of the fourteen particulars, by letter, with what each is.

    What follows from what was done (tasks, contacts, information, payments) is lacking only where it must be there.
    """
    recruited = agent.status not in (Status.SPOTTED, Status.ASSESSED, Status.APPROACHED)
    staffed = all(agent.holder(each) for each in Office)
    missing = {
        "a": not agent.sealed,
        "d": not agent.pseudonyms,
        **{letter: not agent.written.get(letter) for letter in WRITTEN},
        "g": recruited and not agent.written.get("g"),
        "h": not staffed,
        "i": not agent.services,
        "j": recruited and not agent.of_kind(TASKED),
        "k": recruited and not agent.of_kind(MET, CONTACTED),
        "m": any(not each.fields.get("report") for each in agent.of_kind(REPORTED)),
    }
    return {letter: PARTICULARS[letter] for letter in PARTICULARS if missing.get(letter)}


@dataclass(frozen=True, slots=True)
class Drift:
    """Somebody tasked, paid or met again and again without an authority."""

    events: tuple[Event, ...]
    since: str

    @property
    def words(self) -> str:
        """What the authorising officer is told."""
        return (
            f"tasked, paid or met {len(self.events)} times since {in_words(self.since[:10])} without a live authority"
        )


def drift(agent: Agent, moment: str) -> Drift | None:
    """The alarm over what was done within `WITHIN` before a moment (a stamp) under no authority; None: no alarm."""
    if not moment:
        return None
    earliest = datetime.fromisoformat(moment) - WITHIN
    loose = tuple(
        each
        for each in agent.of_kind(TASKED, PAID, MET, CONTACTED)
        if not each.authority and earliest <= datetime.fromisoformat(each.at) <= datetime.fromisoformat(moment)
    )
    return Drift(loose, loose[0].at) if len(loose) >= DRIFT else None


@dataclass(frozen=True, slots=True)
class Load:
    """How much contact falls on a handler: for his welfare, never for his appraisal."""

    who: str
    contacts: int
    at_night: int
    """Between 22 and 6, UTC; of meetings whose hour was written down, that hour, else when it was written down."""
    at_weekends: int


def loads(agents: Iterable[Agent], since: str, until: str) -> tuple[Load, ...]:
    """The contacts of each handler from one moment to before another (stamps; `since` may be empty), by name."""
    counted: dict[str, list[datetime]] = {}
    for each in agents:
        for event in each.of_kind(MET, CONTACTED):
            when = _when(event)
            if since <= stamp(when) < until:
                counted.setdefault(event.by, []).append(when)
    return tuple(
        Load(
            who,
            len(times),
            sum(each.hour >= _NIGHT or each.hour < _MORNING for each in times),
            sum(each.weekday() >= _SATURDAY for each in times),
        )
        for who, times in sorted(counted.items())
    )


def _when(event: Event) -> datetime:
    """When a contact was: at its hour if that was written down, at noon of its day, else when it was written down."""
    day = event.fields.get("day", "")
    if len(day) < len("2026-03-05"):
        return datetime.fromisoformat(event.at)
    return datetime.fromisoformat(day if "T" in day else f"{day}T12:00").replace(tzinfo=UTC)


_NIGHT: Final = 22
_MORNING: Final = 6
_SATURDAY: Final = 5

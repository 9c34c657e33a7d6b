"""Whom an agent reaches: of those who know him, somebody is on call each day. Kept in his compartment alone.

A roster that made room for it would tell who knows whom to everybody on the line, so none does: what is settled here
follows the roster, stands under the agent's label *and* `DUTY_LINE`, and changes no roster. See docs/decisions/013.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

from leconfield.agents.model import Agent, Office, Status
from leconfield.agents.state import Agents, agents
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.staff.model import LABEL, Away, Turns
from leconfield.staff.rules import moment_of
from leconfield.staff.state import is_day, line_of

SETTLED: Final = "agent on call settled"
_DONE: Final = frozenset({Status.ENDED, Status.RESETTLED})
DAYS: Final = 28


class OnCall:
    """Who is on call for each agent of a world, by day (a `Derived`)."""

    def __init__(self) -> None:
        self.by_agent: dict[str, dict[str, str]] = defaultdict(dict)

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        found = cls()
        found.grow(world, Delta(entries=tuple(world.entries)))
        return found

    def grow(self, world: World, delta: Delta) -> None:
        """Fold the new entries."""
        known = world.derived(Agents).by_id
        for each in delta.entries:
            agent = known.get(EntryId(each.about)) if each.kind == SETTLED else None
            if agent is not None and each.label == _label(agent):
                self.by_agent[agent.id].update(_days_in(each))


def _days_in(entry: Entry) -> dict[str, str]:
    found = {}
    for line in entry.body.get("days", "").splitlines():
        day, _, who = line.partition(" ")
        if is_day(day):
            found[day] = who
    return found


def _label(agent: Agent) -> str:
    """What is settled rests on his record and on the roster: whoever reads it may read both."""
    return labels.all_of((agent.label, LABEL))


def proposed(days: Iterable[str], knowing: Sequence[str], turns: Turns, away: Collection[Away]) -> dict[str, str]:
    """Who of those who know an agent is on call on each day; nobody, empty, where none is there.

    Whoever is on duty that day in any case; else whoever was on call less often, the handler first.
    """
    busy: Mapping[str, set[str]] = defaultdict(set)
    for (day, _), who in turns.items():
        busy[day].add(who)
    counted: Counter[str] = Counter()
    found = {}
    for day in days:
        there = [who for who in knowing if not any(each.who == who and each.first <= day <= each.last for each in away)]
        found[day] = min(there, key=lambda who: (who not in busy[day], counted[who], knowing.index(who)), default="")
        counted[found[day]] += 1
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """Who is on call for one agent."""

    agent: Agent
    knowing: tuple[str, ...]
    """His handler and co-handler."""
    days: Mapping[str, str]


def reaches(view: View) -> tuple[Reach, ...]:
    """For each agent of the view whom somebody handles, who is on call; nothing for whoever is not on the line."""
    if LABEL not in view.reader.tokens:
        return ()
    settled = view.derived(OnCall).by_agent
    return tuple(
        Reach(each, knowing_of(each), settled.get(each.id, {}))
        for each in agents(view)
        if each.status not in _DONE and knowing_of(each)
    )


def knowing_of(agent: Agent) -> tuple[str, ...]:
    """Those who know an agent: his handler and his co-handler."""
    return tuple(filter(None, (agent.holder(Office.HANDLER), agent.holder(Office.CO_HANDLER))))


def settle(desk: Desk, view: View, which: str) -> None:
    """Settle who is on call for an agent from today on, for as long as there is a roster.

    Raises:
        NotFoundError: if the view has no such agent, or nobody knows him.
        RefusedError: if there is no roster from today on.
    """
    reach, line, today = _found(view, which), line_of(view), moment_of(view.moment).date()
    days = [(today + timedelta(days=n)).isoformat() for n in range(DAYS)]
    days = [each for each in days if each <= line.until]
    if not days:
        raise RefusedError("there is no roster from today on; make one first")
    _write(desk, view, reach, proposed(days, reach.knowing, line.turns, line.away.values()))


def put_on_call(desk: Desk, view: View, which: str, day: str, who: str) -> None:
    """Put the other one of those who know an agent on call for a day.

    Raises:
        NotFoundError: if the view has no such agent, or nobody knows him.
        BadInputError: if it is no day, or he does not know him.
    """
    reach = _found(view, which)
    if not is_day(day):
        raise BadInputError(f'"{day[:40]}" is no day; write it as 2026-03-05')
    if who not in reach.knowing:
        raise BadInputError(f'"{who[:40]}" does not know him; choose {" or ".join(reach.knowing)}')
    _write(desk, view, reach, {day: who})


def _found(view: View, which: str) -> Reach:
    found = next((each for each in reaches(view) if each.agent.id == which), None)
    if found is None:
        raise NotFoundError("no such agent here; look him up in the register")
    return found


def _write(desk: Desk, view: View, reach: Reach, days: Mapping[str, str]) -> None:
    refuse_the_past(view)
    text = "\n".join(f"{day} {who}".strip() for day, who in sorted(days.items()))
    draft = Draft(SETTLED, _label(reach.agent), about=reach.agent.id, body={"days": text})
    desk.append(view.reader, [draft])

"""The week of a view as the planner takes it: from wishes, wardrobe and what stands in other weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from string import ascii_uppercase
from typing import Final

from leconfield.agents.day.inventory import CoverKept, GarmentKept, Inventory
from leconfield.agents.day.wishes import Wish, Wishes
from leconfield.agents.model import Agent, Office
from leconfield.agents.planning.daylight import light
from leconfield.agents.planning.model import Cover, Engaged, Garment, Known, Meeting, Plan, Planned, Rules, Week, Window
from leconfield.agents.state import Agents
from leconfield.errors import BadInputError
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

YEARS: Final = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The week of a view as the planner takes it, and what stands behind its words."""

    monday: str
    week: Week
    wishes: dict[str, Wish]
    """By the letter of the meeting."""
    items: dict[str, EntryId]
    """Covers and garments by the words that the planner has for them."""
    faults: tuple[str, ...]
    """Wishes that cannot be planned as they are, and why."""


def of(view: View, monday: str) -> Week:
    """The week that begins on a Monday, as the planner takes it.

    Raises:
        BadInputError: if it is no day.
    """
    return drawn(view, monday).week


def drawn(view: View, monday: str) -> Drawn:
    """The same, with what stands behind its words.

    Raises:
        BadInputError: if it is no day.
    """
    begins = monday_of(monday)
    inventory, people = view.derived(Inventory), view.derived(Agents).by_id
    wishes = {_letter(at): each for at, each in enumerate(view.derived(Wishes).week(begins))}
    meetings, faults = [], []
    for letter, each in wishes.items():
        meeting = _meeting(inventory, people.get(each.agent), letter, each, view.moment)
        if isinstance(meeting, Meeting):
            meetings.append(meeting)
        else:
            faults.append(meeting)
    begun = {one for each in wishes.values() if each.planned and each.begun(view.moment) for one in _worn(each)}
    return Drawn(
        begins,
        Week(
            tuple(meetings),
            tuple(
                Cover(inventory.words(each.id), each.needs)
                for each in inventory.items.values()
                if isinstance(each, CoverKept)
            ),
            _wardrobe(view, begins, begun),
            tuple(_known(inventory)),
            rules=_rules(begins, meetings),
            engaged=tuple(_engaged(view, begins)),
        ),
        {each.id: wishes[each.id] for each in meetings},
        {words: each for each in inventory.items if (words := inventory.words(each))},
        tuple(faults),
    )


def _meeting(inventory: Inventory, agent: Agent | None, letter: str, wished: Wish, moment: str) -> Meeting | str:
    """A wish as a meeting to be planned; or why it cannot be."""
    place = inventory.place(wished.place)
    if agent is None or place is None:
        return f"{letter}: its agent or its place is not seen here; call it off and wish it anew"
    eyes = wished.eyes | {agent.codename}
    if wished.planned is not None and wished.begun(moment):
        begin = _minute(wished.monday, wished.planned.start)
        worn = frozenset(inventory.words(each) for each in wished.planned.garments)
        window, cover = Window(begin, begin + wished.minutes), inventory.words(wished.planned.cover)
        return Meeting(letter, place, wished.minutes, (window,), (cover,), (wished.planned.handler,), eyes, worn=worn)
    used = {each.id for each in inventory.covers}
    covers = tuple(inventory.words(each) for each in wished.covers if each in used)
    handlers = handlers_of(agent)
    if not covers or not handlers:
        return (
            f"{letter}: none of its covers is in use, or nobody handles {agent.codename}; call it off and wish it anew"
        )
    return Meeting(letter, place, wished.minutes, wished.windows, covers, handlers, eyes, wished.by_daylight)


def _wardrobe(view: View, monday: str, begun: set[EntryId]) -> tuple[Garment, ...]:
    """The garments in use, and those worn already this week, with the eyes that saw them in other weeks."""
    inventory, seen = view.derived(Inventory), seen_by(view, apart_from=monday)
    kept = [each for each in inventory.items.values() if isinstance(each, GarmentKept)]
    return tuple(
        Garment(
            inventory.words(each.id),
            each.kind,
            frozenset(inventory.words(one) for one in each.covers),
            frozenset(seen.get(each.id, ())),
        )
        for each in kept
        if not each.retired or each.id in begun
    )


def seen_by(view: View, apart_from: str = "") -> dict[EntryId, frozenset[str]]:
    """The eyes before which each garment was, or is planned to be: from plans and from meetings written down."""
    people = view.derived(Agents).by_id
    seen: dict[EntryId, set[str]] = defaultdict(set)
    for each in view.derived(Wishes).by_id.values():
        agent = people.get(each.agent)
        if each.monday != apart_from and each.planned and (not each.called_off or each.begun(view.moment)):
            for one in each.planned.garments:
                seen[one] |= each.eyes | ({agent.codename} if agent else set())
    for worn in view.derived(Inventory).worn.values():
        for one in worn.garments:
            seen[one] |= worn.eyes
    return {each: frozenset(eyes) for each, eyes in seen.items()}


def _known(inventory: Inventory) -> Iterable[Known]:
    for each in inventory.known:
        place = inventory.place(each.place)
        if place is not None:
            yield Known(each.handler, inventory.words(each.cover), place)


def _engaged(view: View, monday: str) -> Iterable[Engaged]:
    """What stands as planned in the weeks before and after."""
    first = date.fromisoformat(monday)
    beside = {(first + timedelta(days=days)).isoformat() for days in (-7, 7)}
    for each in view.derived(Wishes).by_id.values():
        if each.monday in beside and each.planned is not None and not each.called_off:
            begin = _minute(monday, each.planned.start)
            yield Engaged(each.planned.handler, begin, begin + each.minutes)


def _rules(monday: str, meetings: Iterable[Meeting]) -> Rules:
    """The rules of a week: it is light while it is light on each of its days, wherever daylight is asked for."""
    sunrise, sunset = light(date.fromisoformat(monday), {each.place for each in meetings if each.by_daylight})
    return Rules(sunrise=sunrise, sunset=sunset)


def accepted(asked: Drawn) -> Plan:
    """What of a week stands as it was accepted, in the planner's words: at no cost, since nothing was chosen anew."""
    words = {which: each for each, which in asked.items.items()}
    stands = [
        Planned(
            letter,
            _minute(asked.monday, each.planned.start),
            each.planned.handler,
            words.get(each.planned.cover, ""),
            tuple(words[one] for one in each.planned.garments if one in words),
        )
        for letter, each in asked.wishes.items()
        if each.planned is not None
    ]
    return Plan(tuple(sorted(stands, key=lambda each: (each.start, each.meeting))), 0, 0)


def start_of(asked: Drawn, planned: Planned) -> str:
    """When a planned meeting begins (a stamp)."""
    return stamp(_midnight(asked.monday) + timedelta(minutes=planned.start))


def handlers_of(agent: Agent) -> tuple[str, ...]:
    """Who may go to him, his handler first."""
    return tuple(who for office in (Office.HANDLER, Office.CO_HANDLER) if (who := agent.holder(office)))


def monday_of(text: str) -> str:
    """The Monday of the week in which a day lies.

    Raises:
        BadInputError: if it is no day.
    """
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise BadInputError(f'"{text[:40]}" is no day; write it as 2026-03-02') from error
    if day.year not in YEARS:
        raise BadInputError(f"{text[:10]} is no week that anybody plans; choose a day from {YEARS[0]} to {YEARS[-1]}")
    return (day - timedelta(days=day.weekday())).isoformat()


def _midnight(monday: str) -> datetime:
    return datetime.combine(date.fromisoformat(monday), datetime.min.time(), UTC)


def _minute(monday: str, moment: str) -> int:
    return int((datetime.fromisoformat(moment) - _midnight(monday)) / timedelta(minutes=1))


def _letter(at: int) -> str:
    return f"meet {ascii_uppercase[at % 26]}{at // 26 or ''}"


def _worn(wished: Wish) -> tuple[EntryId, ...]:
    return wished.planned.garments if wished.planned else ()

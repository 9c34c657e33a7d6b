"""The week of a handler team: meetings wished, moved and called off, the week that the planner takes, and its plan.

A wish stands under the labels of its agent, its place and its covers together. What is decided stands under those and
the labels of what is worn. The eyes before which a garment was seen follow from here; nobody types them twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from leconfield.agents import safety
from leconfield.agents.day.drawn import Drawn, accepted, drawn, handlers_of, monday_of, of, seen_by, start_of
from leconfield.agents.day.inventory import CoverKept, Inventory, PlaceKept
from leconfield.agents.day.wishes import CALLED_OFF, MOVED, PLANNED, WISH, WISHED, Wish, Wishes
from leconfield.agents.planning import hours as written
from leconfield.agents.planning.model import Plan, Planned
from leconfield.agents.planning.solving import holds
from leconfield.agents.service import found as agent_found
from leconfield.agents.wardrobe import eyes_of
from leconfield.agents.wardrobe import found as item_found
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

__all__ = [
    "Drawn",
    "accept",
    "accepted",
    "call_off",
    "drawn",
    "found",
    "handlers_of",
    "monday_of",
    "move",
    "of",
    "seen_by",
    "start_of",
    "wish",
]
MINUTES: Final = range(10, 481)
HOME: Final = timedelta(minutes=60)
"""How long after the end of a meeting he calls in: the way away from it, and some."""
MAX_WISHES: Final = 16
"""Meetings of one week that a reader can plan together: more are not decided in a time that anybody waits."""
MAX_WORDS: Final = 400


def wish(
    desk: Desk,
    view: View,
    *,
    agent: str,
    monday: str,
    place: str,
    minutes: str,
    hours: str,
    covers: Sequence[str],
    eyes: Iterable[str] = (),
    by_daylight: bool = False,
) -> EntryId:
    """Wish for a meeting with an agent in a week, within his own hours (`mon 10:00-12:00, fri 18:00-21:00`); its id.

    Raises:
        NotFoundError: if the view has no such agent, place or cover.
        BadInputError: if something is missing, is no time, or fits into none of the hours.
        RefusedError: if nobody handles him, or the week is full.
    """
    refuse_the_past(view)
    who, there = agent_found(view, agent), item_found(view, PlaceKept, place)
    chosen = [item_found(view, CoverKept, each) for each in dict.fromkeys(covers)]
    if not chosen:
        raise BadInputError("choose as whom a handler may come; keep a cover first if there is none")
    if not handlers_of(who):
        raise RefusedError(f"nobody handles {who.codename}; fill the office of his handler first")
    begins, long = monday_of(monday), _minutes(minutes)
    windows = written.parsed(hours)
    if not any(each.end - each.begin >= long for each in windows):
        raise BadInputError(f"none of his hours is {long} minutes long; widen one, or meet shorter")
    if len(view.derived(Wishes).week(begins)) >= MAX_WISHES:
        raise RefusedError(f"{MAX_WISHES} meetings are wished for in that week; call one off first")
    body = {
        "agent": who.id,
        "monday": begins,
        "place": there.id,
        "minutes": str(long),
        "hours": written.words(windows),
        "covers": "\n".join(each.id for each in chosen),
        "eyes": "\n".join(eyes_of(eyes)),
        "daylight": "yes" if by_daylight else "",
    }
    label = labels.all_of((who.label, there.label, *(each.label for each in chosen)))
    (receipt,) = desk.append(view.reader, [Draft(WISHED, label, about=who.id, body=body)])
    return receipt.entry


def move(desk: Desk, view: View, which: str, days: int) -> None:
    """Move a wished meeting by so many days within its week; as many back undo it.

    Raises:
        NotFoundError: if the view has no such wish.
        BadInputError: if nothing of the agent's hours is left in the week then.
        RefusedError: if it has begun.
    """
    refuse_the_past(view)
    wished = found(view, which)
    _refuse_the_begun(desk, wished)
    if not days or not written.shifted(wished.hours, wished.moved + days):
        raise BadInputError(f"moved by {days} days it would not lie in its week; choose a day of that week")
    desk.append(
        view.reader, [Draft(MOVED, wished.label, about=wished.agent, body={WISH: wished.id, "days": str(days)})]
    )


def call_off(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Want a meeting no more, and stand down its safety call.

    Raises:
        NotFoundError: if the view has no such wish.
        BadInputError: if the reason is missing.
        RefusedError: if it has begun.
    """
    refuse_the_past(view)
    wished, why = found(view, which), reason.strip()
    _refuse_the_begun(desk, wished)
    if not 0 < len(why) <= MAX_WORDS:
        raise BadInputError(f"your reason is missing or too long; write it in {MAX_WORDS} characters at most")
    now = desk.clock()
    draft = Draft(CALLED_OFF, wished.label, about=wished.agent, body={WISH: wished.id, "words": why})
    desk.append(view.reader, [draft, *safety.stood_down(view, wished.id, stamp(now))], now)


def found(view: View, which: str) -> Wish:
    """The wish by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden, called off or has never been.
    """
    known = view.derived(Wishes).by_id.get(EntryId(which))
    if known is None or known.called_off:
        raise NotFoundError("no such meeting is wished for here; look it up in the week")
    return known


def accept(desk: Desk, view: View, monday: str, plan: Plan, *, safety_calls: bool) -> tuple[EntryId, ...]:
    """Take a plan for the week as it stands; what of it was planned so already stays. The new entries' ids.

    With `safety_calls`, each handler has a call to make after each of his meetings; earlier ones are stood down.

    Raises:
        RefusedError: if the plan does not keep to the week as it is now, nothing of it is new, or a handler could not
            see his own safety call.
        BadInputError: if somebody who goes does not sign in here.
    """
    refuse_the_past(view)
    asked = drawn(view, monday)
    if not holds(asked.week, plan):
        raise RefusedError("the week was changed since; look at the plan again")
    now = desk.clock()
    new = [each for each in plan.meetings if _changes(asked, each) and not asked.wishes[each.meeting].begun(stamp(now))]
    if not new:
        raise RefusedError("this plan is accepted already")
    drafts = [draft for each in new for draft in _planned(desk, view, asked, each, now, safety_calls=safety_calls)]
    receipts = desk.append(view.reader, drafts, now)
    return tuple(each.entry for each, draft in zip(receipts, drafts, strict=True) if draft.kind == PLANNED)


def _changes(asked: Drawn, planned: Planned) -> bool:
    stands = asked.wishes[planned.meeting].planned
    if stands is None:
        return True
    now = (
        start_of(asked, planned),
        planned.handler,
        asked.items[planned.cover],
        {asked.items[each] for each in planned.garments},
    )
    return now != (stands.start, stands.handler, stands.cover, set(stands.garments))


def _planned(
    desk: Desk, view: View, asked: Drawn, planned: Planned, now: datetime, *, safety_calls: bool
) -> Iterable[Draft]:
    wished, start = asked.wishes[planned.meeting], start_of(asked, planned)
    used = [asked.items[each] for each in (planned.cover, *planned.garments)]
    items = view.derived(Inventory).items
    label = labels.all_of((wished.label, *(items[each].label for each in used)))
    body = {
        WISH: wished.id,
        "start": start,
        "handler": planned.handler,
        "cover": used[0],
        "garments": "\n".join(used[1:]),
    }
    yield Draft(PLANNED, label, about=wished.agent, body=body)
    yield from safety.stood_down(view, wished.id, stamp(now))
    begins = datetime.fromisoformat(start)
    if safety_calls and begins > now:
        due = stamp(begins + timedelta(minutes=wished.minutes) + HOME)
        words = "Out, as planned."
        yield safety.timer_draft(
            desk, view, due=due, label=label, words=words, who=planned.handler, begins=start, outing=wished.id
        )


def _minutes(text: str) -> int:
    if not (text.isascii() and text.strip().isdecimal()) or len(text) > 4 or int(text) not in MINUTES:
        raise BadInputError(
            f'"{text[:20]}" is no length of a meeting; write minutes from {MINUTES[0]} to {MINUTES[-1]}'
        )
    return int(text)


def _refuse_the_begun(desk: Desk, wished: Wish) -> None:
    if wished.begun(stamp(desk.clock())):
        raise RefusedError("that meeting has begun; write down in the agent's record what became of it")

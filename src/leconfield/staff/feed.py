"""An officer's calendar as other programs read it (RFC 5545): when he is bound, and nothing of whom, where or why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from leconfield.agents.day.wishes import Wishes
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.staff import rules
from leconfield.staff.profile import Profile, shipped
from leconfield.staff.state import line_of

PRODUCT: Final = "-//Leconfield//Duty//EN"
APPOINTMENT: Final = "Appointment"
_BACK: Final = timedelta(days=28)
_HOURLY: Final = "PT1H"


@dataclass(frozen=True, slots=True)
class Bound:
    """Some time that an officer is not free in."""

    key: str
    """Which it is, among his own; it never leaves the desk as it is."""
    words: str
    begin: datetime
    end: datetime


def bound(view: View, profile: Profile) -> tuple[Bound, ...]:
    """When the reader is bound, from four weeks ago on: by his turns, and by meetings that were decided for him."""
    name, since = view.reader.name, rules.moment_of(view.moment) - _BACK
    turns = [
        Bound(" ".join(slot), f"Duty, {slot[1]}", *rules.span(profile, slot))
        for slot, who in line_of(view).turns.items()
        if who == name and slot[1] in profile.names
    ]
    meets = [
        Bound(each.id, APPOINTMENT, rules.moment_of(each.planned.start), rules.moment_of(each.ends))
        for each in view.derived(Wishes).by_id.values()
        if each.planned is not None and each.planned.handler == name and not each.called_off
    ]
    found = [each for each in (*turns, *meets) if each.end >= since]
    return tuple(sorted(found, key=lambda each: (each.begin, each.end, each.key)))


def written(desk: Desk, view: View) -> bytes:
    """The calendar of the reader, as iCalendar; the same bytes while nothing of his has changed."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Duty")
    calendar.add("x-published-ttl", _HOURLY)
    for each in bound(view, shipped()):
        event = Event()
        event.add("uid", desk.ids.of("calendar event", view.reader.name, each.key))
        event.add("dtstamp", each.begin)
        event.add("dtstart", each.begin)
        event.add("dtend", each.end)
        event.add("summary", each.words)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())

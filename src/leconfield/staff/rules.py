"""What follows from the duty line: who is on, what a change breaks, what an accepted roster must keep to. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from leconfield.ledger.times import in_words
from leconfield.staff.model import YEARS, Away, Person, Slot, Turns
from leconfield.staff.profile import Profile, Step
from leconfield.staff.turns import rest_between

_HOUR: Final = 60


def day_of(text: str) -> date:
    """The day of a turn (ISO)."""
    return date.fromisoformat(text)


def moment_of(text: str) -> datetime:
    """The moment of a stamp; one that lies beyond `YEARS` is the first or last of them, so that days lie around it."""
    found = datetime.fromisoformat(text)
    earliest, latest = datetime(YEARS[0], 2, 1, tzinfo=UTC), datetime(YEARS[-1], 11, 30, tzinfo=UTC)
    return min(max(found, earliest), latest)


def span(profile: Profile, slot: Slot) -> tuple[datetime, datetime]:
    """When a turn begins and ends."""
    day, name = slot
    duty = profile.duty(name)
    begin = datetime.combine(day_of(day), time(), UTC) + timedelta(minutes=duty.begins)
    return begin, begin + timedelta(minutes=duty.minutes)


def in_words_of(slot: Slot) -> str:
    """A turn for people: `night of 3 March 2026`."""
    return f"{slot[1]} of {in_words(slot[0])}"


def running(profile: Profile, turns: Turns, moment: datetime) -> dict[str, Slot]:
    """The turn of each duty that runs at a moment."""
    found = {}
    for name in profile.names:
        for back in (0, 1):
            slot = ((moment.date() - timedelta(days=back)).isoformat(), name)
            if slot in turns:
                begin, end = span(profile, slot)
                if begin <= moment < end:
                    found[name] = slot
    return found


def asked_by(profile: Profile, turns: Turns, step: Step, moment: datetime) -> str:
    """Whom a step asks at a moment; empty: nobody has such a turn."""
    now = running(profile, turns, moment)
    return next((turns[now[each]] for each in step.duties if each in now and turns[now[each]]), "")


def gaps(profile: Profile, turns: Turns, moment: datetime) -> tuple[Slot, ...]:
    """Turns that are not over and that nobody has."""
    return tuple(
        slot
        for slot, who in sorted(turns.items())
        if not who and slot[1] in profile.names and span(profile, slot)[1] > moment
    )


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that somebody's turn would break."""

    words: str
    hard: bool = False
    """Whether nobody can overrule it."""


def breaches(
    profile: Profile, people: Mapping[str, Person], away: Iterable[Away], turns: Turns, who: str, slot: Slot
) -> Iterator[Breach]:
    """What it breaks that somebody has a turn; `turns` are those that would then stand, this one among them."""
    person = people.get(who)
    if person is None:
        yield Breach(f"{who[:40]} is not on the line; put him on it first", hard=True)
        return
    if slot[1] not in person.duties:
        yield Breach(f"{person.persona} does not take the {slot[1]}")
    if any(each.who == who and each.first <= slot[0] <= each.last for each in away):
        yield Breach(f"{person.persona} is away on {in_words(slot[0])}")
    own = sorted(
        (each for each, has in turns.items() if has == who and each[1] in profile.names),
        key=lambda each: (span(profile, each), each),
    )
    for one, other in pairwise(own):
        if slot in (one, other):
            yield from _rest(profile, person, one, other)
    stretch = _stretch({day_of(day) for day, _ in own}, day_of(slot[0]))
    if stretch > profile.in_a_row:
        yield Breach(f"{person.persona} would have {stretch} days in a row; {profile.in_a_row} is the most")


def _rest(profile: Profile, person: Person, one: Slot, other: Slot) -> Iterator[Breach]:
    end, begin = span(profile, one)[1], span(profile, other)[0]
    gap = (begin - end) / timedelta(minutes=1)
    needed = rest_between(profile.rest, profile.duty(one[1]), profile.duty(other[1]))
    between = f"the {in_words_of(one)} and the {in_words_of(other)}"
    if gap < 0:
        yield Breach(f"{person.persona} would have {between}, and cannot have both at once", hard=True)
    elif gap < needed:
        yield Breach(
            f"{person.persona} would rest {gap / _HOUR:g} hours between {between}; {needed / _HOUR:g} is the least"
        )


def _stretch(days: Collection[date], around: date) -> int:
    """How many days in a row there are around a day."""
    first = last = around
    while first - timedelta(days=1) in days:
        first -= timedelta(days=1)
    while last + timedelta(days=1) in days:
        last += timedelta(days=1)
    return (last - first).days + 1


def faults(
    profile: Profile, people: Mapping[str, Person], away: Collection[Away], before: Turns, turns: Turns
) -> Iterator[str]:
    """What a roster that is to be accepted does not keep to, told apart from whoever made it."""
    days = sorted({day for day, _ in turns})
    taken = [duty for duty in profile.names if any(duty in each.duties for each in people.values())]
    for day in days:
        for duty in taken:
            if not turns.get((day, duty)):
                yield f"nobody has the {in_words_of((day, duty))}"
    both = {**before, **turns}
    for slot, who in sorted(turns.items()):
        if slot[1] not in taken:
            yield f"{slot[1][:40]} is no duty of this line"
        elif slot in before:
            yield f"the {in_words_of(slot)} stands in a roster already"
        elif who:
            yield from (each.words for each in breaches(profile, people, away, both, who, slot))


def clashes(
    profile: Profile, people: Mapping[str, Person], away: Collection[Away], turns: Turns, moment: datetime
) -> tuple[str, ...]:
    """Turns to come whose holder is away, in words."""
    return tuple(
        f"{people[who].persona if who in people else who} is away, and has the {in_words_of(slot)}"
        for slot, who in sorted(turns.items())
        if who and slot[1] in profile.names and span(profile, slot)[1] > moment
        for each in away
        if each.who == who and each.first <= slot[0] <= each.last
    )


def short(persona: str) -> str:
    """A persona where there is little room: `Rob` of `Rob, agent runner`."""
    return persona.partition(",")[0]

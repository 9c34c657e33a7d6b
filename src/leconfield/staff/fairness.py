"""Who has borne how much of the duty line, over all rosters and their changes: for welfare, never for appraisal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from leconfield.staff.model import Accepted, Change, Slot, Turns, Way
from leconfield.staff.profile import Profile
from leconfield.staff.rules import day_of
from leconfield.staff.state import DutyLine
from leconfield.staff.turns import LOOKS_BACK, Officer, Request, burden_of


def burden_at(profile: Profile, slot: Slot) -> int:
    """How much a turn burdens, in halves; one of a duty that is no more burdens nobody."""
    if slot[1] not in profile.names:
        return 0
    return burden_of(profile.duty(slot[1]), day_of(slot[0]).weekday())


def standing(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that nobody took back."""
    undone: set[str] = set()
    kept = []
    for each in reversed(changes):
        if each.entry in undone:
            continue
        kept.append(each)
        if each.undoes:
            undone.add(each.undoes)
    return tuple(reversed(kept))


def deviations(
    profile: Profile, rosters: Sequence[Accepted], turns: Turns, changes: Sequence[Change]
) -> dict[str, Fraction]:
    """By how much each bore more than those who take the same duties did on average, over all rosters.

    Days away count as if he had borne his share of them, and a turn that somebody was too sick for as if he had had
    it: neither is made up for. Whoever is new begins at 0, as if he had always borne what the others did.
    """
    found: dict[str, Fraction] = defaultdict(Fraction)
    excused = [
        (each.slot, each.out)
        for change in standing(changes)
        if change.way is Way.SICK
        for each in change.moves
        if each.out
    ]
    for roster in rosters:
        borne: Counter[str] = Counter({name: away for name, (_, away) in roster.people.items()})
        for slot in roster.turns:
            borne[turns[slot]] += burden_at(profile, slot)
        for slot, who in excused:
            if slot in roster.turns:
                borne[who] += burden_at(profile, slot)
        for name, mean in _means(roster, borne).items():
            found[name] += borne[name] - mean
    found.pop("", None)
    return dict(found)


def _means(roster: Accepted, borne: Counter[str]) -> dict[str, Fraction]:
    """What those who take the same duties bore on average, by name; of one who was not in the roster: nothing."""
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for name, (duties, _) in roster.people.items():
        alike[duties].append(name)
    means = {
        name: Fraction(sum(borne[each] for each in names), len(names)) for names in alike.values() for name in names
    }
    return {name: means.get(name, Fraction()) for name in borne}


def request_for(profile: Profile, line: DutyLine, first: date) -> Request:
    """What the next roster is made of. It rests on the duty line's own entries and on nothing else."""
    borne = deviations(profile, line.rosters, line.turns, line.changes)
    least = min((borne.get(name, Fraction()) for name in line.people), default=Fraction())
    duties = tuple(each for each in profile.duties if any(each.name in one.duties for one in line.people.values()))
    days = [(first + timedelta(days=n)).isoformat() for n in range(profile.days)]
    officers = tuple(
        Officer(
            person.name,
            frozenset(n for n, day in enumerate(days) if _away(line, person.name, day)),
            round(borne.get(person.name, Fraction()) - least),
            frozenset(each.name for each in duties) - person.duties,
        )
        for _, person in sorted(line.people.items())
    )
    before = {
        (-back, duty.name): who
        for back in range(1, LOOKS_BACK + 1)
        for duty in duties
        if (who := line.turns.get(((first - timedelta(days=back)).isoformat(), duty.name)))
    }
    return Request(
        officers, profile.days, first.weekday(), duties, rest=profile.rest, in_a_row=profile.in_a_row, before=before
    )


def _away(line: DutyLine, who: str, day: str) -> bool:
    return any(each.who == who and each.first <= day <= each.last for each in line.away.values())


@dataclass(frozen=True, slots=True)
class Load:
    """What fell to somebody within some time."""

    who: str
    turns: int
    nights: int
    weekends: int
    burden: int
    """In halves."""
    ahead: int
    """By how much he bore more (or, below 0, less) than those who take the same duties, over all rosters."""


def loads(profile: Profile, line: DutyLine, since: str, until: str, who: Collection[str]) -> tuple[Load, ...]:
    """What fell to each between two days (ISO), in the order of the names."""
    borne = deviations(profile, line.rosters, line.turns, line.changes)
    found = []
    for name in sorted(who):
        own = [slot for slot, each in line.turns.items() if each == name and since <= slot[0] <= until]
        late = [slot for slot in own if _through_the_night(profile, slot)]
        ends = [slot for slot in own if day_of(slot[0]).weekday() >= _SATURDAY]
        burden = sum(burden_at(profile, slot) for slot in own)
        found.append(Load(name, len(own), len(late), len(ends), burden, round(borne.get(name, Fraction()))))
    return tuple(found)


_SATURDAY = 5
_DAY = 24 * 60


def _through_the_night(profile: Profile, slot: Slot) -> bool:
    """Whether he is awake over midnight."""
    if slot[1] not in profile.names:
        return False
    duty = profile.duty(slot[1])
    return not duty.on_call and duty.begins + duty.minutes > _DAY

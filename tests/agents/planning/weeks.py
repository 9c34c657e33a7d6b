"""Random weeks, and a validator that knows the rules in its own way."""

from __future__ import annotations

from random import Random

from leconfield.agents.planning.model import (
    DAY,
    Cover,
    Engaged,
    Garment,
    Known,
    Meeting,
    Place,
    Plan,
    Planned,
    Week,
    Window,
)

HANDLERS = ("rob", "sid", "tess")
COVERS = (
    Cover("plumber", ("outfit", "vehicle")),
    Cover("teacher"),
    Cover("student"),
    Cover("courier", ("outfit", "papers")),
)


def drawn(seed: int, meetings: int = 8) -> Week:
    """A week by chance: some can be kept, some cannot."""
    chance = Random(f"week {seed}")
    places = [Place(f"place {n}", 51.5 + chance.uniform(-0.12, 0.12), chance.uniform(-0.2, 0.2)) for n in range(6)]
    wardrobe = [
        Garment(
            f"{kind} {n}",
            kind,
            frozenset(chance.sample([each.name for each in COVERS], chance.randint(1, 3))),
            frozenset(chance.sample(["oak", "elm", "ash", "barman"], chance.randint(0, 1))),
        )
        for kind, count in (("outfit", 6), ("vehicle", 2), ("papers", 2))
        for n in range(count)
    ]
    wanted = []
    for n in range(meetings):
        day = chance.randrange(7)
        begin = day * DAY + chance.randrange(6, 20) * 60
        agent = chance.choice(["oak", "elm", "ash", "yew"])
        wanted.append(
            Meeting(
                f"M{n}",
                chance.choice(places),
                chance.choice((30, 60, 90)),
                (Window(begin, begin + chance.choice((120, 240, 480))),),
                tuple(chance.sample([each.name for each in COVERS], chance.randint(1, 3))),
                tuple(chance.sample(HANDLERS, chance.randint(1, 2))),
                frozenset({agent, *chance.sample(["barman", "warden"], chance.randint(0, 1))}),
                by_daylight=chance.random() < 0.25,
            )
        )
    known = tuple(
        Known(chance.choice(HANDLERS), chance.choice(COVERS).name, chance.choice(places))
        for _ in range(chance.randint(0, 2))
    )
    engaged = tuple(
        Engaged(chance.choice(HANDLERS), begin, begin + 60)
        for begin in (-chance.randrange(60, 900), 7 * DAY + chance.randrange(0, 900))
    )
    return Week(tuple(wanted), COVERS, tuple(wardrobe), known, engaged=engaged)


def faults(week: Week, plan: Plan) -> list[str]:
    """Everything that a plan does not keep to."""
    meetings = {each.id: each for each in week.meetings}
    found = [fault for each in plan.meetings for fault in _alone(week, meetings[each.meeting], each)]
    if sorted(each.meeting for each in plan.meetings) != sorted(meetings):
        found.append("not every meeting is planned once")
    ordered = sorted(plan.meetings, key=lambda each: each.start)
    for at, first in enumerate(ordered):
        for second in ordered[at + 1 :]:
            found += _pair(week, meetings[first.meeting], meetings[second.meeting], first, second)
    return found


def _alone(week: Week, meeting: Meeting, planned: Planned) -> list[str]:
    end = planned.start + meeting.minutes
    cover = next(each for each in week.covers if each.name == planned.cover)
    worn = [each for each in week.wardrobe if each.id in planned.garments]
    day = planned.start // DAY
    checks = {
        "hours": any(each.begin <= planned.start and end <= each.end for each in meeting.windows),
        "handler": planned.handler in meeting.handlers,
        "cover": planned.cover in meeting.covers,
        "kinds": sorted(each.kind for each in worn) == sorted(cover.needs),
        "fits": all(cover.name in each.covers for each in worn),
        "seen": not any(each.seen_by & meeting.eyes for each in worn),
        "rest from other weeks": all(
            planned.start >= each.end + week.rules.rest if each.end <= 0 else end + week.rules.rest <= each.begin
            for each in week.engaged
            if each.handler == planned.handler
        ),
        "light": not meeting.by_daylight
        or (day * DAY + week.rules.sunrise <= planned.start and end <= day * DAY + week.rules.sunset),
        "known": not any(
            each.handler == planned.handler
            and each.cover != planned.cover
            and each.place.km_to(meeting.place) <= week.rules.near_km
            for each in week.known
        ),
    }
    return [f"{meeting.id}: {name}" for name, kept in checks.items() if not kept]


def _pair(week: Week, one: Meeting, other: Meeting, first: Planned, second: Planned) -> list[str]:
    rules, shared = week.rules, set(first.garments) & set(second.garments)
    gap = second.start - first.start - one.minutes
    way = rules.way(one.place, other.place)
    outfits = {each.id for each in week.wardrobe if each.kind == "outfit"}
    checks = {
        "garment in two places": not shared or gap >= way,
        "seen twice": not shared or not one.eyes & other.eyes,
    }
    if first.handler == second.handler:
        changes = first.cover != second.cover or set(first.garments) & outfits != set(second.garments) & outfits
        same_day = first.start // DAY == second.start // DAY
        near = one.place.km_to(other.place) <= rules.near_km
        checks |= {
            "way": gap >= way + (rules.changing if changes else 0),
            "two people in one place": first.cover == second.cover or not near,
            "rest": same_day or gap >= rules.rest,
            "long day": not same_day or second.start + other.minutes - first.start <= rules.span,
        }
    return [f"{one.id}, {other.id}: {name}" for name, kept in checks.items() if not kept]

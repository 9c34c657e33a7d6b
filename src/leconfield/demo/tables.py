"""The case's tables, drawn from a seed: call records and vehicle sightings.

What is planted (who rings whom on Thursdays, which van passes which camera) is data in the case's `patterns.toml`;
around it lie ordinary lives, so that a habit has to be found among habits. The same seed gives the same rows.

Columns of `calls`: time (local, ISO 8601, to the second), caller, callee (as in the reports), seconds.
Columns of `sightings`: time (likewise), plate, place, latitude and longitude (degrees, WGS 84), camera.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from leconfield.errors import BadInputError

PATTERNS: Final = "patterns.toml"
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOURS: Final = (1, 1, 1, 1, 1, 2, 6, 12, 16, 16, 14, 14, 16, 14, 12, 12, 14, 20, 24, 22, 18, 12, 6, 2)
"""How much of a day's calling falls in each hour."""
_PLATE_LETTERS: Final = "ABCDEFGHJKLMNOPRSTUVWXY"
_UNISSUED: Final = "JTU"
"""First letters that no British registration of the present format begins with."""


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """One row of the call records."""

    time: str
    caller: str
    callee: str
    seconds: int


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """One row of the vehicle sightings."""

    time: str
    plate: str
    place: str
    latitude: float
    longitude: float
    camera: str


Pattern = Mapping[str, Any]
"""A table of `patterns.toml`; what it may hold is said there."""


def calls(seed: int, case_dir: Path) -> Iterator[Call]:
    """The call records of the case, in time order.

    Raises:
        BadInputError: if `patterns.toml` is missing or plants more rows than it wants.
    """
    patterns = _read(case_dir)["calls"]
    dice = _dice(seed, "calls")
    planted = [Call(_text(each["time"]), each["caller"], each["callee"], each["seconds"]) for each in patterns["once"]]
    for habit in patterns["habit"]:
        shortest, longest = habit["seconds"]
        planted.extend(
            Call(_text(moment), habit["caller"], habit["callee"], dice.randint(shortest, longest))
            for moment in _occasions(habit, dice)
        )
    rows = planted + _ordinary_calls(patterns, _wanted(patterns, len(planted)), dice)
    yield from sorted(rows)


def sightings(seed: int, case_dir: Path) -> Iterator[Sighting]:
    """The vehicle sightings of the case, in time order.

    Raises:
        BadInputError: if `patterns.toml` is missing or plants more rows than it wants.
    """
    patterns = _read(case_dir)["sightings"]
    dice = _dice(seed, "sightings")
    cameras = {each["name"]: each for each in patterns["camera"]}
    planted = [_seen(each["time"], each["plate"], cameras[each["camera"]]) for each in patterns["once"]]
    for journey in patterns["journey"]:
        for moment in _occasions(journey, dice):
            passing = moment
            for name in journey["cameras"]:
                planted.append(_seen(passing, journey["plate"], cameras[name]))
                passing += timedelta(minutes=journey["minutes"], seconds=dice.randint(-240, 240))
    rows = planted + _ordinary_traffic(patterns, _wanted(patterns, len(planted)), dice)
    yield from sorted(rows)


def _read(case_dir: Path) -> Pattern:
    path = case_dir / PATTERNS
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInputError(f"{path} is missing; it says what the case's tables hold") from None
    except tomllib.TOMLDecodeError as fault:
        raise BadInputError(f"{path}: {fault}") from None


def _dice(seed: int, table: str) -> random.Random:
    return random.Random(f"{table} {seed}")  # noqa: S311 - invented rows that must come out the same, not a secret


def _wanted(patterns: Pattern, planted: int) -> int:
    left: int = patterns["rows"] - planted
    if left < 0:
        raise BadInputError(f"{PATTERNS}: {planted} rows are planted and only {patterns['rows']} wanted; raise `rows`")
    return left


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _occasions(habit: Pattern, dice: random.Random) -> Iterator[datetime]:
    day: date = habit["first"]
    while day <= habit["last"]:
        if _WEEKDAYS[day.weekday()] in habit["weekdays"] and dice.random() < habit["chance"]:
            yield _between(day, habit["from"], habit["until"], dice)
        day += timedelta(days=1)


def _between(day: date, start: time, end: time, dice: random.Random) -> datetime:
    first, last = datetime.combine(day, start), datetime.combine(day, end)
    if last <= first:
        last += timedelta(days=1)
    return first + timedelta(seconds=dice.randrange(int((last - first).total_seconds()) + 1))


def _ordinary_moment(first: date, last: date, dice: random.Random) -> datetime:
    day = first + timedelta(days=dice.randrange((last - first).days + 1))
    hour = dice.choices(range(24), weights=_HOURS)[0]
    return datetime.combine(day, time(hour, dice.randrange(60), dice.randrange(60)))


def _ordinary_calls(patterns: Pattern, count: int, dice: random.Random) -> list[Call]:
    """People ring a few people often: each number has its own circle of three to seven.

    The numbers of the case ring their own circles too, four times as much as others, until their last day.
    """
    taken = {each[side] for each in [*patterns["habit"], *patterns["once"]] for side in ("caller", "callee")}
    taken.update(patterns["reserved"])
    free = [number for last in range(1000) if (number := f"07700 900{last:03d}") not in taken]
    strangers = dice.sample(free, patterns["strangers"])
    circles = {number: dice.sample(strangers, dice.randint(3, 7)) for number in strangers}
    end: date = patterns["last"]
    lasts: dict[str, date] = {each["number"]: each["last"] for each in patterns["lively"]}
    circles.update({number: dice.sample(strangers, 3) for number in lasts})
    owners = [*strangers, *(number for number in lasts for _ in range(4))]
    rows = []
    for _ in range(count):
        owner = dice.choice(owners)
        moment = _ordinary_moment(patterns["first"], lasts.get(owner, end), dice)
        rows.append(_ordinary_call(owner, circles[owner], moment, dice))
    return rows


def _ordinary_call(owner: str, circle: Sequence[str], moment: datetime, dice: random.Random) -> Call:
    other = dice.choice([number for number in circle if number != owner])
    caller, callee = (other, owner) if dice.random() < 0.4 else (owner, other)
    return Call(_text(moment), caller, callee, min(3600, 5 + int(dice.expovariate(1 / 140))))


def _seen(moment: datetime, plate: str, camera: Pattern) -> Sighting:
    return Sighting(_text(moment), plate, camera["place"], camera["latitude"], camera["longitude"], camera["name"])


def _ordinary_traffic(patterns: Pattern, count: int, dice: random.Random) -> list[Sighting]:
    """Commuters: each invented plate keeps to two cameras that stand next to each other in the list."""
    kept = {each["plate"] for each in [*patterns["journey"], *patterns["once"]]}
    plates = [plate for plate in (_plate(dice) for _ in range(patterns["strangers"])) if plate not in kept]
    cameras = patterns["camera"]
    haunts = {plate: dice.randrange(len(cameras) - 1) for plate in plates}
    rows = []
    for _ in range(count):
        plate = dice.choice(plates)
        camera = cameras[haunts[plate] + dice.randrange(2)]
        moment = _ordinary_moment(patterns["first"], patterns["last"], dice)
        rows.append(_seen(moment, plate, camera))
    return rows


def _plate(dice: random.Random) -> str:
    letters = "".join(dice.choice(_PLATE_LETTERS) for _ in range(4))
    year = dice.choice([*range(10, 27), *range(60, 76)])
    return f"{dice.choice(_UNISSUED)}{letters[0]}{year} {letters[1:]}"

"""What a week of meetings is planned from: meetings, handlers, covers and the wardrobe; and the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Final

DAY: Final = 24 * 60
"""Minutes."""
_EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where one meets or lives; degrees."""

    name: str
    latitude: float
    longitude: float

    def km_to(self, other: Place) -> float:
        """Kilometres along the great circle (haversine)."""
        south, north = radians(self.latitude), radians(other.latitude)
        turn = radians(other.longitude - self.longitude)
        half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(turn / 2) ** 2
        return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the week, in minutes from its beginning."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting to be planned."""

    id: str
    place: Place
    minutes: int
    windows: tuple[Window, ...]
    """The agent's own hours: it lies wholly within one of them."""
    covers: tuple[str, ...]
    """As whom a handler may come, the best first."""
    handlers: tuple[str, ...]
    """Who may go, the named handler first."""
    eyes: frozenset[str]
    """Who will see him there: the agent, and who is always about."""
    by_daylight: bool = False
    worn: frozenset[str] | None = None
    """What is worn there, where that is decided already: the planner chooses nothing else."""


@dataclass(frozen=True, slots=True)
class Garment:
    """Something of the wardrobe: an outfit, papers or a vehicle."""

    id: str
    kind: str
    covers: frozenset[str]
    """As whom it may be worn, shown or driven."""
    seen_by: frozenset[str] = field(default=frozenset())
    """Eyes before which it was already."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody whom a handler is at a meeting."""

    name: str
    needs: tuple[str, ...] = ("outfit",)
    """Kinds of garments without which it is not believed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A place where a handler is known under a cover."""

    handler: str
    cover: str
    place: Place


@dataclass(frozen=True, slots=True)
class Engaged:
    """A meeting of a handler in the week before or after: he rests between it and this week's."""

    handler: str
    begin: int
    """Minutes from the beginning of this week: below 0 in the week before."""
    end: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a week keeps to."""

    km_per_hour: float = 30.0
    margin: int = 20
    """Minutes besides the way itself: to see whether anybody follows."""
    changing: int = 30
    """Minutes to become somebody else, or to change clothes."""
    rest: int = 11 * 60
    """Minutes between the last meeting of one day and the first of another."""
    span: int = 12 * 60
    """Minutes from the beginning of a day's first meeting to the end of its last."""
    near_km: float = 2.0
    """Within this of a place where one is known as somebody else nobody comes under another cover."""
    sunrise: int = 7 * 60
    sunset: int = 18 * 60

    def way(self, one: Place, other: Place) -> int:
        """Minutes from one place to another, the margin included."""
        return round(one.km_to(other) / self.km_per_hour * 60) + self.margin


@dataclass(frozen=True, slots=True)
class Week:
    """Everything that one plan is made of."""

    meetings: tuple[Meeting, ...]
    covers: tuple[Cover, ...]
    wardrobe: tuple[Garment, ...]
    known: tuple[Known, ...] = ()
    days: int = 7
    rules: Rules = field(default_factory=Rules)
    engaged: tuple[Engaged, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """One meeting as planned."""

    meeting: str
    start: int
    """Minutes from the beginning of the week."""
    handler: str
    cover: str
    garments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A week that keeps to everything."""

    meetings: tuple[Planned, ...]
    """In the order of their time."""
    cost: int
    """What is disliked: strange handlers, second covers, minutes on the way."""
    bound: int
    """No plan costs less than this; equal to `cost` where it is shown to be the best."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Why there is no such week: what cannot hold together, and the nearest change that mends it."""

    reasons: tuple[str, ...]
    meetings: tuple[str, ...]
    nearest: tuple[tuple[str, int], ...] = ()
    """Meetings each of which, moved alone by so many days, makes a week; the nearest first."""

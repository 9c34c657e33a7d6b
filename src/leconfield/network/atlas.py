"""Where and when: places with what happened at them, and events in time, of a whole world."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final, Self

from leconfield.ledger.model import Statement, SubjectId
from leconfield.ledger.vocabulary import EVENT
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition
from leconfield.registry.subjects import Subject

AT: Final = frozenset({"location", "seenAt", "residence", "attended", "met"})
"""Links that lead to a place where something was."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something at a place: an incident, a sighting, somebody's home."""

    subject: SubjectId
    statement: Statement


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with coordinates, and what is tied to it."""

    place: Subject
    latitude: float
    longitude: float
    happenings: tuple[Happening, ...]


class Atlas:
    """The places of a world that can be put on a map (a `Derived`); computed when it is looked at."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._spots: tuple[Spot, ...] | None = None

    @classmethod
    def of(cls, world: World) -> Self:
        """Nothing is computed until it is looked at."""
        world.derived(Partition)
        return cls(world)

    def grow(self, world: World, delta: Delta) -> None:
        """Forget what was computed."""
        self._world = world
        if delta.statements or delta.judgements:
            self._spots = None

    def spots(self) -> tuple[Spot, ...]:
        """Every place with coordinates, by id."""
        if self._spots is None:
            self._spots = tuple(self._located())
        return self._spots

    def _located(self) -> list[Spot]:
        partition = self._world.derived(Partition)
        where: dict[SubjectId, dict[str, str]] = defaultdict(dict)
        tied: dict[SubjectId, list[Happening]] = defaultdict(list)
        places: dict[SubjectId, Subject] = {}
        for statement in self._world.statements.values():
            if statement.prop in ("latitude", "longitude"):
                place = partition.subject_of(statement.subject)
                places[place.id] = place
                where[place.id].setdefault(statement.prop, statement.value)
            elif statement.prop in AT and SubjectId(statement.value) in self._world.by_subject:
                place = partition.subject_of(SubjectId(statement.value))
                tied[place.id].append(Happening(partition.subject_of(statement.subject).id, statement))
        spots = (_spot(places[each], where[each], tied.get(each, [])) for each in sorted(places))
        return [spot for spot in spots if spot is not None]


def _spot(place: Subject, where: dict[str, str], tied: list[Happening]) -> Spot | None:
    try:
        latitude, longitude = float(where["latitude"]), float(where["longitude"])
    except (KeyError, ValueError):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    ordered = sorted(tied, key=lambda each: (each.statement.held.start, each.statement.id))
    return Spot(place, latitude, longitude, tuple(ordered))


def incidents(world: World) -> list[tuple[Subject, tuple[Statement, ...]]]:
    """Every incident with what is said of it, the earliest first; undated ones last."""
    partition = world.derived(Partition)
    found: dict[SubjectId, list[Statement]] = defaultdict(list)
    for statement in world.statements.values():
        if statement.schema == EVENT:
            found[partition.subject_of(statement.subject).id].append(statement)
    listed = [(partition.subject_of(each), tuple(statements)) for each, statements in found.items()]
    return sorted(listed, key=lambda pair: (date_of(pair[1]) or "9999", pair[0].id))


def date_of(statements: tuple[Statement, ...]) -> str:
    """The date of an incident: as stated, else the earliest day on which something of it held; empty if unknown."""
    stated = [each.value for each in statements if each.prop == "date"]
    return min(stated or [each.held.start for each in statements if each.held.start], default="")

"""What the facts weigh. Pure: a typology, a subject's hits and a day in, a score with its reasons out.

A fact's share of its indicator's weight is its trust (grade, assertion) times its decay. Facts of one origin count
once, by the best of them; independent origins add as independent chances do: 1 - (1 - a)(1 - b).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp2, fsum, prod
from typing import Final

from leconfield.desk.typologies.matching import Hit, Reading, hits
from leconfield.desk.typologies.model import DAYS, INCIDENTS, Count, Indicator, Typology
from leconfield.desk.typologies.scorable import Scorable

NEXT_TO_NOTHING: Final = 0.005
"""Bits below which an indicator is left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator adds, and what it is read from."""

    indicator: int
    bits: float
    hits: tuple[Hit, ...]
    """The weightiest first; empty where it weighs because nothing is told."""
    origins: int
    number: int = 0
    """Of an indicator that counts: how many there were within the window."""


@dataclass(frozen=True, slots=True)
class Score:
    """How much a subject looks like a typology."""

    bits: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Assessed:
    """A subject as one typology reads it, before anything is weighed: good for any day."""

    hits: tuple[Hit, ...]
    origins: frozenset[str]
    """The independent origins that speak of the subject."""


def together(read: Iterable[Assessed]) -> Assessed:
    """A subject of several records, each read by itself."""
    each = tuple(read)
    return Assessed(tuple(hit for one in each for hit in one.hits), frozenset().union(*(one.origins for one in each)))


def assess(reading: Reading, scorable: Scorable) -> Assessed:
    """Read a subject by a typology."""
    return Assessed(hits(reading, scorable), scorable.origins)


def score(typology: Typology, scorable: Scorable, day: int) -> Score:
    """What the subject scores on that day (days since the year 1)."""
    return score_of(typology, assess(Reading(typology), scorable), day)


def score_of(typology: Typology, assessed: Assessed, day: int) -> Score:
    """What a subject that has been read scores on that day."""
    grouped: list[list[Hit]] = [[] for _ in typology.indicators]
    for each in assessed.hits:
        grouped[each.indicator].append(each)
    found = (
        part
        for place, indicator in enumerate(typology.indicators)
        if (part := _part(typology, place, indicator, grouped[place], len(assessed.origins), day)) is not None
    )
    parts = tuple(sorted(found, key=lambda each: (-each.bits, each.indicator)))
    return Score(min(fsum(each.bits for each in parts), typology.cap), parts)


def _part(
    typology: Typology, place: int, indicator: Indicator, found: list[Hit], origins: int, day: int
) -> Part | None:
    if not found:
        absent = indicator.absent if indicator.absent_after and origins >= indicator.absent_after else 0.0
        return Part(place, absent, (), 0) if absent else None
    half = typology.half_life(indicator)
    affirmed = [each for each in found if not each.denied]
    denied = [each for each in found if each.denied]
    number, counted = 0, affirmed
    bits = indicator.weight
    if indicator.count is not None:
        number, counted = within(indicator.count, affirmed)
        bits = weight_of(indicator, indicator.count, number)
    strength, told_by = _strength(counted, half, day)
    against, denied_by = _strength(denied, half, day)
    total = bits * strength + indicator.contradicted * against
    if abs(total) < NEXT_TO_NOTHING:
        return None
    weighty = [*counted, *(denied if indicator.contradicted else ())]
    ordered = sorted(weighty, key=lambda each: (-_share(each, half, day), each.fact.statement))
    return Part(place, total, tuple(ordered), len(told_by | (denied_by if indicator.contradicted else set())), number)


def _strength(found: Iterable[Hit], half: float, day: int) -> tuple[float, set[str]]:
    """The share of the weight that the facts earn together, and the origins that they come from."""
    best: dict[str, float] = {}
    for each in found:
        share = _share(each, half, day)
        best[each.fact.origin] = max(best.get(each.fact.origin, 0.0), share)
    return 1.0 - prod(1.0 - each for each in sorted(best.values())), set(best)


def _share(hit: Hit, half: float, day: int) -> float:
    return hit.fact.trust * exp2(-max(day - hit.fact.day, 0) / half)


def weight_of(indicator: Indicator, count: Count, number: int) -> float:
    """The weight of something that happened so many times."""
    if number < count.at_least:
        return 0.0
    whole = indicator.weight + count.more * (number - count.at_least)
    return min(whole, indicator.cap) if indicator.cap else whole


def within(count: Count, found: Sequence[Hit]) -> tuple[int, list[Hit]]:
    """The most that came within one window, and of those windows the latest: how many, and the facts in it."""
    ordered = sorted(found, key=lambda each: (each.fact.day, each.fact.statement))
    best: tuple[int, list[Hit]] = (0, [])
    inside: dict[object, int] = {}
    start = 0
    for end, each in enumerate(ordered):
        thing = _thing(count, each)
        inside[thing] = inside.get(thing, 0) + 1
        while ordered[start].fact.day <= each.fact.day - count.within_days:
            gone = _thing(count, ordered[start])
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            start += 1
        if len(inside) >= best[0]:
            best = (len(inside), ordered[start : end + 1])
    return best


def _thing(count: Count, hit: Hit) -> object:
    if count.of == DAYS:
        return hit.fact.day
    if count.of == INCIDENTS:
        return (hit.fact.type, hit.fact.day)
    return hit.fact.origin

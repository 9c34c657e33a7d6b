"""How far two different terms of one field agree: levels, from close to apart."""

from __future__ import annotations

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.similarity import (
    NUMBER,
    SHAPE,
    SKELETON,
    TAG_WORDS,
    Facts,
    bits_set,
    digits_apart,
    kindred,
    length_of,
    letter,
    within,
)
from leconfield.registry.linkage.terms import APART, CATEGORY, CLOSE, DATE, KINDRED, PARTIAL


@compiled
def date_level(a: int, b: int) -> int:
    """How far two dates agree: a digit or day and month swapped is close; the year alone is in part."""
    apart = digits_apart(a, b)
    year_a, year_b = a // 10000, b // 10000
    day_a, day_b = a % 10000, b % 10000
    if apart <= 1 or (year_a == year_b and day_a // 100 == day_b % 100 and day_a % 100 == day_b // 100):
        return CLOSE
    unsure = day_a in (0, 101) or day_b in (0, 101)
    if year_a == year_b and unsure:
        return PARTIAL
    if apart == 2 or year_a == year_b or day_a == day_b:
        return KINDRED
    return APART


@compiled
def part_level(facts: Facts, a: int, b: int) -> int:
    """How far two different parts of names agree: an edit or a sound, kin, an initial."""
    strange = bits_set(facts[a, SHAPE] >> 8 ^ facts[b, SHAPE] >> 8) > 4 and facts[a, SKELETON] != facts[b, SKELETON]
    if strange and (facts[a, TAG_WORDS] == 0 or facts[b, TAG_WORDS] == 0):
        return APART
    shorter = min(length_of(facts, a), length_of(facts, b))
    if shorter == 1:
        return PARTIAL if letter(facts, a, 0) == letter(facts, b, 0) else APART
    if shorter >= 3 and within(facts, a, b, 2 if shorter >= 7 else 1):
        return CLOSE
    if shorter >= 4 and facts[a, SKELETON] == facts[b, SKELETON]:
        return CLOSE
    return KINDRED if kindred(facts, a, b) else APART


@compiled
def value_level(facts: Facts, kind: int, a: int, b: int) -> int:
    """How far two different values of one field agree."""
    if kind == DATE and facts[a, NUMBER] and facts[b, NUMBER]:
        return date_level(facts[a, NUMBER], facts[b, NUMBER])
    shorter = min(length_of(facts, a), length_of(facts, b))
    if shorter >= 3 and within(facts, a, b, 2 if shorter >= 8 else 1):
        return CLOSE
    if kind != CATEGORY and kindred(facts, a, b):
        return KINDRED
    return APART

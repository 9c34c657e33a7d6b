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
    first_letter,
    kindred,
    length_of,
    letters_apart,
    within,
)
from leconfield.registry.linkage.terms import APART, CATEGORY, CLOSE, DATE, KINDRED, PARTIAL


@compiled
def date_level(facts: Facts, a: int, b: int) -> int:
    """How far two dates agree: a digit or day and month swapped is close; the year alone is in part."""
    apart = letters_apart(facts, a, b)  # dates are written alike, so that they differ in as many letters as digits
    if apart <= 1:
        return CLOSE
    one, other = facts[a, NUMBER], facts[b, NUMBER]
    year_a, year_b = one // 10000, other // 10000
    day_a, day_b = one % 10000, other % 10000
    if year_a == year_b:
        if day_a // 100 == day_b % 100 and day_a % 100 == day_b // 100:
            return CLOSE
        return PARTIAL if day_a in (0, 101) or day_b in (0, 101) else KINDRED
    return KINDRED if apart == 2 or day_a == day_b else APART


@compiled
def strangers(facts: Facts, a: int, b: int) -> bool:
    """Whether two parts of names are apart by their letters and sounds alone, and cannot be kin: most are."""
    unlike = bits_set(facts[a, SHAPE] >> 8 ^ facts[b, SHAPE] >> 8) > 4 and facts[a, SKELETON] != facts[b, SKELETON]
    return bool(unlike and (facts[a, TAG_WORDS] == 0 or facts[b, TAG_WORDS] == 0))


@compiled
def part_level(facts: Facts, a: int, b: int) -> int:
    """How far two different parts of names agree, which are no strangers: an edit or a sound, kin, an initial."""
    shorter = min(length_of(facts, a), length_of(facts, b))
    if shorter == 1:
        return PARTIAL if first_letter(facts, a) == first_letter(facts, b) else APART
    if shorter >= 3 and within(facts, a, b, 2 if shorter >= 7 else 1):
        return CLOSE
    if shorter >= 4 and facts[a, SKELETON] == facts[b, SKELETON]:
        return CLOSE
    return KINDRED if kindred(facts, a, b) else APART


@compiled
def value_level(facts: Facts, kind: int, a: int, b: int) -> int:
    """How far two different values of one field agree."""
    if kind == DATE and facts[a, NUMBER] and facts[b, NUMBER]:
        return date_level(facts, a, b)
    shorter = min(length_of(facts, a), length_of(facts, b))
    if shorter >= 3 and within(facts, a, b, 2 if shorter >= 8 else 1):
        return CLOSE
    if kind != CATEGORY and kindred(facts, a, b):
        return KINDRED
    return APART

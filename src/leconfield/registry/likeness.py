"""How alike two name parts or names are: the one table of weights, for the comparison in words and the compiled one.

Scores go from 0 to 1; bits are evidence, lost against the bits that agreement on the part would be worth.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

SCORES: Final = 10_000
"""Steps of a score: what differs by less is as like."""
SAME_LETTERS: Final = 0.98
CLASS: Final = (0.95, 1.0)
"""Score, and bits lost."""
NICKNAME: Final = (0.9, 2.0)
INITIAL: Final = (0.7, 3.0)
"""Score, and bits that agreement on an initial is worth."""
MISREAD: Final = (0.93, 1.5)
SHORT_FORM: Final = (0.72, 5.0)
LONGER_NAME: Final = (0.64, 8.0)
"""The same if both are names of their own (Paul, Paulson)."""
SAME_CONSONANTS: Final = (0.75, 5.0)
JOINED: Final = (0.95, 0.0)
JOINED_NEARLY: Final = (0.9, 0.5)
BITS_OF_JOINED: Final = 2.0
"""Bits lost by each letter that differs where parts are written together: often that of an article between."""
MOST_JOINED: Final = 4
"""Most letters more or less that parts written together may have."""
LEAST_BITS: Final = 0.5

QUARTER: Final = 4
"""Distances are counted in quarters of a letter."""
SCORE_OF_LETTER: Final = 0.1
BITS_OF_LETTER: Final = 3.5
USUAL_LETTERS: Final = 6
TWO_NAMES: Final = (0.08, 3.0)
"""Score and bits lost if both spellings are names of their own (Maria, Mario), known not to be one."""
SHORTEST_FUZZY: Final = 3
TYPED: Final = 4
"""Fewest letters of a word in which one digit is taken for a slip of the finger."""
SHORTEST_JOINED: Final = 6
MOST_SHORTENED: Final = 6

STRANGE: Final = 2
STRANGE_FAR: Final = 3
"""Letters of a likely reading that nothing on the other side sounds like, from which on two parts are strangers; where
readings are further from what is usual (Chinese, Japanese, Korean) one more."""
FAR_SCRIPTS: Final = ("Han", "Kana", "Hangul")
SURPRISE: Final = 2.2
"""Bits per letter up to which a Latin spelling may stand for a part in another script; 19 true pairs of 20."""
NO_SURPRISE: Final = 0.3
SCORE_OF_SURPRISE: Final = 0.15
BITS_OF_SURPRISE: Final = 2.0

EXTRA: Final = 0.15
"""What each part that only the longer name has takes off a full score."""
ONE_PART_ONLY: Final = 0.6
"""The most that agreement on a single part can score while one side has more of them."""
SWAPPED: Final = (0.97, 2.0)
"""Share of the score that another order leaves, and bits it costs."""
SWAPPED_FATHER: Final = (0.7, 12.0)
"""The same where the order says who is whose father."""
AGAINST: Final = 12.0
"""Bits against, for two parts that contradict each other."""
MISSING: Final = 1.5
"""Bits against, for a part that one side lacks."""

_GROUPS: Final = ("aeiouy", "ckqgx", "szcx", "dt", "bpv", "vfwu", "mn", "jyig")
GROUP: Final = np.zeros(128, np.uint8)
"""By letter: a bit for each of its groups of letters that are written for each other."""
for _place, _letters in enumerate(_GROUPS):
    for _letter in _letters:
        GROUP[ord(_letter)] |= 1 << _place
VOWEL: Final = 1
ALPHABET: Final = range(1, 27)


@lru_cache(maxsize=1 << 16)
def mask_of(letters: str) -> int:
    """Which of the letters a (bit 1) to z (bit 26) occur."""
    mask = 0
    for letter in letters:
        mask |= 1 << ord(letter) - 96 if "a" <= letter <= "z" else 0
    return mask


@lru_cache(maxsize=1 << 16)
def reach_of(mask: int) -> int:
    """Which letters cost no more than a half against these: those that sound like one, vowels and h."""
    reach = _LIGHT
    for letter in ALPHABET:
        reach |= _LIKE[letter] if mask >> letter & 1 else 0
    return reach


def _like(group: int) -> int:
    return mask_of("".join(chr(letter + 96) for letter in ALPHABET if int(GROUP[letter + 96]) & group))


_LIKE: Final = [0, *(_like(int(GROUP[letter + 96])) | 1 << letter for letter in ALPHABET)]
_LIGHT: Final = _like(VOWEL) | mask_of("h")


def strange(one: str, other: str) -> int:
    """How many letters one of two readings has that nothing in the other sounds like; the more of either side."""
    mine, theirs = mask_of(one), mask_of(other)
    return max((mine & ~reach_of(theirs)).bit_count(), (theirs & ~reach_of(mine)).bit_count())


_GROUP_OF: Final = {chr(place): int(group) for place, group in enumerate(GROUP)}
HALF: Final = 2
WHOLE: Final = 4
TURNED: Final = 3
"""Quarters for two neighbouring letters in the other order."""


def nearness(quarters: int, letters: int) -> float:
    """How near two parts are that do not agree, by their distance and the longer one's letters: 0 to 1."""
    return max(0.0, 1.0 - quarters / (HALF * letters))


def most_quarters(letters: int) -> int:
    """The most by which a part of so many letters (the shorter one's) may differ: in quarters."""
    if letters < 4:
        return HALF if letters == SHORTEST_FUZZY else 0
    if letters < 6:
        return 4
    return 6 if letters < 8 else 8 if letters < 11 else 12


def bits_of_distance(quarters: int, letters: int) -> float:
    """Bits lost by a distance between parts of so many letters (the shorter one's): less where more letters agree."""
    return BITS_OF_LETTER * quarters / QUARTER * USUAL_LETTERS / max(letters, USUAL_LETTERS)


def distance(left: str, right: str, most: int) -> int:
    """Letters by which two parts differ, in quarters; `most` + 1 if by more.

    Vowels for vowels, letters of like sound for each other, and h, vowels or doubled letters more or less count half.
    """
    if abs(len(left) - len(right)) * HALF > most:
        return most + 1
    before: list[int] = []
    row = [0]
    for j in range(len(right)):
        row.append(row[j] + _alone(right, j))
    for i, letter in enumerate(left):
        further, before, row = before, row, [row[0] + _alone(left, i)]
        drop = row[0] - before[0]
        for j, other in enumerate(right):
            best = min(before[j] + _instead(letter, other), before[j + 1] + drop, row[j] + _alone(right, j))
            if i and j and letter == right[j - 1] and other == left[i - 1]:
                best = min(best, further[j - 1] + TURNED)
            row.append(best)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def _alone(text: str, place: int) -> int:
    """Quarters for a letter that only one side has."""
    letter = text[place]
    doubled = place > 0 and text[place - 1] == letter
    return HALF if doubled or letter == "h" or _GROUP_OF.get(letter, 0) & VOWEL else WHOLE


def _instead(one: str, other: str) -> int:
    """Quarters for one letter in place of another."""
    if one == other:
        return 0
    return HALF if _GROUP_OF.get(one, 0) & _GROUP_OF.get(other, 0) else WHOLE


_MISREAD: Final = str.maketrans("015l|", "oisii")


@lru_cache(maxsize=1 << 16)
def shape(latin: str) -> str:
    """What print and scanners confuse made one: 0 and o, 1, l and i, 5 and s, rn and m, cl and d, vv and w."""
    return latin.replace("rn", "m").replace("cl", "d").replace("vv", "w").translate(_MISREAD)


NOTHING: Final = 0
AGREES: Final = 1
BY_INITIAL: Final = 2
BY_READING: Final = 3
BY_NICKNAME: Final = 4
BY_SPELLING: Final = 5
BY_LETTERS: Final = 6
TWINS: Final = 7
BY_SOME: Final = 8
"""Ways in which two parts agree: not at all; to the letter or written together; by an initial; by a likely reading of
another script; by nickname; by class; but for some letters; the same though both are names of their own; by a short
form or their consonants."""
WAYS: Final = 9


class Pairing(NamedTuple):
    """How two names were paired part by part: plain numbers, so that it can be compiled."""

    common: float
    """Bits of the parts that agree,"""
    lost: float
    """of these by spelling,"""
    worst: float
    """and by the spelling of one part."""
    against: float
    """Bits of all parts left over."""
    cost: float
    """Bits lost by another order; 0: the order is the same."""
    matched: float
    both: float
    """Parts that contradict each other."""
    missing: float
    """Parts that one side lacks."""
    initials: float
    readings: float
    nicknames: float
    spellings: float
    twins: float
    some: float
    """Parts that agree in each of these ways."""
    first: float
    last: float
    """1 if both names have their first part (their last) left over."""
    lacks_first: float
    lacks_last: float
    """1 if only one of them has."""
    nearest: float
    """How near the nearest two parts are that contradict each other: 0 (strangers) to 1."""
    numbers: float
    """1 if both have a number left over, one half if one has."""
    legal: float
    """1 if they state legal forms of different kinds."""


FEATURES: Final = (
    "any pair",
    "evidence, to 12 bits",
    "evidence, to 40 bits",
    "lost",
    "most lost by a part",
    "contradictions",
    "contradicted",
    "missing",
    "share agreed",
    "share agreed in spite of contradictions",
    "another order",
    "another father",
    "one part of several",
    "one part each",
    "all agree",
    "initials",
    "transliterated",
    "nicknames",
    "classes",
    "two names",
    "short forms",
    "first parts contradict",
    "last parts contradict",
    "first part missing",
    "last part missing",
    "nearest contradiction",
    "another number",
    "a number missing",
    "another legal form",
)
"""What two paired names are judged by, in the order of the weights."""
Features = tuple[float, ...]
PERSON_WEIGHTS: Final = np.array(
    [
        -0.36,
        0.12,
        0.66,
        0.0,
        -0.34,
        -0.12,
        -0.92,
        0.19,
        0.57,
        -0.18,
        -0.59,
        -5.0,
        -0.83,
        0.0,
        1.81,
        0.35,
        -0.23,
        1.08,
        0.29,
        -0.64,
        -0.04,
        0.0,
        -1.02,
        -0.91,
        -0.81,
        1.34,
        -1.49,
        -0.71,
        -0.5,
    ]
)
OTHER_WEIGHTS: Final = np.array(
    [
        -0.21,
        0.84,
        0.31,
        0.0,
        0.0,
        -0.75,
        0.0,
        0.11,
        0.0,
        -0.07,
        0.0,
        -5.0,
        0.0,
        0.35,
        1.72,
        -0.11,
        0.0,
        0.0,
        -0.03,
        0.0,
        0.0,
        -1.17,
        -0.37,
        -0.36,
        -0.36,
        0.52,
        -1.45,
        -0.8,
        -0.87,
    ]
)
"""Fitted by `tools/train_comparison.py`."""
ACRONYM: Final = 0.7
"""Probability that an organisation is meant by the initials of its words."""


def features(pairing: Pairing) -> Features:
    """The features of two paired names; plain numbers, so that it can be compiled."""
    whole = pairing.both + pairing.missing == 0
    single = pairing.matched == 1
    share = (pairing.common - pairing.lost) / max(pairing.common + pairing.against, 1.0)
    return (
        1.0,
        min(pairing.common, 12.0) / 10,
        min(pairing.common, 40.0) / 10,
        pairing.lost / 5,
        pairing.worst / 5,
        1.0 if pairing.both > 0 else 0.0,
        min(pairing.both, 4.0),
        min(pairing.missing, 4.0),
        share,
        share if pairing.both > 0 else 0.0,
        1.0 if pairing.cost > 0 else 0.0,
        1.0 if pairing.cost > SWAPPED[1] else 0.0,
        1.0 if single and not whole else 0.0,
        1.0 if single and whole else 0.0,
        1.0 if whole and pairing.lost == 0 and pairing.initials == 0 else 0.0,
        pairing.initials,
        pairing.readings,
        pairing.nicknames,
        pairing.spellings,
        pairing.twins,
        pairing.some,
        pairing.first,
        pairing.last,
        pairing.lacks_first,
        pairing.lacks_last,
        pairing.nearest,
        1.0 if pairing.numbers == 1 else 0.0,
        1.0 if 0 < pairing.numbers < 1 else 0.0,
        pairing.legal,
    )


def log_odds(found: Features, *, person: bool) -> float:
    """Natural log of the odds that two names with these features are one."""
    weights = PERSON_WEIGHTS if person else OTHER_WEIGHTS
    return float(sum(weight * feature for weight, feature in zip(weights, found, strict=True)))


def logistic(total: float) -> float:
    """The probability of so many natural units of evidence; plain numbers, so that it can be compiled."""
    return 1.0 / (1.0 + math.exp(-min(max(total, -30.0), 30.0)))

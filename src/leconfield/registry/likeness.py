"""How alike two name parts or names are: the one table of weights, for the comparison in words and the compiled one.

Scores go from 0 to 1; bits are evidence, lost against the bits that agreement on the part would be worth.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np

SAME_LETTERS: Final = 0.98
CLASS: Final = (0.95, 1.0)
"""Score, and bits lost."""
NICKNAME: Final = (0.9, 2.0)
INITIAL: Final = (0.7, 3.0)
"""Score, and bits that agreement on an initial is worth."""
MISREAD: Final = (0.93, 1.5)
SHORT_FORM: Final = (0.72, 5.0)
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
SHORTEST_JOINED: Final = 6
MOST_SHORTENED: Final = 6

SURPRISE: Final = 1.7
"""Bits per letter up to which a Latin spelling may stand for a part in another script; nine true pairs of ten."""
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
_GROUP_OF: Final = {chr(place): int(group) for place, group in enumerate(GROUP)}
HALF: Final = 2
WHOLE: Final = 4
TURNED: Final = 3
"""Quarters for two neighbouring letters in the other order."""


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
    "another order",
    "another father",
    "initials",
    "one part of several",
    "one part each",
    "transliterated",
    "all agree",
)
"""What two aligned names are judged by, in the order of the weights."""
Features = tuple[
    float, float, float, float, float, float, float, float, float, float, float, float, float, float, float, float
]
PERSON_WEIGHTS: Final = np.array(
    [-0.95, 0.49, 0.23, -0.53, -1.41, -1.01, -0.09, 0.28, 2.84, -0.3, -4.98, -0.27, -2.68, 0.0, -0.11, 1.05]
)
OTHER_WEIGHTS: Final = np.array(
    [-0.7, 0.41, -0.03, 0.11, -0.44, -1.17, 0.03, 0.29, 2.7, -0.1, -5.0, -0.33, -1.61, -0.02, -0.3, 0.64]
)
"""Fitted by `tools/train_comparison.py`."""
ACRONYM: Final = 0.7
"""Probability that an organisation is meant by the initials of its words."""


def features(
    common: float,
    lost: float,
    worst: float,
    matched: int,
    both: int,
    missing: int,
    against: float,
    cost: float,
    initials: int,
    others: int,
) -> Features:
    """The features of two aligned names; plain numbers, so that it can be compiled.

    `common`: bits of the parts that agree, `lost`: of these, by spelling (`worst`: of one part); `both`: parts that
    contradict each other, `missing`: parts that one side lacks, `against`: bits of all parts left over; `cost`: bits of
    another order; `others`: parts that agree by transliteration only.
    """
    whole = both + missing == 0
    return (
        1.0,
        min(common, 12.0) / 10,
        min(common, 40.0) / 10,
        lost / 5,
        worst / 5,
        1.0 if both else 0.0,
        float(both),
        float(missing),
        (common - lost) / max(common + against, 1.0),
        1.0 if cost > 0 else 0.0,
        1.0 if cost > SWAPPED[1] else 0.0,
        float(initials),
        1.0 if matched == 1 and not whole else 0.0,
        1.0 if matched == 1 and whole else 0.0,
        float(others),
        1.0 if whole and lost == 0 and initials == 0 else 0.0,
    )


def log_odds(found: Features, *, person: bool) -> float:
    """Natural log of the odds that two names with these features are one."""
    weights = PERSON_WEIGHTS if person else OTHER_WEIGHTS
    return float(sum(weight * feature for weight, feature in zip(weights, found, strict=True)))


def logistic(total: float) -> float:
    """The probability of so many natural units of evidence; plain numbers, so that it can be compiled."""
    return 1.0 / (1.0 + math.exp(-min(max(total, -30.0), 30.0)))

"""The comparison of two name parts, compiled: as `leconfield.registry.compare.match_parts`, over encoded parts."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from leconfield.registry import likeness
from leconfield.registry.compiled import compiled
from leconfield.registry.encoding import (
    CLASSES,
    CONSONANTS,
    FIRST,
    FLAGS,
    INITIAL,
    KIN,
    LATIN_FORM,
    LETTERS,
    LISTED,
    MASK,
    MODEL,
    NICKNAMES,
    PLAIN,
    REACH,
    READ,
    READ_REACH,
    READING,
    SCRIPT,
    SHAPE,
    SIZE,
    TEXT,
    UNITS,
    Bytes,
    Ints,
    Longs,
    Parts,
)
from leconfield.registry.transliteration import NO_READING
from leconfield.registry.transliteration.model import LEARNED
from leconfield.registry.transliteration.tables import Readings, put_together, readings_of, surprise_of

ROW: Final = 96
"""Width of the rows that `distance` works in: more than two parts have letters."""
_GROUP: Final = np.array([0, *likeness.GROUP[97:123], *([0] * 10)], np.uint8)
_VOWEL, _HALF, _WHOLE, _TURNED = likeness.VOWEL, likeness.HALF, likeness.WHOLE, likeness.TURNED
_FAR: Final = np.array([*(script in likeness.FAR_SCRIPTS for script in LEARNED), False])
"""By model, and last where there is none."""
_H: Final = 8
_LAST_LETTER: Final = 26
_CLASS, _NICKNAME, _MISREAD = likeness.CLASS, likeness.NICKNAME, likeness.MISREAD
_INITIAL, _SHORT_FORM, _CONSONANTS = likeness.INITIAL, likeness.SHORT_FORM, likeness.SAME_CONSONANTS
_TWO_NAMES: Final = likeness.TWO_NAMES
_LONGER_NAME: Final = likeness.LONGER_NAME
NOTHING, AGREES, BY_INITIAL, BY_READING = likeness.NOTHING, likeness.AGREES, likeness.BY_INITIAL, likeness.BY_READING
_BY_NICKNAME, _BY_SPELLING, _BY_LETTERS = likeness.BY_NICKNAME, likeness.BY_SPELLING, likeness.BY_LETTERS
_TWINS, _BY_SOME = likeness.TWINS, likeness.BY_SOME

most_quarters = compiled(likeness.most_quarters)
_nearness = compiled(likeness.nearness)
_bits_of_distance = compiled(likeness.bits_of_distance)

Readers = Readings


class Similar(NamedTuple):
    """How two parts agree: in which way (NOTHING: they do not), score, bits that agreeing is worth, and bits lost."""

    way: int
    score: float
    common: float
    lost: float


def readers_of(parts: Parts) -> Readers:
    """The models that these parts need."""
    models = parts.head[:-1, MODEL]
    needed = set(models.tolist())
    tables = put_together(tuple(script if number in needed else "" for number, script in enumerate(LEARNED)))
    return readings_of(tables, models.astype(np.int32), parts.units, np.diff(parts.head[:, UNITS]))


@compiled
def _alone(letters: Bytes, place: int) -> int:
    letter = letters[place]
    doubled = place > 0 and letters[place - 1] == letter
    return _HALF if doubled or letter == _H or _GROUP[letter] & _VOWEL != 0 else _WHOLE


@compiled
def _instead(one: int, other: int) -> int:
    if one == other:
        return 0
    return _HALF if _GROUP[one] & _GROUP[other] != 0 else _WHOLE


@compiled
def distance(left: Bytes, right: Bytes, most: int, rows: Longs) -> int:
    """Letters (1 to 26) by which two parts differ, in quarters; as `likeness.distance`."""
    if abs(len(left) - len(right)) * _HALF > most:
        return most + 1
    width = len(right)
    rows[0, 0] = 0
    for j in range(width):
        rows[0, j + 1] = rows[0, j] + _alone(right, j)
    lowest_before = 0
    for i in range(len(left)):
        row, before, further = (i + 1) % 3, i % 3, (i - 1) % 3
        drop = _alone(left, i)
        rows[row, 0] = rows[before, 0] + drop
        lowest = rows[row, 0]
        for j in range(width):
            best = min(rows[before, j] + _instead(left[i], right[j]), rows[before, j + 1] + drop)
            best = min(best, rows[row, j] + _alone(right, j))
            if i > 0 and j > 0 and left[i] == right[j - 1] and right[j] == left[i - 1]:
                best = min(best, rows[further, j - 1] + _TURNED)
            rows[row, j + 1] = best
            lowest = min(lowest, best)
        if lowest > most and lowest_before > most:
            return most + 1
        lowest_before = lowest
    return int(min(rows[len(left) % 3, width], most + 1))


@compiled
def _same_class(parts: Parts, one: int, other: int) -> bool:
    low, low_other = parts.head[one, CLASSES], parts.head[other, CLASSES]
    while low < parts.head[one + 1, CLASSES] and low_other < parts.head[other + 1, CLASSES]:
        mine, theirs = parts.classes[low], parts.classes[low_other]
        if mine == theirs:
            return True
        low += mine < theirs
        low_other += theirs < mine
    return False


@compiled
def _is_nickname(parts: Parts, one: int, other: int) -> bool:
    for place in range(parts.head[one, NICKNAMES], parts.head[one + 1, NICKNAMES]):
        if parts.nicknames[place] == parts.head[other, LATIN_FORM]:
            return True
    return False


@compiled
def letters_of(parts: Parts, part: int) -> Bytes:
    """The letters and digits of a part, as numbers; empty if it has other signs."""
    return parts.letters[parts.head[part, LETTERS] : parts.head[part + 1, LETTERS]]


@compiled
def reading_of(parts: Parts, part: int) -> Bytes:
    """The letters of a likely Latin spelling of a part; its own where there is none."""
    if parts.head[part + 1, READING] > parts.head[part, READING]:
        return parts.reading[parts.head[part, READING] : parts.head[part + 1, READING]]
    return letters_of(parts, part) if parts.head[part, FLAGS] & PLAIN else parts.reading[:0]


@compiled
def _surprise(parts: Parts, readers: Readers, one: int, other: int) -> float:
    """Bits per letter by which parts in two scripts surprise each other, the better way round."""
    best = NO_READING
    for turn in range(2):
        part, seen = (one, other) if turn == 0 else (other, one)
        if parts.head[part, MODEL] >= 0:
            first, last = parts.head[part, UNITS], parts.head[part + 1, UNITS]
            best = min(best, surprise_of(readers, first, last, reading_of(parts, seen)))
    return best


@compiled
def nearness(parts: Parts, one: int, other: int, rows: Longs) -> float:
    """How near two parts are that contradict each other: 0 to 1."""
    mine, theirs = reading_of(parts, one), reading_of(parts, other)
    if len(mine) == 0 or len(theirs) == 0:
        return 0.0
    longer = max(len(mine), len(theirs))
    return _nearness(distance(mine, theirs, likeness.HALF * longer, rows), longer)


@compiled
def _misread_number(parts: Parts, one: int, other: int) -> bool:
    enough = min(parts.head[one, SIZE], parts.head[other, SIZE]) >= likeness.SHORTEST_FUZZY
    return bool(enough and (parts.head[one, FLAGS] | parts.head[other, FLAGS]) & PLAIN != 0)


@compiled
def _mistyped(parts: Parts, one: int, other: int) -> bool:
    """Whether one side is a word in letters and the other has a single digit among its letters, but not at the end."""
    if parts.head[other, FLAGS] & PLAIN:
        one, other = other, one
    letters = letters_of(parts, other)
    if not parts.head[one, FLAGS] & PLAIN or min(parts.head[one, SIZE], len(letters)) < likeness.TYPED:
        return False
    digits = 0
    for letter in letters:
        digits += letter > _LAST_LETTER
    return bool(digits == 1 and letters[-1] <= _LAST_LETTER)


@compiled
def _count(mask: int) -> int:
    """How many of the lowest 32 bits are set."""
    mask = mask - ((mask >> 1) & 0x55555555)
    mask = (mask & 0x33333333) + ((mask >> 2) & 0x33333333)
    return (((mask + (mask >> 4)) & 0x0F0F0F0F) * 0x01010101 & 0xFFFFFFFF) >> 24


@compiled
def letters_apart(one: int, other: int) -> int:
    """How many letters at least one mask has that the other has not: no fewer differ."""
    return max(_count(one & ~other), _count(other & ~one))


@compiled
def least_apart(head: Ints, one: int, other: int) -> int:
    """Quarters by which two parts differ at least, by the letters that only one of them has.

    Such a letter costs a half if it sounds like one of the other side or may be left out, and else a whole one.
    """
    mine = head[one, MASK] & ~head[other, MASK]
    theirs = head[other, MASK] & ~head[one, MASK]
    cost = _count(mine) + _count(mine & ~head[other, REACH])
    return _HALF * max(cost, _count(theirs) + _count(theirs & ~head[one, REACH]))


@compiled
def _too_far(head: Ints, one: int, other: int, most: int) -> bool:
    """Whether the letters that only one side has are already more than `most` quarters apart."""
    if abs(head[one, SIZE] - head[other, SIZE]) * _HALF > most:
        return True
    return least_apart(head, one, other) > most


@compiled
def _strange(head: Ints, one: int, other: int) -> bool:
    """Whether likely readings of two parts are too far from each other to be looked at; see `likeness.strange`."""
    mine = _count(head[one, READ] & ~head[other, READ_REACH])
    theirs = _count(head[other, READ] & ~head[one, READ_REACH])
    far = _FAR[head[one, MODEL]] or _FAR[head[other, MODEL]]
    return max(mine, theirs) >= (likeness.STRANGE_FAR if far else likeness.STRANGE)


@compiled
def hopeless(head: Ints, one: int, other: int) -> bool:
    """Whether two parts surely do not agree, by the rows of `head` alone: what most pairs of strangers are."""
    if head[one, KIN] & head[other, KIN]:
        return False
    if head[one, SCRIPT] != head[other, SCRIPT] and not _strange(head, one, other):
        return False
    if head[one, TEXT] == head[other, TEXT] or head[one, LATIN_FORM] == head[other, LATIN_FORM]:
        return False
    if head[one, SHAPE] == head[other, SHAPE]:
        return False
    if (head[one, FLAGS] | head[other, FLAGS]) & INITIAL:
        return bool(head[one, FIRST] != head[other, FIRST])
    if head[one, CONSONANTS] == head[other, CONSONANTS] and head[one, CONSONANTS] != 0:
        return False
    shorter = min(head[one, SIZE], head[other, SIZE])
    only_shorter = head[one, MASK] & ~head[other, MASK]
    if head[one, SIZE] != shorter:
        only_shorter = head[other, MASK] & ~head[one, MASK]
    if only_shorter == 0 and head[one, FIRST] == head[other, FIRST]:
        return False
    return _too_far(head, one, other, most_quarters(shorter))


@compiled
def starts_with(longer: Bytes, shorter: Bytes) -> bool:
    """Whether the longer one begins with the letters of the shorter one."""
    same = 0
    while same < len(shorter) and longer[same] == shorter[same]:
        same += 1
    return same == len(shorter)


@compiled
def _some(parts: Parts, one: int, other: int) -> tuple[int, float, float]:
    """Way, score and bits lost if the second part goes on where the first ends, or both have the same consonants."""
    short = parts.head[other, SIZE] - parts.head[one, SIZE] <= likeness.MOST_SHORTENED
    if short and starts_with(letters_of(parts, other), letters_of(parts, one)):
        if parts.head[one, FLAGS] & parts.head[other, FLAGS] & LISTED:
            return _TWINS, _LONGER_NAME[0], _LONGER_NAME[1]
        return _BY_SOME, _SHORT_FORM[0], _SHORT_FORM[1]
    if parts.head[one, CONSONANTS] == parts.head[other, CONSONANTS] and parts.head[one, CONSONANTS] != 0:
        return _BY_SOME, _CONSONANTS[0], _CONSONANTS[1]
    return NOTHING, 0.0, 0.0


@compiled
def _nearly(parts: Parts, one: int, other: int, rows: Longs) -> tuple[int, float, float]:
    """Way, score and bits lost for two spellings that are near; NOTHING if they are further."""
    same_shape = parts.head[one, SHAPE] == parts.head[other, SHAPE]
    if not (parts.head[one, FLAGS] & parts.head[other, FLAGS] & PLAIN):
        if same_shape and _misread_number(parts, one, other):
            return _BY_LETTERS, _MISREAD[0], _MISREAD[1]
        if not _mistyped(parts, one, other):
            return NOTHING, 0.0, 0.0
    if parts.head[one, SIZE] > parts.head[other, SIZE]:
        one, other = other, one
    size = parts.head[one, SIZE]
    if size < likeness.SHORTEST_FUZZY:
        return NOTHING, 0.0, 0.0
    if same_shape:
        return _BY_LETTERS, _MISREAD[0], _MISREAD[1]
    most = most_quarters(size)
    mine, theirs = letters_of(parts, one), letters_of(parts, other)
    if not _too_far(parts.head, one, other, most):
        quarters = distance(mine, theirs, most, rows)
        if quarters <= most:
            listed = parts.head[one, FLAGS] & parts.head[other, FLAGS] & LISTED
            score = likeness.SAME_LETTERS - likeness.SCORE_OF_LETTER * quarters / likeness.QUARTER
            lost = _bits_of_distance(quarters, size)
            if listed:
                return _TWINS, score - _TWO_NAMES[0], lost + _TWO_NAMES[1]
            return _BY_LETTERS, score, lost
    return _some(parts, one, other)


@compiled
def similar(parts: Parts, readers: Readers, one: int, other: int, rows: Longs) -> Similar:
    """How two parts agree; as `compare.match_parts`."""
    found = alike(parts, one, other, rows)
    if parts.head[one, SCRIPT] == parts.head[other, SCRIPT] or NOTHING < found.way < _BY_LETTERS:
        return found
    if (parts.head[one, FLAGS] | parts.head[other, FLAGS]) & INITIAL or _strange(parts.head, one, other):
        return found
    far = _surprise(parts, readers, one, other)
    if far > likeness.SURPRISE:
        return found
    score = _CLASS[0] - likeness.SCORE_OF_SURPRISE * max(0.0, far - likeness.NO_SURPRISE)
    return Similar(BY_READING, score, found.common, 1.0 + likeness.BITS_OF_SURPRISE * far)


@compiled
def alike(parts: Parts, one: int, other: int, rows: Longs) -> Similar:
    """How two parts agree in one script or by the static tables, without the models."""
    common = min(parts.bits[one], parts.bits[other])
    if parts.head[one, TEXT] == parts.head[other, TEXT]:
        return Similar(AGREES, 1.0, common, 0.0)
    if parts.head[one, LATIN_FORM] == parts.head[other, LATIN_FORM] and parts.head[one, LATIN_FORM] != 0:
        return Similar(AGREES, likeness.SAME_LETTERS, common, 0.0)
    if parts.head[one, KIN] & parts.head[other, KIN]:
        if _same_class(parts, one, other):
            return Similar(_BY_SPELLING, _CLASS[0], common, _CLASS[1])
        if _is_nickname(parts, one, other):
            return Similar(_BY_NICKNAME, _NICKNAME[0], common, _NICKNAME[1])
    if (parts.head[one, FLAGS] | parts.head[other, FLAGS]) & INITIAL:
        same = parts.head[one, FIRST] == parts.head[other, FIRST]
        return Similar(BY_INITIAL, _INITIAL[0], 0.0, 0.0) if same else Similar(NOTHING, 0.0, 0.0, 0.0)
    way, score, lost = _nearly(parts, one, other, rows)
    return Similar(way, score, common, lost)

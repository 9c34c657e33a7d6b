"""The comparison of names, compiled: parts paired, scored and weighed exactly as `leconfield.registry.compare` does.

Works on the arrays of `leconfield.registry.encoding` (`Parts`, `Names`). For callers that search:

- `similar(parts, readers, one, other, rows)` compares two parts by number (`scratch().rows`);
- `align(parts, readers, left, right, father, weights, scratch)` compares two names, given as arrays of part numbers of
  the same `Parts`, and returns an `Aligned`; `father`: whether either says whose child it is; `weights`:
  `likeness.PERSON_WEIGHTS` or `OTHER_WEIGHTS`;
- `align_many(...)` does so for many pairs of names by number.

`readers_of(parts)` and `scratch()` make the arguments that never change. No Python objects are touched and no lock is
held; each thread needs a scratch of its own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from leconfield.registry import likeness
from leconfield.registry.compiled import compiled
from leconfield.registry.encoding import FLAGS, MASK, PLAIN, SIZE, Bytes, Floats, Ints, Longs, Names, Parts
from leconfield.registry.names import MOST_PARTS
from leconfield.registry.similar import (
    AGREES,
    BY_INITIAL,
    BY_READING,
    NOTHING,
    ROW,
    Readers,
    distance,
    hopeless,
    letters_apart,
    letters_of,
    most_quarters,
    readers_of,
    similar,
)

__all__ = ["Aligned", "Scratch", "align", "align_many", "readers_of", "scratch", "similar"]

_JOINED, _JOINED_NEARLY = likeness.JOINED, likeness.JOINED_NEARLY
_SWAPPED, _SWAPPED_FATHER = likeness.SWAPPED, likeness.SWAPPED_FATHER
_features = compiled(likeness.features)
_logistic = compiled(likeness.logistic)
_FREE = -1
_JOINED_ON = -2
"""The second of two parts that are written together on the other side."""


class Aligned(NamedTuple):
    """How two names agree: score (0 to 1), bits against chance, probability that they are one."""

    score: float
    bits: float
    probability: float


class Scratch(NamedTuple):
    """Room to work in. Pairs of parts by place: how they agree; and what became of each part of either side."""

    rows: Longs
    joined: Bytes
    way: Longs
    score: Floats
    common: Floats
    lost: Floats
    left: Longs
    right: Longs


def scratch() -> Scratch:
    """Room for one thread."""
    square = (MOST_PARTS, MOST_PARTS)
    places = (np.zeros(MOST_PARTS, np.int64), np.zeros(MOST_PARTS, np.int64))
    floats = (np.zeros(square), np.zeros(square), np.zeros(square))
    return Scratch(np.zeros((3, ROW), np.int64), np.zeros(ROW, np.uint8), np.zeros(square, np.int64), *floats, *places)


@compiled
def _could_join(head: Longs, first: int, second: int, whole: int, exactly: bool) -> bool:
    """Whether the sizes and letters of two parts and the whole one let them be the same."""
    more = head[first, SIZE] + head[second, SIZE] - head[whole, SIZE]
    if exactly:
        return bool(more == 0 and (head[first, MASK] | head[second, MASK]) == head[whole, MASK])
    if abs(more) > likeness.MOST_JOINED:
        return False
    most = most_quarters(min(head[first, SIZE] + head[second, SIZE], head[whole, SIZE]))
    return letters_apart(head[first, MASK] | head[second, MASK], head[whole, MASK]) * likeness.HALF <= most


@compiled
def _join(parts: Parts, first: int, second: int, whole: int, exactly: bool, room: Scratch) -> tuple[float, float]:
    """Score and bits lost if two parts together are the whole one, to the letter or nearly; score 0 if not."""
    one, other, letters = letters_of(parts, first), letters_of(parts, second), letters_of(parts, whole)
    if len(one) == 0 or len(other) == 0 or len(letters) == 0:
        return 0.0, 0.0
    size = len(one) + len(other)
    room.joined[: len(one)] = one
    room.joined[len(one) : size] = other
    joined = room.joined[:size]
    if size == len(letters) and distance(joined, letters, 0, room.rows) == 0:
        return _JOINED
    plain = parts.head[first, FLAGS] & parts.head[second, FLAGS] & parts.head[whole, FLAGS] & PLAIN
    if exactly or not plain or min(size, len(letters)) < likeness.SHORTEST_JOINED:
        return 0.0, 0.0
    most = most_quarters(min(size, len(letters)))
    apart = distance(joined, letters, most, room.rows)
    if apart > most:
        return 0.0, 0.0
    return _JOINED_NEARLY[0], _JOINED_NEARLY[1] + likeness.BITS_OF_JOINED * apart / likeness.QUARTER


@compiled
def _joins(parts: Parts, left: Ints, right: Ints, exactly: bool, turned: bool, room: Scratch) -> None:
    """Pair neighbouring parts of the left side with one part of the right; `turned`: of the right with the left."""
    apart, whole = (right, left) if turned else (left, right)
    of_apart, of_whole = (room.right, room.left) if turned else (room.left, room.right)
    for first in range(len(apart) - 1):
        for place in range(len(whole)):
            if of_apart[first] != _FREE or of_apart[first + 1] != _FREE or of_whole[place] != _FREE:
                continue
            if not _could_join(parts.head, apart[first], apart[first + 1], whole[place], exactly):
                continue
            score, lost = _join(parts, apart[first], apart[first + 1], whole[place], exactly, room)
            if score > 0:
                of_apart[first], of_apart[first + 1], of_whole[place] = place, _JOINED_ON, first
                i, j = (place, first) if turned else (first, place)
                room.way[i, j] = AGREES
                room.score[i, j], room.lost[i, j], room.common[i, j] = score, lost, parts.bits[whole[place]]


@compiled
def _pair(parts: Parts, readers: Readers, left: Ints, right: Ints, room: Scratch) -> None:
    """Pair the parts that are free, the likest first."""
    for i in range(len(left)):
        for j in range(len(right)):
            if room.left[i] != _FREE or room.right[j] != _FREE:
                continue
            if hopeless(parts.head, left[i], right[j]):
                room.way[i, j] = NOTHING
            else:
                found = similar(parts, readers, left[i], right[j], room.rows)
                room.way[i, j], room.score[i, j] = found.way, found.score
                room.common[i, j], room.lost[i, j] = found.common, found.lost
    for _ in range(min(len(left), len(right))):
        best, apart, at, to = 0.0, 0, -1, -1
        for i in range(len(left)):
            for j in range(len(right)):
                if room.left[i] != _FREE or room.right[j] != _FREE or room.way[i, j] == NOTHING:
                    continue
                score = np.round(room.score[i, j], 4)
                if score > best or (score == best and abs(i - j) < apart):
                    best, apart, at, to = score, abs(i - j), i, j
        if at < 0:
            break
        room.left[at], room.right[to] = to, at


@compiled
def align(
    parts: Parts, readers: Readers, left: Ints, right: Ints, father: bool, weights: Floats, room: Scratch
) -> Aligned:
    """The best pairing of the parts of two names, and what follows; as `compare.compare_names`."""
    room.left[: len(left)] = _FREE
    room.right[: len(right)] = _FREE
    if len(left) != len(right):
        _joins(parts, left, right, True, False, room)
        _joins(parts, left, right, True, True, room)
    _pair(parts, readers, left, right, room)
    _joins(parts, left, right, False, False, room)
    _joins(parts, left, right, False, True, room)
    return _weigh(parts, left, right, father, weights, room)


@compiled
def _weigh(parts: Parts, left: Ints, right: Ints, father: bool, weights: Floats, room: Scratch) -> Aligned:
    """What the pairing in the scratch is worth."""
    matched, initials, others, before, swapped = 0, 0, 0, -1, False
    score, bits, common, lost, worst, against = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    only_left, only_right = 0, 0
    for i in range(len(left)):
        j = room.left[i]
        if j == _FREE:
            only_left += 1
            against += parts.bits[left[i]]
        elif j >= 0:
            matched += 1
            swapped = swapped or j < before
            before = j
            score += room.score[i, j]
            if room.way[i, j] == BY_INITIAL:
                initials += 1
                bits += likeness.INITIAL[1]
            else:
                common += room.common[i, j]
                lost += room.lost[i, j]
                worst = max(worst, room.lost[i, j])
                bits += max(room.common[i, j] - room.lost[i, j], likeness.LEAST_BITS)
                others += room.way[i, j] == BY_READING
    for j in range(len(right)):
        if room.right[j] == _FREE:
            only_right += 1
            against += parts.bits[right[j]]
    if matched == 0:
        return Aligned(0.0, 0.0, 0.0)
    share, cost = 1.0, 0.0
    if swapped:
        share, cost = _SWAPPED_FATHER if father else _SWAPPED
    both = min(only_left, only_right)
    missing = max(only_left, only_right) - both
    score /= matched + both + likeness.EXTRA * missing
    if matched == 1 and both + missing:
        score = min(score, likeness.ONE_PART_ONLY)
    bits -= likeness.AGAINST * both + likeness.MISSING * missing + cost
    found = _features(common, lost, worst, matched, both, missing, against, cost, initials, others)
    odds = 0.0
    for place in range(len(weights)):
        odds += weights[place] * found[place]
    return Aligned(score * share, bits, _logistic(odds))


@compiled
def align_many(
    parts: Parts,
    readers: Readers,
    names: Names,
    left: Longs,
    right: Longs,
    acronyms: bool,
    weights: Floats,
    room: Scratch,
    out: Floats,
) -> None:
    """Fill `out` (pairs x 3: score, bits, probability) for pairs of names by number."""
    for pair in range(len(left)):
        one, other = left[pair], right[pair]
        found = align(
            parts,
            readers,
            names.parts[names.start[one] : names.start[one + 1]],
            names.parts[names.start[other] : names.start[other + 1]],
            names.patronymic[one] + names.patronymic[other] > 0,
            weights,
            room,
        )
        out[pair, 0], out[pair, 1], out[pair, 2] = found.score, found.bits, found.probability
        if acronyms:
            mine, theirs = names.acronym[one], names.acronym[other]
            known = mine != 0 and mine == names.initials[other]
            if known or (theirs != 0 and theirs == names.initials[one]):
                out[pair, 2] = max(out[pair, 2], likeness.ACRONYM)

"""The comparison of names, compiled: parts paired, scored and weighed exactly as `leconfield.registry.compare` does.

Works on the arrays of `leconfield.registry.encoding` (`Parts`, `Names`). For callers that search:

- `similar(parts, readers, one, other, rows)` compares two parts by number (`scratch().rows`);
- `align(parts, readers, left, right, father, legal, weights, scratch)` compares two names, given as arrays of part
  numbers of the same `Parts`, and returns an `Aligned`; `father`: whether either says whose child it is; `legal`:
  whether they state legal forms of different kinds; `weights`: `likeness.PERSON_WEIGHTS` or `OTHER_WEIGHTS`;
- `align_many(...)` does so for many pairs of names by number.

`readers_of(parts)` and `scratch()` make the arguments that never change. No Python objects are touched and no lock is
held; each thread needs a scratch of its own.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from leconfield.registry import likeness
from leconfield.registry.compiled import compiled
from leconfield.registry.encoding import (
    COUNTS,
    FLAGS,
    MASK,
    PLAIN,
    SCRIPT,
    SIZE,
    Bytes,
    Floats,
    Ints,
    Longs,
    Names,
    Parts,
)
from leconfield.registry.names import MOST_PARTS
from leconfield.registry.similar import (
    AGREES,
    BY_INITIAL,
    BY_READING,
    NOTHING,
    ROW,
    Readers,
    alike,
    distance,
    hopeless,
    letters_apart,
    letters_of,
    most_quarters,
    nearness,
    readers_of,
    similar,
    starts_with,
)

__all__ = ["Aligned", "Scratch", "align", "align_many", "readers_of", "scratch", "similar"]

_JOINED, _JOINED_NEARLY = likeness.JOINED, likeness.JOINED_NEARLY
_SWAPPED, _SWAPPED_FATHER = likeness.SWAPPED, likeness.SWAPPED_FATHER
_features = compiled(likeness.features)
_logistic = compiled(likeness.logistic)
_FREE = -1
_JOINED_ON = -2
"""The second of two parts that are written together on the other side."""
_SCORE, _BITS, _COMMON, _LOST, _WORST, _COST, _MATCHED, _WAYS = range(8)
_SUMS: Final = _WAYS + likeness.WAYS
"""What is summed up over the pairs, and after it how many agree in each way."""
_EXACT, _STEPS = 2, 4
"""Parts are written together exactly, either way round; then pairs are made; then parts are so nearly."""
_BY_NICKNAME, _BY_SPELLING, _TWINS, _BY_SOME = (
    likeness.BY_NICKNAME,
    likeness.BY_SPELLING,
    likeness.TWINS,
    likeness.BY_SOME,
)


class Aligned(NamedTuple):
    """How two names agree: score (0 to 1), bits against chance, probability that they are one."""

    score: float
    bits: float
    probability: float


class Scratch(NamedTuple):
    """Room to work in. Pairs of parts by place: how they agree; what became of each part of either side; sums."""

    rows: Longs
    joined: Bytes
    way: Longs
    score: Floats
    common: Floats
    lost: Floats
    left: Longs
    right: Longs
    sums: Floats


def scratch() -> Scratch:
    """Room for one thread."""
    square = (MOST_PARTS, MOST_PARTS)
    places = (np.zeros(MOST_PARTS, np.int64), np.zeros(MOST_PARTS, np.int64))
    floats = (np.zeros(square), np.zeros(square), np.zeros(square))
    return Scratch(
        np.zeros((3, ROW), np.int64),
        np.zeros(ROW, np.uint8),
        np.zeros(square, np.int64),
        *floats,
        *places,
        np.zeros(_SUMS),
    )


@compiled
def _could_join(head: Ints, first: int, second: int, whole: int, exactly: bool) -> bool:
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
    for place in range(size):
        room.joined[place] = one[place] if place < len(one) else other[place - len(one)]
    joined = room.joined[:size]
    if size == len(letters) and starts_with(joined, letters):
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
    some = False
    for i in range(len(left)):
        for j in range(len(right)):
            if room.left[i] != _FREE or room.right[j] != _FREE:
                continue
            room.way[i, j] = NOTHING
            if hopeless(parts.head, left[i], right[j]):
                continue
            if parts.head[left[i], SCRIPT] == parts.head[right[j], SCRIPT]:
                found = alike(parts, left[i], right[j], room.rows)
            else:
                found = similar(parts, readers, left[i], right[j], room.rows)
            room.way[i, j], room.score[i, j] = found.way, found.score
            room.common[i, j], room.lost[i, j] = found.common, found.lost
            some = some or found.way != NOTHING
    for _ in range(min(len(left), len(right)) if some else 0):
        best, apart, at, to = 0, 0, -1, -1
        for i in range(len(left)):
            for j in range(len(right)):
                if room.left[i] != _FREE or room.right[j] != _FREE or room.way[i, j] == NOTHING:
                    continue
                score = int(room.score[i, j] * likeness.SCORES + 0.5)
                if score > best or (score == best and abs(i - j) < apart):
                    best, apart, at, to = score, abs(i - j), i, j
        if at < 0:
            break
        room.left[at], room.right[to] = to, at


@compiled
def align(
    parts: Parts, readers: Readers, left: Ints, right: Ints, father: bool, legal: bool, weights: Floats, room: Scratch
) -> Aligned:
    """The best pairing of the parts of two names, and what follows; as `compare.compare_names`."""
    room.left[: len(left)] = _FREE
    room.right[: len(right)] = _FREE
    for step in range(0 if len(left) != len(right) else _EXACT, _STEPS):
        if step == _EXACT:
            _pair(parts, readers, left, right, room)
        _joins(parts, left, right, step < _EXACT, step % 2 == 1, room)
    return _weigh(parts, left, right, father, legal, weights, room)


@compiled
def _agreed(left: Ints, father: bool, room: Scratch) -> bool:
    """Gather in the scratch what the pairs are worth; whether any parts agree."""
    room.sums[:] = 0.0
    before, swapped = -1, False
    for i in range(len(left)):
        j = room.left[i]
        if j < 0:
            continue
        swapped = swapped or j < before
        before = j
        way = room.way[i, j]
        room.sums[_MATCHED] += 1
        room.sums[_SCORE] += room.score[i, j]
        room.sums[_WAYS + way] += 1
        if way == BY_INITIAL:
            room.sums[_BITS] += likeness.INITIAL[1]
        else:
            room.sums[_COMMON] += room.common[i, j]
            room.sums[_LOST] += room.lost[i, j]
            room.sums[_WORST] = max(room.sums[_WORST], room.lost[i, j])
            room.sums[_BITS] += max(room.common[i, j] - room.lost[i, j], likeness.LEAST_BITS)
    if swapped:
        room.sums[_COST] = _SWAPPED_FATHER[1] if father else _SWAPPED[1]
    return bool(room.sums[_MATCHED] > 0)


@compiled
def _nearest(parts: Parts, left: Ints, right: Ints, room: Scratch) -> float:
    """How near the nearest two parts are that are left over on both sides."""
    best = 0.0
    for i in range(len(left)):
        if room.left[i] == _FREE:
            for j in range(len(right)):
                if room.right[j] == _FREE:
                    best = max(best, nearness(parts, left[i], right[j], room.rows))
    return best


@compiled
def _left_over(parts: Parts, side: Ints, places: Longs) -> tuple[int, float, int]:
    """How many parts of a side have no partner, their bits, and how many of them are numbers."""
    count, bits, numbers = 0, 0.0, 0
    for place in range(len(side)):
        if places[place] == _FREE:
            count += 1
            bits += parts.bits[side[place]]
            numbers += 1 if parts.head[side[place], FLAGS] & COUNTS else 0
    return count, bits, numbers


@compiled
def _one(flag: bool) -> float:
    return 1.0 if flag else 0.0


@compiled
def _weigh(parts: Parts, left: Ints, right: Ints, father: bool, legal: bool, weights: Floats, room: Scratch) -> Aligned:
    """What the pairing in the scratch is worth."""
    if not _agreed(left, father, room):
        return Aligned(0.0, 0.0, 0.0)
    only_left, bits_left, numbers = _left_over(parts, left, room.left)
    only_right, bits_right, other_numbers = _left_over(parts, right, room.right)
    both = min(only_left, only_right)
    missing = max(only_left, only_right) - both
    first, other_first = room.left[0] == _FREE, room.right[0] == _FREE
    last, other_last = room.left[len(left) - 1] == _FREE, room.right[len(right) - 1] == _FREE
    sums = room.sums
    found = _features(
        likeness.Pairing(
            sums[_COMMON],
            sums[_LOST],
            sums[_WORST],
            bits_left + bits_right,
            sums[_COST],
            sums[_MATCHED],
            float(both),
            float(missing),
            sums[_WAYS + BY_INITIAL],
            sums[_WAYS + BY_READING],
            sums[_WAYS + _BY_NICKNAME],
            sums[_WAYS + _BY_SPELLING],
            sums[_WAYS + _TWINS],
            sums[_WAYS + _BY_SOME],
            _one(first and other_first),
            _one(last and other_last),
            _one(first != other_first),
            _one(last != other_last),
            _nearest(parts, left, right, room) if both else 0.0,
            (_one(numbers > 0) + _one(other_numbers > 0)) / 2,
            _one(legal),
        )
    )
    odds = 0.0
    for place in range(len(weights)):
        odds += weights[place] * found[place]
    return Aligned(_score(both, missing, father, sums), sums[_BITS] - _against(both, missing, sums), _logistic(odds))


@compiled
def _against(both: int, missing: int, sums: Floats) -> float:
    """Bits against."""
    return float(likeness.AGAINST * both + likeness.MISSING * missing + sums[_COST])


@compiled
def _score(both: int, missing: int, father: bool, sums: Floats) -> float:
    """The score of the pairing, as `compare` has it."""
    share = 1.0
    if sums[_COST] > 0:
        share = _SWAPPED_FATHER[0] if father else _SWAPPED[0]
    score = sums[_SCORE] / (sums[_MATCHED] + both + likeness.EXTRA * missing)
    if sums[_MATCHED] == 1 and both + missing:
        score = min(score, likeness.ONE_PART_ONLY)
    return float(score * share)


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
            names.legal[one] != 0 and names.legal[other] != 0 and names.legal[one] & names.legal[other] == 0,
            weights,
            room,
        )
        out[pair, 0], out[pair, 1], out[pair, 2] = found.score, found.bits, found.probability
        if acronyms:
            mine, theirs = names.acronym[one], names.acronym[other]
            known = mine != 0 and mine == names.initials[other]
            if known or (theirs != 0 and theirs == names.initials[one]):
                out[pair, 2] = max(out[pair, 2], likeness.ACRONYM)

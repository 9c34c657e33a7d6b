"""The names that share most with a name that is asked for, compiled: posting lists merged window by window.

A name's score is the sum, over the parts that are asked for, of the most that any of its parts is worth. The result is
exact: lists are left unread only where no name that they alone lead to could be among the best.
"""

from __future__ import annotations

from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.segment import Floats, Numbers, Offsets
from leconfield.registry.nameindex.weigh import INITIAL_BITS

_WINDOW_BITS: Final = 15
_WINDOW: Final = 1 << _WINDOW_BITS
_NEVER: Final = 1 << 31
_SEARCHED_FROM: Final = 8
"""Postings for each name touched from which looking the names up is cheaper than reading on."""


class Window(NamedTuple):
    """Room for the names of one window: their scores, for which part last (-1 between questions), those touched."""

    score: Floats
    seen: NDArray[np.int8]
    touched: Numbers

    @classmethod
    def empty(cls) -> Self:
        """No name is touched yet."""
        return cls(
            np.zeros(_WINDOW, dtype=np.float32), np.full(_WINDOW, -1, dtype=np.int8), np.empty(_WINDOW, dtype=np.int32)
        )


@compiled
def worse(score: float, name: int, other_score: float, other_name: int) -> bool:
    """Whether one hit is behind another: names are numbered in order of preference."""
    return score < other_score or (score == other_score and name > other_name)


@compiled
def _sink(names: Numbers, scores: Floats, count: int, place: int) -> None:
    """Let a hit sink in the heap whose top is the worst."""
    while True:
        child = 2 * place + 1
        if child >= count:
            return
        if child + 1 < count and worse(scores[child + 1], names[child + 1], scores[child], names[child]):
            child += 1
        if not worse(scores[child], names[child], scores[place], names[place]):
            return
        names[child], names[place] = names[place], names[child]
        scores[child], scores[place] = scores[place], scores[child]
        place = child


@compiled
def _rise(names: Numbers, scores: Floats, place: int) -> None:
    while place > 0:
        parent = (place - 1) // 2
        if not worse(scores[place], names[place], scores[parent], names[parent]):
            return
        names[parent], names[place] = names[place], names[parent]
        scores[parent], scores[place] = scores[place], scores[parent]
        place = parent


@compiled
def _first_from(post: Numbers, low: int, high: int, name: int) -> int:
    """The first place in a list from which no name is before that one."""
    while low < high:
        middle = (low + high) // 2
        if post[middle] < name:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _read(
    post: Numbers,
    place: int,
    last: int,
    begin: int,
    weight: float,
    group: int,
    essential: bool,
    score: Floats,
    seen: NDArray[np.int8],
    touched: Numbers,
    found: int,
) -> tuple[int, int, int]:
    """Add a list's weight to the names of a window; names not touched before only if it is essential.

    Returns where the list goes on, how many names are touched now, and how many postings were read.
    """
    end = begin + _WINDOW
    if not essential:
        stop = _first_from(post, place, last, end)
        if stop - place > _SEARCHED_FROM * found:
            _look_up(post, place, stop, begin, weight, group, score, seen, touched[:found])
            return stop, found, found
    begun = place
    while place < last and post[place] < end:
        here = post[place] - begin
        place += 1
        if seen[here] == group:
            continue
        if seen[here] < 0:
            if not essential:
                continue
            touched[found] = here
            found += 1
            score[here] = weight
        else:
            score[here] += weight
        seen[here] = group
    return place, found, place - begun


@compiled
def _look_up(
    post: Numbers,
    place: int,
    stop: int,
    begin: int,
    weight: float,
    group: int,
    score: Floats,
    seen: NDArray[np.int8],
    touched: Numbers,
) -> None:
    """Add a list's weight to those of the touched names that it holds."""
    for here in touched:
        at = _first_from(post, place, stop, begin + here)
        if at < stop and post[at] == begin + here and seen[here] != group:
            score[here] += weight
            seen[here] = group


@compiled
def best_names(
    list_at: Numbers,
    list_part: Numbers,
    list_weight: Floats,
    initials: NDArray[np.uint32],
    post_at: Offsets,
    post: Numbers,
    name_initials: NDArray[np.uint32],
    window: Window,
    out_name: Numbers,
    out_score: Floats,
    work: Offsets,
) -> int:
    """Write the names that share most, best first, as many as there is room for; returns how many.

    Lists stand group by group (`list_at`), one group for each part that is asked for, the heaviest list of a group
    first; groups with fewest postings should come first. Adds to `work[0]` the postings read.
    """
    groups, lists = len(list_at) - 1, len(list_part)
    cursor, last = np.empty(lists, dtype=np.int64), np.empty(lists, dtype=np.int64)
    upcoming = np.full(lists, _NEVER, dtype=np.int64)
    for each in range(lists):
        cursor[each], last[each] = post_at[list_part[each]], post_at[list_part[each] + 1]
        if cursor[each] < last[each]:
            upcoming[each] = post[cursor[each]]
    bonus = np.float32(INITIAL_BITS) * np.float32(len(initials))
    rest = np.empty(groups + 1, dtype=np.float32)
    rest[groups] = bonus
    for group in range(groups - 1, -1, -1):
        best = list_weight[list_at[group]] if list_at[group] < list_at[group + 1] else np.float32(0.0)
        rest[group] = rest[group + 1] + best
    score, seen, touched = window
    count = 0
    while lists:
        first = int(np.min(upcoming))
        if first == _NEVER:
            break
        begin = (first >> _WINDOW_BITS) << _WINDOW_BITS
        found = 0
        for group in range(groups):
            for each in range(list_at[group], list_at[group + 1]):
                if upcoming[each] >= begin + _WINDOW:
                    continue
                essential = count < len(out_name) or list_weight[each] + rest[group + 1] > out_score[0]
                cursor[each], found, read = _read(
                    post, cursor[each], last[each], begin, list_weight[each], group, essential, score, seen, touched,
                    found,
                )  # fmt: skip
                work[0] += read
                upcoming[each] = post[cursor[each]] if cursor[each] < last[each] else _NEVER
        count = _keep_best(touched, found, begin, score, seen, initials, name_initials, out_name, out_score, count)
    _sort(out_name, out_score, count)
    return count


@compiled
def _keep_best(
    touched: Numbers,
    found: int,
    begin: int,
    score: Floats,
    seen: NDArray[np.int8],
    initials: NDArray[np.uint32],
    name_initials: NDArray[np.uint32],
    out_name: Numbers,
    out_score: Floats,
    count: int,
) -> int:
    """Take the best names of a window up among the best of all."""
    bonus = np.float32(INITIAL_BITS) * np.float32(len(initials))
    for one in range(found):
        here = touched[one]
        seen[here] = -1
        total = score[here]
        name = begin + here
        if count == len(out_name) and total + bonus < out_score[0]:
            continue
        for each in range(len(initials)):
            if name_initials[name] & initials[each]:
                total += np.float32(INITIAL_BITS)
        if count < len(out_name):
            out_name[count], out_score[count] = name, total
            _rise(out_name, out_score, count)
            count += 1
        elif worse(out_score[0], out_name[0], total, name):
            out_name[0], out_score[0] = name, total
            _sink(out_name, out_score, count, 0)
    return count


@compiled
def _sort(names: Numbers, scores: Floats, count: int) -> None:
    """Order the heap, best first."""
    for end in range(count - 1, 0, -1):
        names[0], names[end] = names[end], names[0]
        scores[0], scores[end] = scores[end], scores[0]
        _sink(names, scores, end, 0)

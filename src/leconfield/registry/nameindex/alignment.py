"""Names against the name that is asked for, part by part, compiled: each part is used once, what is left over costs."""

from __future__ import annotations

from typing import Final

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.expand import part_distance
from leconfield.registry.nameindex.gather import PATRONYMIC
from leconfield.registry.nameindex.knowledge import PLAIN
from leconfield.registry.nameindex.likeness import LONGEST
from leconfield.registry.nameindex.segment import Bytes, Floats, Numbers, Offsets
from leconfield.registry.nameindex.weigh import INITIAL_BITS, LEAST_BITS, TOGETHER, rarity_of
from leconfield.registry.names import MOST_PARTS

CONTRADICTION: Final = 3.0
"""Bits that two parts cost that contradict each other,"""
FURTHER: Final = 1.0
"""and each further two: names that have one part exchanged often have more."""
UNUSUAL: Final = 0.02
"""The share that is lost of what agreement on parts would have been worth that are left over."""
EXTRA: Final = 0.8
"""Bits that a part costs which only one name has."""
OTHER_ORDER: Final = 0.4
WHOSE_CHILD: Final = 12.0
"""Another order where the order says who is whose father: bits."""
_SHORTEST_APART: Final = 6
"""Letters of a part that may be two parts of the other name."""
_MOST_APART: Final = 14.0


@compiled
def _place(part: Numbers, begin: int, end: int, wanted: int) -> int:
    """Where a part stands in a sorted list; -1 if it does not."""
    low, high = begin, end
    while low < high:
        middle = (low + high) // 2
        if part[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < end and part[low] == wanted else -1


@compiled
def _apart(
    ask_text: Bytes,
    begin: int,
    end: int,
    form_text: Bytes,
    form_at: Offsets,
    one: int,
    other: int,
    both: Bytes,
    room: Floats,
) -> float:
    """Bits between a part that is asked for and two neighbours of a name written together; negative if too many."""
    first, second = form_at[one + 1] - form_at[one], form_at[other + 1] - form_at[other]
    length = first + second
    if length > LONGEST or abs(length - (end - begin)) > 1:
        return -1.0
    for step in range(first):
        both[step] = form_text[form_at[one] + step]
    for step in range(second):
        both[first + step] = form_text[form_at[other] + step]
    return part_distance(ask_text, begin, end, both, 0, length, False, room)


@compiled
def _fill(
    value: Floats,
    parts: Numbers,
    own: int,
    at: Numbers,
    part: Numbers,
    weight: Floats,
    initials: Numbers,
    form_text: Bytes,
    form_at: Offsets,
    first_form: Numbers,
) -> None:
    """Write what each part that is asked for is worth with each part of a name."""
    for i in range(len(at) - 1):
        for j in range(len(parts)):
            place = _place(part, at[i], at[i + 1], parts[j])
            value[i, j] = weight[place] if place >= 0 else 0.0
            if i < own and initials[i] >= 0:
                begin, end = form_at[first_form[parts[j]]], form_at[first_form[parts[j]] + 1]
                if begin < end and form_text[begin] == initials[i] + ord("a"):
                    value[i, j] = max(value[i, j], INITIAL_BITS)


@compiled
def _fill_apart(
    value: Floats,
    parts: Numbers,
    own: int,
    asked_bits: Floats,
    ask_text: Bytes,
    ask_form: Numbers,
    ask_plain: Bytes,
    form_text: Bytes,
    form_at: Offsets,
    first_form: Numbers,
    form_kind: Bytes,
    both: Bytes,
    room: Floats,
) -> None:
    """Write what each part that is asked for is worth with each two neighbours of a name, as if written together."""
    for i in range(own):
        begin, end = ask_form[2 * i], ask_form[2 * i + 1]
        value[i, MOST_PARTS : MOST_PARTS + len(parts)] = 0.0
        if not ask_plain[i] or end - begin < _SHORTEST_APART or np.max(value[i, : len(parts)]) > asked_bits[i] / 2:
            continue
        for j in range(len(parts) - 1):
            former, latter = first_form[parts[j]], first_form[parts[j + 1]]
            if not form_kind[former] & form_kind[latter] & PLAIN:
                continue
            found = _apart(ask_text, begin, end, form_text, form_at, former, latter, both, room)
            if found >= 0.0:
                value[i, MOST_PARTS + j] = max(LEAST_BITS, min(asked_bits[i], _MOST_APART) - found - TOGETHER)


@compiled
def _left_over(
    left_used: Bytes,
    right_used: Bytes,
    asked_bits: Floats,
    initials: Numbers,
    parts: Numbers,
    part_rows: Numbers,
    part_bits: Floats,
    population: float,
) -> float:
    """Bits that the parts cost which have no partner."""
    left, right, missing = 0, 0, 0.0
    for i in range(len(left_used)):
        if not left_used[i]:
            left += 1
            missing += INITIAL_BITS if initials[i] >= 0 else asked_bits[i]
    for j in range(len(right_used)):
        if not right_used[j]:
            right += 1
            missing += rarity_of(part_rows[parts[j]], population, part_bits[parts[j]])
    apart = min(left, right)
    cost = CONTRADICTION + FURTHER * (apart - 1) if apart else 0.0
    return cost + EXTRA * abs(left - right) + UNUSUAL * missing


@compiled
def _is_turned(partner: Offsets) -> bool:
    """Whether the parts stand in another order."""
    before = -1
    for place in partner:
        if 0 <= place < before:
            return True
        before = max(before, place)
    return False


@compiled
def align_names(
    names: Numbers,
    name_at: Numbers,
    name_part: Numbers,
    name_flags: Bytes,
    part_rows: Numbers,
    part_bits: Floats,
    population: float,
    own: int,
    at: Numbers,
    part: Numbers,
    weight: Floats,
    asked_bits: Floats,
    initials: Numbers,
    ask_text: Bytes,
    ask_form: Numbers,
    ask_plain: Bytes,
    flags: int,
    form_text: Bytes,
    form_at: Offsets,
    first_form: Numbers,
    form_kind: Bytes,
    out: Floats,
) -> None:
    """Bits for each name being the one asked for.

    `at`, `part`, `weight` are what each part that is asked for (`own` of them, then joined neighbours) agrees with, in
    order of the parts; `part_rows` says how many of `population` rows bear each indexed part, `part_bits` how rare the
    shipped tables say it is; `ask_form` where the first spelling of each part begins and ends.
    """
    value = np.zeros((2 * MOST_PARTS, 2 * MOST_PARTS), dtype=np.float32)
    left_used, right_used = np.zeros(MOST_PARTS, dtype=np.uint8), np.zeros(MOST_PARTS, dtype=np.uint8)
    partner = np.empty(MOST_PARTS, dtype=np.int64)
    both, room = np.empty(LONGEST, dtype=np.uint8), np.empty((4, LONGEST + 1), dtype=np.float32)
    for one in range(len(names)):
        parts = name_part[name_at[names[one]] : name_at[names[one] + 1]]
        width = len(parts)
        _fill(value, parts, own, at, part, weight, initials, form_text, form_at, first_form)
        _fill_apart(
            value, parts, own, asked_bits, ask_text, ask_form, ask_plain, form_text, form_at, first_form, form_kind,
            both, room,
        )  # fmt: skip
        left_used[:own], right_used[:width], partner[:own] = 0, 0, -1
        total = _matched(value, own, len(at) - 1, width, left_used, right_used, partner)
        total -= _left_over(
            left_used[:own], right_used[:width], asked_bits, initials, parts, part_rows, part_bits, population
        )
        if _is_turned(partner[:own]):
            total -= WHOSE_CHILD if (flags | name_flags[names[one]]) & PATRONYMIC else OTHER_ORDER
        out[one] = total


@compiled
def _matched(
    value: Floats, own: int, rows: int, width: int, left_used: Bytes, right_used: Bytes, partner: Offsets
) -> float:
    """Take the most valuable pairs, one after another; returns what they are worth together."""
    most = MOST_PARTS
    total = 0.0
    while True:
        best, left, right = 0.0, -1, -1
        for i in range(rows):
            for j in range(width):
                if value[i, j] > best and not right_used[j]:
                    first = i if i < own else i - own
                    if not left_used[first] and (i < own or not left_used[first + 1]):
                        best, left, right = value[i, j], i, j
        for i in range(own):
            for j in range(width - 1):
                if value[i, most + j] > best and not (left_used[i] or right_used[j] or right_used[j + 1]):
                    best, left, right = value[i, most + j], i, most + j
        if left < 0:
            return total
        total += best
        first = left if left < own else left - own
        left_used[first], partner[first] = 1, right if right < most else right - most
        if left >= own:
            left_used[first + 1] = 1
        if right >= most:
            right_used[right - most], right_used[right - most + 1] = 1, 1
        else:
            right_used[right] = 1

"""Names against the name that is asked for, part by part, compiled: each part is used once, and what is left over costs."""

from __future__ import annotations

from typing import Final

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.expand import part_distance
from leconfield.registry.nameindex.gather import PATRONYMIC
from leconfield.registry.nameindex.knowledge import PLAIN
from leconfield.registry.nameindex.likeness import LONGEST
from leconfield.registry.nameindex.segment import Bytes, Floats, Numbers, Offsets
from leconfield.registry.nameindex.weigh import INITIAL_BITS, TOGETHER
from leconfield.registry.names import MOST_PARTS

CONTRADICTION: Final = 5.0
"""Bits that two parts cost that contradict each other,"""
UNUSUAL: Final = 0.1
"""and this share of what agreement on them would have been worth."""
EXTRA: Final = 1.0
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
def align_names(
    names: Numbers,
    name_at: Numbers,
    name_part: Numbers,
    name_flags: Bytes,
    part_bits: Floats,
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
    order of the parts; `part_bits` how rare each part of each name is, name by name; `ask_form` where the first spelling
    of each part begins and ends.
    """
    most = MOST_PARTS
    value = np.zeros((2 * most, 2 * most), dtype=np.float32)
    left_used, right_used = np.zeros(most, dtype=np.uint8), np.zeros(most, dtype=np.uint8)
    partner = np.empty(most, dtype=np.int64)
    both, room = np.empty(LONGEST, dtype=np.uint8), np.empty((4, LONGEST + 1), dtype=np.float32)
    flat = 0
    for one in range(len(names)):
        begin, end = name_at[names[one]], name_at[names[one] + 1]
        width = end - begin
        for i in range(len(at) - 1):
            for j in range(width):
                place = _place(part, at[i], at[i + 1], name_part[begin + j])
                value[i, j] = weight[place] if place >= 0 else 0.0
                form = first_form[name_part[begin + j]]
                if i < own and initials[i] >= 0 and form_at[form] < form_at[form + 1]:
                    if form_text[form_at[form]] == initials[i] + 97:
                        value[i, j] = max(value[i, j], INITIAL_BITS)
        for i in range(own):
            length = ask_form[2 * i + 1] - ask_form[2 * i]
            for j in range(width - 1):
                value[i, most + j] = 0.0
                if length < _SHORTEST_APART or not ask_plain[i]:
                    continue
                former, latter = first_form[name_part[begin + j]], first_form[name_part[begin + j + 1]]
                if form_kind[former] & form_kind[latter] & PLAIN == 0:
                    continue
                found = _apart(
                    ask_text, ask_form[2 * i], ask_form[2 * i + 1], form_text, form_at, former, latter, both, room
                )
                if found >= 0.0:
                    value[i, most + j] = max(0.3, min(asked_bits[i], _MOST_APART) - found - TOGETHER)
        left_used[:own], right_used[:width], partner[:own] = 0, 0, -1
        total = _matched(value, own, len(at) - 1, width, left_used, right_used, partner)
        left, right, missing = 0, 0, 0.0
        for i in range(own):
            if not left_used[i]:
                left += 1
                missing += INITIAL_BITS if initials[i] >= 0 else asked_bits[i]
        for j in range(width):
            if not right_used[j]:
                right += 1
                missing += part_bits[flat + j]
        flat += width
        total -= CONTRADICTION * min(left, right) + EXTRA * abs(left - right) + UNUSUAL * missing
        before, turned = -1, False
        for i in range(own):
            if partner[i] >= 0:
                turned = turned or partner[i] < before
                before = partner[i]
        if turned:
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

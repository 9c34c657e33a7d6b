"""The fuzzy step, compiled: which indexed parts are like a part that is asked for, and how far from it.

It is done once per part, however many names bear it. What is found depends on the two spellings alone.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.keys import (
    CLASS,
    NOWHERE,
    SHORTEST_FUZZY,
    WHOLE,
    hashed,
    hashed_number,
    is_plain,
    keys_of,
)
from leconfield.registry.nameindex.likeness import LONGEST, slips
from leconfield.registry.nameindex.segment import Bytes, Floats, Hashes, Numbers, Offsets

MOST_FOUND: Final = 4096
"""Indexed parts like one that is asked for that are kept in a segment."""
MOST_LOOKED_AT: Final = 3000
"""Spellings under one key that are looked at: a key that more share tells nothing."""
SAME: Final = 0.0
SAME_LETTERS: Final = 0.3
FIRST_LETTER: Final = 100.0
"""The distance of an initial: it says that only the first letter agrees."""
_SCRIPT: Final = 1.0
_EQUIVALENT: Final = 1.0
_A_SLIP: Final = 2.6
_ANY_SLIP: Final = 0.6
_SHORT: Final = 1.6
_ROOM: Final = 4096 * 2


@compiled
def part_distance(
    ask_text: Bytes,
    ask_from: int,
    ask_to: int,
    form_text: Bytes,
    form_from: int,
    form_to: int,
    loose: bool,
    room: Floats,
) -> float:
    """Bits that two plain spellings are apart; negative if they are too far to be taken for one part."""
    shorter = min(ask_to - ask_from, form_to - form_from)
    longer = max(ask_to - ask_from, form_to - form_from)
    most = max(1.0, 0.30 * shorter)
    if loose:
        most = max(1.0, 0.36 * shorter)
    if longer - shorter > 2.0 * most + 2:
        return -1.0
    found = slips(ask_text, ask_from, ask_to, form_text, form_from, form_to, most, loose, room)
    if found > most + 0.001:
        return -1.0
    if found == 0.0:
        return SAME_LETTERS
    return _ANY_SLIP + _A_SLIP * found + (_SHORT * found if shorter <= 4 else 0.0)


@compiled
def _begin_of(key: Hashes, key_at: Offsets, wanted: np.uint64) -> int:
    """Where the entries of a key begin; they may be none."""
    bits = 0
    while (1 << bits) < len(key_at) - 1:
        bits += 1
    bucket = wanted >> np.uint64(64 - bits)
    low, high = key_at[bucket], key_at[bucket + np.uint64(1)]
    while low < high:
        middle = (low + high) // 2
        if key[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _keep(part: int, distance: float, slots: Numbers, parts: Numbers, distances: Floats, count: int) -> int:
    """Note a part at a distance, or a smaller distance of one noted before; returns how many there are."""
    slot = (part * 40503) & (len(slots) - 1)
    while slots[slot] >= 0:
        if parts[slots[slot]] == part:
            distances[slots[slot]] = min(distances[slots[slot]], distance)
            return count
        slot = (slot + 1) & (len(slots) - 1)
    if count == MOST_FOUND:
        return count
    slots[slot], parts[count], distances[count] = count, part, distance
    return count + 1


@compiled
def like_parts(
    part_text: Bytes,
    part_at: Numbers,
    initials: Numbers,
    ask_text: Bytes,
    ask_at: Numbers,
    ask_part: Numbers,
    ask_cost: Floats,
    ask_loose: Bytes,
    classes: Numbers,
    class_part: Numbers,
    part_hash: Hashes,
    form_text: Bytes,
    form_at: Offsets,
    form_part: Numbers,
    form_cost: Floats,
    form_plain: Bytes,
    first_form: Numbers,
    key: Hashes,
    key_form: Numbers,
    key_at: Offsets,
    out_part: Numbers,
    out_distance: Floats,
    out_at: Numbers,
) -> None:
    """Indexed parts like each part that is asked for, with their distances in bits, into lists that `out_at` parts.

    Arguments from `part_text` are of `asking.Asked`, from `part_hash` of `segment.Parts`; the lists have room for
    `MOST_FOUND` for each part that is asked for.
    """
    slots = np.full(_ROOM, -1, dtype=np.int32)
    keys = np.empty(LONGEST + 4, dtype=np.uint64)
    sounds = np.empty(LONGEST + 2, dtype=np.uint8)
    room = np.empty((3, LONGEST + 1), dtype=np.float32)
    form, number = 0, 0
    out_at[0] = 0
    for asked in range(len(part_at) - 1):
        parts, distances = out_part[out_at[asked] :], out_distance[out_at[asked] :]
        count = 0
        own = hashed(part_text, part_at[asked], part_at[asked + 1], NOWHERE, WHOLE)
        place = np.searchsorted(part_hash, own)
        if place < len(part_hash) and part_hash[place] == own:
            count = _keep(place, SAME, slots, parts, distances, count)
        is_initial = asked < len(initials) and initials[asked] >= 0
        begun = False
        while form < len(ask_part) and ask_part[form] == asked:
            begin, end = ask_at[form], ask_at[form + 1]
            nickname = ask_cost[form] < 0.0
            plain = is_plain(ask_text, begin, end)
            most = 0 if is_initial else keys_of(ask_text, begin, end, plain and not nickname, sounds, keys)
            for one in range(most):
                at = _begin_of(key, key_at, keys[one])
                last = min(len(key), at + MOST_LOOKED_AT)
                while at < last and key[at] == keys[one]:
                    other = key_form[at]
                    at += 1
                    found = form_cost[other] + abs(ask_cost[form])
                    if one > 0:
                        loose = ask_loose[form] != 0 or part_is_foreign(first_form, form_part[other], form_cost, other)
                        apart = part_distance(
                            ask_text, begin, end, form_text, form_at[other], form_at[other + 1], loose, room
                        )
                        if apart < 0.0:
                            continue
                        found += apart
                    elif not nickname:
                        found += SAME_LETTERS
                    count = _keep(form_part[other], found, slots, parts, distances, count)
            if not begun and not is_initial and plain and asked < len(initials):
                begun = True
                count = _with_initial(ask_text[begin], key, key_form, key_at, form_part, slots, parts, distances, count)
            form += 1
        while number < len(class_part) and class_part[number] == asked:
            wanted = hashed_number(classes[number], CLASS)
            at = _begin_of(key, key_at, wanted)
            while at < len(key) and key[at] == wanted:
                count = _keep(form_part[key_form[at]], _EQUIVALENT, slots, parts, distances, count)
                at += 1
            number += 1
        for each in range(count):
            _forget(parts[each], slots)
        out_at[asked + 1] = out_at[asked] + count


@compiled
def part_is_foreign(first_form: Numbers, part: int, form_cost: Floats, form: int) -> bool:
    """Whether a spelling is one of several, or other than likeliest: its part is in another script."""
    return form_cost[form] > 0.0 or first_form[part + 1] - first_form[part] > 1


@compiled
def _with_initial(
    letter: int,
    key: Hashes,
    key_form: Numbers,
    key_at: Offsets,
    form_part: Numbers,
    slots: Numbers,
    parts: Numbers,
    distances: Floats,
    count: int,
) -> int:
    """Note the part that is a whole one's initial."""
    one = np.empty(1, dtype=np.uint8)
    one[0] = letter
    wanted = hashed(one, 0, 1, NOWHERE, WHOLE)
    at = _begin_of(key, key_at, wanted)
    while at < len(key) and key[at] == wanted:
        count = _keep(form_part[key_form[at]], FIRST_LETTER, slots, parts, distances, count)
        at += 1
    return count


@compiled
def _forget(part: int, slots: Numbers) -> None:
    """Empty the run of slots in which a part was noted."""
    slot = (part * 40503) & (len(slots) - 1)
    while slots[slot] >= 0:
        slots[slot] = -1
        slot = (slot + 1) & (len(slots) - 1)

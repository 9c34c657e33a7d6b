"""The fuzzy step, compiled: which indexed parts are like a part that is asked for, and how far from it.

It is done once per part, however many names bear it. What is found depends on the two spellings alone.
"""

from __future__ import annotations

from typing import Final, NamedTuple, Self

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.keys import (
    BEGINNING,
    CLASS,
    NOWHERE,
    SHORTEST_BEGINNING,
    SHORTEST_FUZZY,
    WHOLE,
    hashed,
    hashed_number,
    is_plain,
    keys_of,
)
from leconfield.registry.nameindex.knowledge import EXACT, FOREIGN
from leconfield.registry.nameindex.likeness import (
    LONGEST,
    LOOSE,
    edits,
    edits_in_word,
    length_of,
    letters_of,
    one_slip,
    slips,
)
from leconfield.registry.nameindex.segment import Bytes, Floats, Hashes, Numbers, Offsets

MOST_SEEN: Final = 8192
"""Indexed spellings that are looked at for each part that is asked for."""
MOST_LOOKED_AT: Final = 3000
"""Spellings under one key that are looked at: a key that more share tells nothing."""
SAME: Final = 0.0
SAME_LETTERS: Final = 0.3
FIRST_LETTER: Final = 100.0
"""The distance of an initial: it says that only the first letter agrees."""
_EQUIVALENT: Final = 1.0
_A_SLIP: Final = 2.6
_ANY_SLIP: Final = 0.6
_SHORT_FORM: Final = 4.0
"""Bits between a name and its beginning,"""
_CUT: Final = 0.3
"""and for each letter that is cut off."""
_NEAR_TOGETHER: Final = 2.6
"""The most bits that a part may be from two Latin ones that are written together."""
_ONE_SLIP: Final = 0.75
"""A single slip of any kind: more usual than two of those that the ear makes."""
_SHORT: Final = 1.6
_SLOTS: Final = 2 * MOST_SEEN
_SHORTEST_FAR: Final = 6
_SHORTEST_FARTHER: Final = 9
"""Letters from which a third and a fourth edit are followed."""
_TOO_FAR: Final = 1e9
_ROUNDED: Final = 0.001
"""Slips that sums of fractions may be off."""


class Noted(NamedTuple):
    """Room for the spellings that are noted for a part: by hash, when they were met, which, and how far they are.

    Between two questions the first two hold -1 everywhere.
    """

    slots: Numbers
    turns: Numbers
    forms: Numbers
    distances: Floats

    @classmethod
    def empty(cls) -> Self:
        """Nothing is noted yet."""
        return cls(
            np.full(_SLOTS, -1, dtype=np.int32),
            np.full(MOST_SEEN, -1, dtype=np.int32),
            np.empty(MOST_SEEN, dtype=np.int32),
            np.empty(MOST_SEEN, dtype=np.float32),
        )


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
    most += _ROUNDED
    found = slips(ask_text, ask_from, ask_to, form_text, form_from, form_to, most, loose, room)
    if shorter >= SHORTEST_FUZZY and one_slip(ask_text, ask_from, ask_to, form_text, form_from, form_to):
        found = min(found, _ONE_SLIP)
    if found > most:
        return -1.0
    if found == 0.0:
        return SAME_LETTERS
    return _ANY_SLIP + _A_SLIP * found + (_SHORT * found if shorter <= 4 else 0.0)


@compiled
def _most_edits(one: int, other: int, loose: bool) -> int:
    """Edits between two spellings of these lengths from which they are not compared by what the ear confuses."""
    shorter = min(one, other)
    return (3 if shorter >= _SHORTEST_FAR else 2) + (1 if loose or shorter >= _SHORTEST_FARTHER else 0)


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
    return int(low)


@compiled
def _slot_of(form: int, slots: Numbers, forms: Numbers) -> int:
    """Where a spelling was noted, or the empty slot where it would be."""
    slot = (form * 40503) & (_SLOTS - 1)
    while slots[slot] >= 0 and forms[slots[slot]] != form:
        slot = (slot + 1) & (_SLOTS - 1)
    return slot


@compiled
def _keep(form: int, distance: float, slots: Numbers, forms: Numbers, distances: Floats, count: int) -> int:
    """Note a spelling at a distance, or a smaller distance of one noted before; returns how many there are."""
    slot = _slot_of(form, slots, forms)
    if slots[slot] >= 0:
        distances[slots[slot]] = min(distances[slots[slot]], distance)
        return count
    if count == MOST_SEEN:
        return count
    slots[slot], forms[count], distances[count] = count, form, distance
    return count + 1


@compiled
def _listed(
    wanted: np.uint64,
    distance: float,
    key: Hashes,
    key_form: Numbers,
    key_at: Offsets,
    slots: Numbers,
    forms: Numbers,
    distances: Floats,
    count: int,
) -> int:
    """Note every spelling under a key at that distance, without comparing letters."""
    at = _begin_of(key, key_at, wanted)
    while at < len(key) and key[at] == wanted:
        count = _keep(key_form[at], distance, slots, forms, distances, count)
        at += 1
    return count


@compiled
def _shortened(
    text: Bytes,
    begin: int,
    end: int,
    key: Hashes,
    key_form: Numbers,
    key_at: Offsets,
    form_at: Offsets,
    slots: Numbers,
    forms: Numbers,
    distances: Floats,
    count: int,
) -> int:
    """Note the spellings that a plain one begins, and those that begin it: Alex, Alexander; Khair, Khairullah."""
    for stop in range(begin + SHORTEST_BEGINNING, end):
        cost = _SHORT_FORM + _CUT * (end - stop)
        wanted = hashed(text, begin, stop, NOWHERE, WHOLE)
        count = _listed(wanted, cost, key, key_form, key_at, slots, forms, distances, count)
    if end - begin < SHORTEST_BEGINNING:
        return count
    wanted = hashed(text, begin, end, NOWHERE, BEGINNING)
    at = _begin_of(key, key_at, wanted)
    last = min(len(key), at + MOST_LOOKED_AT)
    while at < last and key[at] == wanted:
        longer = form_at[key_form[at] + 1] - form_at[key_form[at]] - (end - begin)
        count = _keep(key_form[at], _SHORT_FORM + _CUT * longer, slots, forms, distances, count)
        at += 1
    return count


@compiled
def _compared(
    ask_text: Bytes,
    begin: int,
    end: int,
    cost: float,
    most: float,
    foreign: bool,
    turn: int,
    keys: Hashes,
    places: Hashes,
    form_text: Bytes,
    form_at: Offsets,
    form_cost: Floats,
    form_kind: Bytes,
    key: Hashes,
    key_form: Numbers,
    key_word: Hashes,
    key_at: Offsets,
    slots: Numbers,
    forms: Numbers,
    distances: Floats,
    turns: Numbers,
    room: Floats,
    count: int,
) -> int:
    """Note the spellings under these keys that are near a plain one; by its number `turn` each pair is met once."""
    if len(keys):
        letters_of(ask_text, begin, end, places)
    for one in range(len(keys)):
        at = _begin_of(key, key_at, keys[one])
        stop = min(len(key), at + MOST_LOOKED_AT)
        while at < stop and key[at] == keys[one]:
            form, word = key_form[at], key_word[at]
            at += 1
            length = length_of(word)
            if length:
                loose = foreign or word & LOOSE != 0
                if edits_in_word(places, end - begin, word) > _most_edits(end - begin, length, loose):
                    continue
            slot = _slot_of(form, slots, forms)
            if slots[slot] >= 0 and turns[slots[slot]] == turn:
                continue
            loose = foreign or form_kind[form] & FOREIGN != 0
            first, last = form_at[form], form_at[form + 1]
            if not length and edits(places, end - begin, form_text, first, last) > _most_edits(
                end - begin, last - first, loose
            ):
                continue
            apart = part_distance(ask_text, begin, end, form_text, first, last, loose, room)
            found = apart + cost + form_cost[form]
            found = found if apart >= 0.0 and found <= most else _TOO_FAR
            count = _keep(form, found, slots, forms, distances, count)
            if slots[slot] >= 0:
                turns[slots[slot]] = turn
    return count


@compiled
def _gathered(
    forms: Numbers,
    distances: Floats,
    count: int,
    form_part: Numbers,
    out_part: Numbers,
    out_distance: Floats,
    place: int,
) -> int:
    """Write the parts that are near, in order, each with its nearest spelling's distance."""
    order = np.argsort(forms[:count])
    begun = place
    for each in order:
        if distances[each] >= _TOO_FAR:
            continue
        part = form_part[forms[each]]
        if place > begun and out_part[place - 1] == part:
            out_distance[place - 1] = min(out_distance[place - 1], distances[each])
        else:
            out_part[place], out_distance[place] = part, distances[each]
            place += 1
    return place


@compiled
def like_parts(
    part_text: Bytes,
    part_at: Numbers,
    initials: Numbers,
    ask_text: Bytes,
    ask_at: Numbers,
    ask_part: Numbers,
    ask_cost: Floats,
    ask_kind: Bytes,
    classes: Numbers,
    class_part: Numbers,
    read_at: Numbers,
    read_form: Numbers,
    read_distance: Floats,
    part_hash: Hashes,
    part_form: Numbers,
    form_text: Bytes,
    form_at: Offsets,
    form_part: Numbers,
    form_cost: Floats,
    form_kind: Bytes,
    key: Hashes,
    key_form: Numbers,
    key_word: Hashes,
    key_at: Offsets,
    noted: Noted,
    out_part: Numbers,
    out_distance: Floats,
    out_at: Numbers,
) -> None:
    """Indexed parts like each part that is asked for, in order, with their distances in bits; `out_at` parts the lists.

    Arguments from `part_text` are of `asking.Asked`, from `read_at` what `foreign` has read, from `part_hash` of
    `segment.Parts`; the lists have room for `MOST_SEEN` for each part that is asked for.
    """
    slots, turns, forms, distances = noted
    keys, sounds = np.empty(LONGEST + 4, dtype=np.uint64), np.empty(LONGEST + 2, dtype=np.uint8)
    room, places = np.empty((4, LONGEST + 1), dtype=np.float32), np.empty(26, dtype=np.uint64)
    form, number = 0, 0
    out_at[0] = 0
    for asked in range(len(part_at) - 1):
        count = 0
        own = hashed(part_text, part_at[asked], part_at[asked + 1], NOWHERE, WHOLE)
        place = np.searchsorted(part_hash, own)
        if place < len(part_hash) and part_hash[place] == own:
            count = _keep(part_form[place], SAME, slots, forms, distances, count)
        whole = asked >= len(initials) or initials[asked] < 0
        first = True
        while form < len(ask_part) and ask_part[form] == asked:
            begin, end, cost, kind = ask_at[form], ask_at[form + 1], ask_cost[form], ask_kind[form]
            form += 1
            if not whole:
                continue
            plain = is_plain(ask_text, begin, end)
            most = keys_of(ask_text, begin, end, plain and kind & EXACT == 0, sounds, keys)
            farthest = _NEAR_TOGETHER if asked >= len(initials) and kind & FOREIGN == 0 else _TOO_FAR
            same = cost if kind & EXACT else cost + SAME_LETTERS
            count = _listed(keys[0], same, key, key_form, key_at, slots, forms, distances, count)
            count = _compared(
                ask_text, begin, end, cost, farthest, kind & FOREIGN != 0, form, keys[1:most], places, form_text,
                form_at, form_cost, form_kind, key, key_form, key_word, key_at, slots, forms, distances, turns, room,
                count,
            )  # fmt: skip
            if first and plain and asked < len(initials):
                count = _shortened(ask_text, begin, end, key, key_form, key_at, form_at, slots, forms, distances, count)
                letter = hashed(ask_text, begin, begin + 1, NOWHERE, WHOLE)
                count = _listed(letter, FIRST_LETTER, key, key_form, key_at, slots, forms, distances, count)
            first = False
        while number < len(class_part) and class_part[number] == asked:
            wanted = hashed_number(classes[number], CLASS)
            count = _listed(wanted, _EQUIVALENT, key, key_form, key_at, slots, forms, distances, count)
            number += 1
        for each in range(read_at[asked], read_at[asked + 1]):
            begin, end = form_at[read_form[each]], form_at[read_form[each] + 1]
            wanted = hashed(form_text, begin, end, NOWHERE, WHOLE)
            count = _listed(wanted, read_distance[each], key, key_form, key_at, slots, forms, distances, count)
        out_at[asked + 1] = _gathered(forms, distances, count, form_part, out_part, out_distance, out_at[asked])
        _cleared(slots, turns, forms, count)


@compiled
def _cleared(slots: Numbers, turns: Numbers, forms: Numbers, count: int) -> None:
    """Forget what was noted."""
    for each in range(count):
        turns[each] = -1
        slot = (forms[each] * 40503) & (_SLOTS - 1)
        while slots[slot] >= 0:
            slots[slot] = -1
            slot = (slot + 1) & (_SLOTS - 1)

"""A question to a single segment, compiled in one piece: between its steps the interpreter would cost as much as they.

The steps are those that `likely` and `search` take one by one where there are several segments.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.alignment import align_names
from leconfield.registry.nameindex.asking import Question
from leconfield.registry.nameindex.expand import Noted, like_parts
from leconfield.registry.nameindex.retrieve import Window, best_names
from leconfield.registry.nameindex.segment import Floats, Names, Numbers, Offsets, Parts
from leconfield.registry.nameindex.weigh import MOST_WEIGHED, arranged, weigh


class Read(NamedTuple):
    """Spellings that parts in other scripts may stand for: where each part's begin, their numbers and distances."""

    at: Numbers
    form: Numbers
    distance: Floats


@compiled
def ask_alone(
    ask: Question,
    own: int,
    flags: int,
    read: Read,
    parts: Parts,
    names: Names,
    population: float,
    noted: Noted,
    part: Numbers,
    distance: Floats,
    window: Window,
    out_name: Numbers,
    out_score: Floats,
    work: Offsets,
) -> int:
    """Write the names that are likeliest the one asked for, best first, and the bits for each; returns how many.

    `own` parts are asked for, those after are neighbours written together; `part` and `distance` are room.
    """
    count = len(ask.part_at) - 1
    at = np.empty(count + 1, dtype=np.int32)
    like_parts(
        ask.part_text, ask.part_at, ask.initials, ask.form_text, ask.form_at, ask.form_part, ask.form_cost,
        ask.form_kind, ask.classes, ask.class_part, read.at, read.form, read.distance, parts.part_hash,
        parts.part_form, parts.form_text, parts.form_at, parts.form_part, parts.form_cost, parts.form_kind, parts.key,
        parts.key_form, parts.key_word, parts.key_at, noted, part, distance, at,
    )  # fmt: skip
    _keep_nearest(at, part, distance)
    part, distance = part[: at[count]], distance[: at[count]]
    weight, bits = np.empty(len(part), dtype=np.float32), np.empty(count, dtype=np.float32)
    bearers = np.empty(count, dtype=np.int64)
    weigh(at, distance, parts.part_rows[part], parts.part_bits[part], own, ask.bits, population, weight, bits, bearers)
    rarest = np.argsort(bearers[:own], kind="mergesort")
    order = rarest[ask.initials[rarest] < 0].astype(np.int32)
    letters = (np.uint32(1) << ask.initials[ask.initials >= 0].astype(np.uint32)).astype(np.uint32)
    list_at, list_part = np.empty(len(order) + 1, dtype=np.int32), np.empty(2 * len(part), dtype=np.int32)
    list_weight = np.empty(2 * len(part), dtype=np.float32)
    arranged(order, own, at, part, weight, list_at, list_part, list_weight)
    lists = list_at[len(order)]
    found, shared = np.empty(len(out_name), dtype=np.int32), np.empty(len(out_name), dtype=np.float32)
    hits = best_names(
        list_at, list_part[:lists], list_weight[:lists], letters, names.post_at, names.post, names.name_initials,
        window, found, shared, work,
    )  # fmt: skip
    score = np.empty(hits, dtype=np.float32)
    align_names(
        found[:hits], names.name_at, names.name_part, names.name_flags, parts.part_rows, parts.part_bits, population,
        own, at, part, weight, bits, ask.initials, ask.form_text, ask.first_form, ask.first_plain, flags,
        parts.form_text, parts.form_at, parts.part_form, parts.form_kind, score,
    )  # fmt: skip
    best = np.argsort(-score, kind="mergesort")
    out_name[:hits], out_score[:hits] = found[best], score[best]
    return hits


@compiled
def _keep_nearest(at: Numbers, part: Numbers, distance: Floats) -> None:
    """Leave of the parts like each that is asked for only the nearest, in their order."""
    begin, kept = 0, 0
    for asked in range(len(at) - 1):
        end = at[asked + 1]
        places: NDArray[np.int64] = np.arange(end - begin)
        if len(places) > MOST_WEIGHED:
            places = np.sort(np.argsort(distance[begin:end], kind="mergesort")[:MOST_WEIGHED])
        for place in places:
            part[kept], distance[kept] = part[begin + place], distance[begin + place]
            kept += 1
        begin, at[asked + 1] = end, kept

"""The indexed parts like those that are asked for, over all segments of a view: rows summed, bits weighed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.nameindex.asking import Asked
from leconfield.registry.nameindex.expand import like_parts
from leconfield.registry.nameindex.foreign import read
from leconfield.registry.nameindex.room import room
from leconfield.registry.nameindex.segment import Floats, Hashes, Numbers, Parts, Segment
from leconfield.registry.nameindex.weigh import MOST_WEIGHED, weigh

_NONE: Final = np.empty(0, dtype=np.int32)
_NOWHERE: Final = np.empty(0, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Parts of one segment and the bits that agreement on each is worth, per asked part, in order of the parts."""

    at: Numbers
    part: Numbers
    weight: Floats


@dataclass(frozen=True, slots=True)
class Likely:
    """What a question leads to: per segment the parts to follow, and what holds over all of them."""

    weighed: tuple[Weighed, ...]
    asked_bits: Floats
    """How rare each part that is asked for is."""
    bearing: NDArray[np.int64]
    """Rows that bear parts like it."""


@dataclass(frozen=True, slots=True)
class _Like:
    """Parts and distances per asked part, in order of the parts' hashes, with the rows that bear them."""

    at: Numbers
    part: Numbers
    distance: Floats
    rows: Numbers
    shipped: Floats


def likely(ask: Asked, segments: Sequence[Segment], part_rows: Sequence[Numbers], population: int) -> Likely:
    """What is like the asked parts in these segments; `part_rows` is `rows_of_parts`."""
    found = [_like(ask, each, rows) for each, rows in zip(segments, part_rows, strict=True)]
    return _weighed_together(ask, found, segments, population)


def rows_of_parts(segments: Sequence[Segment]) -> tuple[Numbers, ...]:
    """How many rows bear each part, over all segments: for each segment in order of its parts."""
    return tuple(
        np.sum([_rows_of(segment.parts.part_hash, each) for each in segments], axis=0).astype(np.int32)
        for segment in segments
    )


def _rows_of(hashes: Hashes, segment: Segment) -> NDArray[np.int64]:
    held = segment.parts.part_hash
    if not len(held):
        return np.zeros(len(hashes), dtype=np.int64)
    places = np.minimum(np.searchsorted(held, hashes), len(held) - 1)
    return np.where(held[places] == hashes, segment.parts.part_rows[places], 0).astype(np.int64)


def _like(ask: Asked, segment: Segment, part_rows: Numbers) -> _Like:
    parts, of = segment.parts, ask.question
    count = len(of.part_at) - 1
    part, distance = room.like(count)
    at = np.empty(count + 1, dtype=np.int32)
    like_parts(
        of.part_text, of.part_at, of.initials, of.form_text, of.form_at, of.form_part, of.form_cost,
        of.form_kind, of.classes, of.class_part, *read_parts(ask, parts), parts.part_hash, parts.part_form,
        parts.form_text, parts.form_at, parts.form_part, parts.form_cost, parts.form_kind, parts.key, parts.key_form,
        parts.key_word, parts.key_at, room.noted, part, distance, at,
    )  # fmt: skip
    at, part, distance = _nearest(at, part, distance)
    return _Like(at, part, distance, part_rows[part], parts.part_bits[part])


def read_parts(ask: Asked, parts: Parts) -> tuple[Numbers, Numbers, Floats]:
    """Spellings for which parts in other scripts may stand: where each part's begin, their numbers and distances."""
    at = np.zeros(len(ask.question.part_at), dtype=np.int32)
    if not ask.foreign:
        return at, _NONE, _NOWHERE
    found = []
    for place, text, script in ask.foreign:
        found.append(read(text, script, parts))
        at[place + 1] = len(found[-1][0])
    forms, distances = zip(*found, strict=True)
    return np.cumsum(at, dtype=np.int32), np.concatenate(forms), np.concatenate(distances)


def _nearest(at: Numbers, part: Numbers, distance: Floats) -> tuple[Numbers, Numbers, Floats]:
    """The parts that are followed for each asked part, the nearest, in order, copied; where each one's begin first."""
    bounds = at.tolist()
    if max(end - begin for begin, end in pairwise(bounds)) <= MOST_WEIGHED:
        return at, part[: bounds[-1]].copy(), distance[: bounds[-1]].copy()
    kept = []
    for begin, end in pairwise(bounds):
        near = np.argsort(distance[begin:end], kind="stable")[:MOST_WEIGHED]
        kept.append(np.sort(near) + begin)
    picked = np.concatenate(kept)
    return np.cumsum([0, *map(len, kept)]).astype(np.int32), part[picked], distance[picked]


def _weigh(ask: Asked, like: _Like, population: int) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Bits of agreement on each part, how rare each asked part is, and the rows that bear parts like it."""
    asked = len(like.at) - 1
    weight, bits = np.empty(len(like.part), dtype=np.float32), np.empty(asked, dtype=np.float32)
    bearing = np.empty(asked, dtype=np.int64)
    own = ask.question.bits
    weigh(like.at, like.distance, like.rows, like.shipped, ask.count, own, float(population), weight, bits, bearing)
    return weight, bits, bearing


def _weighed_together(ask: Asked, found: list[_Like], segments: Sequence[Segment], population: int) -> Likely:
    """Parts that several segments have are one, and weighed once."""
    asked = np.concatenate([np.repeat(np.arange(len(each.at) - 1), np.diff(each.at)) for each in found])
    hashes = np.concatenate([segment.parts.part_hash[each.part] for segment, each in zip(segments, found, strict=True)])
    order = np.lexsort((hashes, asked))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (asked[order][1:] != asked[order][:-1]) | (hashes[order][1:] != hashes[order][:-1])
    firsts = np.flatnonzero(new)
    which = np.empty(len(order), dtype=np.int64)
    which[order] = np.cumsum(new) - 1
    picked = order[firsts]
    whole = _Like(
        np.searchsorted(asked[picked], np.arange(len(found[0].at))).astype(np.int32),
        np.arange(len(firsts), dtype=np.int32),
        np.concatenate([each.distance for each in found])[picked],
        np.concatenate([each.rows for each in found])[picked],
        np.concatenate([each.shipped for each in found])[picked],
    )
    kept_at, kept, _ = _nearest(whole.at, whole.part, whole.distance)
    like = _Like(kept_at, kept, whole.distance[kept], whole.rows[kept], whole.shipped[kept])
    weight, bits, bearing = _weigh(ask, like, population)
    place = np.full(len(firsts), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    return Likely(tuple(_shares(found, place[which], weight)), bits, bearing)


def _shares(found: list[_Like], place: NDArray[np.int64], weight: Floats) -> list[Weighed]:
    """What was weighed together, handed back to each segment; parts that are not followed are left out."""
    shares, begin = [], 0
    for each in found:
        mine = place[begin : begin + len(each.part)]
        begin += len(each.part)
        followed = mine >= 0
        at = np.concatenate(([0], np.cumsum(followed)))[each.at].astype(np.int32)
        shares.append(Weighed(at, each.part[followed], weight[mine[followed]]))
    return shares

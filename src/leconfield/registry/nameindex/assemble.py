"""Making a segment's arrays out of parts, names and rows: the same whatever order they came in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.keys import CLASS, NOWHERE, WHOLE, hashed, hashed_number, is_plain, table_of_keys
from leconfield.registry.nameindex.knowledge import FOREIGN, PLAIN
from leconfield.registry.nameindex.likeness import packed
from leconfield.registry.nameindex.segment import (
    Bytes,
    Floats,
    Hashes,
    Names,
    Numbers,
    Offsets,
    Parts,
    Segment,
)
from leconfield.registry.transliteration.vocabulary import Tree, Vocabulary

_MOST_BUCKETS: Final = 22
_STIR: Final = np.uint64(0x9DDFEA08EB382D69)
_SHIFT: Final = np.uint64(29)


@dataclass(frozen=True, slots=True)
class Words:
    """Distinct parts as they came: texts, rarities, and per part its spellings and classes (offsets per part)."""

    text: Bytes
    at: Offsets
    bits: Floats
    form: Offsets
    form_text: Bytes
    form_at: Offsets
    form_cost: Floats
    form_kind: Bytes
    class_at: Offsets
    class_of: Numbers


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as they came: an id, the text, and the name it was read as (its parts by number, and flags)."""

    count: Bytes
    """Parts of each row's name."""
    part: Numbers
    flags: Bytes
    id: Bytes
    id_at: Offsets
    text: Bytes
    text_at: Offsets


def assemble(words: Words, rows: Rows, label: str, knowledge: str) -> Segment:
    """The segment of these rows."""
    hashes = hash_texts(words.text, words.at)
    order = np.argsort(hashes, kind="stable")
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    in_order = _in_order(words, order)
    named = _name_rows(rows, place[rows.part] if len(rows.part) else rows.part, hashes[order], in_order)
    names, part_rows = _names(rows, named, len(order))
    return Segment(_parts(in_order, hashes[order], part_rows), names, label, knowledge)


def hash_texts(text: Bytes, at: Offsets) -> Hashes:
    """The hash of each text."""
    out = np.empty(len(at) - 1, dtype=np.uint64)
    _hash_texts(text, at, out)
    return out


def picked(text: Bytes, at: Offsets, order: NDArray[np.integer]) -> tuple[Bytes, Offsets]:
    """Those texts of a list, in that order."""
    to = np.zeros(len(order) + 1, dtype=np.int64)
    np.cumsum((at[1:] - at[:-1])[order], out=to[1:])
    out = np.empty(int(to[-1]), dtype=np.uint8)
    _copy_texts(text, at, order, to, out)
    return out, to


def offsets(counts: NDArray[np.integer]) -> Offsets:
    """Where each begins whose lengths these are, and where the last ends."""
    at = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=at[1:])
    return at


def members(at: Offsets, which: NDArray[np.integer]) -> NDArray[np.int64]:
    """The places of the members of each of these lists, list by list."""
    lengths = np.diff(at)[which]
    begins = np.repeat(at[:-1][which] - offsets(lengths)[:-1], lengths)
    return begins + np.arange(int(lengths.sum()), dtype=np.int64)


def _in_order(words: Words, order: NDArray[np.int64]) -> Words:
    text, at = picked(words.text, words.at, order)
    forms = members(words.form, order)
    form_text, form_at = picked(words.form_text, words.form_at, forms)
    return Words(
        text,
        at,
        words.bits[order],
        offsets(np.diff(words.form)[order]),
        form_text,
        form_at,
        words.form_cost[forms],
        words.form_kind[forms],
        offsets(np.diff(words.class_at)[order]),
        words.class_of[members(words.class_at, order)],
    )


def _parts(words: Words, hashes: Hashes, part_rows: Numbers) -> Parts:
    form_part = np.repeat(np.arange(len(hashes), dtype=np.int32), np.diff(words.form))
    kind = words.form_kind & ~np.uint8(PLAIN)
    _mark_plain(words.form_text, words.form_at, kind)
    key, key_form = _keys(words, kind & np.uint8(PLAIN))
    bits = min(max(len(key).bit_length() - 2, 1), _MOST_BUCKETS)
    bounds = np.arange((1 << bits) + 1, dtype=np.uint64)[:-1] << np.uint64(64 - bits)
    key_at = np.append(np.searchsorted(key, bounds), len(key)).astype(np.int64)
    return Parts(
        words.text,
        words.at,
        hashes,
        words.bits,
        part_rows,
        words.form.astype(np.int32),
        words.class_at.astype(np.int32),
        words.class_of,
        words.form_text,
        words.form_at,
        form_part,
        words.form_cost,
        kind,
        key,
        key_form,
        packed_forms(words.form_text, words.form_at, kind)[key_form],
        key_at,
        *_tree(words, kind & np.uint8(PLAIN)),
    )


def _tree(words: Words, plain: Bytes) -> Tree:
    """The plain spellings as a tree of letters."""
    text, bounds = words.form_text.tobytes().decode("ascii", "replace"), words.form_at.tolist()
    some = zip(plain.tolist(), pairwise(bounds), strict=True)
    return Vocabulary.of([text[begin:end] if is_one else "" for is_one, (begin, end) in some]).tree


def _keys(words: Words, plain: Bytes) -> tuple[Hashes, Numbers]:
    """Every key of every spelling and class, in order; under equal keys, in order of the parts."""
    room = 2 * len(words.form_text) + 4 * len(plain)
    key, form = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.int32)
    count = table_of_keys(words.form_text, words.form_at, plain, key, form)
    classes = np.empty(len(words.class_of), dtype=np.uint64)
    _hash_numbers(words.class_of, classes)
    firsts = np.repeat(words.form[:-1].astype(np.int32), np.diff(words.class_at))
    key, form = np.concatenate((key[:count], classes)), np.concatenate((form[:count], firsts))
    order = np.lexsort((form, key))
    return key[order], form[order]


@dataclass(frozen=True, slots=True)
class _Named:
    """Rows with their names read in the segment's own numbers: in the order in which they are kept."""

    part: Numbers
    at: Offsets
    hash: Hashes
    initials: NDArray[np.uint32]
    order: NDArray[np.int64]
    """Rows by name, then by id."""
    new: NDArray[np.bool_]
    """Whether a row, in that order, is the first of its name."""


def _name_rows(rows: Rows, part: Numbers, part_hash: Hashes, words: Words) -> _Named:
    at = offsets(rows.count)
    letters = _first_letters(words)
    hashes, initials = np.empty(len(rows.count), dtype=np.uint64), np.empty(len(rows.count), dtype=np.uint32)
    _hash_names(part, at, rows.flags, part_hash, letters, hashes, initials)
    head, tail = np.empty_like(hashes), np.empty_like(hashes)
    _first_bytes(rows.id, rows.id_at, head, tail)
    order = np.lexsort((tail, head, hashes, rows.count))
    _settle(rows, order, hashes, head, tail)
    sorted_count, sorted_hash = rows.count[order], hashes[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (sorted_count[1:] != sorted_count[:-1]) | (sorted_hash[1:] != sorted_hash[:-1])
    return _Named(part, at, hashes, initials, order, new)


def _settle(rows: Rows, order: NDArray[np.int64], name: Hashes, head: Hashes, tail: Hashes) -> None:
    """Order rows of one name whose ids agree in their first sixteen bytes by the whole ids."""
    same = np.ones(len(order), dtype=np.bool_)
    for each in (name, head, tail):
        same[1:] &= each[order][1:] == each[order][:-1]
    same[:1] = False
    firsts = np.flatnonzero(~same & np.append(same[1:], False))
    for first in firsts:
        last = first + 1
        while last < len(order) and same[last]:
            last += 1
        order[first:last] = sorted(
            order[first:last], key=lambda row: rows.id[rows.id_at[row] : rows.id_at[row + 1]].tobytes()
        )


def _names(rows: Rows, named: _Named, parts: int) -> tuple[Names, Numbers]:
    """The names, and of each part how many rows bear it."""
    firsts = named.order[named.new]
    name_row = np.append(np.flatnonzero(named.new), len(named.order)).astype(np.int32)
    name_part = named.part[members(named.at, firsts)]
    name_at = offsets(rows.count[firsts]).astype(np.int32)
    counts, part_rows = np.zeros(parts, dtype=np.int64), np.zeros(parts, dtype=np.int32)
    _count_posts(name_at, name_part, name_row, counts, part_rows)
    post_at = offsets(counts)
    post = np.empty(int(post_at[-1]), dtype=np.int32)
    _fill_posts(name_at, name_part, post_at[:-1].copy(), post)
    row_id, row_id_at = picked(rows.id, rows.id_at, named.order)
    row_text, row_text_at = picked(rows.text, rows.text_at, named.order)
    names = Names(
        name_at,
        name_part,
        named.hash[firsts],
        rows.flags[firsts],
        named.initials[firsts],
        post_at,
        post,
        name_row,
        row_id,
        row_id_at,
        row_text,
        row_text_at,
    )
    return names, part_rows


def _first_letters(words: Words) -> NDArray[np.uint32]:
    """The bit of each part's first letter, as in its likeliest spelling; 0 if that is no letter of a-z."""
    begins = words.form_at[words.form[:-1]]
    filled = begins < words.form_at[words.form[:-1] + 1]
    letters = np.zeros(len(begins), dtype=np.int64)
    letters[filled] = words.form_text[begins[filled]]
    known = (letters >= ord("a")) & (letters <= ord("z"))
    return np.where(known, np.uint32(1) << (letters - ord("a")).clip(0, 25).astype(np.uint32), 0).astype(np.uint32)


@compiled
def _hash_texts(text: Bytes, at: Offsets, out: Hashes) -> None:
    for each in range(len(out)):
        out[each] = hashed(text, at[each], at[each + 1], NOWHERE, WHOLE)


def packed_forms(text: Bytes, at: Offsets, kind: Bytes) -> Hashes:
    """Each spelling in a word; 0 if it is not plain, or too long."""
    out = np.zeros(len(kind), dtype=np.uint64)
    _pack(text, at, kind, out)
    return out


@compiled
def _pack(text: Bytes, at: Offsets, kind: Bytes, out: Hashes) -> None:
    for each in range(len(out)):
        if kind[each] & PLAIN:
            out[each] = packed(text, at[each], at[each + 1], kind[each] & FOREIGN != 0)


@compiled
def _hash_numbers(numbers: Numbers, out: Hashes) -> None:
    for each in range(len(out)):
        out[each] = hashed_number(numbers[each], CLASS)


@compiled
def _copy_texts(text: Bytes, at: Offsets, order: NDArray[np.integer], to: Offsets, out: Bytes) -> None:
    for each in range(len(order)):
        begin = at[order[each]]
        for step in range(to[each + 1] - to[each]):
            out[to[each] + step] = text[begin + step]


@compiled
def _mark_plain(text: Bytes, at: Offsets, out: Bytes) -> None:
    for each in range(len(out)):
        out[each] |= PLAIN * is_plain(text, at[each], at[each + 1])


@compiled
def _hash_names(
    part: Numbers,
    at: Offsets,
    flags: Bytes,
    part_hash: Hashes,
    letters: NDArray[np.uint32],
    out: Hashes,
    initials: NDArray[np.uint32],
) -> None:
    for row in range(len(out)):
        value = np.uint64(flags[row]) + _STIR
        seen = np.uint32(0)
        for place in range(at[row], at[row + 1]):
            value = (value ^ part_hash[part[place]]) * _STIR
            value ^= value >> _SHIFT
            seen |= letters[part[place]]
        out[row], initials[row] = value, seen


@compiled
def _first_bytes(text: Bytes, at: Offsets, head: Hashes, tail: Hashes) -> None:
    """The first and second eight bytes of each text as numbers that sort as the texts do."""
    eight = np.uint64(8)
    for each in range(len(head)):
        one, other = np.uint64(0), np.uint64(0)
        length = at[each + 1] - at[each]
        for step in range(8):
            one = (one << eight) | (np.uint64(text[at[each] + step]) if step < length else np.uint64(0))
            other = (other << eight) | (np.uint64(text[at[each] + step + 8]) if step + 8 < length else np.uint64(0))
        head[each], tail[each] = one, other


@compiled
def _is_first(name_part: Numbers, begin: int, place: int) -> bool:
    """Whether a name's part has not stood in it before."""
    seen = False
    for earlier in range(begin, place):
        seen = seen or name_part[earlier] == name_part[place]
    return not seen


@compiled
def _count_posts(name_at: Numbers, name_part: Numbers, name_row: Numbers, counts: Offsets, part_rows: Numbers) -> None:
    for name in range(len(name_at) - 1):
        rows = name_row[name + 1] - name_row[name]
        for place in range(name_at[name], name_at[name + 1]):
            if _is_first(name_part, name_at[name], place):
                counts[name_part[place]] += 1
                part_rows[name_part[place]] += rows


@compiled
def _fill_posts(name_at: Numbers, name_part: Numbers, to: Offsets, post: Numbers) -> None:
    for name in range(len(name_at) - 1):
        for place in range(name_at[name], name_at[name + 1]):
            if _is_first(name_part, name_at[name], place):
                post[to[name_part[place]]] = name
                to[name_part[place]] += 1

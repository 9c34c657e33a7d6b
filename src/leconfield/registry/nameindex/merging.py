"""Merging segments into one, without reading any name again: as if all their rows had been gathered at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from leconfield.registry.nameindex.assemble import Rows, Words, assemble, members, offsets, picked
from leconfield.registry.nameindex.segment import Bytes, Numbers, Offsets, Segment


def merged(segments: Sequence[Segment]) -> Segment:
    """One segment of all rows of these, which must bear one label and be built with the same tables."""
    first = segments[0]
    assert all((each.label, each.knowledge) == (first.label, first.knowledge) for each in segments), "one label each"
    words, places = _words(segments)
    return assemble(words, _rows(segments, places), first.label, first.knowledge)


def _words(segments: Sequence[Segment]) -> tuple[Words, list[Numbers]]:
    """The parts of all, each once, and where the parts of each segment are among them."""
    hashes = np.concatenate([each.parts.part_hash for each in segments])
    _, firsts, where = np.unique(hashes, return_index=True, return_inverse=True)
    text, at = _joined_texts(segments, lambda each: (each.parts.part_text, each.parts.part_at))
    form_text, form_at = _joined_texts(segments, lambda each: (each.parts.form_text, each.parts.form_at))
    forms = _joined_lists(segments, lambda each: each.parts.part_form)
    classes = _joined_lists(segments, lambda each: each.parts.part_class)
    class_of = np.concatenate([each.parts.class_of for each in segments])
    kept_forms, kept_classes = members(forms, firsts), members(classes, firsts)
    words = Words(
        *picked(text, at, firsts),
        np.concatenate([each.parts.part_bits for each in segments])[firsts],
        offsets(np.diff(forms)[firsts]),
        *picked(form_text, form_at, kept_forms),
        np.concatenate([each.parts.form_cost for each in segments])[kept_forms],
        np.concatenate([each.parts.form_kind for each in segments])[kept_forms],
        offsets(np.diff(classes)[firsts]),
        class_of[kept_classes],
    )
    bounds = np.cumsum([len(each.parts.part_hash) for each in segments])[:-1]
    return words, [each.astype(np.int32) for each in np.split(where, bounds)]


def _rows(segments: Sequence[Segment], places: list[Numbers]) -> Rows:
    """The rows of all, each with the name it was read as."""
    count, part, flags = [], [], []
    for segment, where in zip(segments, places, strict=True):
        names = segment.names
        name = np.repeat(np.arange(len(names.name_hash)), np.diff(names.name_row))
        count.append(np.diff(names.name_at)[name].astype(np.uint8))
        part.append(where[names.name_part[members(names.name_at.astype(np.int64), name)]])
        flags.append(names.name_flags[name])
    ids, id_at = _joined_texts(segments, lambda each: (each.names.row_id, each.names.row_id_at))
    texts, text_at = _joined_texts(segments, lambda each: (each.names.row_text, each.names.row_text_at))
    return Rows(np.concatenate(count), np.concatenate(part), np.concatenate(flags), ids, id_at, texts, text_at)


def _joined_texts(segments: Sequence[Segment], of: Callable[[Segment], tuple[Bytes, Offsets]]) -> tuple[Bytes, Offsets]:
    texts = [of(each) for each in segments]
    return np.concatenate([text for text, _ in texts]), _joined([at for _, at in texts])


def _joined_lists(segments: Sequence[Segment], of: Callable[[Segment], Numbers]) -> Offsets:
    return _joined([of(each).astype(np.int64) for each in segments])


def _joined(starts: list[Offsets]) -> Offsets:
    """Offsets of lists put one after another."""
    return offsets(np.concatenate([np.diff(each) for each in starts]))

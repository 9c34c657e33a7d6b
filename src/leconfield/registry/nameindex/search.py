"""Asking an index for a name: who bears it or one like it, in any spelling, order and script, and how sure that is.

Whatever is counted is summed over the segments that were handed in and nothing else, and the answer does not depend on
how the rows are spread over them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.errors import DamagedError
from leconfield.registry.compare import NameMatch, compare_names
from leconfield.registry.nameindex.alignment import align_names
from leconfield.registry.nameindex.alone import Read, ask_alone
from leconfield.registry.nameindex.asking import Asked, asked
from leconfield.registry.nameindex.knowledge import Knowledge
from leconfield.registry.nameindex.likely import Likely, likely, read_parts, rows_of_parts
from leconfield.registry.nameindex.reading import read_name
from leconfield.registry.nameindex.retrieve import best_names
from leconfield.registry.nameindex.room import room
from leconfield.registry.nameindex.segment import Floats, Hashes, Numbers, Segment
from leconfield.registry.nameindex.verdict import Verdict, probabilities, verdict_of
from leconfield.registry.nameindex.weigh import arranged

MOST_NAMES: Final = 64
"""Names that are compared part by part for each question, unless more are asked for; twice as many for initials."""


_NO_HASHES: Final = np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Found:
    """A row whose name may be the one asked for."""

    row_id: str
    text: str
    probability: float
    score: float
    """Bits of evidence in the names' agreement."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, what that amounts to, and what was looked through."""

    verdict: Verdict
    found: tuple[Found, ...]
    rows: int
    """Rows searched."""
    work: int
    """Postings read."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of the segments as they were found, one value each; equal ones of several segments side by side."""

    which: Numbers
    """The segment,"""
    name: Numbers
    """and the name's number in it."""
    shared: Floats
    """Bits that it was found by."""
    length: Numbers
    hash: Hashes
    begin: Numbers
    """Its first row,"""
    end: Numbers
    """and the one after its last."""

    def picked(self, order: NDArray[np.integer]) -> _Names:
        """Those names, in that order."""
        return _Names(*(getattr(self, each)[order] for each in self.__slots__))


@dataclass(frozen=True, slots=True)
class _Hits:
    """Distinct names, best first: where each is among `names`, the bits for it being the one, and its bearers."""

    names: _Names
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    """One after the last of its places."""
    score: NDArray[np.float64]
    bearers: NDArray[np.int64]


class NameSearch:
    """Questions to a set of segments. It keeps nothing from one question to the next."""

    def __init__(self, segments: Sequence[Segment], knowledge: Knowledge | None = None) -> None:
        self._knowledge = knowledge or Knowledge.shipped()
        self._segments = tuple(segments)
        self._rows = sum(each.rows for each in self._segments)
        self._part_rows = rows_of_parts(self._segments) if len(self._segments) > 1 else ()
        for each in self._segments:
            if each.knowledge != self._knowledge.version:
                raise DamagedError(
                    f"{each.path or 'a segment'} was built with other tables of names; build the index again"
                )

    @property
    def rows(self) -> int:
        """How many rows are searched."""
        return self._rows

    def search(self, text: str, limit: int = 10) -> tuple[Found, ...]:
        """The rows whose names are likeliest to be the one asked for, best first."""
        return self.answer(text, limit).found

    def search_many(self, texts: Iterable[str], top: int = 10) -> Iterator[tuple[Found, ...]]:
        """The same for many names, one after another."""
        return (self.search(text, top) for text in texts)

    def answer(self, text: str, limit: int = 10) -> Answer:
        """The rows whose names are likeliest to be the one asked for, and what that amounts to."""
        ask = asked(text, self._knowledge)
        work = np.zeros(1, dtype=np.int64)
        if not ask.count or not self._segments:
            return Answer(Verdict.NO_TRACE, (), self._rows, 0)
        most = MOST_NAMES * (2 if max(ask.question.initials) >= 0 else 1)
        hits = (self._alone if len(self._segments) == 1 else self._hits)(ask, max(most, limit), work)
        chances = probabilities(hits.score, hits.bearers, self._rows)
        found = tuple(self._found(hits, chances.tolist(), limit))
        return Answer(verdict_of(hits.score, hits.bearers, chances), found, self._rows, int(work[0]))

    def _alone(self, ask: Asked, most: int, work: NDArray[np.int64]) -> _Hits:
        """Distinct names of the only segment, best first."""
        parts, names = self._segments[0].parts, self._segments[0].names
        name, score = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.float32)
        count = ask_alone(
            ask.question, ask.count, ask.flags, Read(*read_parts(ask, parts)), parts, names, float(self._rows),
            room.noted, *room.like(len(ask.question.bits)), room.window, name, score, work,
        )  # fmt: skip
        name, score, places = name[:count], score[:count], np.arange(count)
        begin, end = names.name_row[name], names.name_row[name + 1]
        nothing = np.zeros(count, dtype=np.int32)
        found = _Names(nothing, name, score, nothing, _NO_HASHES, begin, end)
        return _Hits(found, places, places + 1, score.astype(np.float64), (end - begin).astype(np.int64))

    def _hits(self, ask: Asked, most: int, work: NDArray[np.int64]) -> _Hits:
        """Distinct names, best first."""
        like = likely(ask, self._segments, self._part_rows, self._rows)
        order = np.argsort(like.bearing[: ask.count], kind="stable").astype(np.int32)
        order = order[ask.question.initials[order] < 0]
        found = [self._retrieved(ask, like, which, order, most, work) for which in range(len(self._segments))]
        names, new = _foremost(found, most)
        first = np.flatnonzero(new)
        bearers = np.add.reduceat((names.end - names.begin).astype(np.int64), first) if len(first) else first
        score = self._scores(ask, like, names.picked(first))
        best = np.argsort(-score, kind="stable")  # they stand in order of what they share, length and hash
        last = np.append(first[1:], len(names.name))
        return _Hits(names, first[best], last[best], score[best], bearers[best])

    def _retrieved(
        self, ask: Asked, like: Likely, which: int, order: Numbers, most: int, work: NDArray[np.int64]
    ) -> _Names:
        """The names of one segment that share most with the one asked for."""
        names, mine = self._segments[which].names, like.weighed[which]
        lists = 2 * len(mine.part)
        list_at, list_part = np.empty(len(order) + 1, dtype=np.int32), np.empty(lists, dtype=np.int32)
        list_weight = np.empty(lists, dtype=np.float32)
        arranged(order, ask.count, mine.at, mine.part, mine.weight, list_at, list_part, list_weight)
        found, shared = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.float32)
        letters = np.array([1 << each for each in ask.question.initials.tolist() if each >= 0], dtype=np.uint32)
        count = best_names(
            list_at, list_part[: list_at[-1]], list_weight[: list_at[-1]], letters, names.post_at, names.post,
            names.name_initials, room.window, found, shared, work,
        )  # fmt: skip
        found = found[:count]
        return _Names(
            np.full(count, which, dtype=np.int32),
            found,
            shared[:count],
            names.name_at[found + 1] - names.name_at[found],
            names.name_hash[found],
            names.name_row[found],
            names.name_row[found + 1],
        )

    def _scores(self, ask: Asked, like: Likely, names: _Names) -> NDArray[np.float64]:
        """Bits for each of these names being the one asked for, all their parts considered."""
        scores = np.empty(len(names.name), dtype=np.float64)
        for which, (segment, mine) in enumerate(zip(self._segments, like.weighed, strict=True)):
            here = np.flatnonzero(names.which == which)
            if not len(here):
                continue
            held, parts, of = segment.names, segment.parts, ask.question
            out = np.empty(len(here), dtype=np.float32)
            align_names(
                names.name[here], held.name_at, held.name_part, held.name_flags, self._part_rows[which],
                parts.part_bits, float(self._rows), ask.count, mine.at, mine.part, mine.weight, like.asked_bits,
                of.initials, of.form_text, of.first_form, of.first_plain, ask.flags, parts.form_text, parts.form_at,
                parts.part_form, parts.form_kind, out,
            )  # fmt: skip
            scores[here] = out
        return scores

    def _found(self, hits: _Hits, chances: list[float], limit: int) -> Iterator[Found]:
        """Rows, those of one name in order of their ids."""
        left = limit
        some = slice(max(limit, 0))
        places = zip(hits.first[some].tolist(), hits.last[some].tolist(), strict=True)
        for (first, last), score, chance in zip(places, hits.score[some].tolist(), chances, strict=False):
            if left <= 0:
                return
            for key, text in self._bearers(hits.names, first, last, left):
                left -= 1
                yield Found(key.decode(), text, chance, score)

    def _bearers(self, names: _Names, first: int, last: int, most: int) -> Iterable[tuple[bytes, str]]:
        """Ids and texts of so many rows of one name, whose places in the segments stand from `first` to `last`."""
        held = [self._first_rows(names, at, most) for at in range(first, last)]
        return islice(heapq.merge(*held), most) if len(held) > 1 else held[0]

    def _first_rows(self, names: _Names, at: int, most: int) -> Iterator[tuple[bytes, str]]:
        """They are kept in order of their ids."""
        segment, begin = self._segments[names.which.item(at)], names.begin.item(at)
        for row in range(begin, min(names.end.item(at), begin + most)):
            yield segment.row_key(row), segment.text_of(row)


def _foremost(found: list[_Names], most: int) -> tuple[_Names, NDArray[np.bool_]]:
    """The names of all segments, equal ones side by side, and whether each is the first of its kind."""
    names = _Names(*(np.concatenate([getattr(each, field) for each in found]) for field in _Names.__slots__))
    names = names.picked(np.lexsort((names.which, names.hash, names.length, -names.shared)))
    new = np.ones(len(names.name), dtype=np.bool_)
    new[1:] = (names.hash[1:] != names.hash[:-1]) | (names.length[1:] != names.length[:-1])
    kept = np.cumsum(new) <= most
    return names.picked(np.flatnonzero(kept)), new[kept]


def explain(query: str, text: str) -> NameMatch:
    """How two names agree, part by part, in words."""
    return compare_names(read_name(query), read_name(text))

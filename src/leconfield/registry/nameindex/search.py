"""Asking an index for a name: who bears it or one like it, in any spelling, order and script, and how sure that is.

Whatever is counted is summed over the segments that were handed in and nothing else, and the answer does not depend on
how the rows are spread over them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.errors import DamagedError
from leconfield.registry.compare import NameMatch, compare_names
from leconfield.registry.nameindex.alignment import align_names
from leconfield.registry.nameindex.asking import Asked, asked
from leconfield.registry.nameindex.gather import LONGEST_NAME
from leconfield.registry.nameindex.knowledge import Knowledge
from leconfield.registry.nameindex.likely import Likely, likely, part_bits
from leconfield.registry.nameindex.retrieve import best_names
from leconfield.registry.nameindex.segment import Floats, Numbers, Segment
from leconfield.registry.nameindex.verdict import Verdict, probabilities, verdict_of
from leconfield.registry.nameindex.weigh import arranged
from leconfield.registry.names import parse_name

MOST_NAMES: Final = 128
"""Names that are compared part by part for each question, unless more are asked for."""


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
class _Hit:
    """A distinct name, with its rows in each segment that has it."""

    score: float
    shared: float
    """The bits shared, as it was retrieved by."""
    length: int
    hash: int
    rows: tuple[tuple[int, int, int], ...]
    """Segment, first row, and the one after the last."""
    name: int
    """Its number in the first of those segments."""

    @property
    def bearers(self) -> int:
        """How many rows bear the name."""
        return sum(end - begin for _, begin, end in self.rows)

    @property
    def rank(self) -> tuple[float, float, int, int]:
        """Sorts the best first, whatever the segments."""
        return -self.score, -self.shared, self.length, self.hash


class NameSearch:
    """Questions to a set of segments. It keeps nothing from one question to the next."""

    def __init__(self, segments: Sequence[Segment], knowledge: Knowledge | None = None) -> None:
        self._knowledge = knowledge or Knowledge.shipped()
        self._segments = tuple(segments)
        self._rows = sum(each.rows for each in self._segments)
        for each in self._segments:
            if each.knowledge != self._knowledge.version:
                raise DamagedError(
                    f"{each.path or 'a segment'} was built with other tables of names; build the index again"
                )

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
        hits = self._hits(ask, max(MOST_NAMES, limit), work) if ask.count and self._segments else []
        scores, bearers = [hit.score for hit in hits], [hit.bearers for hit in hits]
        chances = probabilities(scores, bearers, self._rows)
        found = tuple(self._found(hits, chances, limit))
        return Answer(verdict_of(scores, bearers, chances), found, self._rows, int(work[0]))

    def _hits(self, ask: Asked, most: int, work: NDArray[np.int64]) -> list[_Hit]:
        """Distinct names, best first."""
        like = likely(ask, self._segments, self._rows)
        groups = [each for each in np.argsort(like.bearing[: ask.count], kind="stable") if ask.initials[each] < 0]
        order = np.array(groups, dtype=np.int32)
        hits: dict[tuple[int, int], _Hit] = {}
        for which in range(len(self._segments)):
            for hit in self._retrieved(ask, like, which, order, most, work):
                held = hits.get((hit.length, hit.hash))
                hits[hit.length, hit.hash] = hit if held is None else _both(held, hit)
        foremost = sorted(hits.values(), key=lambda hit: hit.rank)[:most]
        return sorted(self._aligned(ask, like, foremost), key=lambda hit: hit.rank)

    def _retrieved(
        self, ask: Asked, like: Likely, which: int, order: Numbers, most: int, work: NDArray[np.int64]
    ) -> Iterator[_Hit]:
        """The names of one segment that share most with the one asked for."""
        names, mine = self._segments[which].names, like.weighed[which]
        room = 2 * len(mine.part)
        list_at, list_part = np.empty(len(order) + 1, dtype=np.int32), np.empty(room, dtype=np.int32)
        list_weight = np.empty(room, dtype=np.float32)
        arranged(order, ask.count, mine.at, mine.part, mine.weight, list_at, list_part, list_weight)
        found, shared = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.float32)
        letters = np.array([1 << each for each in ask.initials if each >= 0], dtype=np.uint32)
        count = best_names(
            list_at, list_part[: list_at[-1]], list_weight[: list_at[-1]], letters, names.post_at, names.post,
            names.name_initials, found, shared, work,
        )  # fmt: skip
        found = found[:count]
        lengths = (names.name_at[found + 1] - names.name_at[found]).tolist()
        begins, ends = names.name_row[found].tolist(), names.name_row[found + 1].tolist()
        hashes, bits = names.name_hash[found].tolist(), shared[:count].tolist()
        for name, length, begin, end, key, each in zip(
            found.tolist(), lengths, begins, ends, hashes, bits, strict=True
        ):
            yield _Hit(0.0, each, length, key, ((which, begin, end),), name)

    def _aligned(self, ask: Asked, like: Likely, hits: list[_Hit]) -> Iterator[_Hit]:
        """The hits with the bits of the whole names' agreement."""
        for which in range(len(self._segments)):
            mine = [hit for hit in hits if hit.rows[0][0] == which]
            scores = self._scores(ask, like, which, np.array([hit.name for hit in mine], dtype=np.int32))
            for hit, score in zip(mine, scores.tolist(), strict=True):
                yield _Hit(score, hit.shared, hit.length, hit.hash, hit.rows, hit.name)

    def _scores(self, ask: Asked, like: Likely, which: int, found: Numbers) -> Floats:
        segment, mine = self._segments[which], like.weighed[which]
        parts, names = segment.parts, segment.names
        places = [names.name_part[names.name_at[each] : names.name_at[each + 1]] for each in found]
        flat = np.concatenate(places) if places else np.empty(0, dtype=np.int32)
        scores = np.empty(len(found), dtype=np.float32)
        align_names(
            found, names.name_at, names.name_part, names.name_flags,
            part_bits(flat, segment, self._segments, self._rows), ask.count, mine.at, mine.part, mine.weight,
            like.asked_bits, ask.initials, ask.form_text, ask.first_form, ask.first_plain, ask.flags, parts.form_text,
            parts.form_at, parts.part_form, parts.form_plain, scores,
        )  # fmt: skip
        return scores

    def _found(self, hits: list[_Hit], chances: NDArray[np.float64], limit: int) -> Iterator[Found]:
        """Rows, those of one name in order of their ids."""
        left = limit
        for hit, chance in zip(hits, chances.tolist(), strict=True):
            if left <= 0:
                return
            rows = [(self._segments[which].row_key(row), which, row) for which, row in _first_rows(hit, left)]
            for key, which, row in heapq.nsmallest(left, rows):
                left -= 1
                yield Found(key.decode(), self._segments[which].text_of(row), chance, hit.score)


def explain(query: str, text: str) -> NameMatch:
    """How two names agree, part by part, in words."""
    return compare_names(parse_name(query[:LONGEST_NAME]), parse_name(text[:LONGEST_NAME]))


def _both(one: _Hit, other: _Hit) -> _Hit:
    """One name that two segments have."""
    return _Hit(one.score, one.shared, one.length, one.hash, one.rows + other.rows, one.name)


def _first_rows(hit: _Hit, most: int) -> Iterator[tuple[int, int]]:
    """So many rows of a name in each segment: they are kept in order of their ids."""
    for which, begin, end in hit.rows:
        yield from ((which, row) for row in range(begin, min(end, begin + most)))

"""The worlds of a desk: one per set of visible labels and moment, grown by what newly became visible.

Rows are read label by label through the second wall and shared between the worlds that admit the label; a label that
nobody present may read is never touched. Nothing a reader may not see changes what is read, computed or kept for him.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Generic, TypeVar

from leconfield.ledger import labels
from leconfield.ledger.judgements import judgement_in
from leconfield.ledger.labels import Tokens
from leconfield.ledger.model import Entry, Report, Statement
from leconfield.ledger.stores.rows import to_entry, to_report, to_statement
from leconfield.ledger.stores.segments import Segments
from leconfield.ledger.stores.sqlite import SqliteStore
from leconfield.ledger.times import stamp
from leconfield.ledger.world import Delta, World

PAST_WORLDS: Final = 4
"""How many worlds of a past moment are kept at hand."""

T = TypeVar("T")


@dataclass
class _Rows(Generic[T]):
    """What stands under one label, of one kind, with its place in the order."""

    placed: list[tuple[int, T]] = field(default_factory=list)

    def after(self, seq: int) -> list[tuple[int, T]]:
        at = len(self.placed)
        while at and self.placed[at - 1][0] > seq:
            at -= 1
        return self.placed[at:]


@dataclass
class _Shelf:
    """Everything under one label."""

    upto: int = 0
    entries: _Rows[Entry] = field(default_factory=_Rows)
    reports: _Rows[Report] = field(default_factory=_Rows)
    statements: _Rows[Statement] = field(default_factory=_Rows)

    def first(self) -> int:
        """The place of the entry that first brought anything under the label; a label may bear statements alone."""
        starts = (rows.placed[0][0] for rows in (self.entries, self.reports, self.statements) if rows.placed)
        return min(starts, default=self.upto)


@dataclass
class _Kept:
    world: World
    upto: dict[int, int] = field(default_factory=dict)


class Worlds:
    """Makes and keeps worlds over one store and its segments."""

    def __init__(self, store: SqliteStore, segments: Segments) -> None:
        self._store = store
        self._segments = segments
        self._lock = threading.RLock()
        self._shelves: dict[int, _Shelf] = {}
        self._visible: dict[Tokens, dict[int, bool]] = {}
        self._now: dict[frozenset[int], _Kept] = {}
        self._past: OrderedDict[tuple[frozenset[int], str], _Kept] = OrderedDict()
        self._seats: dict[Tokens, frozenset[int]] = {}

    def world(self, tokens: Tokens, as_of: datetime | None) -> World:
        """The world of everybody who may see just what a holder of `tokens` may see, as of the moment."""
        with self._lock:
            visible = self.visible(tokens)
            kept = self._present(tokens, visible) if as_of is None else self._at(visible, stamp(as_of))
            self._grow(kept, visible, None if as_of is None else stamp(as_of))
            return kept.world

    def visible(self, tokens: Tokens) -> frozenset[int]:
        """The labels that admit a holder of `tokens`; each distinct label is evaluated once."""
        with self._lock:
            known = self._visible.setdefault(tokens, {})
            for label_id, expression in self._store.labels().items():
                if label_id not in known:
                    known[label_id] = labels.admits(expression, tokens)
            return frozenset(label_id for label_id, admitted in known.items() if admitted)

    def _present(self, tokens: Tokens, visible: frozenset[int]) -> _Kept:
        """The living world for that set; a reader's world moves along when a new label becomes visible to him."""
        before = self._seats.get(tokens)
        self._seats[tokens] = visible
        if visible not in self._now:
            alone = before is not None and before not in self._seats.values()
            kept = self._now.pop(before) if alone and before in self._now else _Kept(World(self._segments))
            self._now[visible] = kept
        return self._now[visible]

    def _at(self, visible: frozenset[int], moment: str) -> _Kept:
        key = (visible, moment)
        kept = self._past.setdefault(key, _Kept(World(self._segments)))
        self._past.move_to_end(key)
        while len(self._past) > PAST_WORLDS:
            self._past.popitem(last=False)
        return kept

    def _grow(self, kept: _Kept, visible: frozenset[int], until: str | None) -> None:
        newest = self._store.newest(visible)
        behind = {label_id: seq for label_id, seq in newest.items() if kept.upto.get(label_id, 0) < seq}
        if not behind:
            return
        expressions = self._store.labels()
        for label_id, seq in behind.items():
            self._fill(label_id, seq, expressions[label_id])
        if self._late(kept, behind):
            kept.world, kept.upto, behind = World(self._segments), {}, newest
        kept.world.grow(self._delta(kept, behind, until))
        kept.upto.update(behind)

    def _late(self, kept: _Kept, behind: dict[int, int]) -> bool:
        """Whether a label is new to a world that holds later rows already: grown, their order would tell who looked."""
        latest = max(kept.upto.values(), default=0)
        return any(self._shelves[each].first() < latest for each in behind if each not in kept.upto)

    def _delta(self, kept: _Kept, behind: dict[int, int], until: str | None) -> Delta:
        entries: list[tuple[int, Entry]] = []
        reports: list[tuple[int, Report]] = []
        statements: list[tuple[int, Statement]] = []
        for label_id in behind:
            shelf, seen = self._shelves[label_id], kept.upto.get(label_id, 0)
            entries += [pair for pair in shelf.entries.after(seen) if until is None or pair[1].at <= until]
            reports += [pair for pair in shelf.reports.after(seen) if until is None or pair[1].learnt <= until]
            statements += [pair for pair in shelf.statements.after(seen) if until is None or pair[1].learnt <= until]
        in_order = _ordered(entries)
        judgements = [judged for entry in in_order if (judged := judgement_in(entry)) is not None]
        return Delta(_ordered(reports), _ordered(statements), tuple(judgements), in_order)

    def _fill(self, label_id: int, seq: int, expression: str) -> None:
        shelf = self._shelves.setdefault(label_id, _Shelf())
        if shelf.upto >= seq:
            return
        for row in self._store.between("entry", label_id, shelf.upto, seq):
            shelf.entries.placed.append((row["seq"], to_entry(row, expression)))
        for row in self._store.between("report", label_id, shelf.upto, seq):
            shelf.reports.placed.append((row["seq"], to_report(row, expression)))
        for row in self._store.between("statement", label_id, shelf.upto, seq):
            shelf.statements.placed.append((row["seq"], to_statement(row, expression)))
        shelf.upto = seq


P = TypeVar("P", Entry, Report, Statement)


def _ordered(placed: list[tuple[int, P]]) -> tuple[P, ...]:
    placed.sort(key=lambda pair: (pair[0], pair[1].id))
    return tuple(record for _, record in placed)

"""A world: everything one visibility admits, and what is computed from it. Nothing else goes into any computation.

Two readers who may see the same share one world. A world grows only by what it admits, so that its size, its
statistics, its caches and the work it takes depend on visible rows alone.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar, cast

from leconfield.ledger.bulk import SEGMENT_LOADED, Bulk, loaded_in
from leconfield.ledger.model import Entry, Judgement, Report, ReportId, Statement, StatementId, SubjectId
from leconfield.ledger.stores.segments import Segments


@dataclass(frozen=True, slots=True)
class Delta:
    """What has newly become visible, each in the order in which it was learnt."""

    reports: tuple[Report, ...] = ()
    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    entries: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reports or self.statements or self.judgements or self.entries)


class Derived(Protocol):
    """Something computed from a world and kept up to date with it: an index, a partition, a graph."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Compute it from the whole world."""
        ...

    def grow(self, world: World, delta: Delta) -> None:
        """Take in what is new; must end in the same state as `of` over the grown world."""
        ...


class Folded(ABC):
    """A `Derived` that comes of entries alone, taken in one after the other, however many at a time."""

    __slots__ = ()

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        found = cls()
        found._take(world.entries)
        return found

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(delta.entries)

    @abstractmethod
    def _take(self, entries: Iterable[Entry]) -> None:
        """Take entries in, in the order in which they were learnt."""


D = TypeVar("D", bound=Derived)


class World:
    """The visible part of the ledger, in memory; what large tables said stays on disk (`bulk`)."""

    def __init__(self, segments: Segments | None = None) -> None:
        self.reports: dict[ReportId, Report] = {}
        self.statements: dict[StatementId, Statement] = {}
        self.judgements: list[Judgement] = []
        self.entries: list[Entry] = []
        self.by_subject: dict[SubjectId, list[Statement]] = defaultdict(list)
        self.by_report: dict[ReportId, list[Statement]] = defaultdict(list)
        self.pointing_at: dict[str, list[Statement]] = defaultdict(list)
        """Statements by their value: links by the subject they lead to, identifiers by what they say."""
        self.lock = threading.RLock()
        self._derived: dict[type[Derived], Derived] = {}
        self._segments = segments or Segments(None)
        self._bulk: Bulk | None = None

    def grow(self, delta: Delta) -> None:
        """Admit what is new, and let everything derived take it in."""
        if not delta:
            return
        with self.lock:
            self.reports.update((each.id, each) for each in delta.reports)
            self._index(delta.statements)
            self.judgements.extend(delta.judgements)
            self.entries.extend(delta.entries)
            if any(each.kind == SEGMENT_LOADED for each in delta.entries):
                self._bulk = None
            for derived in self._derived.values():
                derived.grow(self, delta)

    @property
    def bulk(self) -> Bulk:
        """The statements of large tables that this world admits; opened on first use."""
        with self.lock:
            if self._bulk is None:
                loaded = (loaded_in(each) for each in self.entries)
                self._bulk = Bulk(self._segments, (each for each in loaded if each is not None))
            return self._bulk

    def derived(self, kind: type[D]) -> D:
        """The derived thing of that kind, computed on first use."""
        with self.lock:
            known = self._derived.get(kind)
            if known is None:
                known = self._derived[kind] = kind.of(self)
            return cast("D", known)

    def _index(self, statements: Iterable[Statement]) -> None:
        for each in statements:
            self.statements[each.id] = each
            self.by_subject[each.subject].append(each)
            self.by_report[each.report].append(each)
            self.pointing_at[each.value].append(each)

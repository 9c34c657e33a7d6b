"""A resolver that survives its process: every arrival and every judgement is in a journal before it is acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyarrow as pa

from leconfield.errors import DamagedError
from leconfield.registry.linkage.journal import Journal, Replayed
from leconfield.registry.linkage.resolver import Judgement, Resolver

GROUP: Final = 32
"""How many records are written and acknowledged together."""
_REPLAYED: Final = 4096


class DurableResolver:
    """A resolver and its journal."""

    def __init__(self, resolver: Resolver, path: Path) -> None:
        """Open the journal, and take in again what it holds.

        Raises:
            DamagedError: if the journal is damaged, or is of a table with other columns.
        """
        self.resolver = resolver
        self._columns = [column for field in resolver.plan.fields for column in field.columns]
        self._journal = Journal(path)
        self._writer = ThreadPoolExecutor(1)
        self._replay()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.shutdown()
        self._journal.__exit__(kind, error, trace)

    @property
    def replayed(self) -> Replayed:
        """What was there when it was opened."""
        return self._journal.replayed

    def add(self, ids: Sequence[str], table: pa.RecordBatch) -> None:
        """Take in records; when this returns they are resolved, and durable.

        Raises:
            BadInputError: if one of them is there already; then none is taken in.
        """
        self.resolver.check_new(ids)
        values = [table.column(name).to_pylist() for name in self._columns]
        entries = [["+", each, *row] for each, row in zip(ids, zip(*values, strict=True), strict=True)]
        written = self._writer.submit(self._journal.append, entries)
        try:
            self.resolver.add(ids, table)
        finally:
            written.result()

    def judge(self, judgement: Judgement) -> None:
        """Take in what an officer says; see `Resolver.judge`."""
        self.resolver.judge(judgement)
        self._journal.append([["judged", judgement.left, judgement.right, judgement.verdict]])

    def take_back(self, left: str, right: str) -> None:
        """Undo what was said of two records; see `Resolver.take_back`."""
        self.resolver.take_back(left, right)
        self._journal.append([["taken back", left, right]])

    def remove(self, record: str) -> None:
        """Take a record out; see `Resolver.remove`."""
        self.resolver.remove(record)
        self._journal.append([["-", record]])

    def _replay(self) -> None:
        head = ["table", *self._columns]
        entries = iter(self._journal.read())
        first = next(entries, None)
        if first is None:
            self._journal.append([head])
        elif first != head:
            raise DamagedError(f"{self._journal.path} is the journal of a table with other columns; name another file")
        waiting: list[list[str | None]] = []
        for entry in entries:
            if not isinstance(entry, list):
                raise DamagedError(f"{self._journal.path}: an entry is not what a journal of records holds")
            if entry[0] == "+":
                waiting.append(entry[1:])
                if len(waiting) == _REPLAYED:
                    self._take_in(waiting)
                continue
            self._take_in(waiting)
            self._act(entry)
        self._take_in(waiting)

    def _take_in(self, waiting: list[list[str | None]]) -> None:
        if waiting:
            ids, *values = zip(*waiting, strict=True)
            columns = [pa.array(each, pa.string()) for each in values]
            self.resolver.add([str(each) for each in ids], pa.RecordBatch.from_arrays(columns, self._columns))
            waiting.clear()

    def _act(self, entry: list[str]) -> None:
        if entry[0] == "judged":
            self.resolver.judge(Judgement(*entry[1:]))
        elif entry[0] == "taken back":
            self.resolver.take_back(entry[1], entry[2])
        else:
            self.resolver.remove(entry[1])


def judge_all(resolver: Resolver | DurableResolver, judgements: Iterable[Judgement]) -> int:
    """Take in judgements that are not there yet; returns how many there were."""
    known = set((resolver.resolver if isinstance(resolver, DurableResolver) else resolver).judgements)
    count = 0
    for judgement in judgements:
        if judgement not in known:
            resolver.judge(judgement)
            count += 1
    return count

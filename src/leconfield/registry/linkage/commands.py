"""The command that resolves a table: records in, clusters out."""

from __future__ import annotations

import csv
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from leconfield.console import err
from leconfield.errors import BadInputError

if TYPE_CHECKING:
    import pyarrow as pa

    from leconfield.registry.linkage.batch_table import Judged
    from leconfield.registry.linkage.durable import DurableResolver
    from leconfield.registry.linkage.fields import Plan
    from leconfield.registry.linkage.resolver import Judgement
    from leconfield.registry.linkage.tables import TableFile

_SAY_EVERY: Final = 2.0
"""Seconds between lines of progress."""
_BATCH: Final = 1 << 17
"""Rows read at a time where all are resolved together."""


def resolve(
    table: Annotated[Path, typer.Argument(help="The table: CSV or Parquet.", show_default=False)],
    id_column: Annotated[str, typer.Option("--id", help="The column that says which record it is.")],
    columns: Annotated[str, typer.Option(help="What columns are, e.g. full_name=name,dob=birth,note=ignore.")] = "",
    batch: Annotated[bool, typer.Option("--batch", help="All records together instead of one by one.")] = False,
    engine: Annotated[
        Literal["local", "duckdb", "spark"], typer.Option(help="Where the batch runs: here, in DuckDB, on Spark.")
    ] = "local",
    judgements: Annotated[
        Path | None, typer.Option(help="What officers said of pairs: left,right,verdict (same, different).")
    ] = None,
    journal: Annotated[
        Path | None, typer.Option(help="One by one: keep every arrival in this file; go on from it after a stop.")
    ] = None,
) -> None:
    """Which records of a table are one: prints id,cluster.

    Records are taken in one by one as they stand in the table, each in its cluster at once; in the end the weights are
    learned from all of them, and the result is the same whatever the order. A cluster is called by the id of its oldest
    record. What each column is, is guessed from its name and contents and said on standard error; --columns says it
    better: name, birth, date, place, postcode, address, phone, email, identifier, number, occupation, sex, category,
    text, or ignore. Columns called cluster, label, truth or entity_id are never used.
    """
    from leconfield.registry.linkage.tables import open_table  # noqa: PLC0415 - a small desk starts without it

    if journal is not None and (batch or engine != "local"):
        raise BadInputError("--journal is for records one by one; leave out --batch and --engine")
    file = open_table(table)
    plan = _planned(file, id_column, columns)
    said = list(_judgements(judgements)) if judgements else []
    if batch or engine != "local":
        _write(_together(file, plan, id_column, engine, said))
    else:
        _write(_one_by_one(file, plan, id_column, journal, said))


def _planned(file: TableFile, id_column: str, columns: str) -> Plan:
    from leconfield.registry.linkage.fields import guess  # noqa: PLC0415 - loads numpy

    if id_column not in file.columns:
        raise BadInputError(f'{file.path}: there is no column "{id_column}"; the columns are {", ".join(file.columns)}')
    said: dict[str, str] = {}
    for each in filter(None, (part.strip() for part in columns.split(","))):
        column, equals, role = (part.strip() for part in each.rpartition("="))
        if not equals or not column:
            raise BadInputError(f'--columns: "{each}" is not of the form column=role, such as full_name=name')
        said[column] = role
    plan = guess(file.sample(), id_column, said)
    _say(plan.words)
    return plan


def _one_by_one(
    file: TableFile, plan: Plan, id_column: str, journal: Path | None, said: list[Judgement]
) -> Iterator[tuple[str, str]]:
    from leconfield.registry.linkage.durable import GROUP, DurableResolver, judge_all  # noqa: PLC0415 - loads numba
    from leconfield.registry.linkage.ids import check_present, note_rows  # noqa: PLC0415 - see the head of the command
    from leconfield.registry.linkage.resolver import Resolver  # noqa: PLC0415 - loads numba

    resolver = Resolver(plan)
    with ExitStack() as stack:
        taking: Resolver | DurableResolver = resolver
        if journal is not None:
            durable = stack.enter_context(DurableResolver(resolver, journal))
            _tell_replayed(durable)
            taking = durable
        known = {each for each, _ in resolver.clusters()}
        told = _Ticker()
        count, seen = 0, dict[str, int]()
        for batch in file.batches(GROUP):
            check_present(batch.column(id_column), id_column, count)
            note_rows(batch.column(id_column).to_pylist(), count, seen)
            count += batch.num_rows
            ids, fresh = _fresh(batch, id_column, known)
            if ids:
                taking.add(ids, fresh)
                told.tick(lambda: f"{len(resolver):,} records resolved")
        judge_all(taking, said)
        _say("settling")
        resolver.settle()
    yield from resolver.clusters()


def _fresh(batch: pa.RecordBatch, id_column: str, known: set[str]) -> tuple[list[str], pa.RecordBatch]:
    """The records that the journal did not bring."""
    import pyarrow as pa  # noqa: PLC0415 - see the head of the command

    ids = batch.column(id_column).to_pylist()
    if not known:
        return ids, batch
    fresh = [each not in known for each in ids]
    return [each for each, new in zip(ids, fresh, strict=True) if new], batch.filter(pa.array(fresh))


def _together(
    file: TableFile, plan: Plan, id_column: str, engine: str, said: list[Judgement]
) -> Iterator[tuple[str, str]]:
    from leconfield.registry.linkage.batch import resolve_batch  # noqa: PLC0415 - loads numba

    told = _Ticker()

    def say(words: str) -> None:
        told.tick(lambda: words)

    found = resolve_batch(
        plan,
        id_column,
        file.batches(_BATCH),
        threads=max(1, len(os.sched_getaffinity(0))),
        say=say,
        judged=_judged(said) if said else None,
        engine=None if engine == "local" else engine,
    )
    yield from zip(found.ids.to_pylist(), found.names.to_pylist(), strict=True)


def _judged(said: list[Judgement]) -> Callable[[pa.ChunkedArray], Judged]:
    import numpy as np  # noqa: PLC0415 - see the head of the command

    from leconfield.registry.linkage.batch_table import Judged  # noqa: PLC0415 - loads numba

    def find(ids: pa.ChunkedArray) -> Judged:
        wanted = {each for one in said for each in (one.left, one.right)}
        rows = {each: row for row, each in enumerate(ids.to_pylist()) if each in wanted}
        for each in wanted - rows.keys():
            raise BadInputError(f'a judgement names "{each}", and there is no such record')
        left, right = [rows[one.left] for one in said], [rows[one.right] for one in said]
        verdict = [1 if one.verdict == "same" else -1 for one in said]
        return Judged(np.array(left, np.int64), np.array(right, np.int64), np.array(verdict, np.int64))

    return find


def _judgements(path: Path) -> Iterator[Judgement]:
    from leconfield.registry.linkage.resolver import Judgement  # noqa: PLC0415 - loads numba

    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, skipinitialspace=True)
        if not {"left", "right", "verdict"} <= set(reader.fieldnames or ()):
            raise BadInputError(f"{path}: the first row must name the columns left, right and verdict")
        for row in reader:
            left, right, verdict = (str(row[name] or "").strip() for name in ("left", "right", "verdict"))
            if verdict not in {"same", "different"} or not left or not right or left == right:
                raise BadInputError(
                    f"{path}, line {reader.line_num}: name two records and same or different, "
                    f"not {left},{right},{verdict}"
                )
            yield Judgement(left, right, verdict)


def _tell_replayed(durable: DurableResolver) -> None:
    replayed = durable.replayed
    if replayed.entries:
        _say(f"{replayed.entries - 1:,} entries taken from the journal")
    if replayed.cut_off:
        _say(f"the journal's last line was torn ({replayed.cut_off} bytes, never acknowledged) and is cut off")


def _write(clusters: Iterable[tuple[str, str]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    started = False
    for pair in clusters:
        if not started:
            writer.writerow(("id", "cluster"))
            started = True
        writer.writerow(pair)
    if not started:
        writer.writerow(("id", "cluster"))


class _Ticker:
    """Says how far things are, now and then."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SAY_EVERY

    def tick(self, words: Callable[[], str]) -> None:
        """Say it if some time has passed."""
        if time.monotonic() >= self._next:
            _say(words())
            self._next = time.monotonic() + _SAY_EVERY


def _say(words: str) -> None:
    err.print(words, soft_wrap=True)

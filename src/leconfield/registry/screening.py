"""Names of one file traced in another, without a desk: who of a list these may be."""

from __future__ import annotations

import json
import math
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from leconfield.errors import BadInputError
from leconfield.ledger.times import check_partial
from leconfield.registry.evidence import weigh_births
from leconfield.registry.nameindex import NameSearch, Segment, build
from leconfield.registry.nameindex.knowledge import Knowledge
from leconfield.registry.nameindex.search import Answer, Found
from leconfield.registry.nameindex.tables import Row, Table, hash_of
from leconfield.registry.nameindex.verdict import Verdict
from leconfield.registry.scripts import fold

T = TypeVar("T")
Watched = Callable[[Iterable[T], str], Iterable[T]]
"""Shows how far a long loop is: the loop, and what it does."""
SAME_COUNTRY: Final = 2.0
OTHER_COUNTRY: Final = -1.5
"""Bits: people move, and lists say now where somebody was born, now where he lives."""
_ROWS_EACH: Final = 5
"""Rows looked at for each one wanted: one person may be in the list under many names."""
_MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Match:
    """One of a list who may be meant, under the name that agrees best."""

    id: str
    name: str
    probability: float
    score: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What a list says of those on it besides names."""

    births: dict[str, set[str]]
    countries: dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Screened:
    """A list as it is searched."""

    search: NameSearch
    facts: Facts

    def answer(self, asked: Row, top: int) -> tuple[Verdict, tuple[Match, ...]]:
        """Whom of the list the row may mean, best first, each once; and what that amounts to."""
        answer, most = _answer(self.search, asked.name, top)
        matches = _by_id(answer, self._bits(asked), most)
        return answer.verdict, tuple(matches[:top])

    def _bits(self, asked: Row) -> Callable[[str], float]:
        """What birth and country say for somebody on the list being the one asked for."""
        births, countries = _births(asked.born), _countries(asked.country)

        def bits(which: str) -> float:
            total = 0.0
            held = self.facts.births.get(which)
            if births and held:
                total += weigh_births(tuple(births), tuple(sorted(held))).bits
            lands = self.facts.countries.get(which)
            if countries and lands:
                total += SAME_COUNTRY if countries & lands else OTHER_COUNTRY
            return total

        return bits


@contextmanager
def screened(names: Table, folder: Path | None, facts: bool, watched: Watched[Row]) -> Iterator[Screened]:
    """The list in a table, indexed; the index is kept in `folder` and used again while the table is the same.

    `facts`: whether the other side has births or countries to compare.
    """
    with tempfile.TemporaryDirectory(prefix="leconfield-") as passing:
        place = folder or Path(passing)
        segment = _kept(place, names) if folder else None
        wanted = facts and (names.has("born") or names.has("country"))
        known = Facts(defaultdict(set), defaultdict(set))
        if segment is None:
            rows = _noted(watched(names.rows(), "reading names"), known if wanted else None)
            segment = _built(place, names, rows, keep=folder is not None)
        elif wanted:
            for _ in _noted(watched(names.rows(), "reading births and countries"), known):
                pass
        yield Screened(NameSearch([segment]), known)


def screen(names: Screened, queries: Iterable[Row], top: int) -> Iterator[tuple[str, int, str, str]]:
    """Query id, rank, name id and probability, query by query."""
    for asked in queries:
        for rank, match in enumerate(names.answer(asked, top)[1], 1):
            yield asked.id, rank, match.id, f"{match.probability:.6g}"


def _answer(search: NameSearch, text: str, top: int) -> tuple[Answer, int]:
    """An answer of rows enough for so many people, unless the list has no more; and how many rows were asked for."""
    most = top * _ROWS_EACH
    while True:
        answer = search.answer(text, most)
        if len(answer.found) < most or most >= _MOST_ROWS or len({each.row_id for each in answer.found}) >= top:
            return answer, most
        most *= 4


def _by_id(answer: Answer, bits: Callable[[str], float], most: int) -> list[Match]:
    """One match for each id: its best name counts, and its names' probabilities add up."""
    best: dict[str, Found] = {}
    chance: dict[str, float] = defaultdict(float)
    for found in answer.found[:most]:
        best.setdefault(found.row_id, found)
        chance[found.row_id] += found.probability
    extra = {which: bits(which) for which in best}
    others = max(0.0, 1.0 - math.fsum(chance.values()))
    shares = {which: chance[which] * 2.0 ** extra[which] for which in best}
    whole = others + math.fsum(shares.values())
    matches = [
        Match(which, found.text, min(shares[which] / whole, 1.0) if whole else 0.0, found.score + extra[which])
        for which, found in best.items()
    ]
    return sorted(matches, key=lambda match: -match.score)


def _noted(rows: Iterable[Row], facts: Facts | None) -> Iterator[tuple[str, str]]:
    """Ids and names; births and countries are noted in passing where they are wanted."""
    for row in rows:
        if facts is not None:
            births, countries = _births(row.born), _countries(row.country)
            if births:
                facts.births[row.id] |= births
            if countries:
                facts.countries[row.id] |= countries
        yield row.id, row.name


def _births(text: str) -> set[str]:
    """The days, months or years in a cell; those that are no dates are left out."""
    found = set()
    for each in text.split(";"):
        try:
            found.add(check_partial(each.strip()[:10]))
        except BadInputError:
            continue
    return found - {""}


def _countries(text: str) -> set[str]:
    return {fold(each.strip()) for each in text.replace(";", ",").split(",")} - {""}


def _kept(folder: Path, names: Table) -> Segment | None:
    """The index of the same table, kept from before; None if there is none."""
    try:
        said = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if said != _said(names):
        return None
    segment = Segment.open(folder / "index.names")
    segment.verify()
    return segment


def _built(folder: Path, names: Table, rows: Iterable[tuple[str, str]], *, keep: bool) -> Segment:
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "index.json"
    note.unlink(missing_ok=True)  # an index without its note is not used
    segment = build(rows, folder / "index.names")
    if not segment.rows:
        raise BadInputError(f"{names.path} has no rows below its head; there is nobody to trace against")
    if keep:
        note.write_text(json.dumps(_said(names)), encoding="utf-8")
    return segment


def _said(names: Table) -> dict[str, object]:
    """What an index depends on."""
    columns = {field: list(places) for field, places in sorted(names.columns.items()) if field in {"id", "name"}}
    return {"file": hash_of(names.path), "columns": columns, "tables": Knowledge.shipped().version}

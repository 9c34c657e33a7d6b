"""Saved charts: what is kept of one, and what a world's entries make of it.

A chart is kept as ids of records and where they were put, never as what is said of them: whoever opens it sees of each
what he may see now. Those of one label stand in an entry of their own, under the chart's label and theirs together, so
that who may not know of somebody does not get him, nor learn that anybody is missing.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.model import Entry, SubjectId
from leconfield.ledger.world import Delta, World

SAVED: Final = "chart saved"
DRAWN: Final = "chart drawn"
RENAMED: Final = "chart renamed"
KINDS: Final = frozenset({SAVED, DRAWN, RENAMED})
"""Kinds of entries; each is about a chart."""

LAYOUTS: Final = {"force": "by ties", "hierarchy": "hierarchy", "circle": "circle", "time": "time lines"}
MOST: Final = 5000
"""Subjects on one chart."""
_FAR: Final = 1e6
_ID: Final = re.compile(r"[0-9A-Za-z._:-]{1,80}")
_MARKS: Final = re.compile(r"p?h?a?")


@dataclass(frozen=True, slots=True)
class Spot:
    """Somebody on a chart: a record, where it was put (pixels, y upwards), and how."""

    record: SubjectId
    x: float | None = None
    """None: it was never arranged."""
    y: float | None = None
    pinned: bool = False
    hidden: bool = False
    asked: bool = False
    """Whether the chart is of him."""

    @property
    def line(self) -> str:
        """As it is kept."""
        marks = f"{'p' * self.pinned}{'h' * self.hidden}{'a' * self.asked}"
        where = f" {self.x:g} {self.y:g}" if self.x is not None and self.y is not None else ""
        return f"{self.record}{where}{' ' + marks if marks else ''}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is looked at: its layout, what the legend leaves out, its time."""

    layout: str = "force"
    schemata: tuple[str, ...] = ()
    props: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    together: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A chart as somebody saved it once."""

    by: str
    at: str
    label: str
    name: str
    note: str
    look: Look
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A saved chart, by its versions, the oldest first."""

    id: str
    name: str
    label: str
    versions: tuple[Version, ...]

    @property
    def last(self) -> Version:
        """As it was saved last."""
        return self.versions[-1]

    def version(self, number: int) -> Version:
        """The version of that number, from 1; 0: the last.

        Raises:
            NotFoundError: if there is none.
        """
        if number > len(self.versions):
            raise NotFoundError(f"this chart has no version {number} here; choose one of those that are listed")
        return self.versions[number - 1]


def spots_in(text: str) -> tuple[Spot, ...]:
    """What a page says is drawn: on each line an id, perhaps its place, perhaps its marks.

    Raises:
        BadInputError: for a line that is none, or too many of them.
    """
    lines = [each.split() for each in text.splitlines() if each.strip()]
    if len(lines) > MOST:
        raise BadInputError(f"{len(lines):,} subjects were to be drawn; keep a chart to {MOST:,}, and narrow it first")
    return tuple(_spot(each) for each in lines)


def _spot(parts: list[str]) -> Spot:
    record, *rest = parts
    marks = rest.pop() if len(rest) in (1, 3) else ""
    places = [_number(each) for each in rest]
    known = _ID.fullmatch(record) and _MARKS.fullmatch(marks) and len(places) in (0, 2)
    if not known or any(each is None for each in places):
        raise BadInputError(f'"{" ".join(parts)[:60]}" is no line of a chart; reload the page and save it again')
    x, y = places or (None, None)
    return Spot(SubjectId(record), x, y, "p" in marks, "h" in marks, "a" in marks)


def _number(words: str) -> float | None:
    try:
        number = float(words)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= _FAR else None


class Charts:
    """The saved charts of a world."""

    def __init__(self) -> None:
        self._acts: dict[str, list[Entry]] = defaultdict(list)
        self._drawn: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        """By chart, moment and officer: what was saved in one act."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold the whole world."""
        charts = cls()
        charts._take(world.entries)
        return charts

    def grow(self, _world: World, delta: Delta) -> None:
        """Take in what was saved and renamed."""
        self._take(delta.entries)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == DRAWN:
                self._drawn[each.about, each.at, each.by].append(each)
            elif each.kind in KINDS:
                self._acts[each.about].append(each)

    def all(self) -> list[Chart]:
        """Every chart, the last saved first."""
        found = [chart for each in self._acts if (chart := self._folded(each)) is not None]
        return sorted(found, key=lambda each: (each.last.at, each.id), reverse=True)

    def chart(self, which: str) -> Chart:
        """The chart of that id.

        Raises:
            NotFoundError: in the same words whether it is hidden or has never existed.
        """
        found = self._folded(which) if which in self._acts else None
        if found is None:
            raise NotFoundError(f'no chart "{which[:64]}" is kept here; look it up among the saved charts')
        return found

    def _folded(self, which: str) -> Chart | None:
        saved = [each for each in self._acts[which] if each.kind == SAVED]
        if not saved:
            return None
        named = self._acts[which][-1]
        return Chart(which, named.body.get("name", ""), saved[-1].label, tuple(map(self._version, saved)))

    def _version(self, entry: Entry) -> Version:
        drawn = self._drawn.get((entry.about, entry.at, entry.by), ())
        lines = "\n".join(each.body.get("drawn", "") for each in drawn)
        body = entry.body
        look = Look(
            body.get("layout", ""),
            tuple(body.get("schemata", "").split()),
            tuple(body.get("props", "").split()),
            body.get("since", ""),
            body.get("until", ""),
            body.get("together", "") == "yes",
        )
        spots = tuple(dict.fromkeys(_spot(each.split()) for each in lines.splitlines() if each))
        name, note = body.get("name", ""), body.get("note", "")
        return Version(entry.by, entry.at, entry.label, name, note, look, spots)

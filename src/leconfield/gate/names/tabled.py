"""What names the records of a large table, in a file beside its segment: mapped where it stands, made where it is not.

Which tables are guarded follows from their reports, as with everything else. The file is only ever a help: it is made
again where it is torn or of other rules, and kept in memory where none can be written.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, Self, cast

import numpy as np
from numpy.typing import NDArray

from leconfield.errors import DamagedError
from leconfield.gate.names.arrays import Array, Texts, mapped, write
from leconfield.gate.names.guarding import ADDRESSES, FEWEST, IsOpen, parts_of_address, tells
from leconfield.gate.names.model import Guarded
from leconfield.gate.names.shelf import Numbers, Shelf
from leconfield.gate.names.spelling import NAME, Spellings
from leconfield.gate.names.stock import shelved
from leconfield.ledger.bulk import values_in
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES, words_for
from leconfield.ledger.world import World
from leconfield.registry import names as registry_names
from leconfield.registry.identifiers import NAMED_BY, identifiers_of_name

_SUFFIX: Final = ".shapes"
_TOGETHER: Final = 50_000
"""Values that are taken in together, so that what it takes to make a file does not grow with its table."""
_log: Final = logging.getLogger(__name__)
_one_at_a_time: Final = threading.Lock()


class Tabled:
    """The things that a table names (a `Stock`); names of one word are unsure, for most are words of the language."""

    crowded = True

    def __init__(self, shelf: Shelf, spellings: Spellings, texts: Texts, kind: Numbers, kinds: Texts) -> None:
        self._shelf = shelf
        self._spellings = spellings
        self._texts = texts
        self._kind = kind
        self._kinds = kinds

    def __len__(self) -> int:
        return len(self._kind)

    def shelves(self) -> Sequence[Shelf]:
        """Their forms as shapes."""
        return (self._shelf,)

    def spellings(self) -> Sequence[Spellings]:
        """The names among them, by how they sound."""
        return (self._spellings,)

    def guarded(self, number: int) -> Sequence[Guarded]:
        """What stands under a number."""
        form, kind = self._texts.text(number), self._kinds.text(int(self._kind[number]))
        return (Guarded(form, kind, kind != NAME or len(form.split()) > 1),)

    @classmethod
    def of(cls, values: Iterable[tuple[str, str, str]]) -> Self:
        """What statements name, given as schema, property and value."""
        kinds: dict[str, int] = {}
        shelves, texts, kind = [Shelf.of(())], Texts.of(()), np.empty(0, np.int32)
        rest = _things(values)
        while some := list(dict.fromkeys(islice(rest, _TOGETHER))):
            first = len(kind)
            things = ((first + place, Guarded(*each)) for place, each in enumerate(some))
            shelves.append(Shelf.of(shelved(things)))
            texts = texts.with_those_of(Texts.of(form for form, _ in some))
            kind = np.append(kind, np.array([kinds.setdefault(each, len(kinds)) for _, each in some], np.int32))
        named = np.flatnonzero(kind == kinds.get(NAME, -1)).tolist()
        spellings = Spellings.of((texts.text(number), number) for number in named)
        return cls(Shelf.together(shelves), spellings, texts, kind, Texts.of(kinds))

    def written(self, path: Path) -> Self:
        """Write it to a file, and hand back what is mapped from there.

        Raises:
            OSError: if it cannot be written.
        """
        spellings = self._spellings
        write(
            path,
            version(),
            {f"shelf {name}": array for name, array in self._shelf._asdict().items()}
            | {f"spelt {name}": array for name, array in spellings._asdict().items() if name != "parts"}
            | _texts("spelt parts", spellings.parts)
            | _texts("texts", self._texts)
            | _texts("kinds", self._kinds)
            | {"kind": self._kind},
        )
        return self.opened(path)

    @classmethod
    def opened(cls, path: Path) -> Self:
        """Map a file.

        Raises:
            DamagedError: if there is none that was written so.
        """
        found = mapped(path, version())
        try:
            shelf = Shelf(*(found[f"shelf {name}"] for name in Shelf._fields))  # type: ignore[arg-type]  # as written
            rest = (found[f"spelt {name}"] for name in Spellings._fields if name != "parts")
            spellings = Spellings(_read(found, "spelt parts"), *rest)  # type: ignore[arg-type]  # likewise
            kind = cast("Numbers", found["kind"])
            return cls(shelf, spellings, _read(found, "texts"), kind, _read(found, "kinds"))
        except KeyError as error:
            raise DamagedError(f"{path} lacks {error}; delete it, and it is made again") from None


def tables_of(world: World, is_open: IsOpen) -> Iterator[Tabled]:
    """What the large tables of a world name that an audience may not read."""
    return map(tabled, closed_in(world, is_open))


def closed_in(world: World, is_open: IsOpen) -> list[Path]:
    """The segments of tables that an audience may not read: nobody may read what rests on a report that is not here."""
    bulk = world.bulk
    reports = (world.reports.get(each.report) for each in bulk.loaded)
    return [
        segment for report, segment in zip(reports, bulk.files, strict=True) if report is None or not is_open(report)
    ]


@lru_cache(maxsize=256)
def tabled(segment: Path) -> Tabled:
    """What a segment names.

    Raises:
        DamagedError: if the segment cannot be read.
    """
    with _one_at_a_time:
        return _tabled(segment)


def _tabled(segment: Path) -> Tabled:
    path = segment.with_suffix(_SUFFIX)
    with suppress(DamagedError):
        return Tabled.opened(path)
    made = Tabled.of(values_in(segment, IDENTIFIERS | NAMES | ADDRESSES))
    try:
        return made.written(path)
    except OSError as error:
        # which segment it is, is nobody's business who reads a log
        _log.warning("what a large table names cannot be written (%s); it is kept in memory", error.strerror)
        return made


@cache
def version() -> str:
    """What tells the rules by which files are made from any others: a hash of their sources, and of name tables."""
    registry = Path(registry_names.__file__).parent
    rules = [*Path(__file__).parent.glob("*.py"), *(registry / each for each in ("names.py", "scripts.py", "facts.py"))]
    total = sha256()
    for path in [*sorted(rules), registry / "data" / "names.npz"]:
        total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()[:20]


def _things(values: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """What each statement names, and its kind."""
    for schema, prop, value in values:
        if prop in ADDRESSES:
            yield from ((part, "address") for part in parts_of_address(value))
        elif prop in NAMES:
            if schema in NAMED_BY and (found := identifiers_of_name(schema, value)):
                yield found.value, words_for(found.prop)
            elif tells(schema, value, registered=True):
                yield value, NAME
        elif sum(map(str.isalnum, value)) >= FEWEST:
            yield value, words_for(prop)


def _texts(name: str, texts: Texts) -> dict[str, Array]:
    return {f"{name} bytes": texts.bytes, f"{name} at": texts.at}


def _read(found: dict[str, Array], name: str) -> Texts:
    return Texts(cast("NDArray[np.uint8]", found[f"{name} bytes"]), cast("NDArray[np.int64]", found[f"{name} at"]))

"""Records of large tables as a trace finds them: by whole identifiers, and by names in any spelling, order and script.

Each segment has an index of its names beside it, in files of so many names that one fits well into memory while it is
made. A view opens those of the segments that it admits and no others, so that the work and what is counted depend on
these alone. An index is only ever a help: it is made again where it is torn, and asked from memory where none can be
written.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leconfield.errors import DamagedError
from leconfield.ledger.bulk import names_in
from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES, ORGANISATION, PERSON, THING
from leconfield.ledger.world import World
from leconfield.registry.compare import compare_names
from leconfield.registry.index import NEAR_BEST
from leconfield.registry.names import Name, parse_name
from leconfield.registry.query import Query
from leconfield.registry.records import Record, fold_record

if TYPE_CHECKING:
    from leconfield.registry.nameindex import NameSearch, Segment

MOST_RECORDS: Final = 200
"""Records of large tables that are looked at for one question; with more, it cannot be told who is meant."""
MOST_NAMESAKES: Final = 50
"""The same where nothing but a name is asked for, and so nothing in a record could tell those of one name apart."""
WAYS: Final = ("in large tables: numbers and plates whole, names in any order, spelling and script",)
PART_NAMES: Final = 50_000
"""Names in one file of an index: making it takes some 30 MB."""
_SUFFIX: Final = ".names"
_log: Final = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


def large_records(world: World, query: Query) -> tuple[Record, ...]:
    """The records of large tables that the question may be about; those found by an identifier first."""
    if not world.bulk.loaded:
        return ()
    most = MOST_RECORDS if query.more_than_a_name else MOST_NAMESAKES
    subjects = list(islice(dict.fromkeys(_candidates(world, query)), most))
    said = world.bulk.statements_of_each(subjects)
    return tuple(fold_record(each, (*world.by_subject.get(each, ()), *said[each])) for each in subjects)


def index_names(segment: Path) -> tuple[Segment, ...]:
    """The index of a segment's names, as mapped from its files; made where there is none that will do.

    Raises:
        DamagedError: if the segment cannot be read.
    """
    with _one_at_a_time:
        return _index_of(segment)


def _candidates(world: World, query: Query) -> Iterable[SubjectId]:
    keys = [each.key for each in query.identifiers]
    for each in world.bulk.with_value(keys, IDENTIFIERS | NAMES):
        yield each.subject
    if query.name.parts:
        yield from _namesakes(_search_over(world.bulk.files), query.name_text)


def _namesakes(search: NameSearch, asked: str) -> Iterator[SubjectId]:
    """Records with a name that agrees with the one asked for; reading one costs more than comparing many names."""
    found = search.search(asked, MOST_RECORDS)
    near = [each for each in found if each.score >= NEAR_BEST * found[0].score]
    ways = [parse_name(asked, schema) for schema in (PERSON, ORGANISATION, THING)]
    agreeing = {text for text in {each.text for each in near} if _may_agree(ways, text)}
    return (SubjectId(each.row_id) for each in near if each.text in agreeing)


def _may_agree(ways: Iterable[Name], text: str) -> bool:
    """Whether the names agree, be it as persons' or as those of something else; the index does not say which it is."""
    return any(compare_names(asked, parse_name(text, asked.schema)).good_enough for asked in ways)


@lru_cache(maxsize=16)
def _search_over(segments: tuple[Path, ...]) -> NameSearch:
    """The search over the names of these segments and no others; what it counts of them is counted once."""
    from leconfield.registry.nameindex import NameSearch  # noqa: PLC0415 - loads the compiler, where used

    return NameSearch([part for each in segments for part in index_names(each)])


@lru_cache(maxsize=256)
def _index_of(segment: Path) -> tuple[Segment, ...]:
    from leconfield.registry.nameindex import Knowledge  # noqa: PLC0415 - loads the compiler

    return _opened(segment, Knowledge.shipped().version) or tuple(_built(segment))


def _opened(segment: Path, knowledge: str) -> tuple[Segment, ...]:
    """The parts of an index as they lie beside the segment; none unless all are there, whole and of these tables."""
    parts: list[Segment] = []
    while True:
        part, last = _open_part(segment, len(parts))
        if part is None or part.knowledge != knowledge or not (last or part.rows == PART_NAMES):
            return ()
        parts.append(part)
        if last:
            return tuple(parts)


def _open_part(segment: Path, number: int) -> tuple[Segment | None, bool]:
    """That part, if it will do, and whether it is the last."""
    from leconfield.registry.nameindex import Segment  # noqa: PLC0415 - loads the compiler

    for last in (True, False):
        with suppress(DamagedError):
            return Segment.open(_part(segment, number, last=last)), last
    return None, True


def _built(segment: Path) -> Iterator[Segment]:
    """Make the parts of an index one after another; from the first that cannot be written on, they stay in memory."""
    written: list[Path] = []
    for number, (part, last) in enumerate(_gathered(names_in(segment))):
        path = _part(segment, number, last=last)
        kept = _written(part, path) if len(written) == number else None
        if kept is not None:
            written.append(path)
        yield kept or part
        if last and kept is not None:
            _sweep(segment, written)


def _gathered(names: Iterator[tuple[str, str]]) -> Iterator[tuple[Segment, bool]]:
    """The names in parts, and whether each is the last; an empty one if there are none."""
    from leconfield.registry.nameindex import gathered  # noqa: PLC0415 - loads the compiler

    following = list(islice(names, 1))
    while True:
        part = gathered(chain(following, islice(names, PART_NAMES - 1)))
        following = list(islice(names, 1))
        yield part, not following
        if not following:
            return


def _written(part: Segment, path: Path) -> Segment | None:
    """The part as it is mapped from that file; None, and a word in the log, if it cannot be written."""
    try:
        return part.write(path)
    except OSError as error:
        # which segment it is, is nobody's business who reads a log
        _log.warning("%s: no index can be written (%s); names are kept in memory", path.parent, error.strerror)
        return None


def _part(segment: Path, number: int, *, last: bool = False) -> Path:
    return segment.with_name(f"{segment.stem}.{number}{'.last' if last else ''}{_SUFFIX}")


def _sweep(segment: Path, written: list[Path]) -> None:
    """Delete what is left of an index made otherwise; whoever has mapped it keeps what he has."""
    for each in segment.parent.glob(f"{segment.stem}.*{_SUFFIX}"):
        if each not in written:
            with suppress(OSError):
                each.unlink()

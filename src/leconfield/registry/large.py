"""Records of large tables as a trace finds them: by whole identifiers, and by names in any spelling, order and script.

Each segment has an index of its names beside it. A view opens those of the segments that it admits and no others, so
that the work and what is counted depend on these alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leconfield.errors import DamagedError
from leconfield.ledger.bulk import names_in
from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES
from leconfield.ledger.world import World
from leconfield.registry.query import Query
from leconfield.registry.records import Record, fold_record

if TYPE_CHECKING:
    from leconfield.registry.nameindex import Segment

MOST_RECORDS: Final = 200
"""Records of large tables that are looked at for one question; with more, it cannot be told who is meant."""
WAYS: Final = ("in large tables: numbers and plates whole, names in any order, spelling and script",)
_SUFFIX: Final = ".names"
_one_at_a_time = threading.Lock()


def large_records(world: World, query: Query) -> tuple[Record, ...]:
    """The records of large tables that the question may be about; those found by an identifier first."""
    if not world.bulk.loaded:
        return ()
    subjects = list(islice(dict.fromkeys(_candidates(world, query)), MOST_RECORDS))
    said = world.bulk.statements_of_each(subjects)
    return tuple(fold_record(each, (*world.by_subject.get(each, ()), *said[each])) for each in subjects)


def index_names(segment: Path) -> Segment:
    """The index of a segment's names, as it is mapped from its file; made where there is none that will do.

    Raises:
        DamagedError: if the segment cannot be read.
    """
    with _one_at_a_time:
        return _index_of(segment.with_suffix(_SUFFIX), segment)


def _candidates(world: World, query: Query) -> Iterable[SubjectId]:
    keys = [each.key for each in query.identifiers]
    for each in world.bulk.with_value(keys, IDENTIFIERS | NAMES):
        yield each.subject
    if query.name.parts:
        from leconfield.registry.nameindex import NameSearch  # noqa: PLC0415 - loads the compiler, where used

        search = NameSearch([index_names(each) for each in world.bulk.files])
        for found in search.search(query.name_text, MOST_RECORDS):
            yield SubjectId(found.row_id)


@lru_cache(maxsize=256)
def _index_of(path: Path, segment: Path) -> Segment:
    from leconfield.registry.nameindex import Knowledge, Segment, build  # noqa: PLC0415 - loads the compiler

    try:
        found = Segment.open(path)
    except DamagedError:
        return build(names_in(segment), path)
    return found if found.knowledge == Knowledge.shipped().version else build(names_in(segment), path)

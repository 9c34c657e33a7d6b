"""Records of large tables as a trace finds them: by whole identifiers, and by names whose words begin as was asked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from leconfield.ledger.model import Statement
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES
from leconfield.ledger.world import World
from leconfield.registry.query import Query
from leconfield.registry.records import Record, fold_record
from leconfield.registry.scripts import fold, romanise

MOST_RECORDS: Final = 200
"""Records of large tables that are looked at for one question; with more, it cannot be told who is meant."""
WAYS: Final = ("in large tables: numbers and plates whole, names by how their words begin",)


def large_records(world: World, query: Query) -> tuple[Record, ...]:
    """The records of large tables that the question may be about; those found by an identifier or whole name first."""
    if not world.bulk.loaded:
        return ()
    keys = [each.key for each in query.identifiers]
    found = dict.fromkeys(each.subject for each in _candidates(world, keys, _words(query)))
    subjects = list(islice(found, MOST_RECORDS))
    said = world.bulk.statements_of_each(subjects)
    return tuple(fold_record(each, (*world.by_subject.get(each, ()), *said[each])) for each in subjects)


def _candidates(world: World, keys: list[str], words: list[list[str]]) -> Iterable[Statement]:
    yield from world.bulk.with_value(keys, IDENTIFIERS | NAMES)
    yield from world.bulk.with_value([" ".join(sorted(each)) for each in words], NAMES)
    for each in words:
        yield from world.bulk.names_like(each)


def _words(query: Query) -> list[list[str]]:
    """The words of the name asked for, as the loader writes them; and without titles, which few tables have."""
    whole = romanise(fold(query.name_text)).split()
    plain = [word for part in query.name.parts for word in part.latin.split()]
    return [each for each in ((whole,) if sorted(whole) == sorted(plain) else (whole, plain)) if each]

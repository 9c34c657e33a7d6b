"""Acts of intake for FollowTheMoney files: one report, a record for each entity, a link for each interval.

A line that is no entity is left out and listed in the quarantine; the others are loaded.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import PurePath
from typing import BinaryIO, Final

import numpy as np

from leconfield.intake.filing import Terms
from leconfield.intake.ftm import LineError, read_ftm
from leconfield.intake.loading import HELD, SEGMENT_ROWS, Told, append, as_stream, counted, kept
from leconfield.intake.service import QUARANTINED, Outcome
from leconfield.intake.sheets import Sheet
from leconfield.intake.tables import MappedRow
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Reader
from leconfield.ledger.vocabulary import SCHEMATA, THING

TITLE: Final = "FollowTheMoney"
ENDINGS: Final = (".ftm.jsonl", ".ftm.json", ".jsonl", ".ndjson")
REASONS: Final = 5
"""Lines left out whose reasons are told; of the others, how many there were."""
_LONGEST_LINE: Final = 4_000_001
_MEDIA_TYPE: Final = "application/x-ndjson"
_SCHEMATA: Final = tuple(SCHEMATA)


def is_ftm(filename: str) -> bool:
    """Whether the file's name says that it holds entities, one a line."""
    return filename.lower().endswith(ENDINGS)


def load_ftm(
    desk: Desk,
    by: Reader,
    filename: str,
    content: bytes | BinaryIO,
    terms: Terms,
    at: datetime | None = None,
    *,
    segment_rows: int = SEGMENT_ROWS,
    told: Told = lambda _: None,
) -> Outcome:
    """Load FollowTheMoney lines as one report; the outcome's `reason` tells of lines that were left out.

    May be stopped at any moment and repeated: nothing is lost or doubled.

    Raises:
        RefusedError: if the label would hide it from him who loads it, or the disk is full.
    """
    stream = as_stream(content)
    desk.check_writable(by, terms.label)
    learnt = at or desk.clock()
    entities = _Entities()
    digest = kept(desk, stream)
    sheet = Sheet(desk, terms, TITLE, filename, digest, learnt, media_type=_MEDIA_TYPE, schema_of=entities.schema_of)
    if desk.holds(by, sheet.report):
        return Outcome(filename, HELD, sheet.report)
    entities.survey(stream)
    reason = entities.refusal(filename)
    if reason:
        body = {"file": PurePath(filename).name, "digest": digest, "reason": reason, "lines": str(entities.refused)}
        desk.append(by, [Draft(QUARANTINED, terms.label, about=digest, body=body, key=(digest, reason))], learnt)
    if not entities.taken:
        return Outcome(filename, QUARANTINED, reason=reason or f'"{filename}" has no lines; nothing was loaded')
    stream.seek(0)
    found = counted(read_ftm(_lines(stream), lambda _: None), told)
    outcome = append(desk, by, sheet, found, large=entities.taken > segment_rows)
    return Outcome(filename, outcome.outcome, outcome.report, reason)


class _Entities:
    """What a first look through the file finds: lines that will not do, and the schema of every entity.

    A link knows only the ids of its ends, which may stand anywhere in the file: nine bytes are kept for each entity.
    """

    def __init__(self) -> None:
        self.taken = 0
        self.refused = 0
        self._reasons: list[str] = []
        self._marks = array("Q")
        self._schemata = bytearray()
        self._sorted = np.empty(0, np.uint64)
        self._sorted_schemata = np.empty(0, np.uint8)
        self._order: np.ndarray | None = None

    def survey(self, stream: BinaryIO) -> None:
        """Look through the whole file."""
        stream.seek(0)
        for row in read_ftm(_lines(stream), self._refuse):
            self.taken += 1
            self._note(row)
        marks = np.frombuffer(self._marks, dtype=np.uint64)
        order = np.argsort(marks, kind="stable")
        self._sorted, self._sorted_schemata = marks[order], np.frombuffer(self._schemata, dtype=np.uint8)[order]

    def schema_of(self, key: str) -> str:
        """The schema of the entity with that id; a thing if the file does not hold it."""
        mark = np.uint64(_mark(key))
        place = int(np.searchsorted(self._sorted, mark))
        if place == len(self._sorted) or self._sorted[place] != mark:
            return THING
        return _SCHEMATA[int(self._sorted_schemata[place])]

    def refusal(self, filename: str) -> str:
        """How many lines were left out, and why the first of them; empty if none were."""
        if not self.refused:
            return ""
        more = f"; and {self.refused - len(self._reasons):,} more" if self.refused > len(self._reasons) else ""
        lines = self.refused + self.taken
        return f'"{filename}": {self.refused:,} of {lines:,} lines were left out: {"; ".join(self._reasons)}{more}'

    def _note(self, row: MappedRow) -> None:
        for each in row.records:
            self._marks.append(_mark(each.key))
            self._schemata.append(_SCHEMATA.index(each.schema))

    def _refuse(self, error: LineError) -> None:
        self.refused += 1
        if len(self._reasons) < REASONS:
            self._reasons.append(str(error))


def _mark(key: str) -> int:
    """Eight bytes that stand for the id: of ten million entities, no two are likely to share them."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of the file; one that is too long to be an entity is cut off, and so refused, not held whole."""
    while line := stream.readline(_LONGEST_LINE):
        rest = line
        while len(rest) == _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(_LONGEST_LINE)
        yield line

"""Acts of intake: files and tables in, entries out. One file is one transaction: kept whole, or not at all."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.intake.extraction.pipeline import extract
from leconfield.intake.filing import UNKNOWN, Reading, Terms, as_text, grade_of, read_file
from leconfield.intake.readers import MAX_BYTES, Document
from leconfield.intake.statements import Provenance, statements
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import Reader, ReportId
from leconfield.ledger.times import to_moment

FILED: Final = "filed"
QUARANTINED: Final = "quarantined"

_WORTH_A_POOL: Final = 60
"""Files from which on starting other processes pays."""
_AHEAD: Final = 64
"""Files being read at a time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    filename: str
    outcome: str
    """`filed`, `held already` or `quarantined`."""
    report: ReportId | None = None
    reason: str = ""
    words: int = 0


Progress = Callable[[Outcome], None]


def file_paths(places: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named, in the order of their names.

    Raises:
        BadInputError: if one does not exist.
    """
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            found += sorted(each for each in place.rglob("*") if each.is_file() and not each.name.startswith("."))
        elif place.is_file():
            found.append(place)
        else:
            raise BadInputError(f'"{place}" does not exist; check the path')
    return found


def take_in(desk: Desk, by: Reader, paths: Iterable[Path], terms: Terms, told: Progress = lambda _: None) -> None:
    """File every path as a report, telling the outcome of each; a file that cannot be read goes to quarantine.

    May be stopped at any moment and repeated: what stands already is left alone.
    """
    for path, readings in _readings(list(paths)):
        for reading in readings:
            told(file_reading(desk, by, reading, terms))
        if not readings:
            told(_too_large(desk, by, path, terms))


def file_bytes(desk: Desk, by: Reader, filename: str, content: bytes, terms: Terms) -> list[Outcome]:
    """File what came over a form: the file, and what is attached to it."""
    return [file_reading(desk, by, reading, terms) for reading in read_file(filename, content)]


def file_reading(desk: Desk, by: Reader, reading: Reading, terms: Terms) -> Outcome:
    """Append one file that has been read: a report with its statements, or a line in the quarantine."""
    digest = desk.keep(reading.content)
    if reading.document is None or reading.extraction is None:
        return _quarantine(desk, by, reading.filename, digest, reading.fault, terms)
    document = reading.document
    label = _label(document, terms)
    if label != terms.label and not _may_write(desk, by, label):
        reason = f'"{reading.filename}" bears a label that you do not hold; let somebody file it who does'
        return _quarantine(desk, by, reading.filename, digest, reason, terms)
    new = _new_report(document, reading.filename, digest, terms)
    where = Provenance(desk.report_id(new, label), new.grade, desk.ids)
    draft = Draft(
        kind=FILED,
        label=label,
        body={"file": Path(reading.filename).name},
        report=new,
        statements=statements(reading.extraction, where),
    )
    (receipt,) = desk.append(by, [draft], _learnt(document, terms))
    outcome = FILED if receipt.new else "held already"
    return Outcome(reading.filename, outcome, receipt.report, words=len(document.text.split()))


def drafted(desk: Desk, new: NewReport, label: str) -> Draft:
    """The draft that files a report which somebody tells in words, with what they say; to be appended with others."""
    where = Provenance(desk.report_id(new, label), new.grade, desk.ids)
    said = statements(extract(new.text, new.written, new.place), where)
    return Draft(kind=FILED, label=label, report=new, statements=said)


def _new_report(document: Document, filename: str, digest: str, terms: Terms) -> NewReport:
    return NewReport(
        title=document.title or Path(filename).stem,
        text=document.text,
        source=document.source if terms.source == UNKNOWN and document.source else terms.source,
        channel=terms.channel,
        digest=digest,
        media_type=document.media_type,
        grade=grade_of(document, terms),
        origin=document.origin,
        written=document.written,
        place=document.place,
        reference=document.reference or document.identifier,
    )


def _label(document: Document, terms: Terms) -> str:
    """What the file asks for and what the officer asks for: neither can lower the other."""
    asked = {each for each in (document.label, terms.label) if each}
    return asked.pop() if len(asked) == 1 else all_of(asked)


def _may_write(desk: Desk, by: Reader, label: str) -> bool:
    try:
        desk.check_writable(by, label)
    except RefusedError:
        return False
    return True


def _learnt(document: Document, terms: Terms) -> datetime | None:
    """None: now. A file has no say in when we learnt of it, unless an officer files it from an archive."""
    if not terms.learnt_as_written:
        return None
    if document.received:
        return datetime.fromisoformat(document.received)
    return to_moment(document.written) if document.written else None


def _quarantine(desk: Desk, by: Reader, filename: str, digest: str, reason: str, terms: Terms) -> Outcome:
    body = {"file": Path(filename).name, "digest": digest, "reason": reason}
    desk.append(by, [Draft(kind=QUARANTINED, label=terms.label, about=digest, body=body, key=(digest, reason))])
    return Outcome(filename, QUARANTINED, reason=reason)


def _too_large(desk: Desk, by: Reader, path: Path, terms: Terms) -> Outcome:
    name = as_text(path.name)
    reason = f'"{name}" has more than {MAX_BYTES // 2**20} MB; split it, or load it as a table'
    return _quarantine(desk, by, name, "", reason, terms)


def _readings(paths: list[Path]) -> Iterator[tuple[Path, tuple[Reading, ...]]]:
    """Read the files, several at a time where that pays; in the order given."""
    workers = min(os.cpu_count() or 1, 4)
    if len(paths) < _WORTH_A_POOL or workers == 1:
        yield from ((path, _read_path(path)) for path in paths)
        return
    try:
        yield from _read_apart(paths, workers)
    except BrokenProcessPool as error:
        raise RefusedError(
            "a process that was reading files was killed (is memory short?); what is filed stays filed: "
            "run the same command again"
        ) from error


def _read_apart(paths: list[Path], workers: int) -> Iterator[tuple[Path, tuple[Reading, ...]]]:
    with ProcessPoolExecutor(workers, get_context("forkserver"), _end_with_parent) as pool:
        waiting = iter(paths)
        running = [(path, pool.submit(_read_path, path)) for path in islice(waiting, _AHEAD)]
        while running:
            path, future = running.pop(0)
            running += [(following, pool.submit(_read_path, following)) for following in islice(waiting, 1)]
            yield path, future.result()


def _end_with_parent() -> None:
    """In a process that reads: end when the one that files is gone, even if it was killed and could not say so."""

    def wait() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _read_path(path: Path) -> tuple[Reading, ...]:
    if path.stat().st_size > MAX_BYTES:
        return ()
    return read_file(path.name, path.read_bytes())

"""Tables over the form: the first rows are shown as they were understood; the table is loaded when that is confirmed.

Between the two, the file waits here, for whoever handed it over and for nobody else: the ledger has nothing of it yet.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO, Final
from weakref import WeakKeyDictionary

from starlette.datastructures import UploadFile
from starlette.responses import Response

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.intake.entities import is_ftm, load_ftm
from leconfield.intake.filing import Terms, as_text
from leconfield.intake.ftm import read_ftm
from leconfield.intake.loading import load_table
from leconfield.intake.service import Outcome
from leconfield.intake.tables import MappedLink, MappedRecord, MappedRow, mapped, rows, saved_mapping, saved_mappings
from leconfield.intake.typed import held_by, terms_typed
from leconfield.ledger.desk import Desk
from leconfield.ledger.vocabulary import SCHEMATA, words_for
from leconfield.web.visit import Visit

SHOWN: Final = 10
MOST_BYTES: Final = 200 * 2**20
"""What may come over the form; the command line has no limit."""
MOST_WAITING: Final = 20
FTM: Final = "ftm"
FIELDS: Final = ("mapping", "source", "grade", "label")


@dataclass(frozen=True, slots=True)
class Understood:
    """A row as it was understood."""

    number: int
    records: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A table that waits to be confirmed."""

    token: str
    filename: str
    content: BinaryIO
    mapping: str
    terms: Terms


_waiting: WeakKeyDictionary[Desk, dict[str, _Waiting]] = WeakKeyDictionary()
"""By desk, then by the name of whoever handed it over: one for each, the last."""


def choices() -> list[tuple[str, str]]:
    """The mappings to choose from, and what they are called."""
    return [*((name, saved_mapping(name).title) for name in saved_mappings()), (FTM, "FollowTheMoney entities")]


def preview(visit: Visit) -> Response:
    """Show the first rows of a table as they were understood; nothing is loaded."""
    filled = {**{name: visit.filled(name) for name in FIELDS}, "channel": "table"}
    faults, terms = terms_typed(visit, filled)
    uploads = visit.files("table")
    shown: list[Understood] = []
    token = ""
    if not uploads:
        faults["table"] = "Choose a table."
    elif (uploads[0].size or 0) > MOST_BYTES:
        faults["table"] = f'It has more than {MOST_BYTES // 2**20} MB; load it with "leconfield load".'
    if not faults and terms is not None:
        try:
            shown, token = _taken(visit, uploads[0], filled["mapping"], terms)
        except LeconfieldError as error:
            faults["table"] = str(error)
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    context = {"filled": filled, "faults": faults, "labels": held_by(visit), "mappings": choices()}
    return visit.page("intake/table.html", status, rows=shown, token=token, table=context)


def _taken(visit: Visit, upload: UploadFile, mapping: str, terms: Terms) -> tuple[list[Understood], str]:
    """The first rows, and the token under which the table now waits."""
    name = as_text(PurePath(upload.filename or "table").name)
    content = tempfile.TemporaryFile()  # noqa: SIM115 - it lives until it is loaded, or another takes its place
    shutil.copyfileobj(upload.file, content)
    content.seek(0)
    shown = [_understood(each) for each in islice(_mapped(content, name, mapping), SHOWN)]
    if not shown:
        raise BadInputError(f'"{name}" has no rows that can be read; choose another file or mapping')
    waiting = _waiting.setdefault(visit.desk, {})
    waiting.pop(visit.reader.name, None)
    while len(waiting) >= MOST_WAITING:
        waiting.pop(next(iter(waiting)))
    token = secrets.token_urlsafe(32)
    waiting[visit.reader.name] = _Waiting(token, name, content, mapping, terms)
    return shown, token


def _mapped(content: BinaryIO, name: str, mapping: str) -> Iterator[MappedRow]:
    if mapping == FTM:
        return read_ftm(content, lambda _: None)
    if is_ftm(name):
        raise BadInputError(f'"{name}" holds entities; choose the mapping "FollowTheMoney entities"')
    return mapped(rows(content, name), saved_mapping(mapping))


def confirm(visit: Visit) -> Response:
    """Load the table that waits; all of it, or of FollowTheMoney lines those that will do."""
    outcome = _loaded(visit, _claimed(visit))
    if outcome.report is None:
        return visit.page("intake/filed.html", outcomes=[outcome])
    words = f"{outcome.outcome.capitalize()}. {outcome.reason}".strip()
    return visit.back_to(f"/reports/{outcome.report}", words[:1000])


def _claimed(visit: Visit) -> _Waiting:
    """The table that waits under the token, which is then nobody else's to load."""
    waiting = _waiting.get(visit.desk, {})
    mine = waiting.get(visit.reader.name)
    if mine is None or not secrets.compare_digest(mine.token.encode(), visit.filled("token").encode()):
        raise NotFoundError("no table of yours waits to be loaded; choose it again under File")
    if waiting.pop(visit.reader.name, None) is not mine:
        raise NotFoundError("that table is being loaded already; look for it in the inbox")
    return mine


def _loaded(visit: Visit, each: _Waiting) -> Outcome:
    if each.mapping == FTM:
        return load_ftm(visit.desk, visit.reader, each.filename, each.content, each.terms)
    return load_table(visit.desk, visit.reader, each.filename, each.content, saved_mapping(each.mapping), each.terms)


def _understood(row: MappedRow) -> Understood:
    called = {each.key: _called(each) for each in row.records}
    return Understood(
        row.number,
        tuple(_record_words(each) for each in row.records),
        tuple(_link_words(each, called) for each in row.links),
    )


def _called(record: MappedRecord) -> str:
    said = dict(reversed(record.statements))
    return said.get("name") or next(iter(said.values()), SCHEMATA[record.schema])


def _record_words(record: MappedRecord) -> str:
    said = ", ".join(f"{words_for(prop)} {value}" for prop, value in record.statements)
    return f"{SCHEMATA[record.schema]}: {said}"


def _link_words(link: MappedLink, called: dict[str, str]) -> str:
    left, right = (called.get(each, each) for each in (link.left, link.right))
    when = f" ({link.held.words})" if link.held.words else ""
    return f"{left} {words_for(link.prop)} {right}{when}"

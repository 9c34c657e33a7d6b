"""Call and bank tables over the form: columns are guessed, shown with what they make, corrected, saved, and loaded.

To look through a long table takes seconds, during which nobody else waits: only the moment in which a view is read is
locked.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from http import HTTPStatus
from pathlib import PurePath
from typing import BinaryIO, Final

from starlette.datastructures import UploadFile
from starlette.responses import Response

from leconfield.desk.exchange import service, waiting
from leconfield.desk.exchange.table_checks import Checked, checked, first_rows
from leconfield.errors import BadInputError, LeconfieldError
from leconfield.intake.filing import as_text
from leconfield.intake.loading import load_table
from leconfield.intake.tables import Mapping, Reading, SavedMappings, guessed, mapping_of
from leconfield.intake.tables.guessing import KINDS, ROLES
from leconfield.intake.tables.values import DATE_ORDERS
from leconfield.intake.typed import held_by, terms_typed
from leconfield.web.visit import Visit, get, post

WHAT: Final = "table"
MOST_BYTES: Final = 200 * 2**20
FIELDS: Final = ("source", "grade", "label")
_MEANINGS: Final = {role: words for roles in ROLES.values() for role, words in roles.items()}


def bringing(visit: Visit) -> Response:
    """The form to hand a table over with."""
    return _form(visit, dict.fromkeys(FIELDS, ""), {})


def _form(visit: Visit, filled: dict[str, str], faults: dict[str, str]) -> Response:
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    return visit.page("desk/exchange_table.html", status, filled=filled, faults=faults, held=held_by(visit))


def preview(visit: Visit) -> Response:
    """Show the first rows with what the columns seem to mean; nothing is loaded."""
    filled = {**{name: visit.filled(name) for name in FIELDS}, "channel": "table"}
    faults, terms = terms_typed(visit, filled)
    uploads = visit.files("table")
    pasted = visit.filled("pasted").strip()
    if not uploads and not pasted:
        faults["table"] = "Choose a table, or paste one."
    elif uploads and (uploads[0].size or 0) > MOST_BYTES:
        faults["table"] = f'It has more than {MOST_BYTES // 2**20} MB; load it with "leconfield load".'
    if not faults and terms is not None:
        try:
            mine = waiting.Waiting(*_taken(uploads, pasted), terms)
            mine.reading = guessed(first_rows(mine.content, mine.filename))
            known = _known(visit)
            mine.saved = next(iter(_offered(known, mine)), "")
            waiting.put(visit.desk, visit.reader.name, WHAT, mine)
            return _shown(visit, known, mine)
        except LeconfieldError as error:
            faults["table"] = str(error)
    return _form(visit, filled, faults)


def _taken(uploads: list[UploadFile], pasted: str) -> tuple[str, BinaryIO]:
    content = tempfile.TemporaryFile()  # noqa: SIM115 - it lives until it is loaded, or another takes its place
    if uploads:
        shutil.copyfileobj(uploads[0].file, content)
        return as_text(PurePath(uploads[0].filename or "table").name)[:120], content
    content.write(f"{pasted}\n".encode(errors="replace"))
    return "pasted.csv", content


def again(visit: Visit) -> Response:
    """Show it again by other meanings of its columns, or by a saved mapping."""
    mine = waiting.found(visit.desk, visit.reader.name, WHAT, visit.filled("token"))
    return _shown(visit, _known(visit), mine, _read_form(visit, mine))


def save(visit: Visit) -> Response:
    """Save what the columns mean under a name, and show the table by it."""
    mine = waiting.found(visit.desk, visit.reader.name, WHAT, visit.filled("token"))
    fault = _read_form(visit, mine)
    name = visit.filled("name")
    if not fault:
        try:
            _save(visit, mine, name)
        except LeconfieldError as error:
            fault = str(error)
    return _shown(visit, _known(visit), mine, fault, saved="" if fault else name.strip())


def _save(visit: Visit, mine: waiting.Waiting, name: str) -> None:
    mapping = _mapping(_known(visit), mine)
    mapping = replace(mapping, title=visit.filled("title").strip() or mapping.title)
    columns = first_rows(mine.content, mine.filename)[0].values
    label = visit.filled("label").strip() or mine.terms.label
    with visit.house.lock:
        view = visit.present("save a mapping", name)
        service.save_mapping(visit.desk, view, name=name, mapping=mapping, columns=columns, label=label)


def load(visit: Visit) -> Response:
    """Load the whole table that waits, as one report; or nothing of it."""
    mine = waiting.found(visit.desk, visit.reader.name, WHAT, visit.filled("token"))
    fault, known = _read_form(visit, mine), _known(visit)
    if fault:
        return _shown(visit, known, mine, fault)
    try:
        mapping = _mapping(known, mine)
        mine.content.seek(0)
        outcome = load_table(visit.desk, visit.reader, mine.filename, mine.content, mapping, mine.terms)
    except BadInputError as error:
        return _shown(visit, known, mine, str(error))
    waiting.claimed(visit.desk, visit.reader.name, WHAT, mine.token)
    return visit.back_to(f"/reports/{outcome.report}", f"{outcome.outcome.capitalize()}.")


def _known(visit: Visit) -> SavedMappings:
    """The saved mappings that he may know of, as they stand now."""
    with visit.house.lock:
        known = SavedMappings()
        known.by_name = dict(visit.present("saved mappings").derived(SavedMappings).by_name)
    return known


def _read_form(visit: Visit, mine: waiting.Waiting) -> str:
    """Take what the form says the columns mean, by a saved mapping or column by column; what is wrong with it."""
    columns = list(first_rows(mine.content, mine.filename)[0].values)
    mine.saved = visit.filled("saved")
    chosen = [(visit.filled(f"column-{place}"), column) for place, column in enumerate(columns)]
    roles = {role: column for role, column in chosen if role}
    twice = next((role for role in roles if sum(role == each for each, _ in chosen) > 1), "")
    dates = visit.filled("dates")
    ibans = visit.filled("accounts") != "number"
    order = dates if dates in DATE_ORDERS else next(iter(DATE_ORDERS))
    mine.reading = Reading(visit.filled("kind"), roles, order, ibans)
    return f'two columns are "{_MEANINGS.get(twice, twice[:40])}"; choose one of them' if twice else ""


def _offered(known: SavedMappings, mine: waiting.Waiting) -> list[str]:
    """Names of the mappings that were saved for files with the same columns."""
    return [each.name for each in known.fitting(first_rows(mine.content, mine.filename)[0].values)]


def _mapping(known: SavedMappings, mine: waiting.Waiting) -> Mapping:
    if mine.saved:
        return known.called(mine.saved).mapping
    assert mine.reading is not None
    return mapping_of(mine.reading)


def _shown(visit: Visit, known: SavedMappings, mine: waiting.Waiting, fault: str = "", saved: str = "") -> Response:
    assert mine.reading is not None
    look: Checked
    try:
        look = checked(mine.content, mine.filename, _mapping(known, mine))
    except LeconfieldError as error:
        fault = fault or str(error)
        look = checked(mine.content, mine.filename, None)
    kind = mine.reading.kind if mine.reading.kind in KINDS else next(iter(KINDS))
    roles = [("", "left alone"), *ROLES[kind].items()]
    return visit.page(
        "desk/exchange_table_preview.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        mine=mine,
        look=look,
        fault=fault,
        saved=saved,
        kind=kind,
        kinds=list(KINDS.items()),
        columns=[(place, each, mine.reading.role_of(each)) for place, each in enumerate(look.columns)],
        roles=roles,
        dates=[(each, each) for each in DATE_ORDERS],
        offered=[("", "none: by the columns as chosen"), *((each, each) for each in _offered(known, mine))],
        held=held_by(visit),
    )


ROUTES: Final = [
    get("/exchange/table", bringing),
    post("/exchange/table", preview, reads=False),
    post("/exchange/table/again", again, reads=False),
    post("/exchange/table/save", save, reads=False),
    post("/exchange/table/load", load, reads=False),
]

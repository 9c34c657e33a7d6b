"""Pages of staff files: who of the house has a record in the vault, as far as one may know, and how one is begun."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import LeconfieldError
from leconfield.ledger.view import View
from leconfield.staff import files
from leconfield.vault import identity
from leconfield.vault import pages as vault
from leconfield.web.visit import Visit, get, post

_FIELDS: Final = ("who", "called", "label", "reason")


def listed(visit: Visit) -> Response:
    """The files that one may know of, and the form that begins another."""
    return _page(visit, visit.view("staff files"), {each: visit.asked(each) for each in _FIELDS}, "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    known = files.files(view)
    return visit.page(
        "staff/files.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[(each, identity.record(view, files.person(view, each.id))) for each in known],
        waiting=vault.waits(visit.desk, view),
        keeps=files.ROLE in view.reader.roles,
        role=files.ROLE,
        filled=filled,
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        fault=fault,
        acting=view.as_of is None,
    )


def put(visit: Visit) -> Response:
    """Begin a file."""
    filled = {each: visit.filled(each) for each in _FIELDS}
    view = visit.present("staff files, new")
    try:
        which = files.begin(visit.desk, view, **filled)
    except LeconfieldError as error:
        return _page(visit, view, filled, str(error))
    return visit.back_to(f"{files.URL}/{which}/vault", "His file is begun, under his working name.")


ROUTES: Final[list[Route]] = [
    get(files.URL, listed),
    post(files.URL, put),
    *vault.routes(f"{files.URL}/{{staff_file}}/vault", "staff_file", "staff file vault", files.person),
]

"""Officers' pages of what goes with a release's text: papers and pictures, brought, shown and taken out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.gate import pages_drafts
from leconfield.gate.files import boxing
from leconfield.gate.files.inspection import name_for, structure
from leconfield.gate.files.papers import DOCX, PDF, fresh
from leconfield.gate.files.pictures import JPEG, PNG
from leconfield.gate.files.reading import visible_words
from leconfield.gate.release import service
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.gate.release.model import Release
from leconfield.gate.release.state import found
from leconfield.ledger.marking import Marking
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get, post

_BEGINNINGS: Final = {b"%PDF": PDF, b"PK\x03\x04": DOCX, b"\xff\xd8": JPEG, b"\x89PNG": PNG, b"RIFF": PNG, b"GIF8": PNG}
_ENDINGS: Final = {PDF: "pdf", DOCX: "docx", TEXT_TYPE: "txt"}
_PLAIN: Final = Marking("", (), "")
"""Papers that leave bear no marking of the inside."""


def put(visit: Visit) -> Response:
    """Bring a file, or take one out; what will not do is told in the editor, beside the form."""
    which = visit.part("release")
    try:
        if visit.filled("remove"):
            return _removed(visit, which, visit.filled("remove"))
        return _brought(visit, which)
    except (NotFoundError, RefusedError):
        raise
    except LeconfieldError as error:
        return pages_drafts.with_files_fault(visit, which, str(error))


def _brought(visit: Visit, which: str) -> Response:
    view = visit.present("release, file", which)
    known = found(view, which)
    files = visit.files("file")
    if not files:
        raise BadInputError("no file came with the form; choose one")
    held = files[0].file.read(service.MAX_FILE + 1)
    if not held or len(held) > service.MAX_FILE:
        raise BadInputError(f"the file is empty, or has more than {service.MAX_FILE // 2**20} MB; choose another")
    media_type = kind_of(held)
    if media_type in (JPEG, PNG):
        name = boxing.bring(visit.desk, view, which, held)
        return visit.back_to(
            f"/releases/{which}/pictures/{name}", "Brought. Box what must not be seen, then put it in."
        )
    if visit.filled("fresh") and media_type in (PDF, DOCX):
        held = _fresh(visit, known, held, f"paper.{_ENDINGS[media_type]}", media_type)
    name = name_for(held, _ENDINGS[media_type])
    _edit(visit, view, known, {**_members(view, known), name: (media_type, held)})
    faults = list(structure(held, media_type))
    told = f" It has something in it that one does not see: {'; '.join(faults[:3])}." if faults else ""
    return visit.back_to(f"/releases/{which}/edit#files", f"It is in the draft as {name}.{told}")


def _removed(visit: Visit, which: str, name: str) -> Response:
    view = visit.present("release, file out", which)
    known = found(view, which)
    members = _members(view, known)
    if name == TEXT or members.pop(name, None) is None:
        raise NotFoundError("no such paper or picture in it")
    if not members:
        raise BadInputError("that is all there is in it; write a text first, or withdraw the draft")
    _edit(visit, view, known, members)
    return visit.back_to(f"/releases/{which}/edit#files", "It is out of the draft.")


def _edit(visit: Visit, view: View, known: Release, members: service.Given) -> None:
    title, embargo = known.content.title, known.content.embargo
    service.edit(visit.desk, view, known.id, members, title=title, embargo=embargo)


def _members(view: View, known: Release) -> dict[str, tuple[str, bytes]]:
    held = service.files_of(view, known)
    return {each.name: (each.media_type, held[each.name]) for each in known.content.members}


def _fresh(visit: Visit, known: Release, held: bytes, name: str, media_type: str) -> bytes:
    """The paper written anew from the words that one sees in it."""
    day = known.content.embargo[:10] or stamp(visit.desk.clock())[:10]
    return fresh(known.content.title, visible_words(held, name), _PLAIN, by="", day=day, media_type=media_type)


def kind_of(held: bytes) -> str:
    """What a file is by how it begins; text if by nothing else.

    Raises:
        BadInputError: if it is neither a paper, a picture nor text.
    """
    for begins, media_type in _BEGINNINGS.items():
        if held.startswith(begins):
            return media_type
    try:
        held.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInputError("this is neither text (UTF-8), DOCX, PDF, PNG nor JPEG; save it as one of these") from error
    return TEXT_TYPE


def member(visit: Visit) -> Response:
    """One member as it will leave: a picture to look at, others to save."""
    view = visit.view("release, file", visit.part("release"))
    known = found(view, visit.part("release"))
    wanted = next((each for each in known.content.members if each.name == visit.part("name")), None)
    if wanted is None:
        raise NotFoundError("no such paper or picture in it")
    held = view.kept(wanted.digest, about=known.id)
    if wanted.media_type in (JPEG, PNG) and not any(structure(held, wanted.media_type)):
        return Response(held, HTTPStatus.OK, media_type=wanted.media_type)
    return download(held, wanted.name)


ROUTES: Final[list[Route]] = [
    post("/releases/{release}/files", put),
    get("/releases/{release}/files/{name}", member),
]

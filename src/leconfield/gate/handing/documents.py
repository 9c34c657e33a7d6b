"""A rebuilt document goes to the other side: put before the gate, and disclosed once its release is sealed."""

from __future__ import annotations

from typing import Final

from leconfield.desk.evidence import serving
from leconfield.desk.evidence.model import Rebuilt
from leconfield.desk.evidence.state import CaseFiles
from leconfield.errors import NotFoundError, RefusedError
from leconfield.gate.files.papers import DOCX
from leconfield.gate.handing import leaving
from leconfield.gate.release import service
from leconfield.gate.release.model import Release, State
from leconfield.gate.release.state import found, releases
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View

FORM: Final = "sanitised-report"
AUDIENCE: Final = "court"
NAME: Final = "document.docx"


def prepare(desk: Desk, view: View, which: str, rebuilt: str) -> EntryId:
    """Put a rebuilt document into a release, as a draft for the court; the release's id.

    Raises:
        NotFoundError, InterceptError: as `serving.document_of`.
        RefusedError: as `serving.document_of`; also if it has left already, or he looks at the past.
        DamagedError: if its bytes are gone.
    """
    refuse_the_past(view)
    made = serving.document_of(view, which, rebuilt)
    before = releases(view).by_id.get(EntryId(made.release))
    if made.disclosed and (before is None or before.state is not State.WITHDRAWN):
        raise RefusedError("it has left already; go to its release from the case file")
    files = {NAME: (DOCX, view.kept(made.digest, about=which))}
    release = service.draft(desk, view, FORM, AUDIENCE, files, label=made.label, title=made.heading)
    desk.append(view.reader, [serving.document_put(made, which, release)])
    return release


def prepared(view: View, release: str) -> tuple[str, Rebuilt]:
    """The investigation, and the document that waits for that release or left by it.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    for investigation, file in view.derived(CaseFiles).by_id.items():
        for each in file.rebuilt:
            if release and each.release == release:
                return investigation, each
    raise NotFoundError("nothing waits here by that id; look it up in the case file")


def why_not(view: View, release: Release) -> str:
    """Why the document in that release may not be disclosed, and what to do; empty if it may.

    Raises:
        NotFoundError: as `prepared`.
    """
    investigation, made = prepared(view, release.id)
    if fault := leaving.why_not(release, (made.digest,)):
        return fault
    try:
        serving.document_of(view, investigation, made.id)
    except RefusedError as error:
        return "" if made.disclosed else str(error)
    return ""


def disclose(desk: Desk, view: View, which: str) -> None:
    """Let it go: the first time it is published, and written down as disclosed.

    Raises:
        NotFoundError: if the view has no such release, or no document was put into it.
        RefusedError: if it is not sealed, is not what was prepared, may not go any more, or he may not publish it.
    """
    refuse_the_past(view)
    investigation, made = prepared(view, which)
    if fault := why_not(view, found(view, which)):
        raise RefusedError(fault)
    leaving.leave(desk, view, which, (made.digest,), reason="Disclosed to the other side.")
    if not made.disclosed:
        desk.append(view.reader, [serving.document_left(made, investigation)])

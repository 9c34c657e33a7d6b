"""The schedule for the other side leaves the house: put before the gate, and served once its release is sealed."""

from __future__ import annotations

from typing import Final

from leconfield.desk.evidence import serving
from leconfield.desk.evidence.model import LEAVING, Issue
from leconfield.desk.evidence.state import CaseFiles, case_file_of
from leconfield.errors import NotFoundError, RefusedError
from leconfield.gate.files.inspection import CSV
from leconfield.gate.files.papers import DOCX
from leconfield.gate.handing import leaving
from leconfield.gate.release import service
from leconfield.gate.release.model import Release
from leconfield.gate.release.state import found
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View

FORM: Final = "disclosure-schedule"
AUDIENCE: Final = "court"
MEDIA_TYPES: Final = {"docx": DOCX, "csv": CSV}
"""By ending."""


def title_of(heading: str) -> str:
    """How the release of a schedule is called, by what the court calls the case."""
    return f"Schedule in {heading}"


def prepare(desk: Desk, view: View, which: str, *, schedule: str, reason: str = "", label: str = "") -> EntryId:
    """Put the next issue of a schedule into a release, as a draft for the court; the release's id.

    Raises:
        NotFoundError, BadInputError: as `serving.ready`.
        RefusedError: as `serving.ready`; also of a schedule that does not leave, or if its label hides it from him.
    """
    made = serving.ready(view, which, schedule=schedule, reason=reason, label=label)
    if schedule not in LEAVING:
        raise RefusedError("this schedule is for the prosecutor alone, never for the other side; serve it inside")
    files = {f"schedule.{ending}": (MEDIA_TYPES[ending], content) for ending, content in made.files.items()}
    title = title_of(made.plan.heading)
    release = service.draft(desk, view, FORM, AUDIENCE, files, label=made.label, title=title)
    desk.append(view.reader, [serving.prepared(desk, made, release)])
    return release


def prepared(view: View, release: str) -> tuple[str, Issue]:
    """The investigation, and the issue that waits for that release or left by it.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    for investigation, file in view.derived(CaseFiles).by_id.items():
        for each in file.prepared:
            if each.release == release:
                return investigation, file.served_by(release) or each
    raise NotFoundError("nothing waits here by that id; look it up in the case file")


def served(view: View, release: str) -> Issue | None:
    """The issue that left by that release; None: it has not."""
    investigation, _ = prepared(view, release)
    return case_file_of(view, investigation).served_by(release)


def why_not(view: View, release: Release) -> str:
    """Why the schedule in that release may not be served, and what to do; empty if it may.

    What was served once is given out again whatever has changed since, as long as its release stands.

    Raises:
        NotFoundError: as `prepared`.
    """
    investigation, issue = prepared(view, release.id)
    fault = leaving.why_not(release, dict(issue.files).values())
    return fault or ("" if served(view, release.id) else serving.why_not(view, investigation, issue))


def serve(desk: Desk, view: View, which: str) -> dict[str, bytes]:
    """The files of a sealed schedule by ending, as they were approved; the first time it is written down as served.

    Raises:
        NotFoundError: if the view has no such release, or no schedule was put into it.
        RefusedError: if it is not sealed, is not what was prepared, has changed since, or he may not publish it.
        DamagedError: if its bytes are gone.
    """
    refuse_the_past(view)
    investigation, issue = prepared(view, which)
    if fault := why_not(view, found(view, which)):
        raise RefusedError(fault)
    digests = dict(issue.files)
    files = leaving.leave(desk, view, which, digests.values(), reason="Served on the other side.")
    if served(view, which) is None:
        desk.append(view.reader, [serving.served(issue, investigation)])
    return {name.rpartition(".")[2]: content for name, content in files.items()}

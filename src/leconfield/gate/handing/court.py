"""What goes to the other side of a case, whatever it is: how it waits, whether it may leave, its files once it has."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.errors import NotFoundError, RefusedError
from leconfield.gate.handing import documents, schedules
from leconfield.gate.release import sealing, service
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something for the other side that waits for its release, or left by it."""

    investigation: str
    anchor: str
    """Where it stands on the page of the case file."""
    title: str
    size: int
    """How many items, or statements, are in it."""
    noun: str
    reason: str
    by: str
    at: str
    label: str
    files: tuple[tuple[str, str], ...]
    """Ending and SHA-256 of each."""
    left: bool


def outgoing(view: View, release: str) -> Outgoing:
    """What was put into that release.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    try:
        case, issue = schedules.prepared(view, release)
    except NotFoundError:
        case, made = documents.prepared(view, release)
        signed = made.reason, made.by, made.at, made.label
        files = (("docx", made.digest),)
        return Outgoing(
            case, "rebuilt", made.heading, len(made.statements), "statement", *signed, files, bool(made.disclosed)
        )
    left = schedules.served(view, release) is not None
    title = f"{issue.schedule.upper()} in {issue.heading}"
    signed = issue.reason, issue.by, issue.at, issue.label
    return Outgoing(case, issue.schedule, title, len(issue.rows), "item", *signed, issue.files, left)


def why_not(view: View, which: str) -> str:
    """Why it may not leave, or not be given out, and what to do; empty if it may.

    Raises:
        NotFoundError: as `outgoing`; or if the view has no such release.
    """
    outgoing(view, which)
    release = found(view, which)
    try:
        return schedules.why_not(view, release)
    except NotFoundError:
        return documents.why_not(view, release)


def let_go(desk: Desk, view: View, which: str) -> None:
    """Serve the schedule, or disclose the document, that the release holds.

    Raises:
        NotFoundError, RefusedError, DamagedError: as `schedules.serve` and `documents.disclose`.
    """
    if outgoing(view, which).anchor == "rebuilt":
        documents.disclose(desk, view, which)
    else:
        schedules.serve(desk, view, which)


def given_out(desk: Desk, view: View, which: str, ending: str) -> bytes:
    """A file of what has left, as it was sealed, while its release stands.

    Raises:
        NotFoundError: if nothing was put into such a release, or it has no file of that ending.
        RefusedError: if it has not left, its release does not stand or holds something else, or he looks at the past.
        DamagedError: if its bytes are gone.
    """
    found_here = outgoing(view, which)
    if fault := why_not(view, which):
        raise RefusedError(fault)
    if not found_here.left:
        raise RefusedError("it has not left yet; let it go first")
    sealing.sealed(desk, view, which)
    digest, release = dict(found_here.files).get(ending), found(view, which)
    by_name, names = service.files_of(view, release), {each.digest: each.name for each in release.content.members}
    if digest is None:
        endings = " or ".join(each for each, _ in found_here.files)
        raise NotFoundError(f'it is saved as {endings}, not as "{ending[:20]}"')
    return by_name[names[digest]]

"""What every way out has in common: files leave as they were approved, by a sealed release, or not at all."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from leconfield.errors import RefusedError
from leconfield.gate.release import sealing, service
from leconfield.gate.release.model import Release, State, Step
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View

_OUT: Final = (State.SEALED, State.PUBLISHED)


def why_not(release: Release, digests: Collection[str]) -> str:
    """Why what was prepared may not leave by that release, and what to do; empty if it may.

    `digests`: SHA-256, in hex, of each file that was prepared; the release must hold these and no other.
    """
    if release.state not in _OUT:
        stands = "still a draft" if release.state is State.DRAFT else str(release.state)
        return (
            f"it is {stands}, and nothing leaves that is not sealed: have the gate check it, and two approve "
            "and seal it, on the release's own page"
        )
    if sorted(each.digest for each in release.content.members) != sorted(digests):
        return "the release holds another file than was prepared; prepare it anew, so that the receipt says what left"
    return ""


def leave(desk: Desk, view: View, which: str, digests: Collection[str], *, reason: str) -> dict[str, bytes]:
    """The files of a release as they were approved, by name; the first time it is published, for that reason.

    Raises:
        NotFoundError: if the view has no such release.
        RefusedError: if it is not sealed, is not what was prepared, or he may not publish it.
        DamagedError: if its bytes are gone.
    """
    release = found(view, which)
    if fault := why_not(release, digests):
        raise RefusedError(fault)
    sealing.sealed(desk, view, which)
    if release.state is State.SEALED:
        service.take(desk, view, which, Step.PUBLISH, reason=reason)
    return service.files_of(view, release)

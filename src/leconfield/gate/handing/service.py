"""Acts: put a file for somebody outside into a release, and hand it over once that is sealed."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from leconfield.desk.exchange.model import HANDED_OVER
from leconfield.desk.exchange.service import Ready
from leconfield.errors import RefusedError
from leconfield.gate.handing.model import AUDIENCE, FORM, MEMBERS, PREPARED, RELEASE, Prepared
from leconfield.gate.handing.state import Handing, prepared
from leconfield.gate.release import sealing, service
from leconfield.gate.release.model import Aside, Release, State, Step
from leconfield.gate.release.state import found
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Question
from leconfield.ledger.view import View

_OUT: Final = (State.SEALED, State.PUBLISHED)


def prepare(desk: Desk, view: View, ready: Ready) -> EntryId:
    """Put the file into a release, as a draft; the release's id. It is judged as for one who holds what he holds.

    Raises:
        RefusedError: if the label would hide it from him, or he looks at the past.
    """
    refuse_the_past(view)
    name, media_type = MEMBERS[ready.form]
    which = service.draft(
        desk,
        view,
        FORM,
        AUDIENCE,
        {name: (media_type, ready.content)},
        label=ready.label,
        title=f"For {ready.recipient}",
        aside=Aside(holds=tuple(sorted(ready.holds))),
    )
    body = {
        "recipient": ready.recipient,
        "purpose": ready.purpose,
        "format": ready.form,
        "digest": sha256(ready.content).hexdigest(),
        "subjects": "\n".join(ready.subjects),
        "statements": str(ready.statements),
        "holds": " ".join(sorted(ready.holds)),
    }
    label = found(desk.view(view.reader, asking=Question("hand over", which)), which).label
    desk.append(view.reader, [Draft(PREPARED, label, about=which, body=body, key=(which,))])
    return which


def hand_over(desk: Desk, view: View, which: str) -> bytes:
    """The file as it was approved, once it may leave; the first time the release is published, and there is a receipt.

    Raises:
        NotFoundError: if the view has no such release, or nothing was prepared in it.
        RefusedError: if it is not sealed, is not what was prepared, or he may not publish it.
        DamagedError: if its bytes are gone.
    """
    refuse_the_past(view)
    kept, release = prepared(view, which), found(view, which)
    if fault := why_not(release, kept):
        raise RefusedError(fault)
    given = sealing.sealed(desk, view, which)
    if release.state is State.SEALED:
        service.take(desk, view, which, Step.PUBLISH, reason=kept.purpose)
    if given.release not in view.derived(Handing).gone:
        desk.append(view.reader, [_receipt(kept)])
    (content,) = service.files_of(view, release).values()
    return content


def why_not(release: Release, kept: Prepared) -> str:
    """Why the file may not be handed over, and what to do; empty if it may."""
    if release.state not in _OUT:
        return (
            f"it is {release.state}, and nothing leaves that is not sealed: have the gate check it, and two approve "
            "and seal it, on the release's own page"
        )
    if [each.digest for each in release.content.members] != [kept.digest]:
        return "the release holds another file than was prepared; prepare it anew, so that the receipt says what left"
    return ""


def _receipt(kept: Prepared) -> Draft:
    """That it was handed over: as before the gate stood here, and by which release."""
    body = {
        "purpose": kept.purpose,
        "format": kept.form,
        "digest": kept.digest,
        "subjects": kept.subjects,
        "statements": kept.statements,
        RELEASE: kept.release,
    }
    return Draft(HANDED_OVER, kept.label, about=kept.recipient, body=body, key=(RELEASE, kept.release))

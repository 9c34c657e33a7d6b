"""Acts: put a file for somebody outside into a release, and hand it over once that is sealed."""

from __future__ import annotations

from hashlib import sha256

from leconfield.desk.exchange.model import HANDED_OVER
from leconfield.desk.exchange.service import Ready
from leconfield.gate.handing import leaving
from leconfield.gate.handing.leaving import leave
from leconfield.gate.handing.model import AUDIENCE, FORM, MEMBERS, PREPARED, RELEASE, Prepared
from leconfield.gate.handing.state import Handing, prepared
from leconfield.gate.release import service
from leconfield.gate.release.model import Aside, Release
from leconfield.gate.release.state import found
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Question
from leconfield.ledger.view import View


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
    kept = prepared(view, which)
    (content,) = leave(desk, view, which, (kept.digest,), reason=kept.purpose).values()
    if kept.release not in view.derived(Handing).gone:
        desk.append(view.reader, [_receipt(kept)])
    return content


def why_not(release: Release, kept: Prepared) -> str:
    """Why the file may not be handed over, and what to do; empty if it may."""
    return leaving.why_not(release, (kept.digest,))


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

"""A day at the gate of a desk, so that no page of it is empty: a draft, a picture, a persona, a partner's file."""

from __future__ import annotations

from typing import Final

from leconfield.desk.exchange import service as exchange
from leconfield.desk.exchange.selection import selected
from leconfield.gate.files import boxing
from leconfield.gate.handing import service as handing
from leconfield.gate.mosaic import service as mosaic
from leconfield.gate.release import judging
from leconfield.gate.release import service as releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader, SubjectId
from leconfield.ledger.view import View
from tests.e2e.gated import SAID, street
from tests.gate.mosaic.staff import table

LABEL: Final = "S"
TITLE: Final = "Seen at the lorry park"
POST: Final = (
    "We answer the telephone at every hour. Ray Cassell walked the rows of the lorry park at Toddington with a torch. "
    "[[Ring|Call]] us if you have seen anything there; it may be [[nothing|of no weight]]."
)
PARTNER: Final = "Polizei Bern"


def work(desk: Desk, officer: Reader, subject: SubjectId) -> None:
    """Do a day's work of an officer before the gate."""
    text = {"text.txt": ("text/plain", POST.encode())}
    which = releases.draft(desk, _seen(desk, officer), "post", "public", text, label=LABEL, title=TITLE)
    boxing.bring(desk, _seen(desk, officer), which, street())
    judging.check(desk, _seen(desk, officer), which)
    mosaic.keep_register(desk, _seen(desk, officer), table(), LABEL)
    for words, on in SAID:
        mosaic.note_said(desk, _seen(desk, officer), "Rob", words, on=on, where="a broadcast", label=LABEL)
    _for_a_partner(desk, officer, subject)


def _for_a_partner(desk: Desk, officer: Reader, subject: SubjectId) -> None:
    view = _seen(desk, officer)
    chosen = selected(desk, view, [subject], recipient=PARTNER, holds=frozenset({"S"}), hops=1, protected=False)
    made = exchange.ready(desk, view, chosen, recipient=PARTNER, purpose="request 14/2026", form="stix")
    handing.prepare(desk, view, made)


def _seen(desk: Desk, reader: Reader) -> View:
    return desk.view(reader, asking=Question("work"))

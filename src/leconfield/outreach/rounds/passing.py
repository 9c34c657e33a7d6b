"""A question that is none, but something to be known: it becomes a tip, and its open copy is read here no more.

Outside it reads as any other question that is out of scope, so that nobody sees which ones were taken for more.
"""

from __future__ import annotations

from typing import Final

from leconfield.errors import RefusedError
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.rounds import Became, Category, Change
from leconfield.gate.bundles.tips import TIP, Tip, fields_of
from leconfield.ledger.acting import in_words
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.receiving import HANDLERS
from leconfield.outreach.rounds import service, standing
from leconfield.outreach.rounds.model import PASSED
from leconfield.outreach.taking import Taking

TOLD: Final = "Asked in a round of questions, and passed on from there:\n\n{}"


def pass_on(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Make a tip of a question, as if it had been told to us; it is out of scope for its round.

    The tip is made first: whoever is stopped between the two does it again, and it stays one tip.

    Raises:
        NotFoundError: if the view has no such question.
        BadInputError: if the reason is missing.
        RefusedError: if he may not, holds nothing that a tip may be kept under, or others were merged into it.
    """
    known, planned = service.open_question(desk, view, which)
    service.nothing_hangs_on(view, known)
    why = in_words(reason, "your reason", service.MAX_REASON)
    label = profile.of(desk).label(TIP)
    desk.check_writable(view.reader, label)
    handler = HANDLERS.get(TIP)
    if handler is None:
        raise RefusedError("nobody takes tips here; refuse the question as out of scope, and tell intake yourself")
    its_id = desk.ids.of("tip", "question", known.id)
    tip = Tip(what=TOLD.format(known.words))
    handler(Taking(desk, view, label), Box(TIP, known.day, fields_of(tip), id=its_id))
    change = Change(service.since(desk, planned), Became.REFUSED, category=Category.SCOPE)
    standing.append(desk, view, planned, service.decision_drafts(view, planned, known, change, why, PASSED))

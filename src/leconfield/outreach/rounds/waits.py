"""What waits on the editor's desk for whoever keeps rounds: questions to decide on, answers to write."""

from __future__ import annotations

from collections.abc import Iterable

from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.rounds import Stage
from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.rounds import service, state
from leconfield.outreach.waiting import Waiting


def waits(desk: Desk, view: View) -> Iterable[Waiting]:
    """What waits in the rounds that are not out, as far as the reader's roles let him do it."""
    its_profile, now = profile.of(desk), desk.clock()
    for known in state.planned(view):
        if rounds.stage(known.plan, now) is Stage.OUT:
            continue
        questions, url = state.questions_of(view, known.id), f"/window/rounds/{known.id}"
        if its_profile.allows(view.reader, service.MODERATE):
            undecided = sum(each.decision is None for each in questions)
            yield Waiting(undecided, "questions to decide on", url, stamp(known.plan.closes))
        if its_profile.allows(view.reader, service.ANSWER):
            bare = sum(each.accepted and each.answer is None for each in questions)
            yield Waiting(bare, "questions to answer", url, stamp(known.plan.due))

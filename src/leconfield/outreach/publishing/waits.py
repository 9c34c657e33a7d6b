"""What waits on the editor's desk for whoever publishes: deliveries in doubt, comments nobody has decided on."""

from __future__ import annotations

from collections.abc import Iterable

from leconfield.gate.bundles.deliveries import TO_ANSWER
from leconfield.gate.release.state import releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.outreach import orders, profile
from leconfield.outreach.publishing import service
from leconfield.outreach.publishing.state import comments, deliveries
from leconfield.outreach.waiting import Waiting


def waits(desk: Desk, view: View) -> Iterable[Waiting]:
    """What waits, as far as the reader's roles let him do it."""
    rules = profile.of(desk)
    if rules.allows(view.reader, service.PUBLISH):
        doubtful = sum(each.waits for each in deliveries(view))
        yield Waiting(doubtful, "deliveries that need a person", "/window/deliveries", urgent=True)
    if rules.allows(view.reader, service.MODERATE):
        found = comments(view)
        yield Waiting(sum(each.waits for each in found), "comments to decide on", "/window/comments")
        by_id, sent = releases(view).by_id, orders.of_kind(view, TO_ANSWER)
        ready = [each for each in found if each.answer in by_id and by_id[each.answer].state in service.OUT]
        unsent = sum(each.id not in sent for each in ready)
        yield Waiting(unsent, "answers to put beneath their comments", "/window/comments")

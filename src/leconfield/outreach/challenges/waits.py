"""What waits on the editor's desk for whoever runs a challenge, or reads what was sent in."""

from __future__ import annotations

from collections.abc import Iterable

from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.challenges import rules, service, state
from leconfield.outreach.challenges import service_submissions as reading
from leconfield.outreach.challenges.model import READERS, Planned, Submission
from leconfield.outreach.waiting import Waiting


def waits(desk: Desk, view: View) -> Iterable[Waiting]:
    """What waits in the challenges of the view, as far as the reader's roles let him do it."""
    known, its_profile = state.challenges(view), profile.of(desk)
    runs, reads = its_profile.allows(view.reader, service.ACT), its_profile.allows(view.reader, reading.READ)
    for plan in known.by_id.values():
        url, sent = f"/window/challenges/{plan.id}", known.sent_to(plan.id)
        if runs:
            asked = sum(not each.settled for each in known.asked_of(plan.id))
            yield Waiting(asked, "questions about a challenge", url, plan.dates.answers)
            yield from _of_sent(desk, plan, sent, view.reader.name, url)
        if runs or reads:
            mine = sum(_waits_for(each, view.reader.name, decides=runs) for each in sent)
            yield Waiting(mine, "submissions to score", url, plan.dates.decision)


def _of_sent(desk: Desk, plan: Planned, sent: Iterable[Submission], reader: str, url: str) -> Iterable[Waiting]:
    listed = list(sent)
    if not reading.why_sealed(desk, plan):
        sealed = sum(each.idea is None and not each.damaged for each in listed)
        yield Waiting(sealed, "submissions to open", url)
    ready = sum(not rules.why_not_decided(plan, each, reader) for each in listed)
    yield Waiting(ready, "submissions to decide on", url, plan.dates.decision)
    owed = sorted(due for each in listed if (due := reading.owed_by(each)) is not None)
    yield Waiting(len(owed), "letters owed to those who were not taken", url, stamp(owed[0]) if owed else "")


def _waits_for(each: Submission, reader: str, *, decides: bool) -> bool:
    return not rules.why_not_scored(each, reader, decides=decides) and len(each.scores) < READERS

"""What of recruiting waits for somebody: answers to mark, steps to take, words to write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.outreach.recruiting import rules, showing
from leconfield.outreach.recruiting.model import Campaign, Stage, Step
from leconfield.outreach.recruiting.people import may_know
from leconfield.outreach.recruiting.state import campaigns
from leconfield.outreach.waiting import Waiting

_STEPS: Final = {
    Step.OPEN: "vacancies to open",
    Step.SIFT: "sifts to begin",
    Step.MODERATE: "campaigns to moderate",
    Step.DECIDE: "rankings to decide on",
    Step.ANSWER: "campaigns to answer",
    Step.CLOSE: "campaigns to close",
}


def waits(_desk: Desk, view: View) -> Iterator[Waiting]:
    """What waits for the reader."""
    for campaign in campaigns(view):
        yield from _of(campaign, view)


def _of(campaign: Campaign, view: View) -> Iterator[Waiting]:
    who, url = view.reader.name, f"/window/recruiting/{campaign.id}"
    judges = not may_know(view.reader, campaign)
    if campaign.stage is Stage.SIFTING and who in campaign.assessors and judges:
        left = sum(task.of - task.marked for task in showing.tasks(campaign, who))
        yield Waiting(left, f"answers to mark for {campaign.name}", f"{url}/marking")
    if campaign.stage is Stage.MODERATING and who == campaign.chair and judges:
        open_ = sum(each.wide and each.moderated is None for each in rules.spreads(campaign))
        yield Waiting(open_, f"marks to settle for {campaign.name}", f"{url}/moderation")
    if campaign.stage is Stage.ANSWERING and who == campaign.chair and judges:
        unwritten = sum(each not in campaign.feedback for each in rules.unanswered(campaign))
        yield Waiting(unwritten, f"applicants to write to, {campaign.name}", f"{url}/feedback")
    step = rules.next_step(campaign.stage)
    if step and not rules.forbidden(campaign, step, who, view.moment[:10]) and (judges or step not in rules.BY_CHAIR):
        yield Waiting(1, f"{_STEPS[step]}: {campaign.name}", url)

"""What stands at the head of every page of a campaign."""

from __future__ import annotations

from leconfield.ledger.view import View
from leconfield.outreach.recruiting import showing
from leconfield.outreach.recruiting.model import Campaign
from leconfield.outreach.recruiting.people import may_know


def head(view: View, campaign: Campaign) -> dict[str, object]:
    """Template variables: the campaign, its stages, its address and tabs, whether the reader may know who applied."""
    knows = may_know(view.reader, campaign)
    marks = view.reader.name in campaign.assessors and not knows
    tabs = [
        ("Plan and panel", "", True),
        ("Your marking", "/marking", marks),
        ("Moderation", "/moderation", True),
        ("Decisions", "/decisions", True),
        ("Feedback", "/feedback", True),
        ("Applicants", "/applicants", knows),
        ("Fairness", "/fairness", knows),
        ("Reach", "/reach", knows),
    ]
    return {
        "campaign": campaign,
        "stage": showing.STAGES[campaign.stage],
        "stages": [(words, each is campaign.stage) for each, words in showing.STAGES.items()],
        "url": f"/window/recruiting/{campaign.id}",
        "knows": knows,
        "tabs_of": [(name, path) for name, path, shown in tabs if shown],
    }

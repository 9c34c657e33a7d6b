"""What stands at the head of every page of a campaign."""

from __future__ import annotations

from leconfield.ledger.view import View
from leconfield.outreach.recruiting import showing
from leconfield.outreach.recruiting.model import Campaign
from leconfield.outreach.recruiting.people import may_know


def head(view: View, campaign: Campaign) -> dict[str, object]:
    """Template variables: the campaign, its stages, its address, whether the reader may know who applied."""
    return {
        "campaign": campaign,
        "stage": showing.STAGES[campaign.stage],
        "stages": [(words, each is campaign.stage) for each, words in showing.STAGES.items()],
        "url": f"/window/recruiting/{campaign.id}",
        "knows": may_know(view.reader, campaign),
    }

"""How triage meets the investigations: whom an item is passed to, and a lead that becomes an investigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.desk.acts import in_words
from leconfield.desk.investigations import service as investigations
from leconfield.desk.investigations.model import LEAD, REPORT, Investigation
from leconfield.desk.investigations.state import Investigations, open_in
from leconfield.desk.leads.model import Decision, Item, Lead
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View

MOST_NAME: Final = 120
"""Letters of the name of a team or an investigation."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Whom an item goes to: a team by its name, or an open investigation."""

    words: str
    label: str = ""
    investigation: str = ""

    @property
    def body(self) -> dict[str, str]:
        """What a decision keeps of it."""
        return {"to": self.words, **({"investigation": self.investigation} if self.investigation else {})}


def destination(view: View, to: str) -> Destination:
    """An open investigation by its id or its title, or else whoever is so called.

    Raises:
        BadInputError: if nothing is named, or it is too long.
    """
    words = in_words(to, "whom it goes to", MOST_NAME)
    for each in open_in(view):
        if words in (each.id, each.title):
            return Destination(each.title, each.label, each.id)
    return Destination(words)


def links_of_passed(view: View, goal: Destination, item: Item, reason: str) -> list[Draft]:
    """What links the reports of what was passed to the investigation that has it, but those that are linked already."""
    found = view.derived(Investigations).by_id.get(goal.investigation)
    if found is None:
        return []
    known = {each.target for each in found.linked(REPORT)}
    return [
        investigations.linking(view, found.id, kind=REPORT, target=report, reason=reason)
        for report in item.reports
        if report not in known
    ]


def ends_of_passed(view: View, decision: Decision) -> list[Draft]:
    """What ends the links that came with a decision that is taken back."""
    found = view.derived(Investigations).by_id.get(decision.investigation)
    if found is None or found.closed:
        return []
    return [
        investigations.unlinking(view, found.id, entry=each.id, reason="the decision was taken back")
        for each in found.linked(REPORT)
        if each.target in decision.reports and each.by == decision.by and each.at >= decision.at
    ]


def investigations_of(view: View, lead: Lead) -> list[Investigation]:
    """The investigations that the lead belongs to, as far as the view knows of them."""
    kept = view.derived(Investigations).by_id.values()
    return [each for each in kept if any(one.target == lead.id for one in each.linked(LEAD))]


def adding(
    desk: Desk, view: View, lead: Lead, *, which: str, reason: str, label: str
) -> tuple[Destination, list[Draft]]:
    """The open investigation by that id or title that a lead becomes part of, or one to be opened; and what does it.

    Raises:
        BadInputError, NotFoundError, RefusedError, LabelError: as `investigations` has them.
    """
    goal = destination(view, which)
    if goal.investigation:
        link = investigations.linking(view, goal.investigation, kind=LEAD, target=lead.id, reason=reason, label=label)
        return goal, [link]
    made, drafts = investigations.opening(
        desk,
        view,
        title=goal.words,
        reason=reason,
        label=label or lead.label,
        subjects=[each for each in lead.subjects if each in view.world.by_subject],
        reports=[each for each in lead.reports if each in view.world.reports],
        leads=[lead.id],
    )
    return Destination(goal.words, label or lead.label, made), drafts

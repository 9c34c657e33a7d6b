"""Acts on equality counts: the notice of how far a campaign reached, proposed as a release; counts of ten and more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leconfield.errors import NotFoundError, RefusedError
from leconfield.gate.bundles import telling
from leconfield.gate.bundles.telling import Block, Heading, Items, Paragraph
from leconfield.gate.release import service as releases
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach import profile
from leconfield.outreach.recruiting import equality
from leconfield.outreach.recruiting.equality import ASKED, Answers, Counts, choice_in_words
from leconfield.outreach.recruiting.fairness import LEAST, suppressed
from leconfield.outreach.recruiting.model import Campaign, Stage
from leconfield.outreach.recruiting.state import campaign_in

PROPOSED: Final = "reach proposed"
NOTICE: Final = "notice"
APPLIED: Final = "applied"
_EARLY: Final = frozenset({Stage.PLANNED, Stage.OPEN})


class Reaches(Folded):
    """The notice that was proposed of each campaign (a `Derived`)."""

    def __init__(self) -> None:
        self.by_campaign: dict[str, str] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == PROPOSED:
                self.by_campaign.setdefault(each.about, each.body.get("release", ""))


def reach_words(name: str, people: int, counts: Counts) -> str:
    """The notice of a campaign's reach: of each question what ten or more answered, and that the rest is not told."""
    told: list[Block] = [
        Paragraph(
            f"Some of those who applied for the role of {name} told us about themselves, with no name and apart from "
            f"what they applied with. {people} answers were counted. A figure below {LEAST} is never given, nor one "
            "from which it would follow."
        )
    ]
    for asked, its in counts.items():
        hidden = suppressed(its)
        shown = sorted((each for each in its if each not in hidden), key=lambda each: (-its[each], each))
        if not shown:
            continue
        told.append(Heading(ASKED[asked]))
        lines = [f"{choice_in_words(each)}: {its[each]}" for each in shown]
        told.append(Items(tuple(lines + (["Not given: the other groups"] if hidden else []))))
    return telling.written(told)


def propose_reach(desk: Desk, view: View, which: str) -> str:
    """Propose the notice of a campaign's reach as a release, once; the release's id.

    Raises:
        NotFoundError: if there is no such campaign, or nothing was counted of it.
        RefusedError: if applications still come, or it was proposed already: two figures would tell the difference.
    """
    refuse_the_past(view)
    campaign = campaign_in(view, which)
    label = profile.of(desk).label("equality")
    desk.check_writable(view.reader, label)
    if fault := fault_in_reach(view, campaign):
        raise RefusedError(fault)
    people = view.derived(Answers).people(campaign.id, APPLIED)
    if not people:
        raise NotFoundError("no equality answers of this campaign were counted yet; ten must have come")
    words = reach_words(campaign.name, people, equality.counts_of(view, campaign.id)[APPLIED])
    title = f"Who applied: {campaign.name}"
    files = {TEXT: (TEXT_TYPE, words.encode())}
    release = releases.draft(desk, view, NOTICE, "public", files, label=label, title=title)
    desk.append(view.reader, [Draft(PROPOSED, label, about=campaign.id, body={"release": release})])
    return release


def fault_in_telling(view: View, campaign: Campaign) -> str:
    """Why no count is told at all now, in words; empty if it is: of two counts one could be taken from the other."""
    if view.as_of is not None:
        return "counts are told as they are now, for two moments would tell who came in between; go back to the present"
    return "applications still come; nothing is told of them before no more do" if campaign.stage in _EARLY else ""


def fault_in_reach(view: View, campaign: Campaign) -> str:
    """Why the notice may not be proposed now, in words; empty if it may."""
    if fault := fault_in_telling(view, campaign):
        return fault
    if view.derived(Reaches).by_campaign.get(campaign.id):
        return "it was proposed already; a second count beside it would tell who came in between"
    return ""

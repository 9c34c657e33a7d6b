"""Acts on a campaign's plan, and its steps: plan, ask, staff, draft the vacancy, open, sift, moderate ... close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles import vacancies
from leconfield.gate.release import sealing
from leconfield.gate.release import service as releases
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.gate.release.model import State
from leconfield.gate.release.state import found as release_in
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View
from leconfield.outreach import orders, profile
from leconfield.outreach.recruiting import planning, rules
from leconfield.outreach.recruiting.model import (
    MOVED,
    PLANNED,
    QUESTION_DROPPED,
    QUESTION_SET,
    STAFFED,
    TAKEN_OFF,
    WORDED,
    Campaign,
    Question,
    Stage,
    Step,
)
from leconfield.outreach.recruiting.people import may_know
from leconfield.outreach.recruiting.state import campaign_in, campaigns, question_written

AREA: Final = "recruiting"
RECRUIT: Final = "recruit"
"""What a recruitment officer may do, in the profile."""
ASSESS: Final = "assess"
MAX_REASON: Final = 4_000
MAX_WHO: Final = 64


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign as it is planned."""

    name: str
    chair: str
    opens: str
    closes: str
    label: str
    group: str


def plan(desk: Desk, view: View, planned: Plan) -> str:
    """Plan a campaign; its id.

    Raises:
        BadInputError: if something is missing or will not do.
        RefusedError: if it is not his to plan one, he may not write under its labels, or he looks at the past.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, RECRUIT)
    name = " ".join(in_words(planned.name, "what the role is called", planning.MAX_NAME).split())
    opens, closes = planning.day(planned.opens, "opens"), planning.day(planned.closes, "closes")
    if closes < opens:
        raise BadInputError("it closes before it opens; give a later last day")
    if not planned.label.strip() or not planned.group.strip():
        raise BadInputError("say who may know of the panel's work, and who of the names; with no label everybody could")
    label, group = (str(labels.parse(each)) for each in (planned.label.strip(), planned.group.strip()))
    if label == group:
        raise BadInputError("names stand under a label of their own, which no assessor holds; give two labels")
    desk.check_writable(view.reader, group)
    chair = _who(planned.chair, "the chair")
    which = planning.public_id(desk.ids.of("campaign", name, label, view.moment))
    if any(each.id == which for each in campaigns(view)):
        raise RefusedError("it is planned already")
    body = {"name": name, "group": group, "chair": chair, "opens": opens, "closes": closes}
    desk.append(view.reader, [Draft(PLANNED, label, about=which, body=body)])
    return which


def ask(desk: Desk, view: View, which: str, made: Question) -> None:
    """Set a question or a work sample with its marking guide; one of that short name is replaced.

    Raises:
        NotFoundError: if the view has no such campaign.
        RefusedError: if it is open already, or it is not his.
        BadInputError: if it does not fit the others.
    """
    campaign = _planned(desk, view, which)
    if fault := planning.fault_in_question(campaign, made):
        raise BadInputError(fault)
    _append(desk, view, campaign, QUESTION_SET, {"question": question_written(made)})


def drop(desk: Desk, view: View, which: str, question: str) -> None:
    """Take a question out of the plan.

    Raises:
        NotFoundError: if there is no such campaign, or no such question in it.
        RefusedError: if it is open already, or it is not his.
    """
    campaign = _planned(desk, view, which)
    _append(desk, view, campaign, QUESTION_DROPPED, {"question": question_in(campaign, question).id})


def staff(desk: Desk, view: View, which: str, assessor: str) -> None:
    """Put an assessor on the panel, until the sift begins.

    Raises:
        NotFoundError: if the view has no such campaign.
        RefusedError: if applications are being read already, it is not his, or he who is named judges otherwise.
        BadInputError: if nobody is named.
    """
    campaign = _before_sift(desk, view, which)
    who = _who(assessor, "the assessor")
    if who == campaign.officer:
        raise RefusedError("whoever sees the names does not mark; name somebody else")
    if who == campaign.chair:
        raise RefusedError("the chair settles where marks differ, so he gives none himself; name somebody else")
    _append(desk, view, campaign, STAFFED, {"assessor": who})


def take_off(desk: Desk, view: View, which: str, assessor: str) -> None:
    """Take an assessor off the panel, until the sift begins.

    Raises:
        NotFoundError: if there is no such campaign, or he is not on the panel.
        RefusedError: if applications are being read already, or it is not his.
    """
    campaign = _before_sift(desk, view, which)
    if assessor not in campaign.assessors:
        raise NotFoundError("he is not on this panel")
    _append(desk, view, campaign, TAKEN_OFF, {"assessor": assessor})


def word(desk: Desk, view: View, which: str, *, label: str = "") -> str:
    """Begin the vacancy's text as a release with every heading and question; the release's id.

    `label`: of those who may see the draft, who approve it; empty: of those who know of the campaign.

    Raises:
        NotFoundError: if the view has no such campaign.
        RefusedError: if it is open already, or it is not his.
        BadInputError: if it asks nothing yet.
    """
    campaign = _planned(desk, view, which)
    if not planning.asked_in(campaign):
        raise BadInputError("set a question first: the text says what is asked")
    files = {TEXT: (TEXT_TYPE, planning.text_of(campaign).encode())}
    its_label = label.strip() or campaign.label
    release = releases.draft(desk, view, vacancies.FORM, "public", files, label=its_label, title=campaign.name)
    _append(desk, view, campaign, WORDED, {"release": release})
    return release


def step(desk: Desk, view: View, which: str, wanted: Step, *, reason: str) -> Campaign:
    """Take a campaign a step on, with a reason; opening it sends the order to the window as well.

    Raises:
        NotFoundError: if the view has no such campaign.
        RefusedError: if the step may not be taken: by this officer, in this stage, with this left to do.
        BadInputError: if the reason is missing, or text and plan of the vacancy do not fit.
    """
    refuse_the_past(view)
    campaign = campaign_in(view, which)
    require_blind(view, campaign, wanted)
    if fault := rules.forbidden(campaign, wanted, view.reader.name, view.moment[:10]):
        raise RefusedError(fault)
    body = {"step": wanted.value, "reason": in_words(reason, "your reason", MAX_REASON)}
    beside = _opening(desk, view, campaign) if wanted is Step.OPEN else []
    key = (campaign.id, wanted.value)
    desk.append(view.reader, [Draft(MOVED, campaign.label, about=campaign.id, body=body, key=key), *beside], once=True)
    return campaign


def require_blind(view: View, campaign: Campaign, wanted: Step | None = None) -> None:
    """Make sure that whoever judges may not know who applied; steps of the recruitment officer judge nothing.

    Raises:
        RefusedError: if he may.
    """
    if (wanted is None or wanted in rules.BY_CHAIR) and may_know(view.reader, campaign):
        raise RefusedError("you may see who applied, so you judge nobody here; that is for a panel that may not")


def question_in(campaign: Campaign, which: str) -> Question:
    """The question by that short name.

    Raises:
        NotFoundError: if there is none.
    """
    known = campaign.question(which)
    if known is None:
        raise NotFoundError("this campaign has no such question; look it up in its plan")
    return known


def _opening(desk: Desk, view: View, campaign: Campaign) -> Sequence[Draft]:
    """The order that opens a vacancy, if the release that tells of it is out and says what was planned."""
    release = release_in(view, campaign.release)
    if release.state is not State.PUBLISHED and not (release.state is State.SEALED and release.content.embargo):
        raise RefusedError(
            f"the vacancy's text is {release.state.value}; have it approved, sealed and published, then open"
        )
    public = sealing.public_id(desk, release.id)
    text = releases.files_of(view, release)[TEXT].decode()
    planning.check_text(campaign, release.content.title, text, public)
    body = planning.vacancy_of(campaign, public).body
    draft = orders.drafted(view, vacancies.ORDER, campaign.id, body, campaign.label)
    return [draft] if draft else []


def _planned(desk: Desk, view: View, which: str) -> Campaign:
    campaign = _his(desk, view, which)
    if campaign.stage is not Stage.PLANNED:
        raise RefusedError("it is open: what applicants were asked stays as it is")
    return campaign


def _before_sift(desk: Desk, view: View, which: str) -> Campaign:
    campaign = _his(desk, view, which)
    if campaign.stage not in (Stage.PLANNED, Stage.OPEN):
        raise RefusedError("the panel is reading; who is on it stays as it is")
    return campaign


def _his(desk: Desk, view: View, which: str) -> Campaign:
    refuse_the_past(view)
    campaign = campaign_in(view, which)
    profile.of(desk).require(view.reader, RECRUIT)
    if view.reader.name != campaign.officer:
        raise RefusedError(f"that is for its recruitment officer, {campaign.officer}")
    return campaign


def _who(name: str, what: str) -> str:
    kept = in_words(name, what, MAX_WHO)
    if not kept.isprintable():
        raise BadInputError(f"{what} stands on one line: the name that he signs in with")
    return kept


def _append(desk: Desk, view: View, campaign: Campaign, kind: str, body: Mapping[str, str]) -> None:
    desk.append(view.reader, [Draft(kind, campaign.label, about=campaign.id, body=dict(body))])

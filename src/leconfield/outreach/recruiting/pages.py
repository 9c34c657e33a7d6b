"""Pages of recruiting: the campaigns, and one with its plan, its panel and its next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.ledger import labels
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.frame import shown
from leconfield.outreach.recruiting import (
    pages_deciding,
    pages_marking,
    pages_people,
    planning,
    rules,
    service,
    showing,
)
from leconfield.outreach.recruiting.heading import head
from leconfield.outreach.recruiting.model import QUESTION_KINDS, SCALE, Campaign, Stage, Step
from leconfield.outreach.recruiting.service import AREA, RECRUIT, Plan
from leconfield.outreach.recruiting.state import campaign_in, campaigns
from leconfield.web.visit import Visit, get, post

_PLAN: Final = ("name", "chair", "opens", "closes", "label", "group")
_ACT: Final = ("id", "kind", "words", "most", "minutes", "guide", "question", "assessor", "label", "reason")
_STEPS: Final[Mapping[Step, tuple[str, str]]] = {
    Step.OPEN: ("Open it", "Open. The window shows it after its next import."),
    Step.SIFT: ("Begin the sift", "The panel reads from now on."),
    Step.MODERATE: ("Go on to moderation", "Everybody's marks can be seen now."),
    Step.DECIDE: ("Go on to decisions", "The ranking stands; decide on each packet."),
    Step.ANSWER: ("Go on to feedback", "Decided. Now everybody gets an answer."),
    Step.CLOSE: ("Close it", "Closed."),
}


def listed(visit: Visit) -> Response:
    """The campaigns that one may know of."""
    view = visit.view("recruiting")
    return _list(visit, view, {each: visit.asked(each) for each in _PLAN}, "")


def _list(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    rule = profile.of(visit.desk)
    default = {"label": rule.area(AREA), "group": rule.label("application")}
    found = campaigns(view)
    return shown(
        visit,
        view,
        "window/recruiting/list.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[
            {"campaign": each, "stage": showing.STAGES[each.stage], "mine": _waits(each, view.reader.name)}
            for each in found
        ],
        filled={**filled, **{name: filled[name] or words for name, words in default.items()}},
        fault=fault,
        may_plan=rule.allows(view.reader, RECRUIT),
    )


def _waits(campaign: Campaign, who: str) -> str:
    """What of a campaign waits for somebody, in words; empty: nothing."""
    if campaign.stage is Stage.SIFTING and who in campaign.assessors:
        left = sum(not each.locked for each in showing.tasks(campaign, who))
        return f"{left} to mark and lock" if left else ""
    step = rules.next_step(campaign.stage)
    owner = campaign.chair if step in rules.BY_CHAIR else campaign.officer
    return _STEPS[step][0] if step is not None and owner == who else ""


def put(visit: Visit) -> Response:
    """Plan a campaign; what was typed is kept if something is wrong with it."""
    filled = {each: visit.filled(each) for each in _PLAN}
    view = visit.present("recruiting, plan")
    try:
        which = service.plan(visit.desk, view, Plan(**filled))
    except LeconfieldError as error:
        return _list(visit, view, filled, str(error))
    return visit.back_to(f"/window/recruiting/{which}", "Planned. Set its questions and name its panel.")


def one(visit: Visit) -> Response:
    """One campaign: where it is, its plan, its panel, what comes next."""
    view = visit.view("recruiting, campaign", visit.part("campaign"))
    return _page(visit, view, {each: visit.asked(each) for each in _ACT}, visit.asked("do"), "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], wanted: str, fault: str) -> Response:
    campaign = campaign_in(view, visit.part("campaign"))
    step = rules.next_step(campaign.stage)
    who = view.reader.name
    chosen = campaign.question(filled["question"])
    if chosen and wanted == "ask" and not fault:
        guide = planning.guide_written(chosen.guide)
        told = {"id": chosen.id, "kind": chosen.kind, "words": chosen.words, "guide": guide}
        filled = {**filled, **told, "most": str(chosen.most), "minutes": str(chosen.minutes or "")}
    return shown(
        visit,
        view,
        "window/recruiting/campaign.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **head(view, campaign),
        step=step,
        step_words=_STEPS[step][0] if step else "",
        step_fault=rules.forbidden(campaign, step, who, view.moment[:10]) if step else "",
        step_owner=(campaign.chair if step in rules.BY_CHAIR else campaign.officer) if step else "",
        progress=showing.progress(campaign),
        on_panel=who in campaign.assessors,
        is_officer=who == campaign.officer and profile.of(visit.desk).allows(view.reader, RECRUIT),
        planning=campaign.stage is Stage.PLANNED,
        staffing=campaign.stage in (Stage.PLANNED, Stage.OPEN),
        kinds=list(QUESTION_KINDS.items()),
        scale=SCALE,
        wanted=wanted if view.as_of is None else "",
        filled={**filled, "label": filled["label"] or _draft_label(visit, view, campaign)},
        fault=fault,
    )


def _draft_label(visit: Visit, view: View, campaign: Campaign) -> str:
    """Under which label the vacancy's text is drafted: that of whoever publishes, if the reader holds it."""
    publishing = profile.of(visit.desk).area("publishing")
    return publishing if labels.admits(publishing, view.reader.tokens) else campaign.label


def act(visit: Visit) -> Response:
    """Do something on a campaign; what was typed is kept if something is wrong with it."""
    which, what = visit.part("campaign"), visit.part("act")
    view = visit.present(f"recruiting, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _ACT}
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done on a campaign; choose {", ".join(_ACTS)}')
    try:
        url = chosen.does(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, chosen.form, str(error))
    return visit.back_to(url or f"/window/recruiting/{which}", chosen.done)


def _ask(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    made = planning.question(*(filled[each] for each in ("id", "kind", "words", "most", "minutes", "guide")))
    service.ask(visit.desk, view, which, made)
    return ""


def _drop(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.drop(visit.desk, view, which, filled["question"])
    return ""


def _staff(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.staff(visit.desk, view, which, filled["assessor"])
    return ""


def _take_off(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.take_off(visit.desk, view, which, filled["assessor"])
    return ""


def _word(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    return f"/releases/{service.word(visit.desk, view, which, label=filled['label'])}"


def _step(step: Step) -> Callable[[Visit, View, str, Mapping[str, str]], str]:
    def does(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
        service.step(visit.desk, view, which, step, reason=filled["reason"])
        return ""

    return does


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that is done on a campaign's page."""

    does: Callable[[Visit, View, str, Mapping[str, str]], str]
    """Does it; where one goes on, empty: to the campaign."""
    done: str
    form: str = ""
    """Which form is open again if it is refused."""


_ACTS: Final[Mapping[str, _Act]] = {
    "ask": _Act(_ask, "It is asked.", "ask"),
    "drop": _Act(_drop, "It is asked no more."),
    "staff": _Act(_staff, "On the panel.", "staff"),
    "take-off": _Act(_take_off, "Taken off the panel."),
    "word": _Act(_word, "Written with every heading and question. Fill it in, then have it checked.", "word"),
    **{each.value: _Act(_step(each), done, "step") for each, (_, done) in _STEPS.items()},
}

ROUTES: Final = [
    get("/window/recruiting", listed),
    post("/window/recruiting", put),
    get("/window/recruiting/{campaign}", one),
    *pages_marking.ROUTES,
    *pages_deciding.ROUTES,
    *pages_people.ROUTES,
    post("/window/recruiting/{campaign}/{act}", act),
]

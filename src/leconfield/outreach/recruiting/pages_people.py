"""Pages for those who may know who applied, or what was counted of them: applicants, fairness, reach."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.errors import LeconfieldError, NotFoundError
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.frame import shown
from leconfield.outreach.recruiting import equality, fairness, people, service_reach, showing
from leconfield.outreach.recruiting.equality import ASKED, STAGES, Answers, choice_in_words
from leconfield.outreach.recruiting.heading import head
from leconfield.outreach.recruiting.model import Campaign
from leconfield.outreach.recruiting.state import campaign_in
from leconfield.web.visit import Visit, get, post

_NOT_HERE: Final = "no such page here; go back to the campaign"


def applicants(visit: Visit) -> Response:
    """Who applied; for the recruiting group alone, and as if it were not there for anybody else."""
    view = visit.view("recruiting, applicants", visit.part("campaign"))
    campaign = campaign_in(view, visit.part("campaign"))
    if not people.may_know(view.reader, campaign):
        raise NotFoundError(_NOT_HERE)
    found = people.applicants(view, campaign)
    rows: list[dict[str, object]] = [
        {
            "applicant": each,
            "person": people.person_of(visit.desk, each),
            "called": showing.called(each.packet),
            "answered": each.packet in campaign.answered,
            "decision": campaign.decisions.get(each.packet),
        }
        for each in found
    ]
    return shown(
        visit,
        view,
        "window/recruiting/applicants.html",
        HTTPStatus.OK,
        **head(view, campaign),
        rows=sorted(rows, key=_by_name),
        until=people.until(campaign).date().isoformat(),
        verdict=showing.verdict,
    )


def _by_name(row: dict[str, object]) -> tuple[str, str]:
    person = row["person"]
    return (person.name.casefold() if isinstance(person, people.Person) else "", str(row["called"]))


def unfair(visit: Visit) -> Response:
    """Whether one group went on less often than another: ratio and test, of groups of ten and more."""
    view = visit.view("recruiting, fairness", visit.part("campaign"))
    campaign = _countable(visit, view)
    if untold := service_reach.fault_in_telling(view, campaign):
        return _untold(visit, view, campaign, "Fairness", untold, HTTPStatus.OK)
    counts = equality.counts_of(view, campaign.id)
    known = view.derived(Answers)
    steps = [("applied", "invited"), ("invited", "appointed")]
    compared = [
        (
            STAGES[before],
            STAGES[after],
            [
                fairness.compared(each, counts[before][each], counts[after][each])
                for each in ASKED
                if any(counts[after][each].values())
            ],
        )
        for before, after in steps
    ]
    return shown(
        visit,
        view,
        "window/recruiting/fairness.html",
        HTTPStatus.OK,
        **head(view, campaign),
        counted=[(words, known.people(campaign.id, each)) for each, words in STAGES.items()],
        compared=[each for each in compared if each[2]],
        asked=ASKED,
        choice=choice_in_words,
        share=showing.share,
        least=fairness.LEAST,
    )


def reach(visit: Visit) -> Response:
    """Who applied, in counts of ten and more, and the notice that tells of it."""
    view = visit.view("recruiting, reach", visit.part("campaign"))
    return _reach(visit, view, "")


def _reach(visit: Visit, view: View, fault: str) -> Response:
    campaign = _countable(visit, view)
    if untold := service_reach.fault_in_telling(view, campaign):
        status = HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK
        return _untold(visit, view, campaign, "Reach", untold, status)
    counts = equality.counts_of(view, campaign.id)["applied"]
    counted = view.derived(Answers).people(campaign.id, "applied")
    return shown(
        visit,
        view,
        "window/recruiting/reach.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **head(view, campaign),
        people=counted,
        tables=[
            (ASKED[each], _figures(counts[each]), bool(fairness.suppressed(counts[each])))
            for each in ASKED
            if any(counts[each].values())
        ],
        why_not=service_reach.fault_in_reach(view, campaign),
        release=view.derived(service_reach.Reaches).by_campaign.get(campaign.id, ""),
        least=fairness.LEAST,
        fault=fault,
    )


def _untold(visit: Visit, view: View, campaign: Campaign, tab: str, why: str, status: HTTPStatus) -> Response:
    """The page without any count."""
    return shown(visit, view, "window/recruiting/untold.html", status, **head(view, campaign), tab=tab, why=why)


def _figures(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    hidden = fairness.suppressed(counts)
    told = [(choice_in_words(each), counts[each]) for each in counts if each not in hidden]
    return sorted(told, key=lambda each: (-each[1], each[0]))


def propose(visit: Visit) -> Response:
    """Propose the notice as a release."""
    which = visit.part("campaign")
    view = visit.present("recruiting, propose reach", which)
    _countable(visit, view)
    try:
        release = service_reach.propose_reach(visit.desk, view, which)
    except LeconfieldError as error:
        return _reach(visit, view, str(error))
    return visit.back_to(
        f"/releases/{release}", "Proposed. It leaves like every release: checked, approved by two, sealed."
    )


def _countable(visit: Visit, view: View) -> Campaign:
    """The campaign, for whoever may know its counts; for anybody else as if there were no such page."""
    campaign = campaign_in(view, visit.part("campaign"))
    try:
        visit.desk.check_writable(view.reader, profile.of(visit.desk).label("equality"))
    except LeconfieldError:
        raise NotFoundError(_NOT_HERE) from None
    return campaign


_ONE: Final = "/window/recruiting/{campaign}"
ROUTES: Final = [
    get(f"{_ONE}/applicants", applicants),
    get(f"{_ONE}/fairness", unfair),
    get(f"{_ONE}/reach", reach),
    post(f"{_ONE}/reach", propose),
]

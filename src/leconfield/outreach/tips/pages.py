"""Officers' pages of tips: what came in, one tip with what its teller said of himself, and the figures of a quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.bundles.tips import COUNTS
from leconfield.gate.release.model import Release
from leconfield.gate.release.state import releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.outreach import orders, profile
from leconfield.outreach.frame import shown
from leconfield.outreach.tips import rules, service
from leconfield.outreach.tips.model import VERDICTS, Tip
from leconfield.outreach.tips.rules import Figures
from leconfield.outreach.tips.state import Tips, all_tips, tip_of, tip_with
from leconfield.outreach.waiting import Waiting
from leconfield.web.visit import Panel, Visit, get, post

BASE: Final = "/window/tips"
SHOWN: Final = 100
_TYPED: Final = ("verdict", "reason", "words")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter, with what may be told of its tips."""

    id: str
    called: str
    figures: Figures
    """As they are told, once the words are drafted; till then as they stand."""
    release: Release | None
    """The words that go with the figures; none: they are not drafted yet."""
    told: bool
    """Whether the window has the figures."""


def listed(visit: Visit) -> Response:
    """Every tip that one may know of, those that wait first."""
    view = visit.view("tips")
    found = all_tips(view)
    start = visit.number("start", 0, 1_000_000)
    page = found[start : start + SHOWN]
    return shown(
        visit,
        view,
        "window/tips/list.html",
        tips=page,
        undecided=sum(each.decision is None for each in found),
        start=start,
        total=len(found),
        next_url=f"{BASE}?start={start + SHOWN}" if start + SHOWN < len(found) else "",
        previous_url=f"{BASE}?start={max(0, start - SHOWN)}" if start else "",
        in_words=rules.IN_WORDS,
    )


def one(visit: Visit) -> Response:
    """One tip, with what can be done about it."""
    which = visit.part("tip")
    return _one(visit, visit.view("tip", which), which, {})


def _one(visit: Visit, view: View, which: str, filled: Mapping[str, str], fault: str = "", at: str = "") -> Response:
    tip = tip_of(view, which)
    return shown(
        visit,
        view,
        "window/tips/one.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        tip=tip,
        report=view.report(tip.report),
        answers=[view.report(each.report) for each in tip.answers],
        alike=rules.same_words(tip, all_tips(view)),
        in_words=rules.IN_WORDS,
        verdicts=[("", "Choose"), *((each.value, words) for each, words in VERDICTS.items())],
        decided=VERDICTS.get(tip.decision.verdict, "") if tip.decision else "",
        may=view.as_of is None and profile.of(visit.desk).allows(view.reader, service.AREA),
        filled={name: filled.get(name, "") for name in _TYPED},
        fault=fault,
        at=at,
    )


def _decide(visit: Visit, view: View, which: str) -> str:
    service.decide(visit.desk, view, which, verdict=visit.filled("verdict"), reason=visit.filled("reason"))
    return "Decided."


def _ask(visit: Visit, view: View, which: str) -> str:
    service.ask(visit.desk, view, which, words=visit.filled("words"))
    return "The gate let it pass. It crosses with the next export, and lies under the teller's receipt."


def _thank(visit: Visit, view: View, which: str) -> str:
    service.thank(visit.desk, view, which)
    return "Thanks are posted; they cross with the next export."


def _doing(name: str, act: Callable[[Visit, View, str], str]) -> Callable[[Visit], Response]:
    """An act on a tip; what was typed is kept if something is wrong with it, or the gate refuses."""

    def done(visit: Visit) -> Response:
        which = visit.part("tip")
        view = visit.present(f"tip, {name}", which)
        try:
            said = act(visit, view, which)
        except NotFoundError:
            raise
        except LeconfieldError as error:
            filled = {each: visit.filled(each) for each in _TYPED}
            again = visit.view("tip", which)
            return _one(visit, again, which, filled, str(error), name)
        return visit.back_to(f"{BASE}/{which}", said)

    return done


def counted(visit: Visit) -> Response:
    """What may be told to the public, quarter by quarter."""
    return _counted(visit, visit.view("tips, figures"))


def _counted(visit: Visit, view: View, fault: str = "") -> Response:
    return shown(
        visit,
        view,
        "window/tips/figures.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        quarters=quarters(visit.desk, view),
        least=rules.LEAST,
        may=view.as_of is None and profile.of(visit.desk).allows(view.reader, service.AREA),
        fault=fault,
    )


def quarters(desk: Desk, view: View) -> tuple[Quarter, ...]:
    """The quarters of which something may be told, the newest first."""
    found, today = all_tips(view), desk.clock().date()
    ids = sorted({rules.quarter_of(each.day) for each in found}, reverse=True)
    return tuple(_quarter(view, each, found) for each in ids if rules.may_be_told(each, today))


def _quarter(view: View, which: str, tips: Iterable[Tip]) -> Quarter:
    drafted = view.derived(Tips).counted.get(which)
    figures = drafted.figures if drafted else rules.figures(tips, which)
    words = releases(view).by_id.get(drafted.release) if drafted else None
    return Quarter(which, rules.called(which), figures, words, which in orders.of_kind(view, COUNTS))


def _figures(act: str) -> Callable[[Visit], Response]:
    def done(visit: Visit) -> Response:
        quarter = visit.filled("quarter")
        view = visit.present(f"tips, {act} figures", quarter)
        try:
            if act == "draft":
                which = service.count(visit.desk, view, quarter)
                return visit.back_to(f"/releases/{which}", "Drafted. Say more in it if you like, then have it judged.")
            service.tell_figures(visit.desk, view, quarter)
        except LeconfieldError as error:
            if not isinstance(error, BadInputError) and not rules.is_quarter(quarter):
                raise
            return _counted(visit, visit.view("tips, figures"), str(error))
        return visit.back_to(f"{BASE}/figures", "The figures cross with the next export.")

    return done


def of_report(_visit: Visit, view: View, report: str) -> Mapping[str, object] | None:
    """On a report's page: that it came through the window, and whether it leads to its teller."""
    tip = tip_with(view, report)
    return None if tip is None else {"tip": tip}


def waits(desk: Desk, view: View) -> Iterable[Waiting]:
    """Tips on which nobody has decided."""
    if not profile.of(desk).allows(view.reader, service.AREA):
        return ()
    waiting = [each for each in all_tips(view) if each.decision is None]
    answered = sum(bool(each.answers) for each in waiting)
    return (
        Waiting(len(waiting) - answered, "tips to read", BASE),
        Waiting(answered, "tips with an answer from their teller", BASE),
    )


PANELS: Final = (Panel("report", "window/tips/panel.html", of_report),)
ROUTES: Final[list[Route]] = [
    get(BASE, listed),
    get(f"{BASE}/figures", counted),
    post(f"{BASE}/figures/draft", _figures("draft")),
    post(f"{BASE}/figures/tell", _figures("tell")),
    get(f"{BASE}/{{tip}}", one),
    post(f"{BASE}/{{tip}}/decide", _doing("decide", _decide)),
    post(f"{BASE}/{{tip}}/ask", _doing("ask", _ask)),
    post(f"{BASE}/{{tip}}/thank", _doing("thank", _thank)),
]

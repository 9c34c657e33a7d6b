"""Triage of Operation SEQUIN: what is folded there, that nothing is lost, and how long a decision takes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from leconfield import app
from leconfield.desk.leads.folds import Folds
from leconfield.desk.leads.model import DECISIONS, REPORT_ITEM
from leconfield.desk.leads.queue import Waiting, waiting
from leconfield.desk.leads.rules import in_order
from leconfield.desk.leads.state import Leads, Triage
from leconfield.ledger.desk import Desk
from tests.demo.filled import copied
from tests.desk.leads.builders import grown
from tests.examples.answers import view_of
from tests.ledger.desks import Ticking
from tests.noninterference.pages import Answer, Browser, prepared

USERS = ("rob", "emma", "karina")
ONE_MAN_TALKING = {"Deckhands' talk of the second lorry", "A whole trailer on the Thursday"}
"""Two reports that seem to bear each other out; a third finds that both have it from the same man."""
SHIFT = 60
P95 = 0.1
"""Seconds of the server's own time that a decision may take."""


@pytest.fixture(scope="module")
def filled() -> Desk:
    return copied(Ticking())[0]


@pytest.mark.parametrize("user", USERS)
def test_every_report_waits_in_one_item_and_only_one_mans_talk_is_folded(filled: Desk, user: str) -> None:
    view = view_of(filled, user)
    items = [each for each in waiting(view) if each.kind == REPORT_ITEM]
    assert Counter(report for each in items for report in each.reports) == Counter(dict.fromkeys(view.world.reports, 1))
    folded = [each for each in items if len(each.reports) > 1]
    assert [{view.report(one).title for one in each.reports} for each in folded] == [ONE_MAN_TALKING]
    assert [each.origins for each in folded] == [1]


def test_the_queue_grown_month_by_month_is_the_queue_of_the_whole(filled: Desk) -> None:
    view = view_of(filled, "emma")
    made = grown(view.world, [20, 60, 100, 200], Folds, Triage, Leads, Waiting)
    assert made.derived(Folds).folds() == view.derived(Folds).folds()
    assert made.derived(Waiting)._items == view.derived(Waiting)._items


def _server_time(ask: Callable[[], Answer]) -> float:
    began = time.process_time()
    assert ask()[0] in (200, 303)
    return time.process_time() - began


@pytest.mark.long
def test_a_shift_of_sixty_items_waits_for_nobody(filled: Desk) -> None:
    """Server time of the page and of the decision, each within a tenth of a second in 95 of 100 cases."""
    with prepared():
        browser = Browser(app.site(filled), "rob")
        browser.get("/leads")
        taken: dict[str, list[float]] = {"get": [], "post": []}
        for number in range(SHIFT):
            item = in_order(waiting(view_of(filled, "rob")))[0].id
            decision = tuple(DECISIONS)[number % len(DECISIONS)]
            fields = {"item": item, "decision": decision, "reason": f"seen, number {number}", "to": "Team Harbour"}
            taken["post"].append(_server_time(partial(browser.post, "/leads/triage", fields)))
            taken["get"].append(_server_time(partial(browser.get, "/leads")))
        assert {name: sorted(each)[int(SHIFT * 0.95)] <= P95 for name, each in taken.items()} == {
            "get": True,
            "post": True,
        }

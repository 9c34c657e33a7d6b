"""Everything that matters works in a browser that runs no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Seats
from tests.e2e.rooms import first_report


@pytest.fixture
def site(acting_site: str) -> str:
    """A decision is made here, on a desk of its own."""
    return acting_site


def test_sign_in_inbox_report_subject_trace(seat: Seats) -> None:
    emma = seat("emma", scripts=False)
    page = emma.page
    assert emma.h1() == "Inbox"
    page.get_by_label("Source").select_option(value="MAGPIE")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="The lecturer and the lorry park").click()
    page.locator(".report-text a.mention", has_text="Ray Cassell").click()
    assert emma.h1() == "Ray Cassell"
    page.get_by_role("searchbox").fill("Dimitar Stojanov")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".hit").first).to_contain_text("Dimitar Stoyanov")


def test_a_decision_and_taking_it_back(seat: Seats) -> None:
    page = seat("emma", scripts=False).go("/review")
    page.get_by_role("button", name="Undecided").click()
    expect(page.get_by_role("status")).to_contain_text("Left undecided")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back")


def test_an_earlier_day(seat: Seats) -> None:
    page = seat("emma", scripts=False).go("/reports")
    page.locator("summary", has_text="As of").click()
    page.get_by_label("What did we know on").fill("2026-04-01")
    page.get_by_role("button", name="Go to that day").click()
    expect(page.locator(".fold.amber summary")).to_contain_text("1 April 2026")


@pytest.mark.parametrize("path", ["/chart?ids=", "/map", "/timeline"])
def test_a_drawing_says_that_it_is_also_written_out(seat: Seats, path: str) -> None:
    emma = seat("emma", scripts=False)
    ids = ""
    if "ids" in path:
        page = emma.go(first_report(emma))
        ids = str(page.locator(".report-text a.mention").first.get_attribute("href")).rpartition("/")[2]
    page = emma.go(path + ids)
    expect(page.locator(".island-note")).to_contain_text("written out below")
    assert page.locator("table tbody tr").count() > 0

"""How a subject came to be, looked at; what a split would do, seen before it is done; done, told of, and taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Seats
from tests.e2e.house import PHONE, press
from tests.e2e.rooms import subject_of


@pytest.fixture
def site(acting_site: str) -> str:
    """These tests act, and so have a desk of their own."""
    return acting_site


def test_a_record_is_held_apart_by_keyboard_after_seeing_what_follows_and_taken_back(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go(subject_of(emma, "Ray Cassell"))
    press(page, "h")
    page.wait_for_url("**/history")
    records = page.locator(".lineage-steps > li")
    before = records.count()
    assert before >= 2
    assert page.locator(".lineage svg circle").count() == before
    link = page.locator(".lineage-steps > li > p > a[href*='/split']").last
    link.focus()
    press(page, "Enter")
    page.wait_for_url("**/split?*")
    expect(page.locator(".would-be-side")).to_have_count(2)
    page.get_by_label("Reason").fill("The third was seen elsewhere that day.")
    page.get_by_role("button", name="Hold them apart").press("Enter")
    page.wait_for_url("**/history")
    expect(page.get_by_role("status")).to_contain_text("Judged different")
    assert records.count() < before
    emma.go("/changes")
    newest = page.locator(".changes > li").first
    expect(newest).to_contain_text("split")
    expect(newest).to_contain_text("emma judged: The third was seen elsewhere that day.")
    emma.go(subject_of(emma, "Ray Cassell") + "/history")
    press(page, "u")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    assert records.count() == before
    emma.go("/changes")
    expect(newest).to_contain_text("took a judgement back")


def test_two_subjects_are_seen_as_one_before_anybody_says_so(seat: Seats) -> None:
    emma = seat("emma", size=PHONE)
    page = emma.go("/review")
    page.get_by_role("link", name="What would they be together?").click()
    page.wait_for_url("**/merge?*")
    expect(page.locator(".would-be-side")).to_have_count(1)
    expect(page.locator("#main")).to_contain_text("Nothing has been written")
    press(page, "b")
    page.wait_for_url("**/history")


def test_everything_is_told_without_scripts(seat: Seats) -> None:
    emma = seat("emma", scripts=False)
    page = emma.go(subject_of(emma, "Ray Cassell") + "/history")
    expect(page.locator(".lineage svg")).to_be_visible()
    page.get_by_role("link", name="What if record 2 were held apart?").click()
    expect(page.locator("h1")).to_contain_text("were split")
    emma.go("/weights")
    expect(page.locator("#main")).to_contain_text("0 pairs judged different")

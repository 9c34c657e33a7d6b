"""A shift at the point of entry: triage by keyboard alone, a lead scored, the hand-over; without scripts, too."""

from __future__ import annotations

import time
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, press
from tests.e2e.test_pages import SPILLING

ITEMS: Final = 20
KEYS: Final = ("r", "t", "l", "p")


@pytest.fixture
def site(acting_site: str) -> str:
    return acting_site


def _decide(page: Page, key: str, reason: str) -> None:
    """One decision, as an officer makes it who never touches the mouse."""
    press(page, key)
    page.keyboard.type(reason)
    if key == "p":
        press(page, "Tab")
        press(page, "Tab")
        page.keyboard.type("Team Harbour")
    with page.expect_navigation():
        press(page, "Enter")


def _waiting(page: Page) -> int:
    return int(page.locator(".leads-head summary").inner_text().split(": ")[1].split(" ")[0].replace(",", ""))


def test_twenty_items_are_decided_on_by_keyboard_alone_and_the_next_is_shown_at_once(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/about")
    press(page, "g")
    press(page, "l")
    page.wait_for_url("**/leads")
    before, seen = _waiting(page), set()
    began = time.monotonic()
    for number in range(ITEMS):
        title = page.locator(".item > h2").inner_text()
        assert title not in seen
        seen.add(title)
        _decide(page, KEYS[number % 4], f"seen it, number {number}, nothing new in it")
        expect(page.locator(".notice")).to_contain_text("Press u to take it back")
    assert time.monotonic() - began < ITEMS * 60  # an hour has sixty items: the machine must not be what holds it up
    assert _waiting(page) == before - ITEMS
    press(page, "u")
    expect(page.locator(".notice")).to_contain_text("waits again")
    assert _waiting(page) == before - ITEMS + 1


def test_a_lead_asks_for_words_of_ones_own_and_is_scored_part_by_part(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/leads")
    title = page.locator(".item > h2").inner_text()
    _decide(page, "l", "Tells of no threat.")
    expect(page.locator(".notice.error")).to_contain_text("your own words")
    emma.complaints.clear()  # the browser notes the 400 that was asked for
    expect(page.locator("#reason-lead")).to_have_value("Tells of no threat.")
    page.locator("#reason-lead").fill("")
    _decide(page, "l", "names a place and a day, and nobody has it")
    page = emma.go("/leads/list")
    with page.expect_navigation():
        page.get_by_role("link", name=title).first.click()
    press(page, "e")
    page.wait_for_url("**/score?part=impact")
    for points in ("3", "2"):
        press(page, points)
        press(page, "e")
        page.keyboard.type("as the report has it")
        with page.expect_navigation():
            press(page, "Enter")
    page.wait_for_url("**/score?part=vulnerabilities")
    press(page, "b")
    expect(page.locator(".rcap .points b")).to_have_text(["3", "2"])
    press(page, "s")
    page.keyboard.type("ring the port")
    press(page, "Tab")
    page.keyboard.type("2099-01-01")
    with page.expect_navigation():
        press(page, "Enter")
    expect(page.locator(".clock").first).to_contain_text("ring the port")


def test_whoever_takes_over_reads_what_was_decided_and_what_waits(seat: Seats) -> None:
    page = seat("emma").go("/leads")
    title = page.locator(".item > h2").inner_text()
    _decide(page, "r", "the same as last week, from the same man")
    page = seat("rob").go("/leads/hand-over")
    expect(page.locator(".changes > li").first).to_contain_text(title)
    expect(page.locator(".changes > li").first).to_contain_text("the same as last week, from the same man")
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".print-line")).to_contain_text("printed by rob")


def test_what_one_origin_told_by_two_sources_is_one_item_and_opens(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/search?q=%22whole+trailer%22+Devlin")
    report = str(page.locator(".snippets figcaption a").first.get_attribute("href")).partition("?")[0]
    page = emma.go(f"/leads?item={report.rpartition('/')[2]}")
    expect(page.locator(".folded summary")).to_contain_text("1 further report of the same telling, 1 origin in all")
    page.locator(".folded summary").click()
    expect(page.locator(".folded li")).to_have_count(1)


def test_what_grows_after_it_was_decided_comes_back(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/leads?source=KESTREL")
    title = page.locator(".item > h2").inner_text()
    address = str(page.get_by_role("link", name="the report").get_attribute("href"))
    quote = page.locator(".item .report-text").inner_text().split(".")[0]
    subject = str(page.locator(".item .mention").first.get_attribute("href"))
    _decide(page, "t", "known, and nothing more to do")
    page = emma.go(subject)
    page.locator("summary", has_text="Record").first.click()
    page.get_by_label("What", exact=True).or_(page.locator("[name=prop]")).first.select_option("notes")
    for name, value in (("value", "looked over his shoulder twice"), ("report", address), ("quote", quote)):
        page.locator(f"[name={name}]").first.fill(value)
    page.locator("[name=quote]").locator("xpath=ancestor::form").locator("button").first.click()
    page = emma.go("/leads?source=KESTREL")
    expect(page.locator(".queue li", has_text=title).first).to_contain_text("changed since decided")


def test_triage_works_without_scripts(seat: Seats) -> None:
    page = seat("emma", scripts=False).go("/leads")
    before = _waiting(page)
    page.get_by_label("Reject").fill("heard it before")
    page.get_by_role("button", name="Reject").click()
    assert _waiting(page) == before - 1
    page.get_by_role("button", name="Take it back").click()
    assert _waiting(page) == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_triage_can_be_used_by_everybody(seat: Seats, theme: Theme) -> None:
    for size in (WIDE, PHONE):
        emma = seat("emma", theme=theme, size=size)
        page = emma.go("/leads")
        _decide(page, "l", "names a place and a day, and nobody has it")
        page = emma.go("/leads/list")
        lead = str(page.locator("tbody th a").first.get_attribute("href"))
        for path in ("/leads", "/leads/list", "/leads/decided", "/leads/hand-over", lead, f"{lead}/score"):
            page = emma.go(path)
            assert page.evaluate(OVERFLOWING) <= 0, (path, page.evaluate(SPILLING))
            assert [(path, each["id"], each["nodes"][0]["html"][:140]) for each in violations(emma)] == []
            page.set_viewport_size({"width": size[0], "height": size[1]})

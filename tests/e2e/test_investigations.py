"""A case worked in a browser: opened, prioritised and reviewed, weighed and acted upon, and shown on the grid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat, press
from tests.e2e.test_watching import _sound

PICTURES = os.environ.get("LECONFIELD_E2E_PICTURES", "")


@pytest.fixture
def site(acting_site: str) -> str:
    return acting_site


def _subject(emma: Seat, name: str) -> None:
    page = emma.go(f"/trace?q={name.replace(' ', '+')}")
    page.locator(".hit a[href^='/subjects/']").first.click()
    page.wait_for_url("**/subjects/*")


def _submit(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".flashes")).to_be_visible()


def _opened(emma: Seat, title: str) -> Page:
    """An investigation of Ray Cassell, opened with the keyboard from his page."""
    _subject(emma, "Ray Cassell")
    page = emma.page
    press(page, "v")
    page.wait_for_url("**/investigations?*")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type(title)
    page.get_by_label("Reason").fill("He has been to the lorry park twice at night, with a torch.")
    page.get_by_role("button", name="Open the investigation").click()
    page.wait_for_url("**/investigations/*")
    return page


def _prioritised(page: Page) -> None:
    page.get_by_label("Reason").fill("Two visits at night, and somebody asked for timers.")
    page.get_by_label("Who reviews it").fill("karina")
    _submit(page, "Set the priority")
    expect(page.locator(".pairs")).to_contain_text("not reviewed yet")


def _acted(page: Page) -> None:
    press(page, "a")
    expect(page.get_by_label("What is to be done")).to_be_focused()
    page.keyboard.type("Ask Heron who holds the keys of the yard")
    page.get_by_label("Who", exact=True).fill("rob")
    page.get_by_label("By", exact=True).fill("2099-01-05")
    _submit(page, "Set the action")
    press(page, "d")
    expect(page.get_by_label("What is decided")).to_be_focused()
    page.keyboard.type("No arrest before the second meeting")
    page.get_by_label("Why").fill("We would lose whoever holds the timers; the yard is watched day and night.")
    _submit(page, "Write it into the log")


def _weighed(page: Page) -> None:
    press(page, "h")
    page.wait_for_url("**/hypotheses")
    for words in ("He means to blow up the lorries", "He means to steal diesel", "He works there at night"):
        press(page, "p")
        page.get_by_label("What may be so").fill(words)
        page.get_by_role("button", name="Put the hypothesis").click()
        expect(page.locator(".ranked")).to_contain_text(words)
    for words in ("He carried a torch along the fence", "No shift of his is on the roster of the yard"):
        press(page, "e")
        page.get_by_label("What is said").fill(words)
        page.get_by_role("button", name="Put the evidence").click()
        expect(page.locator(".matrix")).to_contain_text(words)
    press(page, "a")
    for key in "yhnyyn":
        expect(page.get_by_label("Reason")).to_be_focused()
        page.keyboard.type("As one would think of it")
        page.evaluate("document.activeElement.blur()")
        press(page, key)
        page.wait_for_load_state()
    expect(page.locator(".doing")).to_have_count(0)
    expect(page.locator(".matrix .cell.inconsistent")).to_have_count(2)


def test_a_case_is_opened_weighed_reviewed_and_seen_on_the_grid(seat: Seats) -> None:
    emma = seat("emma")
    page = _opened(emma, "The lorry park")
    _prioritised(page)
    _acted(page)
    address = emma.path
    _weighed(page)
    _reviewed(seat("karina"), address)
    page = emma.go("/reports")
    press(page, "g")
    press(page, "v")
    page.wait_for_url("**/investigations")
    press(page, "j")
    press(page, "o")
    page.wait_for_url("**/investigations/*")
    expect(page.locator("h1")).to_contain_text("The lorry park")
    expect(emma.go("/grid").locator(".grid-sheet")).to_contain_text("Ask Heron who holds the keys")
    with page.expect_download() as file:
        press(page, "p")
    assert Path(file.value.path()).read_bytes()[:5] == b"%PDF-"


def _reviewed(karina: Seat, address: str) -> None:
    page = karina.go(address)
    press(page, "r")
    page.get_by_label("Why").fill("Two sources that do not know each other say so.")
    _submit(page, "Say so")
    expect(page.locator(".pairs")).to_contain_text("agreed")


def test_a_case_is_worked_without_scripts(seat: Seats) -> None:
    emma = seat("emma", scripts=False)
    page = emma.go("/investigations")
    page.get_by_role("link", name="Open an investigation").first.click()
    page.get_by_label("Title").fill("The quiet flat")
    page.get_by_label("Reason").fill("The neighbours hear nobody, and the lights are on.")
    page.get_by_role("button", name="Open the investigation").click()
    page.get_by_role("link", name="Note", exact=False).first.click()
    page.get_by_label("Note").fill("Ask who pays the rent.")
    _submit(page, "Write the note")
    expect(page.locator(".log")).to_contain_text("Ask who pays the rent.")


def test_a_lead_with_which_a_case_is_opened_waits_no_longer(seat: Seats) -> None:
    emma = seat("emma", scripts=False)
    page = emma.go("/leads")
    page.locator("#reason-lead").fill("It names a place and a day.")
    page.get_by_role("button", name="Make it a lead").click()
    page = emma.go("/leads/list?state=open")
    lead = str(page.locator("tbody th a").first.get_attribute("href"))
    page = emma.go(f"/investigations?do=open&leads={lead.rpartition('/')[2]}")
    expect(page.get_by_text("waits no longer among the leads")).to_be_visible()
    page.get_by_label("Title").fill("A place and a day")
    page.get_by_label("Reason").fill("Nobody else has it.")
    page.get_by_role("button", name="Open the investigation").click()
    page = emma.go(lead)
    expect(page.locator(".state")).to_have_text("investigation")
    expect(page.locator(".notice")).to_contain_text("Part of the investigation A place and a day")
    expect(page.locator(".changes")).to_contain_text("made an investigation: A place and a day “Nobody else has it.”")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(seat: Seats, theme: Theme) -> None:
    emma = seat("emma", theme=theme)
    page = _opened(emma, f"The lorry park, {theme}")
    _prioritised(page)
    _acted(page)
    address = emma.path
    _weighed(page)
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for name, path in _places(address).items():
            emma.go(path)
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{name}-{theme}-{size[0]}.png", full_page=True)
            _sound(emma)


def _places(address: str) -> dict[str, str]:
    return {
        "list": "/investigations",
        "list-open": "/investigations?do=open",
        "list-closed": "/investigations?state=closed",
        "case": address,
        "case-action": f"{address}?do=action",
        "case-link": f"{address}?do=link",
        "case-priority": f"{address}?do=priority",
        "case-close": f"{address}?do=close",
        "matrix": f"{address}/hypotheses",
        "matrix-put": f"{address}/hypotheses?do=evidence",
        "grid": "/grid",
    }

"""A case made ready for court in a browser: an exhibit kept and handed over, material assessed, a schedule served."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat, press
from tests.e2e.test_watching import _sound

PICTURES = os.environ.get("LECONFIELD_E2E_PICTURES", "")
RISK = "Only one person could have told us of the torch; he would be known at once."


@pytest.fixture
def site(acting_site: str) -> str:
    return acting_site


def _case(emma: Seat, title: str) -> tuple[Page, str]:
    """An investigation with two reports linked; the address of its case file."""
    page = emma.go("/reports")
    reports = page.locator("a[href^='/reports/']").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    ids = list(dict.fromkeys(each.split("?")[0].rpartition("/")[2] for each in reports))
    ids = [each for each in ids if len(each) == 32][:2]
    page = emma.go(f"/investigations?do=open&reports={'+'.join(ids)}")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Reason").fill("Two of them must answer for it.")
    page.get_by_role("button", name="Open the investigation").click()
    page.wait_for_url("**/investigations/*")
    return page, emma.path.partition("?")[0].replace("/investigations/", "/evidence/")


def _done(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".flashes")).to_be_visible()


def _named(page: Page) -> None:
    press(page, "n")
    expect(page.get_by_label("What the court calls it")).to_be_focused()
    page.keyboard.type("R v Cassell and another")
    page.get_by_label("Names that the court knows").fill("Ray Cassell")
    _done(page, "Name it")


def _exhibited(page: Page) -> None:
    press(page, "p")
    expect(page.get_by_label("Number")).to_be_focused()
    page.keyboard.type("RP/1")
    for label, words in {
        "What it is": "A torch with a red filter",
        "Who produced it": "PC Roy Price",
        "When": "2024-03-05T12:40",
        "Where": "The kitchen of 9 Mill Lane",
        "How it came": "seizure",
        "Seal": "B100221",
    }.items():
        page.get_by_label(label, exact=True).fill(words)
    torch = {"name": "torch.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff a torch"}
    page.get_by_label("File").set_input_files(torch)  # type: ignore[arg-type]  # a mapping, as Playwright takes it
    _done(page, "Keep the exhibit")


def _handed(page: Page, giver: str, taker: str, at: str) -> None:
    press(page, "h")
    expect(page.get_by_label("To", exact=True)).to_be_focused()
    page.keyboard.type(taker)
    page.get_by_label("From", exact=True).fill(giver)
    page.get_by_label("Handed over").fill(at)
    page.get_by_label("Seal").fill("B100221")
    page.get_by_label("Why").fill("To be kept under lock and key")
    _done(page, "Write it down")


def _assessed(page: Page, words: str, risk: str = "") -> None:
    press(page, "a")
    expect(page.get_by_label("Relevant", exact=True)).to_be_focused()
    page.get_by_label("Why it is relevant or not").fill("It speaks of the same evening")
    page.get_by_label("Description for the other side").fill(words)
    if risk:
        page.get_by_label("Sensitive", exact=True).select_option("yes")
        page.get_by_label("If sensitive: the real risk").fill(risk)
    _done(page, "Assess it")


def _ready(emma: Seat, title: str) -> str:
    """A case with an exhibit of broken continuity, an item on each schedule; one waits at the gate, one is served."""
    page, base = _case(emma, title)
    emma.go(base)
    _named(page)
    _exhibited(page)
    page.get_by_role("link", name="RP/1", exact=True).click()
    page.wait_for_url("**/exhibits/*")
    _handed(page, "PC Roy Price", "The store", "2024-03-05T18:00")
    expect(page.get_by_text("Continuity is broken.")).to_have_count(0)
    _handed(page, "Somebody else", "The laboratory", "2024-03-07T09:30")
    expect(page.get_by_text("Continuity is broken.")).to_be_visible()
    press(page, "v")
    expect(page.locator(".flashes")).to_contain_text("what was produced")
    emma.go(base)
    _assessed(page, "Note of a conversation about a torch")
    _assessed(page, "Note of a meeting in the evening", RISK)
    press(page, "c")
    page.get_by_role("button", name="Put it before the gate").wait_for()
    _done(page, "Put it before the gate")
    emma.go(base)
    press(page, "d")
    page.get_by_role("button", name="Serve it").wait_for()
    _done(page, "Serve it")
    return base


def test_a_case_is_made_ready_for_court(seat: Seats) -> None:
    emma = seat("emma")
    base = _ready(emma, "The lorry park")
    page = emma.page
    expect(page.locator("#mg6c ~ .sheet-scroll .sheet").first).to_contain_text("not yet")
    expect(page.locator("#mg6d ~ .sheet-scroll .sheet").first).to_contain_text("served")
    with page.expect_download() as file:
        page.locator("#mg6d ~ .log").get_by_role("link", name="CSV of").click()
    assert b"Note of a meeting in the evening" in Path(file.value.path()).read_bytes()
    page.get_by_role("link", name="waits for its release").click()
    page.wait_for_url("**/evidence/out/*")
    expect(page.get_by_text("nothing leaves that is not sealed")).to_be_visible()
    expect(page.get_by_role("button", name="Serve it")).to_have_count(0)
    page.get_by_role("link", name="Go to its release").click()
    page.wait_for_url("**/releases/*")
    expect(page.locator("main")).to_contain_text("Schedule in R v Cassell and another")
    press(page, "g")
    press(page, "e")
    page.wait_for_url("**/evidence")
    expect(page.locator(".cases")).to_contain_text("broken in 1")
    press(page, "j")
    press(page, "o")
    page.wait_for_url(f"**{base}")


def test_a_report_is_rebuilt_without_scripts(seat: Seats) -> None:
    emma = seat("emma", scripts=False)
    page, base = _case(emma, "The quiet yard")
    emma.go(f"{base}?do=head")
    page.get_by_label("What the court calls it").fill("R v Cassell")
    _done(page, "Name it")
    page.get_by_role("link", name="Rebuild", exact=False).first.click()
    page.get_by_label("Heading of the new document").fill("Note of what was seen")
    page.locator("textarea[name^='wording-']").first.fill("Somebody was there that evening.")
    page.get_by_label("Reason").fill("The rest would show who spoke.")
    page.get_by_role("button", name="Rebuild it").click()
    expect(page.locator(".flashes")).to_contain_text("nothing of the original")
    page.locator("a[href*='kind=rebuilt']").first.click()
    page.get_by_label("Why it is relevant or not").fill("It tells of the same evening")
    page.get_by_label("Description for the other side").fill("A note of what was seen")
    _done(page, "Assess it")
    page.get_by_role("button", name="Put it before the gate").click()
    page.wait_for_url("**/evidence/out/*")
    expect(page.get_by_text("nothing leaves that is not sealed")).to_be_visible()
    expect(emma.go(base).locator("#rebuilt ~ .belongs")).to_contain_text("Waits at the gate")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(seat: Seats, theme: Theme) -> None:
    emma = seat("emma", theme=theme)
    base = _ready(emma, f"The lorry park, {theme}")
    page = emma.page
    exhibit = page.locator("a[href*='/exhibits/']").first.get_attribute("href") or ""
    rebuild = page.locator("a[href*='/rebuild/']").first.get_attribute("href") or ""
    out = page.get_by_role("link", name="waits for its release").get_attribute("href") or ""
    places = {
        "evidence": "/evidence",
        "evidence-file": base,
        "evidence-name": f"{base}?do=head",
        "evidence-produce": f"{base}?do=exhibit",
        "evidence-assess": f"{base}?do=assess",
        "evidence-serve": f"{base}?do=serve&schedule=mg6d",
        "evidence-release": f"{base}?do=serve&schedule=mg6c",
        "evidence-out": out,
        "evidence-exhibit": f"{exhibit}?do=hand",
        "evidence-rebuild": rebuild,
    }
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for name, path in places.items():
            emma.go(path)
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{name}-{theme}-{size[0]}.png", full_page=True)
            _sound(emma)

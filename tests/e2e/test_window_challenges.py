"""Browser tests of challenges outside: read a brief, ask, send an idea in, come back; with scripts and without."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.challenges import PARTS
from leconfield.gate.bundles.letters import Addressed, Letter, sealed_table
from leconfield.window.codes import derived
from tests.e2e.window_site import PHONE, WIDE, Place, Theme, checked, reader, served, shot
from tests.gate.bundles.test_challenges import KEY
from tests.window.briefs import DATES, TITLE, WHICH, announced, answered

pytestmark = [pytest.mark.long, pytest.mark.browser]
IDEA = "Three hydrophones on one pontoon, and a model that hears the motor's whine above the water."


def opened(page: Page, address: str) -> None:
    """Open a page as it is now: a browser that keeps one asks again."""
    page.goto(address)


def at(place: Place, instant: str) -> None:
    place.house.clock.at = datetime.fromisoformat(instant)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_is_asked_and_the_answers_come_to_everybody_at_once(
    browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    with served(tmp_path) as place, reader(browser, scripts=scripts) as page:
        announced(place.house)
        answered(place.house)
        opened(page, f"{place.address}/challenges")
        page.get_by_role("link", name=TITLE).click()
        page.get_by_role("link", name="Ask a question about the brief").first.click()
        page.get_by_role("button", name="Send the question").click()
        expect(page.get_by_role("alert")).to_contain_text("Write your question")
        page.get_by_label("Your question").fill("May the sensors stand on a pontoon?")
        page.get_by_role("button", name="Send the question").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We have your question")
        (box,) = place.house.boxes()
        assert formats.question_in(box) == (WHICH, "May the sensors stand on a pontoon?")
        opened(page, f"{place.address}/challenges/{WHICH}")
        expect(page.get_by_role("main")).not_to_contain_text("twenty hours")
        at(place, DATES.answers)
        opened(page, f"{place.address}/challenges/{WHICH}")
        expect(page.get_by_role("main")).to_contain_text("twenty hours")
        expect(page.get_by_role("link", name="Ask a question about the brief")).to_have_count(0)


def sent_in(page: Page, place: Place) -> str:
    """An idea is sent in from the list of challenges on; its seven words."""
    opened(page, f"{place.address}/challenges/{WHICH}")
    page.get_by_role("button", name="Send in an idea").first.click()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the name of a person")
    page.get_by_label("Organisation (optional)").fill("Marsh Acoustics")
    page.get_by_label("Name of a person we can ask for").fill("Jo Marsh")
    page.get_by_label("Email address").fill("jo@marsh.example")
    page.get_by_role("button", name="Continue").click()
    for name in PARTS:
        page.locator(f"#{name}").fill(IDEA if name == "summary" else f"What we say of {name}.")
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("button", name="Change Your idea in short").click()
    page.locator("#summary").fill(f"{IDEA} Cheap.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("Cheap.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Files (optional)").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_role("button", name="Send it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your idea is sealed")
    return " ".join(page.locator(".receipt__words span").all_inner_texts())


@pytest.mark.parametrize("scripts", [True, False])
def test_an_idea_is_sent_in_sealed_and_its_sender_comes_back_for_his_letter(
    browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    with served(tmp_path) as place, reader(browser, scripts=scripts, size=PHONE) as page:
        announced(place.house)
        code = sent_in(page, place)
        (box,) = place.house.boxes()
        _, sealed = formats.sealed_in(box)
        found = formats.submission_in(sealed, KEY, WHICH)
        assert found.parts["summary"] == f"{IDEA} Cheap."
        assert [each.name for each in found.files] == ["plan.pdf"]
        receipt = derived(code, place.house.window.salt, formats.PURPOSE)
        letter = Letter("ab" * 16, "feedback", "Your idea was clear.\n\nIt needs more evidence.")
        table = sealed_table([Addressed(receipt.place, receipt.mailbox, letter)], "submissions")
        place.house.order("letters", "submissions", table.body)
        opened(page, f"{place.address}/challenges/reply")
        page.get_by_label("Your seven words").fill(code.upper().replace(" ", "-"))
        page.get_by_role("button", name="Look").click()
        expect(page.get_by_role("main")).to_contain_text("It needs more evidence.")
        if scripts:
            checked(page)


@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (PHONE, "dark")])
def test_every_page_of_challenges_is_as_wcag_asks(
    browser: Browser, tmp_path: Path, size: tuple[int, int], theme: Theme
) -> None:
    with served(tmp_path) as place, reader(browser, size=size, theme=theme) as page:
        name = f"challenges-{size[0]}-{theme}"
        opened(page, f"{place.address}/challenges")
        checked(page)
        announced(place.house)
        answered(place.house)
        for path in ("", f"/{WHICH}", f"/{WHICH}/question", f"/{WHICH}/before-you-start", f"/{WHICH}/submit", "/reply"):
            opened(page, f"{place.address}/challenges{path}")
            shot(page, f"{name}{path.replace('/', '-').replace(WHICH, 'one')}")
            checked(page)
        sent_in(page, place)
        shot(page, f"{name}-receipt")
        checked(page)
        for instant in (DATES.closes, DATES.decision):
            at(place, instant)
            place.house.order(formats.OUTCOME, WHICH, {"received": 12, "taken": 2})
            opened(page, f"{place.address}/challenges/{WHICH}")
            checked(page)
            opened(page, f"{place.address}/challenges/{WHICH}/question")
            checked(page)
        shot(page, f"{name}-closed")

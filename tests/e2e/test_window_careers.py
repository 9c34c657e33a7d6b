"""Somebody applies with a browser, with scripts and without, on a telephone, by day and by night, and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.gate.bundles.vacancies import APPLICATION, application_in
from tests.e2e.window_site import PHONE, WIDE, Place, checked, reader, served, shot
from tests.window.careers import FILLED, ID, TITLE, VACANCY, open_vacancy

LOOKS = ((WIDE, "light"), (PHONE, "dark"))
CHECKED_WIDE = (
    "0-roles",
    "0-can-fault",
    "1-role",
    "2-tasks-fault",
    "3-part-4",
    "4-check",
    "5-equality",
    "7-sent",
    "8-saved",
)
HEADINGS = (
    "What we may call you",
    "How to reach you",
    "What you need from us",
    "What draws you to work",
    "Tell us of a time",
    "Work sample",
    "What assessors will see",
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with served(tmp_path) as found:
        open_vacancy(found.house)
        yield found


class Looking:
    """Photographs each page that one comes to, and checks it (of wide ones some); without a look it does neither."""

    def __init__(self, page: Page, look: str = "") -> None:
        self.page, self.look = page, look

    def __call__(self, name: str) -> None:
        if self.look:
            shot(self.page, f"careers-{name}-{self.look}")
        if self.look and (self.look.startswith(str(PHONE[0])) or name in CHECKED_WIDE):
            checked(self.page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def fill_in(page: Page, seen: Looking, last: int = len(FILLED)) -> None:
    """From the list of parts through the first `last` of them."""
    page.get_by_role("button", name="What we may call you").click()
    for number, (name, words) in enumerate(list(FILLED.items())[:last], start=1):
        heading(page, HEADINGS[number - 1])
        page.locator(f'[name="{name}"]').fill(words)
        if name == "hidden":
            press(page, "Show me again")
            expect(page.locator("mark").first).to_be_visible()
        seen(f"3-part-{number}")
        press(page, "Continue")


def apply(page: Page, place: Place, seen: Looking) -> str:
    """The whole way; the seven words at its end."""
    page.goto(f"{place.address}/careers/{ID}")
    seen("1-role")
    page.get_by_role("button", name="Apply for this role").click()
    seen("2-start")
    press(page, "Start now")
    heading(page, "Your application")
    press(page, "Check and send")
    expect(page.get_by_role("alert")).to_contain_text("Not done yet")
    seen("2-tasks-fault")
    fill_in(page, seen)
    heading(page, "Check your answers")
    seen("4-check")
    press(page, "Continue")
    heading(page, "Equality questions")
    page.get_by_label("25 to 34").check()
    seen("5-equality")
    press(page, "Continue")
    heading(page, "Send your application")
    seen("6-send")
    press(page, "Send my application")
    heading(page, "Your application is on its way")
    seen("7-sent")
    return page.locator(".code-words").inner_text()


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_an_application_with_scripts_is_without_a_fault_on_every_page(browser, place, size, theme):
    with reader(browser, size=size, theme=theme) as page:
        apply(page, place, Looking(page, f"{size[0]}-{theme}"))
    (box,) = place.house.boxes()
    assert (box.kind, application_in(box.fields).name) == (APPLICATION, "Ada Quill")


@pytest.mark.long
@pytest.mark.browser
def test_an_application_without_scripts_goes_the_same_way_and_back(browser: Browser, place: Place):
    with reader(browser, scripts=False) as page:
        words = apply(page, place, Looking(page))
        page.goto(f"{place.address}/careers/withdraw")
        page.get_by_label("Your seven words").fill(words)
        press(page, "Withdraw my application")
        heading(page, "Done")
    assert sorted(box.kind for box in place.house.boxes()) == ["application", "withdrawal-of-application"]


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_one_saves_and_comes_back_on_another_device(browser, place, scripts):
    with reader(browser, scripts=scripts) as page:
        page.goto(f"{place.address}/careers/{ID}/apply")
        press(page, "Start now")
        fill_in(page, Looking(page), last=4)
        page.locator("textarea").fill("Half a thought")
        press(page, "Save and come back later")
        seen = Looking(page, "1440-light" if scripts else "")
        seen("8-save")
        press(page, "Give me my seven words")
        heading(page, "Your application is saved")
        seen("8-saved")
        words = page.locator(".code-words").inner_text()
    with reader(browser, scripts=scripts, size=PHONE) as page:
        page.goto(f"{place.address}/careers/come-back")
        press(page, "Open my application")
        expect(page.get_by_role("alert")).to_contain_text("Enter all seven words")
        Looking(page, "390-light" if scripts else "")("8-come-back")
        page.get_by_label("Your seven words").fill(words)
        press(page, "Open my application")
        heading(page, "Your application")
        expect(page.get_by_text("4 of 7 parts done")).to_be_visible()
        page.get_by_role("button", name="Tell us of a time").click()
        expect(page.locator("textarea")).to_have_value("Half a thought")


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_the_pages_that_are_read_are_without_a_fault(browser, place, size, theme):
    with reader(browser, size=size, theme=theme) as page:
        seen = Looking(page, f"{size[0]}-{theme}")
        page.goto(f"{place.address}/careers")
        expect(page.get_by_role("link", name=TITLE)).to_be_visible()
        seen("0-roles")
        for name in (f"{ID}/work", "how-we-choose", "withdraw", "letters"):
            page.goto(f"{place.address}/careers/{name}")
            seen(f"0-{name.replace('/', '-')}")
        page.goto(f"{place.address}/careers/{ID}/can-i-apply")
        press(page, "See the answer")
        expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
        seen("0-can-fault")
        for each, answer in zip(page.locator(".govuk-radios").all(), ("Yes", "No", "I am not sure"), strict=True):
            each.get_by_label(answer, exact=True).check()
        press(page, "See the answer")
        heading(page, "Not for now")
        seen("0-can-answer")
        place.house.clock.at = VACANCY.closes
        page.goto(f"{place.address}/careers/{ID}/equality/invited")
        heading(page, "Equality questions")
        seen("0-equality-invited")


@pytest.mark.long
@pytest.mark.browser
def test_a_journey_by_keyboard_alone(browser: Browser, place: Place):
    """Enter in a field goes on, and never back or away: the first button of each form is the one that goes on."""
    with reader(browser) as page:
        page.goto(f"{place.address}/careers/{ID}/apply")
        page.get_by_role("button", name="Start now").press("Enter")
        page.get_by_role("button", name="What we may call you").press("Enter")
        page.locator("#name").press_sequentially("Ada")
        page.locator("#name").press("Enter")
        heading(page, "How to reach you")


@pytest.mark.long
@pytest.mark.browser
def test_nothing_is_asked_twice_and_words_may_be_pasted(browser: Browser, place: Place):
    """WCAG 3.3.7: what was typed stands there when one comes again; 3.3.8: no puzzle, and a field takes a paste."""
    with reader(browser) as page:
        page.goto(f"{place.address}/careers/{ID}/apply")
        press(page, "Start now")
        fill_in(page, Looking(page))
        for name in ("name", "contact", "adjustments", "answer.motive", "answer.sample"):
            page.locator(f'button[value="to-{name}"]').click()
            expect(page.locator(f'[name="{name}"]')).to_have_value(FILLED[name])
            press(page, "Continue")
            heading(page, "Check your answers")
        page.goto(f"{place.address}/careers/come-back")
        page.get_by_label("Your seven words").evaluate(
            "it => { it.focus(); document.execCommand('insertText', false, 'Abacus-Abdomen abdominal, abide') }"
        )
        press(page, "Open my application")
        expect(page.get_by_role("alert")).to_contain_text("Enter all seven words")
        expect(page.get_by_label("Your seven words")).to_have_value(re.compile("Abacus-Abdomen"))


@pytest.mark.long
@pytest.mark.browser
def test_the_words_that_are_left_are_counted_for_whoever_has_scripts(browser: Browser, place: Place):
    with reader(browser) as page:
        page.goto(f"{place.address}/careers/{ID}/apply")
        press(page, "Start now")
        page.get_by_role("button", name="What draws you").click()
        page.locator("textarea").fill("one two three")
        expect(page.get_by_text("You have 247 words remaining").first).to_be_visible()

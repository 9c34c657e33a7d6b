"""Somebody tells something and comes back for a question: with scripts and without, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.gate.bundles.tips import COUNTS, reply_in, tip_in
from tests.e2e.window_site import PHONE, WIDE, Place, checked, reader, served, shot, violations
from tests.window.telling import WHAT, letter

expect.set_options(timeout=20_000)
LOOKS = ((WIDE, "light"), (PHONE, "dark"))
STEPS = ("What happened", "When was it", "Where was it", "Who was involved", "Is there a vehicle", "How do you know",
         "How sure are you", "Who else could know", "May we reach you")  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with served(tmp_path, toml="") as found:
        yield found


def looked_at(page: Page, name: str) -> None:
    """Everything is asked of the page on a desk; of the same page on a telephone, by night, what axe asks."""
    if name.endswith("desk"):
        checked(page)
    else:
        assert violations(page) == []
    shot(page, name)


def on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def told(page: Page, address: str, look: str = "") -> None:
    """From the front of the journey to the page where files may be added."""

    def seen(name: str) -> None:
        if look:
            looked_at(page, f"tips-{name}-{look}")

    page.goto(f"{address}/tell-us")
    seen("0-start")
    page.get_by_role("button", name="Begin").click()
    expect(page).to_have_title("What happened? – The Harbour Service")
    on(page)
    expect(page.get_by_role("alert")).to_contain_text("Tell us what happened")
    seen("1-fault")
    page.get_by_role("textbox").first.fill(WHAT)
    for number, step in enumerate(STEPS, start=1):
        expect(page.get_by_role("heading", level=1)).to_contain_text(step)
        if step == "Who else could know":
            page.get_by_label("A handful of people").check()
        if step == "When was it":
            page.get_by_label("It is still going on").check()
        seen(f"1-{number}")
        on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what you told us")
    seen("2-check")
    page.get_by_role("button", name="Change Where").click()
    page.get_by_role("textbox").first.fill("Berth 3, behind the ice house")
    on(page)
    expect(page.get_by_role("main")).to_contain_text("behind the ice house")
    on(page)
    seen("3-send")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=["desk", "telephone"])
def test_somebody_tells_something_and_answers_a_question(
    place: Place, browser: Browser, scripts: bool, size, theme, tmp_path: Path
) -> None:
    photo = tmp_path / "crates.jpg"
    photo.write_bytes(b"\xff\xd8 not looked at here")
    look = ("desk" if size == WIDE else "phone") if scripts else ""
    with reader(browser, scripts=scripts, size=size, theme=theme) as page:
        told(page, place.address, look)
        page.get_by_label("Pictures or documents").set_input_files(photo)
        page.get_by_role("button", name="Send it now").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We have it. Thank you.")
        words = " ".join(page.locator(".receipt__words span").all_inner_texts())
        if look:
            looked_at(page, f"tips-4-receipt-{look}")
        (box,) = place.house.boxes()
        tip = tip_in(box)
        assert (tip.what, tip.where, tip.when, tip.others) == (WHAT, "Berth 3, behind the ice house", "still", "few")
        assert [each.name for each in box.files] == ["crates.jpg"]

        asked = letter(place.house, box)
        page.goto(f"{place.address}/mailbox")
        if look:
            looked_at(page, f"tips-5-mailbox-{look}")
        page.get_by_label("Your seven words").fill(words.upper().replace(" ", "-"))
        page.get_by_role("button", name="Look").click()
        expect(page.get_by_role("main")).to_contain_text("Which of the two doors?")
        if look:
            looked_at(page, f"tips-6-question-{look}")
        page.get_by_label("Your answer").fill("The green one.")
        page.get_by_role("button", name="Send your answer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We have your answer. Thank you.")
        if look:
            looked_at(page, f"tips-6-replied-{look}")
        reply = reply_in(next(each for each in place.house.boxes() if each.kind == "reply"))
        assert (reply.letter, reply.words) == (asked.id, "The green one.")


def test_the_browser_works_so_that_nobody_waits_and_send_is_held_until_it_has(tmp_path: Path, browser: Browser) -> None:
    with served(tmp_path, toml="") as place, reader(browser) as page:
        place.house.window.tickets.toll = type(place.house.window.tickets.toll)(wait=3600, bits=17)
        told(page, place.address)

        page.get_by_role("button", name="Send it now").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("We have it. Thank you.")
        assert len(place.house.boxes()) == 1


def test_one_may_go_back_while_the_browser_still_works(place: Place, browser: Browser) -> None:
    with reader(browser) as page:
        place.house.window.tickets.toll = type(place.house.window.tickets.toll)(wait=3600, bits=60)
        told(page, place.address)
        page.get_by_role("button", name="Back").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Check what you told us")


def test_without_scripts_one_is_told_to_wait_and_pressing_too_soon_loses_nothing(
    tmp_path: Path, browser: Browser
) -> None:
    with served(tmp_path, toml="") as place, reader(browser, scripts=False) as page:
        place.house.window.tickets.toll = type(place.house.window.tickets.toll)(wait=60, bits=30)
        told(page, place.address)
        expect(page.get_by_role("main")).to_contain_text("please wait 60 seconds")

        page.get_by_role("button", name="Send it now").click()

        expect(page.get_by_role("alert")).to_contain_text("Count to 60")
        place.house.clock.on(seconds=60)
        page.get_by_role("button", name="Send it now").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We have it. Thank you.")
        assert tip_in(place.house.boxes()[0]).what == WHAT


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_one_can_leave_every_page_at_once(place: Place, browser: Browser, scripts: bool) -> None:
    with reader(browser, scripts=scripts) as page:
        for path in ("/tell-us", "/tell-us/report", "/mailbox"):
            page.goto(place.address + path)
            leave = page.get_by_role("button", name="Exit this page")
            expect(leave).to_be_visible()
            href = leave.get_attribute("href") or ""
            assert href.startswith("https://")
            assert place.address not in href


def test_a_journey_goes_by_keyboard_alone(place: Place, browser: Browser) -> None:
    with reader(browser) as page:
        page.goto(f"{place.address}/tell-us/report")
        page.get_by_role("textbox").first.focus()
        page.keyboard.type(WHAT)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("When was it")
        page.get_by_label("Once, at a certain time").focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_label("Over some time")).to_be_checked()


def test_what_became_of_it_all_is_told_in_tens(place: Place, browser: Browser) -> None:
    words = "Between July and September 2026, at least 120 people told us something.\n"
    release = place.house.release("notice", words, title="July to September 2026")
    place.house.order(COUNTS, "2026-q3", {"release": release, "received": 120, "read": 110, "used": 0})
    for size, theme in LOOKS:
        with reader(browser, size=size, theme=theme) as page:
            page.goto(f"{place.address}/tell-us/what-happened")
            expect(page.get_by_role("main")).to_contain_text("fewer than 10")
            looked_at(page, f"tips-7-happened-{'desk' if size == WIDE else 'phone'}")

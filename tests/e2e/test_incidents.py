"""An attack breaks: a room opened, names pasted, answered and decided on, the answer of record handed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat, press
from tests.e2e.test_watching import _sound

PICTURES = os.environ.get("LECONFIELD_E2E_PICTURES", "")
CAME: str = "Witnesses name Gareth Pryce and a Wilfred Ottershaw. Also seen: Ray Cassell."


@pytest.fixture
def site(acting_site: str) -> str:
    return acting_site


def _room(emma: Seat) -> str:
    """A room, opened and told by the keyboard; its address."""
    page = emma.go("/reports")
    press(page, "g")
    press(page, "n")
    page.wait_for_url("**/incidents")
    press(page, "a")
    page.wait_for_url("**/incidents/*")
    expect(page.locator("#field-words")).to_be_visible()
    page.get_by_label("What came in").fill(CAME)
    page.get_by_role("button", name="Keep and trace").click()
    expect(page.locator(".flashes")).to_contain_text("Traced")
    return emma.path


def _decided(page: Page) -> None:
    page.locator(".named li", has_text="Wilfred Ottershaw").get_by_role("link", name="Decide").click()
    page.get_by_label("Decision").select_option("set aside")
    page.get_by_label("Reason").fill("A passer-by, known to the constable.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("Set aside")
    page.locator(".named li", has_text="Ray Cassell").get_by_role("link", name="Decide").click()
    page.get_by_label("Reason").fill("The plate is his.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("Confirmed")


def test_names_are_answered_as_they_come_and_the_answer_is_handed_over(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.page
    address = _room(emma)
    expect(page.locator(".named")).to_contain_text("No recorded trace: searched")
    _decided(page)
    emma.go(address)
    page.locator(".named li", has_text="Ray Cassell").get_by_role("link", name="Answer of record").click()
    expect(page.locator("h1")).to_have_text("Answer of record")
    expect(page.locator(".others")).to_contain_text("Whether anybody else knows more is not said here")
    expect(page.locator(".known-lines")).to_contain_text("When the attack came")
    with page.expect_download() as file:
        press(page, "p")
    assert Path(file.value.path()).read_bytes()[:5] == b"%PDF-"
    with page.expect_download() as file:
        press(page, "d")
    assert Path(file.value.path()).read_bytes()[:2] == b"PK"


def test_a_colleague_sees_the_picture_change_by_itself(seat: Seats) -> None:
    emma, karina = seat("emma"), seat("karina")
    address = _room(emma)
    page = karina.go(address)
    expect(page.locator(".named")).to_contain_text("Ray Cassell")
    emma.go(f"{address}?do=action")
    emma.page.get_by_label("What is to be done").fill("Ring the harbour master")
    emma.page.get_by_label("Who", exact=True).fill("rob")
    emma.page.get_by_label("By", exact=True).fill("2099-01-05")
    emma.page.get_by_role("button", name="Set the action").click()
    expect(page.locator(".board")).to_contain_text("Ring the harbour master", timeout=15_000)


def test_a_room_is_worked_without_scripts(seat: Seats) -> None:
    emma = seat("emma", scripts=False)
    page = emma.go("/incidents")
    page.get_by_role("button", name="Open a room now").click()
    page.get_by_label("What came in").fill(CAME)
    page.get_by_role("button", name="Keep and trace").click()
    _decided(page)
    page.get_by_role("link", name="Reload").click()
    expect(page.locator(".aside")).to_contain_text("Set aside: 1 name")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(seat: Seats, theme: Theme) -> None:
    emma = seat("emma", theme=theme)
    address = _room(emma)
    _decided(emma.page)
    emma.go(address)
    link = emma.page.locator(".named li", has_text="Ray Cassell").get_by_role("link", name="Answer of record")
    answer = link.get_attribute("href") or ""
    places = {
        "rooms": "/incidents",
        "room": address,
        "room-tell": f"{address}?do=tell",
        "room-settle": f"{address}?do=settle&name=Gareth+Pryce",
        "answer": answer,
    }
    for size in (WIDE, PHONE):
        emma.page.set_viewport_size({"width": size[0], "height": size[1]})
        for name, path in places.items():
            emma.go(path)
            if PICTURES:
                emma.page.screenshot(path=f"{PICTURES}/{name}-{theme}-{size[0]}.png", full_page=True)
            _sound(emma)

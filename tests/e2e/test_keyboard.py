"""Everything can be reached without a mouse, by the same keys everywhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Seats
from tests.e2e.house import press

ROOMS = (
    "/reports",
    "/file",
    "/search",
    "/subjects",
    "/review",
    "/chart",
    "/map",
    "/timeline",
    "/me",
    "/about",
    "/trace",
)


@pytest.mark.parametrize("path", ROOMS)
def test_a_slash_goes_to_the_trace_box_from_everywhere(seat: Seats, path: str) -> None:
    page = seat("emma").go(path)
    press(page, "/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_each_room_has_a_key_of_its_own_and_g_goes_there(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/about")
    rooms = {
        str(each.get_attribute("data-room-key")): str(each.get_attribute("href"))
        for each in page.locator("[data-room-key]").all()
    }
    assert len(rooms) == page.locator("[data-room-key]").count()
    for key, address in rooms.items():
        press(page, "g")
        press(page, key)
        page.wait_for_url(f"**{address}")
        assert page.locator("[data-room-key][aria-current]").get_attribute("data-room-key") == key


@pytest.mark.parametrize("path", ["/reports", "/review", "/subjects"])
def test_the_question_mark_lists_the_keys_that_work_here(seat: Seats, path: str) -> None:
    page = seat("emma").go(path)
    press(page, "?")
    panel = page.locator("#help")
    expect(panel).to_be_visible()
    listed = panel.locator("dt kbd").all_inner_texts()
    assert {"/", "?", "Esc"} <= set(listed)
    for each in page.locator("[data-key]").all():
        assert each.get_attribute("data-key") in listed
    lines = panel.locator("dd").all_inner_texts()
    assert len(lines) == len(set(lines)), lines
    press(page, "Escape")
    expect(panel).to_be_hidden()


def test_rows_are_walked_and_opened(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/reports")
    for key in "jjjk":
        press(page, key)
    row = page.locator("tbody tr:focus")
    expect(row).to_be_in_viewport()
    title = row.locator("a").first.inner_text()
    press(page, "o")
    page.wait_for_url("**/reports/*")
    assert emma.h1() == title


def test_letters_typed_into_a_field_stay_letters(seat: Seats) -> None:
    page = seat("emma").go("/review")
    page.get_by_label("Reason").click()
    page.keyboard.type("yes, hardly / now?")
    assert page.get_by_label("Reason").input_value() == "yes, hardly / now?"
    assert page.url.endswith("/review")


def test_the_theme_is_kept_from_page_to_page(seat: Seats) -> None:
    page = seat("emma").go("/reports")
    page.get_by_role("button", name="Light or dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto(page.url.replace("/reports", "/subjects"))
    assert page.locator("html").get_attribute("data-theme") == "dark"

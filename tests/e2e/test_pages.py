"""What holds for every page: it says what it is, everybody can use it, it fits, it prints."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import expect

from tests.e2e.axe import COLOURS, OVERFLOWING, RULES, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, Seat, press
from tests.e2e.rooms import rooms

SPILLING: Final = """[...document.querySelectorAll('main *')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1
    && !each.closest('.sheet-scroll, [data-island], .sr'))
  .slice(0, 3).map((each) => each.outerHTML.slice(0, 120))"""
WIDTHS: Final = (720, 390, 320)
"""A wide screen at twice the size, a telephone, and the narrowest that WCAG 1.4.10 asks for."""
LOOKS: Final[tuple[tuple[Theme, list[str]], ...]] = (("light", RULES), ("dark", COLOURS))
SEEN: Final = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return at === document.body || (outlined && box.bottom > 0 && box.top < innerHeight) || at.outerHTML.slice(0, 100);
}"""


def walked(seat: Seat) -> list[tuple[str, str]]:
    """Every page by name and address; the day is set back to now after each that changes it."""
    return sorted(rooms(seat).items(), key=lambda each: "as_of=20" in each[1] or "as_of=19" in each[1])


def opened(seat: Seat, path: str) -> None:
    seat.go(path)
    seat.page.wait_for_load_state("networkidle")
    if path.startswith("/subjects/nobody"):
        seat.complaints.clear()  # the browser notes the 404 that was asked for


def test_every_page_says_what_it_is_and_lets_one_skip_to_it(seat: Seats) -> None:
    emma = seat("emma")
    wrong: list[tuple[str, str, object]] = []
    for name, path in walked(emma):
        opened(emma, path)
        page = emma.page
        headings = page.locator("h1").all_inner_texts()
        if len(headings) != 1 or not headings[0].strip():
            wrong.append((name, "h1", headings))
        if not page.title().endswith(" · Leconfield") or page.title().startswith("Leconfield"):
            wrong.append((name, "title", page.title()))
        press(page, "Tab")
        if page.evaluate("document.activeElement.className") != "skip":
            wrong.append((name, "skip", page.evaluate("document.activeElement.outerHTML.slice(0, 80)")))
        press(page, "Enter")
        if page.evaluate("document.activeElement.id") != "main":
            wrong.append((name, "main", page.evaluate("document.activeElement.outerHTML.slice(0, 80)")))
        if page.locator(".banner").all_inner_texts() != ["SECRET · SEQUIN"] * 2:
            wrong.append((name, "banner", page.locator(".banner").all_inner_texts()))
    assert not wrong


def test_axe_finds_no_fault_on_any_page_by_day_nor_in_its_colours_by_night(seat: Seats) -> None:
    emma = seat("emma")
    found: list[tuple[object, ...]] = []
    for name, path in walked(emma):
        opened(emma, path)
        for theme, rules in LOOKS:
            emma.page.emulate_media(color_scheme=theme)
            found += [(name, theme, *_told(fault)) for fault in violations(emma, rules)]
        emma.page.emulate_media(color_scheme="light")
    assert not found, "\n".join(map(str, found))


def _told(fault: dict[str, Any]) -> tuple[object, ...]:
    return fault["id"], len(fault["nodes"]), [(each["target"], each["html"][:140]) for each in fault["nodes"][:2]]


def test_no_page_needs_to_be_scrolled_sideways(seat: Seats) -> None:
    emma = seat("emma", size=PHONE)
    wide = []
    for name, path in walked(emma):
        opened(emma, path)
        for width in WIDTHS:
            emma.page.set_viewport_size({"width": width, "height": PHONE[1]})
            if over := emma.page.evaluate(OVERFLOWING):
                wide.append((name, width, over, emma.page.evaluate(SPILLING)))
    assert not wide, "\n".join(map(str, wide))


def test_whatever_has_the_focus_shows_it_and_is_in_sight(seat: Seats) -> None:
    emma = seat("emma")
    for path in ("/reports", "/review", "/file", "/search?q=torch"):
        page = emma.go(path)
        for _ in range(30):
            press(page, "Tab")
            shown = page.evaluate(SEEN)
            assert shown is True, (path, shown)


def test_paper_bears_the_banner_who_printed_and_as_of_when(seat: Seats) -> None:
    emma = seat("emma")
    for path in ("/reports", "/review", "/subjects", "/timeline"):
        page = emma.go(path)
        page.emulate_media(media="print")
        expect(page.locator(".banner").first).to_be_visible()
        line = page.locator(".print-line")
        expect(line).to_be_visible()
        expect(line).to_contain_text("printed by emma on")
        expect(line).to_contain_text("as of now")
        expect(page.locator(".rail")).to_be_hidden()
        expect(page.locator(".top")).to_be_hidden()
        page.emulate_media(media="screen")
    assert len(emma.page.pdf()) > 1000


def test_no_page_asks_any_other_machine_for_anything(seat: Seats) -> None:
    emma = seat("emma")
    asked: set[str] = set()
    emma.page.on("request", lambda request: asked.add(request.url.split("/", 3)[2]))
    for path in ("/reports", "/map", "/timeline", "/chart"):
        opened(emma, path)
    assert {each for each in asked if each} <= {emma.site.removeprefix("http://")}

"""The window's own pages in a browser: every journey with scripts and without, and WCAG 2.2 AA on every page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.window.site.app import DEPARTMENTS
from tests.e2e.window_site import PHONE, WIDE, Place, Theme, checked, reader, served, shot, wcag
from tests.window.told_stories import tell

PAGES = (
    "/",
    "/stories",
    "/stories/{crate}",
    "/stories/{exchange}",
    "/stories/{gone}",
    "/stories/archive/2025",
    "/news",
    "/news/{post}",
    "/feeds",
    "/about",
    "/contact",
    "/privacy",
    "/how-we-keep-your-words-safe",
    "/accessibility",
    "/nothing-here",
    "/de/",
    "/de/stories/{crate}",
)
FACES: tuple[tuple[tuple[int, int], Theme], ...] = ((WIDE, "light"), (PHONE, "dark"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with served(tmp_path_factory.mktemp("window")) as made:
        yield made


@pytest.fixture(scope="module")
def told(place: Place) -> dict[str, str]:
    found = tell(place.house)
    found["gone"] = place.house.release("story", "What is gone.", title="Gone")
    place.house.withdraw(found["gone"])
    notice = place.house.release("notice", "Somebody in it could have been known by it.")
    place.house.order("withdrawal-notice", found["gone"], {"by": notice, "day": "2026-11-22"})
    return found


def _name(path: str) -> str:
    return path.strip("/").replace("/", "-").replace("{", "").replace("}", "") or "front"


@pytest.mark.parametrize(("size", "theme"), FACES)
def test_every_page_is_as_wcag_asks_and_is_kept_as_a_picture(
    browser: Browser, place: Place, told: dict[str, str], size: tuple[int, int], theme: Theme
) -> None:
    with reader(browser, size=size, theme=theme) as page:
        for path in PAGES:
            page.goto(place.address + path.format(**told))
            shot(page, f"{_name(path)}-{size[0]}-{theme}")
            checked(page)


def test_every_first_page_of_every_area_is_as_wcag_asks(browser: Browser, place: Place, told: dict[str, str]) -> None:
    routes = [each for one in DEPARTMENTS for each in one.ROUTES if "GET" in each.methods and "{" not in each.path]
    with reader(browser, size=PHONE) as page:
        for path in sorted({each.path for each in routes} - set(PAGES)):
            answer = page.request.get(place.address + path)
            if answer.headers.get("content-type", "").startswith("text/html"):
                page.goto(place.address + path)
                checked(page)


def test_a_journey_asks_for_nothing_twice_and_keeps_what_was_typed(browser: Browser, place: Place) -> None:
    with reader(browser, scripts=False) as page:
        page.goto(f"{place.address}/tell-us/report")
        page.get_by_role("textbox").first.fill("Two men load crates at night.")
        asked: list[str] = []
        for _ in range(20):
            names = page.locator("main form :is(input:not([type=hidden]), textarea, select)")
            asked += {str(each.get_attribute("name")) for each in names.all() if each.is_visible()}
            if page.get_by_role("button", name="Continue").count() == 0:
                break
            page.get_by_role("button", name="Continue").click()
        assert len(asked) > 5
        assert len(asked) == len(set(asked)), asked
        page.get_by_role("button", name="Back").click()
        assert "Two men load crates at night." in page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_comes_by_the_front_page_to_a_story_and_its_correction(
    browser: Browser, place: Place, told: dict[str, str], scripts: bool
) -> None:
    with reader(browser, scripts=scripts) as page:
        page.goto(place.address)
        page.get_by_role("link", name="All stories").click()
        page.get_by_role("link", name="Nine nights at the exchange").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Nine nights at the exchange"
        assert "It served seven thousand." in page.get_by_role("note").inner_text()
        assert page.get_by_role("img", name="Rows of old telephone switchboards").count() == 1
        if scripts:
            expect(page.locator(".picture img")).to_have_js_property("naturalWidth", 1200)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_changes_the_language_and_stays_where_he_is(
    browser: Browser, place: Place, told: dict[str, str], scripts: bool
) -> None:
    with reader(browser, scripts=scripts, size=PHONE) as page:
        page.goto(f"{place.address}/stories")
        page.get_by_role("link", name="Deutsch").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Geschichten"
        page.get_by_role("link", name="English").click()
        assert page.url == f"{place.address}/stories"


def test_a_withdrawn_story_says_so_to_a_reader(browser: Browser, place: Place, told: dict[str, str]) -> None:
    with reader(browser) as page:
        answer = page.goto(f"{place.address}/stories/{told['gone']}")
        assert answer is not None
        assert answer.status == 410
        assert "We took it back on 22 November 2026." in page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_must_get_away_leaves_at_once_by_link_and_by_key(
    browser: Browser, place: Place, told: dict[str, str], scripts: bool
) -> None:
    with reader(browser, scripts=scripts) as page:
        asked: list[str] = []

        def _elsewhere(route: object) -> None:
            asked.append(route.request.url)  # type: ignore[attr-defined]
            assert "referer" not in route.request.headers  # type: ignore[attr-defined]
            route.fulfill(body="somewhere harmless")  # type: ignore[attr-defined]

        page.route("https://www.bbc.co.uk/**", _elsewhere)
        page.goto(f"{place.address}/tell-us")
        page.get_by_role("button", name="Exit this page").click()
        page.wait_for_url("https://www.bbc.co.uk/**")
        if scripts:
            page.goto(f"{place.address}/tell-us")
            for _ in range(3):
                page.keyboard.press("Shift")
            page.wait_for_url("https://www.bbc.co.uk/**")
        assert set(asked) == {"https://www.bbc.co.uk/weather"}


def test_the_way_by_keyboard_begins_with_a_way_past_the_menu(browser: Browser, place: Place) -> None:
    with reader(browser) as page:
        page.goto(f"{place.address}/stories")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main-content"


@pytest.mark.parametrize("zoom", [2.0, 4.0])
def test_at_twice_and_four_times_the_size_nothing_is_lost(
    browser: Browser, place: Place, told: dict[str, str], zoom: float
) -> None:
    with reader(browser, size=(1280, 1024), zoom=zoom) as page:
        for path in ("/", "/stories/{crate}", "/tell-us"):
            page.goto(place.address + path.format(**told))
            assert wcag(page) == [], path


def test_our_own_tests_find_what_they_are_for(browser: Browser, place: Place) -> None:
    with reader(browser, size=PHONE) as page:
        page.goto(f"{place.address}/about")
        _spoil(page)
        found = " ".join(wcag(page))
    for criterion in ("2.4.11", "2.4.7", "2.5.7", "2.5.8", "3.3.8", "3.2.6", "1.4.10"):
        assert criterion in found, (criterion, found)


def _spoil(page: Page) -> None:
    """Break each thing that the tests of our own look for."""
    page.evaluate("""() => {
      const main = document.querySelector("main");
      const put = (html) => main.insertAdjacentHTML("afterbegin", html);
      put('<button id="a">a</button><button id="b">b</button><input id="c" aria-label="c"><i draggable="true">d</i>');
      put('<p id="wide">wide</p>');
      const set = (id, style) => Object.assign(document.getElementById(id).style, style);
      for (const id of ["a", "b"]) set(id, {width: "9px", height: "9px", padding: 0, border: 0, outline: "none"});
      set("wide", {width: "2000px"});
      document.getElementById("c").addEventListener("paste", (event) => event.preventDefault());
      const bar = document.createElement("div");
      Object.assign(bar.style, {position: "fixed", inset: "50% 0 0 0", background: "red", zIndex: 99});
      document.body.append(bar);
      document.querySelector("footer.site-footer a").remove();
    }""")

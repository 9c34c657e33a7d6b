"""The chart in a real browser, without a GPU and under the product's own policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.web import kit
from tests.web.browser import CHROMIUM, Site
from tests.web.charts import charted, opened

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}; install the package chromium"),
    pytest.mark.skipif(
        not (kit.STATIC / "built" / "manifest.json").exists(), reason="nothing is built; run tools/build_web.py"
    ),
]

SAYS = ".island-tools .says"
CANVAS = ".island-canvas"
SOME_MONTHS = "() => document.dispatchEvent(new CustomEvent('leconfield:timerange', {detail: [6574, 6665]}))"
ALL_TIME = "() => document.dispatchEvent(new CustomEvent('leconfield:timerange', {detail: null}))"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with charted(40, 90) as started:
        yield started


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    opened_page = opened(browser, site)
    yield opened_page
    opened_page.close()


def says(page: Page, words: str) -> None:
    expect(page.locator(SAYS)).to_have_text(words)


def choose_first(page: Page) -> None:
    page.focus(CANVAS)
    page.keyboard.press("ArrowRight")
    expect(page.locator(SAYS)).to_contain_text("Subject 0,")


def test_a_chart_keeps_to_the_policy_and_says_what_it_shows(browser: Browser, site: Site) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.goto(f"{site.url}/chart")
    says(page, "40 subjects, 90 links")
    assert [each for each in complaints if "favicon" not in each and "404" not in each] == []
    page.close()


def test_the_same_network_always_looks_alike(browser: Browser, site: Site) -> None:
    pictures = []
    for _ in range(2):
        page = opened(browser, site)
        page.evaluate("() => document.fonts.ready")
        page.mouse.move(0, 0)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        pictures.append(page.locator(CANVAS).screenshot(animations="disabled"))
        page.close()
    assert pictures[0] == pictures[1]


def test_arrow_keys_select_and_the_panel_explains(page: Page) -> None:
    choose_first(page)
    expect(page.locator("[data-chart-panel] .said")).to_be_visible()
    page.keyboard.press("Escape")
    says(page, "40 subjects, 90 links")


def test_enter_opens_the_selected_subject(page: Page) -> None:
    choose_first(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/subjects/000000")


def test_expanding_is_undone_and_done_again(page: Page) -> None:
    choose_first(page)
    page.keyboard.press("e")
    says(page, "20 subjects and 20 links added")
    page.keyboard.press("Escape")
    says(page, "60 subjects, 110 links")
    page.keyboard.press("z")
    says(page, "undone: expand")
    page.keyboard.press("Escape")
    says(page, "40 subjects, 90 links")
    page.keyboard.press("Z")
    page.keyboard.press("Escape")
    says(page, "60 subjects, 110 links")


def test_hiding_leaves_the_rest_and_can_be_undone(page: Page) -> None:
    choose_first(page)
    page.keyboard.press("Delete")
    expect(page.locator(SAYS)).to_contain_text("39 subjects")
    expect(page.locator(SAYS)).to_contain_text("1 subject hidden")
    page.keyboard.press("z")
    page.keyboard.press("Escape")
    says(page, "40 subjects, 90 links")


def test_the_menu_offers_groups_with_counts_and_escape_closes_it(page: Page) -> None:
    choose_first(page)
    page.keyboard.press("m")
    menu = page.locator(".menu")
    expect(menu).to_contain_text("Expand all20")
    expect(menu).to_contain_text("met: person20")
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(page.locator(CANVAS)).to_be_focused()


def test_a_right_click_on_the_background_offers_the_whole(page: Page) -> None:
    page.locator(CANVAS).click(button="right", position={"x": 4, "y": 4})
    expect(page.locator(".menu")).to_contain_text("Fit to the window")


def test_the_legend_filters_by_schema_and_by_kind_of_link(page: Page) -> None:
    people = page.locator('.legend [data-entry="Person"]')
    people.click()
    expect(people).to_have_attribute("aria-pressed", "false")
    expect(page.locator(SAYS)).to_contain_text("hidden")
    people.click()
    page.locator('.legend [data-entry="met"]').click()
    expect(page.locator(SAYS)).not_to_contain_text("90 links")
    page.locator('.legend [data-entry="met"]').click()
    says(page, "40 subjects, 90 links")


def test_a_range_of_time_leaves_only_its_links(page: Page) -> None:
    page.evaluate(SOME_MONTHS)
    expect(page.locator(SAYS)).to_contain_text("40 subjects, ")
    expect(page.locator(SAYS)).not_to_contain_text("90 links")
    page.evaluate(ALL_TIME)
    says(page, "40 subjects, 90 links")


def test_a_box_selects_and_a_drag_pins_what_is_selected(page: Page) -> None:
    box = page.locator(CANVAS).bounding_box()
    assert box is not None
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] - 3)
    page.mouse.up()
    page.keyboard.up("Shift")
    says(page, "40 selected")
    page.focus(CANVAS)
    page.keyboard.press("Space")
    page.keyboard.press("z")
    says(page, "undone: pin")


def test_a_drag_moves_a_subject_and_can_be_undone(browser: Browser) -> None:
    with charted(2, 1) as small:
        page = opened(browser, small)
        x, y = somebody(page)
        page.mouse.down()
        page.mouse.move(x, y - 60, steps=4)
        page.mouse.move(x, y - 120, steps=4)
        page.mouse.up()
        undo = page.get_by_role("button", name="Undo")
        expect(undo).to_be_enabled()
        undo.click()
        says(page, "undone: move")
        page.close()


def test_a_double_click_expands(browser: Browser) -> None:
    with charted(2, 1) as small:
        page = opened(browser, small)
        page.mouse.dblclick(*somebody(page))
        expect(page.locator(SAYS)).to_have_text("20 subjects and 20 links added")
        page.close()


def somebody(page: Page) -> tuple[float, float]:
    """Where a subject of two is: they lie side by side across the middle of the canvas."""
    box = page.locator(CANVAS).bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    for x in range(int(box["x"]) + 10, int(box["x"] + box["width"]), 6):
        page.mouse.move(x, y)
        if page.locator(CANVAS).evaluate("(canvas) => canvas.style.cursor") == "pointer":
            return x + 2, y
    raise AssertionError("nobody is on the middle line")


def test_the_picture_is_saved_as_a_file(page: Page) -> None:
    with page.expect_download() as saved:
        page.get_by_role("button", name="Take along").click()
        page.get_by_role("menuitem", name="Picture (PNG)").click()
    assert saved.value.suggested_filename == "chart.png"
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("form", ["hierarchy", "circle", "time lines", "by ties"])
def test_each_layout_arranges_everybody_and_can_be_undone(page: Page, form: str) -> None:
    layout = page.get_by_label("Layout")
    layout.select_option(label="circle" if form == "by ties" else "by ties")
    says(page, "40 subjects, 90 links")
    before = layout.input_value()
    layout.select_option(label=form)
    says(page, "40 subjects, 90 links")
    page.get_by_role("button", name="Undo").click()
    says(page, "undone: arrange")
    assert layout.input_value() == before


def test_what_the_legend_leaves_out_and_the_days_chosen_are_undone_as_well(page: Page) -> None:
    page.locator('.legend [data-entry="met"]').click()
    expect(page.locator(SAYS)).not_to_contain_text("90 links")
    page.evaluate(SOME_MONTHS)
    page.get_by_role("button", name="Undo").click()
    says(page, "undone: choose days")
    page.get_by_role("button", name="Undo").click()
    says(page, "undone: leave out")
    page.focus(CANVAS)
    page.keyboard.press("Escape")
    says(page, "40 subjects, 90 links")
    page.get_by_role("button", name="Redo").click()
    expect(page.locator('.legend [data-entry="met"]')).to_have_attribute("aria-pressed", "false")


def test_two_selected_subjects_are_joined_on_the_page_that_shows_what_it_would_do(page: Page) -> None:
    choose_first(page)
    page.keyboard.press("Shift+ArrowRight")
    says(page, "2 selected")
    page.keyboard.press("m")
    page.get_by_role("menuitem", name="Join these two").click()
    page.wait_for_url("**/subjects/*/merge?with=*")


def test_the_switch_of_theme_draws_in_other_colours(page: Page) -> None:
    before = page.locator(CANVAS).screenshot()
    page.evaluate(
        """() => { document.documentElement.dataset.theme = "dark";
        document.dispatchEvent(new CustomEvent("leconfield:theme")); }"""
    )
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator(CANVAS).screenshot() != before


def test_five_thousand_subjects_are_drawn_and_one_of_them_expanded(browser: Browser) -> None:
    """How quickly is measured in `benchmarks/chart.py`."""
    with charted(5_000, 10_000) as large:
        page = opened(browser, large)
        says(page, "5,000 subjects, 10,000 links")
        page.focus(CANVAS)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("e")
        page.wait_for_function("() => performance.getEntriesByName('chart expanded').length")
        expect(page.locator(SAYS)).not_to_contain_text("5,000 subjects")
        page.close()

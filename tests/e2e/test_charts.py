"""Saved charts: arranged, kept, shared, kept anew and taken along; with scripts and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat
from tests.e2e.rooms import subject_of

SETTLED = "[data-island=chart][data-settled=yes]"


@pytest.fixture
def site(acting_site: str) -> str:
    return acting_site


def drawn(seat: Seat) -> Page:
    page = seat.go(f"/chart?ids={subject_of(seat, 'Ray Cassell').rpartition('/')[2]}&hops=2")
    page.wait_for_selector(SETTLED)
    return page


def keep(page: Page, name: str, label: str) -> None:
    page.get_by_text("Keep this chart").click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_role("textbox", name="Label").fill(label)
    page.get_by_role("button", name="Save chart").click()
    page.wait_for_url("**/chart/saved/*")


def test_a_chart_is_opened_as_it_was_arranged_and_each_sees_on_it_whom_he_may_know_of(seat: Seats) -> None:
    karina, emma = seat("karina"), seat("emma")
    page = drawn(karina)
    page.get_by_label("Layout").select_option(label="circle")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    keep(page, "Cassell's circle", "S")
    page.wait_for_selector(SETTLED)
    expect(page.get_by_label("Layout")).to_have_value("circle")
    address = "/chart" + page.url.partition("/chart")[2]
    hers, his = (each.page.request.get(f"{each.site}{address}/data").json() for each in (karina, emma))
    assert len(his["nodes"]) == len(his["places"]) <= len(hers["nodes"])
    assert emma.go(address).get_by_role("heading", level=1).inner_text() == "Cassell's circle"


def test_a_chart_is_kept_anew_renamed_and_its_versions_compared_without_scripts(seat: Seats) -> None:
    emma = seat("emma", scripts=False)
    ids = subject_of(emma, "Ray Cassell").rpartition("/")[2]
    page = emma.go(f"/chart?ids={ids}")
    keep(page, "The lorry park", "S")
    page.get_by_text("Keep it anew").click()
    page.get_by_role("textbox", name="What changed").fill("looked at again")
    page.get_by_role("button", name="Save as a new version").click()
    versions = page.get_by_role("table", name="Versions").locator("tbody tr")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("looked at again")
    page.get_by_text("Keep it anew").click()
    page.get_by_role("textbox", name="Another name").fill("The lorry park at night")
    page.get_by_role("button", name="Rename chart").click()
    assert emma.h1() == "The lorry park at night"
    versions.last.get_by_role("link").click()
    expect(page.get_by_text("An earlier version")).to_be_visible()
    expect(emma.go("/chart/saved").get_by_role("table", name="Saved charts")).to_contain_text("The lorry park at night")


@pytest.mark.parametrize("words", ["SVG", "PDF", "i2 chart (ANX)", "GEXF"])
def test_what_is_drawn_is_taken_along_as_arranged(seat: Seats, words: str, tmp_path: Path) -> None:
    page = drawn(seat("emma"))
    page.get_by_role("button", name="Take along").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=words).click()
    download.value.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").stat().st_size > 2000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_everybody_can_use_the_pages_of_saved_charts(seat: Seats, theme: Theme, size: tuple[int, int]) -> None:
    emma = seat("emma", theme=theme, size=size)
    page = drawn(emma)
    keep(page, f"Everybody {theme} {size[0]}", "S")
    page.wait_for_selector(SETTLED)
    wrong = []
    for path in ("/chart" + page.url.partition("/chart")[2], "/chart/saved", "/chart"):
        emma.go(path)
        page.wait_for_load_state("networkidle")
        for summary in page.locator("main details:not([open]) > summary").all():
            if summary.is_visible():
                summary.click()
        if page.evaluate(OVERFLOWING) > 0:
            wrong.append((path, "overflow", ""))
        wrong += [(path, each["id"], each["nodes"][0]["html"][:120]) for each in violations(emma)]
        page.set_viewport_size({"width": size[0], "height": size[1]})
    assert not wrong

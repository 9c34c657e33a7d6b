"""Chart, map, timeline: each with a table of the same, and files to take along."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Seats
from tests.e2e.house import press
from tests.e2e.rooms import subject_of


def test_a_subjects_network_is_drawn_by_one_key_and_told_as_a_table(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go(subject_of(emma, "Ray Cassell"))
    press(page, "c")
    page.wait_for_url("**/chart?ids=*")
    assert emma.h1() == "Chart of Ray Cassell"
    expect(page.get_by_role("table", name="Links on the chart")).to_contain_text("Vincent Molloy")
    expect(page.get_by_role("table", name="Central subjects")).to_contain_text("Ray Cassell")


def test_a_network_is_narrowed_by_time_and_widened_by_who_is_named_together(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go(f"/chart?ids={subject_of(emma, 'Ray Cassell').rpartition('/')[2]}")
    rows = page.get_by_role("table", name="Links on the chart").locator("tbody tr")
    whole = rows.count()
    page.get_by_role("textbox", name="Until", exact=True).fill("2026-03-10")
    page.get_by_role("button", name="Draw").click()
    page.wait_for_url("**until=2026-03-10**")
    assert 0 < rows.count() < whole
    page.get_by_role("textbox", name="Until", exact=True).fill("")
    page.get_by_label("named together").check()
    page.get_by_role("button", name="Draw").click()
    page.wait_for_url("**together=yes**")
    assert rows.count() > whole


@pytest.mark.parametrize("ending", ["GraphML", "GEXF", "CSV", "JSON"])
def test_a_network_is_saved_as_a_file_that_bears_its_marking(seat: Seats, ending: str, tmp_path: Path) -> None:
    emma = seat("emma")
    page = emma.go(f"/chart?ids={subject_of(emma, 'Ray Cassell').rpartition('/')[2]}")
    with page.expect_download() as download:
        page.get_by_role("link", name=ending).click()
    assert download.value.suggested_filename == f"network.{ending.lower()}"
    saved = tmp_path / "saved"
    download.value.save_as(saved)
    content = saved.read_text(encoding="utf-8")
    assert "Vincent Molloy" in content
    assert "SEQUIN" in content


def test_how_two_are_connected_is_told_with_the_reports_that_carry_each_step(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go(f"/chart?ids={subject_of(emma, 'Ray Cassell').rpartition('/')[2]}")
    page.get_by_label("How is it connected with").select_option(label="Margaret Osei")
    page.get_by_role("button", name="Show the paths").click()
    page.wait_for_url("**/paths?**")
    step = page.locator("details.pair").first
    step.locator("summary").click()
    expect(step.locator(".snippet").first).to_be_visible()


def test_places_stand_on_the_map_and_in_its_table(seat: Seats) -> None:
    page = seat("emma").go("/map")
    rows = page.get_by_role("table", name="Places on the map").locator("tbody tr")
    assert rows.count() > 20
    expect(rows.filter(has_text="Alexandra Dock").first).to_be_visible()


def test_incidents_stand_on_the_timeline_and_in_its_table_by_kind(seat: Seats) -> None:
    page = seat("emma").go("/timeline")
    rows = page.get_by_role("table", name="Incidents").locator("tbody tr")
    whole = rows.count()
    expect(rows.filter(has_text="Theft at Baldock services").first).to_contain_text("12 March 2026")
    page.get_by_label("Kind of incident").select_option("theft from a lorry")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/timeline?kind=*")
    assert 0 < rows.count() < whole


@pytest.mark.parametrize("path", ["/chart?ids=", "/map", "/timeline"])
def test_each_drawing_is_made(seat: Seats, path: str) -> None:
    emma = seat("emma")
    ids = subject_of(emma, "Ray Cassell").rpartition("/")[2] if "ids" in path else ""
    page = emma.go(path + ids)
    drawing = page.locator("[data-island]").first
    expect(drawing).to_have_attribute("data-mounted", "yes")
    expect(drawing.locator("canvas, svg").first).to_be_visible()

"""Asking by parts, watching for somebody, and screening a list: with a browser, with the keyboard, without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, Seat, press

NAMES = "surname,first name,DOB,country\nPryce,Gareth,1971,British\nQuillfeather,Ebenezer,,\nCassell,Ray,,Irish\n"


@pytest.fixture
def site(acting_site: str) -> str:
    return acting_site


def test_a_question_is_read_and_its_parts_can_be_changed_without_scripts(seat: Seats) -> None:
    page = seat("emma", scripts=False).go("/trace?q=Gareth+Pryce,+about+40,+Hull,+drives+a+grey+Golf,+5")
    expect(page.locator(".parts > li")).to_have_count(4)
    expect(page.locator(".unread")).to_contain_text("5")
    expect(page.get_by_label("Place")).to_have_value("Hull")
    expect(page.locator(".contradiction").first).to_contain_text("1971")
    page.get_by_label("Born").fill("1971")
    page.get_by_role("button", name="Trace these parts").click()
    expect(page.locator(".hit").first).to_contain_text("22 Ferriby Row")
    page.locator(".hit .why summary").first.click()
    expect(page.locator(".hit").first.locator(".waterfall")).to_contain_text("Pryce: same")


def test_what_newly_comes_in_is_on_the_watch_list_until_it_is_taken_off(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/trace?q=Ray+Cassell")
    press(page, "a")
    page.wait_for_url("**/watch?*")
    page.get_by_label("Reason").fill("a torch at the lorry park")
    page.get_by_role("button", name="Put on my watch list").click()
    expect(page.locator(".watches tbody tr")).to_have_count(1)
    _file(emma, "Ray Cassell was at the lorry park again, with a torch.")
    page = emma.go("/watch")
    expect(page.locator(".arrival.unseen")).to_have_count(1)
    _sound(emma)
    press(page, "j")
    press(page, "e")
    expect(page.locator(".arrival.unseen")).to_have_count(0)
    page.get_by_role("button", name="Take off").click()
    expect(page.locator(".watches")).to_have_count(0)


def _file(emma: Seat, text: str) -> None:
    page = emma.go("/file")
    page.get_by_label("What we were told").fill(text)
    for label, value in (("Source", "HERON"), ("Grade", "B2"), ("Label", "S")):
        page.get_by_label(label).first.fill(value)
    page.get_by_role("button", name="File report").click()
    page.wait_for_url("**/reports/*")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_is_screened_and_each_row_opens_its_trace(seat: Seats, tmp_path: Path, *, scripts: bool) -> None:
    (tmp_path / "names.csv").write_text(NAMES)
    page = seat("emma", scripts=scripts).go("/screening")
    page.get_by_label("A table").set_input_files(tmp_path / "names.csv")
    page.get_by_role("button", name="Look at the columns").click()
    expect(page.get_by_label("What DOB means")).to_have_value("born")
    page.get_by_label("Reason").fill("the port")
    page.get_by_role("button", name="Screen 3 rows").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("link", name="No recorded trace").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Ebenezer Quillfeather").click()
    expect(page.locator(".notice")).to_contain_text("No recorded trace")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_answers_to_a_list_can_be_used_by_everybody(seat: Seats, theme: Theme) -> None:
    for size in ((1440, 900), PHONE):
        emma = seat("emma", theme=theme, size=size)
        page = emma.go("/screening")
        page.get_by_label("Or write them").fill(
            "Gareth Pryce, about 50, Hull\nمحمد بن علي\nVincent Molloy\n" + "Ray " * 90
        )
        page.get_by_role("button", name="Look at the columns").click()
        expect(page.get_by_label("Reason")).to_be_visible()
        _sound(emma)
        page.get_by_label("Reason").fill("the port")
        page.get_by_role("button", name="Screen 4 rows").click()
        expect(page.locator("tbody tr")).to_have_count(4)
        _sound(emma)


def _sound(emma: Seat) -> None:
    """Nothing that axe complains of, nothing beyond the edge."""
    assert emma.page.evaluate(OVERFLOWING) <= 0
    found = [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations(emma)]
    assert found == []

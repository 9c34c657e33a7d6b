"""What goes to partners and comes from them: shown before it goes, looked at before it is taken in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat
from tests.e2e.rooms import subject_of
from tests.e2e.test_watching import _sound

CALLS: Final = (
    "caller,called,when,length\n"
    "+44 7700 900417,+44 7700 900112,2026-02-01 10:00,00:03:20\n"
    "+44 7700 900112,+44 7700 900417,2026-02-02 11:30,45\n"
)
"""Numbers that the regulator keeps for plays and films."""


@pytest.fixture
def site(acting_site: str) -> str:
    return acting_site


def _shown(emma: Seat) -> Page:
    """What would go out to a partner of Ray Cassell and those next to him."""
    which = subject_of(emma, "Ray Cassell").rpartition("/")[2]
    return emma.go(f"/exchange/out?ids={which}&hops=1&holds=S&recipient=Polizei+Bern&format=stix")


def _handed_over(page: Page) -> bytes:
    page.get_by_label("What it is for").fill("request 14/2026")
    with page.expect_download() as file:
        page.get_by_role("button", name="Make the file and its receipt").click()
    return Path(file.value.path()).read_bytes()


def _looked_at(emma: Seat) -> Page:
    """A table of calls as it is shown before it is loaded."""
    page = emma.go("/exchange/table")
    page.get_by_label("Or paste its rows").fill(CALLS)
    for label, words in (("Source", "TELCO"), ("Grade", "B2"), ("Label", "S")):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name="Show what it says").click()
    expect(page.locator("h1")).to_have_text("Is this what it says?")
    return page


def test_what_is_handed_over_leaves_a_receipt_and_comes_back_in(seat: Seats, tmp_path: Path) -> None:
    emma = seat("emma")
    bundle = _handed_over(_shown(emma))
    assert json.loads(bundle)["type"] == "bundle"
    expect(emma.go("/exchange").locator("main")).to_contain_text("Polizei Bern")
    (tmp_path / "bundle.json").write_bytes(bundle)
    page = emma.go("/exchange/bundle")
    page.locator("input[type=file]").set_input_files(tmp_path / "bundle.json")
    for name, words in (("source", "BERN"), ("grade", "B2"), ("label", "S")):
        page.locator(f"main [name={name}]").fill(words)
    page.locator("main form .main-act").click()
    expect(page.locator("main")).to_contain_text("Ray Cassell")
    _sound(emma)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_table_of_calls_is_shown_then_loaded(seat: Seats, *, scripts: bool) -> None:
    page = _looked_at(seat("emma", scripts=scripts))
    expect(page.locator("main")).to_contain_text("All 2 rows of")
    expect(page.get_by_role("region", name="First rows")).to_contain_text("phone")
    if scripts:
        page.get_by_role("button", name="Load the whole table").click()
        page.wait_for_url("**/reports/*")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(seat: Seats, theme: Theme) -> None:
    for size in (WIDE, PHONE):
        emma = seat("emma", theme=theme, size=size)
        for page in (_shown(emma), _looked_at(emma)):
            for summary in page.locator("main details:not([open]) > summary").all():
                summary.click()
            _sound(emma)
        for path in ("/exchange", "/exchange/out", "/exchange/bundle", "/exchange/table"):
            emma.go(path)
            _sound(emma)

"""What goes to partners and comes from them: shown before it goes, looked at before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from leconfield.desk.exchange.writing import written
from tests.desk.exchange.partners import chosen, mill
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat
from tests.e2e.rooms import subject_of
from tests.e2e.test_releasing import SLOW
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


def _prepared(page: Page) -> Page:
    """It is put before the gate: nothing has left."""
    page.set_default_timeout(SLOW)
    page.get_by_label("What it is for").fill("request 14/2026")
    page.get_by_role("button", name="Make the file and put it before the gate").click()
    page.wait_for_url("**/exchange/out/*")
    return page


def _looked_at(emma: Seat) -> Page:
    """A table of calls as it is shown before it is loaded."""
    page = emma.go("/exchange/table")
    page.get_by_label("Or paste its rows").fill(CALLS)
    for label, words in (("Source", "TELCO"), ("Grade", "B2"), ("Label", "S")):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name="Show what it says").click()
    expect(page.locator("h1")).to_have_text("Is this what it says?")
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_prepared_waits_at_the_gate_and_leads_to_its_release(seat: Seats, *, scripts: bool) -> None:
    emma = seat("emma", scripts=scripts)
    page = _prepared(_shown(emma))
    expect(page.locator("main")).to_contain_text("nothing leaves that is not sealed")
    expect(page.get_by_role("button", name="Hand it over")).to_have_count(0)
    page.get_by_role("link", name="Go to its release").click()
    page.wait_for_url("**/releases/*")
    expect(page.locator("main")).to_contain_text("For Polizei Bern")
    expect(emma.go("/exchange/waiting").locator("main")).to_contain_text("request 14/2026")
    expect(emma.go("/exchange").locator("main")).not_to_contain_text("request 14/2026")


def test_a_bundle_of_ours_is_taken_in_as_any_other(seat: Seats, tmp_path: Path) -> None:
    (tmp_path / "bundle.json").write_bytes(written(chosen(at := mill()), "stix", at.ids, "Bern"))
    emma = seat("emma")
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
        for page in (_shown(emma), _prepared(_shown(emma)), _looked_at(emma)):
            for summary in page.locator("main details:not([open]) > summary").all():
                summary.click()
            _sound(emma)
        for path in ("/exchange", "/exchange/out", "/exchange/waiting", "/exchange/bundle", "/exchange/table"):
            emma.go(path)
            _sound(emma)

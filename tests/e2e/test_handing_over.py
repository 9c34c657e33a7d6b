"""A file for a partner in a browser: made, passed by the gate, approved by two, sealed, and handed over as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.desk.exchange.partners import MILL, RAY, says, told
from tests.e2e import house
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat
from tests.e2e.test_releasing import sits
from tests.gate.handing.partners import EVERYBODY
from tests.surveillance.test_pages import PASSWORD


@pytest.fixture(scope="module")
def partners_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk with Ray at the mill, and those who let a file about him go."""
    folder = tmp_path_factory.mktemp("partners") / "desk"
    desk = Desk.create(folder)
    for each in EVERYBODY:
        desk.append(accounts.KEEPER, [accounts.enrolling(each.name, each.persona, PASSWORD, each.tokens, each.roles)])
    said = says(RAY, "Person", "name", "Ray Cassell"), says(MILL, "Address", "name", "Mill Lane")
    told(desk, "Ray at the mill", "O", *said, says(RAY, "Person", "seenAt", MILL, "2026-02-03"))
    desk.close()
    with house.served(folder) as address:
        yield address


@pytest.fixture
def site(partners_site: str) -> str:
    return partners_site


def _prepared(seat: Seat, recipient: str) -> str:
    """Emma makes the file, and it waits at the gate; the id of its release."""
    sits(seat, "emma")
    page = seat.go(f"/exchange/out?ids={RAY}&hops=1&holds=O&recipient={recipient}&format=stix")
    page.get_by_label("What it is for").fill("request 14/2026")
    page.get_by_role("button", name="Make the file and put it before the gate").click()
    page.wait_for_url(re.compile(r"/exchange/out/[0-9a-f]{32}$"))
    return page.url.rpartition("/")[2]


def _step(page: Page, release: str, link: str, reason: str = "") -> None:
    """Take a step of the release on its page."""
    page.goto(f"{page.url.split('/reports')[0].split('/releases')[0]}/releases/{release}")
    page.get_by_role("link", name=link).click()
    if reason:
        page.get_by_label("Your reason").fill(reason)
    page.get_by_role("button", name=f"{link} it").click()
    page.wait_for_url(f"**/releases/{release}")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_file_that_was_approved_is_the_file_that_is_handed_over(
    seat: Seats, tmp_path: Path, *, scripts: bool
) -> None:
    emma = seat(scripts=scripts)
    release = _prepared(emma, f"Polizei {'Bern' if scripts else 'Thun'}")
    emma.page.get_by_role("link", name="Go to its release").click()
    emma.page.get_by_role("button", name="Ask the gate").click()
    expect(emma.page.get_by_text("Checked", exact=True).first).to_be_visible()
    ben = sits(seat(scripts=scripts), "ben")
    for page in (sits(seat(scripts=scripts), "cas"), ben):
        _step(page, release, "Approve", "It is sound.")
    _step(ben, release, "Seal")
    liz = seat(scripts=scripts)
    page = sits(liz, "liz")
    liz.go("/exchange/waiting").locator("tr", has_text="Sealed").get_by_role("link").click()
    with page.expect_download() as loading:
        page.get_by_role("button", name="Hand it over").click()
    loading.value.save_as(tmp_path / "out.stix.json")
    assert json.loads((tmp_path / "out.stix.json").read_bytes())["type"] == "bundle"
    expect(liz.go("/exchange").locator("main")).to_contain_text("request 14/2026")
    expect(liz.go(f"/exchange/out/{release}").get_by_role("button", name="Save the file again")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_nothing_stands_against_the_pages_of_what_waits(seat: Seats, size: tuple[int, int], theme: Theme) -> None:
    emma = seat(size=size, theme=theme)
    release = _prepared(emma, f"Polizei {theme} {size[0]}")
    for path in ("/exchange/waiting", f"/exchange/out/{release}", f"/releases/{release}"):
        emma.go(path)
        assert violations(emma) == [], path
        assert emma.page.evaluate(OVERFLOWING) <= 0, path

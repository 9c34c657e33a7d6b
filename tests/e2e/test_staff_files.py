"""A staff file in a browser: begun, sealed and opened by two who look after staff; to anybody else there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e import corridor, house
from tests.e2e.conftest import Seats, Theme
from tests.e2e.corridor import SAYS, sign_in
from tests.e2e.house import Seat
from tests.e2e.test_agents import TRUE_NAME, confirmed, kept, offered
from tests.e2e.test_authority import applied, decided

LABEL = "STAFF&S"


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("house") / "desk"
    corridor.build(folder)
    with house.served(folder) as address:
        yield address


def _begun(una: Seat) -> str:
    """A file of Rob's; the address of his record in the vault."""
    page = una.go("/duty")
    page.get_by_role("link", name="Staff files").click()
    page.get_by_label("Who", exact=True).fill("rob")
    page.get_by_label("Working name").fill("Rob, agent runner")
    page.get_by_label("Compartment").fill(LABEL)
    page.get_by_label("Reason").fill("He meets agents by a name that is not his own.")
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("His file is begun")
    return una.path


def _sealed(una: Seat, sid: Seat, url: str) -> None:
    for who, name in ((una, "una"), (sid, "sid")):
        offered(who, url, SAYS[name])
    page = una.go(f"{url}?do=seal#act")
    page.get_by_label("Name", exact=True).fill(TRUE_NAME)
    page.get_by_role("button", name="Seal it").click()
    expect(page.locator(".flashes")).to_contain_text("It is sealed")


def test_a_colleague_is_sealed_and_opened_by_two_and_sees_nothing_of_it_himself(seat: Seats, site: str) -> None:
    una, sid, rob = sign_in(seat(scripts=False), "una"), sign_in(seat(), "sid"), sign_in(seat(), "rob")
    url = _begun(una)
    _sealed(una, sid, url)
    sid.go(url).get_by_role("link", name="Apply to open it").click()
    applied(sid.page, "identity-opening", url.split("/")[2], tokens=LABEL)
    decided(sign_in(seat(), "huw").go(sid.path), "Grant")
    page = una.go(f"{url}?do=begin")
    page.get_by_label("Reason").fill("He did not call, and his wife must be told.")
    page.get_by_label("Your passphrase").fill(SAYS["una"])
    page.get_by_role("button", name="Take off your seal").click()
    page = sid.go("/vault")
    page.get_by_role("link", name="See what is asked of you").click()
    page.get_by_label("Your passphrase").fill(SAYS["sid"])
    page.get_by_role("button", name="Take off your seal").click()
    for shown in (page, una.go(f"{url}/open")):
        expect(shown.locator("main")).to_contain_text(TRUE_NAME)
    expect(rob.go("/staff-files").locator("main")).to_contain_text("No staff files")
    assert rob.page.request.get(f"{site}{url}").status == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(seat: Seats, site: str, theme: Theme) -> None:
    una, sid, emma = (sign_in(seat(theme=theme), name) for name in ("una", "sid", "emma"))
    url = _begun(una)
    _sealed(una, sid, url)
    for name, who, path in (
        ("staff-files", una, "/staff-files"),
        ("staff-files-second", sid, "/staff-files"),
        ("staff-files-none", emma, "/staff-files"),
        ("staff-vault", una, url),
        ("staff-vault-destroy", sid, f"{url}?do=destroy"),
    ):
        who.go(path)
        kept(who, name, theme)
    page = sid.page
    page.get_by_label("His working name").fill("Rob, agent runner")
    page.get_by_label("Reason").fill("He has left, and asked for it.")
    page.get_by_role("button", name="Ask for it").click()
    una.go(url)
    kept(una, "staff-vault-confirm", theme)
    confirmed(una.page, "His working name", "rob, agent runner")
    expect(una.page.locator("main")).to_contain_text("Nothing opens his record")
    kept(una, "staff-vault-proof", theme)

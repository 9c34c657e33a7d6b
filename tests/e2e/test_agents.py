"""An agent's record in a browser: sealed, opened by two at two browsers, destroyed; a report's wording; dilemmas."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import corridor, house
from tests.e2e.conftest import Seats, Theme
from tests.e2e.corridor import SAYS, sign_in
from tests.e2e.house import PHONE, WIDE, Seat, press
from tests.e2e.test_authority import applied, decided
from tests.e2e.test_watching import _sound

PICTURES = os.environ.get("LECONFIELD_E2E_PICTURES", "")
TRUE_NAME = "Peregrine Aldous Quillfeather"


@pytest.fixture
def heather(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The site of a new desk, and the agent's id."""
    folder = tmp_path_factory.mktemp("corridor") / "desk"
    agent = corridor.build(folder)
    with house.served(folder) as address:
        yield address, agent


@pytest.fixture
def site(heather: tuple[str, str]) -> str:
    return heather[0]


def offered(who: Seat, url: str, passphrase: str) -> None:
    """Offer one's key."""
    page = who.go(url)
    page.get_by_role("link", name="Offer your key").click()
    page.get_by_label("Your passphrase").fill(passphrase)
    page.get_by_role("button", name="Offer it").click()
    expect(page.locator(".flashes")).to_contain_text("Your key is offered")


def _sealed(rob: Seat, sid: Seat, url: str) -> None:
    offered(rob, url, SAYS["rob"])
    offered(sid, url, SAYS["sid"])
    page = rob.go(f"{url}?do=seal#act")
    page.get_by_label("Name", exact=True).fill(TRUE_NAME)
    page.get_by_label("Born").fill("3 February 1980")
    page.get_by_role("button", name="Seal it").click()
    expect(page.locator(".flashes")).to_contain_text("It is sealed")
    assert TRUE_NAME not in page.content()


def _begun(seat: Seats, rob: Seat, agent: str, url: str) -> None:
    applied(rob.go("/authority/new"), "identity-opening", agent)
    decided(sign_in(seat(), "huw").go(rob.path), "Grant")
    page = rob.go(f"{url}?do=begin")
    page.get_by_label("Reason").fill("He did not come, and his telephone is off.")
    page.get_by_label("Your passphrase").fill(SAYS["rob"])
    page.get_by_role("button", name="Take off your seal").click()
    expect(page.locator(".flashes")).to_contain_text("Your seal is off")


def test_two_open_his_record_at_two_browsers_and_it_is_destroyed_with_proof(
    seat: Seats, heather: tuple[str, str]
) -> None:
    rob, sid = sign_in(seat(), "rob"), sign_in(seat(scripts=False), "sid")
    url = f"/agents/{heather[1]}/vault"
    _sealed(rob, sid, url)
    _begun(seat, rob, heather[1], url)
    page = sid.go("/agents")
    page.get_by_role("link", name="Your key").first.click()
    page.get_by_role("link", name="See what is asked of you").click()
    expect(page.locator("main")).to_contain_text("his telephone is off")
    page.get_by_label("Your passphrase").fill("not what it is")
    page.get_by_role("button", name="Take off your seal").click()
    expect(page.get_by_role("alert")).to_contain_text("not the passphrase")
    assert page.get_by_label("Your passphrase").input_value() == ""
    sid.complaints.clear()  # the browser says of a form that was refused that it was
    page.get_by_label("Your passphrase").fill(SAYS["sid"])
    page.get_by_role("button", name="Take off your seal").click()
    for shown in (page, rob.go(f"{url}/open")):
        expect(shown.locator("main")).to_contain_text(TRUE_NAME)
        expect(shown.locator(".clock")).to_contain_text("15 minutes left")
    page.get_by_role("button", name="Close it now").click()
    assert TRUE_NAME not in page.content()
    asked_for(rob, url)
    page = sid.go("/agents")
    page.get_by_role("link", name="Your key").first.click()
    page.get_by_role("link", name="See what is asked", exact=True).click()
    expect(page.locator("main")).to_contain_text("He asked that we forget him.")
    confirmed(page, "His codename", "HEATHER")
    expect(page.locator("main")).to_contain_text("Nothing opens his record, and the ledger is whole.")
    told = sign_in(seat(), "odile").go("/oversight").locator(".told-oversight")
    expect(told).to_contain_text("Identity opened")
    expect(told).to_contain_text("Identity destroyed")


def asked_for(who: Seat, url: str) -> None:
    """Ask that his key be destroyed."""
    page = who.go(f"{url}?do=destroy")
    page.get_by_label("His codename").fill("HEATHER")
    page.get_by_label("Reason").fill("He asked that we forget him.")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.locator(".flashes")).to_contain_text("has 15 minutes to confirm it")


def confirmed(page: Page, label: str, called: str) -> None:
    """Confirm what another asked for."""
    page.get_by_label(label).fill(called)
    page.get_by_role("button", name="Destroy it", exact=True).click()


def _meeting(page: Page, text: str) -> None:
    page.get_by_label("Day", exact=True).fill("2026-11-20T22:30")
    page.get_by_label("Place").fill("the boat house")
    page.get_by_label("What was done and said").fill("We walked. He is tired.")
    page.get_by_label("Title").fill("A van is bought")
    page.get_by_label("Report", exact=True).fill(text)
    page.get_by_label("Grade").fill("B2")
    page.get_by_label("Label", exact=True).fill("S")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_wording_is_checked_reworded_and_sent(seat: Seats, heather: tuple[str, str], scripts: bool) -> None:
    rob = sign_in(seat(scripts=scripts), "rob")
    page = rob.go(f"/agents/{heather[1]}?act=meet#act")
    _meeting(page, "I saw the van at the boat house. Only Ray and the source know of it.")
    page.get_by_role("button", name="Check the wording").click()
    expect(page.locator(".wording mark", has_text="the boat house").first).to_be_visible()
    expect(page.locator(".wording")).to_contain_text("leave out that there is one")
    assert page.get_by_label("Place").input_value() == "the boat house"
    page.get_by_label("Report", exact=True).fill("A white van was bought in Luton in the autumn.")
    page.get_by_role("button", name="Check the wording").click()
    expect(page.locator(".wording")).to_contain_text("finds nothing that shows who told it")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".flashes")).to_contain_text("what was told is with the desk")
    emma = sign_in(seat(), "emma").go("/reports")
    expect(emma.locator("main")).to_contain_text("A van is bought")
    assert "HEATHER" not in emma.content()


def test_a_dilemma_is_written_and_answered_and_to_others_there_is_no_page(
    seat: Seats, heather: tuple[str, str]
) -> None:
    rob, tess, sid = (sign_in(seat(), name) for name in ("rob", "tess", "sid"))
    page = rob.go("/agents")
    press(page, "d")
    page.wait_for_url("**/dilemmas")
    page.get_by_label("What weighs on you").fill("He frightens his wife, and I need him.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".flashes")).to_contain_text("Kept for 90 days")
    theirs = tess.go("/dilemmas")
    theirs.get_by_role("link", name="Say something to it").click()
    theirs.get_by_label("What you say to it").fill("Then we stop needing him. Come and talk.")
    theirs.get_by_role("button", name="Say it").click()
    expect(rob.go("/dilemmas").locator("blockquote")).to_contain_text("Come and talk.")
    answer = sid.page.request.get(f"{sid.site}/dilemmas")
    assert answer.status == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(seat: Seats, heather: tuple[str, str], theme: Theme) -> None:
    rob, sid = sign_in(seat(theme=theme), "rob"), sign_in(seat(theme=theme), "sid")
    one = f"/agents/{heather[1]}"
    url = f"{one}/vault"
    _sealed(rob, sid, url)
    _begun(seat, rob, heather[1], url)
    page = rob.go("/dilemmas")
    page.get_by_label("What weighs on you").fill("He frightens his wife, and I need him.")
    page.get_by_role("button", name="Write it down").click()
    places = {
        "agents": (rob, "/agents"),
        "agents-new": (rob, "/agents/new"),
        "agent": (rob, one),
        "agent-meet": (rob, f"{one}?act=meet"),
        "agent-plan": (rob, f"{one}?act=plan"),
        "welfare": (rob, "/agents/welfare"),
        "dilemmas": (rob, "/dilemmas"),
        "vault": (rob, url),
        "vault-seal": (rob, f"{url}?do=seal&kind=welfare"),
        "vault-second": (sid, url),
        "vault-mine": (sid, "/vault"),
    }
    _shot(places, theme)
    page = rob.go(f"{one}?act=meet#act")
    _meeting(page, "I saw the van at the boat house. Only Ray and the source know of it.")
    page.get_by_role("button", name="Check the wording").click()
    kept(rob, "agent-wording", theme)
    page = sid.go(url)
    page.get_by_label("Your passphrase").fill(SAYS["sid"])
    page.get_by_role("button", name="Take off your seal").click()
    _shot({"vault-open": (sid, f"{url}/open")}, theme)
    asked_for(rob, url)
    _shot({"vault-asked": (rob, url), "vault-confirm": (sid, url), "vault-mine-asked": (sid, "/vault")}, theme)
    confirmed(sid.go(url), "His codename", "HEATHER")
    _shot({"vault-proof": (rob, f"{url}/proof"), "vault-destroyed": (rob, url)}, theme)


def _shot(places: dict[str, tuple[Seat, str]], theme: str) -> None:
    for name, (who, path) in places.items():
        who.go(path)
        kept(who, name, theme)


def kept(who: Seat, name: str, theme: str) -> None:
    """Look at the page as it stands, at both widths."""
    for size in (WIDE, PHONE):
        who.page.set_viewport_size({"width": size[0], "height": size[1]})
        if PICTURES:
            who.page.screenshot(path=Path(PICTURES) / f"{name}-{theme}-{size[0]}.png", full_page=True)
        _sound(who)

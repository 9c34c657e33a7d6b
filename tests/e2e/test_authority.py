"""Authorities in a browser: asked for by one, decided by another, in time; and the inspector who looks on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from leconfield.authority.model import PARTICULARS
from tests.e2e import corridor, house
from tests.e2e.conftest import Seats, Theme
from tests.e2e.corridor import sign_in
from tests.e2e.house import PHONE, WIDE, press
from tests.e2e.test_watching import _sound

PICTURES = os.environ.get("LECONFIELD_E2E_PICTURES", "")


@pytest.fixture(scope="module")
def heather(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The site of the desk, and the agent's id."""
    folder = tmp_path_factory.mktemp("corridor") / "desk"
    agent = corridor.build(folder)
    with house.served(folder) as address:
        yield address, agent


@pytest.fixture
def site(heather: tuple[str, str]) -> str:
    return heather[0]


def applied(page: Page, kind: str, about: str, *, urgent: bool = False, tokens: str = corridor.LABEL) -> None:
    """Fill the form of an application and send it."""
    page.get_by_label("Kind").select_option(kind)
    page.get_by_label("About", exact=True).fill(about)
    for name in PARTICULARS:
        if name != "ground" and (not urgent or name in ("purpose", "conduct")):
            page.locator(f"#field-{name}").fill("As the plan says, and no more than it says.")
    if urgent:
        page.get_by_label("Urgent").check()
    page.get_by_label("Label", exact=True).fill(tokens)
    page.get_by_role("button", name="Apply", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("Somebody else who holds the role decides")


def decided(page: Page, act: str, reason: str = "It is necessary and no more than that.") -> None:
    """Take a step by its link and form."""
    page.locator("#decide").get_by_role("link", name=act).first.click()
    page.get_by_label("Reason", exact=True).fill(reason)
    page.locator("#decide form").get_by_role("button", name=act).click()
    expect(page.locator(".flashes")).to_contain_text("Done")


def test_it_is_asked_for_by_one_decided_by_another_and_cancelled(seat: Seats) -> None:
    rob, huw = sign_in(seat(), "rob"), sign_in(seat(), "huw")
    page = rob.go("/authority")
    press(page, "a")
    page.wait_for_url("**/authority/new")
    applied(page, "directed-surveillance", "lorry-park")
    expect(page.locator("#decide")).to_contain_text("nobody decides on what he applied for")
    expect(page.locator("#decide").get_by_role("link", name="Grant")).to_have_count(0)
    theirs = huw.go(rob.path)
    expect(theirs.locator(".standing-line")).to_contain_text("Asked for")
    decided(theirs, "Grant")
    expect(theirs.locator(".standing-line")).to_contain_text("Live")
    decided(theirs, "Record a review")
    decided(theirs, "Cancel", "The yard is closed.")
    expect(theirs.locator(".standing-line")).to_contain_text("Ended")
    expect(theirs.locator("main")).to_contain_text("The yard is closed.")


def test_one_in_its_last_weeks_is_renewed(seat: Seats) -> None:
    huw = sign_in(seat(), "huw")
    page = huw.go("/authority")
    page.locator("section[aria-label=Due] li", has_text="renew or cancel").get_by_role("link").click()
    before = page.locator(".standing-line").inner_text()
    decided(page, "Renew")
    expect(page.locator(".standing-line")).not_to_have_text(before)
    expect(page.locator("main")).to_contain_text("Renewed")


def test_by_word_of_mouth_it_lives_and_is_written_up(seat: Seats) -> None:
    rob, huw = sign_in(seat(), "rob"), sign_in(seat(), "huw")
    applied(rob.go("/authority/new"), "directed-surveillance", "the-ferry", urgent=True)
    page = huw.go(rob.path)
    expect(page.locator("#decide")).to_contain_text("its particulars are incomplete")
    decided(page, "Grant by word of mouth")
    expect(page.locator(".standing-line")).to_contain_text("write up")
    mine = rob.go(rob.path)
    mine.locator("#decide").get_by_role("link", name="Write it up").click()
    for name in ("necessity", "proportionality", "collateral", "confidential"):
        mine.locator(f"#field-{name}").fill("Written the same night.")
    mine.get_by_label("Reason", exact=True).fill("As it was agreed on the telephone.")
    mine.locator("#decide form").get_by_role("button", name="Write it up").click()
    expect(mine.locator(".standing-line")).not_to_contain_text("write up")
    expect(mine.locator("main")).to_contain_text("Written the same night.")


def test_nobody_authorises_himself_not_even_by_a_form_of_his_own(seat: Seats) -> None:
    huw = sign_in(seat(), "huw")
    applied(huw.go("/authority/new"), "directed-surveillance", "my-own")
    csrf = huw.page.locator("input[name=csrf]").first.get_attribute("value") or ""
    answer = huw.page.request.post(
        f"{huw.site}{huw.path}/grant", form={"csrf": csrf, "reason": "I say so."}, headers={"origin": huw.site}
    )
    assert answer.status == 403
    assert "applied for" in answer.text()
    expect(huw.go(huw.path).locator(".standing-line")).to_contain_text("Asked for")


def test_a_warrant_has_two_locks(seat: Seats) -> None:
    rob, minna, jude = (sign_in(seat(), name) for name in ("rob", "minna", "jude"))
    applied(rob.go("/authority/new"), "intrusive-surveillance", "the-flat")
    page = minna.go(rob.path)
    decided(page, "Grant")
    expect(page.locator(".standing-line")).to_contain_text("Asked for")
    expect(page.locator("#decide")).to_contain_text("takes the role judicial-commissioner")
    page = jude.go(rob.path)
    decided(page, "Approve")
    expect(page.locator(".standing-line")).to_contain_text("Live")


def test_one_that_has_ended_permits_nothing(seat: Seats, heather: tuple[str, str]) -> None:
    rob = sign_in(seat(), "rob")
    page = rob.go("/authority")
    page.locator("section[aria-label=Ended] tr", has_text="expired").get_by_role("link").first.click()
    expect(page.locator(".standing-line")).to_contain_text("Expired")
    page = rob.go(f"/agents/{heather[1]}/vault?do=begin")
    expect(page.get_by_role("button", name="Take off your seal")).to_have_count(0)


def test_steps_are_taken_without_scripts(seat: Seats) -> None:
    rob, huw = sign_in(seat(scripts=False), "rob"), sign_in(seat(scripts=False), "huw")
    applied(rob.go("/authority/new"), "directed-surveillance", "the-quay")
    decided(huw.go(rob.path), "Refuse", "A look at the timetable would do.")
    expect(rob.go(rob.path).locator("main")).to_contain_text("A look at the timetable would do.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(seat: Seats, theme: Theme) -> None:
    huw, odile = sign_in(seat(theme=theme), "huw"), sign_in(seat(theme=theme), "odile")
    one = huw.go("/authority").locator("section[aria-label=Live] tbody a").first.get_attribute("href") or ""
    places = {
        "authority": (huw, "/authority"),
        "authority-new": (huw, "/authority/new"),
        "authority-calendar": (huw, "/authority/calendar"),
        "authority-register": (huw, "/authority/register"),
        "authority-one": (huw, one),
        "authority-cancel": (huw, f"{one}?act=cancel"),
        "oversight": (odile, "/oversight"),
    }
    for size in (WIDE, PHONE):
        for name, (who, path) in places.items():
            who.page.set_viewport_size({"width": size[0], "height": size[1]})
            who.go(path)
            if PICTURES:
                who.page.screenshot(path=Path(PICTURES) / f"{name}-{theme}-{size[0]}.png", full_page=True)
            _sound(who)

"""Officers run a challenge and register a partner by the pages, at a desk and on a telephone, as axe asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.outreach.challenges import service, state
from leconfield.outreach.challenges import service_submissions as reading
from tests.e2e import axe
from tests.e2e.house import PASSWORDS, PHONE, WIDE, Seat, seated, served
from tests.e2e.window_site import SCREENSHOTS, Theme
from tests.outreach.challenges.rooms import KIM, LEE, RUNNER, Hands, Room
from tests.window.briefs import BRIEF, DATES, TITLE

pytestmark = [pytest.mark.long, pytest.mark.browser]
expect.set_options(timeout=20_000)
PASSWORD = "lantern quay"
UNA = replace(RUNNER, roles=RUNNER.roles | {"liaison-officer"})
MARKS = ("5", "3", "4", "2")


def filled(folder: Path) -> tuple[str, str, str]:
    """A desk with a challenge that is over, and one that is open now; their ids, and that of a submission."""
    hands = Hands()
    desk = Desk.create(folder / "desk", hands)
    for each in (UNA, KIM, LEE):
        desk.append(accounts.KEEPER, [accounts.enrolling(each.name, each.persona, PASSWORD, each.tokens, each.roles)])
    room = Room(desk, hands, folder)
    over = room.announced()
    hands.to(20)
    ideas = ("Three hydrophones on one pontoon, and a model that hears a motor above the water.", "Floats that listen.")
    room.comes(*(room.submission(f"House {number}", summary=idea) for number, idea in enumerate(ideas)))
    hands.to(31)
    reading.open_all(desk, room.view(), over)
    one, _ = state.challenges(room.view()).sent_to(over)
    reading.score(desk, room.view(KIM), one.id, marks=MARKS, words="It closes the gap, and costs little.")
    reading.score(desk, room.view(LEE), one.id, marks=("3", "3", "4", "2"), words="Sound, but not shown in rain.")
    hands.at = datetime.fromisoformat("2026-11-10T09:00:00Z")
    room.which = service.plan(desk, room.view(), title=TITLE, dates=DATES)
    room.sealed(service.brief(desk, room.view(), room.which, words=BRIEF))
    service.announce(desk, room.view(), room.which)
    hands.at = datetime.fromisoformat("2026-11-18T09:00:00Z")
    room.comes(room.question("May the sensors stand on a pontoon?"), room.question("Is there a recording?"))
    desk.close()
    return over, room.which, one.id


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, tuple[str, str, str]]]:
    folder = tmp_path_factory.mktemp("challenges")
    ids = filled(folder)
    with served(folder / "desk") as address:
        yield address, ids


@pytest.fixture(autouse=True)
def _passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (UNA, KIM, LEE):
        monkeypatch.setitem(PASSWORDS, each.name, PASSWORD)


def looked_at(seat: Seat, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    seat.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    assert axe.violations(seat) == []
    assert seat.page.evaluate(axe.OVERFLOWING) <= 0


@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["desk", "telephone"])
def test_every_page_of_challenges_is_sound(
    made: tuple[str, tuple[str, str, str]], browser: Browser, size: tuple[int, int], theme: Theme
) -> None:
    address, (over, running, submission) = made
    width, height = size
    look = "desk" if size == WIDE else "phone"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    try:
        seat = seated(context, address)
        seat.sign_in(UNA.name)
        base = "/window/challenges"
        for name, path in {
            "list": base,
            "over": f"{base}/{over}",
            "running": f"{base}/{running}",
            "gap": f"{base}/{running}/gap",
            "submission": f"{base}/submissions/{submission}",
            "partners": "/window/partners",
        }.items():
            seat.go(path)
            looked_at(seat, f"inside-challenges-{name}-{look}")
        assert not seat.complaints
    finally:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_question_is_answered_and_a_partner_gets_his_key(
    made: tuple[str, tuple[str, str, str]], browser: Browser, scripts: bool
) -> None:
    address, (_, running, _) = made
    context = browser.new_context(java_script_enabled=scripts)
    try:
        seat = seated(context, address)
        page = seat.sign_in(UNA.name)
        seat.go(f"/window/challenges/{running}")
        _answer(page, "Is there a recording?" if scripts else "May the sensors stand on a pontoon?")
        seat.go("/window/partners")
        _register(page, "Polizei Bern" if scripts else "Gendarmerie")
        if scripts:
            looked_at(seat, "inside-partners-key-desk")
        page.get_by_role("link", name="I have handed it over").click()
        expect(page.get_by_text("Nothing waits.")).to_be_visible()
        expect(page.locator(".partner-key")).to_have_count(0)
        assert not seat.complaints
    finally:
        context.close()


def _answer(page: Page, asked: str) -> None:
    page.get_by_role("link", name=asked).click()
    page.get_by_label("The answer").fill("Yes. It must not be in the way.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".flashes")).to_contain_text("Answered")


def _register(page: Page, name: str) -> None:
    form = page.get_by_label("Name", exact=True)
    if not form.is_visible():
        page.locator("summary", has_text="Register a partner").click()
    form.fill(name)
    page.get_by_label("Answers").check()
    page.get_by_role("button", name="Register him, and show his key").click()
    expect(page.locator(".partner-key")).to_contain_text("lp1-")

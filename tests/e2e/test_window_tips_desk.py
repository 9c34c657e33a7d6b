"""An officer reads tips, asks back and thanks, by hand and by the keyboard; on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.gate.bundles.boxes import Enclosed
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.e2e import axe
from tests.e2e.house import PASSWORDS, PHONE, WIDE, Seat, seated, served
from tests.e2e.window_site import SCREENSHOTS
from tests.outreach.tips.desks import INTAKE, WHAT, Teller, came

expect.set_options(timeout=20_000)
PASSWORD = "lantern quay"
FILES = (
    Enclosed("note.txt", "text/plain", b"The van was hired in Hull on 12 July 2026."),
    Enclosed("crates.bin", "application/octet-stream", b"\0\1\2"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk with some tips, which officers may visit."""
    folder = tmp_path_factory.mktemp("tips")
    desk = Desk.create(folder / "desk")
    who = INTAKE
    desk.append(accounts.KEEPER, [accounts.enrolling(who.name, who.persona, PASSWORD, who.tokens, who.roles)])
    boxes = [
        Teller().tip(
            WHAT, *FILES, day="2026-08-14", others="few", others_words="the night shift", how="saw", sure="fairly",
            where="Berth 3, behind the ice house", vehicle="grey van, KX19 ABC", contact="0000 111, evenings",
        ),
        Teller().tip("A man in the Anchor said that the ship would be late on purpose.", how="told", sure="unsure"),
        *(Teller().tip(f"Lorries stand on the quay road at night, {each} of them.", day="2026-05-02", others="many")
          for each in range(3, 15)),
    ]  # fmt: skip
    came(desk, folder / "in", *boxes)
    desk.close()
    with served(folder / "desk") as address:
        yield address


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PASSWORDS, INTAKE.name, PASSWORD)


def looked_at(seat: Seat, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    seat.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    assert axe.violations(seat) == []
    assert seat.page.evaluate(axe.OVERFLOWING) <= 0


def _asked(page: Page) -> None:
    page.get_by_label("The question").fill("Can you say more?")
    page.get_by_role("button", name="Have it judged and post it").click()
    expect(page.locator(".flashes")).to_contain_text("The gate let it pass")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["desk", "telephone"])
def test_tips_are_read_where_they_lie(site: str, browser: Browser, password: None, scripts: bool, size, theme) -> None:
    width, height = size
    look = "desk" if size == WIDE else "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, color_scheme=theme
    )
    try:
        seat = seated(context, site)
        page = seat.sign_in(INTAKE.name)
        seat.go("/window/tips")
        expect(page.get_by_role("link", name=WHAT[:40])).to_be_visible()
        if scripts:
            looked_at(seat, f"inside-tips-list-{look}")
        page.get_by_role("link", name=WHAT[:40]).click()
        expect(page.get_by_text("It leads to its teller.")).to_be_visible()
        if scripts:
            looked_at(seat, f"inside-tips-one-{look}")
        page.get_by_label("Why").fill("A reason that is typed before a choice is made.")
        page.get_by_role("button", name="Decide").click()
        expect(page.get_by_role("alert")).to_contain_text("choose what it is for us")
        expect(page.get_by_label("Why")).to_have_value("A reason that is typed before a choice is made.")
        page.get_by_role("link", name="The report, and what it says of whom").click()
        expect(page.get_by_label("Told through the window")).to_contain_text("leads to its teller")
        seat.go("/window/tips/figures")
        expect(page.get_by_role("heading", level=1)).to_have_text("You told us, we did")
        if scripts:
            looked_at(seat, f"inside-tips-figures-{look}")
        assert not [each for each in seat.complaints if "400" not in each]
    finally:
        context.close()


def test_a_question_is_posted_and_thanks_end_it(site: str, browser: Browser, password: None) -> None:
    context = browser.new_context()
    try:
        seat = seated(context, site)
        page = seat.sign_in(INTAKE.name)
        seat.go("/window/tips")
        page.get_by_role("link", name="A man in the Anchor").click()
        _asked(page)
        expect(page.get_by_text("No answer so far")).to_be_visible()
        expect(page.get_by_role("button", name="Have it judged and post it")).to_have_count(0)
        page.get_by_role("button", name="Post thanks").click()
        expect(page.locator(".flashes")).to_contain_text("Thanks are posted")
        page.get_by_label("What is it for us").select_option("known")
        page.get_by_label("Why").fill("The harbour master told us so in May.")
        page.get_by_role("button", name="Decide").click()
        expect(page.get_by_text("The harbour master told us so in May.")).to_be_visible()
    finally:
        context.close()

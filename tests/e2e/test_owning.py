"""The owner at his desk: what the gate asks of him, answered by keyboard, without scripts, by day, night and phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from leconfield.gate.exposure import service
from leconfield.gate.exposure.model import Action, Text
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Reader
from tests.e2e import house
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PASSWORDS, PHONE, WIDE, press
from tests.gate.owning.desks import AGENTS, BEES, KARINA, LIMP, PRIZE, RUNNER, SAID
from tests.gate.worlds import PROFILE, PUBLIC
from tests.ledger.desks import EMMA, filed, look

DRAFTS: Final = (
    (PRIZE, "We answer the telephone at every hour. {}"),
    (SAID, "Nobody here may talk about work at home. {} We thank everybody who has written to us."),
    (f"{SAID} {PRIZE}", "For the story of the month. {}"),
)


@pytest.fixture(scope="module")
def owning_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk at which Emma was refused three drafts, for what Rob holds."""
    folder = tmp_path_factory.mktemp("owning") / "desk"
    desk = Desk.create(folder)
    for each in (EMMA, RUNNER, KARINA):
        desk.append(accounts.KEEPER, [_enrolled(each)])
    filed(desk, RUNNER, LIMP, AGENTS)
    filed(desk, RUNNER, BEES, AGENTS, source="SISKIN")
    later = f"{datetime.now(UTC) + timedelta(days=40):%Y-%m-%d}"  # what happened today has got round by then
    for words, around in DRAFTS:
        text = Text(around.format(words), later, actions=(Action("a search of a van", later),))
        service.answer(desk, look(desk, EMMA), text, PROFILE, PUBLIC)
    desk.close()
    with house.served(folder) as address:
        yield address


def _enrolled(reader: Reader) -> Draft:
    return accounts.enrolling(reader.name, reader.persona, PASSWORDS[reader.name], reader.tokens, reader.roles)


@pytest.fixture
def site(owning_site: str) -> str:
    return owning_site


def cases(page: Page) -> list[str]:
    """The addresses of what waits, the newest first."""
    return [each.get_attribute("data-url") or "" for each in page.locator("tr.gate-waits").all()]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_read_by_everybody(seat: Seats, theme: Theme, size: tuple[int, int]) -> None:
    rob = seat("rob", theme=theme, size=size)
    case = cases(rob.go("/gate"))[0]
    acts = ("", "?act=clear&sentence=3&check=may+rest+on", "?act=reword&sentence=2", "?act=refuse")
    for path in ("/gate", *(f"{case}{each}" for each in acts)):
        page = rob.go(path)
        assert violations(rob) == [], path
        assert page.evaluate(OVERFLOWING) <= 0, path


def test_an_owner_clears_by_keyboard_and_what_is_left_stays_open(seat: Seats) -> None:
    rob = seat("rob")
    page = rob.go("/gate")
    waiting = len(cases(page))
    press(page, "j")
    press(page, "j")
    press(page, "j")
    press(page, "o")
    expect(page.locator("h1")).to_contain_text("A draft by emma")
    expect(page.locator(".gate-line.amber")).to_contain_text("may rest on SISKIN")
    press(page, "c")
    page.get_by_label("What you know better").fill("The prize was in every garden column.")
    page.get_by_role("button", name="Clear it, in your name").click()
    expect(page.get_by_text("It counts for this draft alone")).to_be_visible()
    expect(page.locator(".gate-line.amber")).to_have_count(0)
    assert len(cases(rob.go("/gate"))) == waiting - 1


def test_an_owner_rewords_without_scripts_and_sees_the_verdict_before_it_crosses(seat: Seats) -> None:
    rob = seat("rob", scripts=False)
    page = rob.go("/gate")
    page.locator("tr", has_text="Nobody here may talk").get_by_role("link").click()
    page.locator(".gate-line", has_text="The man limps").get_by_role("link", name="Reword").click()
    page.get_by_label("Instead of this sentence").fill("One of them was once hurt at work.")
    page.get_by_label("Why so").fill("The foot would name him.")
    page.get_by_role("button", name="See its verdict").click()
    expect(page.get_by_text("Nothing has crossed yet")).to_be_visible()
    page.get_by_role("button", name="Hand it to the author").click()
    expect(page.get_by_text("The wording is handed to the author")).to_be_visible()


def test_an_owner_sees_what_a_note_on_knowers_changes_and_then_refuses(seat: Seats) -> None:
    rob = seat("rob")
    page = rob.go("/gate")
    page.locator("tr", has_text="For the story of the month").get_by_role("link").click()
    page.locator(".gate-line.red").get_by_role("link", name="Who else knew").click()
    page.get_by_label("Who, besides the source").fill("the yard|12")
    page.get_by_role("button", name="See what it changes").click()
    expect(page.get_by_role("status")).to_contain_text("13 people could have known it instead of 1")
    page.get_by_role("link", name="Not now").click()
    expect(page.get_by_label("Who, besides the source")).to_have_count(0)
    press(page, "f")
    page.get_by_label("Why, for those who hold what you do").fill("He would be known by his foot.")
    page.get_by_role("button", name="Refuse it").click()
    expect(page.get_by_text("The author is told that, and no more.")).to_be_visible()


def test_whoever_holds_something_else_is_asked_nothing(seat: Seats) -> None:
    page = seat("karina").go("/gate")
    expect(page.get_by_role("heading", name="The gate asks nothing of you")).to_be_visible()

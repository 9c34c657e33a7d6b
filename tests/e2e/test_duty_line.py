"""The duty line at three in the morning: a roster made and changed, an alarm taken and answered with one thumb."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from leconfield.agents import safety
from leconfield.agents.safety import DUTY_LINE
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from leconfield.staff import service
from tests.e2e import house
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PASSWORDS, PHONE, WIDE, Seat

PERSONAS: Final = {"rob": "Rob, agent runner", "emma": "Emma, investigator", "karina": "Karina, section head"}
OTHERS: Final = ("ann", "ben", "cat", "dan", "eve", "fay", "gus", "hal", "ida")
AWAKE: Final = ("day", "evening", "night")
PAGES: Final = (
    "/duty",
    "/duty?do=hand-over",
    "/duty/roster",
    "/duty/people",
    "/duty/people?do=put",
    "/duty/known",
    "/duty/calendar",
)


@pytest.fixture(scope="module")
def duty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk with twelve on its line, two of whom sign in, and somebody who should have called ten minutes ago."""
    folder = tmp_path_factory.mktemp("duty") / "desk"
    _prepare(folder)
    with house.served(folder) as address:
        yield address


def _prepare(folder: Path) -> None:
    earlier = datetime.now(UTC) - timedelta(hours=1)
    desk = Desk.create(folder, lambda: earlier)
    for name, persona in PERSONAS.items():
        held = {"S", "HEATHER"} if name == "rob" else {"S", DUTY_LINE}
        desk.append(accounts.KEEPER, [accounts.enrolling(name, persona, PASSWORDS[name], held, ())])
    view = desk.view(desk.reader("karina"), asking=Question("prepare"))
    for name in ("karina", "emma", *OTHERS):
        persona = PERSONAS.get(name, f"{name.title()}, officer")
        duties = (*AWAKE, "second", "controller") if name in ("karina", *OTHERS[:4]) else (*AWAKE, "second")
        service.put_on(desk, view, who=name, persona=persona, duties=duties, reach="ext 4417")
    out = desk.view(desk.reader("rob"), asking=Question("prepare"))
    due = (earlier + timedelta(minutes=50)).isoformat()
    safety.set_timer(desk, out, due=due, label="HEATHER", words="out in town, back before the last train")
    desk.close()


@pytest.fixture
def site(duty_site: str) -> str:
    return duty_site


def _sound(seat: Seat, at: str) -> None:
    assert violations(seat) == [], at
    assert seat.page.evaluate(OVERFLOWING) <= 0, at


def _made(page: Page, site: str) -> None:
    today = datetime.now(UTC).date().isoformat()
    page.goto(f"{site}/duty/roster/new?first={today}")
    page.get_by_role("button", name="Make a roster").click()
    accept = page.get_by_role("button", name="Accept this roster")
    accept.wait_for(timeout=120_000)
    accept.click()
    page.wait_for_url("**/duty/roster**")


def test_a_roster_is_made_a_turn_changes_and_an_alarm_is_answered(seat: Seats, site: str, tmp_path: Path) -> None:
    karina = seat("karina", size=PHONE, theme="dark")
    page = karina.page
    _made(page, site)
    expect(page.get_by_text("The roster stands.")).to_be_visible()
    _sound(karina, "roster")
    _stand_in(karina)
    _alarm(karina, tmp_path)


def _stand_in(karina: Seat) -> None:
    """Swap by hand: somebody is sick, his turn stands open in red, and another fills it."""
    page = karina.page
    working = _working_on_the_last(page)
    page.locator(".roster-month a", has_text="evening").last.click()
    page.get_by_label("How", exact=True).select_option("sick")
    page.get_by_label("Reason").fill("flu")
    page.get_by_role("button", name="Change the turn").click()
    gap = page.locator(".roster-month .gap a")
    expect(gap).to_have_count(1)
    gap.click()
    _sound(karina, "turn")
    page.get_by_label("How", exact=True).select_option("stand-in")
    free = next(name for name in OTHERS if f"{name.title()}, officer" not in working)
    page.get_by_label("Who has it then").select_option(label=f"{free.title()}, officer")
    page.get_by_label("Reason").fill("he offered")
    page.get_by_label("Why it stands").fill("nobody else can come")
    page.get_by_role("button", name="Change the turn").click()
    expect(page.get_by_text("The turn is changed.")).to_be_visible()


def _working_on_the_last(page: Page) -> str:
    """Who has a turn on the day of the last evening or the one before.

    The roster begins today, so who is free then hangs on the day on which this runs.
    """
    days = page.locator(".roster-month td:not(.beside)")
    with_turn = [at for at, day in enumerate(days.all()) if day.locator("a", has_text="evening").count()]
    last = with_turn[-1]
    return " ".join(days.nth(at).inner_text() for at in (max(last - 1, 0), last))


def _alarm(karina: Seat, pictures: Path) -> None:
    page = karina.go("/duty")
    _sound(karina, "alarm")
    page.screenshot(path=pictures / "alarm-390-dark.png")
    alarm = page.locator(".alarm", has_text="Rob, agent runner has not called in")
    take = alarm.get_by_role("button", name="I take it")
    box = take.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    take.click()
    expect(page.get_by_text("It is yours.")).to_be_visible()
    _sound(karina, "taken")
    page.emulate_media(color_scheme="light")
    page.screenshot(path=pictures / "taken-390-light.png")
    page.emulate_media(color_scheme="dark")
    page.get_by_role("link", name="Say what was done").click()
    page.get_by_label("What was done?").fill("Rang him: a flat battery. He is home.")
    page.get_by_role("button", name="It is answered").click()
    expect(page.get_by_text("Nothing alarms.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_each_page_is_sound_in_both_themes_and_sizes(
    seat: Seats, size: tuple[int, int], theme: Theme, tmp_path: Path
) -> None:
    emma = seat("emma", size=size, theme=theme)
    for number, path in enumerate(PAGES):
        emma.go(path)
        _sound(emma, path)
        emma.page.screenshot(path=tmp_path / f"{number}-{size[0]}-{theme}.png", full_page=True)


def test_without_scripts_the_line_is_worked_all_the_same(seat: Seats) -> None:
    emma = seat("emma", scripts=False, size=PHONE)
    page = emma.go("/duty")
    page.get_by_role("link", name="Write the handover note").click()
    page.get_by_label("What must whoever comes next know?").fill("All calm; the east gate sticks.")
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("the east gate sticks")).to_be_visible()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="Duty line")).to_be_visible()


def test_whoever_is_not_on_the_line_sees_his_own_alarms_alone(seat: Seats) -> None:
    rob = seat("rob", size=PHONE)
    page = rob.go("/duty")
    expect(page.get_by_text("You are not on the duty line")).to_be_visible()
    _sound(rob, "off the line")

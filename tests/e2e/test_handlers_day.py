"""A handler's day in a browser: a week that clashes is planned, mended and accepted, printed, and he calls in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from leconfield.agents import safety, week
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from tests.agents.wardrobes import BESIDE, HANDLER, TEAM, team
from tests.e2e import house
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PASSWORDS, PHONE, WIDE, Seat

SAFE, DURESS = "blackbird", "chimney"
SLOW: Final = 60_000
"""Milliseconds for the first paper of a process, which opens its fonts, on a busy machine."""
LINE = Reader("dora", "Dora, duty officer", frozenset({"O", safety.DUTY_LINE}))
MONDAY = week.monday_of((datetime.now(UTC) + timedelta(days=8)).date().isoformat())
"""Of a week that has not begun: what has begun is not planned."""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def teams_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a handler team, its agents and its wardrobe, and nothing wished for."""
    folder = tmp_path_factory.mktemp("team") / "desk"
    desk = Desk.create(folder)
    enrolled = [
        accounts.enrolling(each.name, each.persona, PASSWORDS["rob"], each.tokens, ()) for each in (HANDLER, BESIDE)
    ]
    desk.append(accounts.KEEPER, enrolled)
    team(desk, now)  # type: ignore[arg-type]  # any clock will do
    safety.enrol_words(desk, desk.view(HANDLER, asking=Question("work")), safe=SAFE, duress=DURESS)
    desk.close()
    return folder


@pytest.fixture(scope="module")
def teams_site(teams_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served") / "desk"
    shutil.copytree(teams_desk, folder)
    with house.served(folder) as address:
        yield address


@pytest.fixture
def site(teams_site: str) -> str:
    return teams_site


def wish(page: Page, agent: str, place: str) -> None:
    """Fill in the planner's form: an hour on Monday morning, as the teacher."""
    if not page.get_by_label("Agent", exact=True).is_visible():
        page.get_by_text("Wish for a meeting").first.click()
    page.get_by_label("Agent", exact=True).select_option(label=agent)
    page.get_by_label("Place", exact=True).select_option(label=place)
    page.get_by_label("His own hours, UTC").fill("mon 10:00-12:00")
    page.get_by_label("As whom").select_option(label="teacher")
    page.get_by_role("button", name="Wish for it").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_week_that_clashes_is_mended_accepted_and_printed(seat: Seats, tmp_path: Path, *, scripts: bool) -> None:
    monday = MONDAY if scripts else week.monday_of((now() + timedelta(days=15)).date().isoformat())
    agents = ("HEATHER", "THISTLE")
    rob = seat("rob", scripts=scripts)
    page = rob.go(f"/week?monday={monday}")
    for agent, place in zip(agents, ("Duck pond", "Fish quay"), strict=True):
        wish(page, agent, place)
    if not scripts:
        _another_coat(rob)
        page = rob.go(f"/week?monday={monday}")
    _ready(page)
    assert page.get_by_role("heading", name="This week cannot be kept").is_visible()
    page.get_by_role("button", name="Move meet A to Tuesday").click()
    _ready(page)
    assert page.get_by_role("button", name="Move it back by 1 day").is_visible()
    page.get_by_role("button", name="Accept this plan").click()
    _ready(page)
    assert page.get_by_role("heading", name="Plan, accepted").is_visible()
    with page.expect_download(timeout=SLOW) as loading:
        page.get_by_role("link", name="Your plan on paper").click(timeout=SLOW)
    kept = tmp_path / "plan.pdf"
    loading.value.save_as(kept)
    text = "\n".join(each.extract_text() for each in PdfReader(kept).pages)
    assert "51.5074 N, 0.1278 W" in text
    named = (*agents, "rob", "Rob", "sid", "Sid", "pond", "quay", "teacher", "plumber", "coat", TEAM, "SEQUIN")
    assert not [each for each in named if each.casefold() in text.casefold()]
    rob.go("/safety")
    assert page.get_by_text("Out, as planned.").first.is_visible()


def _ready(page: Page) -> None:
    """Look again, as the page says, until the planner is done: on a busy machine it is not at once."""
    page.wait_for_load_state()
    for _ in range(60):
        if not page.get_by_role("link", name="Look again").count():
            return
        page.reload()


def _another_coat(rob: Seat) -> None:
    """The one coat was seen in the week before by both: one more that fits, but one only, so that the week clashes."""
    page = rob.go("/wardrobe")
    page.get_by_text("Keep a garment").first.click()
    page.get_by_label("What it is").fill("green coat")
    page.get_by_role("checkbox", name="teacher").check()
    page.get_by_label("Where it lies").fill("locker 5")
    page.get_by_role("button", name="Keep a garment").click()
    page.wait_for_load_state()
    assert page.get_by_role("rowheader", name="green coat").is_visible()


def test_safe_and_duress_are_answered_in_the_same_bytes(browser: Browser, teams_desk: Path, tmp_path: Path) -> None:
    """The same call on two copies of one desk, with the one word and with the other."""
    desk = Desk.open(teams_desk)
    due = (now() + timedelta(hours=2)).isoformat()
    view = desk.view(HANDLER, asking=Question("work"))
    safety.set_timer(desk, view, due=due, label=TEAM, words="Back by bus.")
    desk.close()
    told = [_called(browser, teams_desk, tmp_path / word, word) for word in (SAFE, DURESS)]
    assert told[0][0] == told[1][0]
    assert [alarms for _, alarms in told] == [0, 1]


def _called(browser: Browser, desk_of: Path, folder: Path, word: str) -> tuple[list[str], int]:
    """What the browser was answered when he called with that word; and how many alarms the line then has."""
    shutil.copytree(desk_of, folder)
    answers: list[str] = []
    with ExitStack() as stack:
        address = stack.enter_context(house.served(folder))
        context = stack.enter_context(browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}))
        rob = house.seated(context, address)
        rob.sign_in("rob")
        page = rob.go("/safety")
        page.get_by_label("Your word").first.fill(word)
        with page.expect_response("**/safety/call") as answered, page.expect_navigation(url="**/safety"):
            page.get_by_role("button", name="I am safe").click()
        sent = answered.value
        headers = {name: each for name, each in sent.headers.items() if name not in ("date", "set-cookie")}
        answers += [str(sent.status), str(headers), _plain(page.content())]
        rob.go("/safety")
        answers.append(_plain(page.content()))
    desk = Desk.open(folder)
    alarms = safety.alarms(desk.view(LINE, asking=Question("alarms")))
    desk.close()
    return answers, len(alarms)


def _plain(page: str) -> str:
    """A page without its session's token and without the minute at which it was made."""
    page = re.sub(r'name="csrf" value="[^"]*"', "", page)
    page = re.sub(r"ended \d+ \w+ \d{4}, \d\d:\d\d", "ended", page)
    return re.sub(r"printed by rob on [^<]* UTC", "printed", page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_nothing_stands_against_the_pages_and_none_is_wider_than_the_window(
    seat: Seats, size: tuple[int, int], theme: Theme
) -> None:
    rob = seat("rob", size=size, theme=theme)
    for path in (f"/week?monday={MONDAY}", "/week?monday=2026-01-05", "/wardrobe", "/safety"):
        rob.go(path)
        rob.page.wait_for_load_state("networkidle")
        assert violations(rob) == []
        assert rob.page.evaluate(OVERFLOWING) == 0


def test_the_button_is_large_enough_for_a_thumb(seat: Seats) -> None:
    rob = seat("rob", size=PHONE, scripts=False)
    page = rob.go("/safety")
    page.get_by_label("By when you call (UTC)").last.fill((now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("A few words").fill("Back by bus.")
    page.get_by_role("button", name="Set it").click()
    page.wait_for_load_state()
    box = page.get_by_role("button", name="I am safe").first.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 300
    page.get_by_label("Your word").first.fill("wheelbarrow")
    page.get_by_role("button", name="I am safe").first.click()
    assert page.get_by_text("that is not your word; say it again").is_visible()
    assert "wheelbarrow" not in page.content()
    rob.complaints.clear()

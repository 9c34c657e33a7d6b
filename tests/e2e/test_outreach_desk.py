"""The editor's desk at a browser: by keys, without scripts, on a phone; axe on each page."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, expect

from leconfield import app
from leconfield.gate.release import service
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.outreach import mending
from leconfield.outreach.orders import issue
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.house import PHONE, WIDE, Seat, press, seated
from tests.gate.release.rooms import OFFICER, POST, Gate
from tests.ledger.desks import look
from tests.noninterference.desks import PASSWORD, cheap_passwords
from tests.outreach.house import LABEL, SENDER, kept, published

pytestmark = [pytest.mark.long, pytest.mark.browser]
STORY = b"## What we saw\n\nWe watched a bakery for a week.\n\n* one loaf\n* another\n\n~ March 1944: the first loaf.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str]]:
    """A desk with something in every group of the queue, and a story that can be corrected."""
    place = tmp_path_factory.mktemp("editors")
    with kept(place / "desk") as desk, cheap_passwords():
        enrolling = accounts.enrolling(SENDER.name, SENDER.persona, PASSWORD, SENDER.tokens, SENDER.roles)
        desk.append(accounts.KEEPER, [enrolling])
        waiting = service.draft(desk, look(desk, OFFICER), "story", "public", POST, label=LABEL, title="A winter")
        service.check(desk, look(desk, OFFICER), waiting, Gate())
        service.draft(desk, look(desk, SENDER), "post", "public", POST, label=LABEL, title="An open day")
        published(desk, title="Answers on languages", embargo="2026-03-27T09:00:00Z", publish=False)
        story = published(desk, {"text.txt": ("text/plain", STORY)}, form="story", title="A bakery")
        mending.begin(desk, look(desk, SENDER), story, mending.How.CORRECTION, "It was a mill.")
        assert desk.folder is not None
        spool = f'format = 1\n[spool]\nto = "{place}/out"\nfrom = "{place}/in"\naside = "{place}/aside"\n'
        (desk.folder / "outreach.toml").write_text(spool)
        yield desk, story


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The site of a desk, on a free port; its address."""
    server = uvicorn.Server(uvicorn.Config(app.site(desk), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)  # uvicorn says that it is ready in no other way
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def sat(browser: Browser, address: str, *, scripts: bool = True, scheme: str = "light") -> Iterator[Seat]:
    """The editor at a browser, signed in; the console stays calm."""
    context = browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]},
        java_script_enabled=scripts,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    seat = seated(context, address)
    page = seat.go("/sign-in")
    page.get_by_label("Name").fill(SENDER.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/reports")
    yield seat
    context.close()
    assert seat.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_the_desk_and_it_fits_a_phone(
    browser: Browser, folder: tuple[Desk, str], scheme: str
) -> None:
    desk, story = folder
    paths = ("", "/calendar?month=2026-03", "/queue", f"/released/{story}", "/crossing")
    with served(desk) as address, sat(browser, address, scheme=scheme) as seat:
        for path in paths:
            seat.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
            seat.go(f"/window{path}")
            assert violations(seat) == [], path
            seat.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            assert seat.page.evaluate(OVERFLOWING) == 0, path


def test_the_desk_is_walked_by_the_keyboard(browser: Browser, folder: tuple[Desk, str]) -> None:
    with served(folder[0]) as address, sat(browser, address) as seat:
        page = seat.go("/window")
        press(page, "j")
        press(page, "o")
        page.wait_for_url("**/releases/**")
        seat.go("/window")
        press(page, "c")
        page.wait_for_url("**/window/crossing")
        page = seat.go("/window/calendar?month=2026-03")
        press(page, "f")
        page.wait_for_url("**/window/calendar?month=2026-04")
        press(page, "g")
        press(page, "z")
        page.wait_for_url("**/window")


def test_without_scripts_a_story_crosses_is_corrected_and_taken_back(browser: Browser, tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk, cheap_passwords():
        enrolling = accounts.enrolling(SENDER.name, SENDER.persona, PASSWORD, SENDER.tokens, SENDER.roles)
        desk.append(accounts.KEEPER, [enrolling])
        story = published(desk, {"text.txt": ("text/plain", STORY)}, form="story", title="A bakery")
        assert desk.folder is not None
        (desk.folder / "outreach.toml").write_text(f'format = 1\n[spool]\nto = "{tmp_path}/out"\n')
        with served(desk) as address, sat(browser, address, scripts=False) as seat:
            page = seat.go("/window/crossing")
            page.get_by_role("button", name="Let it cross").click()
            expect(page.get_by_text("All that the window is to have has crossed.")).to_be_visible()
            page = seat.go(f"/window/released/{story}")
            page.get_by_label("What was wrong, and what is right").fill("It was a mill.")
            page.get_by_role("button", name="Begin the correction").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("Correction: A bakery")
            page = seat.go(f"/window/released/{story}")
            page.get_by_label("Why, for us").fill("It names a man.")
            page.get_by_label("What readers are told").fill("It named somebody who had no part.")
            page.get_by_role("button", name="Take it back").click()
            expect(page.get_by_text("Story, withdrawn")).to_be_visible()


def test_while_everything_is_stopped_every_page_says_so(browser: Browser, folder: tuple[Desk, str]) -> None:
    desk, _ = folder
    issue(desk, look(desk, SENDER), "stop", "all", {"on": 1}, "O&PRESSROOM")
    with served(desk) as address, sat(browser, address) as seat:
        for path in ("", "/queue", "/rounds", "/tips", "/partners"):
            seat.go(f"/window{path}")
            expect(seat.page.get_by_text("Everything is stopped.")).to_be_visible()
        assert violations(seat) == []

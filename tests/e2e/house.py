"""One demo desk on a real address, and officers who sit down at it with a browser."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import uvicorn
from playwright.sync_api import BrowserContext, Page

from leconfield import app
from leconfield.demo.build import ARCHIVE, fill
from leconfield.demo.case import read_case
from leconfield.intake import commands
from leconfield.ledger.desk import Desk
from tests.examples.sequin import FOLDER
from tests.shared import SHARED

PASSWORDS: Final = {"rob": "copper kettle", "emma": "paper boat", "karina": "orchard gate"}
NEWS: Final = SHARED / "data" / "muc3" / "texts"
"""Where the real news reports are, on machines that have them."""
NEWS_TAKEN: Final = 60
WIDE: Final = (1440, 900)
PHONE: Final = (390, 844)


def news() -> list[Path]:
    """About sixty of the real reports, spread over all of them; none where they are not."""
    everything = sorted(each for each in NEWS.rglob("*") if each.is_file()) if NEWS.is_dir() else []
    step = max(1, len(everything) // NEWS_TAKEN)
    return everything[::step][:NEWS_TAKEN]


def build(folder: Path) -> None:
    """The demo desk in the folder: Operation SEQUIN and some real news.

    With `LECONFIELD_E2E_DESK` set, a copy of the desk in that folder, so that pages can be worked on without the wait.
    """
    ready = os.environ.get("LECONFIELD_E2E_DESK", "")
    if ready:
        shutil.copytree(ready, folder, dirs_exist_ok=True)
        return
    case = read_case(FOLDER)
    desk = Desk.create(folder)
    with redirect_stderr(StringIO()):
        fill(desk, case)
        if news():
            commands.run(desk, case.users[0].name, news(), ARCHIVE, quiet=True)
    desk.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The site of the desk in the folder, on a free port of this machine; its address."""
    desk = Desk.open(folder)
    server = uvicorn.Server(uvicorn.Config(app.site(desk), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)  # uvicorn says that it is ready in no other way
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        desk.close()


def press(page: Page, key: str) -> None:
    """Press a key once the page is there: before its script listens, no page hears one."""
    page.wait_for_load_state()
    page.keyboard.press(key)


@dataclass(slots=True)
class Seat:
    """A browser at which somebody sits; it keeps every complaint of the console."""

    page: Page
    site: str
    complaints: list[str]

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.site + path)
        return self.page

    def sign_in(self, name: str) -> Page:
        """Sign in by the form, as that officer."""
        self.go("/sign-in")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORDS[name])
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/reports")
        return self.page

    @property
    def path(self) -> str:
        """Where the browser is."""
        return urlsplit(self.page.url).path

    def h1(self) -> str:
        """What the page calls itself."""
        return self.page.locator("h1").inner_text().strip()


def seated(context: BrowserContext, site: str) -> Seat:
    """Somebody at a browser, not yet signed in."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    return Seat(page, site, complaints)

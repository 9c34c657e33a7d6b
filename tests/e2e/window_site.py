"""A window on a real address, readers who come to it with a browser, and what WCAG 2.2 AA asks of every page.

with served(tmp_path) as place:
    place.house.release("story", "Words.", title="A tale")
    with reader(browser, place, scripts=False, size=PHONE, theme="dark") as page:
        page.goto(place.address + "/stories")
checked(page)     # axe, and our own tests for what axe has no rule for; the page needs scripts
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import uvicorn
from playwright.sync_api import Browser, Page

from leconfield.window.site.app import application
from tests.e2e.axe import AXE, OVERFLOWING, RULES
from tests.window.houses import House, house

WIDE: Final = (1440, 900)
PHONE: Final = (390, 844)
SMALLEST: Final = 320
"""Pixels: 1280 at 400 % (WCAG 1.4.10)."""
LEAST_TARGET: Final = 24
Theme = Literal["light", "dark"]
_OURS: Final = Path(__file__).with_name("window_wcag.js")
SCREENSHOTS: Final = Path(__file__).resolve().parents[2] / "screenshots" / "window"


@dataclass(frozen=True, slots=True)
class Place:
    """A window that is being served."""

    house: House
    address: str


@contextmanager
def served(folder: Path, toml: str = "") -> Iterator[Place]:
    """A fresh window in the folder, served on a free port of this machine; its clock is the house's."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    made = house(folder, toml=toml, url=address)
    settings = uvicorn.Config(application(made.window), port=port, log_level="critical", access_log=False)
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)  # uvicorn says that it is ready in no other way
    try:
        yield Place(made, address)
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def reader(
    browser: Browser, *, scripts: bool = True, size: tuple[int, int] = WIDE, theme: Theme = "light", zoom: float = 1
) -> Iterator[Page]:
    """A page of a browser; at the end its console must have had nothing to complain of, and it must hold no cookie."""
    width, height = (round(each / zoom) for each in size)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=scripts,
        color_scheme=theme,
        reduced_motion="reduce",
        device_scale_factor=zoom,
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda said: complaints.append(f"{page.url}: {said.text}") if _bad(said.type, said.text) else None
    )
    try:
        yield page
        cookies = context.cookies()
    finally:
        context.close()
    assert not complaints, complaints
    assert cookies == [], cookies


def _bad(kind: str, text: str) -> bool:
    """What the console complains of; that an answer was an error (404, 410, 422) is what some tests are after."""
    return kind == "error" and "status of 4" not in text


def shot(page: Page, name: str) -> None:
    """A picture of the whole page, to be looked at: screenshots/window/NAME.png."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for picture in page.locator("img[loading=lazy]").all():
        picture.scroll_into_view_if_needed()
    page.evaluate("() => window.scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def checked(page: Page) -> None:
    """Have axe and our own tests say nothing against the page as it stands; scripts must be on."""
    faults = violations(page) + wcag(page)
    assert not faults, f"{page.url}: {faults}"


def violations(page: Page) -> list[str]:
    """What axe has against the page, laid out so tall that no sticky bar covers what it measures."""
    assert AXE.exists(), "axe-core is not installed; run make setup"
    before = page.viewport_size or {"width": WIDE[0], "height": WIDE[1]}
    tall = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": before["width"], "height": max(before["height"], tall)})
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", RULES)
    page.set_viewport_size(before)
    return [f"axe {each['id']}: {node['html'][:160]}" for each in result["violations"] for node in each["nodes"]]


def wcag(page: Page) -> list[str]:
    """What WCAG 2.2 asks at level AA and axe has no rule for."""
    return [
        *focus_faults(page),
        *(f"2.5.7 to drag: {each}" for each in _asked(page, "dragged")),
        *(f"2.5.8 target under {LEAST_TARGET} px: {each}" for each in _asked(page, "small", LEAST_TARGET)),
        *(f"3.3.8 cannot paste into: {each}" for each in _asked(page, "unpastable")),
        *help_faults(page),
        *reflow_faults(page),
    ]


def _asked(page: Page, name: str, argument: object = None) -> Any:
    """What one of the functions of `window_wcag.js` says of the page."""
    return page.evaluate(f"(argument) => ({_OURS.read_text(encoding='utf-8')})().{name}(argument)", argument)


def focus_faults(page: Page) -> list[str]:
    """2.4.11: whatever has the focus on the way through the page by keyboard can be seen, and its focus shows."""
    _asked(page, "begin")
    faults: list[str] = []
    for _ in range(250):
        page.keyboard.press("Tab")
        found = _asked(page, "focused")
        if found is None:
            break
        if found:
            faults.append(found)
    return faults


def help_faults(page: Page) -> list[str]:
    """3.2.6: help is the first link of the foot of every page, wherever one is."""
    first = page.locator("footer.site-footer a").first
    href = first.get_attribute("href") or ""
    return [] if href.endswith("/contact") else [f"3.2.6 the first link of the footer is {href}, not the help"]


def reflow_faults(page: Page) -> list[str]:
    """1.4.10 and 1.4.4: nothing is to be scrolled sideways at 320 pixels, nor at twice the size."""
    before = page.viewport_size or {"width": WIDE[0], "height": WIDE[1]}
    faults = []
    for width in (SMALLEST, before["width"] // 2 if before["width"] > 2 * SMALLEST else SMALLEST):
        page.set_viewport_size({"width": width, "height": before["height"]})
        over = int(page.evaluate(OVERFLOWING))
        if over > 0:
            faults.append(f"1.4.10 {over} pixels too wide at {width}: {_asked(page, 'widest', width)}")
    page.set_viewport_size(before)
    return faults

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
    """A page of a browser; at the end its console must have had nothing to complain of, and nothing come from elsewhere."""
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
    page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if _bad(said.type, said.text) else None)
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
        *(f"2.5.7 to drag: {each}" for each in page.evaluate(_DRAGGED)),
        *(f"2.5.8 target under {LEAST_TARGET} px: {each}" for each in page.evaluate(_SMALL, LEAST_TARGET)),
        *(f"3.3.8 cannot paste into: {each}" for each in page.evaluate(_UNPASTABLE)),
        *help_faults(page),
        *reflow_faults(page),
    ]


def focus_faults(page: Page) -> list[str]:
    """2.4.11: whatever has the focus on the way through the page by keyboard can be seen, and its focus shows."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); window.__seen = new Set(); }")
    faults: list[str] = []
    for _ in range(250):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
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
            faults.append(f"1.4.10 {over} pixels too wide at {width}: {page.evaluate(_WIDEST, width)}")
    page.set_viewport_size(before)
    return faults


_FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  if (window.__seen.has(it)) return null;
  window.__seen.add(it);
  const rect = it.getBoundingClientRect();
  const name = it.outerHTML.slice(0, 120);
  const places = [0.1, 0.5, 0.9].flatMap(x => [0.15, 0.5, 0.85].map(y => [rect.left + rect.width * x, rect.top + rect.height * y]));
  const seen = places.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (it === top || it.contains(top) || top.contains(it) || (it.labels && [...it.labels].some(l => l.contains(top))));
  });
  if (!seen) return `2.4.11 hidden while it has the focus: ${name}`;
  const label = it.labels?.[0];
  const shows = [it, label && getComputedStyle(label, "::before"), getComputedStyle(it, "::after")].some(each => {
    if (!each) return false;
    const style = each instanceof Element ? getComputedStyle(each) : each;
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  return shows ? "" : `2.4.7 its focus does not show: ${name}`;
}"""
_DRAGGED = """() => [...document.querySelectorAll('[draggable="true"], input[type=range], [ondrag], [ondragstart]')]
  .map(each => each.outerHTML.slice(0, 120))"""
_SMALL = """(least) => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter(each => {
    const rect = each.getBoundingClientRect();
    if (!rect.width || !rect.height || each.closest(".ticket__trap, .govuk-visually-hidden, .govuk-skip-link")) return false;
    if (rect.width >= least && rect.height >= least) return false;
    const around = getComputedStyle(each).display.startsWith("inline") ? each.parentElement : null;
    if (around && around.textContent.trim().length > each.textContent.trim().length) return false;
    const middle = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    const others = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
    return others.some(other => {
      if (other === each) return false;
      const its = other.getBoundingClientRect();
      if (!its.width || !its.height) return false;
      const x = Math.max(its.left - middle[0], 0, middle[0] - its.right);
      const y = Math.max(its.top - middle[1], 0, middle[1] - its.bottom);
      return Math.hypot(x, y) < least / 2;
    });
  }).map(each => each.outerHTML.slice(0, 120))"""
_UNPASTABLE = """() => [...document.querySelectorAll("input:not([type=hidden]):not([type=file]), textarea")]
  .filter(each => {
    const paste = new ClipboardEvent("paste", {bubbles: true, cancelable: true});
    each.dispatchEvent(paste);
    return paste.defaultPrevented || each.type === "password";
  }).map(each => each.outerHTML.slice(0, 120))"""
_WIDEST = """(width) => [...document.querySelectorAll("main *, header *, footer *, section *")]
  .filter(each => each.getBoundingClientRect().right > width + 1).slice(0, 3).map(each => each.outerHTML.slice(0, 100))"""

"""What axe has to say against a page; it comes with `make setup`, and without it nothing here is proved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.e2e.house import WIDE, Seat

AXE: Final = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS: Final = ["color-contrast", "link-in-text-block"]
"""The rules on what a theme changes: the words and marks of a page are the same in both."""
OVERFLOWING: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how much the page is wider than the window, in pixels."""


def violations(seat: Seat, rules: Sequence[str] = RULES) -> list[dict[str, Any]]:
    """What rules of those tags or names find in the page, laid out so tall that no bar covers what they measure."""
    assert AXE.exists(), "axe-core is not installed; run make setup"
    before = seat.page.viewport_size or {"width": WIDE[0], "height": WIDE[1]}
    tall = int(seat.page.evaluate("document.documentElement.scrollHeight"))
    seat.page.set_viewport_size({"width": before["width"], "height": max(before["height"], tall)})
    seat.page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = seat.page.evaluate("(tags) => axe.run(document, {runOnly: tags})", list(rules))
    seat.page.set_viewport_size(before)
    return list(result["violations"])

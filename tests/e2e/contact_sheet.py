"""Shoots every page at two widths, by day and by night, and lays the pictures out on one sheet to be looked at.

python -m tests.e2e.contact_sheet OUT [--only NAME ...]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page

from tests.e2e import house, worked
from tests.e2e.rooms import rooms
from tests.web.browser import chromium

Theme = Literal["light", "dark"]
WIDTHS: Final = {"wide": house.WIDE, "phone": house.PHONE}
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
SETTLING: Final = 2000
"""Milliseconds that a drawing is given to come to rest."""
TALLEST: Final = 2600
"""Pages are cut there (pixels): the sheet is for looking at, not for reading to the end."""


def shoot(browser: Browser, site: str, out: Path, only: list[str], themes: tuple[Theme, ...]) -> list[Path]:
    """A picture of every page in every width and theme; the paths of the pictures."""
    made = []
    for width, size in WIDTHS.items():
        for theme in themes:
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
            seat = house.seated(context, site)
            made.append(_picture(seat.go("/sign-in"), out / f"sign-in--{width}--{theme}.png"))
            seat.sign_in("emma")
            for name, path in rooms(seat).items():
                if not only or name in only:
                    seat.go(path)
                    made.append(_picture(seat.page, out / f"{name}--{width}--{theme}.png"))
                    if "as_of=" in path:
                        seat.go("/me?as_of=now")
            context.close()
    return made


def _picture(page: Page, path: Path) -> Path:
    page.wait_for_load_state("networkidle")
    if page.locator("[data-island]").count():
        page.wait_for_function("!document.querySelector('[data-island]:not([data-mounted=yes])')")
        page.wait_for_timeout(SETTLING)
    size = page.viewport_size or {"width": 0, "height": 0}
    tall = int(page.evaluate("document.documentElement.scrollHeight"))
    if (
        tall > size["height"] and not page.locator("[data-island]").count()
    ):  # sticky frames are drawn as on a tall screen, not repeated
        page.set_viewport_size({"width": size["width"], "height": min(tall, TALLEST)})
    page.screenshot(path=path)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    return path


def sheet(pictures: list[Path]) -> str:
    """One page with every picture, by name."""
    figures = "\n".join(
        f'<figure><a href="{escape(each.name)}"><img src="{escape(each.name)}" loading="lazy" alt=""></a>'
        f"<figcaption>{escape(each.stem.replace('--', ', '))}</figcaption></figure>"
        for each in sorted(pictures)
    )
    return (
        "<!doctype html><meta charset=utf-8><title>Contact sheet</title><style>"
        "body{font:13px sans-serif;display:flex;flex-wrap:wrap;gap:16px;background:#888}"
        "figure{margin:0}img{height:340px;width:480px;object-fit:cover;object-position:top;display:block}"
        "img[src*=phone]{width:150px}</style>\n" + figures
    )


def main() -> None:
    """Build a desk, shoot it, write `index.html` and `sheet.png` beside the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--only", nargs="*", default=[], help="names of pages")
    asked.add_argument("--themes", nargs="*", default=list(THEMES), choices=THEMES)
    chosen = asked.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for browser, site in _opened():
        pictures = shoot(browser, site, chosen.out, chosen.only, tuple(chosen.themes))
        (chosen.out / "index.html").write_text(sheet(pictures))
        page = browser.new_page(viewport={"width": 2000, "height": 1200})
        page.goto((chosen.out / "index.html").resolve().as_uri())
        page.evaluate("document.querySelectorAll('img').forEach((each) => (each.loading = 'eager'))")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=chosen.out / "sheet.png", full_page=True)
        print(f"{len(pictures)} pictures in {chosen.out}")


def _opened() -> Iterator[tuple[Browser, str]]:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        house.build(Path(folder) / "desk")
        worked.work(Path(folder) / "desk")
        with house.served(Path(folder) / "desk") as site:
            yield browser, site


if __name__ == "__main__":
    main()

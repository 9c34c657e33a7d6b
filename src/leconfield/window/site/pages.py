"""The front page, and the pages that say what this service is and how it keeps what one tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.window.language import FALLBACK
from leconfield.window.site.kit import Asked, get
from leconfield.window.site.pages_stories import news
from leconfield.window.site.templates_of import TEMPLATES

_PROSE: Final = {
    "/about": "about",
    "/privacy": "privacy",
    "/accessibility": "accessibility",
    "/contact": "contact",
    "/how-we-keep-your-words-safe": "safety",
}
"""Pages that are words alone, by their addresses."""


def front(asked: Asked) -> Response:
    """The front door."""
    told = asked.shown.releases("story")[:3]
    return asked.page("pages/front.html", cached=True, stories=told, news=news(asked.shown)[:4])


def prose(name: str) -> Callable[[Asked], Response]:
    """A page of words: in the reader's language if it was written in it, otherwise in English, which it then says."""

    def page(asked: Asked) -> Response:
        own = f"prose/{asked.language}/{name}.html"
        written = asked.language if (TEMPLATES / own).is_file() else FALLBACK
        return asked.page(f"prose/{written}/{name}.html", cached=True, written=written)

    return page


ROUTES: Final[Sequence[Route]] = (
    get("/", front, kept=True),
    *(get(path, prose(name), kept=True) for path, name in _PROSE.items()),
)

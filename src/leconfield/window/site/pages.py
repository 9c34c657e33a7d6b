"""The front page, and the pages that say what this service is and how it keeps what one tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.window.site.kit import Asked, get


def front(asked: Asked) -> Response:
    """The front door."""
    return asked.page("pages/front.html", cached=True)


ROUTES: Final[Sequence[Route]] = (get("/", front),)

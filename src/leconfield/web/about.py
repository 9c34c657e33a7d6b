"""About this desk: which version runs, what is recorded of those who read, and the living page of widgets."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from typing import Final

from starlette.responses import Response

from leconfield.web import samples
from leconfield.web.visit import Visit, get

DOCUMENTS: Final = (
    ("README.md", "what it is for, and how to begin"),
    ("docs/architecture.md", "how it is built, and what each part may read"),
    ("docs/decisions/", "why it is so and not otherwise"),
    ("docs/contributing.md", "how to change it"),
)
"""Where the documentation is, in the source that the desk was installed from."""


def about(visit: Visit) -> Response:
    """What runs here, and what is kept of a visit; for everybody, also before signing in."""
    return visit.page("about/desk.html", version=version("leconfield"), documents=DOCUMENTS)


def widgets(visit: Visit) -> Response:
    """Every widget in every state, with invented people."""
    return visit.page("about/widgets.html", HTTPStatus.OK, **samples.everything())


ROUTES = [get("/about", about), get("/about/widgets", widgets)]

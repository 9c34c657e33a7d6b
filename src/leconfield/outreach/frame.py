"""The frame of the editor's desk: the tabs of its areas, and over every page the banner while everything is stopped."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import HTMLResponse

from leconfield.ledger.view import View
from leconfield.outreach.orders import Issued, newest
from leconfield.web.visit import Visit

STOP: Final = "stop"
ALL: Final = "all"
"""The order `stop` about `all` holds everything back, with a body of `{"on": 1}`."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One area of the editor's desk."""

    name: str
    url: str
    more: tuple[str, ...] = ()
    """Further addresses of the same area."""


TABS: Final = (
    Tab("Today", "/window"),
    Tab("Calendar", "/window/calendar"),
    Tab("Queue", "/window/queue"),
    Tab("Deliveries", "/window/deliveries", ("/window/channels", "/window/stop")),
    Tab("Comments", "/window/comments"),
    Tab("Rounds", "/window/rounds"),
    Tab("Recruiting", "/window/recruiting"),
    Tab("Tips", "/window/tips"),
    Tab("Challenges", "/window/challenges"),
    Tab("Partners", "/window/partners"),
    Tab("Crossing", "/window/crossing"),
)


def shown(visit: Visit, view: View, template: str, status: int = HTTPStatus.OK, **context: object) -> HTMLResponse:
    """A page in the frame; its template extends `window/frame.html` and fills the block `desk`."""
    path = visit.request.url.path
    tabs = [(each, _lit(each, path)) for each in TABS]
    return visit.page(template, status, tabs=tabs, stopped=stopped(view), acting=view.as_of is None, **context)


def stopped(view: View) -> Issued | None:
    """The order that holds everything back, while it does."""
    found = newest(view, STOP, ALL)
    return found if found is not None and found.order.body.get("on") == 1 else None


def _lit(tab: Tab, path: str) -> bool:
    if tab.url == "/window":
        return path == tab.url
    return any(path == each or path.startswith(f"{each}/") for each in (tab.url, *tab.more))

"""The officers' site, put together out of each department's pages."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from pathlib import Path

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response

from leconfield.agents import pages as agents
from leconfield.agents import pages_day as agents_day
from leconfield.agents.state import called as agent_called
from leconfield.authority import pages as authority
from leconfield.authority.naming import named_by
from leconfield.console import out
from leconfield.desk import pages as desk_pages
from leconfield.errors import BadInputError
from leconfield.gate import pages as gate
from leconfield.gate.exposure import warming
from leconfield.intake import pages as intake
from leconfield.ledger.desk import Desk
from leconfield.network import pages as network
from leconfield.outreach import pages as outreach
from leconfield.registry import pages as registry
from leconfield.registry.chips import told_by
from leconfield.staff import pages as staff
from leconfield.staff.files import called as colleague_called
from leconfield.surveillance import pages as surveillance
from leconfield.surveillance.state import called as operation_called
from leconfield.vault import pages as vault
from leconfield.web import server
from leconfield.web.visit import House, Visit, get

DEPARTMENTS = (
    intake,
    desk_pages,
    registry,
    network,
    authority,
    vault,
    agents,
    agents_day,
    surveillance,
    staff,
    gate,
    outreach,
)


def site(desk: Desk) -> Starlette:
    """The site of a desk: every department's routes, rooms and templates, and what one puts on another's pages."""
    told_by(desk_pages.STANDINGS)
    named_by([agent_called, operation_called, colleague_called])
    routes = [route for department in DEPARTMENTS for route in department.ROUTES]
    rooms = [room for department in DEPARTMENTS for room in department.ROOMS]
    return server.site(
        desk,
        [get("/", front), *routes],
        rooms,
        [each.TEMPLATES for each in DEPARTMENTS],
        [*desk_pages.PANELS, *outreach.PANELS],
    )


def front(_visit: Visit) -> Response:
    """The first page is the inbox."""
    return RedirectResponse("/reports")


def serve(folder: Path, host: str, port: int) -> None:
    """Serve the desk in the folder until stopped.

    Raises:
        BadInputError: if there is no desk, or nothing can listen at that address and port.
    """
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=sys.stderr))
    desk = Desk.open(folder)
    try:
        with _listening(host, port) as ours, suppress(KeyboardInterrupt):
            made = site(desk)
            house: House = made.state.house
            out.print(f"Open http://{host}:{port}  (Ctrl-C stops it)")
            with warming.beside(desk, house.lock):
                uvicorn.Server(uvicorn.Config(made, log_level="warning", access_log=False)).run([ours])
    finally:
        desk.close()


def _listening(host: str, port: int) -> socket.socket:
    """A socket of our own: it is known to listen before anybody is told to open the site."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise BadInputError(f"nothing can listen on {host}, port {port} ({error}); choose another") from error

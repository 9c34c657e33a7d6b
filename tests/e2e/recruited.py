"""The site of a desk that recruits, on a real address, and officers of its campaign who sit down at it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Page

from leconfield import app
from leconfield.ledger import accounts
from leconfield.ledger.model import Reader
from leconfield.outreach.recruiting import rules, service_panel
from leconfield.outreach.recruiting.model import Step
from tests.e2e.house import Seat
from tests.noninterference.desks import PASSWORD, cheap_passwords
from tests.outreach.recruiting.panels import ASSESSORS, CHAIR, EVERYBODY, Board, equality, sifting, written


def enrol(board: Board) -> None:
    """Everybody may sign in."""
    for each in EVERYBODY:
        draft = accounts.enrolling(each.name, each.persona, PASSWORD, each.tokens, each.roles)
        board.desk.append(accounts.KEEPER, [draft])


@contextmanager
def served(board: Board) -> Iterator[str]:
    """The site of the board's desk, on a free port; its address."""
    with cheap_passwords():
        enrol(board)
        server = uvicorn.Server(uvicorn.Config(app.site(board.desk), port=0, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)  # uvicorn says that it is ready in no other way
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


def signs_in(seat: Seat, reader: Reader) -> Page:
    """Somebody signs in by the form."""
    page = seat.go("/sign-in")
    page.get_by_label("Name").fill(reader.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/reports")
    return page


def differing(applicants: int = 6) -> Board:
    """A campaign that is moderated: some marks differ by two and more, and equality answers were counted."""
    board = sifting(applicants)
    for number in range(60):
        board.take(equality(board.which, number, sex="female" if number < 25 else "male", caring="none"))
    for number in range(20):
        board.take(equality(board.which, number, "invited", sex="female" if number < 4 else "male", caring="none"))
    live = board.campaign().live
    for place, each in enumerate(ASSESSORS):
        board.marks(
            each, {packet: 3 + (turn + (place if turn % 3 == 0 else 0)) % 4 for turn, packet in enumerate(live)}
        )
    board.step(CHAIR, Step.MODERATE)
    return board


def settled(board: Board) -> Board:
    """All that differ are moderated, it is decided, and the first feedback is written."""

    for each in rules.spreads(board.campaign()):
        if each.wide:
            mark = str(max(mark for _, mark in each.marks) - 1)
            service_panel.moderate(
                board.desk,
                board.view(CHAIR),
                board.which,
                question=each.question,
                packet=each.packet,
                mark=mark,
                reason="Both heard; the guide names two ways.",
            )
    service_panel.set_threshold(board.desk, board.view(CHAIR), board.which, mean="4", reason="As the plan has it.")
    board.step(CHAIR, Step.DECIDE)
    return board


def answering(board: Board) -> Board:
    """Everything is decided and written, and waits to be sent."""
    service_panel.decide_rest(board.desk, board.view(CHAIR), board.which, reason="As the marks say.")
    board.step(CHAIR, Step.ANSWER)
    return written(board)

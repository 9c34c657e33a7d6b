"""The nursery of `tests.crash` with one scene more: a device sends its lines, and a picture after them."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from leconfield.authority.state import authorities
from leconfield.ledger.desk import Desk, now
from leconfield.ledger.model import Question
from leconfield.ledger.view import View
from leconfield.surveillance.model import Written
from leconfield.surveillance.pictures import receive
from leconfield.surveillance.state import operations
from leconfield.surveillance.taking import take
from tests.authority.offices import APPLICANT, Hands
from tests.crash import nursery, scenes
from tests.crash.killing import Nursery
from tests.e2e.watched import PNG
from tests.surveillance.logs import lines, prepared

SCENE = "lines"


def new_desk(folder: Path) -> Path:
    """A desk with an operation and its authority, closed again."""
    desk, hands = Desk.create(folder), Hands()
    hands.at = now()
    prepared(desk, hands)
    desk.close()
    return folder


def look(desk: Desk) -> View:
    """What the officer sees who sends."""
    return desk.view(APPLICANT, asking=Question("look"))


def batches(view: View) -> list[list[Written]]:
    """What the device sends, in its order: the same whenever it is asked."""
    (operation,) = operations(view)
    (given,) = authorities(view).about(operation.id)
    hands = Hands()
    hands.at = datetime.fromisoformat(given.deeds[-1].at)
    first = lines(hands, operation.id, 2)
    about = lines(hands, operation.id, 1, after=first[-1], collateral=True, seen="A woman helps him.")
    shows = lines(hands, operation.id, 2, after=about[-1], pictures=(sha256(PNG).hexdigest(),))
    return [first, about, shows]


def send(desk: Desk, _files: Path) -> None:
    """Send everything, saying what was acknowledged."""
    (operation,) = operations(look(desk))
    for batch in batches(look(desk)):
        taken = take(desk, look(desk), operation.id, batch)
        assert taken.fault == ""
        for each in batch:
            print("ACK", each.seal, flush=True)
    print("ACK", receive(desk, look(desk), operation.id, PNG), flush=True)


class Observed(Nursery):
    """A nursery whose children know that scene."""

    def __init__(self, folder: Path, template: Path) -> None:
        self._folder = folder
        self._template = template
        self._files = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.surveillance.nursery"],
            cwd=Path(__file__).resolve().parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


if __name__ == "__main__":
    scenes.SCENES[SCENE] = send
    nursery.main()

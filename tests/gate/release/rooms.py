"""Officers, judges and releases for tests of `leconfield.gate.release`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from leconfield.gate.bundles import Content, SecretKey
from leconfield.gate.release import service
from leconfield.gate.release.model import Colour, Release, Verdict
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.view import View
from tests.ledger.desks import KEYS, START, look

LABEL = "S&SEQUIN"
_TOKENS = frozenset({"O", "S", "SEQUIN"})
AUTHOR = Reader("ann", "Ann, writer", _TOKENS, frozenset({"release-officer"}))
OFFICER = Reader("ben", "Ben, release officer", _TOKENS, frozenset({"release-officer"}))
KEEPER = Reader("cas", "Cas, source protection", _TOKENS, frozenset({"source-protection-officer"}))
THIRD = Reader("dot", "Dot, release officer", _TOKENS, frozenset({"release-officer"}))
PRESS = Reader("eve", "Eve, press", _TOKENS, frozenset({"press-officer"}))
SIMPLE = Reader("fay", "Fay, investigator", _TOKENS)
STRANGER = Reader("guest", "Guest", frozenset({"O"}), frozenset({"release-officer"}))
EVERYBODY = (AUTHOR, OFFICER, KEEPER, THIRD, PRESS, SIMPLE)
SEAL = SecretKey.from_seed(b"\x11" * 32)
POST = {"text.txt": ("text/plain", b"We watched a bakery for a week.\n")}
OTHER = {"text.txt": ("text/plain", b"We watched a bakery for some days.\n")}
MARKED = {
    "text.txt": (
        "text/plain",
        b"The van [[left|drove off]] at dawn. [[Some|About]] ten men [[came back|returned]] at night.\n",
    )
}


class Hands:
    """A clock that moves a second at each look, and further if it is told to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class Gate:
    """A judge that says what it is told to, on grounds that can be changed."""

    def __init__(self, colour: Colour = Colour.GREEN, basis: str = "") -> None:
        self.colour, self.basis = colour, basis
        self.seen: list[bytes] = []

    def __call__(self, content: Content, files: Mapping[str, bytes]) -> Verdict:
        self.seen += files.values()
        return Verdict(content.digest, self.colour, self.basis)


def house() -> tuple[Desk, Hands]:
    """A new desk in memory, and its clock."""
    hands = Hands()
    return Desk.in_memory(KEYS, hands), hands


def now(desk: Desk, reader: Reader) -> View:
    """What he sees at this moment."""
    return look(desk, reader)


def drafted(desk: Desk, files: service.Given | None = None, **more: str) -> EntryId:
    """Ann has written something for everybody."""
    given = {"label": LABEL, **more}
    return service.draft(desk, now(desk, AUTHOR), "post", "public", files or POST, **given)


def checked(desk: Desk, files: service.Given | None = None, **more: str) -> EntryId:
    """It has a green verdict."""
    which = drafted(desk, files, **more)
    service.check(desk, now(desk, AUTHOR), which, Gate())
    return which


def approves(desk: Desk, reader: Reader, which: str) -> Release:
    """He approves what he sees."""
    seen = found(now(desk, reader), which)
    verdict = seen.verdict.digest if seen.verdict else ""
    view = now(desk, reader)
    return service.approve(desk, view, which, content=seen.content.digest, verdict=verdict, reason="It is sound.")


def approved(desk: Desk, files: service.Given | None = None, **more: str) -> EntryId:
    """Two others have approved it."""
    which = checked(desk, files, **more)
    for each in (OFFICER, KEEPER):
        approves(desk, each, which)
    return which


def out(desk: Desk, files: service.Given | None = None, **more: str) -> EntryId:
    """It is sealed."""
    which = approved(desk, files, **more)
    service.seal(desk, now(desk, OFFICER), which, Gate())
    return which

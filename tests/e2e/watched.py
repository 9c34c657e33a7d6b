"""A small desk with two operations for the browser tests of the observation log: a new one, and one of 200 lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.surveillance import service
from leconfield.surveillance.model import FIRST, QUICK, Says, Written
from leconfield.surveillance.pictures import receive
from leconfield.surveillance.rules import sealed
from leconfield.surveillance.taking import take
from tests.authority.offices import SAID
from tests.e2e.house import PASSWORDS

TOKENS: Final = frozenset({"O", "S", "SEQUIN"})
LABEL: Final = "S&SEQUIN"
EMMA: Final = Reader("emma", "Emma, investigator", TOKENS)
HUW: Final = Reader("huw", "Huw, authorising officer", TOKENS, frozenset({"authorising-officer"}))
TEAM: Final = (("emma", "Alpha", "team leader"), ("karina", "Bravo", "driver"), ("hal", "Charlie", "foot"))
PLACES: Final = (
    ("the yard", "51.8787", "-0.4200"),
    ("Mill Lane", "51.8802", "-0.4157"),
    ("the bakery", "51.8811", "-0.4098"),
)
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738"
    "550000000049454e44ae426082"
)
"""One black dot."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The ids of the operations."""

    new: str
    long: str


def build(folder: Path) -> Watched:
    """The desk in the folder."""
    desk = Desk.create(folder)
    for name, persona in (("emma", "Emma, investigator"), ("karina", "Karina, desk officer")):
        enrolled = accounts.enrolling(name, persona, PASSWORDS[name], TOKENS, ())
        desk.append(accounts.KEEPER, [enrolled])
    found = Watched(_planned(desk, "Lantern"), _planned(desk, "Long Evening"))
    take(desk, look(desk), found.long, long_log(found.long))
    receive(desk, look(desk), found.long, PNG)
    service.brief(desk, look(desk), found.long, words="He leaves the yard after dark. Stay back at the bridge.")
    service.hand_over(desk, look(desk), found.long, words="He is at home; the lights are out.")
    desk.close()
    return found


def look(desk: Desk, reader: Reader = EMMA) -> View:
    """What she sees at this moment."""
    return desk.view(reader, asking=Question("look"))


def _planned(desk: Desk, name: str) -> str:
    which = service.plan(desk, look(desk), name=name, about="a" * 32, label=LABEL)
    for member, sign, role in TEAM:
        service.staff(desk, look(desk), which, member=member, call_sign=sign, role=role)
    asked = authority.apply(desk, look(desk), "directed-surveillance", which, SAID, label=LABEL)
    authority.take(desk, look(desk, HUW), asked, Step.GRANT, reason="Needed.")
    return which


def long_log(which: str, count: int = 200) -> list[Written]:
    """An evening, by one device, a line in twenty about somebody who merely was there."""
    begin, words = datetime.now(UTC), [*QUICK.values()]
    made: list[Written] = []
    for n in range(count):
        place, latitude, longitude = PLACES[n // 7 % 3]
        says = Says(
            f"{words[n % len(words)]}. He looks round, and goes on towards the bridge.",
            place,
            latitude if n % 3 else "",
            longitude if n % 3 else "",
            (sha256(PNG).hexdigest(),) if n == 190 else (),
            f"{n:032x}",
        )
        at = stamp(begin + timedelta(seconds=n / 100))
        follows = made[-1].seal if made else FIRST
        made.append(sealed(Written(which, "e" * 32, n + 1, at, "Alpha", says, n % 20 == 19, follows)))
    return made

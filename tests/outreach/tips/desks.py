"""A desk with officers who look after tips, and tips that come in."""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leconfield.gate.bundles import letters as crossing
from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.gate.bundles.letters import Letter
from leconfield.gate.bundles.tips import REPLY, TIP, Reply, Tip, fields_of
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.outreach.crossing import Imported, import_
from leconfield.outreach.orders import newest
from tests.ledger.desks import look
from tests.outreach.house import lies

INTAKE = Reader(
    "ida", "Ida, intake", frozenset({"O", "S", "INTAKE"}), frozenset({"officer", "intake-officer", "press-officer"})
)
WATCHER = Reader("wim", "Wim, intake", frozenset({"O", "S", "INTAKE"}), frozenset({"officer"}))
OUTSIDE = Reader("fay", "Fay, investigator", frozenset({"O", "S"}), frozenset({"officer", "intake-officer"}))
WHAT = "Two men load crates at night into a grey van at the old quay in Goole."
PLACE = "ab" * 32


class Teller:
    """Somebody with a receipt."""

    def __init__(self) -> None:
        self.key = X25519PrivateKey.generate()
        self.place = secrets.token_hex(32)

    def tip(self, what: str = WHAT, *files: Enclosed, day: str = "2026-03-01", **more: str) -> Box:
        told = Tip(what, place=self.place, mailbox=self.key.public_key().public_bytes_raw().hex(), **more)
        return Box(TIP, day, fields_of(told), files)

    def reply(self, letter: Letter, words: str) -> Box:
        return Box(REPLY, "2026-03-09", fields_of(Reply(self.place, letter.id, words)))

    def letter(self, desk: Desk) -> Letter | None:
        """What he finds, in the order that is to cross."""
        issued = newest(look(desk, INTAKE), crossing.KIND, "tips")
        sealed = crossing.table_in(issued.order).at(self.place) if issued else None
        return crossing.opened(sealed, self.key) if sealed else None


def came(desk: Desk, spool: Path, *boxes: Box, by: Reader = INTAKE) -> Imported:
    """The boxes lie in the spool, and are taken in."""
    for each in boxes:
        lies(desk, spool, each)
    return import_(desk, look(desk, by), spool, spool / "aside")

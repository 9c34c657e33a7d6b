"""Words about bystanders: sealed in the vault for a while, opened as long as they are kept, and gone afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from leconfield.errors import DamagedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from leconfield.surveillance import rules
from leconfield.surveillance.lines import says_in, words_of
from leconfield.surveillance.model import Line, Operation, Says

GONE: Final = "about somebody who merely was there: these words were destroyed"


def keep_shortly(desk: Desk, says: Says, until: datetime) -> str:
    """The words sealed until then, as an entry keeps them; empty if that moment is past."""
    return desk.vault.seal_until(words_of(says), until) if until > desk.clock() else ""


def says_of(desk: Desk, line: Line, moment: str) -> Says | None:
    """What a line says at a moment (a stamp); None if its words are kept no more.

    Raises:
        DamagedError: if the vault gives other words than were sealed.
    """
    if line.written.says is not None or not line.kept or moment > stamp(rules.kept_until(line)):
        return line.written.says
    text = desk.vault.unsealed(line.kept)
    if text is None:
        return None
    says = says_in(text)
    if rules.commitment(says) != line.written.said:
        raise DamagedError("the words of a line are not those that were sealed; restore the vault from its backup")
    return says


def showing(desk: Desk, operation: Operation, digest: str, moment: str) -> list[Line]:
    """The lines that show a picture, as far as their words are kept, the earliest first."""
    said = ((each, says_of(desk, each, moment)) for each in rules.in_order(operation.lines))
    return [line for line, says in said if says is not None and digest in says.pictures]

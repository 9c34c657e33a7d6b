"""Builders for operations and for lines as devices write them."""

from __future__ import annotations

from dataclasses import replace

from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp
from leconfield.surveillance import service
from leconfield.surveillance.model import FIRST, Operation, Says, Written
from leconfield.surveillance.rules import sealed
from leconfield.surveillance.state import operations
from tests.authority.offices import APPLICANT, LABEL, OFFICER, SAID, Hands, office
from tests.ledger.desks import look

SALT = "5a" * 16


def planned(*, permitted: bool = True) -> tuple[Desk, Hands, EntryId]:
    """A desk with an operation, its team, and an authority for it."""
    desk, hands = office()
    return desk, hands, prepared(desk, hands, permitted=permitted)


def prepared(desk: Desk, hands: Hands, name: str = "Lantern", *, permitted: bool = True) -> EntryId:
    """An operation on a desk, with its team and an authority for it."""
    which = service.plan(desk, look(desk, APPLICANT), name=name, about="a" * 32, label=LABEL)
    for member, sign in (("gwen", "Alpha"), ("hal", "Bravo")):
        service.staff(desk, look(desk, APPLICANT), which, member=member, call_sign=sign, role="foot")
    if permitted:
        asked = authority.apply(desk, look(desk, APPLICANT), "directed-surveillance", which, SAID, label=LABEL)
        authority.take(desk, look(desk, OFFICER), asked, Step.GRANT, reason="Needed.")
    hands.move(minutes=1)
    return which


def lines(
    hands: Hands,
    which: str,
    count: int,
    device: str = "d1",
    after: Written | None = None,
    *,
    collateral: bool = False,
    by: str = "Alpha",
    **said: str | tuple[str, ...],
) -> list[Written]:
    """So many lines of one device, sealed one on another."""
    made: list[Written] = []
    for n in range(count):
        last = made[-1] if made else after
        number = last.number + 1 if last else 1
        says = replace(Says(f"He turns left, {number}.", salt=SALT), **said)  # type: ignore[arg-type] # fields of it
        follows = last.seal if last else FIRST
        line = Written(which, device, number, stamp(hands.at), by, says, collateral, follows)
        made.append(sealed(line))
        del n
    return made


def operation(desk: Desk) -> Operation:
    """The newest operation."""
    return operations(look(desk, APPLICANT))[0]

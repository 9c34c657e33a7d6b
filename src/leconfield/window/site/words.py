"""The field for seven words: what was typed into it, what is wrong with it by the open word list alone, its toll."""

from __future__ import annotations

from leconfield.window.codes import crowded, misspelt, whole
from leconfield.window.site.kit import Asked, Faults
from leconfield.window.tickets import BUSY, TOKEN, Ticket

FIELD = "code"
_SHOWN = 40
"""Characters of a strange word that are said again."""


def code_of(asked: Asked, faults: Faults) -> str:
    """The code that was typed; if it is none by its form, nothing, and the fault says what to mend."""
    typed = asked.filled(FIELD)
    if whole(typed):
        return typed
    for word, near in misspelt(typed)[:1]:
        faults.add(FIELD, asked.t(f"careers.back.{'meant' if near else 'strange'}", typed=word[:_SHOWN], meant=near))
    faults.add(FIELD, asked.t("careers.back.seven"))
    return ""


def unpaid(asked: Asked, faults: Faults, ticket: str, purpose: str, field: str = "send") -> Ticket | None:
    """Take the toll for working a code out; if it is not paid, the ticket for the form, and the fault says why.

    `ticket`: what the ticket is for; `purpose`: what the code is for; `field`: of the form, to which the fault leads.
    Where too many are at it, nothing is spent.
    """
    tickets = asked.window.tickets
    if crowded(purpose):
        faults.add(field, asked.t(BUSY))
        return tickets.again(asked.filled(TOKEN), ticket)
    checked = tickets.check(asked.flat, ticket)
    if checked.paid:
        return None
    faults.add(field, asked.t(checked.fault, seconds=checked.ticket.wait))
    return checked.ticket

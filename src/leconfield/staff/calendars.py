"""Addresses of calendars: one for each officer, which nobody can guess, renewed and revoked at will.

Whoever fetches one is not signed in, so that whose it is stands among the accounts: which address an officer has is
his way of being let in, like his password, and the desk's own reader alone looks it up.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final, Self

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger import accounts
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World

OPENED: Final = "calendar address made"
REVOKED: Final = "calendar address revoked"
_TOKEN: Final = re.compile(r"([A-Za-z0-9_-]{1,64})\.([0-9a-f]{32})")


class Addresses:
    """Whose addresses there are (a `Derived` of the desk's own world): by digest, and when each was made by name."""

    def __init__(self) -> None:
        self.by_digest: dict[str, str] = {}
        self.made: dict[str, str] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        found = cls()
        found.grow(world, Delta(entries=tuple(world.entries)))
        return found

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries: an address ends with the next one, and when it is revoked."""
        for each in delta.entries:
            if each.label != accounts.LABEL or each.kind not in (OPENED, REVOKED):
                continue
            self.by_digest = {digest: name for digest, name in self.by_digest.items() if name != each.about}
            self.made.pop(each.about, None)
            if each.kind == OPENED:
                self.by_digest[each.body.get("digest", "")] = each.about
                self.made[each.about] = each.at


def renew(desk: Desk, view: View) -> str:
    """Make the reader's address, in place of the one that he had; what it ends with. It is shown this once.

    Raises:
        RefusedError: if he looks at the past.
    """
    refuse_the_past(view)
    chance = secrets.token_urlsafe(24)
    token = f"{chance}.{_seal(desk, chance)}"
    body = {"digest": _digest(token)}
    desk.append(accounts.KEEPER, [Draft(OPENED, accounts.LABEL, about=view.reader.name, body=body)])
    return token


def revoke(desk: Desk, view: View) -> None:
    """End the reader's address.

    Raises:
        RefusedError: if he has none, or looks at the past.
    """
    refuse_the_past(view)
    if not made(desk, view):
        raise RefusedError("you have no calendar address; there is nothing to end")
    desk.append(accounts.KEEPER, [Draft(REVOKED, accounts.LABEL, about=view.reader.name)])


def made(desk: Desk, view: View) -> str:
    """When the reader's address was made (a stamp), as of the view's moment; empty: he has none."""
    kept = desk.view(accounts.KEEPER, view.as_of, asking=Question("calendar address", view.reader.name))
    return kept.derived(Addresses).made.get(view.reader.name, "")


def owner(desk: Desk, token: str) -> Reader | None:
    """Whose address that is, with what he holds now; None: nobody's.

    What the desk has never made is told by its seal alone, so that guesses neither read nor write anything.
    """
    parts = _TOKEN.fullmatch(token)
    if parts is None or not hmac.compare_digest(parts[2], _seal(desk, parts[1])):
        return None
    kept = desk.view(accounts.KEEPER, asking=Question("calendar address"))
    name = kept.derived(Addresses).by_digest.get(_digest(token))
    try:
        return desk.reader(name) if name else None
    except BadInputError:
        return None


def _seal(desk: Desk, chance: str) -> str:
    return desk.ids.of("calendar address", chance)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""The one value that an intrusive act must be handed, and the one function that makes it.

    def task(desk: Desk, view: View, authorisation: Authorisation, ...) -> EntryId:
        authorisation.allow("task", agent.id, desk)

An act that takes one cannot be called without one: the type checker refuses it, and at run time nothing but
`authorised` makes one. It is good for the conduct, the thing and the moment that it was made for; what acts by it
asks `allow` again when it acts, so that one kept past its end opens nothing.
"""

from __future__ import annotations

from typing import Final, Never, NoReturn, final

from leconfield.authority import profile, rules
from leconfield.authority.model import Authority
from leconfield.authority.state import authorities
from leconfield.errors import NotFoundError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

_NONE: Final = "no live authority for that here; apply for one, or ask whoever holds it"


@final
class Authorisation:
    """A live authority, for one conduct on one thing. Only `authorised` makes one; it cannot be copied or changed."""

    __slots__ = ("about", "authority", "conditions", "conduct", "label", "until")

    authority: EntryId
    conduct: str
    about: str
    label: str
    """Under which the act must stand at least."""
    until: str
    """The moment (a stamp) after which it opens nothing."""
    conditions: tuple[str, ...]

    def __new__(cls, *_args: Never, **_named: Never) -> Authorisation:
        """Refuse to be made."""
        raise TypeError("an Authorisation is made by `authorised` alone")

    def __init_subclass__(cls) -> NoReturn:
        """Refuse to be extended."""
        raise TypeError("an Authorisation has no other kinds")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError("an Authorisation does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise TypeError("an Authorisation does not change")

    def __reduce__(self) -> NoReturn:
        raise TypeError("an Authorisation is neither kept nor copied")

    def allow(self, conduct: str, about: str, desk: Desk) -> None:
        """Make sure that it permits this, now.

        Raises:
            RefusedError: if it is for another conduct or thing, or has ended.
        """
        if (conduct, about) != (self.conduct, self.about):
            raise RefusedError(
                f'this authority is for "{self.conduct}" on another thing; it does not permit "{conduct}"'
            )
        if stamp(desk.clock()) > self.until:
            raise RefusedError(f"its authority ended at {self.until[:16].replace('T', ' ')}; renew it or apply anew")


def authorised(desk: Desk, view: View, which: str, conduct: str, about: str) -> Authorisation:
    """The authorisation by that authority, for that conduct on that thing.

    Raises:
        NotFoundError: if the view has no such authority, in the same words whether one is hidden.
        RefusedError: if it is not live, is about another thing, permits something else, or looks at the past.
    """
    refuse_the_past(view)
    found = authorities(view).by_id.get(EntryId(which))
    if found is None:
        raise NotFoundError(_NONE)
    moment = stamp(desk.clock())
    if fault := why_not(view, found, conduct, about, moment):
        raise RefusedError(fault)
    return _made(found, conduct)


def live(view: View, conduct: str, about: str, moment: str) -> Authority | None:
    """The authority that permits the conduct on the thing at a moment (a stamp) and lasts the longest; None: none."""
    known = (each for each in authorities(view).about(about) if not why_not(view, each, conduct, about, moment))
    return max(known, key=lambda each: (each.until, each.id), default=None)


def why_not(view: View, authority: Authority, conduct: str, about: str, moment: str) -> str:
    """Why it does not permit that at that moment; empty if it does."""
    kind = profile.shipped().kind(authority.kind)
    if authority.about != about:
        return "that authority is about another thing"
    if conduct not in kind.permits:
        return f'{kind.name} permits {", ".join(sorted(kind.permits))}; "{conduct}" takes another kind of authority'
    stands = rules.standing(authority, moment)
    if stands not in rules.ALIVE:
        return f"that authority is {stands}: nothing may be done under it"
    if kind.rests_on and not _rests(view, authority, kind, moment):
        return f"it rests on another authority that is not live; see {authority.rests_on or 'its application'}"
    return ""


def _rests(view: View, authority: Authority, kind: profile.Kind, moment: str) -> bool:
    below = authorities(view).by_id.get(EntryId(authority.rests_on))
    return (
        below is not None
        and below.about == authority.about
        and below.kind in kind.rests_on
        and rules.standing(below, moment) in rules.ALIVE
    )


def _made(authority: Authority, conduct: str) -> Authorisation:
    made = object.__new__(Authorisation)
    fields = {
        "authority": authority.id,
        "conduct": conduct,
        "about": authority.about,
        "label": authority.label,
        "until": min(authority.until, authority.owed_by) if authority.owed else authority.until,
        "conditions": authority.conditions,
    }
    for name, value in fields.items():
        object.__setattr__(made, name, value)
    return made

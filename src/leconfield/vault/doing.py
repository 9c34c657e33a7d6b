"""What is done at the vault's pages, each act out of the form that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.authority.permit import authorised, live
from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.vault import destroying, identity
from leconfield.vault.openings import openings
from leconfield.vault.person import Person, dealt_with
from leconfield.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that is done at the vault."""

    does: Callable[[Visit, View, Person], None]
    form: str
    """The form that is shown again if something is wrong."""
    done: str
    onward: str = ""
    """Where it leads to, after the address of the record."""


def field(words: str) -> str:
    """The name, in a form, of a field of what is sealed."""
    return f"kept-{words.replace(' ', '-')}"


def _offer(visit: Visit, view: View, person: Person) -> None:
    with _Braked(visit, view):
        identity.offer(visit.desk, view, person, passphrase=visit.filled("passphrase"))


def _seal(visit: Visit, view: View, person: Person) -> None:
    kind = visit.filled("kind")
    fields = {each: visit.filled(field(each)) for each in identity.FIELDS.get(kind, ())}
    holders = identity.record(view, person).offered
    identity.seal(visit.desk, view, person, kind=kind, fields=fields, holders=holders)


def _begin(visit: Visit, view: View, person: Person) -> None:
    standing = live(view, identity.OPEN, person.id, stamp(visit.desk.clock()))
    if standing is None:
        raise RefusedError("no live authority permits that; apply for one first")
    given = authorised(visit.desk, view, standing.id, identity.OPEN, person.id)
    said = {each: visit.filled(each) for each in ("passphrase", "other", "reason")}
    with _Braked(visit, view):
        identity.begin(visit.desk, view, given, person, **said)


def _complete(visit: Visit, view: View, person: Person) -> None:
    begun = openings(visit.desk).begun(person.id, view.reader.name)
    if begun is None:
        raise RefusedError("nothing waits for your seal here; an opening waits 15 minutes, then it is begun anew")
    with _Braked(visit, view):
        identity.complete(visit.desk, view, begun, passphrase=visit.filled("passphrase"))


def _share(visit: Visit, view: View, person: Person) -> None:
    identity.share(visit.desk, view, person)


def _close(visit: Visit, view: View, person: Person) -> None:
    dealt_with(view, person)
    openings(visit.desk).close(person.id)


def _destroy(visit: Visit, view: View, person: Person) -> None:
    _check_written_out(visit, person)
    destroying.ask(visit.desk, view, person, reason=visit.filled("reason"))


def _confirm(visit: Visit, view: View, person: Person) -> None:
    _check_written_out(visit, person)
    destroying.confirm(visit.desk, view, destroying.waiting(visit.desk, person))


def _refuse(visit: Visit, view: View, person: Person) -> None:
    destroying.refuse(visit.desk, view, person)


def _again(visit: Visit, view: View, person: Person) -> None:
    destroying.again(visit.desk, view, person)


def _check_written_out(visit: Visit, person: Person) -> None:
    if visit.filled("called").strip().casefold() != person.called.casefold():
        raise BadInputError(f"write his {person.noun} out, so that nobody's record is destroyed by a slip")


class _Braked:
    """Slows down guessing of passphrases, as the sign-in does for passwords."""

    def __init__(self, visit: Visit, view: View) -> None:
        self._brake, self._name = visit.house.sessions.brake, f"{view.reader.name} at the vault"

    def __enter__(self) -> None:
        self._brake.check(self._name)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._brake.note(self._name, right=kind is None or not issubclass(kind, RefusedError))


ACTS: Final[Mapping[str, Doing]] = {
    "key": Doing(_offer, "key", "Your key is offered."),
    "seal": Doing(_seal, "seal", "It is sealed. Nobody reads it again alone, nor do you."),
    "begin": Doing(_begin, "begin", "Your seal is off. The other holder has 15 minutes to take off his."),
    "complete": Doing(_complete, "", "Open to you both. Oversight was told.", "/open"),
    "share": Doing(_share, "", "All who offered keys can open it now, two by two.", "/open"),
    "close": Doing(_close, "", "Closed."),
    "destroy": Doing(_destroy, "destroy", "Asked. Somebody else who deals with him has 15 minutes to confirm it."),
    "confirm": Doing(_confirm, "", "His key is destroyed. Oversight was told.", "/proof"),
    "refuse": Doing(_refuse, "", "His key is not destroyed."),
    "again": Doing(_again, "", "Destroyed once more.", "/proof"),
}
"""Every act, by the last part of its address."""

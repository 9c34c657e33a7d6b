"""Pages of the vault: who holds keys, sealing, opening and destroying by two, reading for a while, the proof.

One set of pages serves every kind of person; a department adds them under its own addresses (`routes`). Nothing that
was typed into a form here is ever shown again, not even where something is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from math import ceil
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.authority.permit import live
from leconfield.errors import LeconfieldError, NotFoundError
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from leconfield.ledger.vault import MIN_PASSPHRASE
from leconfield.ledger.view import View
from leconfield.vault import destroying, identity
from leconfield.vault.doing import ACTS, field
from leconfield.vault.openings import Asked, Beginning, openings
from leconfield.vault.person import Person
from leconfield.web.kit import Room
from leconfield.web.values import Clock
from leconfield.web.visit import Visit, get, post

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final[tuple[Room, ...]] = ()
MINE: Final = "/vault"
_FORMS: Final = ("key", "seal", "begin", "destroy")


def mine(visit: Visit) -> Response:
    """One's own page: whether one holds a key, and what waits for one; not whose, and not why."""
    view = visit.view("vault keys")
    now = view.as_of is None
    begun, asked = _waiting(visit.desk, view) if now else ((), ())
    return visit.page(
        "vault/mine.html",
        waiting=[(each, _clock("waits for you", each.until, visit.desk)) for each in begun],
        asked=[(each, _clock("waits to be confirmed", each.until, visit.desk)) for each in asked],
        holds=now and view.reader.name in visit.desk.vault.holders(),
        acting=now,
    )


def waits(desk: Desk, view: View) -> bool:
    """Whether something waits at the vault for whoever looks."""
    return view.as_of is None and any(_waiting(desk, view))


def _waiting(desk: Desk, view: View) -> tuple[tuple[Beginning, ...], tuple[Asked, ...]]:
    name, tokens = view.reader.name, view.reader.tokens
    begun, asked = openings(desk).waiting(name), openings(desk).asked_by_others(name)
    return (
        tuple(each for each in begun if labels.admits(each.person.label, tokens)),
        tuple(each for each in asked if labels.admits(each.person.label, tokens) and each.person.who != name),
    )


def _clock(what: str, until: datetime, desk: Desk) -> Clock:
    minutes = max(0, ceil((until - desk.clock()).total_seconds() / 60))
    words = f"{minutes} minute{'s' if minutes != 1 else ''} left"
    return Clock(what, words, "due" if minutes <= 5 else "soon", due=stamp(until)[:16])


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of the records of one kind of person."""

    part: str
    """The part of their addresses that names him."""
    action: str
    """What the audit calls a look at them."""
    person: Callable[[View, str], Person]
    """Who that is, to whoever may know of him; raises `NotFoundError` otherwise."""

    def one(self, visit: Visit) -> Response:
        """What those who deal with a person know of his record: who can open it, what was sealed when, what waits."""
        view = visit.view(self.action, visit.part(self.part))
        return self._page(visit, view, visit.asked("do"), {"kind": visit.asked("kind")}, "")

    def _page(self, visit: Visit, view: View, do: str, filled: Mapping[str, str], fault: str) -> Response:
        person = self.person(view, visit.part(self.part))
        acting, kind = view.as_of is None, filled.get("kind", "")
        known = identity.record(view, person)
        return visit.page(
            "vault/one.html",
            HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
            person=person,
            known=known,
            authority=live(view, identity.OPEN, person.id, view.moment),
            others=[(each, each) for each in known.openers if each != view.reader.name],
            opener=view.reader.name in known.openers,
            offered=view.reader.name in known.offered,
            wider=sorted(set(known.offered) - set(known.openers)),
            kinds=identity.KINDS,
            kind=kind if kind in identity.KINDS else identity.KINDS[0],
            fields=[(field(each), each) for each in identity.FIELDS.get(kind, identity.FIELDS["identity"])],
            shortest=MIN_PASSPHRASE,
            do=do if acting and do in _FORMS else "",
            acting=acting and person.who != view.reader.name,
            fault=fault,
            **_stands(visit.desk, view, person),
        )

    def opened(self, visit: Visit) -> Response:
        """What is kept of him, while it is open; the browser leaves the page when the time is over."""
        view = visit.present(f"{self.action}, read", visit.part(self.part))
        person = self.person(view, visit.part(self.part))
        held, kept = identity.read(visit.desk, view, person)
        known = identity.record(view, person)
        page = visit.page(
            "vault/open.html",
            person=person,
            kept=kept,
            pair=sorted(held.pair),
            wider=sorted(set(known.offered) - set(known.openers)),
            clock=_clock("closes by itself", held.opened.until, visit.desk),
        )
        left = max(1, ceil((held.opened.until - visit.desk.clock()).total_seconds()))
        page.headers["refresh"] = f"{left}; url={person.url}"
        return page

    def proven(self, visit: Visit) -> Response:
        """The proof that nothing opens a destroyed record, worked out now."""
        view = visit.view(f"{self.action}, proof", visit.part(self.part))
        person = self.person(view, visit.part(self.part))
        return visit.page("vault/proof.html", person=person, proof=destroying.proof(visit.desk, view, person))

    def act(self, doing: str) -> Callable[[Visit], Response]:
        """The handler of one act: do it, or show the page again with what is wrong and nothing that was typed."""
        chosen = ACTS[doing]

        def handler(visit: Visit) -> Response:
            view = visit.present(f"{self.action}, {doing}", visit.part(self.part))
            person = self.person(view, visit.part(self.part))
            try:
                chosen.does(visit, view, person)
            except NotFoundError:
                raise
            except LeconfieldError as error:
                return self._page(visit, view, chosen.form, {"kind": visit.filled("kind")}, str(error))
            return visit.back_to(person.url + chosen.onward, chosen.done)

        return handler


def _stands(desk: Desk, view: View, person: Person) -> dict[str, object]:
    """What of a record is open to whoever looks, and what waits, with its clocks."""
    name, now = view.reader.name, view.as_of is None
    begun = openings(desk).begun(person.id, name) if now else None
    held = openings(desk).held(person.id, name) if now else None
    asked = openings(desk).asked(person.id) if now else None
    return {
        "begun": begun,
        "yours": begun is not None and begun.half.second == name,
        "waits": _clock("waits for the second seal", begun.until, desk) if begun else None,
        "open": _clock("open to you", held.opened.until, desk) if held else None,
        "asked": asked,
        "asked_waits": _clock("waits to be confirmed", asked.until, desk) if asked else None,
        "confirms": asked is not None and asked.by != name,
    }


def routes(path: str, part: str, action: str, person: Callable[[View, str], Person]) -> list[Route]:
    """The pages of one kind of person's records, at a path whose part of that name says whose.

    `person` must raise `NotFoundError`, in the same words whether he is hidden or has never been.
    """
    pages = Pages(part, action, person)
    return [
        get(path, pages.one),
        get(f"{path}/open", pages.opened),
        get(f"{path}/proof", pages.proven),
        *(post(f"{path}/{doing}", pages.act(doing)) for doing in ACTS),
    ]


ROUTES: Final[list[Route]] = [get(MINE, mine)]

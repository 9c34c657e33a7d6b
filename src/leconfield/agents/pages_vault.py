"""Pages of the vault: who holds keys, sealing, opening by two, reading for a while, destroying with proof.

Nothing that was typed into a form here is ever shown again, not even where something is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from math import ceil
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.agents import identity, service
from leconfield.agents.openings import openings
from leconfield.agents.state import agents
from leconfield.authority.permit import authorised, live
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from leconfield.ledger.vault import MIN_PASSPHRASE
from leconfield.ledger.view import View
from leconfield.web.values import Clock
from leconfield.web.visit import Visit, get, post

_ONE: Final = "/agents/{agent}/vault"


def mine(visit: Visit) -> Response:
    """One's own page: whether one holds a key, and whether an opening waits for it; not whose, and not why."""
    view = visit.view("vault keys")
    name, known = view.reader.name, {each.id for each in agents(view)}
    now = view.as_of is None
    waiting = [each for each in openings(visit.desk).waiting(name) if each.half.person in known] if now else []
    return visit.page(
        "agents/vault_mine.html",
        waiting=[(each, _clock("waits for you", each.until, visit.desk)) for each in waiting],
        holds=now and name in visit.desk.vault.holders(),
        acting=now,
    )


def one(visit: Visit) -> Response:
    """What an agent's compartment knows of his record: who can open it, what was sealed when, what waits."""
    view = visit.view("agent vault", visit.part("agent"))
    return _page(visit, view, visit.asked("do"), {"kind": visit.asked("kind")}, "")


def _page(visit: Visit, view: View, do: str, filled: Mapping[str, str], fault: str) -> Response:
    agent = service.found(view, visit.part("agent"))
    name, desk, acting = view.reader.name, visit.desk, view.as_of is None
    known = identity.record(view, agent)
    begun = openings(desk).begun(agent.id, name) if acting else None
    held = openings(desk).held(agent.id, name) if acting else None
    kind = filled.get("kind", "")
    return visit.page(
        "agents/vault.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        agent=agent,
        url=f"/agents/{agent.id}",
        known=known,
        begun=begun,
        yours=begun is not None and begun.half.second == name,
        waits=_clock("waits for the second seal", begun.until, desk) if begun else None,
        open=_clock("open to you", held.opened.until, desk) if held else None,
        authority=live(view, identity.OPEN, agent.id, view.moment),
        others=[(each, each) for each in known.openers if each != name],
        opener=name in known.openers,
        offered=name in known.offered,
        wider=sorted(set(known.offered) - set(known.openers)),
        kinds=identity.KINDS,
        kind=kind if kind in identity.KINDS else identity.KINDS[0],
        fields=[(_field(each), each) for each in identity.FIELDS.get(kind, identity.FIELDS["identity"])],
        shortest=MIN_PASSPHRASE,
        do=do if acting and do in ("key", "seal", "begin", "destroy") else "",
        acting=acting,
        fault=fault,
    )


def _clock(what: str, until: datetime, desk: Desk) -> Clock:
    minutes = max(0, ceil((until - desk.clock()).total_seconds() / 60))
    words = f"{minutes} minute{'s' if minutes != 1 else ''} left"
    return Clock(what, words, "due" if minutes <= 5 else "soon", due=stamp(until)[:16])


def opened(visit: Visit) -> Response:
    """What is kept of him, while it is open; the browser leaves the page when the time is over."""
    view = visit.present("agent vault, read", visit.part("agent"))
    agent = service.found(view, visit.part("agent"))
    held, kept = identity.read(visit.desk, view, agent.id)
    known = identity.record(view, agent)
    page = visit.page(
        "agents/vault_open.html",
        agent=agent,
        url=f"/agents/{agent.id}",
        kept=kept,
        pair=sorted(held.pair),
        wider=sorted(set(known.offered) - set(known.openers)),
        clock=_clock("closes by itself", held.opened.until, visit.desk),
    )
    left = max(1, ceil((held.opened.until - visit.desk.clock()).total_seconds()))
    page.headers["refresh"] = f"{left}; url=/agents/{agent.id}/vault"
    return page


def proven(visit: Visit) -> Response:
    """The proof that nothing opens a destroyed record, worked out now."""
    view = visit.view("agent vault, proof", visit.part("agent"))
    agent = service.found(view, visit.part("agent"))
    made = identity.proof(visit.desk, view, agent.id)
    return visit.page("agents/vault_proof.html", agent=agent, url=f"/agents/{agent.id}", proof=made)


def _offer(visit: Visit, view: View, which: str) -> None:
    with _Braked(visit, view):
        identity.offer(visit.desk, view, which, passphrase=visit.filled("passphrase"))


def _seal(visit: Visit, view: View, which: str) -> None:
    kind = visit.filled("kind")
    fields = {each: visit.filled(_field(each)) for each in identity.FIELDS.get(kind, ())}
    holders = identity.record(view, service.found(view, which)).offered
    identity.seal(visit.desk, view, which, kind=kind, fields=fields, holders=holders)


def _field(words: str) -> str:
    return f"kept-{words.replace(' ', '-')}"


def _begin(visit: Visit, view: View, which: str) -> None:
    standing = live(view, identity.OPEN, which, stamp(visit.desk.clock()))
    if standing is None:
        raise RefusedError("no live authority permits that; apply for one first")
    given = authorised(visit.desk, view, standing.id, identity.OPEN, which)
    said = {each: visit.filled(each) for each in ("passphrase", "other", "reason")}
    with _Braked(visit, view):
        identity.begin(visit.desk, view, given, which, **said)


def _complete(visit: Visit, view: View, which: str) -> None:
    begun = openings(visit.desk).begun(service.found(view, which).id, view.reader.name)
    if begun is None:
        raise RefusedError("nothing waits for your seal here; an opening waits 15 minutes, then it is begun anew")
    with _Braked(visit, view):
        identity.complete(visit.desk, view, begun, passphrase=visit.filled("passphrase"))


def _share(visit: Visit, view: View, which: str) -> None:
    identity.share(visit.desk, view, which)


def _close(visit: Visit, view: View, which: str) -> None:
    openings(visit.desk).close(service.found(view, which).id)


def _destroy(visit: Visit, view: View, which: str) -> None:
    agent = service.found(view, which)
    if visit.filled("codename").strip().upper() != agent.codename:
        raise BadInputError("write his codename out, so that nobody's record is destroyed by a slip")
    identity.shred(visit.desk, view, agent.id, reason=visit.filled("reason"))


class _Braked:
    """Slows down guessing of passphrases, as the sign-in does for passwords."""

    def __init__(self, visit: Visit, view: View) -> None:
        self._brake, self._name = visit.house.sessions.brake, f"{view.reader.name} at the vault"

    def __enter__(self) -> None:
        self._brake.check(self._name)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._brake.note(self._name, right=kind is None or not issubclass(kind, RefusedError))


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that is done at the vault."""

    does: Callable[[Visit, View, str], None]
    form: str
    """The form that is shown again if something is wrong."""
    done: str
    onward: str = ""


_ACTS: Final[Mapping[str, _Act]] = {
    "key": _Act(_offer, "key", "Your key is offered."),
    "seal": _Act(_seal, "seal", "It is sealed. Nobody reads it again alone, nor do you."),
    "begin": _Act(_begin, "begin", "Your seal is off. The other holder has 15 minutes to take off his."),
    "complete": _Act(_complete, "", "Open to you both. Oversight was told.", "/open"),
    "share": _Act(_share, "", "All who offered keys can open it now, two by two.", "/open"),
    "close": _Act(_close, "", "Closed."),
    "destroy": _Act(_destroy, "destroy", "His key is destroyed.", "/proof"),
}


def act(doing: str) -> Callable[[Visit], Response]:
    """The handler of one act: do it and go on, or show the page again with what is wrong and nothing that was typed."""
    chosen = _ACTS[doing]

    def handler(visit: Visit) -> Response:
        which = visit.part("agent")
        view = visit.present(f"agent vault, {doing}", which)
        try:
            chosen.does(visit, view, which)
        except NotFoundError:
            raise
        except LeconfieldError as error:
            return _page(visit, view, chosen.form, {"kind": visit.filled("kind")}, str(error))
        return visit.back_to(f"/agents/{which}/vault{chosen.onward}", chosen.done)

    return handler


ROUTES: Final[list[Route]] = [
    get("/agents/vault", mine),
    get(_ONE, one),
    get(f"{_ONE}/open", opened),
    get(f"{_ONE}/proof", proven),
    *(post(f"{_ONE}/{doing}", act(doing)) for doing in _ACTS),
]

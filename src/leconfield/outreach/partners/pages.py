"""Officers' pages of partners' feeds: register one, give keys, put sealed files in, take them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.bundles.partners import COLLECTIONS
from leconfield.gate.handing import service as handing
from leconfield.gate.handing.model import Prepared
from leconfield.gate.release.model import Release, State
from leconfield.gate.release.state import releases
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.frame import shown
from leconfield.outreach.partners import rules, service, state
from leconfield.outreach.partners.model import Reader, Sent
from leconfield.web.visit import Visit, get, post

BASE: Final = "/window/partners"
AREA: Final = "partners"
_TYPED: Final = ("name", "label", "reason", "release", "collection", "item")


def listed(visit: Visit) -> Response:
    """The partners that one may know of, and the form that registers one."""
    filled = {each: visit.asked(each) for each in _TYPED}
    return _list(visit, visit.view("partners"), filled, (), "")


def _list(visit: Visit, view: View, filled: Mapping[str, str], chosen: tuple[str, ...], fault: str) -> Response:
    label = filled["label"] or profile.of(visit.desk).area(AREA)
    return shown(
        visit,
        view,
        "window/partners/list.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=state.partners(view),
        filled={**filled, "label": label, "collections": chosen},
        collections=COLLECTIONS,
        fault=fault,
        may=profile.of(visit.desk).allows(view.reader, service.ACT),
    )


def put(visit: Visit) -> Response:
    """Register a partner; the answer shows his key, this once."""
    filled = {each: visit.filled(each) for each in _TYPED}
    chosen = tuple(each for each in COLLECTIONS if visit.filled(f"collection-{each}"))
    view = visit.present("partners, register")
    try:
        made, key = service.register(visit.desk, view, name=filled["name"], collections=chosen, label=filled["label"])
    except LeconfieldError as error:
        return _list(visit, view, filled, chosen, str(error))
    return _key(visit, view, made, key)


def _key(visit: Visit, view: View, partner: Reader, key: str) -> Response:
    answer = shown(visit, view, "window/partners/key.html", partner=partner, key=key)
    answer.headers["cache-control"] = "no-store"
    return answer


def one(visit: Visit) -> Response:
    """One partner: his key, what waits for him, what is in his feed."""
    view = visit.view("partner", visit.part("partner"))
    return _one(visit, view, {each: visit.asked(each) for each in _TYPED}, "")


def _one(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    known = state.found(view, visit.part("partner"))
    return shown(
        visit,
        view,
        "window/partners/one.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        partner=known,
        items=_items(view, known),
        waiting=_waiting(view, known),
        batch=rules.batch_after(visit.desk.clock()),
        prepare=urlencode({"recipient": known.name, "format": "stix"}),
        url=f"{BASE}/{known.handle}",
        filled=filled,
        fault=fault,
        may=profile.of(visit.desk).allows(view.reader, service.ACT),
    )


def _items(view: View, known: Reader) -> list[tuple[Sent, str, bool]]:
    """What was put in, the last first, with the release's title and whether that is withdrawn."""
    by_id = releases(view).by_id
    rows = []
    for sent in reversed(list(known.items.values())):
        release = by_id.get(sent.release)
        if release is not None:
            rows.append((sent, release.content.title, release.state is State.WITHDRAWN))
    return rows


def _waiting(view: View, known: Reader) -> list[tuple[Prepared, Release, str]]:
    """What was prepared for him and is not in his feed, with why it may not be put in; empty if it may."""
    by_id = releases(view).by_id
    rows = []
    for kept in state.prepared_for(view, known):
        release = by_id.get(kept.release)
        if release is not None and known.sent(kept.release) is None and release.state is not State.WITHDRAWN:
            fault = service.why_not(known, known.collections[0], kept.recipient, kept.form)
            rows.append((kept, release, fault or handing.why_not(release, kept)))
    return rows


def act(visit: Visit) -> Response:
    """Do something about a partner; what was typed is kept if something is wrong with it."""
    which, what = visit.part("partner"), visit.part("act")
    view = visit.present(f"partner, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _TYPED}
    try:
        if what == "renew":
            return _key(visit, view, state.found(view, which), service.renew(visit.desk, view, which))
        said = _named(what)(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _one(visit, view, filled, str(error))
    return visit.back_to(f"{BASE}/{which}", said)


def _named(what: str) -> Callable[[Visit, View, str, Mapping[str, str]], str]:
    if what not in _ACTS:
        raise BadInputError(f'"{what[:40]}" is nothing that is done about a partner; choose {", ".join(_ACTS)}')
    return _ACTS[what]


def _put(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    sent = service.put(visit.desk, view, which, filled["release"], collection=filled["collection"])
    return f"In his feed, and served from {sent.added[:10]}, {sent.added[11:16]} UTC. A receipt is in the ledger."


def _take_back(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.take_back(visit.desk, view, which, filled["item"], reason=filled["reason"])
    return "Taken back, from the next crossing on."


def _revoke(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.revoke(visit.desk, view, which, reason=filled["reason"])
    return "Revoked, from the next crossing on."


_ACTS: Final[Mapping[str, Callable[[Visit, View, str, Mapping[str, str]], str]]] = {
    "put": _put,
    "take-back": _take_back,
    "revoke": _revoke,
}

ROUTES: Final[list[Route]] = [
    get(BASE, listed),
    post(BASE, put),
    get(f"{BASE}/{{partner}}", one),
    post(f"{BASE}/{{partner}}/do/{{act}}", act),
]

"""Partners' feeds over HTTP: TAXII 2.1 under `/taxii2/`, MISP's feed under `/misp/`. Each partner by his own key.

Whoever has no key learns nothing, not even whether a partner exists: every address asks for one first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError
from leconfield.gate.bundles.partners import ITEM, PARTNER
from leconfield.window.house import Window
from leconfield.window.partners import misp, taxii
from leconfield.window.partners.access import Access, Opened, admitted, items_for
from leconfield.window.partners.stored import Stored, stored_in
from leconfield.window.site import policy

JSON: Final = "application/json"
CSV: Final = "text/csv; charset=utf-8"
_READ: Final = ["GET"]
_ALL: Final = ["GET", "POST", "PUT", "DELETE"]
_CHALLENGES: Final = 'Basic realm="partners", charset="UTF-8", Bearer realm="partners"'
MAX_QUERY: Final = 4_000
"""Characters behind `?`."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request of a partner whose key fits."""

    window: Window
    access: Access
    opened: tuple[Opened, ...]
    """What he is served at this moment."""
    part: Mapping[str, str]
    query: Mapping[str, str]
    method: str


@dataclass(frozen=True, slots=True)
class RefusedCallError(Exception):
    """What is asked cannot be had."""

    status: int
    title: str
    words: str = ""


Answered = Callable[[Call], Response]


def discovery(call: Call) -> Response:
    """The server."""
    config = call.window.config
    return _taxii(taxii.discovery(config.name, config.url, call.access.partner))


def root(call: Call) -> Response:
    """A partner's root."""
    _own(call)
    return _taxii(taxii.root(call.window.config.name))


def status(call: Call) -> Response:
    """The state of something that was sent in: nothing ever is."""
    _own(call)
    raise RefusedCallError(404, "No such status", "Nothing is taken in here.")


def collections(call: Call) -> Response:
    """What a partner may read."""
    _own(call)
    return _taxii(taxii.collections(call.access.partner))


def collection(call: Call) -> Response:
    """One collection."""
    return _taxii(taxii.collection(call.access.partner, _chosen(call)))


def manifest(call: Call) -> Response:
    """What there is in a collection."""
    part = _page(call, call.query)
    return _taxii(taxii.manifest(part), part.headers)


def objects(call: Call) -> Response:
    """The objects of a collection."""
    which = _chosen(call)
    if call.method != "GET":
        raise RefusedCallError(403, "Read only", f"Nothing is added to {which} by this way.")
    part = _page(call, call.query)
    return _taxii(taxii.envelope(part), part.headers)


def one(call: Call) -> Response:
    """The versions of one object."""
    if call.method != "GET":
        raise RefusedCallError(403, "Read only", f"Nothing is taken out of {_chosen(call)} by this way.")
    part = _page(call, {**call.query, "match[id]": _known(call)})
    return _taxii(taxii.envelope(part), part.headers)


def versions(call: Call) -> Response:
    """Which versions of an object there are."""
    asked = {"match[version]": "all", **call.query, "match[id]": _known(call)}
    part = _page(call, asked)
    return _taxii(taxii.versions(part), part.headers)


def misp_manifest(call: Call) -> Response:
    """The events of a partner's feed."""
    return _plain(taxii.written(misp.manifest(call.opened, _house(call))), JSON)


def misp_hashes(call: Call) -> Response:
    """What stands in them, hashed."""
    return _plain(misp.hashes(call.opened, _house(call)), CSV)


def misp_event(call: Call) -> Response:
    """One event."""
    for each in call.opened:
        if misp.event_id(each) == call.part["event"]:
            return _plain(taxii.written(misp.event(each, _house(call))), JSON)
    raise RefusedCallError(404, "No such event", "Look it up in manifest.json.")


def _house(call: Call) -> misp.House:
    return misp.House(call.window.config.name)


def _own(call: Call) -> None:
    if call.part["root"] != call.access.partner.handle:
        raise RefusedCallError(404, "No such API root", "Ask /taxii2/ for yours.")


def _chosen(call: Call) -> str:
    _own(call)
    found = taxii.collection_of(call.access.partner, call.part["collection"])
    if found is None:
        raise RefusedCallError(404, "No such collection", "Ask for the list of collections.")
    return found


def _stored(call: Call) -> tuple[Stored, ...]:
    return stored_in(call.opened, _chosen(call))


def _known(call: Call) -> str:
    which = call.part["object"]
    if all(each.id != which for each in _stored(call)):
        raise RefusedCallError(404, "No such object", "It is not in this collection, or not any more.")
    return which


def _page(call: Call, asked: Mapping[str, str]) -> taxii.Page:
    stored = _stored(call)
    try:
        return taxii.page(stored, taxii.Wanted.read(asked))
    except BadInputError as fault:
        raise RefusedCallError(400, "That cannot be read", str(fault)) from fault


def _taxii(told: Mapping[str, object], headers: Mapping[str, str] | None = None, code: int = 200) -> Response:
    return Response(
        taxii.written(told), code, {**(headers or {}), "cache-control": policy.NEVER}, media_type=taxii.MEDIA
    )


def _plain(held: bytes, media_type: str) -> Response:
    return Response(held, 200, {"cache-control": policy.NEVER}, media_type=media_type)


def _fault(fault: RefusedCallError, *, in_taxii: bool) -> Response:
    headers = {"www-authenticate": _CHALLENGES} if fault.status == 401 else {}
    told = taxii.error(fault.status, fault.title, fault.words)
    if in_taxii:
        return _taxii(told, headers, fault.status)
    return Response(taxii.written(told), fault.status, {**headers, "cache-control": policy.NEVER}, media_type=JSON)


def _answer(request: Request, answered: Answered, *, in_taxii: bool) -> Response:
    window: Window = request.app.state.window
    try:
        return answered(_call(request, window, window.clock(), in_taxii=in_taxii))
    except RefusedCallError as fault:
        return _fault(fault, in_taxii=in_taxii)


def _call(request: Request, window: Window, now: datetime, *, in_taxii: bool) -> Call:
    if len(request.url.query) > MAX_QUERY:
        raise RefusedCallError(414, "Too long", f"{MAX_QUERY:,} characters behind the ? at most.")
    shown = window.shelf.shown(now)
    access = admitted(shown.orders(PARTNER), request.headers.get("authorization", ""))
    if access is None:
        raise RefusedCallError(401, "A key is needed", "Send the key that you were given, as a password or a token.")
    if in_taxii and not taxii.acceptable(request.headers.get("accept", "")):
        raise RefusedCallError(406, "Not acceptable", f"This is {taxii.MEDIA}.")
    opened = items_for(shown.orders(ITEM), access, now, window.config.seal_keys)
    part = {name: str(value) for name, value in request.path_params.items()}
    return Call(window, access, tuple(opened), part, dict(request.query_params), request.method)


def _route(path: str, answered: Answered, methods: list[str] = _READ, *, in_taxii: bool = True) -> Route:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(lambda: _answer(request, answered, in_taxii=in_taxii))

    return Route(path, answer, methods=methods)


_COLLECTION: Final = "/taxii2/{root}/collections/{collection}"
ROUTES: Final[list[Route]] = [
    _route("/taxii2/", discovery),
    _route("/taxii2/{root}/", root),
    _route("/taxii2/{root}/status/{status}/", status),
    _route("/taxii2/{root}/collections/", collections),
    _route(f"{_COLLECTION}/", collection),
    _route(f"{_COLLECTION}/manifest/", manifest),
    _route(f"{_COLLECTION}/objects/", objects, _ALL),
    _route(f"{_COLLECTION}/objects/{{object}}/", one, _ALL),
    _route(f"{_COLLECTION}/objects/{{object}}/versions/", versions),
    _route("/misp/manifest.json", misp_manifest, in_taxii=False),
    _route("/misp/hashes.csv", misp_hashes, in_taxii=False),
    _route("/misp/{event}.json", misp_event, in_taxii=False),
]

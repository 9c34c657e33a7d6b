"""The battery over HTTP: every route of the site, called as ASGI in this process; status, headers in order, body.

GET routes come from the site's own route table. What each is called with stands in `QUERIES`, by path: a route that is
missing there is a failure (`unasked`), so that no page is added without joining the battery.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from http import cookies
from itertools import count, pairwise
from typing import Any, Final
from urllib.parse import quote, urlencode

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from leconfield import app
from leconfield.agents.planning.running import Plans
from leconfield.desk.evidence import pages as evidence_pages
from leconfield.desk.exchange import pages as exchange_pages
from leconfield.desk.interest import pages as interest_pages
from leconfield.desk.leads import pages_lead, pages_log, pages_queue
from leconfield.gate import pages_handing
from leconfield.intake import pages as intake_pages
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.network import pages as network_pages
from leconfield.registry import pages as registry_pages
from leconfield.registry import pages_resolution
from leconfield.staff import pages_calendar
from leconfield.web import server, sessions, signin, visit
from leconfield.web.kit import STATIC_URL, templates
from tests.noninterference import (
    cases,
    court,
    covert,
    drawn,
    gate_pages,
    partners,
    rooms,
    threats,
    triage,
    window_pages,
    windowing,
)
from tests.noninterference.battery import NOBODY, Small, Transcript
from tests.noninterference.desks import cheap_passwords

Fields = Mapping[str, str]
Queries = Callable[[Small], Iterable[Fields]]
SIGNING_IN: Final = "/sign-in"


def _none(ask: Small) -> Iterable[Fields]:
    del ask
    return ({},)


def _pairs(ask: Small) -> Iterable[Fields]:
    ids = ask.subjects
    return [{"from": one, "to": other} for one, other in pairwise(ids)] + [{"from": ids[0]}]


def _subjects(ask: Small) -> Iterable[Fields]:
    yield from ({"subject": each} for each in ask.subjects)


def _charts(ask: Small) -> Iterable[Fields]:
    yield {"ids": " ".join(ask.subjects[:-1]), "hops": "2", "together": "yes"}
    yield {"ids": ",".join(ask.subjects[:1]), "since": "2026-02", "until": "2026-02"}
    yield from ({"ids": each} for each in ask.subjects)


QUERIES: Final[Mapping[str, Queries]] = {
    "/": _none,
    "/about": _none,
    "/about/widgets": _none,
    SIGNING_IN: lambda _: ({}, {"onward": "/me"}),
    "/me": _none,
    "/reports": lambda _: ({}, {"from": "2"}, {"source": "HERON"}, {"label": "S"}, {"as_of": "2026-03-02"}),
    "/reports/{id}": lambda _: ({}, {"start": "0", "end": "5"}),
    "/reports/{id}/original": _none,
    "/search": lambda ask: [{"q": each} for each in ("", "mill", "m*", *ask.words[:6])],
    "/file": _none,
    "/quarantine": _none,
    "/trace": lambda ask: [
        *({"q": each} for each in ("", "0111", "cassel", *ask.names, *ask.values[:3])),
        *({"q": f"{each}, about 40, mill lane, drives a grey golf, spy"} for each in ask.names),
        *({"name": each, "place": "mill lane", "born": "1970-1990", "sex": "x"} for each in ask.names[:3]),
    ],
    "/screening": _none,
    "/screening/answers": lambda _: ({}, {"verdict": "known"}, {"verdict": "no recorded trace", "from": "2"}),
    "/screening/answers.csv": _none,
    "/watch": lambda ask: ({}, {"show": "unseen"}, {"q": "Ray"}, {"name": "Ray"}, *_subjects(ask)),
    "/trace/typing": lambda ask: [{"q": each} for each in ("c", *(name[:2] for name in ask.names))],
    "/subjects": lambda _: ({}, {"standing": "any"}, {"standing": "any", "from": "2"}, {"schema": "Person"}),
    "/subjects/{id}": _none,
    "/subjects/{id}/timeline.json": _none,
    "/subjects/{id}/register": _none,
    "/subjects/{id}/history": _none,
    "/subjects/{id}/split": lambda ask: [
        *({"record": each} for each in ask.subjects[:2]),
        *({"left": a, "right": b} for a, b in pairwise(ask.subjects[:4])),
    ],
    "/subjects/{id}/merge": lambda ask: [{"with": each} for each in ask.subjects[:4]],
    "/changes": lambda ask: ({}, {"from": "2"}, *({"subject": each} for each in ask.subjects[:3])),
    "/changes.json": lambda ask: ({}, *({"subject": each} for each in ask.subjects[:3])),
    "/weights": lambda _: ({}, {"as_of": "2026-03-02"}),
    "/review": lambda ask: ({}, {"skip": "1"}, *({"pair": f"{a},{b}"} for a, b in pairwise(ask.subjects))),
    **{path: lambda _, asked=asked: asked for path, asked in triage.FIXED.items()},  # type: ignore[misc]
    "/investigations": lambda ask: cases.listed(ask.subjects[-2:], ask.reports[-2:]),
    "/investigations/{investigation}": lambda _: cases.one(),
    "/investigations/{investigation}/file.{paper}": _none,
    "/investigations/{investigation}/hypotheses": lambda _: cases.matrix(),
    "/incidents": lambda ask: rooms.listed(ask.reports[-2:]),
    "/incidents/answer": lambda ask: rooms.answered(ask.subjects),
    "/incidents/answer.{paper}": lambda ask: list(rooms.answered(ask.subjects))[-3:],
    "/incidents/{incident}": lambda _: rooms.one(),
    "/incidents/{incident}/picture": lambda _: rooms.pictures(),
    **{path: lambda _, asked=asked: asked for path, asked in court.FIXED.items()},  # type: ignore[misc]
    "/grid": lambda _: ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/grid.pdf": lambda _: ({"size": "A3"},),
    **{path: lambda _, asked=asked: asked for path, asked in threats.FIXED.items()},  # type: ignore[misc]
    **{path: lambda _, asked=asked: asked for path, asked in covert.FIXED.items()},  # type: ignore[misc]
    **{path: lambda _, asked=asked: asked for path, asked in gate_pages.FIXED.items()},  # type: ignore[misc]
    **{path: lambda _, asked=asked: asked for path, asked in window_pages.FIXED.items()},  # type: ignore[misc]
    "/leads": lambda ask: triage.queue(ask.reports),
    "/interest": lambda _: (
        {},
        {"state": "closed"},
        {"state": "changed"},
        {"state": "overdue", "tier": "1"},
        {"from": "2"},
    ),
    "/interest/decisions": lambda _: ({}, {"from": "2"}, {"as_of": "2026-03-02"}),
    "/interest/rules": lambda _: ({}, {"words": "mill"}),
    "/interest/{id}": lambda _: [{}, *({"act": each} for each in ("open", "close", "reopen", "tier", "review"))],
    "/chart": lambda ask: ({}, *_charts(ask)),
    "/chart/data": _charts,
    "/chart/counts": lambda ask: [{"id": each} for each in ask.subjects],
    "/chart/expand": lambda ask: [{"id": each, "prop": "associate"} for each in ask.subjects],
    "/chart/explain": lambda ask: [
        {"ids": " ".join(ask.subjects[:-1])},
        *({"link": f"{one}~associate~{other}"} for one, other in zip(ask.subjects, ask.subjects[1:], strict=False)),
    ],
    "/chart/export.{ending}": lambda ask: ({"ids": " ".join(ask.subjects[:-1]), "hops": "1"}, {"ids": NOBODY}),
    "/chart/saved": _none,
    "/chart/saved/{chart}": lambda _: drawn.versions(),
    "/chart/saved/{chart}/data": lambda _: drawn.versions(),
    "/chart/saved/{chart}/export.{ending}": _none,
    **{path: lambda _, asked=asked: asked for path, asked in partners.FIXED.items()},  # type: ignore[misc]
    "/exchange/out": lambda ask: partners.outward(ask.subjects, ask.reports, drawn.chart_ids()),
    "/paths": _pairs,
    "/map": lambda ask: ({}, *({"subject": each} for each in ask.subjects[-2:])),
    "/map/data": lambda ask: ({}, *({"subject": each} for each in ask.subjects[-2:])),
    "/timeline": lambda _: ({}, {"kind": "arson"}, {"from": "2"}),
    "/timeline/data": lambda _: ({}, {"kind": "arson"}),
}
"""What each GET route is asked, by its path."""

PARTS: Final[Mapping[str, Callable[[str, Small], Iterable[str]]]] = {
    "id": lambda path, ask: ask.reports if path.startswith("/reports") else ask.subjects,
    "lead": lambda _path, _ask: triage.lead_ids(),
    "investigation": lambda _path, _ask: cases.case_ids(),
    "incident": lambda _path, _ask: rooms.room_ids(),
    "exhibit": lambda _path, _ask: court.things("exhibit"),
    "rebuilt": lambda _path, _ask: court.things("rebuilt"),
    "issue": lambda _path, _ask: court.issues(),
    "report": lambda _path, ask: ask.reports[-3:],
    "schedule": lambda _path, _ask: ("mg6c", "mg6d", "mg6x"),
    "sheet": lambda path, _ask: court.sheets(path),
    **{part: lambda _path, ask, part=part: (*ask.covert.get(part, ()), NOBODY) for part in covert.PARTS},  # type: ignore[misc]
    **{
        part: lambda _path, ask, part=part: gate_pages.parts(part, ask.covert)  # type: ignore[misc]
        for part in ("release", "name", "case", "entry", "persona")
    },
    **{
        part: lambda path, ask, part=part: window_pages.parts(part, path, ask.covert)  # type: ignore[misc]
        for part in window_pages.PARTS
    },
    "typology": lambda _path, _ask: threats.IDS,
    "paper": lambda _path, _ask: ("pdf", "doc"),
    "chart": lambda _path, _ask: drawn.chart_ids(),
    "ending": lambda _path, _ask: ("graphml", "gexf", "csv", "json", "svg", "pdf", "anx", "doc"),
}
"""What stands in the parts of a path, by the part's name."""


def routes(site: Starlette, method: str) -> list[Route]:
    """The site's routes that answer to the method."""
    return [each for each in _flat(site.routes) if method in (each.methods or ())]


def _flat(found: Iterable[BaseRoute]) -> Iterator[Route]:
    for each in found:
        if isinstance(each, Route):
            yield each
        elif isinstance(each, Mount) and not each.path.startswith(STATIC_URL):
            yield from _flat(each.routes)


def unasked(site: Starlette) -> list[str]:
    """GET routes that the battery does not ask, or whose parts it cannot fill."""
    return [
        each.path
        for each in routes(site, "GET")
        if each.path not in QUERIES or not set(each.param_convertors) <= set(PARTS)
    ]


def addresses(site: Starlette, ask: Small) -> Iterator[str]:
    """Every address that the battery gets."""
    for route in routes(site, "GET"):
        for path in _filled(route.path, tuple(route.param_convertors), ask):
            for query in QUERIES[route.path](ask):
                yield f"{path}?{urlencode(query)}" if query else path
    yield from ("/no-such-page", f"/reports/{NOBODY}/no-such-page", f"/subjects/{quote('ÿ')}", "/reports?from=x")


def _filled(path: str, parts: tuple[str, ...], ask: Small) -> Iterator[str]:
    if not parts:
        yield path
        return
    for value in PARTS[parts[0]](path, ask):
        yield from _filled(path.replace(f"{{{parts[0]}}}", quote(value)), parts[1:], ask)


class Chance:
    """Randomness that each side draws for itself, so that what one side draws is no news to the other."""

    def __init__(self) -> None:
        self.whose = ""
        self._drawn: dict[str, Iterator[int]] = {}

    def __call__(self, size: int = 32) -> str:
        drawn = next(self._drawn.setdefault(self.whose, count()))
        return sha256(f"{self.whose} {drawn}".encode()).hexdigest()[:size]


CHANCE: Final = Chance()
_shared_templates = lru_cache(templates)


@contextmanager
def prepared() -> Iterator[None]:
    """Small pages, so that they are turned; templates compiled once; tokens that chance does not change."""

    async def here(call: Callable[..., object], *arguments: object) -> object:
        return call(*arguments)

    with cheap_passwords(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("leconfield.web.sessions.secrets.token_urlsafe", CHANCE)
        patch.setattr(visit, "run_in_threadpool", here)
        patch.setattr(signin, "run_in_threadpool", here)
        patch.setattr(pages_calendar, "run_in_threadpool", here)
        patch.setattr(server, "templates", _shared_templates)
        patch.setattr(cookies, "_getdate", lambda future=0: f"in {future} s")
        patch.setattr(intake_pages, "PAGE", 2)
        patch.setattr(registry_pages, "PAGE", 2)
        patch.setattr(pages_resolution, "PAGE", 2)
        patch.setattr(interest_pages, "PAGE", 2)
        patch.setattr(exchange_pages, "PAGE", 2)
        patch.setattr(pages_handing, "PAGE", 2)
        patch.setattr(pages_queue, "SHOWN", 2)
        patch.setattr(pages_lead, "SHOWN", 2)
        patch.setattr(pages_log, "PAGE", 2)
        patch.setattr(evidence_pages, "PAGE", 2)
        patch.setattr(network_pages, "ROWS", 2)
        covert.kept_alike(patch)
        gate_pages.sealed_alike(patch)
        windowing.keys_alike(patch)
        patch.setattr(Plans.ask, "__defaults__", (60.0,))
        yield


Answer = tuple[int, tuple[tuple[bytes, bytes], ...], bytes]


class Browser:
    """One reader's browser: it keeps cookies, and says what it was answered."""

    def __init__(self, site: Starlette, name: str) -> None:
        self.site = site
        CHANCE.whose = name
        CHANCE._drawn.pop(name, None)
        self.cookies = {sessions.COOKIE: site.state.house.sessions.start(name)} if name else {}

    @property
    def csrf(self) -> str:
        found = self.site.state.house.sessions.find(self.cookies.get(sessions.COOKIE))
        return found.csrf if found else ""

    def get(self, address: str) -> Answer:
        path, _, query = address.partition("?")
        return self._ask("GET", path, query)

    def post(self, path: str, fields: Fields) -> Answer:
        body = urlencode({"csrf": self.csrf, **fields}).encode()
        return self._ask("POST", path, "", body, "application/x-www-form-urlencoded")

    def _ask(self, method: str, path: str, query: str, body: bytes = b"", media_type: str = "") -> Answer:
        headers = [(b"host", b"desk"), (b"cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()).encode())]
        if media_type:
            headers += [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode())]
        answer = call(self.site, method, path, query, headers, body)
        self._keep(answer[1])
        return answer

    def _keep(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        for name, value in headers:
            if name == b"set-cookie":
                pair, _, attributes = value.decode().partition(";")
                cookie, _, content = pair.partition("=")
                if "max-age=0" in attributes.lower():
                    self.cookies.pop(cookie, None)
                else:
                    self.cookies[cookie] = content


def call(
    site: Starlette, method: str, path: str, query: str, headers: list[tuple[bytes, bytes]], body: bytes
) -> Answer:
    """Call the site; whatever it raises beyond its answer is part of the answer."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("desk", 80),
    }
    sent: list[dict[str, Any]] = []
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> dict[str, Any]:
        return next(asked, {"type": "http.disconnect"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    raised = b""
    try:
        _drive(site(scope, receive, send))  # type: ignore[arg-type]  # plain dictionaries are messages
    except Exception as error:  # noqa: BLE001 - whatever a site says may tell
        raised = f"raised {type(error).__name__}: {error}".encode()
    nothing: dict[str, Any] = {"status": 0, "headers": []}
    start = next((each for each in sent if each["type"] == "http.response.start"), nothing)
    content = b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")
    return int(start["status"]), tuple((bytes(k), bytes(v)) for k, v in start["headers"]), content + raised


def _drive(running: Awaitable[None]) -> None:
    """Run to the end what never waits; files are read in another thread, and so need a loop."""
    coroutine = running.__await__()
    try:
        waiting = next(coroutine)
    except StopIteration:
        return
    del waiting
    coroutine.close()
    raise RuntimeError("a page waits for something; call it in a loop")


def fetched(site: Starlette, path: str) -> Answer:
    """An answer for which the site reads a file."""

    async def fetch() -> Answer:
        import httpx

        transport = httpx.ASGITransport(app=site)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            found = await client.get(path)
        return found.status_code, tuple(found.headers.raw), found.content

    return asyncio.run(fetch())


def transcript(desk: Desk, reader: Reader, ask: Small) -> Transcript:
    """Every page to that reader, in a browser of his own."""
    site = app.site(desk)
    return asked(site, Browser(site, reader.name), ask)


@dataclass(frozen=True, slots=True)
class PagesAt:
    """The part of `transcript` at addresses that begin so: enough to find what shows there, and much quicker."""

    where: str

    def __call__(self, desk: Desk, reader: Reader, ask: Small) -> Transcript:
        """These pages to that reader, then the acts there, then the pages again."""
        site = app.site(desk)
        browser = Browser(site, reader.name)
        places = [each for each in addresses(site, ask) if each.startswith(self.where)]
        answers = [(each, browser.get(each)) for each in places]
        acts = [(path, fields) for path, fields in posts(ask) if path.startswith(self.where)]
        answers += [(f"post {path} {dict(fields)}", browser.post(path, fields)) for path, fields in acts]
        return [*answers, *((f"{each}, after", browser.get(each)) for each in places)]


def asked(site: Starlette, browser: Browser, ask: Small) -> Transcript:
    """Every page, then acts that go wrong, meet secrets or repeat them, then what they left behind."""
    stranger = Browser(site, "")
    answers: Transcript = [(f"stranger at {each}", stranger.get(each)) for each in ("/reports", "/me", SIGNING_IN)]
    hand_over(browser, ask)
    answers += [(each, browser.get(each)) for each in addresses(site, ask)]
    browser.get("/reports?as_of=now")
    for path, fields in posts(ask):
        answers.append((f"post {path} {dict(fields)}", browser.post(path, fields)))
        browser.cookies.pop("flash", None)
    answers += partners.bring(browser)
    for each in (
        *("/reports", "/review", "/subjects?standing=any", "/me", "/quarantine", "/watch", "/screening"),
        *("/interest", "/interest/decisions", "/interest/rules"),
        *triage.AFTER,
        *cases.AFTER,
        *court.AFTER,
        *rooms.AFTER,
        *threats.AFTER,
        *covert.AFTER,
        *gate_pages.AFTER,
        *window_pages.AFTER,
        *partners.AFTER,
        *drawn.AFTER,
    ):
        answers.append((f"{each}, after", browser.get(each)))
    answers.append(("wrong sign-in", stranger.post(SIGNING_IN, {"name": "naila", "password": "not the password"})))
    answers.append(("sign out", browser.post("/sign-out", {})))
    answers.append(("signed out", browser.get("/reports")))
    return answers


def hand_over(browser: Browser, ask: Small) -> None:
    """Hand a list over to be screened, and have it asked: the names, words and numbers of both sides."""
    lines = "\n".join((*ask.names, *ask.values[:6], *(f"{each}, mill lane, about 40" for each in ask.names)))
    page = browser.post("/screening/preview", {"names": lines})[2].decode()
    token = page.partition('name="token" value="')[2].partition('"')[0]
    browser.post("/screening/run", {"token": token, "column-0": "question", "why": "who is known"})


def posts(ask: Small) -> Iterator[tuple[str, Fields]]:
    """Acts with good, bad, conflicting and repeated input."""
    ids = ask.subjects
    yield "/judgements", {"csrf": "another", "left": ids[0], "right": ids[-1], "verdict": "same"}
    for one, other in zip(ids, (*ids[1:], ids[0]), strict=True):
        yield "/judgements", {"left": one, "right": other, "verdict": "same", "reason": "both limp"}
    yield "/judgements", {"left": ids[0], "right": ids[0], "verdict": "perhaps", "reason": ""}
    yield "/judgements/undo", {"reason": "no"}
    yield "/judgements/undo", {}
    for each in ask.names[:3]:
        yield "/watch", {"q": each, "reason": "who is he", "label": "S", "until": "2099", "least": "0.2"}
    for each in ids[-3:]:
        yield "/watch", {"subject": each, "reason": "who is he", "label": "O"}
    yield "/watch", {"q": "mill lane", "reason": "", "label": "S&AGENTS", "until": "soon"}
    yield "/watch/off", {"watch": NOBODY}
    for each in ids[-3:]:
        yield f"/subjects/{each}/register", {"schema": "Person", "name": "Ray Cassell", "phone": "+447700900111"}
        yield f"/subjects/{each}/register", {"schema": "Person", "name": "", "birthDate": "3 Feb"}
    for one, other in pairwise(ids):
        for report in ask.reports[-2:]:
            said = {"report": report, "quote": "the", "value": other}
            yield f"/subjects/{one}/statements", {**said, "prop": "associate", "since": "2026-02"}
            yield f"/subjects/{one}/statements", {**said, "prop": "alias", "label": "S&AGENTS", "until": "soon"}
    for label in ("S", "S&AGENTS", "S&", "NO.SUCH"):
        filled = {"title": "A meet", "text": ask.texts[-1] if ask.texts else "", "source": "HERON", "grade": "B2"}
        yield "/file", {**filled, "label": label}
    yield "/screening/preview", {"names": ""}
    yield "/screening/again", {}
    yield "/screening/run", {"token": "none", "column-0": "question", "why": "who is known"}
    yield "/watch/seen", {"watch": NOBODY, "report": NOBODY}
    yield "/watch/seen", {}
    yield from _interest(ask)
    yield from triage.posts(ask.reports, ask.subjects, ask.statements)
    yield from cases.posts(ask.reports, ask.subjects)
    yield from court.posts(ask.reports, ask.statements)
    yield from rooms.posts(ask.reports, ask.subjects)
    yield from threats.posts()
    yield from partners.posts(ask.subjects)
    yield from drawn.posts(ask.subjects)
    yield from covert.posts(ask.covert)
    yield from gate_pages.posts(ask.covert)
    yield from window_pages.posts(ask.covert)
    yield "/file", {"title": "", "text": "", "source": "", "grade": "Z9", "label": ""}
    yield "/screening/drop", {}
    yield "/file/preview", {"mapping": "calls", "source": "HERON", "grade": "B2", "label": "S&AGENTS"}
    yield "/file/table", {"token": "none"}


def _interest(ask: Small) -> Iterator[tuple[str, Fields]]:
    """What is decided on subjects of interest: by good, bad and repeated forms, on visible and on hidden subjects."""
    looking = {"review": "2099-01-01", "label": "S"}
    for place, each in enumerate(ask.subjects[-3:]):
        yield f"/interest/{each}/open", {**looking, "tier": "3", "reason": "heard of"}
        yield f"/interest/{each}/open", {**looking, "tier": "9", "reason": "heard of again"}
        yield f"/interest/{each}/tier", {"tier": str(place + 1), "reason": "more is known"}
        yield f"/interest/{each}/reopen", {**looking, "reason": "seen again"}
        yield f"/interest/{each}/close", {**looking, "reason": "nothing in it", "risk": "low", "residual": "little"}
        yield f"/interest/{each}/review", {"outcome": "as it was", "review": "soon" if place else "2099"}
    yield f"/interest/{ask.subjects[0]}/open", {**looking, "tier": "1", "reason": "ours", "label": "S&AGENTS"}
    yield f"/interest/{ask.subjects[0]}/forget", {}
    for words in (*ask.words[:2], "*"):
        yield "/interest/rules", {"name": "a rule", "words": words, "reason": "to know", "label": "S"}
    yield (
        "/interest/rules",
        {"name": "a rule", "question": ask.names[0] if ask.names else "", "reason": "", "label": "S"},
    )
    yield "/interest/rules/end", {"rule": NOBODY, "reason": "no more"}

"""A site over a small desk, and a caller that sends it whatever bytes a server lets through: no client mends them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from starlette.routing import Route

from leconfield.app import site
from leconfield.gate.mosaic import service as mosaic
from leconfield.gate.release import service as releasing
from leconfield.gate.release.model import Aside
from leconfield.intake import service as intake
from leconfield.intake.filing import Terms
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import Grade
from leconfield.ledger.model import Reader, SubjectId
from leconfield.registry import service as registry
from leconfield.web.sessions import COOKIE
from tests.ledger.desks import EMMA, ROB, desk, look
from tests.noninterference.desks import enrolment

Headers = list[tuple[bytes, bytes]]
SLOW: Final = 5.0
"""Seconds of work in which everything is answered; the clock on the wall is shared with other programs."""
_HEADERS: Final = (
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cache-control",
)
_CODE: Final = re.compile(rb'Traceback|\.py", line|line \d+, in |site-packages|sqlalchemy|jinja2', re.IGNORECASE)
_NO_TARGET: Final = re.compile(rb"[^\x21-\x7e]")
_NO_VALUE: Final = re.compile(rb"[^\x20-\x7e\x80-\xff]")
"""What h11, the server's parser, refuses in a request's target and in its headers before the site sees them."""
_TEXT: Final = (
    "At 14:10 on 5 March 2026 Ray Cassell met Dawn Prosser outside 12 Farley Rise, Luton. He rang 07700 900142."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float
    raised: str = ""
    """The error that got past the site to the server; there must be none."""

    def header(self, name: str) -> str:
        return next((value for each, value in self.headers if each == name), "")


@dataclass
class House:
    """The site, and the ids that are in it."""

    desk: Desk
    report: str
    subject: str
    others: tuple[str, ...]
    release: str = ""
    """A release that is a draft."""
    _runner: asyncio.Runner = field(default_factory=asyncio.Runner)

    def __post_init__(self) -> None:
        self.app = site(self.desk)
        self.sessions = self.app.state.house.sessions
        self.cookie = self.sessions.start(EMMA.name)
        self.csrf = self.sessions.find(self.cookie).csrf

    def ask(
        self,
        method: str,
        path: str | bytes,
        query: bytes = b"",
        headers: Iterable[tuple[bytes, bytes]] = (),
        body: bytes = b"",
        *,
        signed_in: bool = True,
    ) -> Answer:
        """Send one request, byte for byte, as the server would hand it over."""
        raw = _NO_TARGET.sub(b"", path.encode() if isinstance(path, str) else path)
        given = [(b"host", b"desk.example"), *((name, _NO_VALUE.sub(b"", value).strip()) for name, value in headers)]
        if signed_in:
            given.append((b"cookie", f"{COOKIE}={self.cookie}".encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(raw.decode("latin-1")),
            "raw_path": raw,
            "root_path": "",
            "query_string": _NO_TARGET.sub(b"", query),
            "headers": given,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8600),
        }
        return self._runner.run(self._call(scope, body))

    async def _call(self, scope: dict[str, Any], body: bytes) -> Answer:
        sent: list[MutableMapping[str, Any]] = []
        waiting: list[dict[str, Any]] = [
            {"type": "http.request", "body": body, "more_body": False},
            {"type": "http.disconnect"},
        ]

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        began, raised = time.process_time(), ""
        try:
            await self.app(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - whatever gets out of the site is the finding
            raised = repr(error)
        nothing: MutableMapping[str, Any] = {"status": 0, "headers": []}
        start = next((each for each in sent if each["type"] == "http.response.start"), nothing)
        headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in start["headers"])
        content = b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")
        return Answer(start["status"], headers, content, time.process_time() - began, raised)

    def leaves(self) -> int:
        """How much is on record."""
        return self.desk.verify().leaves

    def entries(self) -> int:
        """How many acts stand."""
        return self.desk.verify().entries

    def close(self) -> None:
        self._runner.close()


def routes(house: House) -> Iterator[tuple[str, str]]:
    """Every path of the site with its method."""
    for route in house.app.routes:
        if isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, route.path


def open_house(words: str = "") -> House:
    """A site with an officer, a report, two subjects, and `words` in every field that takes words."""
    at = desk()
    title = f"Contact report {words}".strip()
    at.append(accounts.KEEPER, [enrolment(each) for each in (EMMA, Reader(ROB.name, f"Rob {words}", ROB.tokens))])
    terms = Terms(f"KESTREL {words}".strip(), f"agent {words}".strip(), Grade("B", 2), "S")
    content = f"Title: {title}\n\n{_TEXT} {words}".encode()
    (outcome,) = intake.file_bytes(at, ROB, f"{words or 'a'}.txt", content, terms)
    intake.file_bytes(at, ROB, f"{words or 'a'}.gz", b"\x1f\x8b", terms)
    report = look(at, ROB).report(outcome.report or "")
    made: list[SubjectId] = []
    for name in ("Ray Cassell", "R. Cassell"):
        said = [registry.Said("name", f"{name} {words}".strip(), 0, 5)]
        said += [registry.Said(each, words) for each in ("alias", "position", "notes", "phone") if words]
        made.append(registry.register(at, ROB, "Person", said, report))
    registry.record(at, ROB, made[0], "Person", [registry.Said("associate", made[1])], report)
    registry.judge(at, look(at, ROB), made[0], made[1], "undecided", f"seen both {words}")
    others = tuple(each.subject for each in look(at, ROB).statements() if each.subject not in made)
    return House(at, report.id, made[0], tuple(dict.fromkeys((made[1], *others))), _released(at, words))


def _released(at: Desk, words: str) -> str:
    """A draft with the words in it, in a persona's mouth, and in what was said of that persona."""
    text = {"text.txt": ("text/plain", f"{_TEXT} {words}".encode("utf-8", "replace"))}
    view = look(at, EMMA)
    which = releasing.draft(at, view, "post", "public", text, label="S", title="A post", aside=Aside(persona="Lark"))
    mosaic.note_said(at, view, f"Lark {words}", f"She sings. {words}", on="2026-03-01", where=words, label="S")
    return which


def check(answer: Answer, *, told: str = "") -> None:
    """Make sure that the answer is one: no error of ours, nothing of our insides, the headers, in time."""
    assert not answer.raised, f"{told}: {answer.raised}"
    assert 200 <= answer.status < 500, f"{told}: status {answer.status}"
    if not answer.header("content-disposition") and "javascript" not in answer.header("content-type"):
        assert not _CODE.search(answer.body), f"{told}: {answer.body[:2000]!r}"
    for name in _HEADERS:
        assert answer.header(name), f"{told}: no {name}"
    for name, value in answer.headers:
        assert not set("\r\n\0") & {*name, *value}, f"{told}: {name}"
    if answer.status >= 400 and "text/html" in answer.header("content-type") and answer.body:
        assert b"<main" in answer.body, told
    assert answer.seconds < SLOW, f"{told}: {answer.seconds:.1f} s"

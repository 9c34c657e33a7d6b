"""One call to the API: its version, its token, what it names; and how it is answered, or spoilt by the script."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from leconfield.fake_instagram import refusals
from leconfield.fake_instagram.faults import Fault, Script
from leconfield.fake_instagram.graph import Graph
from leconfield.fake_instagram.model import VERSIONS
from leconfield.fake_instagram.refusals import GraphError
from leconfield.fake_instagram.webhooks import Listener, raw

_FALSE: Final = frozenset({"false", "0"})


@dataclass(slots=True)
class Fake:
    """All that the server is made of."""

    graph: Graph
    script: Script
    listener: Listener
    calls: list[str]
    """Every call of the API, as `POST publish`, the oldest first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A call whose token is let in."""

    fake: Fake
    request: Request
    fields: Mapping[str, str]

    @property
    def graph(self) -> Graph:
        """The account."""
        return self.fake.graph

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def flag(self, name: str) -> bool:
        """Whether a field says yes."""
        return self.fields.get(name, "true").lower() not in _FALSE

    def picked(self, whole: Mapping[str, object], unasked: tuple[str, ...] = ("id",)) -> dict[str, object]:
        """Of an object the fields that were asked for.

        Raises:
            GraphError: if one was asked for that is none.
        """
        names = [each for each in self.fields.get("fields", "").split(",") if each] or list(unasked)
        if any(each not in whole for each in names):
            raise GraphError(refusals.NO_FIELD)
        return {each: whole[each] for each in dict.fromkeys(["id", *names])}


Work = Callable[[Asked], Awaitable[dict[str, object]]]


class Lost(Response):
    """An answer that breaks off: its head promises more than comes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin, and stop."""
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4096")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


async def answered(fake: Fake, request: Request, call: str, work: Work, *, open_to_all: bool = False) -> Response:
    """The answer to a call, with what the script does to it."""
    fake.calls.append(f"{request.method} {call}")
    fault = fake.script.take(call)
    try:
        asked = await _asked(fake, request, open_to_all=open_to_all)
        if fault and fault.do == "lost-before":
            return Lost()
        _refuse(fault, "error")
        found = await work(asked)
        _refuse(fault, "error-after")
    except GraphError as error:
        return JSONResponse(error.body, error.refusal.status)
    return await _spoilt(fake, fault, found)


def _refuse(fault: Fault | None, doing: str) -> None:
    if fault and fault.do == doing:
        raise GraphError(fault.refusal)


async def _spoilt(fake: Fake, fault: Fault | None, found: dict[str, object]) -> Response:
    match fault.do if fault else "":
        case "lost":
            return Lost()
        case "garbled":
            return Response("<html>502 Bad Gateway</html>", media_type="text/html")
        case "slow" if fault:
            await asyncio.sleep(fault.seconds)
        case "late" if fault:
            fake.graph.media[str(found["id"])].hidden_from_lists = fault.reads
        case "stuck":
            fake.graph.containers[str(found["id"])].polls_left = 10**9
        case "fails":
            fake.graph.containers[str(found["id"])].failed = True
        case _:
            pass
    return Response(raw(found), media_type="application/json")


async def _asked(fake: Fake, request: Request, *, open_to_all: bool) -> Asked:
    version = str(request.path_params.get("version", ""))
    if version and version not in VERSIONS:
        raise GraphError(refusals.NO_PATH)
    end = VERSIONS.get(version)
    if end is not None and fake.graph.clock().date() >= end:
        raise GraphError(refusals.ENDED)
    fields = dict(request.query_params)
    if request.method == "POST":
        fields |= await _body(request)
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    token = given.strip() if kind.lower() == "bearer" else fields.get("access_token", "")
    if not open_to_all:
        fake.graph.admit(token)
    return Asked(fake, request, {**fields, "access_token": token})


async def _body(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            told = json.loads(await request.body() or b"{}")
        except ValueError:
            raise GraphError(refusals.BAD_PARAMETER) from None
        return {name: each if isinstance(each, str) else json.dumps(each) for name, each in dict(told).items()}
    return {name: each for name, each in (await request.form()).items() if isinstance(each, str)}

"""Whatever a platform answers, it neither fills this program up nor holds it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from leconfield.window.publishing import calling
from leconfield.window.publishing.calling import Caller
from leconfield.window.publishing.tokens import TokenFile
from leconfield.window.publishing.trouble import Kind, TroubleError
from tests.fake_instagram.serving import served


async def long(_request: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(80):
            yield b"x" * 2**16

    return StreamingResponse(parts())


async def packed(_request: Request) -> Response:
    return Response(b"{}", headers={"content-encoding": "gzip"})


async def plain(request: Request) -> Response:
    return Response(f'{{"packing": "{request.headers["accept-encoding"]}", "half": "\\ud83d"}}')


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    token = TokenFile(Path(tmp_path_factory.mktemp("secrets")) / "token")
    token.write("opens-nothing", datetime(2026, 8, 1, tzinfo=UTC))
    with served(Starlette(routes=[Route(f"/{each.__name__}", each) for each in (long, packed, plain)])) as address:
        yield Caller(address, token, 5.0)


def test_a_long_answer_is_read_no_further_than_is_allowed(caller: Caller) -> None:
    with pytest.raises(TroubleError, match="longer than 4,194,304 bytes") as trouble:
        caller.get("/long")

    assert trouble.value.kind is Kind.AGAIN


def test_an_answer_that_comes_too_slowly_is_not_waited_for(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count(step=3)
    monkeypatch.setattr(calling, "monotonic", lambda: next(seconds))

    with pytest.raises(TroubleError, match="too slowly"):
        caller.get("/long")

    assert next(seconds) == 9


def test_a_packed_answer_is_neither_asked_for_nor_unpacked(caller: Caller) -> None:
    with pytest.raises(TroubleError, match="packed"):
        caller.get("/packed")


def test_what_is_read_can_be_written(caller: Caller) -> None:
    assert caller.get("/plain") == {"packing": "identity", "half": "?"}

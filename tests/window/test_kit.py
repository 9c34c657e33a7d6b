"""The kit: forms in memory alone and no larger than allowed, errors without a word of anybody, ticks that go on."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

import pytest
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from leconfield.window import serving
from leconfield.window.codes import CrowdedError
from leconfield.window.house import Window
from leconfield.window.site import app, filled
from leconfield.window.site.app import application
from leconfield.window.site.filled import MAX_FORM
from leconfield.window.site.kit import Asked, get, post
from leconfield.window.spool import FullError
from tests.window.houses import House, house

SECRET = "what somebody typed"


def _told(asked: Asked) -> Response:
    files = ", ".join(f"{each.name}:{len(each.held)}" for each in asked.files("files"))
    return PlainTextResponse(f"{asked.filled('words')}|{'+'.join(asked.all('box'))}|{files}")


def _breaks(asked: Asked) -> Response:
    raise ValueError(f"cannot read {asked.filled('words')}")


def _crowded(asked: Asked) -> Response:
    raise CrowdedError


def _holds(asked: Asked) -> Response:
    return PlainTextResponse("a place is free" if filled._LARGE.acquire(blocking=False) else "no place is free")


def _seen(asked: Asked) -> Response:
    return PlainTextResponse(repr(asked))


def _area(**named: object) -> ModuleType:
    made = ModuleType("area")
    made.__dict__.update(named)
    return made


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    routes = (
        post("/told", _told, limit=3 * 2**20),
        post("/small", _told, limit=100),
        post("/breaks", _breaks),
        post("/crowded", _crowded),
        post("/holds", _holds, limit=3 * 2**20),
        get("/seen", _seen),
    )
    monkeypatch.setattr(app, "DEPARTMENTS", (_area(ROUTES=routes),))
    return house(tmp_path)


def test_a_form_is_read_with_several_values_and_line_breaks_of_one_kind(place: House) -> None:
    answer = place.reader.post("/told", data={"words": " a\r\nb\0 ", "box": ["x", "y"]})
    assert answer.text == "a\nb|x+y|"


def test_large_files_are_read_without_a_file_on_any_disk(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def rolled(_: object) -> None:
        raise AssertionError("rolled over to a disk")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", rolled)
    answer = place.reader.post("/told", data={"words": "w"}, files=[("files", ("big.bin", b"x" * 2_500_000))])
    assert answer.text == "w||big.bin:2500000"


def test_a_form_that_is_too_large_is_refused_in_words(place: House) -> None:
    answer = place.reader.post("/small", data={"words": SECRET * 20})
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert SECRET not in answer.text


LARGE = [("files", ("big.bin", b"x" * (MAX_FORM + 1)))]


def test_no_more_large_forms_are_in_memory_at_once_than_it_is_meant_for(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(filled, "_LARGE", places)
    for _ in range(2):
        assert place.reader.post("/told", files=LARGE).status_code == 200
    with places:
        refused, small = place.reader.post("/told", files=LARGE), place.reader.post("/told", data={"words": "w"})
    assert (refused.status_code, small.text) == (503, "w||")
    assert "Very many people" in refused.text
    assert place.reader.post("/told", files=LARGE).status_code == 200


def test_a_large_form_has_its_place_until_it_is_answered(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(filled, "_LARGE", places)
    assert place.reader.post("/holds", files=LARGE).text == "no place is free"
    assert places.acquire(blocking=False)


async def _never() -> AsyncIterator[bytes]:
    yield b"words="
    await asyncio.Event().wait()


async def _broken() -> AsyncIterator[bytes]:
    yield bytes(MAX_FORM + 1)
    raise ClientDisconnect


def _reading(stream: AsyncIterator[bytes], length: str = "") -> None:
    async def read() -> None:
        async with filled.filled(Headers({"content-length": length}), stream, 3 * MAX_FORM):
            raise AssertionError("it was read")

    asyncio.run(read())


def test_a_form_that_does_not_come_to_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filled, "PATIENCE", 0.01)
    with pytest.raises(filled.TooSlowError):
        _reading(_never())


def test_a_form_that_says_it_is_too_large_is_refused_before_it_comes() -> None:
    with pytest.raises(filled.TooLargeError):
        _reading(_never(), str(3 * MAX_FORM + 1))


def test_a_large_form_that_is_broken_off_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(filled, "_LARGE", places)
    with pytest.raises(ClientDisconnect):
        _reading(_broken())
    assert places.acquire(blocking=False)


def test_who_only_says_that_much_will_come_takes_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filled, "PATIENCE", 0.01)
    monkeypatch.setattr(filled, "_LARGE", threading.BoundedSemaphore(1))
    with filled._LARGE, pytest.raises(filled.TooSlowError):
        _reading(_never(), str(2 * MAX_FORM))


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (filled.TooSlowError(), 408, "took too long"),
        (FullError("full"), 503, "only short things"),
        (ClientDisconnect(), 400, ""),
    ],
)
def test_why_nothing_is_taken_is_said_and_is_no_error_of_ours(
    place: House, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, says: str
) -> None:
    async def read(*_: object) -> None:
        raise fault

    monkeypatch.setattr(filled, "_read", read)
    answer = place.reader.post("/told", data={"words": "w"})
    assert answer.status_code == status
    assert says in answer.text


def test_the_server_takes_so_many_connections_and_no_more(place: House) -> None:
    made = serving.settings(place.window, "127.0.0.1", 0)
    assert made.limit_concurrency == serving.AT_ONCE < 1024


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--y\r\nContent-Disposition: nonsense\r\n\r\n"),
        ("application/x-www-form-urlencoded", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(2_000))),
    ],
)
def test_what_is_no_form_is_refused_in_words(place: House, kind: str, body: bytes) -> None:
    answer = place.reader.post("/told", content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert "could not read" in answer.text


def test_of_an_error_its_kind_and_place_are_said_and_no_word_of_who_asked(
    place: House, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = TestClient(application(place.window), base_url=place.window.config.url)
    answer = reader.post("/breaks", data={"words": SECRET})
    said = capsys.readouterr()
    assert answer.status_code == 500
    assert SECRET not in answer.text + said.out + said.err
    assert said.err.startswith("ValueError at ")
    assert answer.headers["content-security-policy"]


def test_where_too_many_are_at_their_codes_it_is_said_and_can_be_sent_again(place: House) -> None:
    answer = place.reader.post("/crowded", data={"words": SECRET})
    assert answer.status_code == 503
    assert "Very many people" in answer.text
    assert SECRET not in answer.text


def test_a_page_is_not_told_who_asks(place: House) -> None:
    answer = place.reader.get(
        "/seen", headers={"user-agent": "A Browser", "cookie": "id=7", "referer": "https://r.example"}
    )
    for word in ("A Browser", "id=7", "r.example", "testclient"):
        assert word not in answer.text


def test_other_methods_and_unknown_addresses_are_answered_in_the_frame(place: House) -> None:
    assert place.reader.get("/told").status_code == 405
    assert "<h1" in place.reader.get("/no/such").text


def test_one_area_s_tick_that_fails_does_not_stop_the_others(
    place: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ticked: list[Window] = []

    def fails(_: Window) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(serving, "DEPARTMENTS", (_area(TICK=fails), _area(), _area(TICK=ticked.append)))
    monkeypatch.setattr(serving, "TICK_SECONDS", 0)

    async def twice() -> None:
        ticking = asyncio.create_task(serving._tick(place.window))
        while len(ticked) < 2:
            await asyncio.sleep(0)
        ticking.cancel()

    asyncio.run(asyncio.wait_for(twice(), 20))
    assert ticked[:2] == [place.window, place.window]
    assert SECRET not in capsys.readouterr().err

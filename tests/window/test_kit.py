"""The kit: forms in memory alone and no larger than allowed, errors without a word of anybody, ticks that go on."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from types import ModuleType

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from leconfield.window import serving
from leconfield.window.codes import CrowdedError
from leconfield.window.house import Window
from leconfield.window.site import app
from leconfield.window.site.app import application
from leconfield.window.site.kit import Asked, get, post
from tests.window.houses import House, house

SECRET = "what somebody typed"


def _told(asked: Asked) -> Response:
    files = ", ".join(f"{each.name}:{len(each.held)}" for each in asked.files("files"))
    return PlainTextResponse(f"{asked.filled('words')}|{'+'.join(asked.all('box'))}|{files}")


def _breaks(asked: Asked) -> Response:
    raise ValueError(f"cannot read {asked.filled('words')}")


def _crowded(asked: Asked) -> Response:
    raise CrowdedError


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

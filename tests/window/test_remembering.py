"""What is made once and given again: never beyond what it may take, never past its instant, never after a change."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from starlette.responses import Response

from leconfield.window.site import app, remembering
from leconfield.window.site.kit import Asked, get
from tests.window.houses import House, house


class Counter:
    """A page that says how often it was made, for a while that is known beforehand."""

    def __init__(self) -> None:
        self.made = 0

    def page(self, asked: Asked) -> Response:
        self.made += 1
        until = asked.now + timedelta(hours=1) if asked.parameters["name"] == "hour" else None
        return asked.answer(f"{self.made} {asked.parameters['name']}".encode(), "text/plain", until=until)


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counter: Counter) -> House:
    area = ModuleType("area")
    area.ROUTES = (get("/kept/{name}", counter.page, kept=True), get("/made/{name}", counter.page))  # type: ignore[attr-defined]
    monkeypatch.setattr(app, "DEPARTMENTS", (area,))
    return house(tmp_path)


def test_a_page_is_made_once_for_all_and_each_language_has_its_own(place: House, counter: Counter) -> None:
    reader = place.reader
    assert [reader.get("/kept/a").text for _ in range(3)] == ["1 a"] * 3
    assert reader.get("/de/kept/a").text == "2 a"
    assert reader.get("/kept/a").text == "1 a"


def test_a_page_that_is_not_to_be_kept_is_made_each_time(place: House, counter: Counter) -> None:
    reader = place.reader
    assert [reader.get("/made/a").text for _ in range(2)] == ["1 a", "2 a"]


def test_a_page_with_parameters_is_made_each_time(place: House, counter: Counter) -> None:
    reader = place.reader
    assert [reader.get("/kept/a?x=1").text for _ in range(2)] == ["1 a", "2 a"]


def test_when_something_comes_in_all_is_made_anew(place: House, counter: Counter) -> None:
    reader = place.reader
    reader.get("/kept/a")
    place.release("post", "Something new.")
    assert reader.get("/kept/a").text == "2 a"


def test_a_page_is_made_anew_from_its_instant_on(place: House, counter: Counter) -> None:
    reader = place.reader
    reader.get("/kept/hour")
    place.clock.on(minutes=59, seconds=59)
    assert reader.get("/kept/hour").text == "1 hour"
    place.clock.on(seconds=1)
    assert reader.get("/kept/hour").text == "2 hour"


def test_the_head_alone_has_the_same_headers_and_no_body(place: House, counter: Counter) -> None:
    reader = place.reader
    whole, head = reader.get("/kept/a"), reader.head("/kept/a")
    assert head.content == b""
    assert dict(head.headers) == dict(whole.headers)


def test_the_oldest_make_room_and_what_is_too_large_is_not_kept(
    place: House, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MAX_BYTES", 8)
    monkeypatch.setattr(remembering, "MAX_EACH", 4)
    reader = place.reader
    assert [reader.get(f"/kept/{name}").text for name in "abc"] == ["1 a", "2 b", "3 c"]
    assert reader.get("/kept/c").text == "3 c"
    assert reader.get("/kept/a").text == "4 a"
    assert [reader.get("/kept/long").text for _ in range(2)] == ["5 long", "6 long"]

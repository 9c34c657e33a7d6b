"""Tests of the pages of surveillance over HTTP: forms good and bad, who sees what, what the end of a paper says."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.app import site
from leconfield.errors import BadInputError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.surveillance.lines import line_in
from leconfield.surveillance.taking import take
from tests.authority.offices import APPLICANT, Hands
from tests.e2e.watched import PNG
from tests.ledger.desks import look
from tests.noninterference.desks import cheap_passwords
from tests.surveillance.logs import lines, operation, planned
from tests.surveillance.test_taking import sent_as

PASSWORD = "a long password"


class Visitor:
    """Somebody at the site, with cookies of his own."""

    def __init__(self, desk: Desk, name: str = "") -> None:
        transport = httpx.ASGITransport(site(desk))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://desk", follow_redirects=bool(name))
        if name:
            self.post("/sign-in", data={"name": name, "password": PASSWORD})

    def get(self, path: str) -> httpx.Response:
        return asyncio.run(self._client.get(path))

    def post(self, path: str, **sent: Any) -> httpx.Response:
        return asyncio.run(self._client.post(path, **sent))


@dataclass(frozen=True, slots=True)
class House:
    """A site over a desk with one operation, and somebody at it who may see it and somebody who may not."""

    desk: Desk
    hands: Hands
    which: str
    gwen: Visitor
    guest: Visitor

    @property
    def url(self) -> str:
        return f"/operations/{self.which}"

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form as the one who may see it."""
        answer = self.gwen.post(self.url + path, data={"csrf": csrf(self.gwen), **fields})
        return answer.status_code, answer.text


def csrf(client: Visitor) -> str:
    """The token of the session."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/operations").text)
    assert found is not None
    return found[1]


@pytest.fixture
def house() -> Iterator[House]:
    with cheap_passwords():
        desk, hands, which = planned()
        clients = []
        for name, tokens in (("gwen", APPLICANT.tokens), ("guest", frozenset({"O"}))):
            desk.append(accounts.KEEPER, [accounts.enrolling(name, name.title(), PASSWORD, tokens, ())])
            clients.append(Visitor(desk, name))
        yield House(desk, hands, which, *clients)


PLACES = (
    *("", "/live", "/live/last", "/live/state", "/positions", "/log.pdf", "/log.json", "/log.docx"),
    *("/briefing.pdf", "/pictures/1", "/pictures/1/file"),
)


@pytest.mark.parametrize("path", PLACES)
def test_a_hidden_operation_is_as_if_it_had_never_been(house: House, path: str) -> None:
    hidden, never = (house.guest.get(f"/operations/{each}{path}") for each in (house.which, "0" * 32))
    assert hidden.status_code == never.status_code == 404
    assert re.sub(house.which, "0" * 32, hidden.text) == never.text


@pytest.mark.parametrize("path", ["/live", "/lines", "/pictures", "/staff", "/deploy", "/close", "/debrief"])
def test_nothing_is_done_on_a_hidden_operation(house: House, path: str) -> None:
    answers = [
        house.guest.post(f"/operations/{each}{path}", data={"csrf": csrf(house.guest), "lines": "[]", "seen": "x"})
        for each in (house.which, "0" * 32)
    ]
    assert [each.status_code for each in answers] == [404, 404]
    assert re.sub(house.which, "0" * 32, answers[0].text) == answers[1].text


def test_nobody_who_is_not_signed_in_gets_even_the_bare_form(house: House) -> None:
    stranger = Visitor(house.desk)
    for path in ("/operations/shell", "/operations/keeper.js", house.url, f"{house.url}/live/state"):
        assert stranger.get(path).status_code == 303


def test_the_page_says_when_the_authority_has_ended(house: House) -> None:
    assert "May be logged on" in house.gwen.get(house.url).text
    house.hands.move(days=200)
    house.gwen.post("/sign-in", data={"name": "gwen", "password": PASSWORD})
    for path in ("", "/live"):
        assert "authority ended" in house.gwen.get(house.url + path).text
    status, said = house.post("/live", quick="out", by="Alpha")
    assert status == 200
    assert "It stands. No authority is live" in said
    assert "Its authority has ended" in house.gwen.get(house.url).text


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(house: House) -> None:
    for fields, words in (
        ({"by": "Alpha"}, "says nothing"),
        ({"by": "Zulu", "seen": "He waits."}, "nobody&#39;s call sign"),
        ({"by": "Alpha", "quick": "fly"}, "none of the buttons"),
        ({"by": "Alpha", "seen": "He waits.", "position": "91, 0"}, "no position on earth"),
        ({"by": "Alpha", "seen": "He waits.", "position": "1 2 3"}, "give latitude, longitude"),
        ({"by": "Alpha", "seen": "x" * 4001}, "too long"),
    ):
        status, said = house.post("/live", **fields)
        assert status == 400, fields
        assert words in said, fields
    assert "He waits." in house.post("/live", by="Zulu", seen="He waits.")[1]
    assert operation(house.desk).lines == ()


def test_a_place_of_before_is_chosen_with_its_position(house: House) -> None:
    house.post("/live", by="Alpha", seen="He waits.", place="Mill Lane", position="51.8787, -0.42")
    known = re.search(r'<option value="(51[^"]+)"', house.gwen.get(f"{house.url}/live").text)
    assert known is not None
    house.post("/live", by="Alpha", quick="out", known=known[1])
    says = operation(house.desk).lines[1].written.says
    assert says is not None
    assert (says.seen, says.place, says.latitude, says.longitude) == ("Out.", "Mill Lane", "51.8787", "-0.42")
    assert [each["count"] for each in house.gwen.get(f"{house.url}/positions").json()["places"]] == [2]


def test_the_words_of_a_line_are_words_and_no_markup(house: House) -> None:
    house.post("/live", by="Alpha", seen="<script>alert(1)</script>", place='"><img src=x onerror=alert(1)>')
    for path in ("", "/live", "/live/last"):
        page = house.gwen.get(house.url + path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_picture_goes_in_with_its_line_and_comes_out_as_it_was(house: House) -> None:
    files = {"picture": ("dot.png", PNG, "image/png")}
    token = {"csrf": csrf(house.gwen), "by": "Alpha"}
    refused = house.gwen.post(f"{house.url}/live", data={**token, "quick": "bag"}, files={"picture": ("x", b"GIF89a")})
    assert (refused.status_code, "no picture" in refused.text) == (400, True)
    assert operation(house.desk).lines == ()
    assert house.gwen.post(f"{house.url}/live", data={**token, "quick": "bag"}, files=files).status_code == 200
    (shown,) = operation(house.desk).pictures.values()
    answer = house.gwen.get(f"{house.url}/pictures/{shown.entry}/file")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert "Looked at" in house.gwen.get(f"{house.url}/pictures/{shown.entry}").text
    again = house.gwen.post(f"{house.url}/pictures", data=token, files=files)
    assert again.json() == {"picture": shown.entry}
    assert house.gwen.post(f"{house.url}/pictures", data=token).status_code == 400


def test_a_device_sends_sees_where_it_stands_and_sends_again(house: House) -> None:
    written = lines(house.hands, house.which, 3)
    body = json.dumps([sent_as(each) for each in written])
    for kept, held in ((3, 0), (0, 3)):
        said = house.gwen.post(f"{house.url}/lines", data={"csrf": csrf(house.gwen), "lines": body}).json()
        assert (said["kept"], said["held_already"], said["fault"]) == (kept, held, "")
    state = house.gwen.get(f"{house.url}/live/state?device=d1").json()
    assert state["head"] == [3, written[-1].seal]
    assert house.gwen.get(f"{house.url}/live/state?device=other").json()["head"] == [0, "0" * 64]


def test_every_page_shows_the_day_that_is_asked_for(house: House) -> None:
    take(house.desk, look(house.desk, APPLICANT), house.which, lines(house.hands, house.which, 2))
    before = house.hands.at.date().isoformat()
    house.hands.move(days=2)
    house.gwen.post("/sign-in", data={"name": "gwen", "password": PASSWORD})
    take(
        house.desk,
        look(house.desk, APPLICANT),
        house.which,
        lines(house.hands, house.which, 1, "d2", seen="On the third day."),
    )
    now = house.gwen.get(house.url).text
    then = house.gwen.get(f"{house.url}?as_of={before}").text
    assert "On the third day." in now
    assert "On the third day." not in then
    assert "Write lines" not in then
    assert "go back to now" in house.gwen.get(f"{house.url}/live").text


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(_JSON, st.sampled_from(["device", "number", "at", "by", "seen", "salt", "pictures", "seal", "latitude"]))
def test_whatever_a_line_is_made_of_it_is_a_line_or_refused_in_words(said: object, part: str) -> None:
    (line,) = lines(Hands(), "a" * 32, 1)
    for each in (said, {**sent_as(line), part: said}):
        with suppress(BadInputError):
            line_in(each)

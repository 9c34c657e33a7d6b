"""Tests of `leconfield.outreach.rounds.pages`: a round over HTTP, from its plan to the release of its answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette

from leconfield import app
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.outreach import profile
from leconfield.outreach.rounds import passing, standing, state
from tests.gate.release.rooms import Hands
from tests.ledger.desks import look
from tests.noninterference.pages import Browser, prepared
from tests.outreach.house import EDITOR, JUNIOR, PLAIN, enrolled
from tests.outreach.rounds.rooms import DAY, OPENS, PLAN, accepted, asked, at, ballots

TIMES = {"opens": "2026-03-09T09:00", "closes": "2026-03-16T09:00", "due": "2026-03-23T09:00"}
FORM = {"title": "Life and work", "label": "O&PRESSROOM", "publishes": "2026-03-24T09:00", **TIMES}
SLEEP = "How do you sleep after a hard day?"


@dataclass
class Room:
    """A desk with a planned round, and its site, built once."""

    desk: Desk
    hands: Hands
    site: Starlette
    which: str = ""

    @property
    def url(self) -> str:
        return f"/window/rounds/{self.which}"

    def got(self, reader: Reader, address: str, status: int = 200) -> str:
        """The page at an address."""
        found, _, body = Browser(self.site, reader.name).get(address)
        assert found == status, body.decode()
        return body.decode()

    def sent(self, reader: Reader, address: str, status: int = 303, /, **fields: str) -> str:
        """What is answered to a form."""
        found, _, body = Browser(self.site, reader.name).post(address, fields)
        assert found == status, body.decode()
        return body.decode()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A desk with a planned round and three officers, under the labels that come with the product."""
    shipped = profile.shipped()
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    enrolled(desk, EDITOR, JUNIOR, PLAIN)
    with prepared():
        monkeypatch.setattr(profile, "shipped", lambda _which="uk": shipped)
        made = Room(desk, hands, app.site(desk))
        made.sent(EDITOR, "/window/rounds", **FORM)
        (known,) = state.planned(look(desk, EDITOR))
        made.which = known.id
        yield made
        monkeypatch.undo()
    desk.close()


def test_a_round_is_planned_on_a_page_and_what_was_typed_is_kept_if_it_will_not_do(room: Room) -> None:
    page = room.sent(EDITOR, "/window/rounds", 400, **(FORM | {"closes": "2026-03-09T10:00"}))
    assert "a day at the least" in page
    assert 'value="2026-03-09T10:00"' in page
    assert state.found(look(room.desk, EDITOR), room.which).plan == PLAN
    assert "Life and work" in room.got(EDITOR, "/window/rounds")


def test_questions_are_decided_on_and_answered_and_their_release_is_made(room: Room) -> None:
    at(room.hands, OPENS + DAY)
    one = asked(room.desk, room.which, SLEEP, 1)
    two = asked(room.desk, room.which, "How well do you sleep after hard days?", 2)
    three = asked(room.desk, room.which, "Is John Molloy one of yours?", 3)
    page = room.got(EDITOR, f"{room.url}/{two.id}")
    assert "Perhaps the same" in page
    assert SLEEP in page
    assert "names somebody" in room.got(EDITOR, f"{room.url}/{three.id}")
    room.sent(EDITOR, f"{room.url}/{one.id}/accept", words=SLEEP)
    room.sent(EDITOR, f"{room.url}/{two.id}/merge", into=one.id, reason="The same.")
    refused = room.sent(EDITOR, f"{room.url}/{three.id}/accept", 400, words=three.words)
    assert "without the name" in refused
    room.sent(EDITOR, f"{room.url}/{three.id}/refuse", category="identity", reason="It names somebody.")
    at(room.hands, PLAN.closes + DAY)
    assert "ballots have not come" in room.got(EDITOR, room.url)
    ballots(room.desk, room.which, {one.id: 4, two.id: 1})
    room.sent(EDITOR, f"{room.url}/{one.id}/answer", words="Well enough.\n\nMost nights.")
    assert "One officer alone" in room.got(EDITOR, f"{room.url}/{one.id}")
    room.sent(JUNIOR, f"{room.url}/{one.id}/answer", words="Well enough.\n\nMost nights, at any rate.")
    assert "One officer alone" in room.got(EDITOR, f"{room.url}/{one.id}")
    room.sent(EDITOR, f"{room.url}/{one.id}/answer", words="Well enough.\r\n\r\nMost nights, at any rate.")
    assert "One officer alone" not in room.got(EDITOR, f"{room.url}/{one.id}")
    page = room.got(EDITOR, room.url)
    assert "5 votes" in page
    assert "Make the release" in page
    room.sent(EDITOR, f"{room.url}/do/release")
    view = look(room.desk, EDITOR)
    release = standing.answers_of(view, state.found(view, room.which))
    assert found(view, release).content.form == "answers"
    assert f"/releases/{release}" in room.got(EDITOR, room.url)
    page = room.got(EDITOR, f"{room.url}/{one.id}")
    assert "Nothing changes here now" in page
    assert '/answer"' not in page
    assert '/refuse"' not in page
    room.sent(EDITOR, f"{room.url}/do/take-apart", reason="It can be said better.")
    assert "Make the release" in room.got(EDITOR, room.url)
    room.sent(EDITOR, f"{room.url}/{one.id}/answer", words="Well.")


def test_an_announcement_is_drafted_from_the_page(room: Room) -> None:
    room.sent(EDITOR, f"{room.url}/do/announce", words="Ask us about our working days.")
    view = look(room.desk, EDITOR)
    drafted = standing.announcement_of(view, state.found(view, room.which))
    assert f"/releases/{drafted}" in room.got(EDITOR, room.url)


def test_answers_are_put_off_from_the_page(room: Room) -> None:
    assert "1 to 30 days" in room.sent(EDITOR, f"{room.url}/do/put-off", 400, days="soon", reason="Ill.")
    room.sent(EDITOR, f"{room.url}/do/put-off", days="2", reason="Ill.")
    assert state.found(look(room.desk, EDITOR), room.which).plan.publishes == PLAN.publishes + 2 * DAY


def test_a_round_is_nothing_to_whoever_does_not_hold_its_label(room: Room) -> None:
    at(room.hands, OPENS + DAY)
    known = accepted(room.desk, room.which, SLEEP, 1)
    assert "No rounds" in room.got(PLAIN, "/window/rounds")
    for address in (room.url, f"{room.url}/{known.id}"):
        room.got(PLAIN, address, 404)
    room.got(EDITOR, f"{room.url}/{'f' * 32}", 404)


def test_what_was_passed_on_is_read_at_no_earlier_moment_either(room: Room) -> None:
    at(room.hands, OPENS + DAY)
    known = accepted(room.desk, room.which, "Do you know that my neighbour keeps rifles?", 1)
    at(room.hands, OPENS + 2 * DAY)
    earlier = f"?as_of={OPENS + 1.5 * DAY:%Y-%m-%dT%H:%M}"
    pages = (f"{room.url}{earlier}", f"{room.url}/{known.id}{earlier}")
    assert all("rifles" in room.got(EDITOR, each) for each in pages)
    passing.pass_on(room.desk, look(room.desk, EDITOR), known.id, reason="It is a tip.")
    assert not any("rifles" in room.got(EDITOR, each) for each in pages)
    assert state.GONE in room.got(EDITOR, pages[0])


def test_what_is_done_nowhere_is_refused_with_words(room: Room) -> None:
    assert "choose announce" in room.sent(EDITOR, f"{room.url}/do/explode", 400)


def test_what_waits_is_on_the_editors_first_page(room: Room) -> None:
    at(room.hands, OPENS + DAY)
    asked(room.desk, room.which, SLEEP, 1)
    accepted(room.desk, room.which, SLEEP, 2)
    page = room.got(EDITOR, "/window")
    assert re.search(r">1</span> questions to decide on", page)
    assert re.search(r">1</span> questions to answer", page)

"""Tests of calendars: an address that nobody can guess, nothing of names in the feed, and each fetch recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield import app
from leconfield.agents.day.wishes import PLANNED, WISH, WISHED
from leconfield.errors import RefusedError
from leconfield.ledger import accounts
from leconfield.ledger.audit import Read, parse_leaf
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question
from leconfield.staff import calendars, feed
from leconfield.staff.feed import Bound
from leconfield.staff.profile import shipped
from tests.noninterference.pages import Browser, prepared
from tests.staff.lines import ANN, DEE, ROB, House, rostered


@pytest.fixture(name="at")
def _at() -> House:
    return rostered()


def fetched(at: House, token: str, who: str = "") -> tuple[int, bytes]:
    with prepared():
        status, _, body = Browser(app.site(at.desk), who).get(f"/calendar/{token}.ics")
    return status, body


def missing(at: House, token: str, who: str = "") -> bytes:
    """What a page that there is not answers, as it would under that address."""
    with prepared():
        status, _, body = Browser(app.site(at.desk), who).get("/calendar-of-nobody")
    assert status == 404
    return body.replace(b"/calendar-of-nobody", f"/calendar/{token}.ics".encode())


def reads(at: House) -> list[Read]:
    return [each for each in map(parse_leaf, at.desk.leaves()) if isinstance(each, Read)]


def test_the_feed_says_when_and_nothing_of_whom(at: House) -> None:
    token = calendars.renew(at.desk, at.view(ANN))
    status, body = fetched(at, token)
    assert status == 200
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    own = [slot for slot, who in at.line.turns.items() if who == "ann"]
    assert len(events) == len(own)
    assert {str(each["SUMMARY"]) for each in events} == {"Duty, day", "Duty, evening", "Duty, night"}
    text = body.decode()
    for word in (
        "ann",
        "Ann",
        "officer",
        "ext 4417",
        "HEATHER",
        "DUTYLINE",
        "LOCATION",
        "DESCRIPTION",
        "ATTENDEE",
        "ORGANIZER",
    ):
        assert word not in text
    assert len({str(each["UID"]) for each in events}) == len(events)


def test_the_same_hours_are_the_same_bytes_at_any_time(at: House) -> None:
    token = calendars.renew(at.desk, at.view(ANN))
    first = fetched(at, token)
    at.clock.set("2026-03-03T12:00")
    assert fetched(at, token) == first


def test_every_fetch_is_a_read_of_that_officer(at: House) -> None:
    token = calendars.renew(at.desk, at.view(ANN))
    before = len([each for each in reads(at) if each.action == "calendar feed"])
    fetched(at, token)
    found = [each for each in reads(at) if each.action == "calendar feed"]
    assert len(found) == before + 1
    assert found[-1].actor == "ann"


def test_wrong_revoked_renewed_and_foreign_addresses_answer_as_a_page_that_there_is_not(at: House) -> None:
    token = calendars.renew(at.desk, at.view(ANN))
    renewed = calendars.renew(at.desk, at.view(ANN))
    assert fetched(at, renewed)[0] == 200
    calendars.revoke(at.desk, at.view(ANN))
    other = rostered()
    other.desk.ids = type(other.desk.ids)(b"\x09" * 32)
    foreign = calendars.renew(other.desk, other.view(ANN))
    for each in (token, renewed, foreign, "x", f"{'a' * 32}.{'0' * 32}", "ann", token[:-1]):
        for who in ("", "dee"):
            assert fetched(at, each, who) == (404, missing(at, each, who)), each


def test_guesses_are_neither_read_nor_written_anywhere(at: House) -> None:
    before = len(list(at.desk.leaves()))
    fetched(at, f"{'a' * 32}.{'0' * 32}")
    assert len(list(at.desk.leaves())) == before


def test_one_officers_address_ends_no_other(at: House) -> None:
    ann, dee = calendars.renew(at.desk, at.view(ANN)), calendars.renew(at.desk, at.view(DEE))
    calendars.revoke(at.desk, at.view(ANN))
    assert fetched(at, ann)[0] == 404
    assert fetched(at, dee)[0] == 200
    assert calendars.made(at.desk, at.view(ANN)) == ""
    assert calendars.made(at.desk, at.view(DEE))
    with pytest.raises(RefusedError, match="no calendar address"):
        calendars.revoke(at.desk, at.view(ANN))


def test_the_address_itself_is_kept_nowhere(at: House) -> None:
    token = calendars.renew(at.desk, at.view(ANN))
    kept = at.desk.view(accounts.KEEPER, asking=Question("look")).entries()
    assert all(token not in value for each in kept for value in each.body.values())


def test_whoever_leaves_the_line_has_an_empty_calendar(at: House) -> None:
    token = calendars.renew(at.desk, at.view(ANN))
    lost = accounts.enrolling("ann", ANN.persona, "a long password", {"S"}, ())
    at.desk.append(accounts.KEEPER, [lost])
    status, body = fetched(at, token)
    assert status == 200
    assert icalendar.Calendar.from_ical(body).walk("VEVENT") == []


def test_an_officer_who_is_on_no_line_has_a_calendar_too(at: House) -> None:
    assert fetched(at, calendars.renew(at.desk, at.view(ROB)))[0] == 200


def test_a_meeting_that_was_decided_is_an_appointment_and_nothing_else(at: House) -> None:
    wished = Draft(
        WISHED, "HEATHER", about="0" * 32, body={"minutes": "60", "monday": "2026-03-02", "hours": "thu 13:00-16:00"}
    )
    (which,) = at.desk.append(ROB, [wished])
    body = {WISH: which.entry, "start": "2026-03-05T14:00:00.000000Z", "handler": "rob"}
    at.desk.append(ROB, [Draft(PLANNED, "HEATHER", about="0" * 32, body=body)])
    _, written = fetched(at, calendars.renew(at.desk, at.view(ROB)))
    (event,) = icalendar.Calendar.from_ical(written).events
    assert str(event["SUMMARY"]) == "Appointment"
    assert (event.start, event.end) == tuple(datetime(2026, 3, 5, hour, tzinfo=UTC) for hour in (14, 15))
    assert b"HEATHER" not in written
    assert all(each.words != "Appointment" for each in feed.bound(at.view(ANN), shipped()))


@given(st.text(max_size=200))
@settings(max_examples=12, deadline=None)
def test_whatever_the_words_are_they_stay_within_their_line(words: str) -> None:
    at = rostered()
    hostile = Bound(
        "k",
        f"Duty, {words}\r\nATTENDEE:mailto:x\r\nEND:VEVENT",
        *(datetime(2026, 3, 5, hour, tzinfo=UTC) for hour in (7, 15)),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "bound", lambda _view, _profile: (hostile, replace(hostile, key="l")))
        written = feed.written(at.desk, at.view(ANN))
    lines = written.decode().split("\r\n")
    assert all(len(each.encode()) <= 75 for each in lines)
    assert sum(each.startswith("BEGIN:VEVENT") for each in lines) == 2
    assert sum(each.startswith("END:VEVENT") for each in lines) == 2
    assert not any(each.startswith("ATTENDEE") for each in lines)

"""Tests of the staff's pages: the line worked by forms alone, and what they show of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from leconfield import app
from leconfield.ledger.model import Reader
from tests.noninterference.pages import Browser, prepared
from tests.staff.lines import ANN, AWAKE, DEE, NAMES, OUTSIDER, ROB, House, house, rostered

TAKES = {f"takes-{each}": "yes" for each in AWAKE}


@pytest.fixture(name="at")
def _at() -> Iterator[House]:
    with prepared():
        yield rostered()


def _browser(at: House, reader: Reader = DEE) -> Browser:
    return Browser(app.site(at.desk), reader.name)


def _got(browser: Browser, address: str, status: int = 200) -> str:
    found, _, body = browser.get(address)
    assert found == status, body.decode()
    return body.decode()


def _sent(browser: Browser, address: str, status: int = 303, /, **fields: str) -> str:
    found, _, body = browser.post(address, fields)
    assert found == status, body.decode()
    return body.decode()


def test_people_are_put_on_a_roster_is_made_and_accepted() -> None:
    with prepared():
        at = house()
        dee = _browser(at)
        assert "Nobody is on the line yet" in _got(dee, "/duty/people")
        for name in NAMES:
            fields = {"who": name, "persona": f"{name.title()}, officer", **TAKES}
            _sent(dee, "/duty/people/put", 303, **fields)
        page = _got(dee, "/duty/roster/new?first=2026-03-02&make=yes")
        for _ in range(40):
            if 'name="turns"' in page:
                break
            assert "<progress" in page
            page = _got(dee, "/duty/roster/new?first=2026-03-02&make=yes")
        turns = re.search(r'name="turns" value="([^"]+)"', page)
        assert turns is not None
        _sent(dee, "/duty/roster", first="2026-03-02", turns=turns[1].replace("\n", "\r\n"))
        page = _got(dee, "/duty/roster?month=2026-03")
        assert page.count('<span class="quiet">night</span>') == 28
        assert "stands in a roster already" in _sent(dee, "/duty/roster", 400, first="2026-03-02", turns=turns[1])


def test_an_alarm_is_taken_and_answered_by_big_buttons(at: House) -> None:
    at.missed()
    at.clock.set("2026-03-02T03:06")
    ann = _browser(at, ANN)
    page = _got(ann, "/duty")
    assert "Rob, agent runner has not called in" in page
    which = re.search(r'action="/duty/alarms/(\w+)/take"', page)
    assert which is not None
    _sent(ann, f"/duty/alarms/{which[1]}/take")
    page = _got(ann, "/duty")
    assert "<b>You</b> took it" in page
    assert 'hx-get="/duty/now?have=' in page
    form = _got(ann, f"/duty?do=answer&alarm={which[1]}")
    assert 'hx-get="/duty/now' not in form
    assert "Not answered yet" in _sent(ann, f"/duty/alarms/{which[1]}/answer", 400, words="")
    _sent(ann, f"/duty/alarms/{which[1]}/raise")
    _sent(ann, f"/duty/alarms/{which[1]}/answer", words="rang him: a flat battery")
    assert "Nothing alarms" in _got(ann, "/duty")
    _sent(ann, f"/duty/alarms/{which[1]}/take", 404)
    _sent(ann, f"/duty/alarms/{which[1]}/perhaps", 400)


def test_the_living_part_is_sent_again_only_where_it_changed(at: House) -> None:
    at.clock.set("2026-03-02T12:00")
    dee = _browser(at)
    again = re.search(r'hx-get="(/duty/now[^"]+)"', _got(dee, "/duty"))
    assert again is not None
    assert dee.get(again[1])[0] == 204
    at.missed(ROB, "2026-03-02T12:30")
    assert "out, back by three" in _got(dee, again[1])


def test_a_turn_is_changed_by_a_form_that_says_what_breaks_and_keeps_what_was_typed(at: House) -> None:
    dee = _browser(at)
    slot = {"day": "2026-03-05", "duty": "night"}
    tired = at.line.turns["2026-03-06", "day"]
    form = _got(dee, "/duty/roster?month=2026-03&day=2026-03-05&duty=night")
    assert "The night of 5 March 2026" in form
    fields = {**slot, "way": "stand-in", "into": tired, "reason": "a wedding in the family"}
    wrong = _sent(dee, "/duty/roster/change", 400, **fields)
    assert "would rest 0 hours" in wrong
    assert "a wedding in the family" in wrong
    _sent(dee, "/duty/roster/change", 303, **fields, overruled="nobody else can come")
    page = _got(dee, "/duty/roster?month=2026-03")
    assert "nobody else can come" in page
    undo = re.search(r"undo=(\w+)", page)
    assert undo is not None
    _got(dee, f"/duty/roster?undo={undo[1]}")
    assert "the reason is missing" in _sent(dee, "/duty/roster/change", 400, undo=undo[1], reason="")
    _sent(dee, "/duty/roster/change", undo=undo[1], reason="the wedding is off")
    _sent(dee, "/duty/roster/change", 404, undo="0" * 32, reason="why not")
    _sent(dee, "/duty/roster/change", 400, **slot, way="perhaps", reason="why not")


def test_sickness_leaves_a_red_line_on_both_pages(at: House) -> None:
    dee = _browser(at)
    _sent(dee, "/duty/roster/change", day="2026-03-02", duty="night", way="sick", into="", reason="flu")
    assert "Nobody has the night of 2 March 2026" in _got(dee, "/duty/roster?month=2026-03")
    assert "Fill the night of 2 March 2026" in _got(dee, "/duty")


def test_what_is_asked_wrongly_is_told(at: House) -> None:
    dee = _browser(at)
    assert "is no month" in _got(dee, "/duty/roster?month=soon", 400)
    assert "is no day" in _got(dee, "/duty/roster/new?first=soon&make=yes")
    assert "choose put, away, back or off" in _sent(dee, "/duty/people/perhaps", 400)
    assert "choose at least one duty" in _sent(dee, "/duty/people/put", 400, who="zoe", persona="Zoe")
    assert "no name that one signs in with" in _sent(dee, "/duty/people/put", 400, who="<b>", **TAKES)
    _sent(dee, "/duty/people/back", 404, away="0" * 32)
    _sent(dee, "/duty/people/off", 400, who="ann", reason="a new post")
    _sent(dee, "/duty/known/" + "0" * 32, 404)


def test_the_pages_of_whoever_is_not_on_the_line_show_nothing_of_it(at: House) -> None:
    emma = _browser(at, OUTSIDER)
    for each in ("/duty", "/duty/now", "/duty/roster", "/duty/roster/new?make=yes", "/duty/people", "/duty/known"):
        page = _got(emma, each)
        assert not any(f"{name.title()}, officer" in page for name in NAMES), each
    assert "for those on the duty line" in _sent(emma, "/duty/hand-over", 400, words="hello")


def test_as_of_works_and_takes_the_forms_away(at: House) -> None:
    dee = _browser(at)
    page = _got(dee, "/duty?as_of=2026-02-01")
    assert "nobody has the turn" in page
    assert '<form action="/duty' not in page
    assert '<form action="/duty' not in _got(dee, "/duty/roster?month=2026-03&as_of=2026-03-01T13:00")


@pytest.mark.parametrize("moment", ["0001-01-01", "1000-01-01", "9999-12-31T23:59"])
def test_the_ends_of_time_break_no_page(at: House, moment: str) -> None:
    dee = _browser(at)
    for each in ("/duty", "/duty/roster", "/duty/roster/new?make=yes", "/duty/people", "/duty/known", "/duty/calendar"):
        _got(dee, f"{each}{'&' if '?' in each else '?'}as_of={moment}")
    for each in ("9999-12", "0001-01"):
        _got(dee, f"/duty/roster?month={each}&as_of=now", 400)
    for each in ("9999-12-31", "0001-01-01", "2026-W10-1", "20260302"):
        assert "is no day" in _got(dee, f"/duty/roster/new?make=yes&first={each}")
        _sent(dee, "/duty/people/away", 400, who="ann", first=each)
    _got(dee, "/duty/roster?month=1970-01")
    _got(dee, "/duty/roster?month=2199-12")


def test_a_calendar_is_made_shown_once_and_ended(at: House) -> None:
    ann = _browser(at, ANN)
    page = _sent(ann, "/duty/calendar/renew", 200)
    address = re.search(r'<code class="address">[^<]*(/calendar/[^<]+)</code>', page)
    assert address is not None
    assert address[1] not in _got(ann, "/duty/calendar")
    assert "BEGIN:VCALENDAR" in _got(_browser_of_nobody(at), address[1])
    _sent(ann, "/duty/calendar/revoke")
    _got(_browser_of_nobody(at), address[1], 404)
    _sent(ann, "/duty/calendar/revoke", 403)


def _browser_of_nobody(at: House) -> Browser:
    return Browser(app.site(at.desk), "")

"""An act needs the session's own token: what another site sends is refused, and nothing is appended."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.fuzz.house import Answer, House, check, open_house, routes
from tests.ledger.desks import ROB
from tests.noninterference.desks import cheap_passwords

FORM = b"application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with cheap_passwords():
        opened = open_house()
        yield opened
        opened.close()


SHOWS_ONCE = frozenset({"/duty/calendar/renew", "/redact"})
"""Answered with a page, since what it shows is kept nowhere."""
NO_TOKEN = b"this form is from an earlier sign-in"
"""So a form without its token is refused; acts are refused for other reasons, too: the role, or the state of things."""
DONE = {"/file", "/watch", "/judgements", "/judgements/undo", "/investigations", "/incidents"}
"""Acts that the form below is enough for; others want a lead, a chart or a quotation, too, and say so, unrefused."""


def acts(house: House) -> list[str]:
    """Every address at which something is done, but signing in, which nobody's session does."""
    found = [path for method, path in routes(house) if method == "POST" and path != "/sign-in"]
    return [path.replace("{id}", house.others[-1]) for path in found]


def form(house: House) -> dict[str, str]:
    """What would do it, were it sent by the officer."""
    filing = {"text": "Something happened.", "source": "KESTREL", "grade": "B2", "label": "S", "title": "T"}
    judging = {"left": house.subject, "right": house.others[0], "verdict": "same", "reason": "seen both"}
    return {**filing, **judging, "schema": "Person", "name": "Ray Cassell"}


def send(house: House, path: str, fields: dict[str, str], *, signed_in: bool = True) -> Answer:
    return house.ask("POST", path, b"", [(b"content-type", FORM)], urlencode(fields).encode(), signed_in=signed_in)


def test_an_act_without_the_sessions_own_token_is_refused_and_appends_nothing(house: House) -> None:
    another = house.sessions.find(house.sessions.start(ROB.name)).csrf
    before = house.entries()
    assert len(acts(house)) >= 5
    for path in acts(house):
        for token in (None, "", another, house.csrf[:-1], house.csrf + " ", house.csrf.swapcase(), "é"):
            fields = form(house) if token is None else {**form(house), "csrf": token}
            answer = send(house, path, fields)
            check(answer, told=f"{path} {token}")
            assert answer.status == 403, path
            query = house.ask("POST", path, f"csrf={house.csrf}".encode(), [(b"content-type", FORM)])
            assert query.status == 403, f"{path} takes its token from the address"
    assert house.entries() == before
    assert house.sessions.find(house.cookie) is not None


def test_nobody_acts_without_signing_in(house: House) -> None:
    before = house.entries()
    for path in acts(house):
        answer = send(house, path, {**form(house), "csrf": house.csrf}, signed_in=False)
        assert (answer.status, answer.header("location")) == (303, "/sign-in"), path
    assert house.entries() == before


def test_the_same_forms_with_the_token_do_act(house: House) -> None:
    before = house.entries()
    assert DONE.issubset(acts(house))
    for path in acts(house):
        if path != "/sign-out":
            answer = send(house, path, {**form(house), "csrf": house.csrf})
            wanted = (200,) if path in SHOWS_ONCE else (303, 400, 404, 409, 422)
            wanted = wanted if NO_TOKEN in answer.body else (*wanted, 403)
            assert answer.status in wanted, f"{path}: {answer.body[-600:]!r}"
            assert answer.status == 303 or path not in DONE, path
    assert house.entries() >= before + 4


def test_the_session_cookie_is_for_this_site_alone(house: House) -> None:
    from tests.noninterference.desks import PASSWORD

    answer = send(house, "/sign-in", {"name": "emma", "password": PASSWORD}, signed_in=False)
    cookie = answer.header("set-cookie").lower()
    assert answer.status == 303
    assert "httponly" in cookie
    assert "samesite=strict" in cookie

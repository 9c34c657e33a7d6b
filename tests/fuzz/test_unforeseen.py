"""An error that nobody foresaw tells the visitor what to do, and nothing of our insides."""

from __future__ import annotations

from starlette.responses import Response

from leconfield.web import server
from leconfield.web.visit import Visit, get
from tests.fuzz.house import open_house
from tests.noninterference.desks import cheap_passwords


def _fall_over(visit: Visit) -> Response:
    raise ZeroDivisionError(f"secret of {visit.part('id')}")


def test_an_unforeseen_error_is_a_page_with_every_header_and_no_word_of_the_error() -> None:
    with cheap_passwords():
        house = open_house()
    house.app = server.site(house.desk, [get("/falls/{id}", _fall_over)], (), ())
    house.sessions = house.app.state.house.sessions
    house.cookie = house.sessions.start("emma")
    answer = house.ask("GET", "/falls/KESTREL")
    house.close()
    assert (answer.status, answer.raised) == (500, "")
    for hidden in (b"ZeroDivision", b"secret of", b"Traceback", b"test_unforeseen"):
        assert hidden not in answer.body
    assert b"tell whoever keeps this desk" in answer.body
    assert answer.header("content-security-policy")
    assert answer.header("cache-control") == "no-store"

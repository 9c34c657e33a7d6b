"""The officers' pages of tips: each act by its form, and what was typed is kept when it is refused."""

from __future__ import annotations

from pathlib import Path

from leconfield import app
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.outreach.tips.pages import of_report, waits
from leconfield.outreach.tips.state import all_tips
from tests.ledger.desks import look
from tests.noninterference.pages import Browser, prepared
from tests.outreach.house import enrolled, kept
from tests.outreach.tips.desks import INTAKE, OUTSIDE, WATCHER, WHAT, Teller, came


class Seat:
    """One site for a whole test: to put it together takes longer than most pages."""

    def __init__(self, desk: Desk) -> None:
        self.site = app.site(desk)

    def got(self, reader: Reader, address: str, status: int = 200) -> str:
        with prepared():
            found, _, body = Browser(self.site, reader.name).get(address)
        assert found == status, body.decode()
        return body.decode()

    def sent(self, reader: Reader, address: str, status: int = 303, /, **fields: str) -> str:
        with prepared():
            found, _, body = Browser(self.site, reader.name).post(address, fields)
        assert found == status, body.decode()
        return body.decode()


def test_tips_are_read_decided_asked_about_and_thanked_for(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        enrolled(desk, INTAKE, WATCHER, OUTSIDE)
        seat = Seat(desk)
        assert "Nobody has told us anything yet" in seat.got(INTAKE, "/window/tips")
        came(
            desk,
            tmp_path / "in",
            Teller().tip(others="nobody", others_words="my brother"),
            Teller().tip("Another van, another day."),
        )
        tip = next(each for each in all_tips(look(desk, INTAKE)) if each.others)
        address = f"/window/tips/{tip.id}"

        listed = seat.got(INTAKE, "/window/tips")
        assert "leads to its teller" in listed
        assert "2 tips of 2 wait" in " ".join(listed.split())
        page = seat.got(INTAKE, address)
        assert WHAT in page
        assert "my brother" in page
        assert "It leads to its teller" in page

        refused = seat.sent(INTAKE, f"{address}/decide", 400, verdict="", reason="A reason that I typed.")
        assert "Not done yet: choose what it is for us" in refused
        assert "A reason that I typed." in refused
        seat.sent(INTAKE, f"{address}/decide", verdict="used", reason="It fits the quay.")
        seat.sent(INTAKE, f"{address}/ask", words="Can you say more?")
        again = seat.sent(INTAKE, f"{address}/ask", 400, words="And more still?")
        assert "there is one for each tip" in again
        seat.sent(INTAKE, f"{address}/thank")

        page = seat.got(INTAKE, address)
        assert "Can you say more?" in page
        assert "It helps with something we look into" in page
        assert "/thank" not in page


def test_whoever_may_only_read_gets_no_forms_and_whoever_may_not_gets_nothing(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        enrolled(desk, INTAKE, WATCHER, OUTSIDE)
        seat = Seat(desk)
        came(desk, tmp_path / "in", Teller().tip())
        (tip,) = all_tips(look(desk, INTAKE))

        assert '<form action="/window/tips' not in seat.got(WATCHER, f"/window/tips/{tip.id}")
        hidden = seat.got(OUTSIDE, f"/window/tips/{tip.id}", 404)
        assert WHAT not in hidden
        assert seat.got(OUTSIDE, f"/window/tips/{'0' * 32}", 404).replace("0" * 32, tip.id) == hidden
        assert "Nobody has told us anything yet" in seat.got(OUTSIDE, "/window/tips")


def test_the_figures_of_a_quarter_go_the_way_of_a_release(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    with kept(tmp_path / "desk") as desk:
        enrolled(desk, INTAKE)
        seat = Seat(desk)
        came(desk, tmp_path / "in", *(Teller().tip(day="2026-03-01") for _ in range(12)))
        assert "Nothing may be told yet" in seat.got(INTAKE, "/window/tips/figures")
        desk.clock.at = datetime(2026, 5, 1, tzinfo=UTC)

        page = seat.got(INTAKE, "/window/tips/figures")
        assert "January to March 2026" in page
        assert "under 10" in page
        seat.sent(INTAKE, "/window/tips/figures/draft", quarter="2026-q1")
        assert "draft</a>" in seat.got(INTAKE, "/window/tips/figures")
        refused = seat.sent(INTAKE, "/window/tips/figures/tell", 400, quarter="2026-q1")
        assert "published first" in refused


def test_what_waits_is_told_to_who_may_do_it(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", Teller().tip(), Teller().tip("Another van, another day."))

        assert [each.count for each in waits(desk, look(desk, INTAKE))] == [2, 0]
        assert list(waits(desk, look(desk, WATCHER))) == []


def test_a_report_says_that_it_leads_to_its_teller(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", Teller().tip(others="few"))
        view = look(desk, INTAKE)
        (tip,) = all_tips(view)

        assert of_report(None, view, tip.report) == {"tip": tip}
        assert of_report(None, view, "0" * 32) is None

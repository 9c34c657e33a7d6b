"""Tests of agents' pages: the wording checked before it leaves, plans, contact load, and the log of dilemmas."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leconfield.agents import dilemmas, service
from leconfield.agents.state import agents
from leconfield.ledger.model import Reader
from tests.agents.corridor import DESK_OFFICER, HANDLER, OFFICER, permitted, recruited
from tests.agents.visiting import Officer, seated
from tests.authority.offices import INSPECTOR
from tests.ledger.desks import look

MEETING = {
    "day": "2026-03-01T23:10",
    "place": "the boat house",
    "words": "We spoke for an hour.",
    "title": "A van is bought",
    "grade": "B2",
    "report_label": "S&SEQUIN",
}
TELLING = "I saw the van at the boat house; only Ray and the source know of it."
DARK = "He holds views about women that I cannot stand."
ROB = replace(HANDLER, tokens=HANDLER.tokens | {"DILEMMAS.ROB"})
INES = Reader("ines", "Ines, ethics counsellor", frozenset({"O", "DILEMMAS.ROB"}))


def test_the_wording_is_shown_with_what_to_do_instead_and_nothing_is_sent() -> None:
    desk, _, agent = recruited()
    permitted(desk, agent)
    rob, _ = seated(desk, HANDLER, DESK_OFFICER)
    before = len(look(desk, HANDLER).world.entries)
    page = rob.post(f"/agents/{agent}/meet", **MEETING, text=TELLING, check="yes")
    assert page.status == 200
    for each in (
        "<mark>the boat house</mark>",
        "<mark>I</mark>",
        "Why the wording stands",
        "leave out that there is one",
    ):
        assert each in page.text, each
    assert TELLING in page.text.replace("<mark>", "").replace("</mark>", "")
    assert len(look(desk, HANDLER).world.entries) == before


def test_the_handler_rewords_it_or_says_why_it_stands() -> None:
    desk, _, agent = recruited()
    permitted(desk, agent)
    (rob,) = seated(desk, HANDLER)
    held = rob.post(f"/agents/{agent}/meet", **MEETING, text=TELLING)
    assert held.status == 400
    assert "<mark>the boat house</mark>" in held.text
    assert look(desk, DESK_OFFICER).reports() == []
    clean = rob.post(f"/agents/{agent}/meet", **MEETING, text="A white van was bought in Luton.", check="yes")
    assert "finds nothing that shows who told it" in clean.text
    assert rob.post(f"/agents/{agent}/meet", **MEETING, text="A white van was bought in Luton.").status == 303
    assert rob.post(f"/agents/{agent}/meet", **MEETING, text=TELLING, accepted="Forty saw it.").status == 303
    assert len(look(desk, DESK_OFFICER).reports()) == 2


def test_nobody_is_resettled_without_a_plan_and_what_is_owed_is_said() -> None:
    desk, _, agent = recruited()
    permitted(desk, agent)
    (rob,) = seated(desk, HANDLER)
    url = f"/agents/{agent}"
    assert "nobody has written down how he is looked after" in rob.get(url).text
    rob.post(f"{url}/step", to="ended", reason="He wants his life back.")
    assert "an authority to use him is live though he has ended" in rob.get(url).text
    assert "there is no plan for his exit" in rob.post(f"{url}/step", to="resettled", reason="He has moved.").text
    assert "is no plan" in rob.post(f"{url}/plan", plan="holiday", words="A beach.").text
    rob.post(f"{url}/plan", plan="exit", words="A trade, a year of rent, and a number to ring.")
    assert rob.post(f"{url}/step", to="resettled", reason="He has moved.").status == 303
    assert "A trade, a year of rent" in rob.get(url).text
    (found,) = agents(look(desk, HANDLER))
    assert found.status == "resettled"


def test_the_alarm_over_drift_says_whose_it_is() -> None:
    desk, hands, agent = recruited()
    rob, huw = seated(desk, HANDLER, OFFICER)
    for _ in range(3):
        hands.move(hours=1)
        rob.post(f"/agents/{agent}/contacted", words="He rang.")
    assert "You are his authorising officer" in huw.get("/agents").text
    assert "The authorising officer decides" in rob.get("/agents").text


def test_contact_load_counts_nights_and_weekends_by_the_hour_of_the_meeting() -> None:
    desk, hands, agent = recruited()
    given = permitted(desk, agent)
    for day in ("2026-03-01T23:10", "2026-02-25T03:00", "2026-02-24"):  # a Sunday night, a small hour, some day
        service.meet(desk, look(desk, HANDLER), given, agent, words="We spoke.", place="a bench", day=day)
    rob, emma = seated(desk, HANDLER, DESK_OFFICER)
    page = rob.get("/agents/welfare").text
    row = page.partition("<tbody")[2]
    assert "For welfare, never for appraisal." in page
    assert [each.partition("<")[0] for each in row.split('data-name="')[1:]] == [
        'contacts">3',
        'at night">2',
        'at weekends">1',
    ]
    assert "Week of 23 February 2026: 3 contacts" in row
    assert "No contacts" in emma.get("/agents/welfare").text
    hands.move(weeks=20)
    (rob,) = seated(desk, HANDLER)  # the shift is over: he signs in anew
    assert "No contacts" in rob.get("/agents/welfare").text
    assert "3 contacts" in rob.get("/agents/welfare?as_of=2026-03-09").text


@pytest.fixture
def log() -> tuple[Officer, Officer, Officer, Officer]:
    desk, hands, _ = recruited()
    rob, ines, emma, inspector = seated(desk, ROB, INES, DESK_OFFICER, INSPECTOR)
    rob.post("/dilemmas", handler="rob", words=DARK)
    rob.hands, rob.desk = hands, desk  # type: ignore[attr-defined]  # the clock goes with whoever sits there
    return rob, ines, emma, inspector


def test_a_dilemma_is_read_and_answered_by_those_for_whom_it_is(log: tuple[Officer, ...]) -> None:
    rob, ines, _, _ = log
    page = ines.get("/dilemmas").text
    assert DARK in page
    assert "kept until 31 May 2026" in page
    which = page.partition('id="note-')[2].partition('"')[0]
    assert ines.post("/dilemmas/answer", note=which, words="Come and talk.").status == 303
    assert "Come and talk." in rob.get("/dilemmas").text


def test_to_anybody_else_there_is_no_such_page_whatever_is_in_the_log(log: tuple[Officer, ...]) -> None:
    rob, _, emma, inspector = log
    which = rob.get("/dilemmas").text.partition('id="note-')[2].partition('"')[0]
    for each in (emma, inspector):
        nowhere = each.get("/no-such-page")
        for path in ("/dilemmas", f"/dilemmas?note={which}", "/dilemmas?as_of=2026-03-02"):
            shown = each.get(path)
            assert shown.status == 404
            assert "There is no such page." in shown.text
        assert each.get("/dilemmas").text == nowhere.text.replace("/no-such-page", "/dilemmas")
        assert each.post("/dilemmas", handler="rob", words="x").status == 404
        assert each.post("/dilemmas/answer", note=which, words="x").status == 404
        assert "dilemmas" not in each.get("/agents").text.lower()


PAGES = (
    *("/reports", "/search?q=views", "/subjects", "/trace?q=women", "/changes", "/agents", "/authority", "/leads"),
    *("/investigations", "/timeline", "/authority/register", "/operations", "/me", "/evidence"),
)


def test_it_is_in_no_search_no_case_and_no_earlier_day(log: tuple[Officer, ...]) -> None:
    rob, _, _, inspector = log
    for path in PAGES:
        for each in (path, f"{path}{'&' if '?' in path else '?'}as_of=2026-03-02"):
            shown = rob.get(each)
            assert "cannot stand" not in shown.text, each
            assert "dilemma noted" not in shown.text, each
    overseen = inspector.get("/oversight").text
    assert "dilemma" not in overseen
    assert "Nothing weighs here" in rob.get("/dilemmas?as_of=2026-03-01").text


def test_after_its_time_the_words_are_gone_and_nothing_is_said_to_them(log: tuple[Officer, ...]) -> None:
    rob, ines, _, _ = log
    which = rob.get("/dilemmas").text.partition('id="note-')[2].partition('"')[0]
    rob.hands.move(days=80)  # type: ignore[attr-defined]
    ines.post("/dilemmas/answer", note=which, words="Come and talk.")
    rob.hands.move(days=11)  # type: ignore[attr-defined]
    (rob, ines) = seated(rob.desk, ROB, INES)  # type: ignore[attr-defined]  # the shift is over: they sign in anew
    page = rob.get("/dilemmas").text
    assert DARK not in page
    assert "Come and talk." not in page
    assert "gone since 31 May 2026" in page
    late = ines.post("/dilemmas/answer", note=which, words="Too late.")
    assert late.status == 403
    assert "are gone" in late.text


def test_what_will_not_do_is_said_and_keeps_nothing(log: tuple[Officer, ...]) -> None:
    rob, ines, _, _ = log
    assert "choose whose log" in rob.post("/dilemmas", handler="sid", words="x").text
    assert "write what weighs on you" in rob.post("/dilemmas", handler="rob", words=" ").text
    assert "write what weighs on you" in rob.post("/dilemmas", handler="rob", words="x" * 5000).text
    assert "no such note" in ines.post("/dilemmas/answer", note="0" * 32, words="x").text.lower()
    assert timedelta(days=90) == dilemmas.KEPT

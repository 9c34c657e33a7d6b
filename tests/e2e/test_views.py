"""Who one is decides what there is; and so does the day."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Seats
from tests.e2e.house import Seat
from tests.e2e.rooms import subject_of
from tests.examples.answers import key


def reports_of(seat: Seat) -> int:
    """How many reports the inbox counts."""
    words = seat.go("/reports").locator("nav.count").inner_text()
    found = re.search(r"of ([\d,]+) report", words)
    assert found, words
    return int(found[1].replace(",", ""))


def test_each_officer_has_a_world_of_his_own(seat: Seats) -> None:
    counts = {name: reports_of(seat(name)) for name in ("rob", "emma", "karina")}
    assert counts["rob"] > counts["emma"]
    assert counts["karina"] > counts["emma"]


@pytest.mark.parametrize("user", ["rob", "emma", "karina"])
def test_what_one_may_not_see_is_found_by_no_search_and_no_trace(seat: Seats, user: str) -> None:
    officer = seat(user)
    for secret in key()["users"][user]["must_not_see"]:
        page = officer.go(f'/search?q="{secret["words"]}"')
        expect(page.locator("#main")).to_contain_text("0 reports")
        assert secret["words"] not in page.locator(".snippets").all_inner_texts()
        officer.go(f"/trace?q={secret['words']}")
        assert not [each for each in page.locator(".snippet").all_inner_texts() if secret["words"] in each]


def test_a_hidden_id_answers_exactly_like_a_nonsense_one(seat: Seats) -> None:
    rob, emma = seat("rob"), seat("emma")
    hidden = subject_of(rob, "Chris Denby")
    assert rob.h1() == "Trace: Chris Denby"
    answers = []
    for address in (hidden, "/subjects/" + "0" * len(hidden.rpartition("/")[2])):
        response = emma.page.goto(emma.site + address)
        assert response is not None
        which = address.rpartition("/")[2]
        answers.append((response.status, emma.page.locator("body").inner_html().replace(which, "ID")))
    assert answers[0][0] == 404
    assert _without_time(answers[0][1]) == _without_time(answers[1][1])
    emma.complaints.clear()  # the browser notes a 404


def _without_time(html: str) -> str:
    return re.sub(r"on \d+ \w+ \d{4}, \d\d:\d\d UTC", "", html)


def test_the_same_subject_is_smaller_for_her_who_may_see_less(seat: Seats) -> None:
    rob, emma = seat("rob"), seat("emma")
    counted = []
    for one in (rob, emma):
        one.go(subject_of(one, "Gareth Pryce 1971-11-04"))
        counted.append(one.page.locator(".statement").count())
    assert counted[0] > counted[1] > 0


PAGES = ("/reports", "/search?q=torch", "/subjects", "/review", "/chart", "/map", "/timeline", "/trace?q=Molloy", "/me")


@pytest.mark.parametrize("path", PAGES)
def test_on_every_page_the_desk_can_be_that_of_an_earlier_day(seat: Seats, path: str) -> None:
    emma = seat("emma")
    page = emma.go(path)
    page.locator("summary", has_text="As of").click()
    page.get_by_label("What did we know on").fill("2026-04-01")
    page.get_by_role("button", name="Go to that day").click()
    chip = page.locator(".fold.amber summary")
    expect(chip).to_contain_text("1 April 2026")
    assert page.url.partition("?")[0] == emma.site + path.partition("?")[0]
    chip.click()
    page.get_by_role("button", name="Back to now").click()
    expect(page.locator(".fold.amber")).to_have_count(0)


def test_an_earlier_day_has_fewer_reports_and_stays_until_one_comes_back(seat: Seats) -> None:
    emma = seat("emma")
    now = reports_of(emma)
    emma.go("/me?as_of=2026-04-01")
    then = reports_of(emma)
    assert 0 < then < now
    emma.go("/me?as_of=now")
    assert reports_of(emma) == now


def test_what_may_i_see_counts_what_the_inbox_counts(seat: Seats) -> None:
    emma = seat("emma")
    counted = reports_of(emma)
    cells = emma.go("/me").locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert sum(int(each.replace(",", "")) for each in cells) == counted

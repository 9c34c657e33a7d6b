"""A newcomer follows Operation SEQUIN from the first walk-in, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Seats
from tests.e2e.house import press
from tests.e2e.rooms import first_report


def test_from_a_name_in_the_first_report_to_the_sentence_of_a_value_and_back_to_its_report(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go(first_report(emma))
    assert emma.h1() == "The lecturer and the lorry park"
    page.locator(".report-text .mention", has_text="Ray Cassell").click()
    page.wait_for_url("**/subjects/*")
    assert emma.h1() == "Ray Cassell"
    phone = page.locator(".statement", has=page.get_by_text("07700 900417", exact=True))
    phone.locator("summary").click()
    sentence = phone.locator(".snippet")
    expect(sentence).to_contain_text("07700 900417")
    sentence.get_by_role("link").click()
    page.wait_for_url("**/reports/*")
    expect(page.locator(".report-text mark").first).to_be_in_viewport()


def test_what_leads_to_a_subject_leads_on_to_its_real_name(seat: Seats) -> None:
    emma = seat("emma")
    page = _traced(emma.page, "Ray Cassell")
    page.locator(".hit .subject a").first.click()
    page.locator("section", has=page.get_by_role("heading", name="What leads to it")).get_by_role(
        "link", name="Vincent Molloy"
    ).click()
    assert emma.h1() == "Vincent Molloy"


def _traced(page: Page, words: str) -> Page:
    press(page, "/")
    page.keyboard.type(words)
    press(page, "Enter")
    page.wait_for_url("**/trace?**")
    return page


def test_the_trace_box_offers_results_as_one_types(seat: Seats) -> None:
    page = seat("emma").page
    press(page, "/")
    page.keyboard.type("Stoy")
    offered = page.locator("#trace-live a")
    expect(offered.first).to_contain_text("Stoyanov")
    press(page, "ArrowDown")
    expect(offered.first).to_be_focused()
    press(page, "Enter")
    page.wait_for_url("**/subjects/*")
    assert "Stoyanov" in page.locator("h1").inner_text()


@pytest.mark.parametrize("words", ["Dimitar Stoyanov", "Dimitar Stojanov", "Димитър Стоянов"])
def test_every_spelling_finds_the_driver(seat: Seats, words: str) -> None:
    page = _traced(seat("emma").page, words)
    best = page.locator(".hit").first
    expect(best).to_contain_text("Dimitar Stoyanov")
    expect(best.locator(".reasons li").first).to_be_visible()
    expect(page.locator(".searched")).to_contain_text("reports that you may read")


def test_nobody_is_answered_with_no_recorded_trace_and_what_was_searched(seat: Seats) -> None:
    page = _traced(seat("emma").page, "Harold Bexwith")
    expect(page.locator(".notice")).to_contain_text("No recorded trace")
    expect(page.locator(".searched")).to_contain_text(re.compile(r"\d+ records and \d+ reports"))
    assert page.locator(".hit").count() == 0


def test_namesakes_are_answered_with_many_and_a_way_to_tell(seat: Seats) -> None:
    page = _traced(seat("emma").page, "Vincent Molloy")
    expect(page.locator(".notice")).to_contain_text("Add a birth date")
    page = _traced(page, "Vincent Molloy 1981-12-12")
    expect(page.locator(".hit").first.locator(".reasons")).to_contain_text("1981")


def test_search_lights_the_word_and_the_keyboard_opens_a_result(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/search?q=torch")
    expect(page.locator(".snippet mark").first).to_have_text(re.compile("torch", re.IGNORECASE))
    press(page, "j")
    press(page, "j")
    title = page.locator(".snippets > li:focus figcaption a").inner_text()
    press(page, "o")
    page.wait_for_url("**/reports/*")
    assert emma.h1() == title
    expect(page.locator(".report-text mark").first).to_have_text(re.compile("torch", re.IGNORECASE))


def test_j_and_k_turn_from_one_report_to_the_next_and_back(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go(first_report(emma))
    first = page.url
    press(page, "k")
    page.wait_for_url(lambda url: url != first)
    press(page, "j")
    page.wait_for_url(first)


def test_two_reports_of_one_origin_say_so(seat: Seats) -> None:
    rob = seat("rob")
    page = rob.go("/search?q=deckhands+second+lorry")
    page.get_by_role("link", name="Deckhands' talk of the second lorry").first.click()
    page.wait_for_url("**/reports/*")
    expect(page.locator("#main")).to_contain_text("Also rests on Shaun Devlin, tyre fitter")
    page.get_by_role("link", name="A whole trailer on the Thursday").click()
    expect(page.locator("#main")).to_contain_text("counts once with this one")


def test_a_pair_can_be_looked_at_side_by_side_from_a_subjects_page(seat: Seats) -> None:
    page = _traced(seat("emma").page, "Ray Cassell")
    page.locator(".hit .subject a").first.click()
    proposal = page.locator("details.pair").first
    proposal.locator("summary").click()
    proposal.get_by_role("link", name="See them side by side").click()
    page.wait_for_url("**/review?pair=*")
    expect(page.locator(".compared thead")).to_contain_text("Ray Cassell")

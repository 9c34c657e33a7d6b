"""Judging, taking back, registering, filing: what officers do, and what is there afterwards."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Seats
from tests.e2e.house import Seat, press

REPORT_FORM: Final = "form[action='/file']"


@pytest.fixture
def site(acting_site: str) -> str:
    """These tests act, and so have a desk of their own."""
    return acting_site


def reviewing(page: Page) -> tuple[str, str]:
    """The pair that is being looked at, and how many wait."""
    pair = " ".join(
        str(each.get_attribute("value")) for each in page.locator(".judge [name=left], .judge [name=right]").all()
    )
    waiting = re.search(r"([\d,]+) pairs?", page.locator("#main").inner_text())
    assert waiting
    return pair, waiting[1]


@pytest.mark.parametrize(
    ("key", "words"), [("y", "Judged the same"), ("h", "Left undecided"), ("n", "Judged different")]
)
def test_a_pair_is_judged_and_the_judgement_taken_back_by_keyboard_alone(seat: Seats, key: str, words: str) -> None:
    emma = seat("emma")
    page = emma.page
    press(page, "g")
    press(page, "r")
    page.wait_for_url("**/review")
    before = reviewing(page)
    press(page, key)
    expect(page.get_by_role("status")).to_contain_text(words)
    assert reviewing(page) != before
    press(page, "u")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    assert reviewing(page) == before


def test_the_buttons_of_a_decision_are_in_sight_without_scrolling(seat: Seats) -> None:
    page = seat("emma").go("/review")
    for name in ("Same", "Undecided", "Different"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport()


def test_a_pair_can_be_skipped_by_key(seat: Seats) -> None:
    page = seat("emma").go("/review")
    before = reviewing(page)
    press(page, "j")
    page.wait_for_url("**/review?skip=1")
    assert reviewing(page)[0] != before[0]


def test_a_name_in_a_report_becomes_a_registered_subject_and_other_reports_know_it(seat: Seats) -> None:
    emma = seat("emma")
    page = emma.go("/subjects?standing=text&schema=Person")
    page.locator("tbody .subject a").first.click()
    page.wait_for_url("**/subjects/*")
    name = emma.h1()
    press(page, "a")
    page.wait_for_url("**/register")
    expect(page.locator(".snippet mark")).to_be_visible()
    page.get_by_label("Reason").fill("Named by two sources in a week.")
    page.get_by_role("button", name="Register subject").click()
    expect(page.get_by_role("status")).to_contain_text("Registered")
    expect(page.locator(".subject-head")).to_contain_text("registered")
    assert emma.h1().casefold() == name.casefold()
    assert "Named by two sources in a week." in page.locator("#main").inner_text()


def test_a_report_is_filed_by_form_and_its_names_are_found(seat: Seats) -> None:
    emma = seat("emma")
    filed(
        emma, "The man with the torch again", "Ray Cassell was seen at Toddington services on 1 July 2026.", "B2", "S"
    )
    page = emma.page
    page.wait_for_url("**/reports/*")
    assert emma.h1() == "The man with the torch again"
    expect(page.locator(".report-text .mention", has_text="Ray Cassell")).to_be_visible()


def filed(officer: Seat, title: str, text: str, grade: str, label: str) -> None:
    form = officer.go("/file").locator(REPORT_FORM)
    form.get_by_label("Title").fill(title)
    form.get_by_label("What we were told").fill(text)
    form.get_by_label("Source", exact=True).fill("KESTREL")
    form.get_by_label("Grade").fill(grade)
    form.get_by_label("Label").fill(label)
    form.get_by_role("button", name="File report").click()


def test_a_mistake_in_the_form_is_named_at_its_field_and_nothing_typed_is_lost(seat: Seats) -> None:
    emma = seat("emma")
    filed(emma, "A title worth keeping", "And a text.", "Z9", "S")
    expect(emma.page.get_by_role("alert")).to_contain_text("Nothing was filed yet")
    form = emma.page.locator(REPORT_FORM)
    expect(form.locator(".field.failed", has_text="Grade")).to_be_visible()
    assert form.get_by_label("Title").input_value() == "A title worth keeping"
    assert form.get_by_label("What we were told").input_value() == "And a text."
    assert form.get_by_label("Grade").get_attribute("aria-invalid") == "true"
    emma.complaints.clear()  # the browser notes the 400


def test_nobody_files_what_he_could_not_read(seat: Seats) -> None:
    emma = seat("emma")
    filed(emma, "Too secret for me", "A text.", "B2", "S&AGENTS")
    expect(emma.page.locator(".field.failed", has_text="Label")).to_be_visible()
    emma.complaints.clear()  # the browser notes the 400


def test_of_files_handed_over_the_good_are_filed_and_the_bad_quarantined(seat: Seats, tmp_path: Path) -> None:
    good, bad = tmp_path / "note.txt", tmp_path / "broken.pdf"
    good.write_text("Title: A note by hand\n\nDenise Rackham counted the pallets twice.")
    bad.write_bytes(b"%PDF-1.7 and then nothing that a reader could use")
    emma = seat("emma")
    page = emma.go("/file")
    form = page.locator(REPORT_FORM)
    form.get_by_label("Or files").set_input_files([good, bad])
    form.get_by_label("Source", exact=True).fill("KESTREL")
    form.get_by_label("Grade").fill("B2")
    form.get_by_label("Label").fill("S")
    form.get_by_role("button", name="File report").click()
    expect(page.locator("#main li", has_text="note.txt")).to_contain_text("filed")
    expect(page.locator("#main li", has_text="broken.pdf")).to_contain_text("quarantine")
    emma.go("/reports")
    page.get_by_role("link", name="1 file in quarantine").click()
    page.wait_for_url("**/quarantine")
    expect(page.locator("#main li")).to_have_count(1)


def test_a_form_sent_twice_files_one_report(seat: Seats) -> None:
    emma = seat("emma")
    for outcome in ("Filed", "already"):
        filed(emma, "Sent twice", "The same words about nothing.", "C3", "S")
        expect(emma.page.locator("#main")).to_contain_text(re.compile(outcome, re.IGNORECASE))

"""A shift worked from the keyboard: what came in is decided on, a closed file comes back, an attack is answered for."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Final

import docx
import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Seats
from tests.e2e.house import press

ITEMS: Final = 20
REASONS: Final = {
    "r": "read it, and it tells of nothing that is ours",
    "t": "somebody may ask for these names later",
    "l": "it names a place and a day, and nobody has it",
    "p": "they have had this man since spring",
}
MOST_TABS: Final = 60
"""Presses of Tab within which whatever is wanted must have been reached."""
TOLD: Final = "Orwell Bay Forwarding has bought detonators and nitric acid, and nobody there would say for whom."
"""Said of a firm that Ray Cassell works with, and not of him."""
CAME: Final = "Witnesses name Denise Rackham and a Wilfred Ottershaw. Somebody rang 07700 900417."

CLOSED_FOR: Final = "gone to a sister, and works there"
CONFIRMED_FOR: Final = "the plate is on the register under that name"


@pytest.fixture
def site(acting_site: str) -> str:
    return acting_site


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        press(page, key)


def _gone(page: Page, *keys: str) -> None:
    """Press the keys, the last of which leads to another page."""
    _press(page, *keys[:-1])
    with page.expect_navigation():
        press(page, keys[-1])


def _reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Go on with the key until the focus is there."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        press(page, key)
    raise AssertionError(f"{wanted} is not reached by {MOST_TABS} presses of {key}")


def _write(page: Page, **fields: str) -> None:
    """Write into the fields of a form by their names, going from one to the next; a choice is taken by its words."""
    for name, words in fields.items():
        here = page.locator(f"main form:focus-within [name={name}]")
        _reach(page, here.first if here.count() else page.locator(f"main [name={name}]:visible").first)
        if page.evaluate("document.activeElement.localName") != "select":
            press(page, "Control+a")
        page.keyboard.type(words)


def _send(page: Page, button: str) -> None:
    _reach(page, page.get_by_role("button", name=button, exact=True))
    _gone(page, "Enter")


def _decide(page: Page, key: str, to: str = "") -> str:
    """One decision at the point of entry; the title of what was decided on."""
    title = page.locator(".item > h2").inner_text()
    press(page, key)
    page.keyboard.type(REASONS[key])
    if key == "p":
        _write(page, to=to)
    _gone(page, "Enter")
    expect(page.locator(".notice")).to_contain_text("Press u to take it back")
    return title


def _waiting(page: Page) -> int:
    return int(page.locator(".leads-head summary").inner_text().split(": ")[1].split(" ")[0].replace(",", ""))


def test_twenty_items_are_triaged_and_a_lead_becomes_an_investigation_that_gets_the_next(seat: Seats) -> None:
    page = seat("emma").page
    _gone(page, "g", "l")
    before = _waiting(page)
    decided = [_decide(page, key, "Team Harbour") for key in "rtlp" * ((ITEMS - 1) // 4) + "rtl"]
    assert len(set(decided)) == ITEMS - 1
    _gone(page, "2")
    expect(page.locator("tbody tr")).to_have_count(5)
    _gone(page, "j", "o")
    lead = page.locator("h1").inner_text()
    _press(page, "v")
    _write(page, which="The night shift", reason="five reports in a week speak of the same nights")
    _gone(page, "Enter")
    expect(page.locator(".notice", has_text="Part of the investigation")).to_contain_text("The night shift")
    expect(page.locator(".state")).to_have_text("investigation")
    _gone(page, "1")
    passed = _decide(page, "p", "The night shift")
    assert _waiting(page) == before - ITEMS
    _gone(page, "g", "v")
    _gone(page, "j", "o")
    expect(page.locator("h1")).to_contain_text("The night shift")
    expect(page.locator(".belongs")).to_contain_text(lead)
    expect(page.locator(".belongs")).to_contain_text(passed)


def _of_interest_then_closed(page: Page, name: str) -> None:
    """Somebody made a subject of interest and closed again, from the trace box on."""
    _press(page, "/")
    page.keyboard.type(name)
    _gone(page, "Enter")
    _gone(page, "j", "o")
    _gone(page, "i")
    _write(page, tier="3", reason="twice at the lorry park at night", review="2099-01-05", label="S")
    _send(page, "Make it a subject of interest")
    _gone(page, "c")
    _write(page, reason=CLOSED_FOR, residual="he could be called back; a van would show it")
    _write(page, review="2099-06-01")
    _send(page, "Close the subject")
    expect(page.locator(".standing-line")).to_contain_text("Closed, tier 3")
    expect(page.get_by_text("Nothing new has touched the file")).to_be_visible()


def _file(page: Page, title: str, text: str) -> None:
    _gone(page, "g", "f")
    _write(page, title=title, text=text, source="HERON", channel="walk-in", grade="B2", label="S")
    _send(page, "File report")
    expect(page.locator("h1")).to_have_text(title)


def _row_of(rows: Locator, words: str) -> int:
    return next(at for at, each in enumerate(rows.all_inner_texts()) if words in each)


def test_a_subject_who_was_closed_comes_back_on_top_when_a_weak_signal_touches_his_circle(seat: Seats) -> None:
    page = seat("emma").page
    _of_interest_then_closed(page, "Ray Cassell")
    _file(page, "What the forwarder bought", TOLD)
    _gone(page, "g", "o")
    rows = page.locator(".interests tbody tr")
    before = rows.all_inner_texts()[: _row_of(rows, "Ray Cassell")]
    assert all("overdue" in each or "bits" in each for each in before)
    back = rows.filter(has_text="Ray Cassell")
    expect(back).to_contain_text("bits")
    _reach(page, back, "j")
    _gone(page, "o")
    changed = page.locator("#changed")
    expect(changed.locator(".waterfall")).to_contain_text("said of somebody one step away")
    expect(changed.locator(".snippets")).to_contain_text("has bought detonators")
    _gone(page, "g", "l")
    _reach(page, page.locator(".leads-head summary"))
    _press(page, "Enter")
    _write(page, age="within the last hour")
    _send(page, "Show")
    back = page.locator(".queue li", has_text="Ray Cassell, closed")
    expect(back).to_contain_text("closed subject")
    _press(page, "Escape")
    _reach(page, back, "j")
    _gone(page, "o")
    expect(page.locator(".item .chip-list")).to_contain_text("Ray Cassell")
    _decide(page, "l")


def _handed_over(page: Page, key: str) -> str:
    """The words of the paper that the key hands over, PDF or DOCX."""
    with page.expect_download() as download:
        press(page, key)
    content = Path(download.value.path()).read_bytes()
    if download.value.suggested_filename.endswith(".pdf"):
        found = [each.extract_text() for each in pypdf.PdfReader(io.BytesIO(content)).pages]
    else:
        made = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        heads = [each.text for section in made.sections for each in section.header.paragraphs]
        found = [*heads, *(each.text for each in made.paragraphs), *cells]
    return " ".join(" ".join(found).split())


def _room_with_names(page: Page) -> None:
    _gone(page, "g", "n")
    _write(page, title="Shots at the lorry park", place="Toddington")
    _gone(page, "Enter")
    expect(page.locator("#field-words")).to_be_focused()
    page.keyboard.type(CAME)
    _send(page, "Keep and trace")


def _confirmed(page: Page, name: str) -> None:
    _press(page, "Escape")
    row = page.locator(".named > li", has_text=name).first
    _reach(page, row, "j")
    _gone(page, "o")
    _write(page, reason=CONFIRMED_FOR)
    _send(page, "Decide")
    expect(page.locator(".flashes")).to_contain_text("Confirmed")


def test_an_attack_is_answered_for_and_the_chronology_is_handed_over(seat: Seats) -> None:
    page = seat("emma").page
    _of_interest_then_closed(page, "Denise Rackham")
    _room_with_names(page)
    expect(page.locator(".named li", has_text="Wilfred Ottershaw")).to_contain_text("No recorded trace")
    _confirmed(page, "Denise Rackham")
    _gone(page, "l")
    expect(page.locator("h1")).to_have_text("Answer of record")
    for words in (_handed_over(page, key) for key in ("p", "d")):
        assert "SECRET · SEQUIN" in words
        assert "Whether anybody else knows more is not said here" in words
        assert re.search(r"in \d+ reports; never a subject of interest Now: Subject of interest, closed since", words)
        for written in (CLOSED_FOR, CONFIRMED_FOR, "Subject is Denise RACKHAM."):
            assert written in words
        assert re.search(r"Elstow Lane, the good coat \[[0-9a-f]{8}\] B1", words)
        assert words.index("Elstow Lane, the good coat") < words.index(CLOSED_FOR) < words.index(CONFIRMED_FOR)

"""Browser tests of rounds outside: ask, vote, come back, with scripts and without; pages as WCAG 2.2 AA asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.rounds import Asked, Became, Change
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.window.codes import derived
from leconfield.window.rounds import PURPOSE, votes_of
from tests.e2e import house
from tests.e2e.axe import OVERFLOWING
from tests.e2e.house import press
from tests.e2e.window_site import PHONE, WIDE, Place, Theme, checked, reader, served, shot, violations
from tests.gate.release.rooms import Hands
from tests.outreach.house import EDITOR
from tests.outreach.rounds import rooms
from tests.window.rounds.halls import (
    DAY,
    GONE,
    LUNCH,
    OPENS,
    PLAN,
    ROUND,
    SLEEP,
    TRUST,
    WORDS,
    accepted,
    announce,
    answers,
    at,
    questions,
    refused,
)

PASSWORD = "a long password here"
ASKED = "Do you ever tell your children what you do?"


def code_on(page: Page) -> str:
    """The seven words on the page."""
    return " ".join(page.locator(".receipt__words span").all_inner_texts())


def opened(page: Page, address: str) -> None:
    """Open a page as it is now: a browser that keeps one asks again."""
    page.goto(address)


def ask(page: Page, place: Place) -> str:
    """Ask from the list of rounds on; the code."""
    opened(page, f"{place.address}/ask")
    page.get_by_role("button", name="Ask a question").click()
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("alert")).to_contain_text("ten characters")
    page.get_by_label("Your question").fill(ASKED)
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your question")
    return code_on(page)


def come_back(page: Page, place: Place, code: str) -> None:
    """Look what became of it."""
    page.goto(f"{place.address}/ask/come-back")
    page.get_by_label("Your seven words").fill(code)
    page.get_by_role("button", name="Look").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_round_from_the_first_question_to_the_answers(browser: Browser, tmp_path: Path, scripts: bool) -> None:
    with served(tmp_path) as place, reader(browser, scripts=scripts, size=PHONE) as page:
        made = place.house
        announce(made)
        at(made, OPENS + timedelta(hours=1))
        code = ask(page, place)
        (box,) = made.boxes()
        assert box.fields["words"] == ASKED
        come_back(page, place, code)
        expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is decided yet")
        own = Asked(
            GONE, derived(code, made.window.salt, PURPOSE).place, (Change(OPENS + DAY, Became.ACCEPTED, ASKED),)
        )
        questions(made, accepted(SLEEP), accepted(TRUST), own)
        at(made, OPENS + DAY)
        come_back(page, place, code)
        expect(page.get_by_role("heading", level=1)).to_have_text("Your question will be answered")
        page.get_by_role("link", name="Go to the round").click()
        page.get_by_role("listitem").filter(has_text=WORDS[TRUST]).get_by_role("link").click()
        page.get_by_role("button", name="Vote").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your vote is counted")
        assert votes_of(made.window).counts(ROUND) == {TRUST: 1}
        at(made, PLAN.closes)
        opened(page, f"{place.address}/ask/{ROUND}")
        expect(page.get_by_text("1 vote", exact=True)).to_be_visible()
        answers(made)
        page.reload()
        expect(page.get_by_text("This is the answer.")).to_have_count(0)
        at(made, PLAN.publishes)
        page.reload()
        expect(page.get_by_text("This is the answer.")).to_have_count(3)


@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide-light", "phone-dark"])
def test_every_page_of_rounds_is_as_it_should_be(
    browser: Browser, tmp_path: Path, size: tuple[int, int], theme: Theme
) -> None:
    with served(tmp_path) as place, reader(browser, size=size, theme=theme) as page:
        made, name = place.house, f"rounds-{theme}"

        def seen(address: str, which: str) -> None:
            opened(page, f"{place.address}{address}")
            checked(page)
            shot(page, f"{name}-{which}")

        seen("/ask", "none")
        announce(made)
        seen("/ask", "announced")
        at(made, OPENS + DAY)
        questions(made, accepted(SLEEP), accepted(TRUST), accepted(LUNCH), refused())
        seen("/ask", "list")
        seen("/ask/how-it-works", "how")
        seen(f"/ask/{ROUND}", "open")
        seen(f"/ask/{ROUND}/vote/{SLEEP}", "vote")
        code = ask(page, place)
        checked(page)
        shot(page, f"{name}-sent")
        come_back(page, place, code)
        checked(page)
        shot(page, f"{name}-waiting")
        page.goto(f"{place.address}/ask/{ROUND}/question")
        page.get_by_label("Your question").fill("Why?")
        page.get_by_role("button", name="Send the question").click()
        checked(page)
        shot(page, f"{name}-fault")
        at(made, PLAN.closes)
        seen(f"/ask/{ROUND}", "closed")
        at(made, PLAN.publishes)
        seen(f"/ask/{ROUND}", "late")
        answers(made)
        seen(f"/ask/{ROUND}", "answers")
        seen("/ask", "over")


def test_a_round_is_walked_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as place, reader(browser) as page:
        announce(place.house)
        at(place.house, OPENS + DAY)
        page.goto(f"{place.address}/ask/{ROUND}/question")
        page.get_by_label("Your question").focus()
        page.keyboard.type(ASKED)
        for _ in range(9):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "send":
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("We have your question")
        assert re.fullmatch(r"([a-z]+ ){6}[a-z]+", code_on(page))
        assert [each.kind for each in place.house.boxes()] == [rounds.QUESTION]


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, list[str]]]:
    """A desk with a round that has closed, served: its address, the round, and two of its questions."""
    folder, hands = tmp_path_factory.mktemp("inside") / "desk", Hands()
    desk = Desk.create(folder, hands)
    desk.append(
        accounts.KEEPER,
        [accounts.enrolling(EDITOR.name, EDITOR.persona, PASSWORD, EDITOR.tokens, EDITOR.roles)],
    )
    which = rooms.round_of(desk)
    rooms.at(hands, rooms.OPENS + DAY)
    one = rooms.accepted(desk, which, WORDS[SLEEP], 1)
    two = rooms.asked(desk, which, "How well do you sleep after hard days?", 2)
    rooms.asked(desk, which, "Is John Molloy one of yours?", 3)
    rooms.at(hands, rooms.PLAN.closes + DAY)
    rooms.ballots(desk, which, {one.id: 3})
    rooms.answered(desk, one, "Better than one would think.")
    desk.close()
    with house.served(folder) as address:
        yield address, which, [one.id, two.id]


@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide-light", "phone-dark"])
def test_officers_pages_of_rounds_are_as_they_should_be(
    browser: Browser,
    inside: tuple[str, str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: Theme,
) -> None:
    address, which, (one, two) = inside
    monkeypatch.setitem(house.PASSWORDS, EDITOR.name, PASSWORD)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, reduced_motion="reduce"
    )
    seat = house.seated(context, address)
    seat.sign_in(EDITOR.name)
    for name, path in (
        ("list", "/window/rounds"),
        ("round", f"/window/rounds/{which}"),
        ("answered", f"/window/rounds/{which}/{one}"),
        ("undecided", f"/window/rounds/{which}/{two}"),
    ):
        page = seat.go(path)
        assert violations(page) == []
        assert page.evaluate(OVERFLOWING) <= 0, path
        shot(page, f"rounds-inside-{theme}-{name}")
    complaints = list(seat.complaints)
    context.close()
    assert complaints == []


def test_a_decision_that_comes_too_late_is_refused_and_what_was_typed_is_kept(
    browser: Browser, inside: tuple[str, str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, which, (_, two) = inside
    monkeypatch.setitem(house.PASSWORDS, EDITOR.name, PASSWORD)
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce")
    seat = house.seated(context, address)
    seat.sign_in(EDITOR.name)
    page = seat.go(f"/window/rounds/{which}/{two}")
    press(page, "n")
    page.get_by_label("Category").select_option("duplicate")
    page.locator("#refuse-reason").fill("Asked in the last round.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("instant has passed")
    expect(page.locator("#refuse-reason")).to_have_value("Asked in the last round.")
    expect(page.get_by_label("Category")).to_have_value("duplicate")
    context.close()

"""The panel at a browser: marking by the keyboard and without scripts, moderation, decisions, feedback; axe on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from leconfield.ledger.model import Reader
from leconfield.outreach.recruiting import rules
from leconfield.outreach.recruiting.model import Stage, Step
from leconfield.outreach.recruiting.service_answers import fault_in_words
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.house import PHONE, WIDE, Seat, press, seated
from tests.e2e.recruited import answering, differing, served, settled, signs_in
from tests.outreach.recruiting.panels import ABEL, BESS, CARL, CHAIR, CHECK, QUESTIONS, RITA, WHY, Board, sifting

Sits = Callable[..., Seat]


@pytest.fixture
def sits(browser: Browser) -> Iterator[Sits]:
    """`sits(address, reader)` signs somebody in; the console stays calm, but for forms that are refused."""
    opened, seats = [], []

    def take(address: str, reader: Reader, *, scripts: bool = True) -> Seat:
        wide, high = WIDE
        context = browser.new_context(
            viewport={"width": wide, "height": high}, java_script_enabled=scripts, reduced_motion="reduce"
        )
        opened.append(context)
        seats.append(seated(context, address))
        signs_in(seats[-1], reader)
        return seats[-1]

    yield take
    complaints = [each for one in seats for each in one.complaints if "400 (Bad Request)" not in each]
    for context in opened:
        context.close()
    assert not complaints, complaints


def checked(seat: Seat, path: str) -> None:
    """Axe has nothing against a page, and it is no wider than the window, wide or a phone's."""
    seat.go(path)
    assert violations(seat) == []
    for width, height in (PHONE, WIDE):
        seat.page.set_viewport_size({"width": width, "height": height})
        assert seat.page.evaluate(OVERFLOWING) == 0


def test_an_assessor_marks_and_locks_by_the_keyboard_alone(sits: Sits) -> None:
    board = sifting(3)
    url = f"/window/recruiting/{board.which}"
    with served(board) as address:
        seat = sits(address, ABEL)
        page = seat.go(url)
        press(page, "m")
        page.wait_for_url("**/marking")
        press(page, "j")
        press(page, "o")
        page.wait_for_url("**/marking/*/1")
        first = seat.path.split("/")[-2]
        press(page, "j")
        page.wait_for_url("**/2")
        press(page, "k")
        page.wait_for_url("**/1")
        page.get_by_label("Note for moderation").fill("Two ways, not weighed.")
        press(page, "Escape")
        press(page, "5")
        page.wait_for_url("**/2")
        press(page, "4")
        page.wait_for_url("**/3")
        press(page, "6")
        page.wait_for_url(f"**/marking#{first}")
        expect(page.get_by_text("3 of 3 marked")).to_be_visible()
        press(page, "l")
        expect(page.get_by_text("Locked. Your marks of this question stand.")).to_be_visible()
        scores = [each for each in board.campaign().scores.values() if each.assessor == "abel"]
        assert sorted(each.mark for each in scores) == [4, 5, 6]
        assert [each.note for each in scores if each.note] == ["Two ways, not weighed."]
        assert ("abel", first) in board.campaign().locks


def test_the_whole_panel_works_without_scripts(sits: Sits) -> None:
    board = sifting(2)
    url = f"/window/recruiting/{board.which}"
    for each in (BESS, CARL):
        board.marks(each, 4)
    assert fault_in_words(board.view(CHAIR), "You write clearly.") == ""  # loads what the gate needs
    with served(board) as address:
        page = sits(address, ABEL, scripts=False).go(f"{url}/marking")
        for question in QUESTIONS:
            task = page.locator(f"#{question.id}")
            task.get_by_role("link").click()
            page.get_by_role("button", name="6, Strong").click()
            page.get_by_role("button", name="4, Acceptable").click()
            task.get_by_role("button").click()
            expect(page.get_by_text("Locked. Your marks of this question stand.")).to_be_visible()
        _chairs(sits(address, CHAIR, scripts=False), board, url)
    assert board.campaign().stage is Stage.ANSWERING
    assert len(board.campaign().feedback) == 2


def _chairs(seat: Seat, board: Board, url: str) -> None:
    """The chair takes it from the locks to words for everybody, by forms alone."""
    page = seat.go(url)
    page.get_by_label("Your reason").fill("Everybody has locked.")
    page.get_by_role("button", name="Go on to moderation").click()
    seat.go(f"{url}/moderation")
    for _ in [each for each in rules.spreads(board.campaign()) if each.wide]:
        form = page.locator("article.unlike:not(.settled) form").first
        form.get_by_label("5 Good").check()
        form.get_by_label("Your reason").fill("Heard all three.")
        form.get_by_role("button", name="Settle it").click()
    page.get_by_label("Mean mark to be invited").fill("4.5")
    page.locator("#threshold").get_by_label("Your reason").fill("As planned.")
    page.get_by_role("button", name="Set it").click()
    seat.go(url)
    page.get_by_label("Your reason").fill("All settled.")
    page.get_by_role("button", name="Go on to decisions").click()
    seat.go(f"{url}/decisions")
    page.locator("#rest").get_by_label("Your reason").fill("As the marks say.")
    page.get_by_role("button", name="Decide on all 2").click()
    seat.go(url)
    page.get_by_label("Your reason").fill("Decided.")
    page.get_by_role("button", name="Go on to feedback").click()
    seat.go(f"{url}/feedback")
    for _ in board.campaign().live:
        page.get_by_label("What we would say to this applicant").fill("You write clearly. Weigh two ways next time.")
        page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Everybody is written to.")).to_be_visible()


def test_axe_has_nothing_against_the_panels_pages_and_none_is_wider_than_a_phone(sits: Sits) -> None:
    board = sifting(3)
    url = f"/window/recruiting/{board.which}"
    with served(board) as address:
        assessor = sits(address, ABEL)
        for path in ("/window/recruiting", f"{url}/marking", f"{url}/marking/{WHY.id}/2"):
            checked(assessor, path)
    board = differing()
    with served(board) as address:
        chair, officer = sits(address, CHAIR), sits(address, RITA)
        checked(chair, f"{url}/moderation")
        for path in (url, f"{url}/applicants", f"{url}/fairness", f"{url}/reach"):
            checked(officer, path)
        settled(board)
        checked(chair, f"{url}/decisions")
        answering(board)
        checked(chair, f"{url}/feedback?packet={board.campaign().live[0]}")
        checked(officer, f"{url}/feedback")


def test_a_plan_that_is_refused_keeps_what_was_typed(sits: Sits) -> None:
    board = sifting(1)
    with served(board) as address:
        seat = sits(address, RITA)
        page = seat.go("/window/recruiting#plan")
        press(page, "n")
        page.get_by_label("Role").fill("Linguist")
        page.get_by_label("Opens").fill("2026-04-01")
        page.get_by_label("Last day").fill("in May")
        page.get_by_label("Chair of the panel").fill("chloe")
        page.get_by_role("button", name="Plan it").click()
        expect(page.get_by_role("alert")).to_contain_text("is no day")
        expect(page.get_by_label("Role")).to_have_value("Linguist")
        assert violations(seat) == []
        page.get_by_label("Last day").fill("2026-05-01")
        page.get_by_role("button", name="Plan it").click()
        page.wait_for_url("**/window/recruiting/role-*")
        page.get_by_label("What is asked").fill(CHECK.words)
        page.get_by_label("Short name").fill("check")
        page.get_by_label("Marking guide").fill("4: names one way")
        page.get_by_role("button", name="Ask it").click()
        expect(page.get_by_role("heading", name=CHECK.words)).to_be_visible()
        assert board.campaign().stage is Stage.SIFTING
        assert Step.OPEN.value not in page.url

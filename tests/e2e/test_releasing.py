"""A release in a browser: its author, two who approve, who seals, who publishes; and a copy that leaked."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.e2e import house
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat, press
from tests.gate.desks import HANDLER, OFFICERS, SAFE, SECRET, UNSAFE
from tests.gate.release.rooms import LABEL
from tests.gate.release.test_tracing import STORY
from tests.ledger.desks import filed
from tests.surveillance.test_pages import PASSWORD

SLOW: Final = 60_000
"""Milliseconds for the first check of a process, which reads everything, on a busy machine."""
TITLE: Final = "How the bakery was watched"


@pytest.fixture(scope="module")
def gates_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with the gate's officers, and a report that not all of them may read."""
    folder = tmp_path_factory.mktemp("gate") / "desk"
    desk = Desk.create(folder)
    for each in OFFICERS:
        desk.append(accounts.KEEPER, [accounts.enrolling(each.name, each.persona, PASSWORD, each.tokens, each.roles)])
    filed(desk, HANDLER, SECRET, "S&SEQUIN&AGENTS")
    desk.close()
    return folder


@pytest.fixture(scope="module")
def gates_site(gates_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served") / "desk"
    shutil.copytree(gates_desk, folder)
    with house.served(folder) as address:
        yield address


@pytest.fixture
def site(gates_site: str) -> str:
    return gates_site


def sits(seat: Seat, name: str) -> Page:
    """Somebody signs in at a browser."""
    page = seat.go("/sign-in")
    page.set_default_timeout(SLOW)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/reports")
    return page


def begun(page: Page, text: str, title: str = TITLE) -> str:
    """Begin a draft by the form; its path."""
    page.goto(page.url.split("/reports")[0].split("/releases")[0] + "/releases/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_label("Label").fill(LABEL)
    page.get_by_role("button", name="Begin it").click()
    page.wait_for_url("**/edit")
    found = re.search(r"/releases/[0-9a-f]{32}", page.url)
    assert found is not None
    return found[0]


def test_a_release_goes_its_whole_way_by_keyboard(seat: Seats) -> None:
    author = sits(seat(), "rob")
    press(author, "g")
    press(author, "q")
    author.wait_for_url("**/releases")
    press(author, "n")
    author.wait_for_url("**/releases/new")
    path = begun(author, f"{SAFE} {UNSAFE}")
    text = author.get_by_label("Text", exact=True)
    red = author.locator(".gate-line.red")
    expect(red).to_have_count(1)
    press(author, "n")
    expect(red).to_be_focused()
    press(author, "e")
    expect(text).to_be_focused()
    press(author, "Alt+ArrowDown")
    expect(red).to_be_focused()
    press(author, red.get_by_role("button", name="Leave it out").get_attribute("data-key") or "")
    expect(text).to_have_value(re.compile(rf"^{re.escape(SAFE)}\s*$"))
    press(author, "Control+z")
    expect(text).to_have_value(f"{SAFE} {UNSAFE}")
    expect(red).to_have_count(1)
    press(author, "Alt+ArrowDown")
    press(author, red.get_by_role("button", name="Leave it out").get_attribute("data-key") or "")
    expect(red).to_have_count(0)
    press(author, "Escape")
    press(author, "c")
    author.wait_for_url(f"**{path}")
    expect(author.get_by_text("Checked", exact=True).first).to_be_visible()
    for who in ("ben", "cas"):
        _steps(seat, who, path, "a", "It is sound.")
    _steps(seat, "ben", path, "s", "")
    _steps(seat, "eve", path, "p", "It is time.")
    author.reload()
    expect(author.get_by_text("Published", exact=True).first).to_be_visible()
    assert author.locator(".gate-steps > li").count() >= 7


def _steps(seat: Seats, who: str, path: str, key: str, reason: str) -> None:
    """Take a step by keyboard, from the list, where it waits for whoever it is."""
    page = sits(seat(), who)
    page.goto(page.url.replace("/reports", "/releases"))
    expect(page.locator("tr.gate-waits").first).to_be_visible()
    press(page, "j")
    press(page, "o")
    page.wait_for_url(f"**{path}")
    press(page, key)
    page.wait_for_url("**act=*")
    if reason:
        page.get_by_label("Your reason").fill(reason)
        press(page, "Escape")
    press(page, "y")
    page.wait_for_url(lambda url: url.endswith(path))


def test_a_release_goes_its_whole_way_without_scripts(seat: Seats) -> None:
    author = sits(seat(scripts=False, size=PHONE), "rob")
    path = begun(author, f"{SAFE} {UNSAFE}", "Without scripts")
    author.get_by_role("button", name="Leave it out").first.click()
    expect(author.get_by_label("Text", exact=True)).to_have_value(re.compile(rf"^{re.escape(SAFE)}\s*$"))
    author.get_by_role("button", name="Undo").click()
    expect(author.get_by_label("Text", exact=True)).to_have_value(f"{SAFE} {UNSAFE}")
    author.get_by_label("Text", exact=True).fill(SAFE)
    author.get_by_role("button", name="Look at it").click()
    assert not author.locator(".gate-line.red").count()
    author.get_by_role("button", name="Save and ask the gate").click()
    author.wait_for_url(f"**{path}")
    for who, step, words in (
        ("ben", "Approve", "y"),
        ("cas", "Approve", "y"),
        ("ben", "Seal", ""),
        ("eve", "Publish", "y"),
    ):
        page = sits(seat(scripts=False, size=PHONE), who)
        page.goto(page.url.replace("/reports", path))
        page.get_by_role("link", name=step).click()
        if words:
            page.get_by_label("Your reason").fill("It is sound.")
        page.get_by_role("button", name=f"{step} it").click()
    author.reload()
    expect(author.get_by_text("Published", exact=True).first).to_be_visible()


def test_words_that_were_not_saved_survive_a_closed_tab(seat: Seats) -> None:
    rob = seat()
    page = sits(rob, "rob")
    path = begun(page, SAFE, "Half written")
    page.get_by_label("Text", exact=True).press("Control+End")
    page.keyboard.type(" And closed on")
    expect(page.get_by_text("kept in this browser")).to_be_visible()
    again = page.context.new_page()
    page.close()
    again.set_default_timeout(SLOW)
    again.goto(f"{rob.site}{path}/edit")
    text = again.get_by_label("Text", exact=True)
    expect(text).to_have_value(f"{SAFE} And closed on")
    expect(again.get_by_text("What you had not saved is back")).to_be_visible()
    text.press("Control+s")
    expect(again.get_by_text("Saved.", exact=True)).to_be_visible()
    assert again.evaluate("Object.keys(localStorage).filter((each) => each.startsWith('draft:')).length") == 0


def test_words_that_were_not_saved_survive_going_back_and_loading_the_page_again(seat: Seats) -> None:
    page = sits(seat(), "rob")
    begun(page, SAFE, "Left and come back to")
    text = page.get_by_label("Text", exact=True)
    text.press("Control+End")
    page.keyboard.type(" And closed on")
    expect(page.get_by_text("kept in this browser")).to_be_visible()
    for leave in (lambda: (page.go_back(), page.go_forward()), page.reload, page.reload):
        leave()
        expect(text).to_have_value(f"{SAFE} And closed on")
    expect(page.get_by_text("What you had not saved is back")).to_be_visible()


def test_two_who_write_at_once_see_both(seat: Seats) -> None:
    late = seat()
    first, second = sits(seat(), "rob"), sits(late, "ann")
    path = begun(first, SAFE, "By two")
    second.goto(second.url.replace("/reports", f"{path}/edit"))
    for page, words in ((first, "Rob was first."), (second, "Ann was second.")):
        page.get_by_label("Text", exact=True).fill(words)
        page.get_by_role("button", name="Save", exact=False).first.click()
        page.wait_for_load_state()
    expect(second.get_by_role("heading", name="Somebody else saved meanwhile")).to_be_visible()
    expect(second.get_by_text("Rob was first.")).to_be_visible()
    expect(second.get_by_label("Text", exact=True)).to_have_value("Ann was second.")
    late.go(f"{path}/edit")
    expect(second.get_by_label("Text", exact=True)).to_have_value("Ann was second.")
    assert any("409" in each for each in late.complaints)
    late.complaints.clear()  # a browser complains of every answer that says that there is a conflict


def test_whose_copy_leaked_is_told_place_by_place(seat: Seats, tmp_path: Path) -> None:
    author = sits(seat(), "ann")
    path = begun(author, STORY, "A story for three")
    author.get_by_role("button", name="Save and ask the gate").click()
    author.wait_for_url(f"**{path}")
    ben = None
    for who in ("ben", "cas"):
        ben = sits(seat(), who)
        ben.goto(ben.url.replace("/reports", f"{path}?act=approve"))
        ben.get_by_label("Your reason").fill("It is sound.")
        ben.get_by_role("button", name="Approve it").click()
        ben.wait_for_load_state()
    assert ben is not None
    ben.goto(ben.url.split("?")[0] + "?act=seal")
    ben.get_by_role("button", name="Seal it").click()
    ben.get_by_role("link", name="Copies").click()
    for name in ("Bern", "Oslo", "Delft"):
        ben.get_by_label("A copy for").fill(name)
        ben.get_by_role("button", name="Make it").click()
        expect(ben.get_by_role("rowheader", name=name)).to_be_visible()
    with ben.expect_download() as loading:
        ben.get_by_role("link", name="Signed bundle for Oslo").click()
    kept = tmp_path / "oslo.bundle"
    loading.value.save_as(kept)
    words = kept.read_bytes().decode("utf-8", "replace")
    leak = words[words.index("In the spring") : words.index("so do we")]
    ben.get_by_role("link", name="A text turned up").click()
    ben.get_by_label("The text that turned up").fill(leak.lower())
    ben.get_by_role("button", name="Whose copy is it?").click()
    expect(ben.get_by_role("heading", name="The copy for Oslo")).to_be_visible()
    expect(ben.get_by_text("It names a copy, not who passed it on")).to_be_visible()
    assert ben.locator(".gate-places mark").count() > 20


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_nothing_stands_against_the_pages_and_none_is_wider_than_the_window(
    seat: Seats, size: tuple[int, int], theme: Theme
) -> None:
    rob = seat(size=size, theme=theme)
    page = sits(rob, "rob")
    path = begun(page, f"{SAFE} {UNSAFE} [[One|Another]] way with [[words|wording]].", f"Looked at {theme} {size[0]}")
    for each in (
        "/releases",
        "/releases/new",
        f"{path}/edit",
        path,
        f"{path}?act=withdraw",
        f"{path}/copies",
        f"{path}/leaked",
    ):
        rob.go(each)
        rob.page.wait_for_load_state("networkidle")
        found = violations(rob)
        assert found == [], (each, [[one["html"] for one in each["nodes"]][:3] for each in found])
        assert rob.page.evaluate(OVERFLOWING) == 0, each

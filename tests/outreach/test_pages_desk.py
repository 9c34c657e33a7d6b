"""Tests of the frame of the editor's desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leconfield.gate.bundles.boxes import Box
from leconfield.gate.release import service
from leconfield.ledger.desk import Desk
from leconfield.outreach.orders import issue
from tests.gate.release.rooms import OFFICER, POST, Gate
from tests.ledger.desks import look
from tests.outreach.house import EDITOR, LABEL, PLAIN, SENDER, enrolled, got, kept, lies, published, sent


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with kept(tmp_path / "desk") as made:
        enrolled(made, EDITOR, SENDER, PLAIN)
        yield made


def test_every_page_says_so_while_everything_is_stopped(desk: Desk) -> None:
    assert "Everything is stopped" not in got(desk, EDITOR, "/window")
    issue(desk, look(desk, EDITOR), "stop", "all", {"on": 1}, "O&PRESSROOM")
    assert "Everything is stopped" in got(desk, EDITOR, "/window")
    assert "Everything is stopped" in got(desk, EDITOR, "/window/crossing")
    assert "Everything is stopped" not in got(desk, PLAIN, "/window")


def test_today_says_what_waits_what_is_next_and_what_went_last(desk: Desk) -> None:
    waiting = service.draft(desk, look(desk, OFFICER), "story", "public", POST, label=LABEL, title="A bakery")
    service.check(desk, look(desk, OFFICER), waiting, Gate())
    published(desk, title="A mill")
    published(desk, title="A forge", embargo="2026-03-05T09:00:00Z", publish=False)
    page = got(desk, EDITOR, "/window")
    assert "A bakery" in page
    assert "to approve or refuse" in page
    assert "not crossed yet" in page
    assert "5 March 2026" in page
    assert "Nothing waits for you here" in got(desk, PLAIN, "/window")


def test_the_calendar_shows_a_month_and_turns(desk: Desk) -> None:
    published(desk, title="A forge", embargo="2026-03-05T09:00:00Z", publish=False)
    page = got(desk, EDITOR, "/window/calendar")
    assert page.count("A forge") == 2
    assert "month=2026-02" in page
    assert "month=2026-04" in page
    assert "A forge" not in got(desk, EDITOR, "/window/calendar?month=2026-05")
    assert "A forge" not in got(desk, PLAIN, "/window/calendar")
    assert "no month" in got(desk, EDITOR, "/window/calendar?month=2026-13", 400)


def test_the_queue_is_parted_by_how_far_things_are(desk: Desk) -> None:
    published(desk, title="A mill")
    service.draft(desk, look(desk, EDITOR), "post", "public", POST, label=LABEL, title="A bakery")
    service.draft(desk, look(desk, EDITOR), "post", "partner", POST, label=LABEL, title="Not for all")
    page = got(desk, EDITOR, "/window/queue")
    assert page.index("Being written") < page.index("A bakery") < page.index("<h2>Out") < page.index("A mill")
    assert "Not for all" not in page
    assert "Nothing is on its way" in got(desk, PLAIN, "/window/queue")


def test_a_correction_is_begun_from_what_it_corrects(desk: Desk) -> None:
    story = published(desk, form="story", title="A bakery")
    assert "Correct it" in got(desk, EDITOR, f"/window/released/{story}")
    sent(desk, EDITOR, f"/window/released/{story}/correct", words="It was a mill.")
    assert "Correction: A bakery" in got(desk, EDITOR, f"/window/released/{story}")
    kept_words = sent(desk, EDITOR, f"/window/released/{story}/correct", 400, words="!no picture")
    assert "!no picture" in kept_words


def test_a_withdrawal_begins_its_notice(desk: Desk) -> None:
    story = published(desk, form="story", title="A bakery")
    sent(desk, EDITOR, f"/window/released/{story}/withdraw", reason="It names a man.", notice="It named somebody.")
    page = got(desk, EDITOR, f"/window/released/{story}")
    assert "Withdrawn: A bakery" in page
    assert "Correct it" not in page
    got(desk, PLAIN, f"/window/released/{story}", 404)


def test_where_a_spool_is_set_two_buttons_let_things_cross(desk: Desk, tmp_path: Path) -> None:
    published(desk, title="A mill")
    (tmp_path / "in").mkdir()
    lies(desk, tmp_path / "in", Box("riddle", "2026-03-02", {}))
    folder = desk.folder
    assert folder is not None
    (folder / "outreach.toml").write_text(
        f'format = 1\n[spool]\nto = "{tmp_path}/out"\nfrom = "{tmp_path}/in"\naside = "{tmp_path}/aside"\n'
    )
    page = got(desk, EDITOR, "/window/crossing")
    assert "Let it cross" in page
    assert "<b>1</b> box lies" in page
    sent(desk, SENDER, "/window/crossing/send")
    sent(desk, EDITOR, "/window/crossing/fetch")
    page = got(desk, SENDER, "/window/crossing")
    assert "All that the window is to have has crossed" in page
    assert "nobody here takes boxes" in got(desk, EDITOR, "/window/crossing")
    assert len(list((tmp_path / "out").glob("*.bundle"))) == 1
    assert len(list((tmp_path / "out").glob("release.*.order"))) == 1
    assert "which you do not hold" in sent(desk, PLAIN, "/window/crossing/send", 400)

"""Tests of the pages of recruiting: forms good and bad, the whole way by forms alone, and no name for the panel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest

from leconfield import app
from leconfield.ledger.model import EntryId, Reader
from leconfield.outreach.recruiting import pages_deciding, rules, service_panel
from leconfield.outreach.recruiting.model import Stage, Step
from leconfield.web import visit
from tests.noninterference.pages import Browser
from tests.outreach.house import enrolled
from tests.outreach.recruiting import panels
from tests.outreach.recruiting.panels import (
    ABEL,
    ASSESSORS,
    CHAIR,
    EVERYBODY,
    NAMED,
    NAMES,
    PANEL,
    RITA,
    STRANGER,
    WHY,
    Board,
    application,
    decided,
    equality,
    planned,
    sifting,
    written,
)


class Site:
    """The site over a board, and whoever has sat down at it."""

    def __init__(self, board: Board) -> None:
        self.board = board
        enrolled(board.desk, *EVERYBODY)
        self._site = app.site(board.desk)
        self._seated: dict[str, Browser] = {}

    def at(self, reader: Reader) -> Browser:
        """The browser at which somebody sits."""
        return self._seated.setdefault(reader.name, Browser(self._site, reader.name))

    def get(self, reader: Reader, path: str = "", status: int = 200) -> str:
        """A page of the campaign, as somebody gets it."""
        found, _, body = self.at(reader).get(f"/window/recruiting/{self.board.which}{path}")
        assert found == status, body.decode()
        return unescape(body.decode())

    def post(self, reader: Reader, path: str, status: int = 303, /, **fields: str) -> str:
        """What is answered to a form of the campaign."""
        found, _, body = self.at(reader).post(f"/window/recruiting/{self.board.which}{path}", fields)
        assert found == status, body.decode()
        return unescape(body.decode())


@pytest.fixture(scope="module", autouse=True)
def _in_one_thread() -> Iterator[None]:
    """The browser of these tests runs no loop that could wait for a thread."""

    async def here(call: Callable[..., object], *arguments: object) -> object:
        return call(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visit, "run_in_threadpool", here)
        yield


@pytest.fixture(scope="module")
def full() -> Site:
    """A campaign with names, marks, decisions, words and equality counts: everything that could be given away."""
    board = written(decided(3))
    for number in range(24):
        board.take(equality(board.which, number, sex="female" if number < 12 else "male"))
        board.take(equality(board.which, number, "invited", sex="female" if number < 4 else "male"))
    return Site(board)


PAGES = ("", "/marking", "/moderation", "/decisions", "/feedback", "/applicants", "/fairness", "/reach")


def test_every_page_stands_for_the_recruitment_officer_and_the_panel(full: Site) -> None:
    for path in PAGES:
        page = full.get(RITA, path, 403 if path == "/marking" else 200)
        assert ("Network analyst" in page) == (path != "/marking")
    for path in PAGES[:5]:
        full.get(ABEL, path)
        full.get(CHAIR, path, 403 if path == "/marking" else 200)


def test_an_assessor_can_fetch_no_name_from_any_page_of_the_site(full: Site) -> None:
    assert NAMED in full.get(RITA, "/applicants")
    texts = [_walk(full, reader) for reader in (ABEL, CHAIR)]
    for text in texts:
        assert "Network analyst" in text
        for secret in (*NAMED.split(), "0700 900", "mail.example", "More time to read", "APPLICANTS"):
            assert secret not in text, secret


def _walk(site: Site, reader: Reader) -> str:
    """Every address of the campaign, and pages about it elsewhere, as somebody gets them."""
    board = site.board
    url = f"/window/recruiting/{board.which}"
    tasks = [f"/marking/{each.id}/{place}" for each in board.campaign().questions for place in (1, 2)]
    packets = [f"/feedback?packet={each}" for each in board.campaign().packets]
    paths = [f"{url}{path}" for path in (*PAGES, *tasks, *packets)]
    texts = []
    for path in (*paths, "/window", "/window/recruiting", "/releases", "/reports"):
        status, _, body = site.at(reader).get(path)
        assert status in (200, 403, 404), (path, status)
        texts.append(unescape(body.decode()))
    return "\n".join(texts)


def test_pages_of_names_and_counts_are_as_if_there_were_none(full: Site) -> None:
    for path in ("/applicants", "/fairness", "/reach"):
        missing = full.get(CHAIR, path, 404)
        assert "No such page here" in missing
        assert f"{full.board.which}{path}" not in full.get(CHAIR)
    assert "No such campaign" in full.get(STRANGER, "", 404)


def test_no_count_is_told_while_applications_come_nor_of_an_earlier_moment(full: Site) -> None:
    assert "20 answers counted" in full.get(RITA, "/reach")
    earlier = f"?as_of={full.board.hands():%Y-%m-%dT%H:%M}"
    board = panels.opened()
    for number in range(20):
        board.take(equality(board.which, number, sex="female" if number < 10 else "male"))
    early = Site(board)
    for path in ("/reach", "/fairness"):
        for page in (early.get(RITA, path), full.get(RITA, f"{path}{earlier}")):
            assert "No count is told now" in page
            assert "counted" not in page
    assert "pplications still come" in early.post(RITA, "/reach", 400)
    full.get(RITA, "?as_of=now")


def test_nobody_elses_mark_is_on_a_page_before_all_have_locked() -> None:
    board = sifting(2)
    site = Site(board)
    packet = board.campaign().live[0]
    service_panel.score(
        board.desk, board.view(ABEL), board.which, question=WHY.id, packet=packet, mark="7", note="Splendid indeed"
    )
    place = rules.order(board.which, "abel", WHY.id, board.campaign().live).index(packet) + 1
    assert "Splendid indeed" in site.get(ABEL, f"/marking/{WHY.id}/{place}")
    for reader in (CHAIR, RITA, ASSESSORS[1]):
        assert "Splendid indeed" not in _walk(site, reader)


def test_the_whole_way_by_forms_alone() -> None:
    board = planned()
    site = Site(board)
    site.post(RITA, "/word", label=PANEL)
    panels.publish(board, EntryId(board.campaign().release))
    site.post(RITA, "/open", reason="The text is out.")
    for number in range(3):
        board.take(panels.application(board.which, number))
    board.hands.move(days=30)
    site = Site(board)
    site.post(CHAIR, "/sift", reason="It closed.")
    for reader in ASSESSORS:
        _marks(site, reader)
    site.post(CHAIR, "/moderate", reason="All locked.")
    assert "differ by two or more: 3" in site.get(CHAIR, "/moderation")
    for wide in [each for each in rules.spreads(board.campaign()) if each.wide]:
        site.post(CHAIR, "/moderation", packet=wide.packet, question=wide.question, mark="5", reason="Heard all.")
    site.post(CHAIR, "/moderation", packet="", mean="4", reason="As planned.")
    site.post(CHAIR, "/decide", reason="Settled.")
    packet = board.campaign().live[0]
    site.post(CHAIR, "/decisions", packet=packet, verdict="not-now", reason="The sample is another's work.")
    site.post(CHAIR, "/decisions", packet="", reason="As the marks say.")
    site.post(CHAIR, "/answer", reason="Decided.")
    assert "against the ranking" in site.get(CHAIR, "/decisions")
    for each in board.campaign().live:
        site.post(CHAIR, "/feedback", packet=each, words="You write clearly. Say next time what you would do first.")
    site.post(RITA, "/feedback", packet="")
    site.post(RITA, "/close", reason="Everybody was answered.")
    assert board.campaign().stage is Stage.CLOSED
    assert "Everybody who applied was answered" in site.get(RITA)


def _marks(site: Site, reader: Reader) -> None:
    """Somebody marks everything by the buttons; the page after each mark is the next one without."""
    board = site.board
    for question in board.campaign().questions:
        place = 1
        for _ in board.campaign().live:
            page = site.get(reader, f"/marking/{question.id}/{place}")
            assert question.words in page
            mark = "6" if reader is ABEL and question is board.campaign().questions[0] else "4"
            order = rules.order(board.which, reader.name, question.id, board.campaign().live)
            site.post(reader, f"/marking/{question.id}/{place}", packet=order[place - 1], mark=mark, note="")
            left = rules.left_to_score(board.campaign(), reader.name, question.id)
            place = order.index(left[0]) + 1 if left else place
        site.post(reader, f"/marking/{question.id}/lock")


def test_what_is_wrong_is_said_and_what_was_typed_is_kept() -> None:
    board = planned()
    site = Site(board)
    page = site.post(
        RITA, "/ask", 400, id="New One", kind="answer", words="What <b>else</b>?", most="900", minutes="", guide="4: x"
    )
    assert "lower-case letters" in page
    assert "What <b>else</b>?" in page
    assert 'value="New One"' in page
    page = site.post(RITA, "/ask", 400, id="new", kind="answer", words="What?", most="9", minutes="", guide="nothing")
    assert "begin “nothing”" in page or 'begin "nothing"' in page
    page = site.post(RITA, "/staff", 400, assessor="rita")
    assert "does not mark" in page
    page = site.post(RITA, "/open", 400, reason="It is time, I think.")
    assert "nothing tells of it" in page
    site.post(RITA, "/fly", 400)


def test_a_wrong_mark_and_a_missing_reason_keep_what_was_typed() -> None:
    board = sifting(2)
    site = Site(board)
    first = rules.order(board.which, "abel", WHY.id, board.campaign().live)[0]
    page = site.post(ABEL, f"/marking/{WHY.id}/1", 400, packet=first, mark="9", note="I <i>think</i> so")
    assert "from 1 to 7" in page
    assert "I <i>think</i> so" in page
    site.get(ABEL, f"/marking/{WHY.id}/3", 404)
    site.get(ABEL, f"/marking/{WHY.id}/²", 404)
    site.get(ABEL, "/marking/nothing/1", 404)
    assert "have no mark of yours" in site.post(ABEL, f"/marking/{WHY.id}/lock", 400)
    for each in ASSESSORS:
        board.marks(each, 3)
    board.step(CHAIR, Step.MODERATE)
    page = site.post(CHAIR, "/moderation", 400, packet="", mean="4.25", reason="So it was planned.")
    assert "no mean" in page
    assert "So it was planned." in page


def test_a_mark_is_for_the_answer_that_was_read_wherever_it_stands_by_now() -> None:
    board = sifting(4)
    site = Site(board)
    gone, read, *_ = rules.order(board.which, "abel", WHY.id, board.campaign().live)
    assert f'name="packet" value="{read}"' in site.get(ABEL, f"/marking/{WHY.id}/2")
    number = next(
        each for each in range(4) if board.desk.ids.of("packet", board.which, application(board.which, each).id) == gone
    )
    board.take(panels.withdrawal(number))
    page = site.post(ABEL, f"/marking/{WHY.id}/2", 400, packet=read, mark="2", note="Hardly an answer")
    assert "the order changed while you read" in page
    assert f'name="packet" value="{read}"' in page
    assert "Hardly an answer" in page
    assert f"/marking/{WHY.id}/1" in page
    assert "taken back meanwhile" in site.post(ABEL, f"/marking/{WHY.id}/1", 400, packet=gone, mark="2", note="")
    assert "taken back meanwhile" in site.post(ABEL, f"/marking/{WHY.id}/1", 400, mark="2", note="")
    assert board.campaign().scores == {}
    site.post(ABEL, f"/marking/{WHY.id}/1", packet=read, mark="2", note="")
    assert [each.packet for each in board.campaign().scores.values()] == [read]


def test_the_list_says_what_waits_for_whom() -> None:
    board = sifting(1)
    site = Site(board)
    _, _, body = site.at(ABEL).get("/window/recruiting")
    assert "3 to mark and lock" in body.decode()
    _, _, body = site.at(CHAIR).get("/window/recruiting")
    assert "Go on to moderation" in body.decode()
    typed = {"name": "Cook", "chair": "chloe", "opens": "x", "closes": "", "label": PANEL, "group": NAMES}
    status, _, body = site.at(RITA).post("/window/recruiting", typed)
    assert status == 400
    assert 'value="Cook"' in body.decode()


def test_many_marks_that_differ_are_shown_some_at_a_time_the_open_ones_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_deciding, "SHOWN", 4)
    board = sifting(3)
    board.marks(ABEL, 6)
    for each in ASSESSORS[1:]:
        board.marks(each, 4)
    board.step(CHAIR, Step.MODERATE)
    wide = [(each.question, each.packet) for each in rules.spreads(board.campaign())]
    settled, *_ = wide
    site = Site(board)
    site.post(CHAIR, "/moderation", question=settled[0], packet=settled[1], mark="5", reason="Heard all.")
    pages = [site.get(CHAIR, f"/moderation?from={first}") for first in (1, 5, 9)]
    shown = [
        re.findall(r'name="question" value="([^"]+)"><input type="hidden" name="packet" value="([^"]+)"', each)
        for each in pages
    ]
    assert [len(each) for each in shown] == [4, 4, 1]
    assert shown[2] == [settled]
    assert {each for page in shown for each in page} == set(wide)
    assert "/moderation?from=5" in pages[0]
    assert "/moderation?from=1" in pages[1]
    site.get(CHAIR, "/moderation?from=x", 400)

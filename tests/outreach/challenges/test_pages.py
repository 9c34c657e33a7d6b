"""The officers' pages of challenges: all that one takes can be done by them, and nobody sees more than he may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from leconfield.ledger.desk import Desk
from leconfield.outreach.challenges import service, state
from leconfield.outreach.challenges import service_submissions as reading
from tests.outreach.challenges.rooms import BEN, BRIEF, DATES, KIM, LEE, PLAIN, RUNNER, Hands, Room
from tests.outreach.house import enrolled, got, sent

BASE = "/window/challenges"
TYPED = {name: getattr(DATES, name)[:16] for name in ("opens", "questions_until", "answers", "closes", "decision")}
MARKED = {f"mark-{number}": mark for number, mark in enumerate(("4", "3", "3", "4"), start=1)}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    enrolled(desk, RUNNER, BEN, KIM, LEE, PLAIN)
    yield Room(desk, hands, tmp_path)
    desk.close()


def url(room: Room) -> str:
    return f"{BASE}/{room.which}"


def test_a_challenge_is_planned_and_its_brief_is_drafted_by_the_pages(room: Room) -> None:
    assert "No challenges" in got(room.desk, RUNNER, BASE)
    sent(
        room.desk, RUNNER, BASE, title="A quieter harbour", criteria="Closes the gap: 60\nTeam: 40", label="O", **TYPED
    )
    (room.which,) = state.challenges(room.view()).by_id
    assert room.plan.dates == DATES
    page = got(room.desk, RUNNER, url(room))
    assert "## The gap" in page
    assert "draft its brief first" not in page
    sent(room.desk, RUNNER, f"{url(room)}/do/brief", words=BRIEF)
    assert "not sealed yet" in got(room.desk, RUNNER, url(room))


def test_what_was_typed_is_kept_when_a_plan_will_not_do(room: Room) -> None:
    page = sent(
        room.desk, RUNNER, BASE, 400, title="A quieter harbour", label="O", **{**TYPED, "closes": TYPED["answers"]}
    )
    assert "at least 5 days" in page
    assert 'value="A quieter harbour"' in page
    assert f'value="{TYPED["opens"]}"' in page


def test_what_the_brief_gives_away_is_told_with_the_gap_first(room: Room) -> None:
    room.planned()
    got(room.desk, RUNNER, f"{url(room)}/gap", 404)
    sent(room.desk, RUNNER, f"{url(room)}/do/brief", words=BRIEF)
    page = got(room.desk, RUNNER, f"{url(room)}/gap")
    gap, _, rest = page.partition("The rest")
    assert "What is said under the gap." in gap
    assert "What is said under context." in rest
    assert "What is said under context." not in gap


def test_whoever_approves_a_brief_sees_on_its_release_what_we_cannot_do(room: Room) -> None:
    room.planned()
    sent(room.desk, RUNNER, f"{url(room)}/do/brief", words=BRIEF)
    page = got(room.desk, RUNNER, f"/releases/{room.plan.brief}")
    panel = page.partition("What it tells of what we cannot do")[2].partition("</section>")[0]
    assert "What is said under the gap." in panel
    assert "What is said under context." not in panel
    assert f"{url(room)}/gap" in panel


def test_questions_are_answered_and_become_one_release(room: Room) -> None:
    room.announced()
    room.hands.to(6)
    room.comes(room.question("Must it float?"), room.question("Who are you?"))
    page = got(room.desk, RUNNER, url(room))
    asked = dict(
        reversed(pair)
        for pair in re.findall(r'href="(/window/challenges/questions/[0-9a-f]+)" dir="auto">([^<]+)', page)
    )
    sent(room.desk, RUNNER, f"{asked['Must it float?']}/answer", shown="Must it float?", words="No.")
    refused = sent(
        room.desk, RUNNER, f"{asked['Who are you?']}/aside", 400, why="about people or operations", reason=""
    )
    assert "your reason is missing" in refused
    sent(room.desk, RUNNER, f"{asked['Who are you?']}/aside", why="about people or operations", reason="Ours.")
    assert "questions are taken until" in got(room.desk, RUNNER, url(room))
    room.hands.to(13)
    assert "Draft the release of all answers" in got(room.desk, RUNNER, url(room))
    sent(room.desk, RUNNER, f"{url(room)}/do/answers")
    assert "under embargo until" in got(room.desk, RUNNER, url(room))
    room.comes(room.question("Salt water?"))
    assert "1 question came since and is not in it" in got(room.desk, RUNNER, url(room))
    release = f"/releases/{room.plan.answers}"
    assert "1 question came, neither answered nor set aside" in got(room.desk, RUNNER, release)
    late = next(each for each in state.challenges(room.view()).asked_of(room.which) if not each.settled)
    service.answer(room.desk, room.view(), late.id, shown=late.words, words="Yes.")
    assert "neither answered nor set aside" not in got(room.desk, RUNNER, release)


def test_submissions_go_from_sealed_to_a_letter_by_the_pages(room: Room) -> None:
    room.announced()
    room.hands.to(20)
    room.comes(room.submission())
    (known,) = state.challenges(room.view()).sent_to(room.which)
    its = f"{BASE}/submissions/{known.id}"
    page = got(room.desk, RUNNER, its) + got(room.desk, RUNNER, url(room))
    assert "stays sealed until" in page
    assert "Marsh" not in page
    assert "stays sealed" in sent(room.desk, RUNNER, f"{url(room)}/do/open", 400)
    room.hands.to(31)
    sent(room.desk, RUNNER, f"{url(room)}/do/open")
    page = got(room.desk, KIM, its)
    assert "Marsh Acoustics says of summary" in page
    assert "jo@marsh.example" not in page
    assert "Submission of" not in page
    assert "give it a mark" in sent(
        room.desk, KIM, f"{its}/score", 400, words="Kept words.", **{**MARKED, "mark-2": ""}
    )
    for each in (KIM, LEE):
        sent(room.desk, each, f"{its}/score", words="It closes the gap.", **MARKED)
    assert "Submission of" in got(room.desk, KIM, its)
    assert got(room.desk, KIM, f"{its}/files/1") == "%PDF-1.7"
    got(room.desk, KIM, f"{its}/files/2", 404)
    sent(room.desk, RUNNER, f"{its}/decide", outcome="not this time", reason="Others were stronger.")
    assert "letter to whoever sent it in" in got(room.desk, RUNNER, its)
    sent(room.desk, RUNNER, f"{its}/tell", letter="Your idea was clear. It needs more evidence.")
    assert "The letter was posted" in got(room.desk, RUNNER, its)


def test_a_reader_does_not_see_another_s_marks_before_he_has_given_his_own(room: Room) -> None:
    room.announced()
    room.hands.to(20)
    room.comes(room.submission())
    room.hands.to(31)
    reading.open_all(room.desk, room.view(), room.which)
    (known,) = state.challenges(room.view()).sent_to(room.which)
    its = f"{BASE}/submissions/{known.id}"
    sent(room.desk, KIM, f"{its}/score", words="PLANTED-opinion", **MARKED)
    for reader in (LEE, RUNNER):
        assert "PLANTED-opinion" not in got(room.desk, reader, its) + got(room.desk, reader, url(room))
    assert "PLANTED-opinion" in got(room.desk, KIM, its)
    sent(room.desk, BEN, f"{its}/score", words="Sound.", **MARKED)
    assert "PLANTED-opinion" not in got(room.desk, LEE, its)
    assert "PLANTED-opinion" in got(room.desk, RUNNER, its)
    assert "Score it, for good" not in got(room.desk, RUNNER, its)


def test_who_holds_no_role_reads_and_does_nothing(room: Room) -> None:
    room.announced()
    assert "Plan a challenge" not in got(room.desk, PLAIN, BASE)
    for what in ("brief", "announce", "answers", "open", "outcome"):
        assert "role" in sent(room.desk, PLAIN, f"{url(room)}/do/{what}", 400, words=BRIEF)


@pytest.mark.parametrize("path", ["/0000000000000000", "/questions/00", "/submissions/00", "/submissions/00/files/1"])
def test_what_is_not_there_is_not_there(room: Room, path: str) -> None:
    room.planned()
    got(room.desk, RUNNER, f"{BASE}{path}", 404)


def test_today_says_what_waits(room: Room) -> None:
    room.announced()
    room.hands.to(6)
    room.comes(room.question("Must it float?"))
    assert "questions about a challenge" in got(room.desk, RUNNER, "/window")
    assert "questions about a challenge" not in got(room.desk, PLAIN, "/window")

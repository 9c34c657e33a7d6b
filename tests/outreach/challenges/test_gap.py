"""Of a brief one is shown what it gives away: the sentences of the gap, and the open cases that rest on the same."""

from __future__ import annotations

from leconfield.desk.investigations import service as investigations
from leconfield.gate.bundles.telling import blocks, written
from leconfield.gate.release import service as releases
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.outreach.challenges.gap import gap_in, told_by
from tests.gate.release.rooms import house
from tests.ledger.desks import filed, look
from tests.outreach.challenges.rooms import BRIEF

ANN = Reader("ann", "Ann", frozenset({"O", "S", "SEQUIN"}), frozenset({"release-officer"}))
BOB = Reader("bob", "Bob", frozenset({"O", "S"}), frozenset({"release-officer"}))
HELD = "The listening post lost the grey launch below the coal staithe on every wet night in April."
GIVES = BRIEF.replace(
    "What is said under the gap.", "We lost the grey launch below the coal staithe on wet nights. It rained."
)


def test_the_gap_is_from_its_heading_to_the_next() -> None:
    words = written(blocks(BRIEF))
    start, end = gap_in(words)
    assert words[start:end].strip() == "What is said under the gap."
    assert gap_in("No such thing.") == (0, 0)


def test_the_gap_may_be_the_last_part() -> None:
    start, end = gap_in("## The gap\n\nHere.")
    assert "## The gap\n\nHere."[start:end].strip() == "Here."


def brief(desk: Desk) -> str:
    files = {"text.txt": ("text/plain", GIVES.encode())}
    return releases.draft(desk, look(desk, ANN), "challenge-brief", "public", files, label="O", title="A launch")


def test_a_sentence_of_the_gap_tells_which_open_cases_it_touches_and_to_nobody_who_may_not_know_them() -> None:
    desk, _ = house()
    report = filed(desk, ANN, HELD, "S&SEQUIN")
    given = {"title": "The launch", "reason": "It was seen.", "label": "S&SEQUIN"}
    investigations.open_investigation(desk, look(desk, ANN), **given, reports=[report])
    release = brief(desk)
    told = told_by(look(desk, ANN), found(look(desk, ANN), release), "2026-05-01")
    touching = [(each.words, each.in_gap) for each in told if each.touches]
    assert touching == [("We lost the grey launch below the coal staithe on wet nights.", True)]
    unknowing = told_by(look(desk, BOB), found(look(desk, BOB), release), "2026-05-01")
    assert not [each for each in unknowing if each.touches]
    assert [each.words for each in unknowing] == [each.words for each in told]
    assert not [each for each in told if each.words.startswith("## ")]

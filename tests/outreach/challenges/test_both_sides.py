"""One challenge through both programs: announced inside, asked and answered, an idea sealed outside, a letter back."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import cast

from leconfield.gate.bundles.challenges import PARTS
from leconfield.gate.release import service as releases
from leconfield.gate.release.model import Step
from leconfield.outreach.challenges import service, state
from leconfield.outreach.challenges import service_submissions as reading
from tests.ledger.desks import START
from tests.outreach.challenges.rooms import BEN, KIM, LEE, MARKS, Hands, Room
from tests.outreach.rounds.test_both_sides import Both, both

ANSWERED = 'a model that hears a motor above "the water"'


def carried(page: str) -> dict[str, str]:
    """The hidden fields of a page outside."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def sent_in(made: Both, address: str) -> str:
    """An idea is sent in; its seven words."""
    page = made.reader.get(f"{address}/submit").text
    who = {"contact": "Jo Marsh", "email": "jo@marsh.example", "organisation": "Marsh Acoustics"}
    page = made.reader.post(f"{address}/submit/who", data={**carried(page), **who}).text
    for name in PARTS:
        page = made.reader.post(f"{address}/submit/{name}", data={**carried(page), name: ANSWERED}).text
    page = made.reader.post(f"{address}/submit/check", data=carried(page)).text
    page = made.reader.post(f"{address}/submit/send", data=carried(page)).text
    return " ".join(re.findall(r"<span>([a-z]+)</span>", page.partition("receipt__words")[2]))


def test_a_challenge_goes_out_and_what_answers_it_comes_back(tmp_path: Path) -> None:
    made = both(tmp_path)
    room = Room(made.desk, cast("Hands", made.hands), tmp_path)
    room.announced()
    releases.take(made.desk, room.view(BEN), room.plan.brief or "", Step.PUBLISH, reason="Now.")
    made.out()
    address = f"/challenges/{room.which}"
    assert "You can ask questions and send in ideas from" in made.reader.get(address).text

    made.hands.at = START + timedelta(days=6)
    form = carried(made.reader.get(f"{address}/question").text)
    made.reader.post(f"{address}/question", data={**form, "words": "Must it float?"})
    assert made.in_().taken == 1
    (asked,) = state.challenges(room.view()).asked_of(room.which)
    service.answer(made.desk, room.view(), asked.id, shown="Must it float?", words="No, it need not.")
    made.hands.at = START + timedelta(days=13)
    room.sealed(service.draft_answers(made.desk, room.view(), room.which))
    before = made.reader.get(address).content
    made.out()
    assert made.reader.get(address).content == before
    made.hands.at = START + timedelta(days=15, seconds=1)
    assert "No, it need not." in made.reader.get(address).text

    made.hands.at = START + timedelta(days=20)
    code = sent_in(made, address)
    assert len(code.split()) == 7
    assert made.in_().taken == 1
    made.hands.at = START + timedelta(days=31)
    assert "This challenge has closed" in made.reader.get(address).text
    assert reading.open_all(made.desk, room.view(), room.which) == (1, 0)
    (known,) = state.challenges(room.view()).sent_to(room.which)
    assert known.idea is not None
    assert known.idea.parts["approach"] == ANSWERED

    for each in (KIM, LEE):
        reading.score(made.desk, room.view(each), known.id, marks=MARKS, words="Sound.")
    reading.decide(made.desk, room.view(), known.id, outcome="not this time", reason="Others were stronger.")
    reading.tell(made.desk, room.view(), known.id, words="Your idea was clear. It needs more evidence.")
    made.hands.at = START + timedelta(days=45)
    assert service.tell_outcome(made.desk, room.view(), room.which) == (1, 0)
    made.out()
    assert "Ideas received: 1. Taken forward: 0." in made.reader.get(address).text
    form = carried(made.reader.get("/challenges/reply").text)
    letter = made.reader.post("/challenges/reply", data={**form, "words": code}).text
    assert "It needs more evidence." in letter
    assert not list((made.window.folder / "aside").glob("*"))
    assert not list((made.window.folder / "spool" / "aside").glob("*"))

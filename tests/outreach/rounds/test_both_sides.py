"""One round through both programs: asked outside, answered inside, and out for everybody at one instant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from leconfield.gate.release import service as releases
from leconfield.gate.release.model import Step
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.outreach.crossing import Imported, export, import_
from leconfield.outreach.keys import hand_out
from leconfield.outreach.rounds import service, state
from leconfield.window.commands import initialise
from leconfield.window.config import FILE, Config
from leconfield.window.house import Window, open_window
from leconfield.window.site.app import application
from leconfield.window.site.pages_rounds import TICK
from leconfield.window.site.templates_of import templates
from tests.gate.release.rooms import OFFICER, Hands
from tests.ledger.desks import look
from tests.outreach.house import EDITOR
from tests.outreach.rounds.rooms import DAY, OPENS, PLAN, TOKENS, answered, at, round_of, sealed
from tests.window.houses import CHEAP

QUESTION = "How do you sleep after a hard day?"
ANSWER = "Better than one would think."
PUBLISHER = Reader(OFFICER.name, OFFICER.persona, OFFICER.tokens | TOKENS, OFFICER.roles)


@dataclass(frozen=True, slots=True)
class Both:
    """A desk and its window, on one clock."""

    desk: Desk
    hands: Hands
    window: Window

    @property
    def reader(self) -> TestClient:
        """Somebody outside."""
        return TestClient(application(self.window), base_url=self.window.config.url, follow_redirects=True)

    def out(self) -> None:
        """Let cross what is to go out."""
        export(self.desk, look(self.desk, EDITOR), self.window.folder / "spool" / "in")

    def in_(self) -> Imported:
        """Take in what came."""
        spool = self.window.folder / "spool"
        return import_(self.desk, look(self.desk, EDITOR), spool / "out", self.window.folder / "aside")


def both(folder: Path) -> Both:
    """A desk, and a window that has its public keys alone."""
    hands = Hands()
    desk = Desk.create(folder / "desk", hands)
    box, seal = sorted(hand_out(desk, folder / "keys"))
    told = {"name": "The Harbour Service", "url": "http://127.0.0.1:8700", "tagline": ""}
    initialise(folder / "window", told, ["en"], [seal], [box])
    file = folder / "window" / FILE
    file.write_text(f"{file.read_text()}\n{CHEAP}", encoding="utf-8")

    def clock() -> datetime:
        return hands.at

    return Both(desk, hands, open_window(Config.load(folder / "window"), templates(), clock))


def form(made: Both, address: str) -> dict[str, str]:
    """The hidden fields of a form outside."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', made.reader.get(address).text))


def test_a_question_asked_outside_is_answered_inside_and_shows_at_its_instant(tmp_path: Path) -> None:
    made = both(tmp_path)
    which = round_of(made.desk)
    announcement = sealed(made.desk, service.announce(made.desk, look(made.desk, EDITOR), which, words="Ask us."))
    releases.take(made.desk, look(made.desk, PUBLISHER), announcement, Step.PUBLISH, reason="Now.")
    made.out()
    at(made.hands, OPENS + timedelta(hours=1))
    address = f"/ask/{which}"
    asked = made.reader.post(f"{address}/question", data={**form(made, f"{address}/question"), "words": QUESTION})
    code = " ".join(re.findall(r"<span>([a-z]+)</span>", asked.text))
    assert made.in_().taken == 1
    (question,) = state.questions_of(look(made.desk, EDITOR), which)
    assert question.words == QUESTION
    service.accept(made.desk, look(made.desk, EDITOR), question.id, words=QUESTION)
    made.out()
    assert QUESTION not in made.reader.get(address).text
    at(made.hands, OPENS + DAY)
    assert QUESTION in made.reader.get(address).text
    assert made.reader.post(
        f"{address}/vote/{question.id}", data=form(made, f"{address}/vote/{question.id}")
    ).is_success
    at(made.hands, PLAN.closes)
    TICK(made.window)
    assert made.in_() == Imported(taken=1)
    answered(made.desk, question, ANSWER)
    assert state.found(look(made.desk, EDITOR), which).votes == {question.id: 1}
    at(made.hands, PLAN.due)
    sealed(made.desk, service.make_release(made.desk, look(made.desk, EDITOR), which))
    before = made.reader.get(address).content
    made.out()
    at(made.hands, PLAN.publishes - timedelta(minutes=1))
    assert made.reader.get(address).content == before
    at(made.hands, PLAN.publishes)
    assert ANSWER in made.reader.get(address).text
    assert ANSWER in made.reader.get("/feeds/all.atom").text
    assert (
        "is answered" in made.reader.post("/ask/come-back", data={**form(made, "/ask/come-back"), "words": code}).text
    )
    assert not list((made.window.folder / "spool" / "aside").iterdir())
    made.desk.close()


def test_what_came_and_went_is_in_no_file_of_the_window_before_it_may_be(tmp_path: Path) -> None:
    made = both(tmp_path)
    which = round_of(made.desk)
    announcement = sealed(made.desk, service.announce(made.desk, look(made.desk, EDITOR), which, words="Ask us."))
    releases.take(made.desk, look(made.desk, PUBLISHER), announcement, Step.PUBLISH, reason="Now.")
    made.out()
    at(made.hands, OPENS + timedelta(hours=1))
    address = f"/ask/{which}/question"
    headers = {"user-agent": "Planted/9.9", "x-forwarded-for": "203.0.113.77"}
    made.reader.post(address, data={**form(made, address), "words": "Who planted the quince tree?"}, headers=headers)
    for file in (each for each in made.window.folder.rglob("*") if each.is_file()):
        held = file.read_bytes()
        assert not any(each in held for each in (b"quince", b"Planted/9.9", b"203.0.113.77")), file
    made.desk.close()

"""Campaigns for tests: a desk with a recruitment officer, a chair and three assessors, and applications in boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.vacancies import (
    APPLICATION,
    EQUALITY,
    WITHDRAWAL,
    Application,
    Equality,
    revocation_of,
    withdrawal_fields,
)
from leconfield.gate.release import service as releases
from leconfield.gate.release.model import Step as Deed
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.recruiting import receiving, rules, service, service_answers, service_panel
from leconfield.outreach.recruiting.model import SAMPLE, Campaign, Question, Step
from leconfield.outreach.recruiting.service import Plan
from leconfield.outreach.recruiting.state import campaign_in
from leconfield.outreach.taking import Taking
from tests.authority.offices import Hands
from tests.gate.release.rooms import Gate, approves
from tests.ledger.desks import KEYS, look

PANEL = "S&RECRUITING"
NAMES = "S&APPLICANTS"
_PANEL_HOLDS = frozenset({"O", "S", "RECRUITING"})
_ALL = _PANEL_HOLDS | {"APPLICANTS", "EQUALITY"}
RITA = Reader("rita", "Rita, recruitment officer", _ALL, frozenset({"recruitment-officer"}))
CHAIR = Reader("chloe", "Chloe, chair of the panel", _PANEL_HOLDS, frozenset({"assessor"}))
ASSESSORS = tuple(
    Reader(name, name.title(), _PANEL_HOLDS, frozenset({"assessor"})) for name in ("abel", "bess", "carl")
)
ABEL, BESS, CARL = ASSESSORS
STRANGER = Reader("fay", "Fay, investigator", frozenset({"O", "S"}), frozenset({"officer"}))
APPROVERS = (
    Reader("rel", "Rel", _PANEL_HOLDS, frozenset({"release-officer"})),
    Reader("sam", "Sam", _PANEL_HOLDS, frozenset({"source-protection-officer"})),
)
EVERYBODY = (RITA, CHAIR, *ASSESSORS, STRANGER, *APPROVERS)
WHY = Question("why", "Why would you like to do this work?", 250, {1: "none", 4: "one reason", 7: "reasons, weighed"})
CHECK = Question("check", "How do you find out whether something you were told is so?", 300, {4: "names one way"})
PIECE = Question("piece", "Sum up the three pages in five sentences.", 200, {4: "what matters"}, SAMPLE, 30)
QUESTIONS = (WHY, CHECK, PIECE)
NAMED = "Marisol Ferncastle"


@dataclass(frozen=True, slots=True)
class Board:
    """A desk with one campaign."""

    desk: Desk
    hands: Hands
    which: str

    def view(self, reader: Reader = RITA) -> View:
        """What somebody sees now."""
        return look(self.desk, reader)

    def campaign(self, reader: Reader = RITA) -> Campaign:
        """The campaign as it stands."""
        return campaign_in(self.view(reader), self.which)

    def step(self, reader: Reader, step: Step, reason: str = "It is time.") -> None:
        """Take a step."""
        service.step(self.desk, self.view(reader), self.which, step, reason=reason)

    def marks(self, reader: Reader, marks: Mapping[str, int] | int = 4, *, lock: bool = True) -> None:
        """Mark every answer that has none of his, by packet or all alike, and lock."""
        for question in (each.id for each in self.campaign(reader).questions):
            for packet in rules.left_to_score(self.campaign(reader), reader.name, question):
                mark = marks if isinstance(marks, int) else marks[packet]
                service_panel.score(
                    self.desk, self.view(reader), self.which, question=question, packet=packet, mark=str(mark)
                )
            if lock:
                service_panel.lock(self.desk, self.view(reader), self.which, question=question)

    def take(self, box: Box, reader: Reader = RITA) -> None:
        """Take a box in."""
        kind = profile.of(self.desk).label(box.kind)
        receiving.HANDLERS[box.kind](Taking(self.desk, self.view(reader), kind), box)


def planned(desk: Desk | None = None, hands: Hands | None = None) -> Board:
    """A desk with a campaign that is planned, with its questions and its panel."""
    hands = hands or Hands()
    desk = desk or Desk.in_memory(KEYS, hands)
    made = Plan("Network analyst", CHAIR.name, "2026-03-01", "2026-03-20", PANEL, NAMES)
    board = Board(desk, hands, service.plan(desk, look(desk, RITA), made))
    for each in QUESTIONS:
        service.ask(desk, board.view(), board.which, each)
    for each in ASSESSORS:
        service.staff(desk, board.view(), board.which, each.name)
    return board


def opened() -> Board:
    """A campaign that is open."""
    return opening(planned())


def opening(board: Board) -> Board:
    """Open a campaign that is planned: its text leaves by a gate that always nods."""
    release = EntryId(service.word(board.desk, board.view(), board.which))
    publish(board, release)
    board.step(RITA, Step.OPEN)
    return board


def publish(board: Board, release: EntryId) -> None:
    """Have a release approved, sealed and published."""
    desk = board.desk
    releases.check(desk, board.view(RITA), release, Gate())
    for each in APPROVERS:
        approves(desk, each, release)
    releases.seal(desk, board.view(APPROVERS[0]), release, Gate())
    releases.take(desk, board.view(APPROVERS[0]), release, Deed.PUBLISH, reason="Now.")
    assert found(board.view(), release).state.value == "published"


def sifting(applicants: int = 4) -> Board:
    """A campaign whose panel reads."""
    board = opened()
    for number in range(applicants):
        board.take(application(board.which, number))
    board.hands.move(days=30)
    board.step(CHAIR, Step.SIFT)
    return board


def decided(applicants: int = 4) -> Board:
    """A campaign in which everything is decided, and answers are to be written: the first two packets are invited."""
    board = sifting(applicants)
    marks = {packet: 6 if place < 2 else 3 for place, packet in enumerate(board.campaign().live)}
    for each in ASSESSORS:
        board.marks(each, marks)
    board.step(CHAIR, Step.MODERATE)
    service_panel.set_threshold(board.desk, board.view(CHAIR), board.which, mean="4", reason="As planned.")
    board.step(CHAIR, Step.DECIDE)
    service_panel.decide_rest(board.desk, board.view(CHAIR), board.which, reason="As the marks say.")
    board.step(CHAIR, Step.ANSWER)
    return board


def written(board: Board, words: str = "Your answers are clear. Give one example more.") -> Board:
    """Feedback is written for everybody."""
    for packet in board.campaign().live:
        service_answers.write_feedback(board.desk, board.view(CHAIR), board.which, packet=packet, words=words)
    return board


def key_of(number: int) -> X25519PrivateKey:
    """An applicant's own key."""
    return X25519PrivateKey.from_private_bytes(sha256(f"key {number}".encode()).digest())


def application(vacancy: str, number: int = 0, *, name: str = "", box: str = "") -> Box:
    """Somebody's application, the same for the same number."""
    called = name or f"{NAMED}{'abcdefghij'[number % 10]}"
    answers = {
        "q1": f"I am {called} and I like to find things out, reason {number}. Write to me at m{number}@mail.example.",
        "q2": f"I ask {number + 2} people who cannot have spoken to each other.",
        "sample": "The ship left. Nobody saw it. The log was written later. One man lied. It was the cook.",
    }
    made = Application(
        vacancy,
        answers,
        called,
        f"ring 0700 900 {number:03}",
        "More time to read.",
        place=sha256(f"place {number}".encode()).hexdigest(),
        key=key_of(number).public_key().public_bytes_raw().hex(),
        revocation=revocation_of(token(number)),
    )
    return Box(APPLICATION, "2026-03-10", made.fields, id=box or sha256(f"box {number}".encode()).hexdigest()[:32])


def token(number: int) -> str:
    """What withdraws the application of that number."""
    return sha256(f"token {number}".encode()).hexdigest()


def withdrawal(number: int) -> Box:
    """The box that takes it back."""
    return Box(WITHDRAWAL, "2026-03-11", withdrawal_fields(token(number)))


def equality(vacancy: str, number: int, stage: str = "applied", **answers: str) -> Box:
    """Somebody's equality answers."""
    its_id = sha256(f"equality {stage} {number}".encode()).hexdigest()[:32]
    return Box(EQUALITY, "2026-03-20", Equality(vacancy, stage, answers).fields, id=its_id)


def moment(days: int) -> datetime:
    """So many days after the desk begins."""
    return datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=days)

"""A challenge from its plan to its letters, and the officers who run it, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.gate.bundles.challenges import PARTS, SECTIONS, Dates, Submission
from leconfield.gate.release import service as releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.view import View
from leconfield.outreach.challenges import keys, service, state
from leconfield.outreach.challenges.model import Planned
from leconfield.outreach.crossing import Imported, import_
from tests.gate.release.rooms import Gate, approves
from tests.ledger.desks import START, look
from tests.outreach.house import lies

_ALL = frozenset({"O", "S", "CHALLENGES", "PRESSROOM"})
RUNNER = Reader("una", "Una, challenges", _ALL, frozenset({"officer", "challenge-officer", "release-officer"}))
BEN = Reader("ben", "Ben, release officer", _ALL, frozenset({"release-officer"}))
CAS = Reader("cas", "Cas, source protection", _ALL, frozenset({"source-protection-officer"}))
KIM = Reader("kim", "Kim, reader", _ALL, frozenset({"assessor"}))
LEE = Reader("lee", "Lee, reader", _ALL, frozenset({"assessor"}))
PLAIN = Reader("fay", "Fay, investigator", _ALL, frozenset({"officer"}))
BRIEF = "\n\n".join(f"## {heading}\n\nWhat is said under {heading.lower()}." for heading in SECTIONS.values())
MARKS = ("4", "3", "3", "4")


def instant(days: float) -> str:
    """So many days after the desk began."""
    return (START + timedelta(days=days)).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


DATES = Dates(
    opens=instant(5), questions_until=instant(12), answers=instant(15), closes=instant(30), decision=instant(44)
)


@dataclass
class Hands:
    """A clock that moves a second at each look, and further when it is told to."""

    at: datetime = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def to(self, days: float) -> None:
        """Be so many days after the desk began."""
        self.at = START + timedelta(days=days)


@dataclass
class Room:
    """A desk with a challenge on it."""

    desk: Desk
    hands: Hands
    folder: Path
    which: str = ""
    seen: list[str] = field(default_factory=list)

    def view(self, reader: Reader = RUNNER) -> View:
        """What somebody sees at this moment."""
        return look(self.desk, reader)

    @property
    def plan(self) -> Planned:
        """The challenge as it stands."""
        return state.found(self.view(), self.which)

    def planned(self, label: str = "") -> str:
        """Una plans it."""
        self.which = service.plan(self.desk, self.view(), title="A quieter harbour", dates=DATES, label=label)
        return self.which

    def sealed(self, release: EntryId) -> None:
        """The gate nods, two approve, and it is sealed."""
        releases.check(self.desk, self.view(BEN), release, Gate())
        for each in (BEN, CAS):
            approves(self.desk, each, release)
        releases.seal(self.desk, self.view(BEN), release, Gate())

    def announced(self) -> str:
        """It is announced, with its brief sealed."""
        self.planned()
        self.sealed(service.brief(self.desk, self.view(), self.which, words=BRIEF))
        service.announce(self.desk, self.view(), self.which)
        return self.which

    def comes(self, *boxes: Box, by: Reader = RUNNER) -> Imported:
        """Boxes come in by the spool."""
        spool = self.folder / "spool"
        for each in boxes:
            lies(self.desk, spool, each)
        return import_(self.desk, self.view(by), spool, self.folder / "aside")

    def question(self, words: str) -> Box:
        """A question about it."""
        return formats.question_box(self.which, words, "2026-06-02")

    def submission(self, organisation: str = "Marsh Acoustics", **more: str) -> Box:
        """Something that is sent in, sealed as the window seals it."""
        parts = {**{each: f"What {organisation} says of {each}." for each in PARTS}, **more}
        files = (Enclosed("plan.pdf", "application/pdf", b"%PDF-1.7"),)
        made = Submission(self.which, organisation, "Jo Marsh", "jo@marsh.example", parts, "ab" * 32, _MAILBOX, files)
        return formats.seal_submission(made, keys.public_of(self.desk, self.which), "2026-06-20")


_MAILBOX = "07aaff3e9fc167275544f4c3a6a17cd837f2ec6e78cd8a57b1e3dfb3cc035a76"

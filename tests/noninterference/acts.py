"""What the two sides of a small world do, as plain values: so that one script can be played on several desks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from leconfield.desk.interest.model import OPENED
from leconfield.desk.interest.rules import OPENING
from leconfield.desk.leads import model as leads
from leconfield.ledger import labels
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.ids import Ids
from leconfield.ledger.judgements import judging
from leconfield.ledger.model import BY_PERSON, Assertion, Reader, ReportId, SubjectId
from leconfield.ledger.times import Held
from leconfield.registry.service import RECORDED, REGISTERED
from tests.ledger.desks import EMMA, KEYS, START
from tests.noninterference import cases, court, partners, rooms, threats

ANN = Reader("ann", "Ann, analyst", frozenset({"O", "S"}))
KARINA = Reader("karina", "Karina, section head", EMMA.tokens | {"TS", "AGENTS", "HEATHER", "NAILA"})
"""She holds everything: the high side acts as her."""
LOW_LABELS = ("S", "S", "O", "", "S&SEQUIN", "AGENTS|SEQUIN")
"""What Emma may read; Ann reads some of it."""
HIGH_LABELS = ("S&AGENTS", "AGENTS", "TS", "HEATHER&S&SEQUIN", "S&(AGENTS|NAILA)")
"""What neither may read."""

REVIEW = "2026-03-04"
"""When somebody looks again: before the battery asks, so that it is late."""

LEADS = ("one", "two")
"""What scripts call the leads that are opened in them."""

_IDS = Ids(KEYS.ids)


def subject_id(key: str) -> SubjectId:
    """The id of the record that scripts call so; the same on every desk."""
    return SubjectId(_IDS.of("record", "script", key))


def lead_id(key: str) -> str:
    """The id of the lead that scripts call so; the same on every desk."""
    return _IDS.of("lead", "script", key)


def moment(minute: int) -> datetime:
    """The moment, so many minutes after the first."""
    return START + timedelta(minutes=minute)


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as a script tells it."""

    title: str
    text: str
    source: str
    origin: str
    written: str
    channel: str = field(default="agent", repr=False)

    def new(self) -> NewReport:
        digest = sha256(self.text.encode()).hexdigest()
        return NewReport(
            self.title,
            self.text,
            self.source,
            self.channel,
            digest,
            "text/plain",
            origin=self.origin,
            written=self.written,
        )

    def id(self, label: str) -> ReportId:
        return ReportId(_IDS.of("report", sha256(self.text.encode()).hexdigest(), self.source, "", label))


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement as a script tells it: of a record, by its key."""

    subject: str
    schema: str
    prop: str
    value: str
    """Text; of a link the other record's key."""
    link: bool = False
    start: int = -1
    end: int = -1
    held: str = ""
    denied: bool = False
    label: str | None = None

    def new(self, report: ReportId, origin: str) -> NewStatement:
        return NewStatement(
            subject_id(self.subject),
            self.schema,
            self.prop,
            subject_id(self.value) if self.link else self.value,
            origin,
            report,
            self.start,
            self.end,
            assertion=Assertion(polarity="denied") if self.denied else Assertion(),
            held=Held.on(self.held) if self.held else Held(),
            label=self.label,
        )


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does at some minute.

    `kind`: file, register, record, judge, quarantine; triage (on a report), lead (one is opened,
    widened or closed); case (an investigation is opened, or something is done on it);
    room (an incident room is opened, or something is done in it);
    court (something is done on the case file of one);
    exchange (a subject is handed over, or a mapping saved);
    gate (a release is drafted, or something is done with it or beside it: what `words` say);
    window (something is done at the window's inside: what `words` say);
    covert (an agent is spotted, an operation planned, or something is done with one: what `words` say);
    threat (a typology is written, or put in or out of force); interest (a subject is made one of
    interest), decide (on one: its first record under `paper_label`); look (warms every cache a
    reader has); and, by the high side only, chart (one is saved or renamed), sign in, enrol, table,
    segment (a table so large that it lies in a file of its own), intake.
    """

    kind: str
    minute: int
    by: Reader = KARINA
    label: str = ""
    paper: Paper | None = None
    paper_label: str = ""
    """The label of the report that a registration or a recorded statement rests on."""
    said: tuple[Saying, ...] = ()
    pair: tuple[str, str] = ("a", "b")
    words: str = ""
    """Of a judgement the verdict; of a look what is asked; of anything else its text."""
    secrets: tuple[Saying, ...] = field(default=())
    """What an act of the low side brings beside under a label that hides it; never set by the low script itself."""
    first: bool = False
    """Whether it comes before what the other side does in the same minute."""

    @property
    def report_id(self) -> ReportId:
        assert self.paper is not None
        return self.paper.id(self.label if self.kind == "file" else self.paper_label)

    def draft(self) -> Draft:
        """The draft of an act that is one."""
        if self.kind == "judge":
            return judging(subject_id(self.pair[0]), subject_id(self.pair[1]), self.words, "seen both", self.label)
        if self.kind == "quarantine":
            digest = sha256(self.words.encode()).hexdigest()
            body = {"file": f"{self.words}.bin", "digest": digest, "reason": "nobody can read it"}
            return Draft("quarantined", self.label, about=digest, body=body, key=(digest,))
        if self.kind in ("interest", "decide"):
            return self._decided()
        if self.kind in ("triage", "lead"):
            return self._triaged()
        if self.kind == "threat":
            return threats.drafted(self.words, self.label, self.pair[0])
        if self.kind == "exchange":
            return partners.drafted(self.words, self.label, subject_id(self.pair[1]), self.pair[0])
        if self.kind == "room":
            return rooms.drafted(self.words, self.label, self.pair[0], subject_id(self.pair[1]), self.paper_label)
        if self.kind == "court":
            assert self.paper is not None
            kept = sha256(self.paper.text.encode()).hexdigest()
            return court.drafted(self.words, self.label, self.pair[0], self.report_id, kept)
        if self.kind == "case":
            return cases.drafted(self.words, self.label, self.pair[0], subject_id(self.pair[1]), self.paper_label)
        origin = "text" if self.kind == "file" else BY_PERSON
        statements = tuple(each.new(self.report_id, origin) for each in (*self.said, *self.secrets))
        if self.kind == "file":
            assert self.paper is not None
            return Draft("filed", self.label, report=self.paper.new(), body={"file": "r.txt"}, statements=statements)
        kind = REGISTERED if self.kind == "register" else RECORDED
        return Draft(kind, self.label, about=statements[0].subject, statements=statements)

    def _decided(self) -> Draft:
        about = subject_id(self.pair[0])
        if self.kind == "interest":
            body = {"tier": self.words, "reason": "heard of", "review": REVIEW}
            return Draft(OPENED, self.label, about=about, body=body, key=(about,))
        opening = _IDS.of("entry", OPENED, str(labels.parse(self.paper_label)), about)
        body = {OPENING: opening, "reason": "looked at it", "risk": "low", "residual": "little", "review": REVIEW}
        return Draft(self.words, self.label, about=about, body=body)

    def _triaged(self) -> Draft:
        """A decision on a report, or a lead that is opened on it, and on a record."""
        body = {"reason": "seen both", "title": "A meet", "reports": self.report_id}
        if self.kind == "triage":
            return Draft(leads.TRIAGED, self.label, about=self.report_id, body={**body, "decision": self.words})
        body["subjects"] = subject_id(self.pair[1])
        return Draft(self.words, self.label, about=lead_id(self.pair[0]), body=body)


Script = tuple[Act, ...]


def own_chance(what: str, under: Sequence[str], acts: Sequence[Act]) -> Random:
    """A chance of its own that follows from these acts; the same in every process, as a set's own words are not."""
    said = [
        (each.kind, each.minute, each.by.name, each.label, each.paper, each.said, each.pair, each.words)
        for each in acts
    ]
    return Random(f"{what} {tuple(under)} {said}")

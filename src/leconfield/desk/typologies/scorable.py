"""What a score may be computed from. Race, religion, politics, union, health, sex life, biometrics and genetics cannot.

A `Scorable` is made by `scorable_facts` alone, and everything that scores takes a `Scorable` and nothing else. What is
let through is listed (`PROPERTIES`, `LINKED`), so that a property nobody has thought of stays out. Names, places of
birth, nationality, age and sex stay out too: they can stand for what is protected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import InitVar, dataclass
from datetime import date
from typing import Final, TypedDict, Unpack

from leconfield.desk.typologies.ends import Ends
from leconfield.desk.typologies.model import INCIDENT, LINK, PROPERTY, WORDS
from leconfield.desk.typologies.sentences import CleanTexts
from leconfield.desk.typologies.trust import is_denied, trust_in
from leconfield.desk.typologies.words import scorable_words
from leconfield.ledger.grades import UNGRADED
from leconfield.ledger.model import ACTUAL, ReportId, Statement, StatementId, SubjectId
from leconfield.ledger.vocabulary import EVENT, NAMES
from leconfield.ledger.world import World
from leconfield.registry.resolution import Partition

PROPERTIES: Final = frozenset({"position", "description", "notes"})
"""Properties whose words may be read, once cleaned."""
LINKED: Final = frozenset(
    {"knownAs", "associate", "membership", "employer", "director", "owner", "user", "residence", "seenAt", "met"}
    | {"called", "paid", "attended", "family", "target"}
)
"""Links that may be read: that there is one, and to what kind of thing; never to whom by name."""
PARTS: Final = frozenset({"perpetrator", "target", "victim"})
"""Parts in an incident that may be read."""
ACCOMPLISHED: Final = "accomplished"
_SEAL: Final = object()


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of a subject, without anything protected, and without a name."""

    kind: str
    name: str
    """The property, the link, the part in an incident; empty for words of a report."""
    statement: StatementId
    report: ReportId
    origin: str
    """Who is the first to say so, as far as is known: facts of one origin count once."""
    trust: float
    denied: bool
    day: int
    """When it was so, else when it was learnt; days since the year 1."""
    learnt: str
    words: str = ""
    to: str = ""
    """Of a link: the schema of its other end."""
    out: bool = True
    type: str = ""
    """Of an incident."""
    stage: str = ""
    marks: frozenset[str] = frozenset()
    """What the other end of a link is known as: a perpetrator, a subject of interest of a tier."""


@dataclass(frozen=True, slots=True)
class Scorable:
    """All that a score may know of a subject. Only `scorable_facts` can make one."""

    subject: SubjectId
    schema: str
    facts: tuple[Fact, ...]
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only scorable_facts makes what may be scored")

    @property
    def origins(self) -> frozenset[str]:
        """The independent origins that speak of the subject."""
        return frozenset(each.origin for each in self.facts)


def scorable_facts(world: World, which: SubjectId) -> Scorable:
    """What a score may know of the subject to which the record belongs, in an order that follows from it alone.

    Raises:
        NotFoundError: if the world holds no such record.
    """
    return ScorableReader(world).subject(which)


def _order(fact: Fact) -> tuple[str, str, str, str]:
    return fact.learnt, fact.statement, fact.kind, fact.words


class ScorableReader:
    """Reads what may be scored in a world as it stands."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._texts = world.derived(CleanTexts)
        self._ends = world.derived(Ends)
        self._partition = world.derived(Partition)

    def subject(self, which: SubjectId) -> Scorable:
        """What a score may know of the subject to which the record belongs."""
        subject = self._partition.subject_of(which)
        return self._read(subject.id, subject.schema, subject.records)

    def record(self, which: SubjectId) -> Scorable:
        """What a score may know from one record; a subject's is that of all its records together."""
        return self._read(which, self._ends.of_record(which).schema, (which,))

    def _read(self, which: SubjectId, schema: str, records: Iterable[SubjectId]) -> Scorable:
        facts: list[Fact] = []
        sentences = _Sentences()
        for record in records:
            for each in self._world.by_subject.get(record, ()):
                facts += self._about(each, sentences)
            for each in self._world.pointing_at.get(record, ()):
                facts += self._pointing(each, sentences)
        return Scorable(which, schema, tuple(sorted((*facts, *sentences.facts()), key=_order)), _SEAL)

    def _about(self, said: Statement, sentences: _Sentences) -> Iterator[Fact]:
        if said.prop in PROPERTIES:
            words = scorable_words(said.value)
            if words:
                yield self._fact(PROPERTY, said, words=words)
                self._sentence(said, sentences)
        elif said.prop in NAMES:
            self._sentence(said, sentences)
        elif said.prop in LINKED:
            yield from self._linked(said, SubjectId(said.value), sentences, out=True)

    def _pointing(self, said: Statement, sentences: _Sentences) -> Iterator[Fact]:
        if said.prop in PARTS and said.schema == EVENT:
            yield self._part(said)
            self._sentence(said, sentences)
        elif said.prop in LINKED:
            yield from self._linked(said, said.subject, sentences, out=False)

    def _linked(self, said: Statement, other: SubjectId, sentences: _Sentences, *, out: bool) -> Iterator[Fact]:
        end = self._ends.of_record(other)
        if not end.protected:
            yield self._fact(LINK, said, to=end.schema, out=out, marks=end.marks)
            self._sentence(said, sentences)

    def _part(self, said: Statement) -> Fact:
        about = self._world.by_subject.get(said.subject, ())
        told = {each.prop: each.value for each in about if each.prop in ("incidentType", "stage", "date")}
        return self._fact(
            INCIDENT,
            said,
            type=told.get("incidentType", "").casefold(),
            stage=(told.get("stage") or _stage(said)).casefold(),
            when=told.get("date", ""),
        )

    def _sentence(self, said: Statement, sentences: _Sentences) -> None:
        """Take the sentence in which it was read."""
        if said.start < 0:
            return
        text = self._texts.of_report(self._world, said.report)
        if text is not None:
            number, words = text.at(said.start)
            if words:
                sentences.take(number, self._fact(WORDS, said, words=words))

    def _fact(self, kind: str, said: Statement, *, when: str = "", **more: Unpack[_More]) -> Fact:
        report = self._world.reports.get(said.report)
        return Fact(
            kind=kind,
            name="" if kind == WORDS else said.prop,
            statement=said.id,
            report=said.report,
            origin=(report.origin or report.source) if report else "",
            trust=trust_in(said.grade, report.grade if report else UNGRADED, said.assertion),
            denied=kind != WORDS and is_denied(said.assertion),
            day=_day(when or _held(kind, said) or (report.written if report else ""), said.learnt),
            learnt=said.learnt,
            **more,
        )


def _stage(said: Statement) -> str:
    """How far an incident went of which that is not said: as far as the part in it is said to go."""
    return ACCOMPLISHED if said.assertion.modality == ACTUAL else said.assertion.modality


def _held(kind: str, said: Statement) -> str:
    """When it was true; a sentence was said when its report was written."""
    return "" if kind == WORDS else said.held.start


class _More(TypedDict, total=False):
    """What a fact of one kind or another has beside."""

    words: str
    to: str
    out: bool
    type: str
    stage: str
    marks: frozenset[str]


class _Sentences:
    """Each sentence once, by the statement in it that is believed most."""

    def __init__(self) -> None:
        self._best: dict[tuple[ReportId, int], Fact] = {}

    def take(self, number: int, fact: Fact) -> None:
        place = (fact.report, number)
        known = self._best.get(place)
        if known is None or _believed(fact) < _believed(known):
            self._best[place] = fact

    def facts(self) -> Iterable[Fact]:
        return self._best.values()


def _believed(fact: Fact) -> tuple[float, str, str]:
    return -fact.trust, fact.learnt, fact.statement


def _day(written: str, learnt: str) -> int:
    """The day of a partial date, its first; of the moment when it was learnt where there is none, or it lies later."""
    known = date.fromisoformat(learnt[:10]).toordinal()
    day = written.partition("T")[0]
    if not day:
        return known
    try:
        return min(date.fromisoformat(day + "-01-01"[len(day) - 4 :]).toordinal(), known)
    except ValueError:
        return known

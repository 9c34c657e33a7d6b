"""A typology run over the past of a view: whom it would have raised, when, with how much work, against what came of it.

The past is gone through once, in the order in which it was learnt, week by week; at the end of each week everything is
as a view *as of* that moment would show it. Outcomes are read from the same scorable facts as everything else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final, TypeVar

from leconfield.desk.typologies.ends import Ends
from leconfield.desk.typologies.matching import Reading, hits
from leconfield.desk.typologies.measures import Listed, Outcomes, Week
from leconfield.desk.typologies.model import INCIDENT, WORDS, Indicator, Reads, Typology
from leconfield.desk.typologies.scorable import ACCOMPLISHED, ScorableReader
from leconfield.desk.typologies.scores import Scores
from leconfield.ledger.model import Entry, Judgement, Report, Statement, SubjectId
from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition

PERPETRATOR: Final = "perpetrator"
ARRESTED: Final = "arrested"
EITHER: Final = "either"
OUTCOMES: Final[dict[str, str]] = {
    PERPETRATOR: "is named as the perpetrator of an incident",
    ARRESTED: "is reported arrested, charged or convicted",
    EITHER: "either of these",
}
"""What may come of it later, and what that is called."""
LONGEST_LIST: Final = 50
"""Subjects kept of each week's lists: more nobody looks at in a week."""
_ARREST_WORDS: Final = (
    "arrested",
    "was charged",
    "were charged",
    "charged with",
    "convicted",
    "sentenced",
    "captured",
    "detained",
)


@dataclass(frozen=True, slots=True)
class Past:
    """What became known in one week."""

    monday: int
    """Days since the year 1."""
    delta: Delta

    @property
    def end(self) -> int:
        """Its Sunday."""
        return self.monday + 6


def weeks_of(world: World) -> list[Past]:
    """The past of a world by the weeks in which something was learnt, the oldest first."""
    reports = _by_week(world.reports.values(), "learnt")
    statements = _by_week(world.statements.values(), "learnt")
    judgements = _by_week(world.judgements, "at")
    entries = _by_week(world.entries, "at")
    mondays = sorted({*reports, *statements, *judgements, *entries})
    return [
        Past(
            each,
            Delta(
                tuple(reports.get(each, ())),
                tuple(statements.get(each, ())),
                tuple(judgements.get(each, ())),
                tuple(entries.get(each, ())),
            ),
        )
        for each in mondays
    ]


U = TypeVar("U", Report, Statement, Judgement, Entry)


def _by_week(things: Iterable[U], when: str) -> dict[int, list[U]]:
    stamp = attrgetter(when)
    ordered = sorted(things, key=stamp)
    found: dict[int, list[U]] = defaultdict(list)
    for day, group in groupby(ordered, key=lambda each: stamp(each)[:10]):
        ordinal = date.fromisoformat(day).toordinal()
        found[ordinal - date.fromordinal(ordinal).weekday()].extend(group)
    return found


class BackTest:
    """One run: `step` goes through one more week; `weeks` is what was found so far."""

    def __init__(self, world: World, typology: Typology) -> None:
        self.typology = typology
        self.past = weeks_of(world)
        self.weeks: list[Week] = []
        self._world = World()
        self._scores = Scores.by(self._world, (typology,))
        self._raised: set[SubjectId] = set()

    @property
    def done(self) -> bool:
        """Whether the whole past has been gone through."""
        return len(self.weeks) == len(self.past)

    def step(self) -> int:
        """Go through the next week; how many statements it brought."""
        past = self.past[len(self.weeks)]
        self._world.grow(past.delta)
        self._scores.grow(self._world, past.delta)
        scored = self._scores.scored(self.typology, past.end)
        ordered = sorted((-each.bits, head) for head, each in scored.items() if each.bits > 0)
        ranked = tuple(Listed(head, -bits) for bits, head in ordered)
        raised = tuple(each for each in ranked if each.rank >= self.typology.threshold)
        new = {each.subject for each in raised} - self._raised
        self._raised |= new
        reports = len(past.delta.reports)
        self.weeks.append(Week(past.end, raised, len(new), ranked[:LONGEST_LIST], self._loudest(past), reports))
        return len(past.delta.statements)

    def run(self) -> Iterator[int]:
        """Go through all that is left; yields how many weeks are done."""
        while not self.done:
            self.step()
            yield len(self.weeks)

    def _loudest(self, past: Past) -> tuple[Listed, ...]:
        """The plain baseline: the subjects that most reports of the week speak of."""
        partition, ends = self._world.derived(Partition), self._world.derived(Ends)
        named = {(record, said.report) for said in past.delta.statements for record in self._named(said)}
        seen = {
            (partition.head_of(record), report)
            for record, report in named
            if ends.of_record(record).schema in self.typology.subjects
        }
        counted = Counter(head for head, _ in seen)
        ranked = sorted((-number, head) for head, number in counted.items())[:LONGEST_LIST]
        return tuple(Listed(head, -number) for number, head in ranked)

    def _named(self, said: Statement) -> Iterator[SubjectId]:
        yield said.subject
        other = SubjectId(said.value)
        if other in self._world.by_subject:
            yield other


def outcomes_of(world: World, outcome: str, typology: Typology) -> Outcomes:
    """On which days what came of it happened to each subject of the world, by every record of the subject."""
    reading = Reading(_outcome(outcome))
    reader = ScorableReader(world)
    days: dict[SubjectId, tuple[int, ...]] = {}
    head_of: dict[SubjectId, SubjectId] = {}
    for subject in world.derived(Partition).subjects():
        if subject.schema in typology.subjects:
            head_of.update(dict.fromkeys(subject.records, subject.id))
            found = {each.fact.day for each in hits(reading, reader.subject(subject.id)) if not each.denied}
            if found:
                days[subject.id] = tuple(sorted(found))
    return Outcomes(days, head_of)


def _outcome(outcome: str) -> Typology:
    """An outcome is read as an indicator is."""
    did = Reads(INCIDENT, names=("perpetrator",), stages=(ACCOMPLISHED, "attempted"))
    caught = Reads(WORDS, words=_ARREST_WORDS)
    reads: Sequence[Reads] = {PERPETRATOR: (did,), ARRESTED: (caught,), EITHER: (did, caught)}[outcome]
    indicator = Indicator(OUTCOMES[outcome], 1.0, tuple(reads))
    return Typology("outcome", 1, "Outcome", "", (PERSON, ORGANISATION), 1.0, 1.0, 1.0, (indicator,))

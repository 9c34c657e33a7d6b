"""From what was read in a report to the statements that are appended: chains become records, never subjects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from leconfield.intake.extraction.model import Extraction, Filler, Incident
from leconfield.ledger.drafts import NewStatement
from leconfield.ledger.grades import Grade
from leconfield.ledger.ids import Ids
from leconfield.ledger.model import IN_TEXT, PLAIN, Assertion, ReportId, SubjectId
from leconfield.ledger.times import ALWAYS, Held, in_words
from leconfield.ledger.vocabulary import EVENT


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where statements come from: the report, its grade, and the maker of ids."""

    report: ReportId
    grade: Grade
    ids: Ids


def statements(extraction: Extraction, where: Provenance) -> tuple[NewStatement, ...]:
    """Everything that one report says, as statements about records of its own."""
    records = tuple(
        SubjectId(where.ids.of("record", where.report, str(index), chain.schema, chain.name))
        for index, chain in enumerate(extraction.chains)
    )
    said = _Sayer(extraction, where, records)
    return tuple(dict.fromkeys((*said.names(), *said.facts(), *said.links(), *said.incidents())))


class _Sayer:
    """Writes the statements of one extraction."""

    def __init__(self, extraction: Extraction, where: Provenance, records: tuple[SubjectId, ...]) -> None:
        self._extraction = extraction
        self._where = where
        self._records = records

    def names(self) -> Iterator[NewStatement]:
        for mention in self._extraction.mentions:
            schema = self._extraction.chains[mention.chain].schema
            yield self._new(self._records[mention.chain], schema, "name", mention.text, (mention.start, mention.end))

    def facts(self) -> Iterator[NewStatement]:
        for fact in self._extraction.facts:
            schema = self._extraction.chains[fact.chain].schema
            made = self._new(self._records[fact.chain], schema, fact.prop, fact.value, (fact.start, fact.end))
            yield replace(made, held=fact.held, assertion=fact.assertion)

    def links(self) -> Iterator[NewStatement]:
        for link in self._extraction.links:
            schema = self._extraction.chains[link.left].schema
            left, right = self._records[link.left], self._records[link.right]
            if left != right:
                made = self._new(left, schema, link.prop, right, (link.start, link.end))
                yield replace(made, held=link.held, assertion=link.assertion)

    def incidents(self) -> Iterator[NewStatement]:
        for index, incident in enumerate(self._extraction.incidents):
            record = SubjectId(self._where.ids.of("record", self._where.report, "incident", str(index)))
            yield from self._incident(record, incident)

    def _incident(self, record: SubjectId, incident: Incident) -> Iterator[NewStatement]:
        span = (incident.start, incident.end)
        plain = [("name", title_of(incident)), ("incidentType", incident.kind), ("stage", incident.stage)]
        for prop, value in plain:
            yield replace(self._new(record, EVENT, prop, value, span), held=incident.held)
        if incident.held.start:
            yield self._new(record, EVENT, "date", incident.held.start, span)
        roles = (
            ("location", (incident.place,) if incident.place else (), PLAIN),
            ("perpetrator", (*incident.organisations, *incident.perpetrators), incident.assertion),
            ("target", incident.targets, PLAIN),
            ("victim", incident.victims, PLAIN),
            ("weapon", incident.weapons, PLAIN),
        )
        for prop, fillers, assertion in roles:
            yield from self._role(record, prop, fillers, assertion, incident.held)

    def _role(
        self, record: SubjectId, prop: str, fillers: Iterable[Filler], assertion: Assertion, held: Held
    ) -> Iterator[NewStatement]:
        for filler in fillers:
            chain = self._chain_at(filler)
            span = (filler.start, filler.end)
            made = (
                self._new(record, EVENT, f"{prop}Words", filler.text, span)
                if chain is None
                else self._new(record, EVENT, prop, self._records[chain], span)
            )
            yield replace(made, held=held, assertion=assertion)

    def _chain_at(self, filler: Filler) -> int | None:
        """The chain whose mention shares most characters with the filler, if it makes up most of either."""
        best, chosen = 0, None
        for mention in self._extraction.mentions:
            shared = min(mention.end, filler.end) - max(mention.start, filler.start)
            shorter = min(mention.end - mention.start, filler.end - filler.start)
            if shared > best and shared * 2 > shorter:
                best, chosen = shared, mention.chain
        return chosen

    def _new(self, subject: SubjectId, schema: str, prop: str, value: str, span: tuple[int, int]) -> NewStatement:
        return NewStatement(
            subject, schema, prop, value, IN_TEXT, self._where.report, *span, grade=self._where.grade, held=ALWAYS
        )


def title_of(incident: Incident) -> str:
    """What people call an incident: its kind, place and date, as far as they are known."""
    parts = [incident.kind if incident.stage == "accomplished" else f"{incident.kind} ({incident.stage})"]
    if incident.place:
        parts.append(incident.place.text.title() if incident.place.text.isupper() else incident.place.text)
    if incident.held.start:
        parts.append(in_words(incident.held.start))
    return ", ".join(parts)

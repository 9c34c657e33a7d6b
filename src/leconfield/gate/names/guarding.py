"""What is guarded in a world: whatever names a source, an open operation or a person of whom no open report speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from leconfield.agents.state import Agents
from leconfield.gate.names.finding import CODENAME, CODEWORD
from leconfield.gate.names.model import Guarded
from leconfield.intake.extraction.places import known
from leconfield.ledger import labels
from leconfield.ledger.model import Report, ReportId
from leconfield.ledger.vocabulary import EVENT, IDENTIFIERS, ORGANISATION, PERSON, PLACE, words_for
from leconfield.ledger.world import World
from leconfield.registry.names import parse_name
from leconfield.registry.records import Record, Records
from leconfield.registry.resolution import Partition
from leconfield.surveillance.state import Operations

IsOpen = Callable[[Report], bool]
SPARED: Final = 4
"""Letters of a codeword at the least: tiers of one or two letters are words of every sentence."""
_FEWEST: Final = 5
"""Letters and figures of an identifier at the least."""
_NAMED: Final = frozenset({PERSON, ORGANISATION, PLACE})
_ADDRESSES: Final = frozenset({"address"})


def guarded_in(world: World, is_open: IsOpen) -> Iterator[Guarded]:
    """Everything in the world that must not leave, each form once for each who bears it."""
    yield from _sources(world, is_open)
    yield from _operations(world)
    open_reports = frozenset(each.id for each in world.reports.values() if is_open(each))
    yield from _subjects(world, open_reports)


def _sources(world: World, is_open: IsOpen) -> Iterator[Guarded]:
    closed = [each for each in world.reports.values() if not is_open(each)]
    for source in sorted({each.source for each in closed}):
        yield Guarded(source, CODENAME)
    for reference in sorted({each.reference for each in closed if len(each.reference) >= _FEWEST}):
        yield Guarded(reference, "report's reference")
    for agent in world.derived(Agents).by_id.values():
        for name in (agent.codename, *agent.pseudonyms.values()):
            yield Guarded(name, CODENAME)
    tokens = {token for label in {each.label for each in closed} for token in labels.tokens_in(labels.parse(label))}
    for token in sorted(tokens):
        for word in {token, token.rpartition(".")[2]}:
            if len(word) >= SPARED:
                yield Guarded(word, CODEWORD)


def _operations(world: World) -> Iterator[Guarded]:
    for each in world.derived(Operations).by_id.values():
        if len(each.name) >= SPARED:
            yield Guarded(each.name, CODEWORD)


def _subjects(world: World, open_reports: frozenset[ReportId]) -> Iterator[Guarded]:
    records, partition = world.derived(Records), world.derived(Partition)
    public: dict[str, bool] = {}
    for record in records.by_id.values():
        public[partition.subject_of(record.id).id] = public.get(partition.subject_of(record.id).id, False) or any(
            each in open_reports for each in record.reports
        )
    for record in records.by_id.values():
        if not all(each in open_reports for each in record.reports):
            sure = not public[partition.subject_of(record.id).id]
            yield from _of_record(world, record, sure)


def _of_record(world: World, record: Record, sure: bool) -> Iterator[Guarded]:
    for identifier in record.identifiers:
        if len(identifier.key) >= _FEWEST and identifier.prop in IDENTIFIERS:
            yield Guarded(identifier.value, words_for(identifier.prop), sure)
    if record.schema != EVENT and record.schema in _NAMED:
        for name in (*record.names, *record.weak_names):
            if _tells(record, name):
                yield Guarded(name, "name", sure)
    for said in world.by_subject.get(record.id, ()):
        if said.prop in _ADDRESSES:
            for part in said.value.split(","):
                if any(map(str.isdigit, part)) and len(part.strip()) > _FEWEST:
                    yield Guarded(part.strip(), "address", sure)


def _tells(record: Record, name: str) -> bool:
    """Whether the name is one that would be recognised: not a town, and of persons read in a text only a full one."""
    if record.schema == PLACE:
        return record.registered and not known(name) and len(parse_name(name, PLACE).parts) > 1
    if record.schema == ORGANISATION:
        return record.registered and not known(name)
    return record.registered or (parse_name(name).full and name[:1].isupper())

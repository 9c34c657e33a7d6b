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
FEWEST: Final = 5
"""Letters and figures of an identifier at the least."""
_NAMED: Final = frozenset({PERSON, ORGANISATION, PLACE})
ADDRESSES: Final = frozenset({"address"})


def guarded_in(world: World, is_open: IsOpen) -> Iterator[Guarded]:
    """Everything in the world's memory that must not leave, each form once for each who bears it."""
    yield from of_the_house(world, is_open)
    for record in world.derived(Records).by_id.values():
        yield from of_record(world, record, is_open)


def of_the_house(world: World, is_open: IsOpen) -> Iterator[Guarded]:
    """What names sources, reports, compartments and operations."""
    closed = [each for each in world.reports.values() if not is_open(each)]
    for source in sorted({each.source for each in closed}):
        yield Guarded(source, CODENAME)
    for reference in sorted({each.reference for each in closed if len(each.reference) >= FEWEST}):
        yield Guarded(reference, "report's reference")
    for agent in world.derived(Agents).by_id.values():
        for name in (agent.codename, *agent.pseudonyms.values()):
            yield Guarded(name, CODENAME)
    tokens = {token for label in {each.label for each in closed} for token in labels.tokens_in(labels.parse(label))}
    for token in sorted(tokens):
        for word in {token, token.rpartition(".")[2]}:
            if len(word) >= SPARED:
                yield Guarded(word, CODEWORD)
    for operation in world.derived(Operations).by_id.values():
        if len(operation.name) >= SPARED:
            yield Guarded(operation.name, CODEWORD)


def of_record(world: World, record: Record, is_open: IsOpen) -> Iterator[Guarded]:
    """What names a record of which reports speak that are not open; unsure if an open one speaks of its subject."""

    def publicly(which: ReportId) -> bool:
        """Whether it is open; one that this world does not hold is not."""
        report = world.reports.get(which)
        return report is not None and is_open(report)

    if all(map(publicly, record.reports)):
        return
    subject = world.derived(Partition).subject_of(record.id)
    records = world.derived(Records).by_id
    public = any(publicly(report) for each in subject.records for report in records[each].reports)
    yield from (Guarded(form, kind, not public) for form, kind in telling(world, record))


def telling(world: World, record: Record) -> Iterator[tuple[str, str]]:
    """What names a record, and its kind, whoever may read of it."""
    for identifier in record.identifiers:
        if len(identifier.key) >= FEWEST and identifier.prop in IDENTIFIERS:
            yield identifier.value, words_for(identifier.prop)
    for name in (*record.names, *record.weak_names):
        if tells(record.schema, name, registered=record.registered):
            yield name, "name"
    for said in world.by_subject.get(record.id, ()):
        if said.prop in ADDRESSES:
            yield from ((part, "address") for part in parts_of_address(said.value))


def parts_of_address(address: str) -> Iterator[str]:
    """The parts of an address that tell where somebody lives: those with a number."""
    for part in address.split(","):
        if any(map(str.isdigit, part)) and len(part.strip()) > FEWEST:
            yield part.strip()


def tells(schema: str, name: str, *, registered: bool) -> bool:
    """Whether the name is one that would be recognised: not a town, and of persons read in a text only a full one."""
    if schema == EVENT or schema not in _NAMED:
        return False
    if schema == PERSON:
        return registered or (parse_name(name).full and name[:1].isupper())
    if not registered or known(name):
        return False
    return schema == ORGANISATION or len(parse_name(name, PLACE).parts) > 1

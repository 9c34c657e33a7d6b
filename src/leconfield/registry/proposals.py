"""Proposals: two subjects that may be one, for a person to look at, with the waterfall of reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.evidence import Weight, weigh
from leconfield.registry.judgements import DIFFERENT, UNDECIDED, Opinions
from leconfield.registry.records import Record
from leconfield.registry.subjects import Subject

WORTH_A_LOOK: Final = 9.0
"""Bits from which a pair is proposed: about as much as two fairly common parts of a name agreeing."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two subjects that may be one."""

    left: Subject
    """The older of the two."""
    right: Subject
    bits: float
    waterfall: tuple[Weight, ...]
    undecided: bool
    """Whether somebody has looked and left it open."""

    @property
    def rank(self) -> tuple[bool, bool, float, str, str]:
        """Undecided ones last, registered subjects first, then by weight."""
        registered = self.left.registered or self.right.registered
        return (self.undecided, not registered, -round(self.bits, 3), self.left.id, self.right.id)


Side = tuple[Subject, tuple[Record, ...]]


def propose(one: Side, other: Side, opinions: Opinions) -> Proposal | None:
    """The proposal to look at the two; None if they are judged different or share too little."""
    (left, lefts), (right, rights) = sorted((one, other), key=lambda side: side[1][0].order)
    if left.schema != right.schema or left.schema not in {PERSON, ORGANISATION}:
        return None
    verdicts = _verdicts(lefts, rights, opinions)
    if DIFFERENT in verdicts:
        return None
    waterfall = weigh(lefts, rights)
    bits = sum(weight.bits for weight in waterfall)
    if bits < WORTH_A_LOOK:
        return None
    return Proposal(left, right, bits, waterfall, UNDECIDED in verdicts)


def _verdicts(lefts: tuple[Record, ...], rights: tuple[Record, ...], opinions: Opinions) -> set[str]:
    judged = [record.id for record in lefts if record.id in opinions.partners]
    theirs = {record.id for record in rights if record.id in opinions.partners}
    return {
        found.verdict
        for record in judged
        for other in sorted(opinions.partners[record] & theirs)
        if (found := opinions.on(record, other)) is not None
    }

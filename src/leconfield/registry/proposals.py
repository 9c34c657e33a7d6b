"""Proposals: two subjects that may be one, for a person to look at, with the waterfall of reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.compare import INITIAL, NameMatch, compare_names
from leconfield.registry.evidence import (
    Profile,
    Weight,
    best_match,
    contradictions,
    name_level,
    weigh_facts,
    weigh_identifiers,
    weigh_names,
    weigh_spelling,
)
from leconfield.registry.index import least_shared
from leconfield.registry.judgements import DIFFERENT, UNDECIDED, Opinions
from leconfield.registry.names import Name
from leconfield.registry.records import Record
from leconfield.registry.subjects import Subject
from leconfield.registry.weights import BAND, Scale, Waterfall

WORTH_A_LOOK: Final = 9.0
"""Bits from which a pair is proposed: about as much as two fairly common parts of a name agreeing."""
LEAST_NAME_BITS: Final = 7.0
"""What the names must share beside initials, unless there is an identifier in common."""
SEVERAL: Final = 3
MOST_NAMES: Final = 12
"""Names of each side that are compared where an identifier has brought the two together."""
PROPOSED: Final = frozenset({PERSON, ORGANISATION})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two subjects that may be one."""

    left: Subject
    """The older of the two."""
    right: Subject
    bits: float
    """The evidence on balance, before the prior."""
    waterfall: tuple[Weight, ...]
    undecided: bool
    """Whether somebody has looked and left it open."""
    met: bool = False
    """Whether records of the two met under a key of the engine's, and fell short of its bar."""
    scored: Waterfall | None = None
    """The same as weighed in the view, with the prior and the bar."""

    @property
    def rank(self) -> tuple[bool, bool, float, str, str]:
        """Undecided ones last, registered subjects first, then by weight."""
        registered = self.left.registered or self.right.registered
        return (self.undecided, not registered, -round(self.bits, 3), self.left.id, self.right.id)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a proposal."""

    subject: Subject
    records: tuple[Record, ...]
    profile: Profile


NamePair = tuple[Name, Name]


def propose(
    left: Side, right: Side, names: Iterable[NamePair], opinions: Opinions, *, met: bool = False
) -> Proposal | None:
    """The proposal to look at the two (the older first); None if they are judged different or share too little.

    Whether it is worth a look is told by the shipped weights: what was learnt never hides a pair.
    """
    if left.subject.schema != right.subject.schema or left.subject.schema not in PROPOSED:
        return None
    shared = weigh_identifiers(left.profile, right.profile)
    if shared or met:
        match = best_match(product(left.profile.names[:MOST_NAMES], right.profile.names[:MOST_NAMES]))
    else:
        match = best_match(pair for pair in names if _worth_comparing(pair, left, right))
        if not match.parts:
            return None
    waterfall = compared(left.profile, right.profile, match)
    bits = sum(weight.bits for weight in waterfall)
    if bits < WORTH_A_LOOK:
        return None
    verdicts = verdicts_on(left.records, right.records, opinions)
    if DIFFERENT in verdicts:
        return None
    return Proposal(left.subject, right.subject, bits, waterfall, UNDECIDED in verdicts, met)


def compared(left: Profile, right: Profile, match: NameMatch) -> tuple[Weight, ...]:
    """Everything that speaks for and against the two, with the shipped bits."""
    spelt = (weigh_spelling(name_level(match)),) if match.parts else ()
    return (*weigh_names(match), *spelt, *weigh_identifiers(left, right), *weigh_facts(left, right))


def weigh_sides(left: Profile, right: Profile) -> tuple[Weight, ...]:
    """The same for two that nobody proposes: by the names of both that agree best."""
    return compared(left, right, best_match(product(left.names[:MOST_NAMES], right.names[:MOST_NAMES])))


def scored(proposal: Proposal, scale: Scale, left: Profile, right: Profile) -> Proposal:
    """The proposal as weighed in the view."""
    barred = contradictions(left, right)
    bridge = min(len(proposal.left.records), len(proposal.right.records)) > 1
    found = scale.waterfall(proposal.left.schema, proposal.waterfall, bridge=bridge, barred=barred)
    return replace(proposal, bits=found.evidence, waterfall=found.weights, scored=found)


def has_weight(subject: Subject) -> bool:
    """Whether its proposals are worth a person's time unasked: registered, or a person whom several records name."""
    return subject.registered or (subject.schema == PERSON and len(subject.records) >= SEVERAL)


def belongs_in_queue(proposal: Proposal) -> bool:
    """Whether the pair is put before people unasked."""
    left, right = proposal.left, proposal.right
    if proposal.met and proposal.scored and proposal.scored.bits >= proposal.scored.bar - BAND:
        return True
    return left.registered or right.registered or (has_weight(left) and has_weight(right))


def _worth_comparing(names: NamePair, left: Side, right: Side) -> bool:
    """Whether two names share enough; in two texts, only persons' names of two parts and more are worth a look."""
    one, other = names
    in_words = one.schema == PERSON and len(one.parts) > 1 and len(other.parts) > 1
    if not in_words and not (left.subject.registered or right.subject.registered):
        return False
    match = compare_names(one, other)
    if match.only_left and match.only_right:
        return False
    told = sum(part.bits for part in match.parts if part.why != INITIAL)
    return told >= max(LEAST_NAME_BITS, least_shared(one, other))


def verdicts_on(lefts: tuple[Record, ...], rights: tuple[Record, ...], opinions: Opinions) -> set[str]:
    """What persons say of records of the one and records of the other."""
    judged = [record.id for record in lefts if record.id in opinions.partners]
    if not judged:
        return set()
    theirs = {record.id for record in rights if record.id in opinions.partners}
    return {
        found.verdict
        for record in judged
        for other in sorted(opinions.partners[record] & theirs)
        if (found := opinions.on(record, other)) is not None
    }

"""What an overseer does: recompute the whole log and hold it against what was signed and what he was shown before.

Nothing here trusts the desk: it takes leaves, entries and texts as they are found, and lists every fault in words.
Leaves are counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit.checkpoint import Checkpoint
from leconfield.ledger.audit.leaves import Act, commitment, parse_leaf
from leconfield.ledger.audit.merkle import Frontier, leaf_hash
from leconfield.ledger.audit.note import Verifier


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it should be: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verification found, after reading `size` leaves."""

    size: int
    faults: tuple[Fault, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether there is no fault at all."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _Claim:
    """A checkpoint that the leaves must bear out, and what to call it."""

    where: str
    checkpoint: Checkpoint


def verify_log(leaves: Iterable[bytes], checkpoint_text: str, vkey: str, *, witnessed: Sequence[str] = ()) -> Outcome:
    """Whether these are the leaves that were signed, and that every witnessed checkpoint was signed over.

    Args:
        leaves: all of them, in order; read once, never held in memory together.
        checkpoint_text: the signed checkpoint of the log as it stands.
        vkey: the log's verifying key, from the overseer's own papers.
        witnessed: checkpoints he was shown on earlier visits, in any order.

    Raises:
        BadInputError: if `vkey` is no key; everything else becomes a fault.
    """
    verifier = Verifier.parse(vkey)
    faults: list[Fault] = []
    head = _claim("checkpoint", checkpoint_text, verifier, faults)
    seen = [
        _claim(f"witnessed checkpoint {number}", note, verifier, faults) for number, note in enumerate(witnessed, 1)
    ]
    rest = iter(leaves)
    size = _hold_against(rest, [each for each in (head, *seen) if each], faults) + sum(1 for _ in rest)
    if head and size > head.checkpoint.size:
        signed = head.checkpoint.size
        what = f"they are not signed: the checkpoint ends at {signed} leaves"
        faults.append(Fault(f"leaves {signed} to {size - 1}", what))
    return Outcome(size, tuple(faults))


def _claim(where: str, note: str, verifier: Verifier, faults: list[Fault]) -> _Claim | None:
    """The claim that a signed note makes; None, and a fault, if it is not this log's."""
    try:
        checkpoint = verifier.checkpoint(note)
    except DamagedError as fault:
        faults.append(Fault(where, str(fault)))
        return None
    if checkpoint.origin != verifier.name:
        faults.append(Fault(where, f'it is of the log "{checkpoint.origin}", not of "{verifier.name}"'))
        return None
    return _Claim(where, checkpoint)


def _hold_against(leaves: Iterator[bytes], claims: Iterable[_Claim], faults: list[Fault]) -> int:
    """Recompute the root at the size of each claim; the number of leaves read."""
    frontier, sound_until = Frontier(), 0
    for claim in sorted(claims, key=lambda each: each.checkpoint.size):
        wanted = claim.checkpoint.size
        frontier, size = frontier.extended(map(leaf_hash, islice(leaves, wanted - frontier.size)))
        if size < wanted:
            what = (
                f"it was signed over {wanted} leaves, but only {size} are there; the last {wanted - size} are missing"
            )
            faults.append(Fault(claim.where, what))
        elif frontier.root() == claim.checkpoint.root:
            sound_until = size
        else:
            what = "the leaves are not those that were signed: one was altered, put in, taken out or moved"
            faults.append(Fault(f"{claim.where}, leaves {sound_until} to {size - 1}", what))
    return frontier.size


def verify_acts(leaves: Iterable[bytes], entries: Iterable[tuple[str, bytes, bytes]]) -> Outcome:
    """Whether every entry has exactly one act leaf that commits to its content, and every act leaf its entry.

    Args:
        leaves: all of them, in order.
        entries: (entry id, content, salt) of all entries, in any order.
    """
    faults: list[Fault] = []
    acts: dict[str, tuple[int, str]] = {}
    size = 0
    for size, leaf in enumerate(leaves, 1):
        _note_act(size - 1, leaf, acts, faults)
    seen: set[str] = set()
    for entry, content, salt in entries:
        if fault := _fault_of(entry, content, salt, acts, seen):
            faults.append(Fault(f"entry {entry}", fault))
        seen.add(entry)
    for entry, (number, _) in acts.items():
        if entry not in seen:
            faults.append(Fault(f"leaf {number}", f"its entry {entry} is not in the ledger: it was taken out"))
    return Outcome(size, tuple(faults))


def _note_act(number: int, leaf: bytes, acts: dict[str, tuple[int, str]], faults: list[Fault]) -> None:
    try:
        parsed = parse_leaf(leaf)
    except DamagedError as fault:
        faults.append(Fault(f"leaf {number}", str(fault)))
        return
    if not isinstance(parsed, Act):
        return
    if parsed.entry in acts:
        first = acts[parsed.entry][0]
        faults.append(Fault(f"leaf {number}", f"entry {parsed.entry} already has its leaf: {first}"))
        return
    acts[parsed.entry] = (number, parsed.commitment)


def _fault_of(entry: str, content: bytes, salt: bytes, acts: dict[str, tuple[int, str]], seen: set[str]) -> str | None:
    """What is wrong with an entry, in words; None if nothing is."""
    if entry in seen:
        return "it is in the ledger twice"
    if entry not in acts:
        return "no leaf of the audit log tells of it: it was put in by other means than the desk"
    number, committed = acts[entry]
    try:
        fits = commitment(content, salt) == committed
    except BadInputError as fault:
        return str(fault)
    return None if fits else f"it is not what leaf {number} commits to: the entry or its salt was altered"

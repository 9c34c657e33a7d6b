"""The log as a file that anybody can check: every line with what its seal covers, and the check itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from leconfield.authority.state import authorities
from leconfield.errors import BadInputError
from leconfield.ledger.audit import (
    Act,
    Read,
    Tree,
    Verifier,
    leaf_hash,
    parse_leaf,
    read_checkpoint,
    read_leaves,
    verify_folder,
    verify_inclusion,
)
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.surveillance import rules
from leconfield.surveillance.lines import says_in
from leconfield.surveillance.model import FIRST, LOGGED, Line, Operation, Written
from leconfield.surveillance.taking import ON_RECORD

FORMAT: Final = "leconfield observation log 2"
FILE: Final = "observation-log.json"
"""What the file is called within the PDF."""
_OPEN: Final = ("operation", "device", "number", "at", "by", "collateral", "follows", "said", "seal")


def as_json(view: View, operation: Operation) -> bytes:
    """The whole log of a view as JSON: what every seal covers, words about bystanders excepted.

    Those are kept shortly, and a file that left the desk would keep them for ever; their lines verify without them.
    """
    lines = rules.in_order(operation.lines)
    known = authorities(view).by_id
    named = {each.authority for each in lines if each.authority}
    told = {
        "format": FORMAT,
        "operation": {name: getattr(operation, name) for name in ("id", "name", "about", "planned", "closed")},
        "printed": view.moment,
        "team": [{"call_sign": each.call_sign, "role": each.role} for each in operation.team],
        "authorities": [
            {"id": each, "kind": found.kind, "until": found.until}
            for each in sorted(named)
            if (found := known.get(EntryId(each))) is not None
        ],
        "lines": [_line(each) for each in lines],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _line(line: Line) -> dict[str, object]:
    written = line.written
    return {
        **{name: getattr(written, name) for name in _OPEN},
        "says": None if written.says is None or written.collateral else asdict(written.says),
        "entry": line.entry,
        "received": line.received,
        "ahead": line.ahead,
        "authority": line.authority,
    }


@dataclass(frozen=True, slots=True)
class Sealed:
    """A line of such a file: what was sealed, and what the desk says of it."""

    written: Written
    entry: str
    received: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    operation: str
    lines: int
    devices: int
    without_words: int
    faults: tuple[str, ...]


def chain_faults(lines: Iterable[Written]) -> tuple[str, ...]:
    """What does not fit together: seals, words, gaps, lines that follow another than they say."""
    found, heads = [], dict[str, tuple[int, str]]()
    for line in sorted(lines, key=lambda each: (each.device, each.number)):
        number, head = heads.get(line.device, (0, FIRST))
        if not rules.fits(line):
            found.append(f"line {line.number} of {line.device[:12]} is not what was sealed")
        if (line.number, line.follows) != (number + 1, head):
            found.append(f"line {line.number} of {line.device[:12]} does not follow line {number}")
        heads[line.device] = (line.number, line.seal)
    return tuple(found)


def check(content: bytes, audit: Path | None = None, key: str = "") -> Checked:
    """Recompute every seal of a file that `as_json` made; with the audit log, hold every line against it, too.

    Args:
        content: the file.
        audit: a folder with the published audit log; None: the seals alone are checked.
        key: the log's verifying key, from the overseer's papers.

    Raises:
        BadInputError: if the file is no log, or the key is none.
    """
    operation, lines = _read(content)
    written = [each.written for each in lines]
    strangers = tuple(
        f"line {each.number} of {each.device[:12]} was written for another operation"
        for each in written
        if each.operation != operation
    )
    faults = (*strangers, *chain_faults(written))
    if audit is not None:
        faults = (*faults, *_audit_faults(operation, lines, audit, key))
    devices = {each.device for each in written}
    return Checked(operation, len(lines), len(devices), sum(each.says is None for each in written), faults)


def _read(content: bytes) -> tuple[str, list[Sealed]]:
    try:
        told: Mapping[str, Any] = json.loads(content)
        if told["format"] != FORMAT:
            raise BadInputError(f'this log is of the format "{told["format"]}"; this version reads "{FORMAT}"')
        return str(told["operation"]["id"]), [_sealed(each) for each in told["lines"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInputError("this file is no observation log; save the one that is within the PDF") from error


def _sealed(said: Mapping[str, Any]) -> Sealed:
    says = said["says"]
    written = Written(says=None if says is None else says_in(says), **{name: said[name] for name in _OPEN})
    return Sealed(written, str(said["entry"]), str(said["received"]))


def _audit_faults(operation: str, lines: Iterable[Sealed], folder: Path, key: str) -> list[str]:
    """What the audit log does not bear out: each line's act, and each device's last seal, by proofs of inclusion."""
    outcome = verify_folder(folder, key)
    if not outcome.sound:
        return [f"the audit log is not sound: {each}" for each in outcome.faults]
    log = _Log.of(folder, key)
    found = []
    heads: dict[str, Written] = {}
    for each in lines:
        where = f"line {each.written.number} of {each.written.device[:12]}"
        place = log.acts.get(each.entry)
        if place is None or place[1] != each.received:
            found.append(f"{where}: the audit log has no such act at {each.received}")
        elif not log.proves(place[0]):
            found.append(f"{where}: its leaf is not in the tree that was signed")
        last = heads.get(each.written.device)
        if last is None or last.number < each.written.number:
            heads[each.written.device] = each.written
    for device, line in heads.items():
        seal = log.seals.get(f"{operation} {device} {line.number} {line.seal}")
        if seal is None or not log.proves(seal):
            found.append(f"the last seal of {device[:12]} is not in the audit log")
    return found


@dataclass(frozen=True, slots=True)
class _Log:
    """An audit log that was found sound: where it tells of lines, and where of seals."""

    leaves: tuple[bytes, ...]
    tree: Tree
    root: bytes
    acts: Mapping[str, tuple[int, str]]
    seals: Mapping[str, int]

    @classmethod
    def of(cls, folder: Path, key: str) -> _Log:
        """Read it, and index what it tells of observation logs."""
        head = Verifier.parse(key).checkpoint(read_checkpoint(folder))
        leaves = tuple(read_leaves(folder, head.size))
        acts: dict[str, tuple[int, str]] = {}
        seals: dict[str, int] = {}
        for number, leaf in enumerate(leaves):
            parsed = parse_leaf(leaf)
            if isinstance(parsed, Act) and parsed.kind == LOGGED:
                acts[parsed.entry] = (number, parsed.time)
            elif isinstance(parsed, Read) and parsed.action == ON_RECORD:
                seals.setdefault(parsed.about, number)
        return cls(leaves, Tree.of(map(leaf_hash, leaves)), head.root, acts, seals)

    def proves(self, number: int) -> bool:
        """Whether a proof of inclusion leads from that leaf to the root that was signed."""
        proof = self.tree.inclusion(number)
        return verify_inclusion(leaf_hash(self.leaves[number]), number, self.tree.size, proof, self.root)

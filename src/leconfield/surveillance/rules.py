"""How lines are sealed, which may follow which, in what order they are read, and how long bystanders are kept. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from leconfield.ledger.times import stamp
from leconfield.surveillance.model import FIRST, Line, Operation, Says, Written

FORMAT: Final = "leconfield line 2"
"""Stands first in what a seal covers, so that no seal passes for one of another making."""
COLLATERAL_KEPT: Final = timedelta(days=28)
"""How long the words about a bystander are kept."""
AGREE: Final = timedelta(minutes=2)
"""Clocks that are no further apart are said to agree."""


def commitment(says: Says) -> str:
    """What a seal covers of a line's words: SHA-256 over them and their salt, in canonical JSON."""
    said = [says.salt, says.seen, says.place, says.latitude, says.longitude, list(says.pictures)]
    return _digest(said)


def seal_of(line: Written) -> str:
    """The seal of a line: SHA-256 over what it follows, everything about it, and the commitment to what it says.

    It verifies with the words and without them. The same in the browser (`web/islands/observing/history.ts`), where it
    is made with no server at hand; see docs/surveillance.md, "The seal".
    """
    parts = [FORMAT, line.operation, line.follows, line.device, line.number, line.at, line.by, line.collateral]
    return _digest([*parts, line.said])


def _digest(said: Sequence[object]) -> str:
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def sealed(line: Written) -> Written:
    """The line with the commitment to its words and its seal."""
    bound = line if line.says is None else replace(line, said=commitment(line.says))
    return replace(bound, seal=seal_of(bound))


def fits(line: Written) -> bool:
    """Whether the line is what was sealed, as far as it is there."""
    return line.seal == seal_of(line) and (line.says is None or line.said == commitment(line.says))


def fault_of(operation: Operation, line: Written) -> str:
    """Why a line cannot stand as the next of its device; empty if it can."""
    number, head = operation.heads.get(line.device, (0, FIRST))
    if line.operation != operation.id:
        return f"line {line.number} was written for another operation; send it there"
    if not fits(line):
        return f"line {line.number} of this device is not what was sealed; it was changed on the way"
    if line.number <= number:
        return f"another line {line.number} of this device stands here; it cannot be written twice"
    if line.number != number + 1:
        return f"line {line.number} of this device comes after {number}; send those between first"
    if line.follows != head:
        return f"line {line.number} of this device does not follow the line before it as it stands here"
    return ""


def after(operation: Operation, line: Line) -> Operation:
    """The operation once a line was received; one that cannot stand changes nothing."""
    if fault_of(operation, line.written):
        return operation
    heads = {**operation.heads, line.written.device: (line.written.number, line.written.seal)}
    return replace(operation, lines=(*operation.lines, line), heads=heads)


def ahead(clock: str, moment: str) -> int:
    """Seconds that a device's clock is before ours, both as stamps; 0 if they agree, or the device does not say."""
    if not clock:
        return 0
    apart = datetime.fromisoformat(clock) - datetime.fromisoformat(moment)
    return 0 if abs(apart) <= AGREE else round(apart.total_seconds())


def when(at: str, ahead_by: int, received: str) -> str:
    """When a line was written by our clock (a stamp): no later than when we had it."""
    if ahead_by:
        at = stamp(datetime.fromisoformat(at) - timedelta(seconds=ahead_by))
    return min(at, received)


def when_of(line: Line) -> str:
    """When a line of the log was written, by our clock (a stamp)."""
    return when(line.written.at, line.ahead, line.received)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """The lines in the order in which they were written; of one moment, by device and number."""
    return sorted(lines, key=lambda each: (when_of(each), each.written.device, each.written.number))


def kept_until(line: Line) -> datetime:
    """Until when the words about a bystander are kept."""
    return datetime.fromisoformat(when_of(line)) + COLLATERAL_KEPT

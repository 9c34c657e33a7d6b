"""How lines are sealed, which may follow which, in what order they are read, and how long bystanders are kept. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from leconfield.surveillance.model import FIRST, Line, Operation, Written

COLLATERAL_KEPT: Final = timedelta(days=28)
"""How long a line about a bystander is shown."""
MOST_AHEAD: Final = timedelta(minutes=5)
"""How far a device's clock may run before ours."""


def seal_of(line: Written) -> str:
    """The seal of a line: SHA-256 over what it follows and everything it says, in canonical JSON.

    The same in the browser (`web/src/observing.ts`), where it is made with no server at hand.
    """
    said = [
        line.follows,
        line.device,
        line.number,
        line.at,
        line.by,
        line.seen,
        line.place,
        line.latitude,
        line.longitude,
        list(line.pictures),
        line.collateral,
    ]
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def sealed(line: Written) -> Written:
    """The line with its seal."""
    return replace(line, seal=seal_of(line))


def fault_of(operation: Operation, line: Written, moment: str) -> str:
    """Why a line cannot stand as the next of its device; empty if it can."""
    number, head = operation.heads.get(line.device, (0, FIRST))
    if line.seal != seal_of(line):
        return f"line {line.number} of this device is not what was sealed; it was changed on the way"
    if line.number != number + 1:
        return f"line {line.number} of this device comes after {number}; send those between first"
    if line.follows != head:
        return f"line {line.number} of this device does not follow the line before it as it stands here"
    if datetime.fromisoformat(line.at) > datetime.fromisoformat(moment) + MOST_AHEAD:
        return f"line {line.number} was written later than now; set the device's clock"
    return ""


def held_already(operation: Operation, line: Written) -> bool:
    """Whether this very line stands: it was sent twice."""
    return any(
        (each.written.device, each.written.number, each.written.seal) == (line.device, line.number, line.seal)
        for each in operation.lines
    )


def after(operation: Operation, line: Line) -> Operation:
    """The operation once a line was received; one that cannot stand changes nothing."""
    if fault_of(operation, line.written, line.received):
        return operation
    heads = {**operation.heads, line.written.device: (line.written.number, line.written.seal)}
    return replace(operation, lines=(*operation.lines, line), heads=heads)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """The lines in the order in which they were written; of one moment, by device and number."""
    return sorted(lines, key=lambda each: (each.written.at, each.written.device, each.written.number))


def shown(lines: Iterable[Line], moment: str) -> list[Line]:
    """The lines that may be shown at a moment (a stamp): those about bystanders for a short while alone."""
    latest = datetime.fromisoformat(moment) if moment else None
    return [
        each
        for each in lines
        if not each.written.collateral
        or latest is None
        or datetime.fromisoformat(each.written.at) + COLLATERAL_KEPT >= latest
    ]

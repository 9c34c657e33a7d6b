"""What pages show of an operation: its state in words, its lines, its places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.surveillance import rules
from leconfield.surveillance.keeping import says_of
from leconfield.surveillance.model import Line, Operation, Picture, Says
from leconfield.surveillance.standing import Standing, stands

_MINUTE: Final = len("2026-03-02T09:20")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as a page shows it."""

    line: Line
    says: Says | None
    """None: it was about a bystander, and its words are kept no more."""
    when: str
    """When it was written, by our clock (a stamp)."""
    clock: str
    """By how much the device's clock was off, in words; empty: it was not."""
    pictures: tuple[tuple[str, Picture | None], ...]
    """By digest; None: it has not come yet."""


def row(desk: Desk, operation: Operation, line: Line, moment: str) -> Row:
    """One line for a page, as it is at a moment (a stamp)."""
    says = says_of(desk, line, moment)
    pictures = tuple((each, operation.pictures.get(each)) for each in says.pictures) if says else ()
    return Row(line, says, rules.when_of(line), _clock(line.ahead), pictures)


def rows(desk: Desk, operation: Operation, moment: str, most: int) -> list[Row]:
    """The last lines by when they were written, the newest first."""
    last = rules.in_order(operation.lines)[-most:]
    return [row(desk, operation, each, moment) for each in reversed(last)]


def _clock(ahead: int) -> str:
    if not ahead:
        return ""
    size = abs(ahead)
    words = f"{size} s" if size < 120 else f"{size // 60} min" if size < 7200 else f"{size // 3600:,} h"
    return f"its clock was {words} {'ahead' if ahead > 0 else 'behind'}"


def summary(view: View, operation: Operation) -> dict[str, object]:
    """An operation with how it stands, for a list or a head."""
    how = stands(view, operation)
    return {
        "operation": operation,
        "standing": how.standing,
        "state": str(how.standing),
        "live": how.standing is Standing.LIVE,
        "authority": how.authority,
        "url": f"/operations/{operation.id}",
    }


@dataclass(frozen=True, slots=True)
class Spot:
    """A place at which lines were written."""

    latitude: str
    longitude: str
    name: str
    lines: tuple[Row, ...]
    """The newest first."""


def spots(told: Iterable[Row]) -> list[Spot]:
    """Lines by where they were written, the last place first; lines about bystanders are on no map."""
    found: dict[tuple[str, str], list[Row]] = {}
    for each in told:
        if each.says is not None and each.says.latitude and not each.line.written.collateral:
            found.setdefault((each.says.latitude, each.says.longitude), []).append(each)
    return [Spot(*where, _name(lines), tuple(lines)) for where, lines in found.items()]


def _name(lines: Iterable[Row]) -> str:
    named = (each.says.place for each in lines if each.says is not None and each.says.place)
    return next(named, "")


def drawn(spot: Spot, url: str) -> dict[str, object]:
    """A place as the map takes it."""
    newest = spot.lines[0]
    return {
        "id": f"{spot.latitude},{spot.longitude}",
        "label": spot.name or f"{spot.latitude}, {spot.longitude}",
        "latitude": float(spot.latitude),
        "longitude": float(spot.longitude),
        "count": len(spot.lines),
        "moments": [each.when[:_MINUTE] for each in spot.lines],
        "href": f"{url}#line-{newest.line.written.seal[:12]}",
    }

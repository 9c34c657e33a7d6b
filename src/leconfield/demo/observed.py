"""The log lines of a case's teams as their devices wrote them: `observation.jsonl`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from leconfield.demo.records import moment_in, text_of
from leconfield.errors import BadInputError

OBSERVATION: Final = "observation.jsonl"
_NEEDS: Final = frozenset({"operation", "device", "at", "by", "seen"})
_KEYS: Final = _NEEDS | {"place", "latitude", "longitude", "collateral"}


@dataclass(frozen=True, slots=True)
class Observed:
    """One line, before it is sealed: that is done when its device sends it."""

    at: datetime
    by: str
    """The call sign of whoever saw it."""
    seen: str
    place: str
    latitude: str
    longitude: str
    """Degrees; both empty if nobody noted where."""
    collateral: bool
    """Whether it is about somebody who merely was there."""
    where: str
    """The file and the line in it, for errors."""


Lines = Mapping[tuple[str, str], tuple[Observed, ...]]
"""By operation and device, in the order in which they were written."""


def read_lines(path: Path) -> Lines:
    """What every device wrote; nothing, if the case has no such file.

    Raises:
        BadInputError: if a line is not JSON, lacks something, or stands after one that its device wrote later.
    """
    found: dict[tuple[str, str], list[Observed]] = defaultdict(list)
    if path.is_file():
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            where = f"{path.name}, line {number}"
            said = _said(line, where)
            before, made = found[said["operation"], said["device"]], _observed(said, where)
            if before and before[-1].at > made.at:
                raise BadInputError(f"{where}: its device wrote a later line before it; put them in order")
            before.append(made)
    return {which: tuple(lines) for which, lines in found.items()}


def _said(line: str, where: str) -> dict[str, str]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as fault:
        raise BadInputError(f"{where}: {fault.msg} at character {fault.pos + 1}") from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadInputError(f"{where}: must be one object whose values are text")
    if unknown := sorted(found.keys() - _KEYS):
        raise BadInputError(f"{where}: {', '.join(unknown)} is not known; use {', '.join(sorted(_KEYS))}")
    if missing := sorted(each for each in _NEEDS if not found.get(each, "").strip()):
        raise BadInputError(f"{where}: {', '.join(missing)} is missing")
    if found.get("collateral", "yes") != "yes":
        raise BadInputError(f'{where}: collateral is "yes", or left out')
    return found


def _observed(said: Mapping[str, str], where: str) -> Observed:
    moment = moment_in(said["at"], f"{where}, at")
    return Observed(
        at=moment if moment.tzinfo else moment.replace(tzinfo=UTC),
        by=said["by"],
        seen=said["seen"],
        place=said.get("place", ""),
        latitude=said.get("latitude", ""),
        longitude=said.get("longitude", ""),
        collateral="collateral" in said,
        where=where,
    )

"""What the officers of a case did besides: whom they looked at, why they closed a file, what they had read.

`acts.toml` holds one table `[[act]]` for each: who did it and when, what it was, about whom or which report, and what
he wrote. They are done on the desk by the acts of its own parts, at the moment that the story gives them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from leconfield.demo.records import moment_in, text_of
from leconfield.errors import BadInputError

READ: Final = "read"
OPEN: Final = "open subject"
CLOSE: Final = "close subject"
REVIEW: Final = "review subject"
WRITES: Final[Mapping[str, tuple[str, ...]]] = {
    READ: (),
    OPEN: ("tier", "reason", "review", "label"),
    CLOSE: ("reason", "risk", "residual", "review"),
    REVIEW: ("reason", "review"),
}
"""What an officer writes in each kind of act; all of it must be there."""


@dataclass(frozen=True, slots=True)
class DemoAct:
    """One act of a named officer."""

    at: datetime
    by: str
    kind: str
    """One of `WRITES`."""
    about: str
    """The number of a report that is read; else the key of a subject."""
    wrote: Mapping[str, str]
    """What `WRITES` asks of its kind."""


def read_acts(path: Path) -> tuple[DemoAct, ...]:
    """The acts of `acts.toml`, in the order of their moments.

    Raises:
        BadInputError: if it is missing or not TOML, an act is of no known kind, or lacks something or has too much.
    """
    try:
        found = tomllib.loads(text_of(path)).get("act", [])
    except tomllib.TOMLDecodeError as fault:
        raise BadInputError(f"{path}: {fault}") from None
    if not isinstance(found, list):
        raise BadInputError(f"{path.name}: write each act as a table [[act]]")
    acts = [_act(each, f"{path.name}, act {number}") for number, each in enumerate(found, start=1)]
    return tuple(sorted(acts, key=lambda each: each.at))


def _act(found: object, where: str) -> DemoAct:
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadInputError(f"{where}: must be a table whose values are text")
    kind = found.get("act", "")
    if kind not in WRITES:
        raise BadInputError(f'{where}: "{kind}" is no act; write one of {", ".join(WRITES)}')
    about = "report" if kind == READ else "subject"
    wanted = {"at", "by", "act", about, *WRITES[kind]}
    if missing := {each for each in wanted if not found.get(each, "").strip()}:
        raise BadInputError(f"{where}: {', '.join(sorted(missing))} is missing")
    if unknown := found.keys() - wanted:
        raise BadInputError(f"{where}: {', '.join(sorted(unknown))} is not known; use {', '.join(sorted(wanted))}")
    wrote = {each: found[each] for each in WRITES[kind]}
    return DemoAct(moment_in(found["at"], f"{where}, at"), found["by"], kind, found[about], wrote)

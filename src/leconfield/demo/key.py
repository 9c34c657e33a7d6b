"""What a desk that holds a case must show of it: the part of its answer key that is asked of the investigators' desk.

`key.json` may hold a table `desk`: who must be raised by which day, who must be cleared, and what an answer of record
must contain; and tables `departments` and `gate`. The rest of the key is for other parts, and not read here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leconfield.demo.answers import Answer, Told, answers
from leconfield.demo.departments import Departments, read_departments
from leconfield.demo.outside import Outside, read_outside
from leconfield.demo.records import text_of
from leconfield.errors import BadInputError


@dataclass(frozen=True, slots=True)
class MustRise:
    """A subject who must stand before a person by a day."""

    key: str
    raised_by: str
    """The id of a typology, or `closed subject`: the standing watch."""
    not_before: str
    """The last day (ISO) on which nothing of it is raised yet; empty: it is not said."""
    by: str
    """The day (ISO) by whose end it must be."""
    reports: tuple[str, ...]
    """What it must rest on by then."""
    visible_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MustBeCleared:
    """Somebody who has done nothing, and whom no typology may raise on any day."""

    key: str
    closed: str
    """When his file was closed for good (a moment); empty: nobody had to open one."""
    by: str
    rests_on: tuple[str, ...]
    """The reports that clear him."""
    raised: tuple[str, ...]
    """Days (ISO) at whose end the watch shows what was newly said of him: a person then settles it."""
    quiet: tuple[str, ...]
    """Days (ISO) at whose end nothing asks anybody to look at him."""
    at_most: float
    """Bits that whatever is said of him may come to."""
    visible_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MustBeAnswered:
    """What the answer of record on a subject must contain for one officer."""

    key: str
    user: str
    attack: str
    """When it was (partial ISO)."""
    first_known: str
    """The day (ISO) on which we first learnt of him."""
    known_as: str
    """The line that says how he was known when the attack came."""
    reports: tuple[str, ...]
    """All that it rests on, as they were learnt."""
    decisions: tuple[Told, ...]
    reads: tuple[Told, ...]
    """All reads of these reports that the officer may know of, in order."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Everything that the key asks of the investigators' desk."""

    must_rise: tuple[MustRise, ...] = ()
    must_be_cleared: tuple[MustBeCleared, ...] = ()
    must_be_answered: tuple[MustBeAnswered, ...] = ()
    departments: Departments = field(default_factory=Departments)
    outside: Outside = field(default_factory=Outside)


def read_expected(path: Path) -> Expected:
    """What `key.json` asks of the investigators' desk; nothing, if it has no table `desk`.

    Raises:
        BadInputError: if it is missing or not JSON, or something in that table is missing or not of its kind.
    """
    try:
        found = json.loads(text_of(path))
    except json.JSONDecodeError as fault:
        raise BadInputError(f"{path.name}, line {fault.lineno}: {fault.msg}") from None
    desk, departments, gate = (_table(found, each, path.name) for each in ("desk", "departments", "gate"))
    return Expected(
        tuple(_rise(each) for each in answers(desk, "must_rise", path.name)),
        tuple(_cleared(each) for each in answers(desk, "must_be_cleared", path.name)),
        tuple(_answered(each) for each in answers(desk, "must_be_answered", path.name)),
        read_departments(departments, path.name),
        read_outside(gate, path.name),
    )


def _table(found: object, name: str, file: str) -> Mapping[str, object]:
    table = found.get(name, {}) if isinstance(found, dict) else None
    if not isinstance(table, dict):
        raise BadInputError(f'{file}: must be one object, and "desk", "departments" and "gate" in it others')
    return table


def _rise(found: Answer) -> MustRise:
    return MustRise(
        found.text("key"),
        found.text("raised_by"),
        found.text("not_before"),
        found.text("by"),
        found.texts("reports"),
        found.texts("visible_to"),
    )


def _cleared(found: Answer) -> MustBeCleared:
    return MustBeCleared(
        found.text("key"),
        found.text("closed"),
        found.text("by"),
        found.texts("rests_on"),
        found.texts("raised"),
        found.texts("quiet"),
        found.number("at_most"),
        found.texts("visible_to"),
    )


def _answered(found: Answer) -> MustBeAnswered:
    return MustBeAnswered(
        found.text("key"),
        found.text("user"),
        found.text("attack"),
        found.text("first_known"),
        found.text("known_as"),
        found.texts("reports"),
        found.told("decisions"),
        found.told("reads"),
    )

"""What a desk that holds a case must show of its agents, authorities, operations and duty line: the rest of its key.

`key.json` may hold a table `departments`, with a list for each of the kinds below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leconfield.demo.answers import Answer, answers


@dataclass(frozen=True, slots=True)
class Drifted:
    """Somebody who is used without an authority."""

    agent: str
    user: str
    """Who must see it, the authorising officer among others."""
    quiet: str
    """A moment (ISO) at which nothing alarms yet."""
    alarms: str
    """A moment at which it does."""
    as_of: str
    contacts: int
    """How many contacts the alarm counts at the moment `as_of`."""


@dataclass(frozen=True, slots=True)
class Stands:
    """How an authority stands at a moment."""

    noun: str
    """`agent` or `operation`."""
    about: str
    kind: str
    user: str
    as_of: str
    standing: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An agent's record at a moment."""

    agent: str
    user: str
    as_of: str
    status: str
    lacks: tuple[str, ...]
    """The letters of the particulars that it lacks."""
    overdue: bool
    """Whether his risks ought to have been assessed again."""


@dataclass(frozen=True, slots=True)
class Clashes:
    """A week that cannot be, and the one move that makes one of it."""

    monday: str
    user: str
    as_of: str
    meeting: str
    agent: str
    days: int
    mended: str
    """A moment at which the week is planned."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A safety call that was not made, and who answered the alarm."""

    officer: str
    user: str
    due: str
    by: str
    answered: str


@dataclass(frozen=True, slots=True)
class Logged:
    """The log of an operation at a moment."""

    operation: str
    user: str
    as_of: str
    lines: int
    devices: int
    loose: int
    """Lines for which no authority was live."""
    bystanders: int
    gone: int
    """Lines whose words are kept no more, once the story is over: no look at an earlier day brings them back."""


@dataclass(frozen=True, slots=True)
class MayKnow:
    """What there is for an officer, at the end of the story."""

    user: str
    agents: tuple[str, ...]
    operations: tuple[str, ...]
    authorities: int
    turns: int
    """Of the duty line."""
    dilemmas: int
    colleagues: tuple[str, ...]
    """Whose staff files, by how they sign in."""


@dataclass(frozen=True, slots=True)
class Departments:
    """Everything that the key asks of the departments."""

    drifted: tuple[Drifted, ...] = ()
    stands: tuple[Stands, ...] = ()
    kept: tuple[Kept, ...] = ()
    clashes: tuple[Clashes, ...] = ()
    missed: tuple[Missed, ...] = ()
    logged: tuple[Logged, ...] = ()
    may_know: tuple[MayKnow, ...] = ()
    oversight: tuple[tuple[str, int], ...] = ()
    """Kinds of entries that are told to oversight alone, and how many of each."""


def read_departments(found: Mapping[str, object], file: str) -> Departments:
    """What the table `departments` asks; nothing, if it is empty.

    Raises:
        BadInputError: naming the file, the list and the field, if something is missing or not of its kind.
    """
    return Departments(
        tuple(_drifted(each) for each in answers(found, "drifted", file)),
        tuple(_stands(each) for each in answers(found, "stands", file)),
        tuple(_kept(each) for each in answers(found, "kept", file)),
        tuple(_clashes(each) for each in answers(found, "clashes", file)),
        tuple(_missed(each) for each in answers(found, "missed", file)),
        tuple(_logged(each) for each in answers(found, "logged", file)),
        tuple(_may_know(each) for each in answers(found, "may_know", file)),
        tuple((each.text("kind"), each.whole("times")) for each in answers(found, "oversight", file)),
    )


def _drifted(found: Answer) -> Drifted:
    quiet, alarms, as_of = found.text("quiet"), found.text("alarms"), found.text("as_of")
    return Drifted(found.text("agent"), found.text("user"), quiet, alarms, as_of, found.whole("contacts"))


def _stands(found: Answer) -> Stands:
    about = found.text("noun"), found.text("about"), found.text("kind")
    return Stands(*about, found.text("user"), found.text("as_of"), found.text("standing"))


def _kept(found: Answer) -> Kept:
    who = found.text("agent"), found.text("user"), found.text("as_of"), found.text("status")
    return Kept(*who, found.texts("lacks"), found.text("overdue") == "yes")


def _clashes(found: Answer) -> Clashes:
    week = found.text("monday"), found.text("user"), found.text("as_of")
    return Clashes(*week, found.text("meeting"), found.text("agent"), found.whole("days"), found.text("mended"))


def _missed(found: Answer) -> Missed:
    who = found.text("officer"), found.text("user")
    return Missed(*who, found.text("due"), found.text("by"), found.text("answered"))


def _logged(found: Answer) -> Logged:
    which = found.text("operation"), found.text("user"), found.text("as_of")
    counts = found.whole("lines"), found.whole("devices"), found.whole("loose")
    return Logged(*which, *counts, found.whole("bystanders"), found.whole("gone"))


def _may_know(found: Answer) -> MayKnow:
    counts = found.whole("authorities"), found.whole("turns"), found.whole("dilemmas")
    known = found.texts("agents"), found.texts("operations")
    return MayKnow(found.text("user"), *known, *counts, found.texts("colleagues"))

"""What an inspector sees of the reads of everybody: who, when, what kind of question. His own are logged apart.

The audit repeats the words of a question, so that an overseer with the whole log can see who asked about whom. On the
desk's pages an inspector sees the structure alone: with the words he would see more than his label lets him.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from leconfield.ledger.audit import Act, Read, parse_leaf
from leconfield.ledger.model import Reader

TOKEN: Final = "OVERSIGHT"  # noqa: S105 - a word of a label
"""What an inspector holds."""
ROLE: Final = "inspector"
LOG: Final = "oversight.db"
"""The file of the log of inspectors' own reads, beside the desk's."""


PRIVATE: Final = "dilemma"
"""What is between a handler, his controller and the counsellor alone begins so: it is never counted."""


@dataclass(frozen=True, slots=True)
class Access:
    """One read or act, without what it was about."""

    time: str
    actor: str
    what: str
    """The kind of question, or of entry."""
    acted: bool


@dataclass(frozen=True, slots=True)
class Accesses:
    """Everything that one officer did on one day, by kind."""

    day: str
    actor: str
    reads: int
    acts: int
    kinds: tuple[tuple[str, int], ...]
    """What he asked for or did, the most frequent first."""


def inspects(reader: Reader) -> bool:
    """Whether somebody inspects: by role and by what he holds."""
    return ROLE in reader.roles and TOKEN in reader.tokens


def accesses(leaves: Iterable[bytes]) -> Iterator[Access]:
    """The structure of an audit log, in order, without what is `PRIVATE`.

    Raises:
        DamagedError: if a leaf is none.
    """
    for leaf in leaves:
        found = parse_leaf(leaf)
        what = found.action if isinstance(found, Read) else found.kind
        if not what.startswith(PRIVATE):
            yield Access(found.time, found.actor, what, acted=isinstance(found, Act))


def by_day(found: Iterable[Access]) -> tuple[Accesses, ...]:
    """Accesses counted by day and officer, the newest day first."""
    counted: dict[tuple[str, str], Counter[tuple[str, bool]]] = {}
    for each in found:
        counted.setdefault((each.time[: len("2026-03-05")], each.actor), Counter())[each.what, each.acted] += 1
    return tuple(
        Accesses(
            day,
            actor,
            sum(count for (_, acted), count in kinds.items() if not acted),
            sum(count for (_, acted), count in kinds.items() if acted),
            tuple((what, count) for (what, _), count in sorted(kinds.items(), key=lambda each: (-each[1], each[0]))),
        )
        for (day, actor), kinds in sorted(counted.items(), key=lambda each: (each[0][0], each[0][1]), reverse=True)
    )

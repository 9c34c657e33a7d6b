"""What an inspector sees of the reads of everybody: who, when, what kind of question. His own are logged apart.

The audit repeats the words of a question, so that an overseer with the whole log can see who asked about whom. On the
desk's pages an inspector sees the structure alone: with the words he would see more than his label lets him.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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


def access(leaf: bytes) -> Access | None:
    """The structure of one leaf of an audit log; None for what is `PRIVATE`.

    Raises:
        DamagedError: if it is none.
    """
    found = parse_leaf(leaf)
    what = found.action if isinstance(found, Read) else found.kind
    return None if what.startswith(PRIVATE) else Access(found.time, found.actor, what, acted=isinstance(found, Act))


class Counts:
    """Accesses counted by day and officer, as far as an audit log was read; what was counted is not read again."""

    def __init__(self) -> None:
        self.leaves = 0
        """How many leaves of the log were read."""
        self._counted: dict[tuple[str, str], Counter[tuple[str, bool]]] = {}

    def read_on(self, leaves: Iterable[bytes]) -> None:
        """Count the leaves from place `leaves` on.

        Raises:
            DamagedError: if a leaf is none.
        """
        for leaf in leaves:
            each = access(leaf)
            self.leaves += 1
            if each is not None:
                day = each.time[: len("2026-03-05")]
                self._counted.setdefault((day, each.actor), Counter())[each.what, each.acted] += 1

    def by_day(self) -> tuple[Accesses, ...]:
        """What was counted, the newest day first."""
        ordered = sorted(self._counted.items(), key=lambda each: each[0], reverse=True)
        return tuple(_accesses(day, actor, kinds) for (day, actor), kinds in ordered)


def _accesses(day: str, actor: str, kinds: Counter[tuple[str, bool]]) -> Accesses:
    acts = sum(count for (_, acted), count in kinds.items() if acted)
    ordered = sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
    return Accesses(day, actor, kinds.total() - acts, acts, tuple((what, count) for (what, _), count in ordered))

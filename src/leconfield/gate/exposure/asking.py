"""How often somebody asks: whether a draft may go on is one bit, and a bit that can be had again and again is many.

A pure function of what the asker himself did and was told, so that the answer "no more today" tells him nothing new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.gate.exposure.profile import Profile
from leconfield.ledger.model import Entry
from leconfield.ledger.world import Folded

CHECKED: Final = "draft checked"
"""Kind of entry, under the asker's own label: what he was told."""
ANEW: Final = "gate count begun anew"
"""Kind of entry, by the gate, about an asker: an owner has looked, and what he asked before counts no more."""
OFTEN: Final = "gate asked too often"
"""Kind of entry, by the gate, for the owners, about an asker: he is refused until one of them looks."""
GATE: Final = "gate"
"""The name of the gate itself."""
MOST_WORDS: Final = 3000
"""Words of a refused draft that are kept to compare others with."""
_WINDOW: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A full check that somebody asked for."""

    at: str
    digest: str
    words: tuple[str, ...]
    """Of a draft that was refused, without saying why, its words in order of the alphabet; else none."""


def too_often(asked: Sequence[Asked], words: str, now: str, profile: Profile) -> bool:
    """Whether one more answer is too many: so many in a day, or so many refused of drafts that are nearly this one."""
    since = (datetime.fromisoformat(now) - _WINDOW).isoformat()
    recent = [each for each in asked if datetime.fromisoformat(each.at).isoformat() >= since]
    if len(recent) >= profile.checks_a_day:
        return True
    own = sketch_of(words)
    refused = {each.digest: each for each in recent if each.words}
    near = [each for each in refused.values() if 0 < apart(each.words, own) <= profile.near_words]
    return len(near) >= profile.near_a_day


def apart(one: Iterable[str], other: Iterable[str]) -> int:
    """How many words stand in one of the two and not in the other, each as often as it does."""
    first, second = Counter(one), Counter(other)
    return max((first - second).total(), (second - first).total())


def sketch_of(words: str) -> tuple[str, ...]:
    """A draft as it is compared with others: its words in small letters, in order of the alphabet."""
    return tuple(sorted(words.casefold().split()[:MOST_WORDS]))


class Asking(Folded):
    """The full checks that a world knows of, by who asked (a `Derived`)."""

    def __init__(self) -> None:
        self._by_asker: dict[str, list[Asked]] = defaultdict(list)

    def by(self, asker: str) -> tuple[Asked, ...]:
        """Those that count, the oldest first."""
        return tuple(self._by_asker.get(asker, ()))

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == CHECKED:
                words = tuple(each.body.get("refused", "").split())
                self._by_asker[each.by].append(Asked(each.at, each.about, words))
            elif each.kind == ANEW and each.by == GATE:
                self._by_asker.pop(each.about, None)

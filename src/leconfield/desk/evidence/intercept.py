"""What is intercept, or rests on it: by channel, by origin, by the same bytes or by copied words.

The contents of an intercept, and whatever would show that there was one, may not be used in court (Investigatory Powers
Act 2016, s. 56). Where it is not certain, a report counts as intercept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Self

from leconfield.ledger.model import Report, ReportId
from leconfield.ledger.world import Delta, World

RUN: Final = 8
"""Words of a run that nobody writes twice by chance."""
COPIED: Final = 0.5
"""Share of a report's runs that stand in an intercept from which on it is a copy."""
_WORDS: Final = re.compile(r"\w+")
_STEM: Final = "intercept"

Run = tuple[str, ...]


def is_intercept(channel: str) -> bool:
    """Whether that is the intercept channel, however it is written."""
    letters = unicodedata.normalize("NFKC", channel).casefold()
    return _STEM in "".join(each for each in letters if each.isalpha())


def runs_of(text: str) -> frozenset[Run]:
    """Every run of `RUN` words, whatever case and punctuation."""
    words = _WORDS.findall(text.casefold())
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


class Intercepted:
    """The intercept of a world (a `Derived`), and what of it stands in other reports."""

    def __init__(self) -> None:
        self._sources: set[str] = set()
        self._digests: set[str] = set()
        self._runs: set[Run] = set()
        self._copies: dict[ReportId, bool] = {}
        """Whether a report copies an intercept, as far as was asked since the last intercept came."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Look through the whole world."""
        found = cls()
        found._take(world.reports.values())
        return found

    def grow(self, _world: World, delta: Delta) -> None:
        """Look through the new reports."""
        self._take(delta.reports)

    def _take(self, reports: Iterable[Report]) -> None:
        for each in reports:
            if is_intercept(each.channel):
                self._sources.add(_squeezed(each.source))
                self._digests.add(each.digest)
                self._runs |= runs_of(each.text)
                self._copies.clear()

    def is_copy(self, digest: str) -> bool:
        """Whether these are the bytes of an intercept."""
        return digest in self._digests

    def quoted(self, text: str) -> bool:
        """Whether a run of words of an intercept stands in the text."""
        return bool(self._runs) and not self._runs.isdisjoint(runs_of(text))

    def holds(self, report: Report) -> bool:
        """Whether the report is intercept, passes it on (its origin is an intercepting source), or copies it."""
        passed_on = bool(report.origin) and _squeezed(report.origin) in self._sources
        return is_intercept(report.channel) or passed_on or self.is_copy(report.digest) or self._repeats(report)

    def _repeats(self, report: Report) -> bool:
        """Whether so much of the text stands in intercepts that it is a copy; looked up once for each report."""
        if report.id not in self._copies:
            runs = runs_of(report.text) if self._runs else frozenset()
            self._copies[report.id] = bool(runs) and len(runs & self._runs) >= COPIED * len(runs)
        return self._copies[report.id]


def intercept_among(world: World, reports: Iterable[str]) -> bool:
    """Whether any of the reports is intercept or rests on it; one that the world does not hold counts as intercept."""
    known = [world.reports.get(ReportId(each)) for each in reports]
    intercepted = world.derived(Intercepted)
    return any(each is None or intercepted.holds(each) for each in known)


def _squeezed(words: str) -> str:
    return " ".join(_WORDS.findall(words.casefold()))

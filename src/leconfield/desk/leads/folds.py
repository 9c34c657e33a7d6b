"""Reports that are one telling: the same text twice, or what one origin told by several ways. Each counts once.

Two reports are folded when they came within `WINDOW` days of each other and are nearly the same text, or have the same
origin from different sources and name somebody in common. What is folded follows from the set of visible reports and
statements alone: any order of arrival gives the same folds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Self
from zlib import crc32

from leconfield.ledger.model import Report, ReportId, Statement
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES, PLACE
from leconfield.ledger.world import Delta, World

WINDOW: Final = 30
"""Days between two reports that are folded; what is told again much later is news, if only that it is told again."""
ALIKE: Final = 0.6
"""Share of the runs of words of the longer text that the other must have."""
_RUN: Final = 4
"""Words of a run."""
_ONE_IN: Final = 4
"""One run in so many is looked at, chosen by its own hash: enough to tell, a quarter of the work."""
_LEAST_RUNS: Final = 8
"""A text with fewer has to be the same word by word."""
_LEAST_WORDS: Final = 5
"""A text of fewer words is folded with nothing: "nothing to report" is said every night."""
_WORDS: Final = re.compile(r"\w+")

Fold = tuple[ReportId, ...]


class Folds:
    """The reports of a world, each with those that are the same telling."""

    def __init__(self) -> None:
        self._fold_of: dict[ReportId, list[Report]] = {}
        self._by_text: dict[str, list[Report]] = defaultdict(list)
        self._by_run: dict[int, list[Report]] = defaultdict(list)
        self._runs: dict[ReportId, frozenset[int]] = {}
        self._by_origin: dict[str, list[Report]] = defaultdict(list)
        self._named: dict[ReportId, set[str]] = defaultdict(set)
        self.touched: set[ReportId] = set()
        """Reports whose fold is another since this last grew."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold the whole world."""
        folds = cls()
        folds._take(world, world.reports.values(), world.statements.values())
        return folds

    def grow(self, world: World, delta: Delta) -> None:
        """Fold new reports with those they repeat; new statements may show that two have one origin."""
        self._take(world, delta.reports, delta.statements)

    def fold_of(self, report: ReportId) -> Fold:
        """The reports that are the same telling as this one, itself among them, the oldest first."""
        together = self._fold_of.get(report, [])
        return tuple(each.id for each in sorted(together, key=_age))

    def folds(self) -> list[Fold]:
        """Every fold once, those with the oldest report first."""
        once = {id(each): each for each in self._fold_of.values()}.values()
        return [self.fold_of(each[0].id) for each in sorted(once, key=lambda each: min(map(_age, each)))]

    def _take(self, world: World, reports: Iterable[Report], statements: Iterable[Statement]) -> None:
        self.touched = set()
        again: dict[ReportId, Report] = {}
        for each in reports:
            self._fold_of[each.id] = [each]
            self.touched.add(each.id)
            self._with_like_texts(each)
            if each.origin:
                self._by_origin[_squeezed(each.origin)].append(each)
                again[each.id] = each
        for said in statements:
            if name := _name_in(said):
                self._named[said.report].add(name)
                report = world.reports.get(said.report)
                if report is not None and report.origin:
                    again[report.id] = report
        for each in again.values():
            self._with_same_origin(each)

    def _with_like_texts(self, report: Report) -> None:
        words = _WORDS.findall(report.text.casefold())
        if len(words) < _LEAST_WORDS:
            return
        runs = self._runs[report.id] = _runs_of(words)
        same = self._by_text[" ".join(words)]
        alike = [*same, *self._like(runs)]
        same.append(report)
        for run in runs:
            self._by_run[run].append(report)
        for other in alike:
            self._join(report, other)

    def _like(self, runs: frozenset[int]) -> Iterable[Report]:
        shared: Counter[ReportId] = Counter()
        reports: dict[ReportId, Report] = {}
        for run in runs:
            for other in self._by_run.get(run, ()):
                shared[other.id] += 1
                reports[other.id] = other
        for which, count in shared.items():
            if count >= ALIKE * max(len(runs), len(self._runs[which])):
                yield reports[which]

    def _with_same_origin(self, report: Report) -> None:
        named = self._named[report.id]
        for other in self._by_origin[_squeezed(report.origin)]:
            if other.source != report.source and named & self._named[other.id]:
                self._join(report, other)

    def _join(self, one: Report, other: Report) -> None:
        left, right = self._fold_of[one.id], self._fold_of[other.id]
        if left is right or not _near(one, other):
            return
        if len(left) < len(right):
            left, right = right, left
        left.extend(right)
        for each in right:
            self._fold_of[each.id] = left
        self.touched.update(each.id for each in left)


def _age(report: Report) -> tuple[str, str]:
    return report.learnt, report.id


def _near(one: Report, other: Report) -> bool:
    gap = datetime.fromisoformat(one.learnt) - datetime.fromisoformat(other.learnt)
    return abs(gap.total_seconds()) <= WINDOW * 86_400


def _runs_of(words: list[str]) -> frozenset[int]:
    hashes = (crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1))
    runs = frozenset(each for each in hashes if each % _ONE_IN == 0)
    return runs if len(runs) >= _LEAST_RUNS else frozenset()


def _squeezed(words: str) -> str:
    return " ".join(_WORDS.findall(words.casefold()))


def _name_in(statement: Statement) -> str:
    """What a statement names so that two reports that name it speak of the same: a whole name, or an identifier."""
    if statement.prop in IDENTIFIERS:
        return _squeezed(statement.value)
    if statement.prop in NAMES and statement.schema != PLACE:
        name = _squeezed(statement.value)
        return name if " " in name else ""
    return ""

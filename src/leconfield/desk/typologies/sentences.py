"""The sentences of a world's reports as typologies may read them: without names, without protected words.

Names are known by where they were read in the report: they are covered before the text is cut into sentences, so that
neither what somebody is called nor how his name is written changes a word of what is left.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from leconfield.desk.typologies.words import scorable_words
from leconfield.ledger.model import Report, ReportId, Statement
from leconfield.ledger.vocabulary import NAMES, ORGANISATION, PERSON, PLACE, THING
from leconfield.ledger.world import Delta, World

_END: Final = re.compile(r"[.!?]+(?=[\s\"'”’)\]]|$)|\n\s*\n")
_COVER: Final = "\x01"
"""Stands for each letter that is covered; it ends no word and no sentence."""
_SLACK: Final = 8
"""Characters by which a name in a text may be longer than twice the name recorded: titles, blanks, a broken line."""
NAMED: Final = frozenset({PERSON, ORGANISATION, PLACE, THING})
"""Whose names say something of a person; that of a weapon says what it is."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one report, in order."""

    starts: tuple[int, ...]
    words: tuple[str, ...]

    def at(self, start: int) -> tuple[int, str]:
        """The number of the sentence in which a character stands, and its words."""
        place = bisect_right(self.starts, start) - 1
        return place, self.words[place]


def sentences_of(report: Report, said: Iterable[Statement]) -> Sentences:
    """The report's text, cut and cleaned; `said` is everything read in it."""
    covered = list(report.text)
    for each in said:
        if each.prop in NAMES and each.schema in NAMED and _is_the_name(each):
            end = min(each.end, len(covered))
            covered[each.start : end] = _COVER * max(end - each.start, 0)
    text = "".join(covered)
    ends = [found.end() for found in _END.finditer(text)]
    cuts = [0, *(each for each in ends if each < len(text))]
    pieces = [text[left:right] for left, right in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return Sentences(tuple(cuts), tuple(scorable_words(each.replace(_COVER, " ")) for each in pieces))


def _is_the_name(said: Statement) -> bool:
    """Whether its span is the name itself: an officer's quote is often the whole sentence, and stays."""
    return said.start >= 0 and said.end - said.start <= 2 * len(said.value) + _SLACK


class CleanTexts:
    """The sentences of reports (a `Derived`), cut when they are first asked for."""

    def __init__(self) -> None:
        self._cut: dict[ReportId, Sentences] = {}

    @classmethod
    def of(cls, _world: World) -> Self:
        """Nothing is cut until it is asked for."""
        return cls()

    def grow(self, _world: World, delta: Delta) -> None:
        """Forget the reports of which something new was said: it may be a name."""
        for each in {each.report for each in delta.statements} | {each.id for each in delta.reports}:
            self._cut.pop(each, None)

    def of_report(self, world: World, report: ReportId) -> Sentences | None:
        """The sentences of a report; None if the world does not hold it."""
        found = world.reports.get(report)
        if found is None:
            return None
        if report not in self._cut:
            self._cut[report] = sentences_of(found, world.by_report.get(report, ()))
        return self._cut[report]

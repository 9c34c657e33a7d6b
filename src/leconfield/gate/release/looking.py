"""The live verdict on words that are being written: what follows from the writer's own view. It keeps nothing.

Each sentence has its place in the text as it stands in the editor. A text with alternatives is read with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from leconfield.gate.exposure import checking
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure.model import SentenceVerdict, Text, Verdict, gravity, worst
from leconfield.gate.release.judging import audience_for, planned
from leconfield.gate.release.model import NOTHING, Aside, Colour
from leconfield.ledger.view import View

MOST_LOOKED_AT: Final = 100_000
"""Characters that are looked at while one writes; all of them are when the gate is asked."""
_PLACE: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_JOIN: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is being written, and for whom."""

    words: str
    audience: str
    day: str
    """On which it is to be said (ISO)."""
    title: str = ""
    aside: Aside = NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, where it stands, and how."""

    verdict: SentenceVerdict
    start: int
    """Where it begins in the text (characters); 0 if it is in the title."""
    end: int
    in_title: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """How the whole stands, and each sentence of it."""

    colour: Colour
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    """Of the whole."""


def looked(view: View, wanted: Wanted) -> Looked:
    """How what is being written stands in the view of whoever writes it."""
    words = wanted.words[:MOST_LOOKED_AT]
    head = f"{wanted.title.strip()}{_JOIN}" if wanted.title.strip() else ""
    verdicts = [_checked(view, wanted, head + each) for each in readings(words)]
    lines = tuple(_line(each, len(head), head + words) for each in _worst_of(verdicts))
    reasons = tuple(dict.fromkeys(reason.words for each in verdicts for reason in each.reasons))
    return Looked(worst(*(each.colour for each in verdicts)), lines, reasons)


def readings(text: str) -> Iterator[str]:
    """The text with one alternative at each place, filled up with blanks so that every sentence keeps its place."""
    turns = max((each[1].count("|") + 1 for each in _PLACE.finditer(text)), default=1)
    for turn in range(min(turns, 8)):
        yield _PLACE.sub(lambda found, turn=turn: _one(found[1], turn).ljust(len(found[0])), text)


def _one(written: str, turn: int) -> str:
    ways = written.split("|")
    return ways[min(turn, len(ways) - 1)].strip()


def _checked(view: View, wanted: Wanted, words: str) -> Verdict:
    text = Text(words, wanted.day, "", planned(wanted.aside, wanted.day), wanted.aside.persona)
    return checking.check(view.world, text, asking.shipped(), audience_for(wanted.audience, wanted.aside))


def _worst_of(verdicts: list[Verdict]) -> list[SentenceVerdict]:
    """Of each sentence the worst reading, with the reasons of all."""
    first, *others = verdicts
    found = {each.start: each for each in first.sentences}
    for each in (one for verdict in others for one in verdict.sentences):
        known = found.get(each.start, each)
        graver = each if gravity(each.colour) > gravity(known.colour) else known
        found[each.start] = replace(graver, reasons=tuple(dict.fromkeys((*known.reasons, *each.reasons))))
    return [found[start] for start in sorted(found)]


def _line(verdict: SentenceVerdict, head: int, words: str) -> Line:
    """The sentence as it is written, alternatives and all."""
    in_title = verdict.start < head
    written = replace(verdict, text=words[verdict.start : verdict.end].strip())
    if in_title:
        return Line(written, 0, 0, in_title)
    return Line(written, verdict.start - head, verdict.end - head, in_title)

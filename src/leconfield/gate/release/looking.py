"""The live verdict on words that are being written: what follows from the writer's own view. It keeps nothing.

Each sentence has its place in the text as it stands in the editor. A text with alternatives is read with each of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from leconfield.gate.exposure import checking
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure.model import Offer, SentenceVerdict, Text, Verdict, gravity, worst
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
    posted: str = ""
    """The moment at which it will be, if that is known."""
    title: str = ""
    aside: Aside = NOTHING


@dataclass(frozen=True, slots=True)
class Change:
    """What one press on an offer changes: characters `start` to `end` become `words`; or it waits until a day."""

    how: str
    colour: Colour
    start: int
    end: int
    words: str
    until: str = ""

    def made(self, text: str) -> str:
        """The text once it is changed so."""
        if self.until:
            return text
        rest = text[self.end :]
        return text[: self.start] + (self.words or "") + (rest if self.words else rest.lstrip(" "))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, where it stands, and how."""

    verdict: SentenceVerdict
    field: str
    """`title` or `text`: in which of the two it stands, and its changes are made."""
    start: int
    """Where it begins there (characters)."""
    end: int
    changes: tuple[Change, ...] = ()


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
    lines = _lines(_worst_of(verdicts), len(head), head + words)
    reasons = tuple(dict.fromkeys(reason.words for each in verdicts for reason in each.reasons))
    return Looked(worst(*(each.colour for each in verdicts)), lines, reasons)


def readings(text: str) -> Iterator[str]:
    """The text with one alternative at each place, filled up with blanks so that every sentence keeps its place."""
    turns = max((each[1].count("|") + 1 for each in _PLACE.finditer(text)), default=1)
    for turn in range(min(turns, 8)):
        yield _PLACE.sub(partial(_one, turn), text)


def _one(turn: int, place: re.Match[str]) -> str:
    ways = place[1].split("|")
    return ways[min(turn, len(ways) - 1)].strip().ljust(len(place[0]))


def _checked(view: View, wanted: Wanted, words: str) -> Verdict:
    text = Text(words, wanted.day, "", planned(wanted.aside, wanted.day), wanted.aside.persona, wanted.posted)
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


def _lines(verdicts: list[SentenceVerdict], head: int, words: str) -> tuple[Line, ...]:
    """The sentences as they are written, alternatives and all, each with what can be said instead."""
    found = []
    for each, following in itertools.zip_longest(verdicts, verdicts[1:]):
        in_title = each.start < head
        moved = 0 if in_title else head
        written = replace(each, text=words[each.start : each.end].strip())
        last = following.end if following else each.end
        changes = tuple(
            Change(one.how, one.colour, each.start - moved, _end(one, each.end, last) - moved, one.words, one.until)
            for one in each.offers
            if not (in_title and one.how == "merge")
        )
        found.append(Line(written, "title" if in_title else "text", each.start - moved, each.end - moved, changes))
    return tuple(found)


def _end(offer: Offer, end: int, following: int) -> int:
    return following if offer.how == "merge" else end

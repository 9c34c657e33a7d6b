"""How a report is laid out for reading: its text cut into pieces, with mentions, cues and what one came for marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from leconfield.web.values import Piece


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be marked in a text: a mention (`kind`, a schema), a cue, or the words one came for (`lit`)."""

    start: int
    end: int
    kind: str = ""
    url: str = ""
    cue: str = ""
    lit: bool = False


def pieces(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """The text from `start` to `end`, cut wherever a mark begins or ends. Of mentions that cross, the longer stays."""
    end = len(text) if end is None else end
    fitting = [mark for mark in marks if start <= mark.start < mark.end <= end]
    mentions = _apart([mark for mark in fitting if mark.kind])
    others = [mark for mark in fitting if not mark.kind]
    cuts = sorted({start, end, *(at for mark in (*mentions, *others) for at in (mark.start, mark.end))})
    made = []
    for left, right in pairwise(cuts):
        over = [mark for mark in others if mark.start <= left and right <= mark.end]
        mention = next((mark for mark in mentions if mark.start <= left and right <= mark.end), None)
        made.append(
            Piece(
                text[left:right],
                kind=mention.kind if mention else "",
                url=mention.url if mention else "",
                lit=any(mark.lit for mark in over),
                cue=next((mark.cue for mark in over if mark.cue), ""),
            )
        )
    return tuple(made)


def _apart(mentions: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(mentions, key=lambda each: (each.start - each.end, each.start, each.url)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda each: each.start)


def sentence_around(text: str, start: int, end: int, reach: int = 220) -> tuple[int, int]:
    """Where the sentence around a span begins and ends; at most `reach` characters to either side."""
    earliest = max(0, start - reach)
    begins = [at + len(mark) for mark in (". ", "\n") if (at := text.rfind(mark, earliest, start)) >= 0]
    ends = [at + 1 for mark in (". ", ".\n", "\n") if (at := text.find(mark, end, end + reach)) >= 0]
    return max(begins, default=earliest), min(ends, default=min(len(text), end + reach))

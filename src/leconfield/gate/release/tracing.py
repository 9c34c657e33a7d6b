"""Which copy did a leaked text come from? Reads back, place by place, which alternative it has, and names the copy.

The text may be a part, retyped, re-cased, quoted with other words around it. A place is read only where the words on
both sides or the alternative itself make it clear; otherwise it is left out, which names fewer and accuses nobody
falsely.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from leconfield.gate.release.codes import Match, matches
from leconfield.gate.release.marks import Marked
from leconfield.gate.release.model import Copy

MAX_LEAK: Final = 2_000_000
"""Characters of a leaked text that are looked at."""
_AROUND: Final = 6
"""Words on each side of a place that are looked for with it."""
_FOUND: Final = 75.0
"""How well (0 to 100) a place with its surroundings must be found."""
_LEAST: Final = 60.0
"""How well an alternative must fit what stands between them."""
_MARGIN: Final = 15.0
"""How much better it must fit than the next."""
_SLACK: Final = 12
"""Characters around what was found that are looked at, too."""
_PART: Final = 0.6
"""How much of a place with its surroundings a text must be long enough to hold."""


@dataclass(frozen=True, slots=True)
class Traced:
    """What a leaked text tells."""

    places: int
    leaked: tuple[int | None, ...]
    """Which alternative was read at each place; None: it could not be."""
    matches: tuple[Match, ...]
    """Every copy, the likeliest first."""

    @property
    def read(self) -> int:
        """How many places could be read."""
        return sum(each is not None for each in self.leaked)

    def words(self, one_in: int) -> str:
        """What may be said, for whoever looks into it."""
        named = [each for each in self.matches if each.named(one_in)]
        head = f"{self.read} of {self.places} places could be read"
        if not named:
            return f"{head}; that names no copy (a false one would be named more often than once in {one_in:,} leaks)"
        who = "; ".join(f"{each.recipient}: {each.agreed} of {each.read} agree" for each in named)
        odds = max(each.chance for each in named)
        chance = f"if none of these copies had leaked, it would agree so far with a chance of {odds:.1e}"
        return f"{head}. {who}; {chance}. It names a copy, not who passed it on"


def traced(marked: Sequence[Marked], copies: Sequence[Copy], leak: str) -> Traced:
    """What a leaked text tells of the copies that were made of these texts, in the order of their members' names."""
    words = _words(leak[:MAX_LEAK])
    leaked = tuple(choice for each in marked for choice in read_back(each, words))
    counts = [len(place) for each in marked for place in each.places]
    rows = {each.recipient: each.choices for each in copies if len(each.choices) == len(counts)}
    return Traced(len(counts), leaked, matches(leaked, counts, rows))


def read_back(marked: Marked, words: Sequence[str]) -> list[int | None]:
    """Which alternative the words have at each place of a text."""
    text = " ".join(words)
    return (
        [_read_place(marked, place, text) for place in range(len(marked.places))]
        if text
        else [None] * len(marked.places)
    )


def _read_place(marked: Marked, place: int, text: str) -> int | None:
    alternatives = [" ".join(_words(each)) for each in marked.places[place]]
    found = _between(_before(marked, place), _behind(marked, place), alternatives, text)
    if found is None:
        return None
    scored = sorted(((fuzz.ratio(each, found), choice) for choice, each in enumerate(alternatives)), reverse=True)
    (best, choice), (second, _) = scored[0], scored[1]
    return choice if best >= _LEAST and best - second >= _MARGIN else None


def _before(marked: Marked, place: int) -> list[str]:
    """The words before a place; where another place stands there, each way in which it may read."""
    if (words := _words(marked.fixed[place])) or place == 0:
        return [" ".join(words[-_AROUND:])]
    earlier = _words(marked.fixed[place - 1])
    return [" ".join((*earlier, *_words(each))[-_AROUND:]) for each in marked.places[place - 1]]


def _behind(marked: Marked, place: int) -> list[str]:
    """The words behind a place, likewise."""
    if (words := _words(marked.fixed[place + 1])) or place + 1 == len(marked.places):
        return [" ".join(words[:_AROUND])]
    later = _words(marked.fixed[place + 2])
    return [" ".join((*_words(each), *later)[:_AROUND]) for each in marked.places[place + 1]]


def _between(befores: Sequence[str], behinds: Sequence[str], alternatives: Sequence[str], text: str) -> str | None:
    """What stands at the place, where its surroundings fit the text best; None if they do not fit it."""
    best, found = 0.0, None
    for before, each, behind in itertools.product(befores, alternatives, behinds):
        wanted = " ".join(part for part in (before, each, behind) if part)
        hit = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=max(_FOUND, best))
        if hit is not None and hit.score > best and len(text) >= len(wanted) * _PART:
            region = text[max(hit.dest_start - _SLACK, 0) : hit.dest_end + _SLACK]
            best, found = hit.score, _cut(before, behind, region)
    return found


def _cut(before: str, behind: str, region: str) -> str:
    """What stands between the words on both sides; to the region's end where there are none on a side."""
    start = fuzz.partial_ratio_alignment(before, region) if before else None
    begins = start.dest_end if start else 0
    rest = region[begins:]
    end = fuzz.partial_ratio_alignment(behind, rest) if behind and rest else None
    return rest[: end.dest_start].strip() if end else rest.strip()


def _words(text: str) -> list[str]:
    """Words as they are compared: no capitals, points, accents or invisible characters."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[^\W_]+", "".join(each for each in flat if unicodedata.category(each) not in ("Mn", "Cf")))

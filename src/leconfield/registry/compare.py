"""Comparing two names part by part, with the reason for each pair in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from leconfield.registry.facts import facts
from leconfield.registry.names import Name, Part, part_of

INITIAL: Final = "initial"
_SAME_LETTERS: Final = 0.98
_EXTRA: Final = 0.15
"""What each part that only the longer name has takes off a full score."""
_ONE_PART_ONLY: Final = 0.6
"""The most that agreement on a single part can score while one side has more of them."""


@dataclass(frozen=True, slots=True)
class PartMatch:
    """Two parts that agree, how well (0 to 1), what that is worth in bits, and why in words."""

    left: str
    right: str
    score: float
    bits: float
    why: str

    @property
    def words(self) -> str:
        """`Bill ~ William: nickname`."""
        left, right = self.left.title(), self.right.title()
        return f"{left} ~ {right}: {self.why}" if left != right else f"{left}: {self.why}"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How well two names agree (0 to 1), part by part; `bits` is the evidence, against chance agreement."""

    score: float
    bits: float
    parts: tuple[PartMatch, ...]
    only_left: tuple[str, ...] = ()
    only_right: tuple[str, ...] = ()
    swap_cost: float = 0.0
    """Bits lost by the parts standing in another order; 0: they do not."""


def compare_names(left: Name, right: Name) -> NameMatch:
    """The best pairing of the parts of two names.

    Symmetric but for the order of what is shown. Parts may be in any order, spelling, script or abbreviation.
    """
    pairs, rest_left, rest_right = _align(left.parts, right.parts)
    if not pairs:
        return NameMatch(0.0, 0.0, (), _texts(left.parts), _texts(right.parts))
    pairs.sort(key=lambda pair: pair[:2])
    matches = tuple(match for _, _, match in pairs)
    swapped = any(before[1] > after[1] for before, after in pairwise(pairs))
    share, cost = _swap_cost(left, right) if swapped else (1.0, 0.0)
    score = _score(matches, len(rest_left), len(rest_right)) * share
    bits = sum(match.bits for match in matches) - _disagreement(rest_left, rest_right) - cost
    return NameMatch(score, bits, matches, _texts(rest_left), _texts(rest_right), cost)


def _swap_cost(left: Name, right: Name) -> tuple[float, float]:
    """What another order leaves of the score, and costs in bits: much where the order says who is whose father."""
    return (0.7, 12.0) if left.patronymic or right.patronymic else (0.97, 2.0)


def _texts(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(part.text for part in parts)


def _score(matches: tuple[PartMatch, ...], only_left: int, only_right: int) -> float:
    """Matched share of the shorter name, less a little for what only the longer one says."""
    both = min(only_left, only_right)
    extra = max(only_left, only_right) - both
    score = sum(match.score for match in matches) / (len(matches) + both + _EXTRA * extra)
    single = len(matches) == 1 and (only_left or only_right)
    return min(score, _ONE_PART_ONLY) if single else score


def _disagreement(left: list[Part], right: list[Part]) -> float:
    """Bits against: a part missing on one side costs little, two parts that contradict each other cost much."""
    both = min(len(left), len(right))
    return 12.0 * both + 1.5 * (max(len(left), len(right)) - both)


_Pair = tuple[int, int, PartMatch]


def _align(left: tuple[Part, ...], right: tuple[Part, ...]) -> tuple[list[_Pair], list[Part], list[Part]]:
    """Pairs of places, and what is left over on each side: exact joins first, then the best pairs, then other joins."""
    free_left, free_right = set(range(len(left))), set(range(len(right)))
    pairs = _joins(left, right, free_left, free_right, exactly=True) if len(left) != len(right) else []
    options: list[tuple[float, int, int, int, PartMatch]] = []
    for i in free_left:
        for j in free_right:
            match = match_parts(left[i], right[j])
            if match:
                options.append((-match.score, abs(i - j), i, j, match))
    options.sort(key=lambda option: option[:4])
    for _, _, i, j, match in options:
        if i in free_left and j in free_right:
            free_left.discard(i)
            free_right.discard(j)
            pairs.append((i, j, match))
    pairs += _joins(left, right, free_left, free_right, exactly=False)
    return pairs, [left[i] for i in sorted(free_left)], [right[j] for j in sorted(free_right)]


def _joins(
    left: tuple[Part, ...], right: tuple[Part, ...], free_left: set[int], free_right: set[int], *, exactly: bool
) -> list[_Pair]:
    """Two neighbouring parts of either side that are one part of the other: `Abd Rahman` and `Abdulrahman`."""
    pairs = list(_written_apart(left, right, free_left, free_right, exactly=exactly))
    for j, i, match in _written_apart(right, left, free_right, free_left, exactly=exactly):
        pairs.append((i, j, PartMatch(match.right, match.left, match.score, match.bits, match.why)))
    return pairs


def _written_apart(
    apart: tuple[Part, ...], whole: tuple[Part, ...], free_apart: set[int], free_whole: set[int], *, exactly: bool
) -> Iterator[_Pair]:
    for first, second in pairwise(sorted(free_apart)):
        joined = part_of(apart[first].latin + apart[second].latin)
        for place in sorted(free_whole):
            if second != first + 1 or not {first, second} <= free_apart or place not in free_whole:
                continue
            match = match_parts(joined, whole[place])
            if match and (match.score >= _SAME_LETTERS or not exactly):
                free_apart -= {first, second}
                free_whole.discard(place)
                shown = f"{apart[first].text} {apart[second].text}"
                yield first, place, PartMatch(shown, whole[place].text, 0.95, match.bits, "written together")


@lru_cache(maxsize=1 << 17)
def match_parts(left: Part, right: Part) -> PartMatch | None:
    """How two parts agree; None if they do not."""
    common = min(left.bits, right.bits)

    def match(score: float, bits: float, why: str) -> PartMatch:
        return PartMatch(left.text, right.text, score, max(bits, 0.5), why)

    other_script = left.script != right.script
    if left.text == right.text:
        return match(1.0, common, "same")
    if left.latin == right.latin:
        return match(_SAME_LETTERS, common, "other script" if other_script else "same letters")
    if left.classes & right.classes:
        return match(0.95, common - 1, "other script" if other_script else "another spelling")
    if right.latin in facts().nicknames.get(left.latin, ()):
        return match(0.9, common - 2, "nickname")
    if left.initial or right.initial:
        return match(0.7, 3.0, INITIAL) if left.latin[:1] == right.latin[:1] else None
    found = _nearly(left.latin, right.latin, other_script=other_script)
    if found is None and left.skeleton == right.skeleton and len(left.skeleton) >= 3 and left.latin.isalpha():
        found = (0.75, 5.0, "other script, same consonants" if other_script else "same consonants")
    return match(found[0], common - found[1], found[2]) if found else None


def _nearly(left: str, right: str, *, other_script: bool) -> tuple[float, float, str] | None:
    """Score, bits lost and words for two spellings a letter or two apart; None if they are further."""
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < 3 or not (left.isalpha() and right.isalpha()):
        return None  # two numbers one digit apart are two numbers
    distance = OSA.distance(left, right, score_cutoff=2)
    if distance == 1 and len(shorter) >= 4:
        return 0.88, 3.0, "other script, one letter differs" if other_script else "one letter differs"
    if distance == 2 and len(shorter) >= 6:
        return 0.78, 5.0, "other script, two letters differ" if other_script else "two letters differ"
    if longer.startswith(shorter) and len(longer) - len(shorter) <= 6:
        return 0.72, 5.0, "short form"
    return None

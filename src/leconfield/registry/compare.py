"""Comparing two names part by part, with the reason for each pair in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from leconfield.ledger.vocabulary import PERSON
from leconfield.registry import likeness
from leconfield.registry.facts import facts
from leconfield.registry.names import Name, Part, parse_name
from leconfield.registry.scripts import LATIN
from leconfield.registry.transliteration import NO_READING, likely_spelling, surprise

_LEAST_SCORE: Final = 0.55
INITIAL: Final = "initial"


@dataclass(frozen=True, slots=True)
class PartMatch:
    """Two parts that agree, how well (0 to 1), what that is worth in bits, and why in words."""

    left: str
    right: str
    score: float
    bits: float
    why: str
    common: float = 0.0
    """Bits that agreement to the letter would be worth; 0 for initials."""
    lost: float = 0.0
    """Bits lost by another spelling."""
    way: int = likeness.AGREES
    """In which way; see `likeness.AGREES`."""

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
    probability: float = 0.0
    """That two bare names that agree so are one person's, or one organisation's; see `probability`."""

    @property
    def good_enough(self) -> bool:
        """Whether they agree so far that a trace may answer with the one for the other."""
        return self.score >= _LEAST_SCORE and self.bits > 0


_Pair = tuple[int, int, PartMatch]


def compare_names(left: Name, right: Name) -> NameMatch:
    """The best pairing of the parts of two names.

    Symmetric but for the order of what is shown. Parts may be in any order, spelling, script or abbreviation. The same
    comparison is compiled in `leconfield.registry.align`.
    """
    pairs, rest_left, rest_right = _align(left.parts, right.parts)
    if not pairs:
        return NameMatch(0.0, 0.0, (), _texts(left.parts), _texts(right.parts), probability=_by_acronym(left, right))
    pairs.sort(key=lambda pair: pair[:2])
    matches = tuple(match for _, _, match in pairs)
    swapped = any(before[1] > after[1] for before, after in pairwise(pairs))
    share, cost = _swap_cost(left, right) if swapped else (1.0, 0.0)
    score = _score(matches, len(rest_left), len(rest_right)) * share
    bits = sum(match.bits for match in matches) - _disagreement(rest_left, rest_right) - cost
    found = likeness.features(_pairing(left, right, pairs, cost))
    odds = likeness.log_odds(found, person=left.schema == PERSON)
    chance = max(likeness.logistic(odds), _by_acronym(left, right))
    return NameMatch(score, bits, matches, _texts(rest_left), _texts(rest_right), cost, chance)


def probability(left: str, right: str, schema: str = PERSON) -> float:
    """That two bare names are one person's (or organisation's), of pairs that somebody had reason to compare.

    Calibrated on aliases against near names of others; nothing else is known of either. 0 if a name is blank.
    """
    return compare_names(parse_name(left, schema), parse_name(right, schema)).probability


def features_of(left: Name, right: Name) -> likeness.Features | None:
    """What two names are judged by, as `likeness.FEATURES` lists it; None if no parts agree."""
    pairs = _align(left.parts, right.parts)[0]
    pairs.sort(key=lambda pair: pair[:2])
    swapped = any(before[1] > after[1] for before, after in pairwise(pairs))
    cost = _swap_cost(left, right)[1] if swapped else 0.0
    return likeness.features(_pairing(left, right, pairs, cost)) if pairs else None


def _by_acronym(left: Name, right: Name) -> float:
    """The probability that one name is the initials of the other's words; 0 for persons."""
    if left.schema == PERSON:
        return 0.0
    acronyms = ((left.acronym, right.initials), (right.acronym, left.initials))
    return likeness.ACRONYM if any(one and one == other for one, other in acronyms) else 0.0


def _pairing(left: Name, right: Name, pairs: list[_Pair], cost: float) -> likeness.Pairing:
    """How the names were paired, in numbers."""
    matches = [match for *_, match in pairs]
    ways = [sum(match.way == way for match in matches) for way in range(likeness.WAYS)]
    rest_left = _left_over(left.parts, {place for one, _, match in pairs for place in _places(one, match.left)})
    rest_right = _left_over(right.parts, {place for _, one, match in pairs for place in _places(one, match.right)})
    both = min(len(rest_left), len(rest_right))
    first, last = (
        (0 in rest_left, 0 in rest_right),
        (len(left.parts) - 1 in rest_left, len(right.parts) - 1 in rest_right),
    )
    parts_left, parts_right = [left.parts[place] for place in rest_left], [right.parts[place] for place in rest_right]
    numbers = [any(part.counts for part in parts) for parts in (parts_left, parts_right)]
    found = (
        sum(match.common for match in matches),
        sum(match.lost for match in matches),
        max(match.lost for match in matches),
        sum(part.bits for part in (*parts_left, *parts_right)),
        cost,
        len(matches),
        both,
        max(len(rest_left), len(rest_right)) - both,
        ways[likeness.BY_INITIAL],
        ways[likeness.BY_READING],
        ways[likeness.BY_NICKNAME],
        ways[likeness.BY_SPELLING],
        ways[likeness.TWINS],
        ways[likeness.BY_SOME],
        all(first),
        all(last),
        first[0] != first[1],
        last[0] != last[1],
        max((_nearness(one, other) for one in parts_left for other in parts_right), default=0.0),
        sum(numbers) / 2,
        bool(left.legal and right.legal and not left.legal & right.legal),
    )
    return likeness.Pairing(*map(float, found))


def _places(first: int, shown: str) -> range:
    """The places that a pair takes: two where parts are written together."""
    return range(first, first + 1 + shown.count(" "))


def _left_over(parts: tuple[Part, ...], taken: set[int]) -> list[int]:
    return [place for place in range(len(parts)) if place not in taken]


def _nearness(left: Part, right: Part) -> float:
    """How near two parts are that contradict each other: 0 to 1."""
    one, other = _reading(left), _reading(right)
    longer = max(len(one), len(other))
    if not one or not other:
        return 0.0
    return likeness.nearness(likeness.distance(one, other, likeness.HALF * longer), longer)


def _swap_cost(left: Name, right: Name) -> tuple[float, float]:
    """What another order leaves of the score, and costs in bits: much where the order says who is whose father."""
    return likeness.SWAPPED_FATHER if left.patronymic or right.patronymic else likeness.SWAPPED


def _texts(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(part.text for part in parts)


def _score(matches: tuple[PartMatch, ...], only_left: int, only_right: int) -> float:
    """Matched share of the shorter name, less a little for what only the longer one says."""
    both = min(only_left, only_right)
    extra = max(only_left, only_right) - both
    score = sum(match.score for match in matches) / (len(matches) + both + likeness.EXTRA * extra)
    single = len(matches) == 1 and (only_left or only_right)
    return min(score, likeness.ONE_PART_ONLY) if single else score


def _disagreement(left: list[Part], right: list[Part]) -> float:
    """Bits against: a part missing on one side costs little, two parts that contradict each other cost much."""
    both = min(len(left), len(right))
    return likeness.AGAINST * both + likeness.MISSING * (max(len(left), len(right)) - both)


def _align(left: tuple[Part, ...], right: tuple[Part, ...]) -> tuple[list[_Pair], list[Part], list[Part]]:
    """Pairs of places, and what is left over on each side: exact joins first, then the best pairs, then other joins."""
    free_left, free_right = set(range(len(left))), set(range(len(right)))
    pairs = _joins(left, right, free_left, free_right, exactly=True) if len(left) != len(right) else []
    options: list[tuple[int, int, int, int, PartMatch]] = []
    for i in free_left:
        for j in free_right:
            match = match_parts(left[i], right[j])
            if match:
                options.append((-int(match.score * likeness.SCORES + 0.5), abs(i - j), i, j, match))
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
        pairs.append((i, j, _turned(match)))
    return pairs


def _turned(match: PartMatch) -> PartMatch:
    return PartMatch(match.right, match.left, match.score, match.bits, match.why, match.common, match.lost, match.way)


def _written_apart(
    apart: tuple[Part, ...], whole: tuple[Part, ...], free_apart: set[int], free_whole: set[int], *, exactly: bool
) -> Iterator[_Pair]:
    for first, second in pairwise(sorted(free_apart)):
        for place in sorted(free_whole):
            if second != first + 1 or not {first, second} <= free_apart or place not in free_whole:
                continue
            found = _joined(apart[first], apart[second], whole[place], exactly=exactly)
            if found:
                free_apart -= {first, second}
                free_whole.discard(place)
                shown = f"{apart[first].text} {apart[second].text}"
                common, score, lost = whole[place].bits, *found
                bits = max(common - lost, likeness.LEAST_BITS)
                yield first, place, PartMatch(shown, whole[place].text, score, bits, "written together", common, lost)


def _joined(first: Part, second: Part, whole: Part, *, exactly: bool) -> tuple[float, float] | None:
    """Score and bits lost if two parts together are the whole one, to the letter or nearly."""
    joined = first.latin + second.latin
    if not (first.latin and second.latin and joined.isascii()):
        return None
    if joined == whole.latin:
        return likeness.JOINED
    plain = first.plain and second.plain and whole.plain
    if exactly or not plain or min(len(joined), len(whole.latin)) < likeness.SHORTEST_JOINED:
        return None
    if abs(len(joined) - len(whole.latin)) > likeness.MOST_JOINED:
        return None
    most = likeness.most_quarters(min(len(joined), len(whole.latin)))
    apart = likeness.distance(joined, whole.latin, most)
    if apart > most:
        return None
    score, lost = likeness.JOINED_NEARLY
    return score, lost + likeness.BITS_OF_JOINED * apart / likeness.QUARTER


@lru_cache(maxsize=1 << 17)
def match_parts(left: Part, right: Part) -> PartMatch | None:
    """How two parts agree; None if they do not."""
    common = min(left.bits, right.bits)

    def match(score: float, lost: float, why: str, way: int = likeness.AGREES) -> PartMatch:
        bits = max(common - lost, likeness.LEAST_BITS)
        return PartMatch(left.text, right.text, score, bits, why, common, lost, way)

    other_script = left.script != right.script
    if left.text == right.text:
        return match(1.0, 0.0, "same")
    if left.latin and left.latin == right.latin:
        return match(likeness.SAME_LETTERS, 0.0, _same_letters(left, right))
    if left.classes & right.classes:
        why = "other script" if other_script else "another spelling"
        return match(*likeness.CLASS, why, likeness.BY_SPELLING)
    if right.latin in facts().nicknames.get(left.latin, ()):
        return match(*likeness.NICKNAME, "nickname", likeness.BY_NICKNAME)
    if left.initial or right.initial:
        same = left.latin[:1] == right.latin[:1]
        score, bits = likeness.INITIAL
        return PartMatch(left.text, right.text, score, bits, INITIAL, way=likeness.BY_INITIAL) if same else None
    if other_script:
        far = _surprise(left, right)
        if far <= likeness.SURPRISE:
            score = likeness.CLASS[0] - likeness.SCORE_OF_SURPRISE * max(0.0, far - likeness.NO_SURPRISE)
            lost = 1 + likeness.BITS_OF_SURPRISE * far
            return match(score, lost, "other script, a likely reading", likeness.BY_READING)
    found = _nearly(left, right)
    if found is None:
        return None
    score, lost, why, way = found
    return match(score, lost, f"other script, {why}" if other_script else why, way)


def _same_letters(left: Part, right: Part) -> str:
    """Why two parts have the same Latin form."""
    if left.script != right.script:
        return "other script"
    return "another spelling" if left.text.isascii() and right.text.isascii() else "same letters"


def _surprise(left: Part, right: Part) -> float:
    """Bits per letter by which parts in two scripts surprise each other, the better way round."""
    far = left.script in likeness.FAR_SCRIPTS or right.script in likeness.FAR_SCRIPTS
    if likeness.strange(_reading(left), _reading(right)) >= (likeness.STRANGE_FAR if far else likeness.STRANGE):
        return NO_READING
    ways = ((left, right), (right, left))
    return min((surprise(one.text, _reading(other)) for one, other in ways if one.script != LATIN), default=NO_READING)


def _reading(part: Part) -> str:
    """A likely Latin spelling of the part; empty if there is none."""
    likely = likely_spelling(part.text) if part.script != LATIN else ""
    return likely or (part.latin if part.plain else "")


def _nearly(left: Part, right: Part) -> tuple[float, float, str, int] | None:
    """Score, bits lost, words and way for two spellings that are near; None if they are further."""
    if not (left.plain and right.plain):
        if likeness.shape(left.latin) == likeness.shape(right.latin) and _misreadable(left, right):
            return *likeness.MISREAD, "easily misread", likeness.BY_LETTERS
        if not _mistyped(left, right):
            return None  # two numbers one digit apart are two numbers
    shorter, longer = sorted((left.latin, right.latin), key=len)
    if len(shorter) < likeness.SHORTEST_FUZZY:
        return None
    if likeness.shape(shorter) == likeness.shape(longer):
        return *likeness.MISREAD, "easily misread", likeness.BY_LETTERS
    most = likeness.most_quarters(len(shorter))
    quarters = likeness.distance(shorter, longer, most)
    if quarters <= most:
        listed = left.listed and right.listed
        two_names = likeness.TWO_NAMES if listed else (0.0, 0.0)
        score = likeness.SAME_LETTERS - likeness.SCORE_OF_LETTER * quarters / likeness.QUARTER - two_names[0]
        lost = likeness.bits_of_distance(quarters, len(shorter)) + two_names[1]
        return score, lost, _differ(shorter, longer), likeness.TWINS if listed else likeness.BY_LETTERS
    if longer.startswith(shorter) and len(longer) - len(shorter) <= likeness.MOST_SHORTENED:
        if left.listed and right.listed:
            return *likeness.LONGER_NAME, "short form", likeness.TWINS
        return *likeness.SHORT_FORM, "short form", likeness.BY_SOME
    if left.skeleton == right.skeleton and len(left.skeleton) >= likeness.SHORTEST_FUZZY:
        return *likeness.SAME_CONSONANTS, "same consonants", likeness.BY_SOME
    return None


def _mistyped(left: Part, right: Part) -> bool:
    """Whether one side is a word in letters and the other has a single digit among its letters, but not at the end."""
    word, other = (left.latin, right.latin) if left.plain else (right.latin, left.latin)
    if not word.isalpha() or not other.isascii() or not other.isalnum() or min(len(word), len(other)) < likeness.TYPED:
        return False
    return not other[-1].isdigit() and sum(map(str.isdigit, other)) == 1


def _misreadable(left: Part, right: Part) -> bool:
    """Whether one side is a word in letters that the other may be a bad copy of; two numbers are not."""
    return (left.plain or right.plain) and min(len(left.latin), len(right.latin)) >= likeness.SHORTEST_FUZZY


def _differ(one: str, other: str) -> str:
    letters = OSA.distance(one, other)
    return {1: "one letter differs", 2: "two letters differ"}.get(letters, f"{letters} letters differ")

"""What speaks for and against two records being one: contradictions that bar it, weights in bits that rank it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from leconfield.ledger.times import in_words
from leconfield.ledger.vocabulary import PERSON, PROPERTIES
from leconfield.registry.compare import NameMatch, compare_names
from leconfield.registry.identifiers import Identifier, is_sure
from leconfield.registry.names import Name
from leconfield.registry.records import Record

T = TypeVar("T")
SURE_IDENTIFIER: Final = 20.0
SHARED_IDENTIFIER: Final = 9.0
"""A phone or an account that two people may both use."""
_YEAR: Final = 4
_PLACEHOLDER_DAY: Final = "-01-01"
"""Registers write 1 January where they know only the year."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One line of a waterfall: a reason in words, and what it is worth in bits (negative: against)."""

    words: str
    bits: float


def known_birth(text: str) -> str:
    """A birth date with no more precision than it really has."""
    return text[:_YEAR] if text.endswith(_PLACEHOLDER_DAY) else text


def births_agree(left: str, right: str) -> bool:
    """Whether two birth dates can be the same day."""
    left, right = known_birth(left), known_birth(right)
    return left.startswith(right) or right.startswith(left)


def births_conflict(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether any birth date of one side cannot be that of the other."""
    right = tuple(right)
    return any(not births_agree(one, other) for one in left for other in right)


@dataclass(frozen=True, slots=True)
class Profile:
    """What all records of a subject say together, as far as it tells subjects apart."""

    schema: str
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    births: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def profile_of(records: Iterable[Record]) -> Profile:
    """The profile of these records, in their order."""
    records = tuple(records)
    return Profile(
        records[0].schema,
        _distinct(name for record in records for name in record.parsed),
        _distinct(each for record in records for each in record.identifiers),
        _distinct(each for record in records for each in record.births),
        _distinct(each for record in records for each in record.sexes),
        _distinct(each for record in records for each in record.countries),
    )


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def best_match(pairs: Iterable[tuple[Name, Name]]) -> NameMatch:
    """The comparison of the two names that agree best; the same for any order of the pairs."""
    found = [(compare_names(one, other), one.text, other.text) for one, other in pairs]
    if not found:
        return NameMatch(0.0, 0.0, ())
    return min(found, key=lambda each: (-each[0].bits, -each[0].score, each[1], each[2]))[0]


def weigh_names(match: NameMatch) -> tuple[Weight, ...]:
    """A comparison of names as lines of a waterfall."""
    weights = [Weight(part.words, part.bits) for part in match.parts]
    rest = match.bits - sum(part.bits for part in match.parts)
    if match.swap_cost:
        weights.append(Weight("parts in another order", -match.swap_cost))
        rest += match.swap_cost
    if match.only_left and match.only_right:
        weights.append(Weight(f"{_shown(match.only_left)} against {_shown(match.only_right)}", rest))
    elif match.only_left or match.only_right:
        weights.append(Weight(f"only one name has {_shown(match.only_left or match.only_right)}", rest))
    return tuple(weights)


def _shown(parts: tuple[str, ...]) -> str:
    return " ".join(part.title() for part in parts)


def weigh_facts(left: Profile, right: Profile) -> tuple[Weight, ...]:
    """Birth, sex and country as lines of a waterfall."""
    weights: list[Weight] = []
    if left.births and right.births:
        weights.append(weigh_births(left.births, right.births))
    if left.sexes and right.sexes:
        same = bool(set(left.sexes) & set(right.sexes))
        weights.append(Weight("same sex", 1.0) if same else Weight(f"{left.sexes[0]} against {right.sexes[0]}", -10.0))
    if left.countries and right.countries:
        shared = sorted(set(left.countries) & set(right.countries))
        weights.append(Weight(f"both {shared[0]}", 2.0) if shared else Weight("different countries", -3.0))
    return tuple(weights)


def weigh_births(left: tuple[str, ...], right: tuple[str, ...]) -> Weight:
    """Birth dates: a shared day is strong, a shared year some, a slip of the pen is not yet a contradiction."""
    pairs = [(one, other) for one in left for other in right]
    return max((_weigh_birth(one, other) for one, other in pairs), key=lambda weight: weight.bits)


def _weigh_birth(left: str, right: str) -> Weight:
    shown = in_words(left), in_words(right)
    one, other = known_birth(left), known_birth(right)
    if births_agree(one, other):
        bits = {4: 5.0, 7: 9.0}.get(min(len(one), len(other)), 13.0)
        same = left == right
        return Weight(f"born {shown[0]}" if same else f"born {shown[0]} and {shown[1]} can be one date", bits)
    if len(one) == len(other) == len("1990-02-01") and one[5:] == f"{other[8:]}-{other[5:7]}" and one[:4] == other[:4]:
        return Weight(f"born {shown[0]} and {shown[1]}: day and month swapped?", 6.0)
    return Weight(f"born {shown[0]} against {shown[1]}", -10.0)


def weigh_identifiers(left: Profile, right: Profile) -> tuple[Weight, ...]:
    """Identifiers in common as lines of a waterfall."""
    theirs = {each.key for each in right.identifiers}
    shared = {each.key: each for each in reversed(left.identifiers) if each.key in theirs}
    return tuple(
        Weight(
            f"same {PROPERTIES[each.prop].words}: {each.value}",
            SURE_IDENTIFIER if is_sure(left.schema, each.prop) else SHARED_IDENTIFIER,
        )
        for each in shared.values()
    )


def is_common(name: Name) -> bool:
    """Whether strangers share this personal name often enough that the name alone proves nothing."""
    return name.schema == PERSON and name.bits < COMMON_BITS


COMMON_BITS: Final = 16.0
"""Below this, some dozens of people in a town of a million share it."""

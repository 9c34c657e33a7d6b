"""What speaks for and against two records being one: contradictions that bar it, weights in bits that rank it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from leconfield.ledger.times import in_words
from leconfield.ledger.vocabulary import PERSON, PROPERTIES
from leconfield.registry.compare import INITIAL, NameMatch, PartMatch, compare_names
from leconfield.registry.identifiers import Identifier, is_sure
from leconfield.registry.names import Name, part_of
from leconfield.registry.records import Number, Record

T = TypeVar("T")
NAME: Final = "name"
BIRTH: Final = "birth"
SEX: Final = "sex"
COUNTRY: Final = "country"
IDENTIFIER: Final = "identifier"
RECORDS: Final = "records"
Level = tuple[str, str]
"""A field and how two records agree in it."""
SHIPPED: Final[dict[Level, float]] = {
    (BIRTH, "day"): 13.0,
    (BIRTH, "month"): 9.0,
    (BIRTH, "year"): 5.0,
    (BIRTH, "swapped"): 6.0,
    (BIRTH, "differ"): -10.0,
    (SEX, "same"): 1.0,
    (SEX, "differ"): -10.0,
    (COUNTRY, "same"): 2.0,
    (COUNTRY, "differ"): -3.0,
    (IDENTIFIER, "sure"): 30.0,
    (IDENTIFIER, "shared"): 9.0,
    (RECORDS, "2"): 1.0,
    (RECORDS, "4"): 2.0,
    (RECORDS, "8"): 3.0,
}
"""Bits for each way of agreeing, before anything is learnt; a name's lie in how rare its parts are."""
_SPELT: Final = {
    "same": "same",
    "same letters": "same",
    "nickname": "nickname",
    INITIAL: "initial",
    "another spelling": "spelling",
    "other script": "spelling",
    "written together": "spelling",
}
"""The level of a part by why it agrees; whatever is not here agrees but for some letters."""
_SPELLINGS: Final = {
    "same": "names that are spelt the same",
    "spelling": "names in another spelling or script",
    "nickname": "names that differ by a nickname",
    "letters": "names that differ by some letters",
    "initial": "names that share an initial only",
    "missing": "names of which one has a part more",
    "contradicts": "names with different parts",
}
"""Levels of names in words."""
_WORST: Final = ("contradicts", "missing", "initial", "letters", "nickname", "spelling", "same")
_YEAR: Final = 4
_PLACEHOLDER_DAY: Final = "-01-01"
"""Registers write 1 January where they know only the year."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One line of a waterfall: a reason in words, and what it is worth in bits (negative: against)."""

    words: str
    bits: float
    field: str = ""
    """What was compared, if its weight can be learnt."""
    level: str = ""
    """How the two agree in it."""
    parts: tuple[str, ...] = ()
    """The parts of names, in plain letters, whose rarity is in the bits."""
    detail: str = ""
    """How rare, or learnt from what."""


def known_birth(text: str) -> str:
    """A birth date with no more precision than it really has."""
    return text[:_YEAR] if text.endswith(_PLACEHOLDER_DAY) else text


def births_agree(left: str, right: str) -> bool:
    """Whether two birth dates can be the same day."""
    left, right = known_birth(left), known_birth(right)
    return left.startswith(right) or right.startswith(left)


@dataclass(frozen=True, slots=True)
class Profile:
    """What all records of a subject say together, as far as it tells subjects apart."""

    schema: str
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    births: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    deaths: tuple[str, ...] = ()
    last_act: str = ""


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
        _distinct(each for record in records for each in record.numbers),
        _distinct(each for record in records for each in record.deaths),
        max(record.last_act for record in records),
    )


def united(left: Profile, right: Profile) -> Profile:
    """What both say together, without names."""
    return Profile(
        left.schema,
        (),
        _distinct((*left.identifiers, *right.identifiers)),
        _distinct((*left.births, *right.births)),
        _distinct((*left.sexes, *right.sexes)),
        _distinct((*left.countries, *right.countries)),
        _distinct((*left.numbers, *right.numbers)),
        _distinct((*left.deaths, *right.deaths)),
        max(left.last_act, right.last_act),
    )


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def best_match(pairs: Iterable[tuple[Name, Name]]) -> NameMatch:
    """The comparison of the two names that agree best; the same for any order of the pairs."""
    found = [(compare_names(one, other), one.text, other.text) for one, other in pairs]
    if not found:
        return NameMatch(0.0, 0.0, ())
    return min(found, key=lambda each: (-each[0].bits, -each[0].score, each[1], each[2]))[0]


def name_level(match: NameMatch) -> str:
    """How two names agree as a whole: as badly as their worst part."""
    if match.only_left and match.only_right:
        return "contradicts"
    found = {_SPELT.get(part.why, "letters") for part in match.parts}
    if match.only_left or match.only_right:
        found.add("missing")
    return next((each for each in _WORST if each in found), "contradicts")


def weigh_names(match: NameMatch) -> tuple[Weight, ...]:
    """A comparison of names as lines of a waterfall."""
    weights = [_weigh_part(part) for part in match.parts]
    rest = match.bits - sum(part.bits for part in match.parts)
    if match.swap_cost:
        weights.append(Weight("parts in another order", -match.swap_cost))
        rest += match.swap_cost
    if match.only_left and match.only_right:
        weights.append(Weight(f"{_shown(match.only_left)} against {_shown(match.only_right)}", rest))
    elif match.only_left or match.only_right:
        weights.append(Weight(f"only one name has {_shown(match.only_left or match.only_right)}", rest))
    return tuple(weights)


def _weigh_part(part: PartMatch) -> Weight:
    """Parts written apart, and initials, are not counted in a view: their rarity stays as shipped."""
    counted = part.why != INITIAL and " " not in part.left and " " not in part.right
    parts = tuple(dict.fromkeys((part_of(part.left).latin, part_of(part.right).latin))) if counted else ()
    return Weight(part.words, part.bits, parts=parts)


def weigh_spelling(level: str) -> Weight:
    """The line for how two names are spelt: nothing by itself until something is learnt of it."""
    return Weight(_SPELLINGS[level], 0.0, NAME, level)


def _shown(parts: tuple[str, ...]) -> str:
    return " ".join(part.title() for part in parts)


def weigh_facts(left: Profile, right: Profile) -> tuple[Weight, ...]:
    """Birth, sex and country as lines of a waterfall."""
    weights: list[Weight] = []
    if left.births and right.births:
        weights.append(weigh_births(left.births, right.births))
    if left.sexes and right.sexes:
        same = bool(set(left.sexes) & set(right.sexes))
        weights.append(
            weight_of("same sex", SEX, "same")
            if same
            else weight_of(f"{left.sexes[0]} against {right.sexes[0]}", SEX, "differ")
        )
    if left.countries and right.countries:
        shared = sorted(set(left.countries) & set(right.countries))
        weights.append(
            weight_of(f"both {shared[0]}", COUNTRY, "same")
            if shared
            else weight_of("different countries", COUNTRY, "differ")
        )
    return tuple(weights)


def weight_of(words: str, field: str, level: str) -> Weight:
    """The line for that way of agreeing, with the shipped bits."""
    return Weight(words, SHIPPED[field, level], field, level)


def weigh_births(left: tuple[str, ...], right: tuple[str, ...]) -> Weight:
    """Birth dates: a shared day is strong, a shared year some, a slip of the pen is not yet a contradiction."""
    pairs = [(one, other) for one in left for other in right]
    return max((_weigh_birth(one, other) for one, other in pairs), key=lambda weight: weight.bits)


def _weigh_birth(left: str, right: str) -> Weight:
    shown = in_words(left), in_words(right)
    one, other = known_birth(left), known_birth(right)
    if births_agree(one, other):
        level = {4: "year", 7: "month"}.get(min(len(one), len(other)), "day")
        words = f"born {shown[0]}" if left == right else f"born {shown[0]} and {shown[1]} can be one date"
        return weight_of(words, BIRTH, level)
    if len(one) == len(other) == len("1990-02-01") and one[5:] == f"{other[8:]}-{other[5:7]}" and one[:4] == other[:4]:
        return weight_of(f"born {shown[0]} and {shown[1]}: day and month swapped?", BIRTH, "swapped")
    return weight_of(f"born {shown[0]} against {shown[1]}", BIRTH, "differ")


def weigh_identifiers(left: Profile, right: Profile, but: str = "") -> tuple[Weight, ...]:
    """Identifiers in common as lines of a waterfall; the one with the key `but` left out."""
    theirs = {each.key for each in right.identifiers} - {but}
    shared = {each.key: each for each in reversed(left.identifiers) if each.key in theirs}
    return tuple(
        weight_of(
            f"same {PROPERTIES[each.prop].words}: {each.value}",
            IDENTIFIER,
            "sure" if is_sure(left.schema, each.prop) else "shared",
        )
        for each in shared.values()
    )


def contradictions(left: Profile, right: Profile) -> tuple[str, ...]:
    """Why the two cannot be one subject, whatever else agrees; in words, empty if nothing bars it."""
    found = [
        f"born {in_words(one)} against {in_words(other)}"
        for one in left.births
        for other in right.births
        if not births_agree(one, other)
    ][:1]
    if left.sexes and right.sexes and set(left.sexes).isdisjoint(right.sexes):
        found.append(f"{left.sexes[0]} against {right.sexes[0]}")
    found += _numbers_apart(left.numbers, right.numbers)
    found += _acts_after_death(left, right) or _acts_after_death(right, left)
    return tuple(found)


def _numbers_apart(left: tuple[Number, ...], right: tuple[Number, ...]) -> list[str]:
    """Two different numbers of a kind of which one has only one at a time; one in common says that it was renewed."""
    if not left or not right or {each.key for each in left} & {each.key for each in right}:
        return []
    pairs = [(one, other) for one in left for other in right if one.rivals(other)]
    return [f"{PROPERTIES[one.prop].words} {one.value} against {other.value}" for one, other in pairs[:1]]


def _acts_after_death(dead: Profile, other: Profile) -> list[str]:
    if not dead.deaths or not other.last_act or other.last_act[: len(dead.deaths[0])] <= dead.deaths[0]:
        return []
    return [f"died {in_words(dead.deaths[0])}, but acted {in_words(other.last_act)}"]


def is_common(name: Name) -> bool:
    """Whether strangers share this personal name often enough that the name alone proves nothing."""
    return name.schema == PERSON and name.bits < COMMON_BITS


COMMON_BITS: Final = 16.0
"""Below this, some dozens of people in a town of a million share it."""

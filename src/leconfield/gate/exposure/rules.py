"""The attacker's own computation: who could have told all of this? Pure, and monotone in what was published.

Nobody outside knows which facts came from one mouth. For each person the worst case is that all the facts he may have
known did: `suspects(p)` are those who surely could have known every fact that p may have known. Whoever stands among
fewer than K is singled out, whether he told us or not. Who may have known and who surely could is kept apart: the one
must not be too small, the other not too large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.gate.exposure.model import Fact

MOST_FACTS: Final = 20_000
"""Facts that are held against each other; a draft beside more than these is treated as exposing."""


@dataclass(frozen=True, slots=True)
class Singled:
    """A set of people too small, and the facts that lead to it."""

    people: frozenset[str]
    size: int
    facts: frozenset[int]
    """Places of the facts, in the order in which they were handed in."""


def suspects(facts: Iterable[Fact], person: str) -> frozenset[str]:
    """Those who surely could have known every one of the facts that the person may have known."""
    left: frozenset[str] | None = None
    for fact in facts:
        if person in fact.possible:
            left = frozenset(fact.knowers) if left is None else left & fact.knowers.keys()
    return left or frozenset()


def singled_out(facts: Sequence[Fact], k: int, new: int | None = None) -> tuple[Singled, ...]:
    """Every set of fewer than `k` people that the facts together lead to, the smallest first.

    Only sets to which one of the first `new` facts leads (None: any). A fact that nobody could have known leads to an
    empty set: fail closed.
    """
    weight: dict[str, int] = {}
    for fact in facts:
        for name, people in fact.knowers.items():
            weight[name] = min(people, weight.get(name, people))
    surely = _sizes(_masks(fact.knowers for fact in facts), weight)
    of_new = (1 << (len(facts) if new is None else new)) - 1
    found = [Singled(frozenset(), 0, frozenset({place})) for place, fact in enumerate(facts[:new]) if not fact.possible]
    for mask in set(_masks(fact.possible for fact in facts).values()):
        if not mask & of_new:
            continue
        within = [(size, names) for other, (size, names) in surely.items() if other & mask == mask]
        left = sum(size for size, _ in within)
        if left < k:
            people_left = frozenset(name for _, names in within for name in names)
            found.append(Singled(people_left, left, frozenset(_places(mask))))
    return tuple(sorted(found, key=lambda each: (each.size, sorted(each.people), sorted(each.facts))))


def _masks(facts: Iterable[Iterable[str]]) -> dict[str, int]:
    """By name, the bits of the facts that it stands with."""
    found: dict[str, int] = defaultdict(int)
    for place, names in enumerate(facts):
        for name in names:
            found[name] |= 1 << place
    return found


def _sizes(masks: Mapping[str, int], weight: Mapping[str, int]) -> dict[int, tuple[int, list[str]]]:
    """By bits of facts, how many people know just these, and who they are."""
    found: dict[int, tuple[int, list[str]]] = {}
    for name, mask in masks.items():
        size, names = found.get(mask, (0, []))
        found[mask] = size + weight[name], [*names, name]
    return found


def _places(mask: int) -> Iterable[int]:
    return (place for place in range(mask.bit_length()) if mask >> place & 1)


def needed(facts: Sequence[Fact], found: Singled, k: int) -> frozenset[int]:
    """Of the facts that lead to a set, those that are enough: taken by how much each narrows, until fewer than `k`.

    It tells the author which sentences to mend; which facts are dangerous is decided by `singled_out` alone.
    """
    if not found.people:
        return found.facts
    left: dict[str, int] | None = None
    taken: set[int] = set()
    weight = {name: size for place in found.facts for name, size in facts[place].knowers.items()}
    for place in sorted(found.facts, key=lambda each: (facts[each].size, -facts[each].sentence)):
        known = facts[place].knowers
        narrowed = {name: weight[name] for name in known if left is None or name in left}
        if left is None or len(narrowed) < len(left):
            taken.add(place)
            left = narrowed
        if sum(left.values()) < k:
            break
    return frozenset(taken)

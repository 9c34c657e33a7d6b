"""The attacker's own computation: who could have told all of this? Pure, and monotone in what was published.

Nobody outside knows which facts came from one mouth. For each person the worst case is that all the facts he could
have known did: `suspects(p)` are those who could have known every fact that p could have known. It is p himself at the
least, and whoever stands in it with fewer than K is singled out, whether he told us or not.
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


def suspects(facts: Iterable[Mapping[str, int]], person: str) -> frozenset[str]:
    """Those who could have known every one of the facts that the person could have known."""
    left: frozenset[str] | None = None
    for knowers in facts:
        if person in knowers:
            left = frozenset(knowers) if left is None else left & knowers.keys()
    return left or frozenset()


def singled_out(facts: Sequence[Fact], k: int) -> tuple[Singled, ...]:
    """Every smallest set of fewer than `k` people that the facts together lead to, the smallest first.

    A fact that nobody is known to have known leads to an empty set: fail closed.
    """
    known: dict[str, int] = defaultdict(int)
    weight: dict[str, int] = {}
    for place, fact in enumerate(facts):
        for name, people in fact.knowers.items():
            known[name] |= 1 << place
            weight[name] = min(people, weight.get(name, people))
    together: dict[int, set[str]] = defaultdict(set)
    for name, mask in known.items():
        together[mask].add(name)
    sizes = {mask: sum(weight[name] for name in names) for mask, names in together.items()}
    found = [Singled(frozenset(), 0, frozenset({place})) for place, fact in enumerate(facts) if not fact.knowers]
    for mask in together:
        within = [other for other in together if other & mask == mask]
        left = sum(sizes[other] for other in within)
        if left < k:
            names = frozenset(name for other in within for name in together[other])
            found.append(Singled(names, left, frozenset(_places(mask))))
    return tuple(sorted(found, key=lambda each: (each.size, sorted(each.people), sorted(each.facts))))


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

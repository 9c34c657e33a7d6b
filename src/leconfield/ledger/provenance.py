"""What a derived fact rests on: alternative sets of inputs, each of which alone is enough for it.

A provenance polynomial in the semiring PosBool, kept as its minimal witness sets (Green, Karvounarakis, Tannen,
"Provenance semirings", PODS 2007). `a AND b` is what a step used, `a OR b` are different ways to the same; a set that
contains another one is absorbed, for it says nothing new. Three readings: may somebody see it (`visible`, `label`), why
is it held (`witnesses`, `critical`), how far is it to be believed (`confidence`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import Final, TypeAlias

from leconfield.errors import LeconfieldError
from leconfield.ledger.labels import LabelError, all_of, any_of, parse

Witness: TypeAlias = frozenset[str]
"""Ids of inputs (statements, judgements, reports) that together are enough."""

MOST_WITNESSES: Final = 2000
"""Alternative ways kept for one fact; a fact with more is not described any further."""
_MOST_PRODUCTS: Final = 20 * MOST_WITNESSES
"""Pairs of ways tried for one step, before absorption: keeps a hostile derivation from filling the memory."""


class TooManyWitnessesError(LeconfieldError):
    """A fact has too many alternative grounds to list them. Whoever protects sources must treat it as exposed."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Alternative minimal witness sets. None: nothing supports it. The empty set: it holds without any ground.

    Equal provenances mean the same: the minimal sets of a monotone formula are unique. Make them with `of`, `both`,
    `either`, `all_together`, `any_alone`; the constructor trusts that no set contains another.
    """

    sets: frozenset[Witness] = frozenset()

    def __and__(self, other: Provenance) -> Provenance:
        return both(self, other)

    def __or__(self, other: Provenance) -> Provenance:
        return either(self, other)

    @property
    def inputs(self) -> frozenset[str]:
        """Every input that matters to it."""
        return frozenset(each for witness in self.sets for each in witness)


UNSUPPORTED: Final = Provenance()
"""Zero of the semiring: held by nothing."""
UNCONDITIONAL: Final = Provenance(frozenset({frozenset()}))
"""One of the semiring: held without any ground."""


def of(name: str) -> Provenance:
    """The provenance of an input: itself."""
    return Provenance(frozenset({frozenset({name})}))


def both(left: Provenance, right: Provenance) -> Provenance:
    """Of a step that used both.

    Raises:
        TooManyWitnessesError: if more than `MOST_WITNESSES` ways remain.
    """
    if len(left.sets) * len(right.sets) > _MOST_PRODUCTS:
        raise _too_many()
    return _minimal({one | another for one in left.sets for another in right.sets})


def either(left: Provenance, right: Provenance) -> Provenance:
    """Of something that each of the two alone gives.

    Raises:
        TooManyWitnessesError: if more than `MOST_WITNESSES` ways remain.
    """
    return _minimal(left.sets | right.sets)


def all_together(parts: Iterable[Provenance]) -> Provenance:
    """Of a step that used every part; those with the fewest ways are joined first, which keeps the work small."""
    return reduce(both, sorted(parts, key=lambda part: len(part.sets)), UNCONDITIONAL)


def any_alone(parts: Iterable[Provenance]) -> Provenance:
    """Of something that every part alone gives."""
    return _minimal({witness for part in parts for witness in part.sets})


def _minimal(sets: Collection[Witness]) -> Provenance:
    """Absorption: of sets of which one contains the other, the smaller one stays."""
    ordered = sorted(sets, key=len)
    kept: list[Witness] = []
    held_by: dict[str, list[Witness]] = {}
    for witness in ordered:
        if kept and not kept[0]:
            break  # the empty set is contained in every other one
        if any(smaller <= witness for each in witness for smaller in held_by.get(each, ())):
            continue
        kept.append(witness)
        if len(kept) > MOST_WITNESSES:
            raise _too_many()
        if witness:
            held_by.setdefault(min(witness), []).append(witness)
    return Provenance(frozenset(kept))


def visible(provenance: Provenance, seen: Collection[str]) -> bool:
    """Whether somebody who may see exactly the inputs `seen` may see what follows from them: one whole set of them."""
    held = frozenset(seen)
    return any(witness <= held for witness in provenance.sets)


def label(provenance: Provenance, labels: Mapping[str, str]) -> str | None:
    """The label of what was derived: `|` over the alternatives of `&` over the labels of their inputs.

    It admits exactly the readers to whom it is `visible`. An input whose label is unknown or does not parse closes
    its alternative (fail closed); None: nobody may see it.

    Raises:
        TooManyWitnessesError: if the alternatives do not fit into one label.
    """
    open_ones = [witness for witness in provenance.sets if all(_readable(labels.get(each)) for each in witness)]
    if not open_ones:
        return None
    alternatives = _minimal({frozenset(labels[each] for each in witness if labels[each]) for witness in open_ones})
    found = any_of(all_of(ground) for ground in witnesses(alternatives))
    if not _readable(found):
        raise _too_many()
    return found


def _readable(label_text: str | None) -> bool:
    if label_text is None:
        return False
    try:
        parse(label_text)
    except LabelError:
        return False
    return True


def _too_many() -> TooManyWitnessesError:
    return TooManyWitnessesError(
        f"too many alternative sets of sources give this (more than {MOST_WITNESSES}, or than one label can name); "
        "treat it as if it named each of them"
    )


def witnesses(provenance: Provenance) -> tuple[tuple[str, ...], ...]:
    """The alternative grounds, the shortest first, each in order: an answer to "why do we hold this?"."""
    return tuple(sorted((tuple(sorted(each)) for each in provenance.sets), key=lambda each: (len(each), each)))


def critical(provenance: Provenance) -> frozenset[str]:
    """The inputs that every ground needs: if one of them falls, so does what rests on it."""
    if not provenance.sets:
        return frozenset()
    return frozenset.intersection(*provenance.sets)


def confidence(provenance: Provenance, by_input: Mapping[str, float]) -> float:
    """How far it is to be believed, 0 to 1: noisy-or over the alternatives of the product over their inputs.

    Inputs err independently, and so do the alternatives (Pearl 1988, section 4.3.2): too high a figure where
    alternatives share inputs. It orders what to look at first; it decides nothing. An unknown input counts 0.
    """
    doubt = prod(1.0 - prod(by_input.get(each, 0.0) for each in ground) for ground in witnesses(provenance))
    return 1.0 - doubt

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger import labels as access
from leconfield.ledger.provenance import (
    MOST_WITNESSES,
    UNCONDITIONAL,
    UNSUPPORTED,
    Provenance,
    TooManyWitnessesError,
    all_together,
    any_alone,
    both,
    confidence,
    critical,
    either,
    label,
    of,
    visible,
    witnesses,
)

INPUTS = "abcdef"
TOKENS = ("O", "S", "HEATHER", "GORSE", "TEAM.A3")


@dataclass(frozen=True)
class Derivation:
    """How a fact came about, step by step: the plain meaning that a provenance must keep."""

    kind: str
    parts: tuple[Derivation, ...] = ()

    def holds(self, seen: frozenset[str]) -> bool:
        if self.kind in INPUTS:
            return self.kind in seen
        found = [part.holds(seen) for part in self.parts]
        return all(found) if self.kind == "and" else any(found)

    @property
    def provenance(self) -> Provenance:
        if self.kind in INPUTS:
            return of(self.kind)
        join = all_together if self.kind == "and" else any_alone
        return join(part.provenance for part in self.parts)


def steps(of_what: st.SearchStrategy[Derivation]) -> st.SearchStrategy[Derivation]:
    return st.builds(Derivation, st.sampled_from(["and", "or"]), st.lists(of_what, max_size=4).map(tuple))


derivations = st.recursive(st.sampled_from(INPUTS).map(Derivation), steps, max_leaves=14)
provenances = derivations.map(lambda each: each.provenance)
LABELS = ("", "O", "S", "O&S", "S&HEATHER", "S&GORSE", "HEATHER|GORSE", "S&(HEATHER|TEAM.A3)", "O|(S&GORSE)")


def every_subset(things: str) -> list[frozenset[str]]:
    return [frozenset(some) for some in chain.from_iterable(combinations(things, n) for n in range(len(things) + 1))]


@given(provenances, provenances, provenances)
def test_the_laws_of_a_distributive_lattice_hold(a: Provenance, b: Provenance, c: Provenance) -> None:
    assert a & b == b & a
    assert a | b == b | a
    assert (a & b) & c == a & (b & c)
    assert (a | b) | c == a | (b | c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a | (a & b) == a == a & (a | b)
    assert a | a == a == a & a
    assert a | UNSUPPORTED == a == a & UNCONDITIONAL
    assert a & UNSUPPORTED == UNSUPPORTED
    assert a | UNCONDITIONAL == UNCONDITIONAL


@settings(max_examples=1000)
@given(derivations)
def test_the_witnesses_are_the_minimal_sets_from_which_it_follows(derivation: Derivation) -> None:
    enough = [some for some in every_subset(INPUTS) if derivation.holds(some)]
    minimal = {some for some in enough if not any(smaller < some for smaller in enough)}
    assert derivation.provenance.sets == minimal


@settings(max_examples=2000)
@given(
    derivations, st.fixed_dictionaries(dict.fromkeys(INPUTS, st.sampled_from(LABELS))), st.sets(st.sampled_from(TOKENS))
)
def test_the_label_admits_exactly_the_readers_who_see_enough(
    derivation: Derivation, labels: Mapping[str, str], tokens: set[str]
) -> None:
    held = frozenset(tokens)
    seen = frozenset(each for each in INPUTS if access.admits(labels[each], held))
    provenance = derivation.provenance
    derived = label(provenance, labels)
    admitted = derived is not None and access.admits(derived, held)
    assert admitted == visible(provenance, seen) == derivation.holds(seen)


def test_an_input_without_a_readable_label_closes_what_needs_it() -> None:
    provenance = either(both(of("a"), of("b")), of("c"))
    assert label(provenance, {"a": "S", "b": "HEATHER", "c": "S&("}) == "HEATHER&S"
    assert label(provenance, {"a": "S"}) is None
    assert label(UNSUPPORTED, {}) is None
    assert label(UNCONDITIONAL, {}) == ""


def test_one_label_for_a_thousand_inputs_is_still_short() -> None:
    provenance = any_alone(of(f"s{at}") for at in range(1000))
    assert label(provenance, {f"s{at}": "S" for at in range(1000)}) == "S"


def test_alternatives_that_fit_into_no_label_are_said_to_be_too_many() -> None:
    provenance = any_alone(of(f"s{at}") for at in range(1000))
    with pytest.raises(TooManyWitnessesError, match="treat it as if"):
        label(provenance, {f"s{at}": f"COMPARTMENT{at}" for at in range(1000)})


def test_past_the_cap_nobody_gets_a_shortened_answer() -> None:
    wide = [either(of(f"a{at}"), of(f"b{at}")) for at in range(11)]
    assert len(all_together(wide[:10]).sets) == 1024
    with pytest.raises(TooManyWitnessesError):
        all_together(wide)
    with pytest.raises(TooManyWitnessesError):
        any_alone(of(f"s{at}") for at in range(MOST_WITNESSES + 1))


def test_a_product_too_large_to_try_is_refused_before_it_is_made() -> None:
    left, right = (any_alone(of(f"{side}{at}") for at in range(MOST_WITNESSES)) for side in "lr")
    with pytest.raises(TooManyWitnessesError):
        both(left, right)


def test_why_lists_the_shortest_ground_first() -> None:
    provenance = any_alone([all_together(map(of, "bcd")), all_together(map(of, "da")), all_together(map(of, "ab"))])
    assert witnesses(provenance) == (("a", "b"), ("a", "d"), ("b", "c", "d"))


@given(provenances)
def test_a_critical_input_is_one_without_which_nothing_is_left(provenance: Provenance) -> None:
    rest = {each: visible(provenance, provenance.inputs - {each}) for each in provenance.inputs}
    assert critical(provenance) == {each for each, still in rest.items() if not still}


def test_confidence_is_a_noisy_or_of_products() -> None:
    provenance = either(both(of("a"), of("b")), of("c"))
    assert confidence(provenance, {"a": 0.5, "b": 0.5, "c": 0.2}) == pytest.approx(1 - 0.75 * 0.8)
    assert confidence(provenance, {"a": 0.5}) == 0.0
    assert confidence(UNCONDITIONAL, {}) == 1.0
    assert confidence(UNSUPPORTED, {}) == 0.0


@given(provenances, st.fixed_dictionaries(dict.fromkeys(INPUTS + "z", st.floats(0, 1))))
def test_one_more_independent_ground_never_lowers_confidence(
    provenance: Provenance, by_input: dict[str, float]
) -> None:
    before = confidence(provenance, by_input)
    after = confidence(either(provenance, of("z")), by_input)
    assert 0.0 <= before <= after + 1e-12 <= 1.0 + 1e-9

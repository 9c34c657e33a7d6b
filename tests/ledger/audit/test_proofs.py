from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.ledger.audit import EMPTY_ROOT, Tree, leaf_hash, root_of, verify_consistency, verify_inclusion

LOG = [f"leaf {n}".encode() for n in range(70)]
TREE = Tree.of(map(leaf_hash, LOG))


def test_every_leaf_of_every_size_has_a_proof_that_holds() -> None:
    for size in range(1, len(LOG) + 1):
        root = root_of(LOG[:size])
        assert TREE.root(size) == root
        for index in range(size):
            assert verify_inclusion(leaf_hash(LOG[index]), index, size, TREE.inclusion(index, size), root)


def test_every_size_is_proven_to_continue_every_smaller_one() -> None:
    for size in range(1, len(LOG) + 1):
        for old in range(1, size + 1):
            proof = TREE.consistency(old, size)
            assert verify_consistency(old, TREE.root(old), size, TREE.root(size), proof)


@st.composite
def places(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(st.integers(1, len(LOG)))
    return draw(st.integers(0, size - 1)), size


@given(places(), places(), st.data())
def test_a_proof_holds_for_nothing_but_what_it_proves(
    place: tuple[int, int], other: tuple[int, int], data: st.DataObject
) -> None:
    index, size = place
    proof = TREE.inclusion(index, size)
    root = TREE.root(size)
    if other != place:
        at, within = other
        assert not verify_inclusion(leaf_hash(LOG[at]), at, within, proof, TREE.root(within))
        assert at == index or not verify_inclusion(leaf_hash(LOG[at]), index, size, proof, root)
    assert not verify_inclusion(leaf_hash(LOG[index]), index, size, [*proof, bytes(32)], root)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        altered = [*proof[:at], bytes(32), *proof[at + 1 :]]
        assert not verify_inclusion(leaf_hash(LOG[index]), index, size, altered, root)
        assert not verify_inclusion(leaf_hash(LOG[index]), index, size, proof[:-1], root)


@given(places(), st.data())
def test_an_altered_consistency_proof_does_not_hold(place: tuple[int, int], data: st.DataObject) -> None:
    old, size = place[0] + 1, place[1]
    proof = TREE.consistency(old, size)
    assert not verify_consistency(old, bytes(32), size, TREE.root(size), proof)
    assert not verify_consistency(old, TREE.root(old), size, bytes(32), proof)
    assert not verify_consistency(old, TREE.root(old), size, TREE.root(size), [*proof, bytes(32)])
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        altered = [*proof[:at], bytes(32), *proof[at + 1 :]]
        assert not verify_consistency(old, TREE.root(old), size, TREE.root(size), altered)
        assert not verify_consistency(old, TREE.root(old), size, TREE.root(size), proof[:-1])


@given(st.integers(), st.integers(), st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_made_up_proofs_are_refused_and_never_crash(index: int, size: int, proof: list[bytes]) -> None:
    assert not verify_inclusion(leaf_hash(b"none"), index, size, proof, TREE.root())
    assert not verify_consistency(index, bytes(32), size, TREE.root(), proof)


def test_questions_beyond_the_log_are_refused_in_words() -> None:
    with pytest.raises(BadInputError, match="no leaf 70"):
        TREE.inclusion(70)
    with pytest.raises(BadInputError, match="holds 70 leaves, not 71"):
        TREE.root(71)
    with pytest.raises(BadInputError, match="from 0 leaves"):
        TREE.consistency(0)
    assert Tree.of([]).root() == EMPTY_ROOT

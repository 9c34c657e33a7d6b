from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.errors import DamagedError
from leconfield.ledger.audit import EMPTY_ROOT, Frontier, leaf_hash, node_hash, root_of

LEAVES = st.lists(st.binary(max_size=8), max_size=70)


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return node_hash(by_definition(leaves[:middle]), by_definition(leaves[middle:]))


def test_the_roots_are_those_of_the_certificate_transparency_reference() -> None:
    # Inputs and roots of the RFC 6962 reference tests, found in every implementation of it.
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [bytes.fromhex(each) for each in inputs]
    assert root_of(leaves[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root_of(leaves[:2]).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert root_of(leaves[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert root_of(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_a_log_without_leaves_has_the_hash_of_nothing_as_its_root() -> None:
    assert Frontier().root() == EMPTY_ROOT == sha256(b"").digest()


@given(LEAVES)
def test_the_frontier_knows_the_root_that_the_definition_gives(leaves: list[bytes]) -> None:
    assert root_of(leaves) == by_definition(leaves)


@given(LEAVES, LEAVES)
def test_appending_in_two_steps_is_appending_at_once(first: list[bytes], second: list[bytes]) -> None:
    once, size = Frontier().extended(map(leaf_hash, first + second))
    halfway, _ = Frontier().extended(map(leaf_hash, first))
    stepped, _ = Frontier.parse(halfway.serialise()).extended(map(leaf_hash, second))
    assert stepped == once
    assert size == len(first + second) == once.size


@given(st.binary(max_size=200))
def test_bytes_are_a_frontier_or_a_clear_error(stored: bytes) -> None:
    try:
        frontier = Frontier.parse(stored)
    except DamagedError:
        return
    assert frontier.serialise() == stored or stored == b""


@pytest.mark.parametrize("size", [1, 5, 2**63 - 1])
def test_a_frontier_with_a_peak_too_few_is_damaged(size: int) -> None:
    short = size.to_bytes(8, "big") + bytes(32) * (size.bit_count() - 1)
    with pytest.raises(DamagedError, match="peaks"):
        Frontier.parse(short)

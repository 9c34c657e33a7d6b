from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit import leaf_hash, root_of
from leconfield.ledger.audit.tiles import Edge, bundled, hashes_in, partial_widths, tile_path, unbundled


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ((0, 0, 256), "tile/0/000"),
        ((0, 1_234_067, 256), "tile/0/x001/x234/067"),
        ((0, 1_234_067, 8), "tile/0/x001/x234/067.p/8"),
        ((None, 1_000, 256), "tile/entries/x001/000"),
        ((5, 999, 255), "tile/5/999.p/255"),
    ],
)
def test_paths_are_those_of_the_format(place: tuple[int | None, int, int], path: str) -> None:
    assert tile_path(*place) == path


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_leaves_come_back_from_their_bundle(leaves: list[bytes]) -> None:
    assert unbundled(bundled(leaves), len(leaves), "here") == leaves


@given(st.binary(max_size=100), st.integers(0, 10))
def test_bytes_are_a_bundle_of_that_many_leaves_or_a_clear_error(content: bytes, width: int) -> None:
    try:
        leaves = unbundled(content, width, "tile/entries/000")
    except DamagedError:
        return
    assert bundled(leaves) == content


def test_a_bundle_broken_off_or_going_on_is_refused_in_words() -> None:
    bundle = bundled([b"one", b"two"])
    with pytest.raises(DamagedError, match="here: it breaks off within leaf 1 of 2"):
        unbundled(bundle[:-1], 2, "here")
    with pytest.raises(DamagedError, match="here: it goes on"):
        unbundled(bundle + b"x", 2, "here")
    with pytest.raises(DamagedError, match="33 bytes are not 1 hashes"):
        hashes_in(bytes(33), 1, "here")


def test_a_leaf_too_long_for_a_bundle_is_refused() -> None:
    assert unbundled(bundled([bytes(65_535)]), 1, "here") == [bytes(65_535)]
    with pytest.raises(BadInputError, match="65536 bytes"):
        bundled([bytes(65_536)])


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000])
def test_the_edge_of_a_log_knows_its_root_and_gives_off_every_tile_once(size: int) -> None:
    leaves = [n.to_bytes(4, "big") for n in range(size)]
    edge = Edge()
    tiles = [tile for leaf in leaves for tile in edge.append(leaf_hash(leaf))]
    full, rest = len(tiles), list(edge.partial_tiles())
    assert edge.root() == root_of(leaves)
    assert full == sum(size >> 8 * level for level in range(1, 5))
    assert len({tile.path for tile in tiles + rest}) == full + len(rest)
    expected = [(level, index, width) for level, index, width in partial_widths(size) if width]
    assert [(tile.level, tile.index, len(tile.hashes)) for tile in rest] == expected

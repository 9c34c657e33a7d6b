"""Which Latin words of a vocabulary a part in another script may stand for: one compiled walk over a tree of letters.

Spellings are not guessed and then looked up: only those that the vocabulary holds are followed, the likeliest first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.transliteration.model import LETTERS, model_of
from leconfield.registry.transliteration.tables import LEAST, Tables, shares_of, tables_of
from leconfield.registry.transliteration.units import latin_of, learned_script, units_of

BEAM: Final = 200
GROUND: Final = 0.6
"""How much of what is common in names anyway is taken off a word's bits; chosen on rows that are not set aside."""
_HASHED: Final = 1 << 15
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Masks = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]


class Tree(NamedTuple):
    """A tree of letters by node, the root first: which letters follow (bits 1 to 26), first child, word that ends."""

    mask: Masks
    first: Ints
    word: Ints


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Latin words as a tree of letters; its arrays may be memory-mapped (12 bytes a node, about four nodes a word)."""

    tree: Tree

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """The tree of these words; only their letters a to z count, and of equal words the first is found."""
        plain = [latin_of(word).encode() for word in words]
        order = sorted((place for place in range(len(plain)) if plain[place]), key=lambda place: (plain[place], place))
        text = np.frombuffer(b"".join(plain[place] for place in order), np.uint8)
        ends = np.cumsum([0, *(len(plain[place]) for place in order)]).astype(np.int64)
        tree = Tree(
            np.zeros(len(text) + 1, np.uint32), np.zeros(len(text) + 1, np.int32), np.full(len(text) + 1, -1, np.int32)
        )
        nodes = _grow(text, ends, np.array(order, np.int32), tree)
        return cls(Tree(tree.mask[:nodes].copy(), tree.first[:nodes].copy(), tree.word[:nodes].copy()))

    def like(self, part: str, most: int = 50, beam: int = BEAM) -> list[tuple[int, float]]:
        """Words that the part may stand for, by place in the vocabulary, with evidence in bits; the likeliest first.

        Empty for Latin parts and for scripts of which nothing was learned. The evidence is the word's probability given
        the part, less most of what any name's letters have.
        """
        units = units_of(part)
        script = learned_script(units)
        model = model_of(script)
        tables = tables_of(script)
        if model is None or tables is None or not len(self.tree.mask):
            return []
        places = np.array([model.units[unit] for unit in units if unit in model.units], np.int32)
        found, bits = _walk(places, tables, self.tree, beam)
        order = np.lexsort((found, -bits))[:most]
        return [(int(found[place]), float(bits[place])) for place in order]


@compiled
def _grow(text: Bytes, ends: Longs, places: Ints, tree: Tree) -> int:
    """Fill the tree level by level from sorted words; how many nodes it has."""
    low = np.zeros(len(tree.mask), np.int64)
    high = np.zeros(len(tree.mask), np.int64)
    depth = np.zeros(len(tree.mask), np.int64)
    high[0] = len(places)
    nodes = 1
    node = 0
    while node < nodes:
        at, end, deep = low[node], high[node], depth[node]
        while at < end and ends[at + 1] - ends[at] == deep:
            if tree.word[node] < 0:
                tree.word[node] = places[at]
            at += 1
        tree.first[node] = nodes
        while at < end:
            letter = text[ends[at] + deep]
            stop = at + 1
            while stop < end and text[ends[stop] + deep] == letter:
                stop += 1
            tree.mask[node] |= np.uint32(1) << np.uint32(letter - 96)
            low[nodes], high[nodes], depth[nodes] = at, stop, deep + 1
            nodes += 1
            at = stop
        node += 1
    return nodes


@compiled
def _child(tree: Tree, node: int, letter: int) -> int:
    """The node that the letter leads to; -1 if there is none."""
    mask = tree.mask[node]
    if not (mask >> np.uint32(letter)) & np.uint32(1):
        return -1
    below = mask & ((np.uint32(1) << np.uint32(letter)) - np.uint32(1))
    below = below - ((below >> np.uint32(1)) & np.uint32(0x55555555))
    below = (below & np.uint32(0x33333333)) + ((below >> np.uint32(2)) & np.uint32(0x33333333))
    below = (below + (below >> np.uint32(4))) & np.uint32(0x0F0F0F0F)
    before = ((below * np.uint32(0x01010101)) >> np.uint32(24)) & np.uint32(0xFF)
    return int(tree.first[node]) + int(before)


@compiled
def _slot(hashed: Ints, nodes: Ints, node: int) -> int:
    """Where the node stands in the table of hashes, or the empty place where it belongs."""
    at = (node * 40503) & (_HASHED - 1)
    while hashed[at] >= 0 and nodes[hashed[at]] != node:
        at = (at + 1) & (_HASHED - 1)
    return at


@compiled
def _step(
    tables: Tables, tree: Tree, unit: int, following: int, nodes: Ints, state: Floats, last: Ints
) -> tuple[Ints, Floats, Ints]:
    """All spellings one unit longer. `state`: probability and bits of the ground of each; `last`: its last letter."""
    hashed = np.full(_HASHED, -1, np.int32)
    most = _HASHED // 2
    to = np.empty(most, np.int32)
    new = np.zeros((most, 2))
    ends = np.empty(most, np.int32)
    count = 0
    own = tables.own_start[unit]
    known = np.zeros((LETTERS, tables.own_start[unit + 1] - own))
    for one in range(len(nodes)):
        shares = known[last[one]]
        if shares.sum() == 0.0:
            shares[:] = shares_of(tables, unit, following, last[one])
        for slot in range(len(shares)):
            if shares[slot] <= LEAST:
                continue
            chunk = tables.own_chunk[own + slot]
            node = nodes[one]
            letter = last[one]
            bits = state[one, 1]
            for at in range(tables.letter_start[chunk], tables.letter_start[chunk + 1]):
                node = _child(tree, node, tables.letter[at])
                if node < 0:
                    break
                bits += tables.ground[letter, tables.letter[at]]
                letter = tables.letter[at]
            if node < 0:
                continue
            at = _slot(hashed, to, node)
            if hashed[at] < 0:
                if count == most:
                    continue
                hashed[at] = count
                to[count], ends[count], new[count, 1] = node, letter, bits
                count += 1
            new[hashed[at], 0] += state[one, 0] * shares[slot]
    return to[:count], new[:count], ends[:count]


@compiled
def _walk(units: Ints, tables: Tables, tree: Tree, beam: int) -> tuple[Ints, Floats]:
    """Words that the units spell, in no order, and their bits of evidence; after each unit only the best are kept."""
    nodes = np.zeros(1, np.int32)
    last = np.zeros(1, np.int32)
    state = np.zeros((1, 2))
    state[0, 0] = 1.0
    for place in range(len(units)):
        following = units[place + 1] if place + 1 < len(units) else tables.units
        nodes, state, last = _step(tables, tree, units[place], following, nodes, state, last)
        if len(nodes) > beam:
            kept = np.argsort(-(np.log2(state[:, 0]) + GROUND * state[:, 1]))[:beam]
            nodes, state, last = nodes[kept], state[kept], last[kept]
    ending = tree.word[nodes] >= 0
    bits = np.empty(len(nodes))
    for one in range(len(nodes)):
        bits[one] = math.log2(state[one, 0]) + GROUND * (state[one, 1] + tables.ground[last[one], 0])
    return tree.word[nodes][ending], bits[ending]

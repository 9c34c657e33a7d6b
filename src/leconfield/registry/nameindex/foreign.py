"""Parts in other scripts that are asked for: read straight out of the spellings that an index holds.

Guessing spellings and then looking for what is like them takes milliseconds and misses more; here only what the index
holds is followed, letter by letter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.segment import Bytes, Floats, Numbers, Parts
from leconfield.registry.scripts import LATIN, romanise
from leconfield.registry.transliteration.model import model_of
from leconfield.registry.transliteration.tables import Tables, shares_of, tables_of
from leconfield.registry.transliteration.units import learned_script, units_of
from leconfield.registry.transliteration.vocabulary import GROUND, Tree, Vocabulary

MOST_READ: Final = 80
"""Spellings that are followed for each part."""
BEAM: Final = 60
_COST: Final = 0.5
"""The share of a spelling's bits against the likeliest that it costs: any of them may be how a clerk writes it."""
SAME: Final = 0.3
_LONGEST_CHUNK: Final = 16
_MOST_BITS: Final = 6.5
"""Bits of distance from which a spelling is not taken for the part."""


@lru_cache(maxsize=1 << 14)
def likeliest(text: str) -> tuple[str, float]:
    """The part as it is likeliest spelt, and the evidence in that, in bits; empty where nothing was learned."""
    units = units_of(text)
    script = learned_script(units)
    model, tables = model_of(script), tables_of(script)
    if model is None or tables is None:
        return "", 0.0
    places = np.array([model.units[unit] for unit in units if unit in model.units], np.int32)
    out = np.empty(_LONGEST_CHUNK * len(places), dtype=np.uint8)
    length, bits = _likeliest(places, tables, out)
    return out[:length].tobytes().decode(), bits


def spelt(text: str) -> tuple[str, ...]:
    """The part as it is likeliest spelt by what was learned, if anything was; and letter by letter."""
    learned, letter_by_letter = likeliest(text)[0], romanise(text)
    return (learned, letter_by_letter) if learned not in ("", letter_by_letter) else (letter_by_letter,)


def read(text: str, script: str, parts: Parts) -> tuple[Numbers, Floats]:
    """The plain spellings that a part in another script may stand for, by number, and the bits that each is away."""
    best, most = likeliest(text) if script != LATIN else ("", 0.0)
    if not best:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    tree = Vocabulary(Tree(parts.tree_mask, parts.tree_first, parts.tree_form))
    found = [(form, SAME + _COST * max(0.0, most - bits)) for form, bits in tree.like(text, MOST_READ, BEAM)]
    near = [each for each in found if each[1] <= _MOST_BITS]
    forms = np.array([form for form, _ in near], dtype=np.int32)
    return forms, np.array([distance for _, distance in near], dtype=np.float32)


@compiled
def _likeliest(units: Numbers, tables: Tables, out: Bytes) -> tuple[int, float]:
    """Write the likeliest letters of each unit after those before; returns how many, and the evidence as `like` has."""
    length, last, bits = 0, 0, 0.0
    for place in range(len(units)):
        unit = units[place]
        following = units[place + 1] if place + 1 < len(units) else tables.units
        shares = shares_of(tables, unit, following, last)
        if not len(shares):
            continue
        slot = np.argmax(shares)
        bits += np.log2(shares[slot])
        chunk = tables.own_chunk[tables.own_start[unit] + slot]
        for at in range(tables.letter_start[chunk], tables.letter_start[chunk + 1]):
            letter = tables.letter[at]
            bits += GROUND * tables.ground[last, letter]
            out[length], last = letter + 96, letter
            length += 1
    return length, float(bits + GROUND * tables.ground[last, 0])

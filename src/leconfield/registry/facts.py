"""Shipped facts about name parts: how common, which are nicknames, which are one name in other spellings and scripts.

They are the same for every reader and every desk: nothing here is counted over anybody's records.
Source: `data/names.md`; built by `tools/build_names.py`.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

RAREST_BITS: Final = 17.0
"""What agreement on a part that no table lists is worth: rarer than one in 100,000."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The tables, by folded part."""

    bits: dict[str, float]
    nicknames: dict[str, frozenset[str]]
    """Both ways: a name's nicknames and a nickname's names."""
    classes: dict[str, tuple[int, ...]]
    """The classes of equivalent parts in which a part occurs."""


@cache
def facts() -> Facts:
    """The shipped tables, read once."""
    packed = (files("leconfield.registry") / "data" / "names.xz").read_bytes()
    common, pairs, classes = lzma.decompress(packed).decode().split("\n\n")
    bits = {part: float(head) for head, *parts in map(str.split, common.splitlines()) for part in parts}
    nicknames: dict[str, set[str]] = defaultdict(set)
    for name, nickname in map(str.split, pairs.splitlines()):
        nicknames[name].add(nickname)
        nicknames[nickname].add(name)
    found: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(classes.splitlines()):
        for part in line.split():
            found[part] = (*found.get(part, ()), number)
    return Facts(bits, {name: frozenset(others) for name, others in nicknames.items()}, found)


def rarity(part: str) -> float:
    """Bits of evidence in agreeing on a folded part: 5 for a very common one, 17 for one that no table lists."""
    return facts().bits.get(part, RAREST_BITS)

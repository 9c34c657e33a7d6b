"""What agreement on a part is worth, compiled: bits by how many rows bear it, less what the spelling costs."""

from __future__ import annotations

from typing import Final

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.expand import FIRST_LETTER, SAME
from leconfield.registry.nameindex.segment import Floats, Numbers, Offsets

SHIPPED_ROWS: Final = 10_000.0
"""The shipped tables count as a list of so many rows: few rows of one's own say little about what is rare."""
MOST_WEIGHED: Final = 160
"""Indexed parts that are followed for each part that is asked for: the nearest ones."""
INITIAL_BITS: Final = 3.0
LEAST_BITS: Final = 0.3
TOGETHER: Final = 0.7
"""Bits that a part is worth less for being written as two."""


@compiled
def rarity_of(rows: int, population: float, shipped: float) -> float:
    """Bits of agreement on a part that so many rows bear; `shipped` is what the shipped tables say."""
    bearing = rows + SHIPPED_ROWS * 2.0**-shipped
    return float(np.log2((population + SHIPPED_ROWS) / bearing))


@compiled
def weigh(
    at: Numbers,
    distance: Floats,
    rows: Numbers,
    shipped: Floats,
    own: int,
    asked_shipped: Floats,
    population: float,
    weight: Floats,
    asked_bits: Floats,
    bearers: Offsets,
) -> None:
    """Bits of agreement on each indexed part, how rare each part that is asked for is, and rows with parts like it.

    The first `own` are no joined ones.

    How often a stranger's part would be written like this one: the shares of all parts that it may stand for, each
    times the chance of being spelt like this. So a slip in a common name is worth no more than the name.
    """
    everybody = population + SHIPPED_ROWS
    for asked in range(len(at) - 1):
        share, same, bearers[asked] = 0.0, False, 0
        for each in range(at[asked], at[asked + 1]):
            bearers[asked] += rows[each]
            if distance[each] < FIRST_LETTER:
                bearing = rows[each] + SHIPPED_ROWS * 2.0 ** -shipped[each]
                share += bearing / everybody * 2.0 ** -distance[each]
                same = same or distance[each] == SAME
        if not same:
            share += SHIPPED_ROWS * 2.0 ** -asked_shipped[asked] / everybody
        asked_bits[asked] = -np.log2(share)
        if asked >= own:  # two parts are worth no more for being written together
            asked_bits[asked] = min(asked_bits[asked], asked_bits[asked - own] + asked_bits[asked - own + 1])
        for each in range(at[asked], at[asked + 1]):
            if distance[each] == FIRST_LETTER:
                weight[each] = min(INITIAL_BITS, asked_bits[asked])
            else:
                weight[each] = max(LEAST_BITS, asked_bits[asked] - distance[each])
                if asked >= own:
                    weight[each] -= TOGETHER


@compiled
def arranged(
    order: Numbers,
    own: int,
    at: Numbers,
    part: Numbers,
    weight: Floats,
    list_at: Numbers,
    list_part: Numbers,
    list_weight: Floats,
) -> None:
    """Lists to be merged, group by group for the asked parts in that order, the heaviest first.

    A part that two neighbours make when written together counts half for each of them.
    """
    list_at[0] = 0
    for group in range(len(order)):
        asked, count = order[group], list_at[group]
        for each in range(at[asked], at[asked + 1]):
            list_part[count], list_weight[count] = part[each], weight[each]
            count += 1
        for pair in (own + asked - 1, own + asked):
            if (pair < own + asked and asked == 0) or pair >= len(at) - 1:
                continue
            for each in range(at[pair], at[pair + 1]):
                list_part[count], list_weight[count] = part[each], weight[each] / 2
                count += 1
        heaviest = np.argsort(-list_weight[list_at[group] : count], kind="mergesort")
        parts, weights = list_part[list_at[group] : count].copy(), list_weight[list_at[group] : count].copy()
        for each in range(len(heaviest)):
            list_part[list_at[group] + each] = parts[heaviest[each]]
            list_weight[list_at[group] + each] = weights[heaviest[each]]
        list_at[group + 1] = count

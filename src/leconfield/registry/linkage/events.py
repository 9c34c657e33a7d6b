"""What happened to clusters: which became one, which came apart, which is called by another record now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Event:
    """One change, by the ids of clusters. A cluster that gives to one and takes from another is in two events."""

    kind: Literal["merge", "split", "rename"]
    before: tuple[str, ...]
    after: tuple[str, ...]


def events_between(
    ids: Sequence[str], before: npt.NDArray[np.int32], after: npt.NDArray[np.int32]
) -> tuple[Event, ...]:
    """The changes from one partition to another, of the rows that are in both (-1: not there)."""
    shared = min(len(before), len(after))
    there = (before[:shared] >= 0) & (after[:shared] >= 0)
    moves = np.unique(np.stack((before[:shared][there], after[:shared][there])), axis=1)
    into: dict[int, list[int]] = defaultdict(list)
    out_of: dict[int, list[int]] = defaultdict(list)
    for old, new in moves.T.tolist():
        into[new].append(old)
        out_of[old].append(new)

    def named(rows: Sequence[int]) -> tuple[str, ...]:
        return tuple(ids[row] for row in sorted(rows))

    found = [Event("merge", named(olds), named([new])) for new, olds in into.items() if len(olds) > 1]
    found += [Event("split", named([old]), named(news)) for old, news in out_of.items() if len(news) > 1]
    found += [
        Event("rename", named([old]), named(news))
        for old, news in out_of.items()
        if len(news) == 1 and news[0] != old and into[news[0]] == [old]
    ]
    return tuple(found)

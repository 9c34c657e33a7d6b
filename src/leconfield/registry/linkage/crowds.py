"""Records that arrive one by one and say the same (`twins`): who stands for the others, and who stands aside."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leconfield.registry.linkage.twins import CROWD


class Crowds:
    """All rows that tell who they are of, by what they say."""

    def __init__(self) -> None:
        self._members: dict[int, list[int]] = {}
        self.aside: dict[int, int] = {}
        """Rows that stand aside, and what they say."""

    def join(self, said: int, row: int) -> bool:
        """Note what a row says, 0 if it does not tell who it is of; whether that makes a crowd."""
        if not said:
            return False
        members = self._members.setdefault(said, [])
        members.append(row)
        return len(members) > CROWD

    def part(self, said: int, row: int) -> None:
        """A row is gone, or stands for itself."""
        if said:
            self._members[said].remove(row)
            self.aside.pop(row, None)
            if not self._members[said]:
                del self._members[said]

    def changes(self, said: int, fingerprints: npt.NDArray[np.uint64]) -> tuple[list[int], list[int]]:
        """Which of the rows that say this have to come back now, and which to stand aside; noted as done."""
        members = self._members.get(said, [])
        if len(members) > CROWD:
            first = min(members, key=lambda row: int(fingerprints[row]))
            back = [first] if first in self.aside else []
            leaving = [row for row in members if row != first and row not in self.aside]
        else:
            back, leaving = [row for row in members if row in self.aside], []
        for row in back:
            del self.aside[row]
        self.aside.update(dict.fromkeys(leaving, said))
        return back, leaving

    def whole(self, clusters: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """The clusters of all rows, those aside too, each called after its first row; -1 where there is none."""
        if not self.aside:
            return clusters
        of = clusters.copy()
        for said in set(self.aside.values()):
            members = np.array(self._members[said])
            of[members] = of[members].max()  # all but one are -1
        there = np.flatnonzero(of >= 0)[::-1]
        first = np.empty(len(of), np.int32)
        first[of[there]] = there  # what is written last stays: the first row
        of[there] = first[of[there]]
        return of

"""Resolution of records as they arrive: each is in its cluster at once, and every step can be taken back.

What is exact when: with the weights it has, the partition is a function of the set of records and judgements, whatever
came first; a judgement undone or a record removed leaves nothing behind. The weights themselves are learned from the
records when there are four times as many as before, and when `settle` is called: then the whole state is a function of
the set, and the same as the batch path makes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leconfield.errors import BadInputError, NotFoundError
from leconfield.registry.linkage import arrival, learning
from leconfield.registry.linkage.crowds import Crowds
from leconfield.registry.linkage.encoding import Encoder, fingerprints
from leconfield.registry.linkage.events import Event, events_between
from leconfield.registry.linkage.explaining import Explanation, explain
from leconfield.registry.linkage.fields import Plan
from leconfield.registry.linkage.limits import limits
from leconfield.registry.linkage.opinions import say
from leconfield.registry.linkage.scoring import model_of, shape_of
from leconfield.registry.linkage.similarity import WORDS, facts_of
from leconfield.registry.linkage.state import ROWS, empty_graph, empty_postings, longer, with_room
from leconfield.registry.linkage.terms import Weights
from leconfield.registry.linkage.twins import contents

SAME: Final = "same"
DIFFERENT: Final = "different"
_SAYS: Final = {SAME: 1, DIFFERENT: -1}
FIRST_EPOCH: Final = 64
"""Weights are learned first when there are so many records, then whenever there are four times as many."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an officer said of two records."""

    left: str
    right: str
    verdict: str
    """`same` or `different`."""


_Scored: TypeAlias = tuple[
    npt.NDArray[np.int32],
    npt.NDArray[np.int64],
    npt.NDArray[np.int32],
    npt.NDArray[np.float32],
    npt.NDArray[np.float32],
    npt.NDArray[np.uint64],
    npt.NDArray[np.int64],
]
"""Rows, facts, shape, model, rarity, fingerprints, limits: what every comparison needs."""


class Resolver:
    """The records of one table of one plan, as clusters."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.encoder = Encoder(plan)
        self.ids: list[str] = []
        self._row_of: dict[str, int] = {}
        self._judgements: dict[tuple[str, str], Judgement] = {}
        self._layout = plan.layout
        self._shape = shape_of(self._layout)
        self._rows: npt.NDArray[np.int32] = np.full((256, plan.width), -1, np.int32)
        self._fingerprints: npt.NDArray[np.uint64] = np.zeros(256, np.uint64)
        self._facts: npt.NDArray[np.int64] = np.zeros((1024, WORDS), np.int64)
        self._known = 0
        self._postings = empty_postings()
        self._graph = empty_graph()
        self._said: npt.NDArray[np.uint64] = np.zeros(256, np.uint64)
        self._crowds = Crowds()
        self._spoken: Counter[int] = Counter()
        self._whole: npt.NDArray[np.int32] | None = None
        self._next_epoch = FIRST_EPOCH
        self._told = np.zeros(0, np.int32)
        self._weights = self._learned()
        self._rarity, self._unseen = self._weights.rarity, np.float32(0)
        self._use(self._weights, 1)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._row_of)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What officers said and have not taken back."""
        return tuple(self._judgements.values())

    def add(self, ids: Sequence[str], table: pa.Table | pa.RecordBatch) -> None:
        """Take in records, one after another.

        Raises:
            BadInputError: if one of them is there already; then none is taken in.
        """
        self.check_new(ids)
        begin, end = len(self.ids), len(self.ids) + len(ids)
        rows = self.encoder.encode(table)
        self._rows = longer(self._rows, end)
        self._fingerprints = longer(self._fingerprints, end, 0)
        self._rows[begin:end] = rows
        self._fingerprints[begin:end] = fingerprints(pa.array(ids, pa.string()))
        self._note_terms()
        self.ids.extend(ids)
        self._row_of.update(zip(ids, range(begin, end), strict=True))
        self._arrive(end)
        self._said = longer(self._said, end, 0)
        self._said[begin:end] = contents(rows, self.encoder.terms, self._layout)
        for row, said in enumerate(self._said[begin:end].tolist(), begin):
            if self._crowds.join(said, row):
                self._part_crowd(said)

    def cluster_of(self, record: str) -> str:
        """The id of the cluster of a record: that of its oldest record.

        Raises:
            NotFoundError: if there is no such record.
        """
        return self.ids[int(self._clusters[self._row(record)])]

    def clusters(self) -> Iterator[tuple[str, str]]:
        """Every record and its cluster, the oldest record first."""
        for row, cluster in enumerate(self._clusters.tolist()):
            if cluster >= 0:
                yield self.ids[row], self.ids[cluster]

    def members_of(self, record: str) -> tuple[str, ...]:
        """The records of a record's cluster, the oldest first."""
        row = self._row(record)
        if self._crowds.aside:
            return tuple(self.ids[each] for each in np.flatnonzero(self._clusters == self._clusters[row]).tolist())
        cluster, members, each = self._graph.cluster[row], [row], int(self._graph.ring[row])
        while each != row:
            if self._graph.cluster[each] == cluster:
                members.append(each)
            each = int(self._graph.ring[each])
        return tuple(self.ids[each] for each in sorted(members))

    def judge(self, judgement: Judgement) -> None:
        """Take in what an officer says of two records; it replaces what was said of them before.

        Raises:
            NotFoundError: if one of the records is not there.
            BadInputError: if the verdict is neither `same` nor `different`, or both records are one.
        """
        if judgement.verdict not in _SAYS:
            raise BadInputError(f'"{judgement.verdict}" is no verdict; use same or different')
        left, right = self._row(judgement.left), self._row(judgement.right)
        if left == right:
            raise BadInputError(f'"{judgement.left}" is judged against itself; name two records')
        pair = _pair(judgement.left, judgement.right)
        if pair not in self._judgements:
            self._speak_of(left)
            self._speak_of(right)
        self._judgements[pair] = judgement
        self._say(left, right, _SAYS[judgement.verdict])

    def take_back(self, left: str, right: str) -> None:
        """Undo what was said of two records, as though it had never been said.

        Raises:
            NotFoundError: if nothing was said of them.
        """
        if self._judgements.pop(_pair(left, right), None) is None:
            raise NotFoundError(f'nothing was said of "{left}" and "{right}"; there is nothing to take back')
        self._say(self._row(left), self._row(right), 0)
        for row in (self._row(left), self._row(right)):
            self._spoken[row] -= 1
            if not self._spoken[row]:
                said = int(self._said[row])
                if self._crowds.join(said, row):
                    self._part_crowd(said)

    def remove(self, record: str) -> None:
        """Take a record out with what was said of it, as though it had never come.

        Raises:
            NotFoundError: if there is no such record.
        """
        row = self._row(record)
        for each in [each for each in self._judgements.values() if record in (each.left, each.right)]:
            self.take_back(each.left, each.right)
        del self._row_of[record]
        said = int(self._said[row])
        if row not in self._crowds.aside:
            self._leave(row)
        self._crowds.part(said, row)
        self._rows[row] = -1
        self._part_crowd(said)

    def events(self) -> tuple[Event, ...]:
        """What happened to clusters since this was last asked: merges, splits, and new names."""
        now = self._clusters.copy()
        happened = events_between(self.ids, self._told, now)
        self._told = now
        return happened

    def settle(self) -> None:
        """Learn the weights from all records and judgements, and resolve everything with them."""
        begin, end = 0, int(self._graph.sizes[ROWS])  # of a group on its way, only what has arrived
        self._whole = None
        self._use(self._learned(), len(self._present))
        while True:
            self._postings, self._graph = with_room(self._postings, self._graph, end)
            begin = arrival.settle(*self._scored, self._postings, self._graph, begin)
            if begin == end:
                return

    def explain(self, left: str, right: str) -> Explanation:
        """Why two records are, or are not, one: the evidence field by field.

        Raises:
            NotFoundError: if one of the records is not there.
        """
        pair = (self._row(left), self._row(right))
        return explain(
            self.encoder, self._rows, self._weights, self._fingerprints, pair, learning.threshold(self._settled_for)
        )

    def check_new(self, ids: Sequence[str]) -> None:
        """See that none of these ids is there already.

        Raises:
            BadInputError: if one is, or is twice among them.
        """
        seen: set[str] = set()
        for each in ids:
            if each in self._row_of or each in seen:
                raise BadInputError(f'the id "{each}" is there twice; ids must be unique')
            seen.add(each)

    def _row(self, record: str) -> int:
        try:
            return self._row_of[record]
        except KeyError:
            raise NotFoundError(f'there is no record "{record}"') from None

    def _note_terms(self) -> None:
        terms, count = self.encoder.terms, self.encoder.count
        self._facts = longer(self._facts, len(terms.hash), 0)
        self._rarity = longer(self._rarity, len(terms.hash), 0)
        facts_of(terms, self._facts, self._known, count)
        self._rarity[self._known : count] = self._unseen
        self._known = count

    def _arrive(self, end: int) -> None:
        self._whole = None
        while True:
            stop = min(end, self._next_epoch)
            self._postings, self._graph = with_room(self._postings, self._graph, end)
            inside = arrival.arrive(
                self._rows, self.encoder.terms, self._facts, self._layout, *self._scored[2:],
                self._postings, self._graph, stop,
            )  # fmt: skip
            if inside == self._next_epoch:
                self._next_epoch *= 4
                self.settle()
            if inside == end:
                return

    @property
    def _scored(self) -> _Scored:
        return (
            self._rows, self._facts, self._shape, self._model, self._rarity, self._fingerprints, self._limits,
        )  # fmt: skip

    def _learned(self) -> Weights:
        """The weights that follow from the records and judgements there are."""
        present = self._present
        place = np.zeros(len(self.ids) + 1, np.int64)
        place[present] = np.arange(len(present))
        judged = None
        if self._judgements:
            said = [self._judgements[pair] for pair in sorted(self._judgements)]
            judged = (
                place[[self._row_of[each.left] for each in said]],
                place[[self._row_of[each.right] for each in said]],
                np.array([each.verdict == SAME for each in said]),
            )
        return learning.learn(
            self._rows[present], self.encoder.terms, self._layout, self._fingerprints[present], judged
        )

    @property
    def _present(self) -> npt.NDArray[np.int64]:
        """The rows that have arrived and were not removed, and do not stand aside."""
        return np.flatnonzero(self._graph.cluster[: int(self._graph.sizes[ROWS])] >= 0)

    @property
    def _clusters(self) -> npt.NDArray[np.int32]:
        """The cluster of each row, called after its oldest; -1 once it is removed."""
        if self._whole is None:
            self._whole = self._crowds.whole(self._graph.cluster[: len(self.ids)])
        return self._whole

    def _speak_of(self, row: int) -> None:
        """An officer speaks of a record: it stands for itself."""
        self._spoken[row] += 1
        if self._spoken[row] == 1:
            said, aside = int(self._said[row]), row in self._crowds.aside
            self._crowds.part(said, row)
            if aside:
                self._come_back(row)
            self._part_crowd(said)

    def _part_crowd(self, said: int) -> None:
        """See that one stands for all of a crowd, and everybody for himself where there is none."""
        back, aside = self._crowds.changes(said, self._fingerprints)
        for row in back:
            self._come_back(row)
        for row in aside:
            self._leave(row)

    def _leave(self, row: int) -> None:
        self._whole = None
        self._postings, self._graph = with_room(self._postings, self._graph, len(self.ids))
        arrival.leave(*self._scored, self._postings, self._graph, row)

    def _come_back(self, row: int) -> None:
        self._whole = None
        self._postings, self._graph = with_room(self._postings, self._graph, len(self.ids))
        arrival.come_back(
            self._rows, self.encoder.terms, self._facts, self._layout, *self._scored[2:],
            self._postings, self._graph, row,
        )  # fmt: skip

    def _use(self, weights: Weights, rows: int) -> None:
        self._weights = weights
        self._settled_for = rows
        self._model = model_of(weights)
        self._rarity = weights.rarity
        self._unseen = np.float32(np.log2(rows + 2))
        self._limits = limits(rows)

    def _say(self, left: int, right: int, says: int) -> None:
        self._whole = None
        self._postings, self._graph = with_room(self._postings, self._graph, len(self.ids))
        say(self._graph, self._fingerprints, self._limits, left, right, says)


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)

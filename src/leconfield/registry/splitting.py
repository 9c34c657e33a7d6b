"""What a judgement would do, before it is made: the subjects as they would be, and what would follow.

The partition is asked while it supposes the judgement, so that what is shown is what would be; nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger.model import Judgement, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.chips import name_of, reverse_rows_of, rows_of
from leconfield.registry.clusters import Edge
from leconfield.registry.proposals import Proposal
from leconfield.registry.records import Record
from leconfield.registry.resolution import Partition
from leconfield.registry.subjects import Subject
from leconfield.web.values import StatementRow

_SUPPOSED: Final = "9999-12-31T23:59:59.999999Z"
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Side:
    """A subject as it would be."""

    subject: Subject
    records: tuple[Record, ...]
    rows: tuple[StatementRow, ...]
    """What would be said of it."""
    links: tuple[StatementRow, ...]
    """Where it would lead, and what would lead to it."""
    proposals: tuple[Proposal, ...]
    """Who it might be, then."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be, were two records judged `same` or `different`."""

    left: SubjectId
    right: SubjectId
    verdict: str
    before: tuple[Subject, ...]
    after: tuple[Side, ...]
    """The subject or subjects of the two records, the older first."""
    elsewhere: tuple[tuple[str, tuple[Subject, ...]], ...]
    """Other subjects that would be joined or split by it, by name, and what would become of them."""

    @property
    def changes(self) -> bool:
        """Whether it would change who is who."""
        return [each.records for each in self.before] != [each.subject.records for each in self.after]


def preview(view: View, left: SubjectId, right: SubjectId, verdict: str) -> Preview:
    """What judging the two records so would do.

    Raises:
        NotFoundError: if one of them is not in the view.
        BadInputError: if both are one record.
    """
    partition = view.derived(Partition)
    before = _subjects(partition, left, right)
    if left == right:
        raise BadInputError("a record cannot be held against itself; choose another")
    judgement = Judgement(left, right, verdict, view.reader.name, "supposed", _SUPPOSED, "")
    with partition.supposing(judgement):
        after = tuple(_side(view, partition, each) for each in _subjects(partition, left, right))
        mine = {record for each in after for record in each.subject.records}
        elsewhere = []
        for old in partition.replaced:
            now = tuple(partition.subject(head) for head in partition.became(old))
            if mine.isdisjoint(each.id for each in old.records) and (len(now) > 1 or now[0] != old.subject()):
                elsewhere.append((name_of(old.subject()), now))
    return Preview(left, right, verdict, before, after, tuple(elsewhere))


def _subjects(partition: Partition, left: SubjectId, right: SubjectId) -> tuple[Subject, ...]:
    found = {each.id: each for each in (partition.subject(left), partition.subject(right))}
    return tuple(sorted(found.values(), key=lambda each: partition.records_of(each)[0].order))


def _side(view: View, partition: Partition, subject: Subject) -> Side:
    rows = rows_of(view, subject)
    links = [each for each in rows if each.schema] + reverse_rows_of(view, subject)
    return Side(
        subject,
        partition.records_of(subject),
        tuple(each for each in rows if not each.schema),
        tuple(links),
        partition.proposals(subject)[:_SHOWN],
    )


def against(edges: tuple[Edge, ...], record: SubjectId) -> Edge | None:
    """The edge by which a record hangs on its subject; None if it is a subject by itself."""
    mine = [each for each in edges if record in (each.left, each.right)]
    return next((each for each in mine if each.right == record), mine[0] if mine else None)

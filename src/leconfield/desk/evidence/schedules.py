"""Schedules of unused material: which rows they have, under which numbers, and how they stand on paper and in CSV.

Numbers follow from what was served and from `Disclosable` items alone. Nothing else goes in, so that what may not stand
on a schedule leaves no number, no gap and no count.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.desk.evidence.disclosable import Disclosable
from leconfield.desk.evidence.model import GROUNDS, MG6C, MG6D, SCHEDULES, Issue, Row
from leconfield.ledger.marking import COLOURS, TIERS, Marking
from leconfield.printing import Block, Column, Document, Facts, Paragraph, Table, docx

OFFICER: Final = "the disclosure officer"
"""Who prints what leaves: never by name."""
_DRAFT: Final = "DRAFT, not served. Numbers may change until it is."
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_PREFACE: Final = {
    MG6C: "Material that is relevant to the case, that the prosecution does not rely on, and that is not sensitive.",
    MG6D: "For the prosecutor alone. Material that is relevant and that it is not in the public interest to disclose; "
    "the reason stands beside each item.",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the next issue of a schedule would be."""

    schedule: str
    heading: str
    rows: tuple[Row, ...]
    fresh: tuple[Row, ...]
    """Rows that were not served before; all of them if the last issue is voided."""
    voids: Issue | None
    """The last issue, if something in it has changed: it cannot stand beside this one."""

    @property
    def new(self) -> bool:
        """Whether there is anything to serve."""
        return bool(self.fresh) or self.voids is not None


def plan(schedule: str, heading: str, standing: Issue | None, items: Iterable[Disclosable]) -> Plan:
    """The next issue: what was served under its numbers and the new after it; all anew if something served changed."""
    wanted = [each for each in items if each.sensitive == (schedule == MG6D)]
    by_key = {each.key: each for each in wanted}
    kept = standing.rows if standing else ()
    changed = [each for each in kept if each.key not in by_key or each.said != said_of(by_key[each.key])]
    if standing and (changed or standing.heading != heading):
        rows = _numbered(wanted, 1)
        return Plan(schedule, heading, rows, rows, standing)
    served = {each.key for each in kept}
    fresh = _numbered([each for each in wanted if each.key not in served], len(kept) + 1)
    return Plan(schedule, heading, (*kept, *fresh), fresh, None)


def said_of(item: Disclosable) -> tuple[str, str, str]:
    """What stands on paper of an item beside its number, as `Row.said`."""
    return item.description, item.ground, item.prejudice


def _numbered(items: Sequence[Disclosable], first: int) -> tuple[Row, ...]:
    return tuple(Row(number, each.kind, each.item, *said_of(each)) for number, each in enumerate(items, first))


def paper(made: Plan, tier: str, moment: str, *, draft: bool) -> Document:
    """The schedule on paper; nothing on it but what was written for whoever gets it.

    `tier` is the token of the marking of the one that stays with the prosecutor; the other is OFFICIAL. Neither names a
    codeword, nor who printed it.
    """
    blocks: list[Block] = [Facts((("Case", made.heading),))]
    if draft:
        blocks.append(Paragraph(_DRAFT, boxed=True))
    blocks.append(Paragraph(_PREFACE[made.schedule]))
    blocks.append(_table(made))
    marking = marking_of(tier if made.schedule == MG6D else "O")
    return Document(SCHEDULES[made.schedule], marking, OFFICER, moment, tuple(blocks))


def marking_of(tier: str) -> Marking:
    """A tier without codewords."""
    return Marking(TIERS.get(tier, "UNMARKED"), (), COLOURS.get(tier, "unmarked"))


def _table(made: Plan) -> Table | Paragraph:
    if not made.rows:
        return Paragraph("There is no such material.")
    number = Column("No.", 0.5, number=True)
    if made.schedule == MG6C:
        rows = tuple((str(each.number), each.description) for each in made.rows)
        return Table((number, Column("Description", 8)), rows)
    because = tuple((str(each.number), each.description, _why(each)) for each in made.rows)
    return Table((number, Column("Description", 4), Column("Why it is sensitive", 4)), because)


def _why(row: Row) -> str:
    return f"Real risk of serious prejudice to {GROUNDS.get(row.ground, row.ground)}: {row.prejudice}"


def as_docx(made: Plan, tier: str, moment: str, *, draft: bool = False) -> bytes:
    """The schedule as a DOCX file; the same plan gives the same bytes."""
    return docx(paper(made, tier, moment, draft=draft))


def as_csv(made: Plan, *, draft: bool = False) -> bytes:
    """The schedule as a table, in UTF-8 with a byte order mark; what could be a formula begins with an apostrophe."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    if draft:
        sheet.writerow((_DRAFT,))
    sensitive = made.schedule == MG6D
    sheet.writerow(("Number", "Description", *(("Public interest", "Reason") if sensitive else ())))
    for each in made.rows:
        why = (GROUNDS.get(each.ground, each.ground), each.prejudice) if sensitive else ()
        sheet.writerow((each.number, *map(_plain, (each.description, *why))))
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

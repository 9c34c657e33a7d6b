"""How grave an item looks and how long it may wait: plain rules that propose an order and never decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.desk.leads.model import PARTS, Item, Lead
from leconfield.desk.suggestions import Reason, Suggestion
from leconfield.ledger.grades import Grade
from leconfield.ledger.model import Report, Statement, StatementId, SubjectId
from leconfield.ledger.times import stamp

RELIABILITY: Final = {"A": 1.5, "B": 1.0, "C": 0.0, "D": -1.0, "E": -2.0, "F": -0.5}
"""Bits for how reliable the source is; a source that cannot be judged is a little worse than a fair one."""
CREDIBILITY: Final = {1: 1.5, 2: 1.0, 3: 0.0, 4: -1.0, 5: -2.0, 6: -0.5}
"""Bits for how credible the information is."""
ANOTHER_ORIGIN: Final = 1.0
"""Bits for each independent origin beyond the first."""
MOST_ORIGINS: Final = 3.0
CLOSED_ONE: Final = "closed"
OPEN_ONE: Final = "open"
REGISTERED: Final = ""
STANDINGS: Final = {
    CLOSED_ONE: ("touches a closed subject of interest", 2.5, 5.0),
    OPEN_ONE: ("touches an open subject of interest", 1.5, 3.0),
    REGISTERED: ("touches whom somebody registered", 0.5, 2.0),
}
"""How a subject that is touched stands: in words, the bits for each, and for all of them at the most.

A closed one weighs more than an open one: nobody is looking at him.
"""
_NAMED: Final = 4
MODALITIES: Final = {"planned": 2.0, "attempted": 2.0}
"""Bits for what is said to be planned or attempted."""
DENIED: Final = -1.0
MOST_SUGGESTED: Final = 6.0
"""Bits that suggestions on the same reports may add."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A subject of whom reports speak, and who has been looked at before."""

    name: str
    record: SubjectId
    """A record of it in these reports."""
    statements: tuple[StatementId, ...]
    standing: str
    """`closed` or `open`: a subject of interest; empty: registered, no more."""


@dataclass(frozen=True, slots=True)
class Band:
    """How grave, and how long such an item may wait."""

    name: str
    from_bits: float
    hours: int


BANDS: Final = (
    Band("grave", 5.0, 1),
    Band("high", 2.5, 4),
    Band("middle", 0.0, 24),
    Band("low", float("-inf"), 72),
)
AGES: Final = {"hour": 1, "shift": 12, "day": 24, "week": 168}
"""How long ago something came, in hours, by the name of the filter."""


def band_of(bits: float) -> Band:
    """The band that so many bits fall into."""
    return next(each for each in BANDS if round(bits, 2) >= each.from_bits)


def due_of(item: Item) -> datetime:
    """By when somebody should have decided on it."""
    return datetime.fromisoformat(item.came) + timedelta(hours=band_of(item.bits).hours)


def in_order(items: Iterable[Item], oldest_first: bool = False) -> list[Item]:
    """The gravest band first and in it whoever waits longest; or simply the oldest first."""
    if oldest_first:
        return sorted(items, key=lambda each: (each.came, each.id))
    return sorted(items, key=lambda each: (BANDS.index(band_of(each.bits)), each.came, each.id))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue is looked at; empty: all of it."""

    source: str = ""
    age: str = ""
    label: str = ""
    whose: str = ""

    def admits(self, item: Item, label_known: str, moment: str) -> bool:
        """Whether the item is wanted; `label_known` is its label as the reader knows it, `moment` a stamp."""
        return (
            (not self.source or self.source in item.sources)
            and (not self.label or self.label == label_known)
            and (not self.whose or self.whose == item.whose)
            and (not self.age or item.came >= since(moment, AGES.get(self.age, 0)))
        )


def since(moment: str, hours: int) -> str:
    """The stamp of so many hours before."""
    return stamp(datetime.fromisoformat(moment) - timedelta(hours=hours))


def weights_of(
    reports: Sequence[Report],
    statements: Sequence[Statement],
    known: Sequence[Touched],
    raised: Sequence[Suggestion],
) -> tuple[Reason, ...]:
    """What speaks for and against looking at these reports at once.

    `known` are the subjects that they touch and who were looked at before. Names are shown, never weighed; nothing is
    read of what a subject is, only of what was said, by whom, how it is graded, and whether a file was closed.
    """
    found = [*_told(reports), *_said(statements), *_touched(known), *_suggested(raised)]
    return tuple(each for each in found if each.bits)


def origins_of(reports: Iterable[Report]) -> set[str]:
    """The independent origins of these reports: two reports that rest on one origin count once."""
    return {(each.origin or each.source).casefold() for each in reports}


def _told(reports: Sequence[Report]) -> Iterable[Reason]:
    if not reports:
        return
    best = min((each.grade for each in reports), key=_grade_rank)
    yield Reason(f"graded {best}", RELIABILITY[best.reliability] + CREDIBILITY[best.credibility], detail=best.words)
    origins = len(origins_of(reports))
    if origins > 1:
        bits = min(ANOTHER_ORIGIN * (origins - 1), MOST_ORIGINS)
        yield Reason(f"told by {origins} independent origins", bits, detail="several reports of one origin count once")


def _grade_rank(grade: Grade) -> tuple[float, str]:
    return -(RELIABILITY[grade.reliability] + CREDIBILITY[grade.credibility]), str(grade)


def _said(statements: Sequence[Statement]) -> Iterable[Reason]:
    for modality, bits in MODALITIES.items():
        those = tuple(each.id for each in statements if each.assertion.modality == modality)
        if those:
            yield Reason(f"tells of what is {modality}", bits, those)
    denied = tuple(each.id for each in statements if each.assertion.polarity == "denied")
    if denied:
        yield Reason("some of it is denied", DENIED, denied)


def _touched(known: Sequence[Touched]) -> Iterable[Reason]:
    for standing, (words, each_bits, most) in STANDINGS.items():
        those = [each for each in known if each.standing == standing]
        if those:
            names = ", ".join(each.name for each in those[:_NAMED]) + (" and others" if len(those) > _NAMED else "")
            statements = tuple(dict.fromkeys(one for each in those for one in each.statements[:1]))
            yield Reason(words, min(each_bits * len(those), most), statements, names)


def _suggested(raised: Sequence[Suggestion]) -> Iterable[Reason]:
    left = MOST_SUGGESTED
    for each in raised:
        bits = min(each.bits, left)
        left -= max(bits, 0.0)
        statements = tuple(dict.fromkeys(one for reason in each.reasons for one in reason.statements))
        yield Reason(each.title, round(bits, 2), statements, detail=each.kind)


def points_of(lead: Lead) -> int:
    """All points that persons gave a lead, of 40: for ordering a list, nothing is decided by it."""
    return sum(score.points for part in PARTS if (score := lead.score_of(part)) is not None)

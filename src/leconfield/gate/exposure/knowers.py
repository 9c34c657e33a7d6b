"""Who could have known: what was written down of each report, folded; what nobody wrote down fails closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Self

from leconfield.errors import BadInputError
from leconfield.gate.exposure.model import Knower
from leconfield.ledger.model import Entry, Report, ReportId
from leconfield.ledger.times import check_partial
from leconfield.ledger.world import Delta, World

NOTED: Final = "knowers noted"
"""Kind of entry, about a report, under the report's own label: no other counts."""
PEOPLE: Final = "people"
MOST: Final = 10_000_000
_NAMED: Final = 200


def line_of(knower: Knower) -> str:
    """A knower as a line of an entry: name, how many, since when."""
    return f"{knower.name}|{knower.weight}|{knower.since}"


def knower_in(line: str) -> Knower:
    """The knower that a line writes: `a name`, `a crowd|60` or `a name|1|2026-03-05`.

    Raises:
        BadInputError: if it does not.
    """
    name, _, rest = line.strip().partition("|")
    weight, _, since = rest.partition("|")
    kept = " ".join(name.split())
    if not kept or len(kept) > _NAMED:
        raise BadInputError(f'"{line[:60]}": write a name, or a name and how many people it is, as "the crew|12"')
    if weight and not (weight.isdecimal() and 0 < int(weight) <= MOST):
        raise BadInputError(f'"{line[:60]}": "{weight[:20]}" is no number of people')
    return Knower(kept, int(weight or 1), check_partial(since) if since else "")


def knowers_in(entry: Entry) -> tuple[Knower, ...]:
    """Those whom an entry names; lines that nobody could have written are left out, which fails closed."""
    found = []
    for line in entry.body.get(PEOPLE, "").splitlines():
        try:
            found.append(knower_in(line))
        except BadInputError:
            continue
    return tuple(found)


class Noted:
    """Who could have known what each report says, by report (a `Derived`)."""

    def __init__(self) -> None:
        self.by_report: dict[ReportId, tuple[Knower, ...]] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        noted = cls()
        noted._take(world, world.entries)
        return noted

    def grow(self, world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(world, delta.entries)

    def _take(self, world: World, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == NOTED:
                report = world.reports.get(ReportId(each.about))
                if report is not None and report.label == each.label:
                    self.by_report[report.id] = knowers_in(each)


@lru_cache(maxsize=1 << 14)
def key_of(name: str) -> str:
    """A name as it is compared: the same person noted twice is one."""
    return " ".join(name.casefold().split())


def teller(report: Report) -> str:
    """How the one who told us is called among the knowers."""
    return f"@{report.source}"


def by_then(noted: Sequence[Knower], event: str, until: str, burn_days: int) -> tuple[Knower, ...]:
    """Those who could have known it by the day `until` (ISO).

    Within `burn_days` after the event only those count of whom it is written since when they knew: news need time.
    """
    fresh = bool(event) and days(event, until) < burn_days
    return tuple(each for each in noted if (each.since[:10] <= until[:10] if each.since else not fresh))


def days(event: str, until: str) -> int:
    """Whole days from the last day that a partial date may mean to another day; a date that is none is just now."""
    try:
        return (date.fromisoformat(until[:10]) - _last_day(event)).days
    except ValueError:
        return 0


def _last_day(text: str) -> date:
    parts = [int(each) for each in text[:10].split("-")]
    if len(parts) == len(("year", "month", "day")):
        return date(*parts)
    month = parts[1] if len(parts) > 1 else 12
    return (date(parts[0], month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def weights(noted: Iterable[Knower]) -> Mapping[str, int]:
    """By name, how many people each is; of two figures for one crowd the smaller counts."""
    found: dict[str, int] = {}
    for each in noted:
        key = key_of(each.name)
        found[key] = min(each.weight, found.get(key, each.weight))
    return found

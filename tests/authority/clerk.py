"""The law of authorities written down a second time, by hand and without the product's rules, to hold them against.

A clerk is handed what was written down about one authority, in order, and says how it stands. He knows his table, who
holds which role, and the calendar; he reads neither `rules` nor the profile.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

DECIDER, SECOND, APPLICANT, WRITER = "decider", "second lock", "applicant", "applicant or who spoke"
TABLE: Final[Mapping[tuple[str, str], str]] = {
    ("applied", "granted"): DECIDER,
    ("applied", "granted by word of mouth"): DECIDER,
    ("applied", "refused"): DECIDER,
    ("applied", "withdrawn"): APPLICANT,
    ("awaiting", "approved"): SECOND,
    ("awaiting", "disapproved"): SECOND,
    ("awaiting", "withdrawn"): APPLICANT,
    ("urgent", "written up"): WRITER,
    ("urgent", "approved"): SECOND,
    ("urgent", "disapproved"): SECOND,
    ("urgent", "cancelled"): DECIDER,
    ("live", "reviewed"): DECIDER,
    ("live", "renewed"): DECIDER,
    ("live", "cancelled"): DECIDER,
    ("renewing", "approved"): SECOND,
    ("renewing", "disapproved"): SECOND,
    ("renewing", "reviewed"): DECIDER,
    ("renewing", "cancelled"): DECIDER,
}
"""Who may do what in which state. Whatever is not here is forbidden."""


@dataclass(frozen=True, slots=True)
class Law:
    """One kind: who decides, who approves, and its three spans: `m` months, `h` hours, `w` working days, `d` days."""

    decides: str
    approves: str
    lasts: str
    urgent: str
    window: int
    """Days before its end in which it is renewed."""


LAWS: Final = {
    "directed-surveillance": Law("authorising-officer", "", "6m", "72h", 28),
    "intrusive-surveillance": Law("minister", "judicial-commissioner", "6m", "2w", 30),
    "agent-use": Law("authorising-officer", "", "12m", "72h", 30),
    "agent-use-juvenile": Law("senior-authorising-officer", "", "4m", "72h", 28),
    "criminal-conduct": Law("authorising-officer", "", "12m", "72h", 30),
    "data-warrant": Law("minister", "judicial-commissioner", "6m", "3w", 30),
    "identity-opening": Law("authorising-officer", "", "7d", "24h", 1),
    "protected-search": Law("authorising-officer", "", "28d", "72h", 7),
}
HOLIDAYS: Final = frozenset(
    date.fromisoformat(each)
    for each in (
        *("2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25"),
        *("2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30"),
        *("2027-12-27", "2027-12-28"),
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """One line that somebody wrote down."""

    step: str
    at: datetime
    by: str
    roles: frozenset[str]
    until: datetime | None = None
    label: str = "S"


@dataclass
class Clerk:
    """Reads one authority's lines in order."""

    kind: str
    applicant: str
    complete: bool
    """Whether the application says everything."""
    state: str = "applied"
    ends: datetime | None = None
    owed: set[str] = field(default_factory=set)
    owed_by: datetime | None = None
    wish: datetime | None = None
    decided: set[str] = field(default_factory=set)
    spoke: set[str] = field(default_factory=set)

    def read(self, lines: Sequence[Said]) -> Clerk:
        """Take the lines in order; what the table does not allow is passed over."""
        for each in lines:
            if each.label == "S" and self._may(each):
                self._do(each)
        return self

    def live(self, at: datetime) -> bool:
        """Whether something may be done under it at that moment."""
        return self.state in ("live", "renewing", "urgent") and not self._over(at)

    def _over(self, at: datetime) -> bool:
        late = bool(self.owed) and self.owed_by is not None and at > self.owed_by
        return self.state in ("live", "renewing", "urgent") and (late or (self.ends is not None and at > self.ends))

    def _may(self, line: Said) -> bool:
        whose, law = TABLE.get((self.state, line.step)), LAWS[self.kind]
        if whose is None or self._over(line.at) or not self._person(line, whose, law):
            return False
        if line.step == "granted":
            return self.complete
        if self.state == "urgent" and line.step in ("approved", "disapproved", "written up"):
            return {"disapproved": "approved"}.get(line.step, line.step) in self.owed
        if line.step == "renewed":
            return self.ends is not None and line.at >= self.ends - timedelta(days=law.window)
        return True

    def _person(self, line: Said, whose: str, law: Law) -> bool:
        if whose == APPLICANT:
            return line.by == self.applicant
        if whose == WRITER:
            return line.by == self.applicant or line.by in self.spoke
        role = law.approves if whose == SECOND else law.decides
        other = line.by != self.applicant and not (whose == SECOND and line.by in self.decided)
        return bool(role) and role in line.roles and other

    def _do(self, line: Said) -> None:
        law = LAWS[self.kind]
        if line.step in ("granted", "granted by word of mouth", "renewed"):
            self.decided.add(line.by)
        if line.step == "granted":
            self.state, self.wish = ("awaiting" if law.approves else "live"), line.until
            self.ends = None if law.approves else _first(line.until, after(line.at, law.lasts))
        elif line.step == "granted by word of mouth":
            self.state, self.owed_by = "urgent", after(line.at, law.urgent)
            self.owed, self.ends = {"written up"} | ({"approved"} if law.approves else set()), self.owed_by
            self.ends = _first(line.until, self.owed_by)
            self.spoke.add(line.by)
        elif line.step == "written up":
            self.complete = True
            self._paid(line)
        elif line.step == "approved" and self.state == "urgent":
            self._paid(line)
        elif self.state == "renewing" and line.step in ("approved", "disapproved"):
            assert self.ends is not None
            self.ends = _first(self.wish, after(self.ends, law.lasts)) if line.step == "approved" else self.ends
            self.state = "live"
        elif line.step == "approved":
            self.state, self.ends = "live", _first(self.wish, after(line.at, law.lasts))
        elif line.step == "renewed":
            assert self.ends is not None
            self.wish = line.until
            self.state = "renewing" if law.approves else "live"
            self.ends = self.ends if law.approves else _first(line.until, after(self.ends, law.lasts))
        elif line.step != "reviewed":
            self.state = "over"

    def _paid(self, line: Said) -> None:
        self.owed.discard(line.step)
        if not self.owed:
            self.state = "live"


def _first(wish: datetime | None, law: datetime) -> datetime:
    return law if wish is None else min(wish, law)


def after(moment: datetime, span: str) -> datetime:
    """When a span is over."""
    count, unit = int(span[:-1]), span[-1]
    if unit == "h":
        return moment + timedelta(hours=count)
    if unit == "d":
        return moment + timedelta(days=count)
    if unit == "m":
        month = moment.month + count
        year, month = moment.year + (month - 1) // 12, (month - 1) % 12 + 1
        return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))
    day = moment.date()
    while count:
        day += timedelta(days=1)
        count -= day.isoweekday() < 6 and day not in HOLIDAYS
    return datetime.combine(day, time(23, 59, 59, 999999), UTC)

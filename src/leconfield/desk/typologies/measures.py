"""What a back-test was worth: who of those looked at did it, and who of those who did it was looked at.

Pure: lists of subjects week by week, and days on which something came of them, go in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from leconfield.ledger.model import SubjectId

WEEK: Final = 7
Ranking = Literal["weightiest", "loudest"]
WEIGHTIEST: Final = "weightiest"
LOUDEST: Final = "loudest"


@dataclass(frozen=True, slots=True)
class Listed:
    """A subject on a week's list, as it was known then, with what it was ranked by: bits, or reports."""

    subject: SubjectId
    rank: float


@dataclass(frozen=True, slots=True)
class Week:
    """What one week would have brought."""

    end: int
    """Its Sunday, in days since the year 1."""
    raised: tuple[Listed, ...]
    """Those above the threshold at its end, the weightiest first."""
    new: int
    """How many of them for the first time."""
    weightiest: tuple[Listed, ...]
    """Those of most bits, above the threshold or not: whom a team with time for so many would look at."""
    loudest: tuple[Listed, ...]
    """Those of whom most reports of the week spoke."""
    reports: int

    def top(self, ranking: Ranking, budget: int) -> tuple[Listed, ...]:
        """Those whom one would have looked at, with time for so many."""
        return (self.weightiest if ranking == WEIGHTIEST else self.loudest)[:budget]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of subjects."""

    days: Mapping[SubjectId, tuple[int, ...]]
    """By subject as it is known now: the days, sorted."""
    head_of: Mapping[SubjectId, SubjectId]
    """The subject, as it is known now, of every record."""

    def of(self, listed: SubjectId) -> tuple[int, ...]:
        """What came of somebody who stood on a list under the id that he had then."""
        return self.days.get(self.head_of.get(listed, listed), ())


@dataclass(frozen=True, slots=True)
class Measure:
    """What a list of so many a week would have been worth."""

    budget: int
    looked: int
    """Looks at a subject, over all weeks."""
    right: int
    """Looks after which it came true within the horizon."""
    outcomes: int
    """Times it came true, by subject and week."""
    found: int
    """Of these, how many of somebody who was looked at within the horizon before."""

    @property
    def precision(self) -> float:
        """The share of looks that were right; 0 without any."""
        return self.right / self.looked if self.looked else 0.0

    @property
    def recall(self) -> float:
        """The share of outcomes that were found; 0 without any."""
        return self.found / self.outcomes if self.outcomes else 0.0


@dataclass(frozen=True, slots=True)
class Story:
    """One subject: when it was first raised, and what came after."""

    subject: SubjectId
    """As it is known now."""
    first: int
    """The Sunday of the week in which it first stood above the threshold; 0: never."""
    bits: float
    next: int
    """The day on which it came true for the first time after that; 0: it did not, or it was never raised."""
    outcomes: int
    """Times it came true in all."""
    before: int
    """Of these, how many found it raised at the end of the week before."""


def measure(weeks: Sequence[Week], outcomes: Outcomes, ranking: Ranking, budget: int, horizon: int) -> Measure:
    """Precision and recall of a list of `budget` subjects a week; it counts if it comes true within `horizon` weeks.

    Weeks whose horizon reaches beyond the last are left out: nobody knows yet what came of them.
    """
    judged = [each for each in weeks if each.end + horizon * WEEK <= weeks[-1].end]
    looked = right = 0
    looks: dict[SubjectId, list[int]] = {}
    for week in judged:
        for each in week.top(ranking, budget):
            looked += 1
            right += any(week.end < day <= week.end + horizon * WEEK for day in outcomes.of(each.subject))
            looks.setdefault(outcomes.head_of.get(each.subject, each.subject), []).append(week.end)
    came = _came(judged, outcomes, horizon) if judged else set()
    found = sum(any(end < day <= end + horizon * WEEK for end in looks.get(subject, ())) for subject, day in came)
    return Measure(budget, looked, right, len(came), found)


def _came(judged: Sequence[Week], outcomes: Outcomes, horizon: int) -> set[tuple[SubjectId, int]]:
    """Who it came true of, once a week, from the first list on until the horizon of the last."""
    first, last = judged[0].end, judged[-1].end + horizon * WEEK
    weekly: dict[tuple[SubjectId, int], int] = {}
    for subject, days in outcomes.days.items():
        for day in days:
            if first < day <= last:
                weekly.setdefault((subject, day // WEEK), day)
    return {(subject, day) for (subject, _), day in weekly.items()}


def stories(weeks: Sequence[Week], outcomes: Outcomes) -> list[Story]:
    """Everybody who was raised or of whom it came true: those found in time first, the earliest raised first."""
    first: dict[SubjectId, tuple[int, float]] = {}
    standing: dict[SubjectId, list[int]] = {}
    for week in weeks:
        for each in week.raised:
            subject = outcomes.head_of.get(each.subject, each.subject)
            first.setdefault(subject, (week.end, each.rank))
            standing.setdefault(subject, []).append(week.end)
    ends = [each.end for each in weeks]
    found = [_story(each, first, standing, outcomes, ends) for each in {**first, **outcomes.days}]
    return sorted(
        found, key=lambda each: (not (each.first and each.next), -each.before, each.first or 10**7, each.subject)
    )


def _story(
    subject: SubjectId,
    first: Mapping[SubjectId, tuple[int, float]],
    standing: Mapping[SubjectId, list[int]],
    outcomes: Outcomes,
    ends: Sequence[int],
) -> Story:
    end, bits = first.get(subject, (0, 0.0))
    days = outcomes.days.get(subject, ())
    after = next((day for day in days if end and day > end), 0)
    raised = set(standing.get(subject, ()))
    before = sum((last := max((each for each in ends if each < day), default=0)) in raised and last > 0 for day in days)
    return Story(subject, end, bits, after, len(days), before)

"""What follows from what: scores, whom one may not score, what may be decided, and until when somebody is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Final

from leconfield.authority.spans import Span
from leconfield.errors import BadInputError
from leconfield.outreach.challenges.model import HIGHEST, LOWEST, READERS, Criterion, Outcome, Planned, Submission

FEEDBACK_WITHIN: Final = Span(6, "working day")
"""Whoever is not taken forward is told why by then."""
APART: Final = 2
"""Marks that differ by so much are talked over before anything is decided."""
DEFAULT_CRITERIA: Final = (
    Criterion("Closes the gap", 40),
    Criterion("Can be done", 30),
    Criterion("Team", 15),
    Criterion("Value for money", 15),
)
MOST_CRITERIA: Final = 10
_MOST_WEIGHT: Final = 100


def criteria_in(text: str) -> tuple[Criterion, ...]:
    """The criteria that lines write as `Closes the gap: 40`; the shipped ones for no lines.

    Raises:
        BadInputError: naming the line.
    """
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    made = tuple(_criterion(each, number) for number, each in enumerate(lines, start=1))
    if len(made) > MOST_CRITERIA or len({each.name.casefold() for each in made}) != len(made):
        raise BadInputError(f"criteria: {MOST_CRITERIA} at most, each once")
    return made or DEFAULT_CRITERIA


def written(criteria: Iterable[Criterion]) -> str:
    """Criteria as lines; `criteria_in` reads them back."""
    return "\n".join(f"{each.name}: {each.weight}" for each in criteria)


def _criterion(line: str, number: int) -> Criterion:
    name, _, weight = line.rpartition(":")
    digits = weight.strip()
    if not name.strip() or not digits.isascii() or not digits.isdigit() or len(digits) > 3:
        raise BadInputError(f'criteria, line {number}: "{line[:60]}": write it as "Closes the gap: 40"')
    if not 0 < int(digits) <= _MOST_WEIGHT:
        raise BadInputError(f"criteria, line {number}: a weight is 1 to {_MOST_WEIGHT}")
    return Criterion(" ".join(name.split())[:80], int(digits))


def total(marks: Sequence[tuple[Criterion, int]]) -> float:
    """The weighted mean of marks, in hundredths of the highest: 0 to 100."""
    weight = sum(each.weight for each, _ in marks)
    return 100 * sum(each.weight * mark for each, mark in marks) / (weight * HIGHEST) if weight else 0.0


def total_of(plan: Planned, submission: Submission) -> float | None:
    """The mean of what its readers gave it; None before enough of them have."""
    if len(submission.scores) < READERS:
        return None
    totals = [total([(each, one.marks.get(each.name, LOWEST)) for each in plan.criteria]) for one in submission.scores]
    return sum(totals) / len(totals)


def far_apart(plan: Planned, submission: Submission) -> tuple[str, ...]:
    """Criteria on which its readers differ so much that they have to talk."""
    found = []
    for each in plan.criteria:
        marks = [one.marks.get(each.name, LOWEST) for one in submission.scores]
        if marks and max(marks) - min(marks) >= APART:
            found.append(each.name)
    return tuple(found)


def ranked(plan: Planned, submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Those that enough have scored, the best first; the order is a help, and decides nothing."""
    scored = [(total_of(plan, each), each) for each in submissions]
    return tuple(each for value, each in sorted(((v, e) for v, e in scored if v is not None), key=_by_total))


def _by_total(pair: tuple[float, Submission]) -> tuple[float, str]:
    return (-pair[0], pair[1].id)


def why_not_scored(submission: Submission, reader: str, *, decides: bool) -> str:
    """Why a reader may not score a submission; empty if he may. `decides`: whether he runs the challenge."""
    if submission.idea is None:
        return "it is still sealed"
    if submission.decision is not None:
        return "it is decided"
    if submission.bars(reader):
        return "you said that you have an interest in it; somebody else scores it"
    if submission.score_by(reader):
        return "you have scored it; what you gave stands"
    if seen_whole(submission, reader, decides=decides):
        return f"{READERS} have scored it and you see what they gave; decide on it, or have another reader score it too"
    return ""


def seen_whole(submission: Submission, reader: str, *, decides: bool) -> bool:
    """Whether a reader is shown who sent it in and what others gave: once he has scored it himself, or it is decided.

    Whoever decides is shown it once enough have scored; he does not score it any more. Nobody is who has an interest.
    """
    if submission.decision is not None:
        return True
    if submission.bars(reader):
        return False
    return submission.score_by(reader) is not None or (decides and len(submission.scores) >= READERS)


def why_not_decided(plan: Planned, submission: Submission, reader: str) -> str:
    """Why somebody may not decide on a submission yet; empty if he may."""
    if submission.decision is not None:
        return "it is decided"
    if submission.idea is None:
        return "it is still sealed"
    if submission.bars(reader):
        return "you said that you have an interest in it; somebody else decides"
    missing = READERS - len(submission.scores)
    if missing > 0:
        return f"{missing} more must score it, each without seeing the other's marks"
    if (apart := far_apart(plan, submission)) and not submission.discussed:
        return (
            f"its readers are far apart on {', '.join(apart)}; have them talk it over, and write down what came of it"
        )
    return ""


def told(instant: str) -> str:
    """An instant (UTC) as people read it."""
    return f"{instant[:10]}, {instant[11:16]} UTC"


def feedback_due(submission: Submission, holidays: Collection[date] = frozenset()) -> datetime | None:
    """Until when whoever sent it in is told why; None: nothing is owed, or he was told."""
    decision = submission.decision
    if decision is None or submission.told or decision.outcome is Outcome.TAKEN:
        return None
    return FEEDBACK_WITHIN.after(datetime.fromisoformat(decision.at), holidays)


def open_marks(marks: Iterable[str], criteria: Sequence[Criterion]) -> dict[str, int]:
    """The marks of a form, one for each criterion.

    Raises:
        BadInputError: naming the criterion without a mark of 0 to 5.
    """
    found: dict[str, int] = {}
    for each, written_mark in zip(criteria, marks, strict=True):
        digits = written_mark.strip()
        if not digits.isascii() or not digits.isdigit() or not LOWEST <= int(digits[:3]) <= HIGHEST:
            raise BadInputError(f"{each.name}: give it a mark of {LOWEST} to {HIGHEST}")
        found[each.name] = int(digits)
    return found

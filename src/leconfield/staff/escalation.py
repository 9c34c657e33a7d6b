"""Who is asked about an alarm, and when the next one is: folded from what was done, at one moment. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leconfield.staff.model import TAKEN, Handling
from leconfield.staff.profile import Profile, Step

Holder = Callable[[Step, datetime], str]
"""Who has a step's turn at a moment, by sign-in name; empty: nobody."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked."""

    step: Step
    who: str
    """Empty: nobody had the turn, and the next was asked at once."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How an alarm stands that nobody has answered."""

    asked: tuple[Asked, ...]
    taken: Handling | None
    """Who took it last; None: nobody."""
    lapsed: bool
    """Whether he took it too long ago to be relied upon."""
    next: Step | None
    next_at: datetime | None
    """When the next one is asked; None: everybody was."""
    next_who: str = ""


def standing(
    profile: Profile, since: datetime, handled: Sequence[Handling], holder: Holder, moment: datetime
) -> Standing:
    """How an alarm stands at a moment.

    Each step is asked in its time; at once where nobody has the turn of the one before, or where somebody raised it. An
    alarm that somebody took waits for him, `resume` minutes at most.
    """
    steps = profile.steps
    asked: list[Asked] = []
    due = since + timedelta(minutes=steps[0].after)

    def ask_until(limit: datetime) -> None:
        nonlocal due
        while len(asked) < len(steps) and due <= limit:
            step = steps[len(asked)]
            who = holder(step, due)
            asked.append(Asked(step, who, due))
            if who and len(asked) < len(steps):
                due += timedelta(minutes=steps[len(asked)].after - step.after)

    done = sorted((each for each in handled if _at(each) <= moment), key=lambda each: each.at)
    for each in done:
        ask_until(_at(each))
        due = max(due, _at(each) + timedelta(minutes=profile.resume)) if each.kind == TAKEN else _at(each)
        ask_until(_at(each))
    ask_until(moment)
    taken = next((each for each in reversed(done) if each.kind == TAKEN), None)
    lapsed = taken is not None and _at(taken) + timedelta(minutes=profile.resume) <= moment
    if len(asked) == len(steps):
        return Standing(tuple(asked), taken, lapsed, None, None)
    following = steps[len(asked)]
    return Standing(tuple(asked), taken, lapsed, following, due, holder(following, due))


def _at(handling: Handling) -> datetime:
    return datetime.fromisoformat(handling.at)

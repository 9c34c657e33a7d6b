"""What the hour of an answer gives away: a simulation of whoever knows the duty roster and sees when answers appear.

24 officers in shifts of eight hours, four to a shift, over 28 days; one of them answers under a name that is not his,
each time in some shift of his own. The observer knows the roster and that answers are written on duty. By rule of
publishing: *live* shows the shift; a *delay* is drawn evenly up to so many days; in a *batch* all appear at one instant
fixed before, which is what rounds do. Figures: how often he names the right one, and how many people are as good as
left (2 to the power of the entropy of what he believes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

OFFICERS: Final = 24
ON_DUTY: Final = 4
SHIFTS_A_DAY: Final = 3
SHIFTS: Final = 28 * SHIFTS_A_DAY
ANSWERS: Final = (1, 2, 4, 8, 16)
UNEVEN: Final = 20.0
"""How much chance there is in a roster: those go on duty who have served least, give or take so many shifts."""
LIVE: Final = 0
BATCH: Final = -1
RULES: Final = (LIVE, 1, 3, 7, BATCH)
"""Rules of publishing: the longest delay in days, `LIVE`, or `BATCH`."""
TRIALS: Final = 400
_NEAR: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Seen:
    """What an observer makes of so many answers under one rule, on average over trials."""

    rule: int
    answers: int
    right: float
    """How often the one he holds likeliest is the right one; several as likely share it. Of a batch: 1 in 24."""
    left: float
    """How many people are as good as left."""


def roster(chance: np.random.Generator) -> NDArray[np.bool_]:
    """Who is on duty: a row for each officer, a column for each shift."""
    duty = np.zeros((OFFICERS, SHIFTS), dtype=np.bool_)
    served = np.zeros(OFFICERS)
    for shift in range(SHIFTS):
        drawn = np.argsort(served + chance.random(OFFICERS) * UNEVEN)[:ON_DUTY]
        duty[drawn, shift] = True
        served[drawn] += 1
    return duty


def observed(
    duty: NDArray[np.bool_], written: NDArray[np.float64], rule: int, chance: np.random.Generator
) -> NDArray[np.float64]:
    """How likely each answer's appearance is for each officer: a row for each officer, a column for each answer.

    `written`: when each was written, in shifts from the beginning.
    """
    share = duty / np.maximum(1, duty.sum(axis=1, keepdims=True))
    if rule == BATCH:
        return np.ones((OFFICERS, written.size))
    if rule == LIVE:
        return np.asarray(share[:, written.astype(np.intp)])
    longest = float(rule * SHIFTS_A_DAY)
    shown = written + chance.random(written.size) * longest
    return np.asarray(_until(share, shown) - _until(share, shown - longest))


def _until(share: NDArray[np.float64], moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of each officer's duty lies before each moment."""
    whole = np.concatenate([np.zeros((OFFICERS, 1)), np.cumsum(share, axis=1)], axis=1)
    within = np.clip(moments, 0, SHIFTS)
    at = np.minimum(within.astype(np.intp), SHIFTS - 1)
    return np.asarray(whole[:, at] + share[:, at] * (within - at))


def trial(rule: int, chance: np.random.Generator, answers: Sequence[int] = ANSWERS) -> NDArray[np.float64]:
    """One officer under one roster: for each number of answers, whether he is found and how many are left."""
    duty = roster(chance)
    who = int(chance.integers(OFFICERS))
    most = max(answers)
    written = chance.choice(np.flatnonzero(duty[who]), most) + chance.random(most)
    with np.errstate(divide="ignore"):
        belief = np.cumsum(np.log(observed(duty, written, rule, chance)), axis=1)
    return np.array([_judged(belief[:, each - 1], who) for each in answers])


def _judged(logs: NDArray[np.float64], who: int) -> tuple[float, float]:
    weights = np.exp(logs - logs.max())
    belief = weights / weights.sum()
    top = np.flatnonzero(belief >= belief.max() * (1 - _NEAR))
    some = belief[belief > 0]
    entropy = float(-(some * np.log2(some)).sum())
    return (1 / top.size if who in top else 0.0), 2**entropy


def table(trials: int = TRIALS, seed: int = 1, rules: Sequence[int] = RULES) -> tuple[Seen, ...]:
    """The averages for each rule and number of answers."""
    made = []
    for rule in rules:
        chance = np.random.default_rng((seed, rule + 1))
        means = np.mean([trial(rule, chance) for _ in range(trials)], axis=0)
        made += [Seen(rule, count, float(row[0]), float(row[1])) for count, row in zip(ANSWERS, means, strict=True)]
    return tuple(made)

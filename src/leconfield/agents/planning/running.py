"""Plans that are being made: a week is solved beside the visit that asked, so that nobody else waits for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Self

from leconfield.agents.planning.model import Clash, Plan, Week
from leconfield.agents.planning.solving import plan
from leconfield.errors import LeconfieldError
from leconfield.ledger.world import Delta, World

KEPT: Final = 8
"""How many weeks of a world are remembered."""
WAIT: Final = 0.8
"""Seconds that a visit waits for an answer."""


@dataclass(frozen=True, slots=True)
class Running:
    """A week that is being planned still."""

    seconds: float
    """Since when."""


@dataclass
class _Job:
    began: float = field(default_factory=monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    answer: Plan | Clash | None = None
    fault: LeconfieldError | None = None

    def work(self, week: Week) -> None:
        try:
            self.answer = plan(week)
        except LeconfieldError as error:
            self.fault = error
        finally:
            self.done.set()


class Plans:
    """What was answered for the weeks of a world (a `Derived`): nothing of it is shared with another world."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Week, _Job] = OrderedDict()

    @classmethod
    def of(cls, _world: World) -> Self:
        """Nothing is planned until somebody asks."""
        return cls()

    def grow(self, _world: World, delta: Delta) -> None:
        """Keep what was answered: a week that changes is another week."""

    def ask(self, week: Week, wait: float = WAIT) -> Plan | Clash | Running:
        """The plan of a week, or what clashes; `Running` where that takes longer than so many seconds.

        Raises:
            RefusedError: if the solver could not decide in its time.
        """
        job = self._jobs.get(week)
        if job is None:
            job = self._jobs[week] = _Job()
            threading.Thread(target=job.work, args=(week,), daemon=True, name="week").start()
        self._jobs.move_to_end(week)
        while len(self._jobs) > KEPT:
            self._jobs.popitem(last=False)
        job.done.wait(wait)
        if job.fault is not None:
            raise job.fault
        return job.answer or Running(monotonic() - job.began)

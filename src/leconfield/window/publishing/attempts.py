"""Things done one after the other, of which none keeps the next from its turn by going wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempts:
    """What was tried in one turn, and what went wrong with it."""

    faults: list[Exception] = field(default_factory=list)

    def __call__(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T | None:
        """What came of it; None also if it went wrong."""
        try:
            return work(*args, **named)
        except ExceptionGroup as several:
            self.faults.extend(several.exceptions)
        except Exception as error:  # noqa: BLE001 - it is told at the end
            self.faults.append(error)
        return None

    def end(self) -> None:
        """Say what went wrong.

        Raises:
            ExceptionGroup: if anything did.
        """
        if self.faults:
            raise ExceptionGroup("the publisher could not do everything in this turn", self.faults)

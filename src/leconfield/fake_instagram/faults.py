"""The script of faults: what goes wrong at which call, and how often. Each fault is used up by the calls it spoils."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError
from leconfield.fake_instagram.refusals import NAMED, Refusal

CALLS: Final = (
    "create",
    "status",
    "publish",
    "list",
    "read",
    "quota",
    "comments",
    "reply",
    "hide",
    "close",
    "refresh",
    "webhook",
)
"""Calls that can be spoilt: `read` is any read of one object but a container, `close` turns comments on and off."""
DOINGS: Final[Mapping[str, str]] = {
    "error": "it is refused, and nothing is done",
    "error-after": "it is done, and refused all the same",
    "lost": "it is done, and the connection breaks before the answer",
    "lost-before": "the connection breaks, and nothing is done",
    "slow": "it is done, and the answer comes late",
    "garbled": "it is done, and the answer is no JSON",
    "late": "it is done, and does not show in lists for a while (publish alone)",
    "stuck": "its container is worked on for ever (create alone)",
    "fails": "its container ends in ERROR (create alone)",
    "twice": "it is sent twice (webhook alone)",
}
_ONLY: Final = {"late": "publish", "stuck": "create", "fails": "create", "twice": "webhook"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong."""

    on: str
    do: str
    what: str = "500"
    """Of an error: which, by its name among `refusals.NAMED`."""
    times: int = 1
    seconds: float = 0.0
    """How late a slow answer is."""
    reads: int = 1
    """How many lists a late post is missing from."""

    @property
    def refusal(self) -> Refusal:
        """The error that it answers with."""
        return NAMED[self.what]


def fault(told: Mapping[str, object]) -> Fault:
    """A fault as JSON tells it.

    Raises:
        BadInputError: naming what it should say instead.
    """
    on, do, what = (str(told.get(each, "")) for each in ("on", "do", "what"))
    if on not in CALLS:
        raise BadInputError(f'"{on}" is no call that can be spoilt; choose {", ".join(CALLS)}')
    if do not in DOINGS or _ONLY.get(do, on) != on:
        raise BadInputError(f'"{do}" cannot be done on {on}; choose {", ".join(DOINGS)}')
    if (what := what or "500") not in NAMED:
        raise BadInputError(f'"{what}" is no error by name; choose {", ".join(NAMED)}')
    times, reads, seconds = told.get("times", 1), told.get("reads", 1), told.get("seconds", 0.0)
    if not isinstance(times, int) or not isinstance(reads, int) or not isinstance(seconds, int | float):
        raise BadInputError("times and reads are whole numbers, seconds is a number")
    return Fault(on, do, what, times, float(seconds), reads)


class Script:
    """The faults that are still to come, in their order."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._left: list[tuple[Fault, int]] = [(each, each.times) for each in faults]

    def add(self, made: Fault) -> None:
        """Put one more behind the others."""
        self._left.append((made, made.times))

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self._left.clear()

    def take(self, on: str) -> Fault | None:
        """The first fault that spoils such a call, used up once; None: it goes well."""
        for place, (each, left) in enumerate(self._left):
            if each.on == on:
                self._left[place : place + 1] = [(each, left - 1)] if left > 1 else []
                return each
        return None

    @property
    def left(self) -> tuple[Fault, ...]:
        """What has not been used up."""
        return tuple(each for each, _ in self._left)

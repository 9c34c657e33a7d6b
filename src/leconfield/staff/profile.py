"""How the duty line works, as data: its duties, the steps in which people are asked, and how much rest is owed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from leconfield.errors import BadInputError
from leconfield.staff.turns import Duty

FORMAT: Final = 1
_WORD: Final = re.compile(r"[a-z][a-z-]{0,31}")


@dataclass(frozen=True, slots=True)
class Step:
    """Who is asked, and how many minutes after an alarm begins, unless somebody took it before."""

    who: str
    duties: tuple[str, ...]
    """Whoever has one of these duties at that moment."""
    after: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one duty line."""

    duties: tuple[Duty, ...]
    steps: tuple[Step, ...]
    rest: int
    """Minutes between two duties of one officer on which he is awake."""
    in_a_row: int
    days: int
    """Of one roster."""
    resume: int
    """Minutes after which an alarm that somebody took, and did not answer, is asked on."""

    def duty(self, name: str) -> Duty:
        """The duty by its name.

        Raises:
            BadInputError: if there is none.
        """
        found = next((each for each in self.duties if each.name == name), None)
        if found is None:
            known = ", ".join(each.name for each in self.duties)
            raise BadInputError(f'"{name[:40]}" is no duty of this line; there are {known}')
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The duties' names, in their order."""
        return tuple(each.name for each in self.duties)


def parse(text: str) -> Profile:
    """The profile that a file in TOML holds.

    Raises:
        BadInputError: if it is none, or a step names a duty that there is not.
    """
    try:
        said = tomllib.loads(text)
        if said["format"] != FORMAT:
            raise BadInputError(f"the duty line's rules have format {said['format']}; this version reads {FORMAT}")
        duties = tuple(_duty(each) for each in said["duty"])
        steps = tuple(Step(each["who"], tuple(each["duties"]), int(each["after_minutes"])) for each in said["step"])
        made = Profile(
            duties,
            tuple(sorted(steps, key=lambda each: each.after)),
            *(int(said[each]) for each in ("rest_minutes", "in_a_row", "days", "resume_minutes")),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadInputError(f"the duty line's rules cannot be read: {error}; see docs/staff.md") from error
    if not made.duties or not made.steps or not all(_WORD.fullmatch(each) for each in made.names):
        raise BadInputError("the duty line needs duties and steps; name each duty by one word in small letters")
    for duty in (each for step in made.steps for each in step.duties):
        made.duty(duty)
    return made


def _duty(said: dict[str, str | int]) -> Duty:
    hour, _, minute = str(said["begins"]).partition(":")
    return Duty(
        str(said["name"]),
        int(hour) * 60 + int(minute),
        int(said["minutes"]),
        weight=int(said["weight"]),
        on_call=bool(said.get("on_call", False)),
    )


@lru_cache(maxsize=1)
def shipped() -> Profile:
    """The profile that comes with the product."""
    return parse(resources.files("leconfield.staff").joinpath("duty.toml").read_text(encoding="utf-8"))

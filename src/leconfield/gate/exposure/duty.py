"""The hour at which something is posted, against the duty roster: at night it may tell who sat there."""

from __future__ import annotations

from typing import Final

from leconfield.gate.exposure.model import Check, Reason
from leconfield.gate.exposure.profile import Profile
from leconfield.gate.release.model import Colour
from leconfield.ledger.world import World
from leconfield.staff import profile as duties
from leconfield.staff.rules import moment_of, running
from leconfield.staff.state import DutyLine

_SATURDAY: Final = 5


def duty_reasons(world: World, posted: str, profile: Profile) -> list[Reason]:
    """Whether a posting at that moment (a stamp; empty: not known) falls into the turn of one officer alone.

    In office hours nobody is alone in the house. Whoever sleeps at home and is rung posts nothing.
    """
    line = world.derived(DutyLine)
    if not posted or not line.turns:
        return []
    moment, rules = moment_of(posted), duties.shipped()
    first, last = profile.office
    if moment.weekday() < _SATURDAY and first <= moment.hour < last:
        return []
    now = running(rules, line.turns, moment)
    awake = {line.turns[slot] for name, slot in now.items() if not rules.duty(name).on_call} - {""}
    if len(awake) != 1:
        return []
    who = line.persona(min(awake))
    words = (
        f"{moment:%H:%M} UTC on {moment:%A} is the turn of {who} alone: the hour tells who was on duty; post it later"
    )
    return [Reason(Check.ROSTER, Colour.AMBER, words)]

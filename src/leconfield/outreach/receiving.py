"""Which area makes what of each kind of sealed box. An area's handlers stand in its own `receiving`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leconfield.outreach.challenges import receiving as challenges
from leconfield.outreach.publishing import receiving as publishing
from leconfield.outreach.recruiting import receiving as recruiting
from leconfield.outreach.rounds import receiving as rounds
from leconfield.outreach.taking import Handler
from leconfield.outreach.tips import receiving as tips

_AREAS: Final[tuple[Mapping[str, Handler], ...]] = (
    challenges.HANDLERS,
    publishing.HANDLERS,
    recruiting.HANDLERS,
    rounds.HANDLERS,
    tips.HANDLERS,
)
"""Each area's `HANDLERS`: add yours."""

HANDLERS: Final[Mapping[str, Handler]] = {kind: handler for area in _AREAS for kind, handler in area.items()}
"""By the kind of the box."""

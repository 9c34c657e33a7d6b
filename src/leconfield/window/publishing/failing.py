"""Places at which a test ends this process as a power cut would, to see that nothing is published twice.

`LECONFIELD_ENDS_AT="before publish:2"` ends it on coming there for the second time. Without it nothing happens.
"""

from __future__ import annotations

import os
import signal
from typing import Final

VARIABLE: Final = "LECONFIELD_ENDS_AT"
PLACES: Final = (
    "enlisted",
    "opened",
    "submitted",
    "submission kept",
    "before intent",
    "intent kept",
    "published",
    "publication kept",
    "told",
)
"""In the order in which a delivery comes by."""
_come_by: dict[str, int] = {}


def reach(place: str) -> None:
    """Come to a place."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    name, _, count = wanted.partition(":")
    if name == place:
        _come_by[place] = _come_by.get(place, 0) + 1
        if _come_by[place] == int(count or 1):
            os.kill(os.getpid(), signal.SIGKILL)

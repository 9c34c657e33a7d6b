"""Room in which questions are worked on, one for each thread: to ask the system for it each time would cost as much."""

from __future__ import annotations

import threading

import numpy as np

from leconfield.registry.nameindex.expand import MOST_SEEN, Noted
from leconfield.registry.nameindex.retrieve import Window
from leconfield.registry.nameindex.segment import Floats, Numbers


class Room(threading.local):
    """Nothing of a question is left in it that a later one could read."""

    def __init__(self) -> None:
        self.noted = Noted.empty()
        self.window = Window.empty()
        self._part, self._distance = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)

    def like(self, asked: int) -> tuple[Numbers, Floats]:
        """Room for the parts like so many that are asked for, and for their distances."""
        if len(self._part) < asked * MOST_SEEN:
            self._part = np.empty(asked * MOST_SEEN, dtype=np.int32)
            self._distance = np.empty(asked * MOST_SEEN, dtype=np.float32)
        return self._part, self._distance


room = Room()

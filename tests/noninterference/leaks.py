"""Leaks, planted one at a time: each lets one answer depend on what its reader may not see. The battery must find all.

Each stands for a channel by which real desks have leaked: a count over everything, a limit before the filter, a cache
without the reader in its key ... `LEAKS` maps a leak's name to it; `planted` puts one in until the block ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.noninterference import (
    leaks_covert,
    leaks_desk,
    leaks_gate,
    leaks_identity,
    leaks_network,
    leaks_outcomes,
    leaks_pages,
)
from tests.noninterference.planting import LEAKS, Leak, Plant

__all__ = ["KINDS", "LEAKS", "Leak", "Plant", "planted"]

KINDS = (leaks_pages, leaks_identity, leaks_network, leaks_outcomes, leaks_desk, leaks_covert, leaks_gate)
"""Each puts its leaks on the list."""


@contextmanager
def planted(name: str) -> Iterator[None]:
    """The product with that leak in it, until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        LEAKS[name].plant(Plant(patch))
        yield

"""How much is tried: a little in every run, a lot in the long one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy


def amounts(few: int, many: int) -> pytest.MarkDecorator:
    """Run the test with few examples, and (marked long) with many."""
    long = pytest.param(many, id="long", marks=pytest.mark.long)
    return pytest.mark.parametrize("examples", [pytest.param(few, id="short"), long])


def first(values: Sequence[Any], few: int = 1) -> list[Any]:
    """Values to run a test with: the first few in every run, the others (marked long) in the long one."""
    return [*values[:few], *(pytest.param(each, marks=pytest.mark.long) for each in values[few:])]


def tried(examples: int, check: Callable[..., None], *strategies: SearchStrategy[Any]) -> None:
    """Try the check on so many examples."""
    quiet = list(HealthCheck)
    settings(max_examples=examples, deadline=None, suppress_health_check=quiet)(given(*strategies)(check))()

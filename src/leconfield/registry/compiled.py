"""Compiled code: the loops over millions of names and pairs, as machine code kept between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function over numbers and arrays when it is first called; it lets go of the interpreter's lock.

    It must not touch Python objects. What is compiled is cached beside the module, or in the user's cache folder where
    that cannot be written.
    """
    made: Callable[P, R] = njit(cache=True, nogil=True)(function)
    return made

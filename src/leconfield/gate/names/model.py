"""What is guarded, and where it was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guarded:
    """Something that must not leave: a name, a number, a place, a codeword."""

    form: str
    """As it is held."""
    kind: str
    """In words: `name`, `codename`, `codeword`, `phone number`, `registration` ..."""
    sure: bool = True
    """Whether it must never leave; else it is known outside, too, and somebody decides."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Where a text gives away something that is guarded."""

    start: int
    end: int
    guarded: Guarded
    how: str
    """How it is written: `as it is held`, `disguised`, `hidden in a word`, `in another spelling`."""
    sure: bool
    """Whether it is that; else it may be by chance."""

"""The marking that stands on every page and every file that leaves: tier and codewords, as the reader holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.ledger.labels import Token, Tokens, all_of

TIERS: Final = {"TS": "TOP SECRET", "S": "SECRET", "O": "OFFICIAL"}
"""Tier token to its words, highest first (UK Government Security Classifications)."""
COLOURS: Final = {"TS": "top-secret", "S": "secret", "O": "official"}
_HIDDEN: Final = frozenset({"ACCOUNTS"})


@dataclass(frozen=True, slots=True)
class Marking:
    """A tier, and the codewords under it."""

    tier: str
    codewords: tuple[str, ...]
    colour: str

    @property
    def words(self) -> str:
        """As it is printed: `SECRET · HEATHER · SEQUIN`."""
        return " · ".join((self.tier, *self.codewords))


def default_label(tokens: Tokens) -> str:
    """The label of what an officer writes without naming one: his tier, else all that he holds. Never everybody's."""
    held = next((tier for tier in TIERS if tier in tokens), "")
    return held or all_of(str(Token(each)) for each in tokens - _HIDDEN)


def marking_for(tokens: Tokens) -> Marking:
    """The marking of what a holder of these tokens can be shown."""
    held = next((tier for tier in TIERS if tier in tokens), "")
    codewords = tuple(sorted(tokens - set(TIERS) - _HIDDEN))
    return Marking(TIERS.get(held, "UNMARKED"), codewords, COLOURS.get(held, "unmarked"))

"""What was published before, and what it gave away; withdrawn or not, it was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from leconfield.gate.exposure.facts import Setting, claims_of
from leconfield.gate.exposure.model import Fact
from leconfield.gate.matching.finding import sentences_of
from leconfield.ledger.model import Entry
from leconfield.ledger.world import Delta, Folded, World

TOLD: Final = "text published"
"""Kind of entry: words that left the house; `words` in its body, the audience is what it is about."""
WORDS: Final = "words"


@dataclass(frozen=True, slots=True)
class Said:
    """Words that left the house, and when (a stamp)."""

    words: str
    at: str


class Published(Folded):
    """The published texts of a world, and the facts in them (a `Derived`)."""

    def __init__(self) -> None:
        self.texts: list[Said] = []
        self._facts: dict[object, tuple[Fact, ...]] = {}

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries; what a text gave away is found anew, for more may be held on it."""
        self._take(delta.entries)
        self._facts.clear()

    def facts(self, setting: Setting) -> tuple[Fact, ...]:
        """What all of them gave away to that audience. Everybody reads what the public reads."""
        which = (setting.audience, setting.profile.k, setting.profile.open_channels, setting.profile.burn_days)
        known = self._facts.get(which)
        if known is None:
            known = self._facts[which] = tuple(
                fact for each in self.texts for fact in facts_in(setting, each.words, each.at)
            )
        return known

    def naming(self, persona: str) -> list[Said]:
        """The texts in which a persona is named: all of such a text may be about him."""
        named = re.compile(rf"\b{re.escape(persona.strip())}\b", re.IGNORECASE)
        return [each for each in self.texts if persona.strip() and named.search(each.words)]

    def _take(self, entries: Iterable[Entry]) -> None:
        self.texts += [Said(each.body[WORDS], each.at) for each in entries if each.kind == TOLD and WORDS in each.body]


def facts_in(setting: Setting, words: str, until: str) -> list[Fact]:
    """The facts that a text gave away by a day (ISO), or that an action will."""
    found = (setting.matched(each) for each in sentences_of(setting.world, words, until[:10]))
    return [fact for each in found for fact in claims_of(setting, each, until, 0).facts if fact.strong]

"""Which pairs were joined on what grounds: when weights change, only what would be decided otherwise is redone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from leconfield.registry.links import Key
from leconfield.registry.rarity import Word, rests_on
from leconfield.registry.weights import Grounds, Scale


class Decisions:
    """Every decision on a key and its grounds, as the scale stood when it was made or last checked."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self._made: dict[Grounds, dict[Key, bool]] = {}
        self._needed: dict[Grounds, float] = {}
        self._grounds: dict[Key, dict[Grounds, None]] = {}
        self._bits: dict[Key, float] = {}
        self._keys_with: dict[Word, dict[Key, None]] = defaultdict(dict)
        self._doublings: dict[str, int] = {}

    def enough(self, key: Key, grounds: Grounds) -> bool:
        """Whether meeting under the key on these grounds is enough to be joined; the decision is kept."""
        made = self._made.setdefault(grounds, {})
        found = made.get(key)
        if found is None:
            if grounds not in self._needed:
                self._needed[grounds] = self.scale.needed(grounds)
            found = made[key] = self._weigh(key) >= self._needed[grounds]
            self._grounds.setdefault(key, {})[grounds] = None
        return found

    def forget(self, key: Key) -> None:
        """Forget what was decided on the key: its records are looked at anew."""
        for grounds in self._grounds.pop(key, {}):
            self._made[grounds].pop(key, None)
        if self._bits.pop(key, None) is not None:
            for word in rests_on(key):
                self._keys_with[key.schema, word].pop(key, None)

    def overturned(self, words: Iterable[Word]) -> list[Key]:
        """Keys of which something would be decided otherwise now that these words have other bearers."""
        again = dict.fromkeys(key for word in words for key in self._keys_with.get(word, ()))
        doublings = {schema: self.scale.bearers.doublings(schema) for schema in self._doublings}
        if doublings != self._doublings:
            doubled = {schema for schema, now in doublings.items() if now != self._doublings[schema]}
            again.update(dict.fromkeys(key for key in self._bits if key.schema in doubled))
            self._doublings = doublings
        checked = {key: None for key in again if self._bits_changed(key)}
        found = {key: None for key in checked if any(self._falls(key, each) for each in self._grounds[key])}
        for grounds, made in self._made.items():
            needed = self.scale.needed(grounds)
            if needed != self._needed[grounds]:
                self._needed[grounds] = needed
                found.update(dict.fromkeys(key for key in made if self._falls(key, grounds)))
        return list(found)

    def _weigh(self, key: Key) -> float:
        if key not in self._bits:
            self._bits[key] = self.scale.bearers.key_bits(key)
            self._doublings.setdefault(key.schema, self.scale.bearers.doublings(key.schema))
            for word in rests_on(key):
                self._keys_with[key.schema, word][key] = None
        return self._bits[key]

    def _bits_changed(self, key: Key) -> bool:
        before = self._bits[key]
        self._bits[key] = self.scale.bearers.key_bits(key)
        return before != self._bits[key]

    def _falls(self, key: Key, grounds: Grounds) -> bool:
        """Whether a decision would fall out otherwise now."""
        return (self._bits[key] >= self._needed[grounds]) != self._made[grounds][key]

"""Likely Latin spellings of a name part in another script, and how well a Latin spelling fits one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from leconfield.registry.scripts import LATIN, fold, romanise
from leconfield.registry.transliteration.model import chunks_of, model_of
from leconfield.registry.transliteration.units import latin_of, learned_script, units_of

_BEAM: Final = 24
_CHUNKS: Final = 12
"""Chunks tried for each unit when spelling; all of them when a spelling is given."""
_ALL: Final = 4096
_LONGEST_CHUNK: Final = 6
_STATIC: Final = 1.0
"""Bits of a spelling by the static tables, for scripts of which nothing was learned."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A Latin spelling, and how unlikely it is (-log2 of its probability given the other script)."""

    latin: str
    bits: float


@lru_cache(maxsize=1 << 14)
def spellings(part: str, most: int = 6) -> tuple[Spelling, ...]:
    """The likeliest Latin spellings of a part in another script, the likeliest first; none where no table reads it.

    Learned for Arabic and Persian, Hebrew, Chinese, Katakana and Hiragana, Korean and Cyrillic; by the static tables
    for Greek, Georgian and Armenian. A Latin part is its own only spelling.
    """
    units = units_of(part)
    script = learned_script(units)
    if not units or script == LATIN or model_of(script) is None:
        plain = latin_of(part)
        read = plain and all(each.isascii() for each in romanise(fold(part)))
        return (Spelling(plain, 0.0 if script == LATIN else _STATIC),) if read else ()
    beam = {"": 1.0}
    for place, unit in enumerate(units):
        grown: dict[str, float] = {}
        for latin, share in beam.items():
            for chunk, chance in chunks_of(script, unit, units[place + 1 : place + 2], _last(latin), _CHUNKS):
                grown[latin + chunk] = grown.get(latin + chunk, 0.0) + share * chance
        beam = dict(sorted(grown.items(), key=lambda one: (-one[1], one[0]))[: max(_BEAM, 2 * most)])
    ranked = [(latin, share) for latin, share in beam.items() if latin][:most]
    return tuple(Spelling(latin, -math.log2(share)) for latin, share in ranked)


def _last(latin: str) -> int:
    return ord(latin[-1]) - 96 if latin and "a" <= latin[-1] <= "z" else 0


@lru_cache(maxsize=1 << 15)
def surprise(part: str, latin: str) -> float:
    """Bits per letter by which the Latin spelling surprises, given a part in another script: 0.9 is usual for one name.

    IMPLAUSIBLE where no reading gives these letters, NO_READING where nothing was learned of the script.
    """
    units, letters = units_of(part), latin_of(latin)
    script = learned_script(units)
    if not units or not letters or model_of(script) is None:
        return NO_READING
    fits = _probability(script, units, letters)
    return -math.log2(fits) / len(letters) if fits > 0 else IMPLAUSIBLE


IMPLAUSIBLE: Final = 98.0
NO_READING: Final = 99.0


@lru_cache(maxsize=1 << 14)
def likely_spelling(part: str) -> str:
    """One likely Latin spelling of a part in another script, found quickly; empty where nothing was learned."""
    units = units_of(part)
    script = learned_script(units)
    model = model_of(script)
    if model is None:
        return ""
    latin = ""
    known = [unit for unit in units if unit in model.units]
    for place, unit in enumerate(known):
        following = known[place + 1] if place + 1 < len(known) else ""
        latin += chunks_of(script, unit, following, _last(latin), 1)[0][0]
    return latin


def _probability(script: str, units: str, letters: str) -> float:
    """P(letters | units), summed over every way to cut the letters into chunks; units never seen are passed over."""
    model = model_of(script)
    known = [unit for unit in units if model and unit in model.units]
    forward = [1.0] + [0.0] * len(letters)
    for place, unit in enumerate(known):
        after = [0.0] * (len(letters) + 1)
        for start, share in enumerate(forward):
            if share == 0.0:
                continue
            following = known[place + 1] if place + 1 < len(known) else ""
            chances = _table(script, unit, following, _last(letters[:start]))
            for end in range(start, min(start + _LONGEST_CHUNK, len(letters)) + 1):
                after[end] += share * chances.get(letters[start:end], 0.0)
        forward = after
    return forward[-1] if known else 0.0


@lru_cache(maxsize=1 << 11)
def _table(script: str, unit: str, following: str, before: int) -> dict[str, float]:
    return dict(chunks_of(script, unit, following, before, _ALL))

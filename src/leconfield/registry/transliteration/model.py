"""What has been learned of one script: which Latin letters each of its units stands for, and in which company.

The model of P(Latin | units) cuts the Latin spelling into one chunk (no letter to six) for each unit, and gives each
chunk a probability by the unit, the next unit and the Latin letter before. Rare company falls back on less of it.
Learned by `tools/train_romaniser.py`; sources in `registry/data/names.md`.
"""

from __future__ import annotations

import io
import lzma
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.scripts import romanise

LETTERS: Final = 27
"""Latin letters as numbers: 1 to 26 are a to z, 0 stands before the first."""
TRUST: Final = 2.0
"""A company with n chunks counts as much as what lies behind it once it was seen TRUST * n times."""
LEARNED: Final = ("Arabic", "Hebrew", "Han", "Kana", "Hangul", "Cyrillic")
"""The scripts of which something was learned."""
_LEAST: Final = 1e-5
_ELSE: Final = 0.7
"""What the static table is believed for a unit that was never seen."""
Chunks = tuple[tuple[str, float], ...]
Bits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Company:
    """Chunks by company: sorted keys, and for each key the slots of the unit's chunks with their counts."""

    keys: npt.NDArray[np.int64]
    start: npt.NDArray[np.int32]
    slots: npt.NDArray[np.int32]
    counts: npt.NDArray[np.float32]

    def seen(self, key: int) -> slice | None:
        """Where the company's slots and counts are; None if it was never seen."""
        place = int(np.searchsorted(self.keys, key))
        if place == len(self.keys) or self.keys[place] != key:
            return None
        return slice(int(self.start[place]), int(self.start[place + 1]))


@dataclass(frozen=True, slots=True)
class Model:
    """One script. `own`: chunks by unit; `beside`: by unit and next unit; `after`: by both and the letter before."""

    script: str
    units: dict[str, int]
    chunks: tuple[str, ...]
    own_start: npt.NDArray[np.int32]
    own_chunk: npt.NDArray[np.int32]
    own_share: npt.NDArray[np.float32]
    beside: Company
    after: Company
    ground: Bits
    """27 x 27: bits of each Latin letter after each, in names in general; 0 as the second ends the name."""

    def key(self, unit: int, following: int) -> int:
        """The key of a unit with the next one (as many as there are units: none follows or an unknown one)."""
        return unit * (len(self.units) + 1) + following

    def shares(self, unit: int, following: int, before: int) -> npt.NDArray[np.float64]:
        """Probability of each of the unit's own chunks, in their order, in this company."""
        found = self.own_share[self.own_start[unit] : self.own_start[unit + 1]].astype(np.float64)
        key = self.key(unit, following)
        for company, which in ((self.beside, key), (self.after, key * LETTERS + before)):
            seen = company.seen(which)
            if seen is not None:
                counts = company.counts[seen].astype(np.float64)
                trust = TRUST * len(counts)
                found *= trust / (counts.sum() + trust)
                found[company.slots[seen]] += counts / (counts.sum() + trust)
        return found


def read_model(packed: bytes, script: str) -> Model:
    """The model that `tools/train_romaniser.py` packed."""
    with np.load(io.BytesIO(lzma.decompress(packed)), allow_pickle=False) as arrays:

        def company(name: str) -> Company:
            return Company(
                np.cumsum(arrays[f"{name}_step"].astype(np.int64)),
                _starts(arrays[f"{name}_size"]),
                arrays[f"{name}_slot"].astype(np.int32),
                arrays[f"{name}_count"].astype(np.float32) / COUNT_STEPS,
            )

        share = arrays["own_share"].astype(np.float32)
        start = _starts(arrays["own_size"])
        total = np.add.reduceat(share, start[:-1])
        return Model(
            script,
            {unit: place for place, unit in enumerate(str(arrays["units"]))},
            tuple(str(arrays["chunks"]).split(" ")),
            start,
            arrays["own_chunk"].astype(np.int32),
            share / np.repeat(total, np.diff(start)),
            company("beside"),
            company("after"),
            arrays["ground"].astype(np.float32) / GROUND_STEPS,
        )


COUNT_STEPS: Final = 4.0
"""Counts are packed in quarters, bits of the ground in sixteenths."""
GROUND_STEPS: Final = 16.0


def _starts(sizes: npt.NDArray[np.uint16]) -> npt.NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(sizes.astype(np.int64))]).astype(np.int32)


@lru_cache(maxsize=16)
def model_of(script: str) -> Model | None:
    """The shipped model of a script; None where there is only the static table."""
    if script not in LEARNED:
        return None
    packed = files("leconfield.registry") / "data" / f"romaniser_{script.lower()}.xz"
    return read_model(packed.read_bytes(), script)


@lru_cache(maxsize=1 << 14)
def chunks_of(script: str, unit: str, following: str, before: int, most: int) -> Chunks:
    """The likeliest Latin chunks of a unit and their probabilities, the likeliest first; `following` may be empty."""
    model = model_of(script)
    if model is None or unit not in model.units:
        return ((romanise(unit), _ELSE), ("", 1 - _ELSE)) if romanise(unit).isascii() else (("", 1.0),)
    place = model.units[unit]
    shares = model.shares(place, model.units.get(following, len(model.units)), before)
    first = int(model.own_start[place])
    ranked = np.argsort(-shares, kind="stable")[:most]
    return tuple(
        (model.chunks[model.own_chunk[first + slot]], float(shares[slot])) for slot in ranked if shares[slot] > _LEAST
    )

"""What was learnt, read once from the package: classifiers, clusters, trees, tagger, thresholds."""

from __future__ import annotations

import gzip
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import pycrfsuite

from leconfield.intake.extraction.incidents.forest import Forest
from leconfield.intake.extraction.incidents.linear import Linear

KINDS: Final = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
ROLES: Final = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TELLING: Final = ("any", "attack", "bombing", "kidnapping", "arson")
"""What a sentence may tell of."""

_MODELS: Final = "leconfield.intake.extraction"
_PARTS: Final = ("roots", "feature", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything learnt, except the tagger, which is a file of its own."""

    reports: Linear
    """Classes: `KINDS`, then whether the report tells of any incident."""
    sentences: Linear
    """Classes: `TELLING`."""
    clusters: Mapping[str, str]
    """Distributional cluster of a word."""
    habits: Mapping[str, float]
    """How often wordings of a certain look fill a role; "" is the mean."""
    ranker: Forest
    kinds: tuple[Forest, ...]
    """One for each of `KINDS`, then one for whether there is any incident."""
    repeats: Forest
    pairs: Forest
    grades: Linear
    knobs: Mapping[str, float]
    """Thresholds, chosen on predictions for reports by models that had not seen them."""


def pack(weights: Weights) -> bytes:
    """The weights as one compressed archive of plain arrays."""
    arrays: dict[str, np.ndarray] = {}
    for name in ("reports", "sentences", "grades"):
        _pack_linear(arrays, name, getattr(weights, name))
    for name, forest in _forests(weights):
        for part in _PARTS:
            arrays[f"{name}.{part}"] = getattr(forest, part)
        arrays[f"{name}.base"] = np.array([forest.base, forest.depth])
    for name in ("clusters", "habits", "knobs"):
        table: Mapping[str, object] = getattr(weights, name)
        arrays[f"{name}.keys"] = _text(list(table))
        arrays[f"{name}.values"] = (
            np.array([int(str(v)) for v in table.values()], np.uint8)
            if name == "clusters"
            else np.array(list(table.values()), np.float32)
        )
    target = io.BytesIO()
    np.savez_compressed(target, **arrays)  # type: ignore[arg-type]  # the stub takes the names for its own options
    return target.getvalue()


def unpack(packed: bytes) -> Weights:
    """The weights from what `pack` made; nothing in it is executed."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    tables = {name: _words(arrays[f"{name}.keys"]) for name in ("clusters", "habits", "knobs")}
    numbers = {name: arrays[f"{name}.values"].tolist() for name in tables}
    return Weights(
        reports=_linear(arrays, "reports"),
        sentences=_linear(arrays, "sentences"),
        clusters={word: str(n) for word, n in zip(tables["clusters"], numbers["clusters"], strict=True)},
        habits=dict(zip(tables["habits"], numbers["habits"], strict=True)),
        ranker=_forest(arrays, "ranker"),
        kinds=tuple(_forest(arrays, f"kind{n}") for n in range(len(KINDS) + 1)),
        repeats=_forest(arrays, "repeats"),
        pairs=_forest(arrays, "pairs"),
        grades=_linear(arrays, "grades"),
        knobs=dict(zip(tables["knobs"], numbers["knobs"], strict=True)),
    )


@cache
def weights() -> Weights:
    """The weights that ship with the package."""
    return unpack(files(_MODELS).joinpath("models", "incidents.npz").read_bytes())


@cache
def tagger() -> pycrfsuite.Tagger:
    """The role tagger that ships with the package."""
    opened = pycrfsuite.Tagger()
    opened.open_inmemory(_tagger_bytes())
    return opened


@cache
def _tagger_bytes() -> bytes:
    """Kept for as long as the tagger lives, which reads from this memory and does not own it."""
    return gzip.decompress(files(_MODELS).joinpath("models", "incidents.crf.gz").read_bytes())


def _forests(weights: Weights) -> list[tuple[str, Forest]]:
    named = [("ranker", weights.ranker), ("repeats", weights.repeats), ("pairs", weights.pairs)]
    return named + [(f"kind{n}", forest) for n, forest in enumerate(weights.kinds)]


def _text(words: Sequence[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _words(packed: np.ndarray) -> list[str]:
    return packed.tobytes().decode().split("\n")


def _pack_linear(arrays: dict[str, np.ndarray], name: str, model: Linear) -> None:
    arrays[f"{name}.words"] = _text(sorted(model.vocabulary, key=model.vocabulary.__getitem__))
    arrays[f"{name}.idf"] = model.idf.astype(np.float16)
    arrays[f"{name}.coefficients"] = model.coefficients.astype(np.float16)
    arrays[f"{name}.bias"] = model.bias


def _linear(arrays: Mapping[str, np.ndarray], name: str) -> Linear:
    return Linear(
        {word: row for row, word in enumerate(_words(arrays[f"{name}.words"]))},
        arrays[f"{name}.idf"].astype(np.float64),
        arrays[f"{name}.coefficients"].astype(np.float64),
        arrays[f"{name}.bias"],
    )


def _forest(arrays: Mapping[str, np.ndarray], name: str) -> Forest:
    base, depth = arrays[f"{name}.base"].tolist()
    roots, feature, threshold, left, right, value = (arrays[f"{name}.{part}"] for part in _PARTS)
    return Forest(roots, feature, threshold, left, right, value, base, int(depth))

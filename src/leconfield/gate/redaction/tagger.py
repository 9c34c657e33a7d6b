"""How likely each word of a text identifies somebody, by two conditional random fields and a few weights above them.

`mentions` learnt every mention, and whether it was masked; `masks` learnt the masked ones alone. The weights, what they
were learned from and under which licence: models/redaction.md.
"""

from __future__ import annotations

import lzma
import math
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, Protocol

import pycrfsuite

from leconfield.gate.redaction.features import Rows, scene
from leconfield.gate.redaction.model import Mode, Reason
from leconfield.intake.extraction.crf import attributes
from leconfield.intake.extraction.features import Features
from leconfield.intake.extraction.text import Token

MENTIONS: Final = "mentions"
MASKS: Final = "masks"
LAYERS: Final = (MENTIONS, MASKS)
MASKED: Final = "+"
"""Ends the labels of mentions that identify."""
REASONS: Final = {
    "PERSON": Reason.PERSON,
    "CODE": Reason.NUMBER,
    "LOC": Reason.PLACE,
    "ORG": Reason.ORGANISATION,
    "DATETIME": Reason.DATE,
    "DEM": Reason.BACKGROUND,
    "QUANTITY": Reason.AMOUNT,
    "MISC": Reason.PARTICULAR,
}
"""The reason for each type of mention of the corpus that the weights were learned from."""
_SURELY_NOTHING: Final = 0.9995
_LEAST: Final = 1e-4
Votes = tuple[float, float, float]
"""In log odds: that the word is masked and that it is a mention, by `mentions`; that it is masked, by `masks`."""
_NO_VOTES: Final[Votes] = (math.log(_LEAST / (1 - _LEAST)),) * 3


class Word(NamedTuple):
    """A word, how likely it identifies somebody, and if so what for."""

    token: Token
    chance: float
    reason: Reason


class Opinion(NamedTuple):
    """What both taggers say of a word, before it is weighed."""

    token: Token
    votes: Votes
    reason: Reason


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a mode draws its line; learned by cross-validation on the training part alone."""

    floor: float
    """A stretch is looked at if each of its words is at least as likely as this."""
    odds: float
    """It is masked if its odds, divided by its words to the power of `cost`, exceed this."""
    cost: float


@dataclass(frozen=True, slots=True)
class Settings:
    """What was learned above the taggers."""

    bias: float
    weights: Votes
    limits: dict[Mode, Limits]

    def chance(self, votes: Votes) -> float:
        """The probability that a word with these votes identifies somebody."""
        odds = self.bias + sum(weight * vote for weight, vote in zip(self.weights, votes, strict=True))
        return 1 / (1 + math.exp(-odds))


class Layers(Protocol):
    """What labels the words of a sentence, layer by layer."""

    def __call__(self, layer: str, rows: list[Features]) -> Iterator[dict[str, float]]:
        """For each word the probability of each label but the unlikely ones; empty if it is surely nothing."""
        ...


class Weights:
    """The learned weights of one layer; they keep their bytes alive, on which the library's pointer rests."""

    def __init__(self, content: bytes) -> None:
        self.known = attributes(content)
        self._content = content
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(content)
        self._labels = [each for each in self._tagger.labels() if each != "O"]

    def marginals(self, rows: list[Features]) -> Iterator[dict[str, float]]:
        """For each word the probabilities of its labels; empty if it is surely nothing."""
        marginal = self._tagger.marginal
        self._tagger.set(rows)
        for i in range(len(rows)):
            if marginal("O", i) > _SURELY_NOTHING:
                yield {}
            else:
                yield {label: marginal(label, i) for label in self._labels}


@cache
def weights(layer: str) -> Weights:
    """The weights that ship, read once."""
    packed = (files(__package__) / "models" / f"redaction.{layer}.crf.xz").read_bytes()
    return Weights(lzma.decompress(packed))


@cache
def settings() -> Settings:
    """The settings that ship, read once."""
    read = tomllib.loads((files(__package__) / "models" / "redaction.toml").read_text(encoding="utf-8"))
    first, second, third = (float(each) for each in read["weights"])
    limits = {mode: Limits(**read[mode.value]) for mode in Mode}
    return Settings(float(read["bias"]), (first, second, third), limits)


def shipped(layer: str, rows: list[Features]) -> Iterator[dict[str, float]]:
    """Label with the weights that ship."""
    return weights(layer).marginals(rows)


@cache
def _rows() -> Rows:
    """What makes the features that the shipped weights know."""
    return Rows(weights(MENTIONS).known | weights(MASKS).known)


def opinions(text: str, layers: Layers = shipped, rows: Rows | None = None) -> list[Opinion]:
    """What both taggers say of each word of a text, in order."""
    known = scene(text)
    made = (rows or _rows()).of(known)
    found: list[Opinion] = []
    for sentence, features in zip(known.cut, made, strict=True):
        first, second = layers(MENTIONS, features), layers(MASKS, features)
        found += (_opinion(*each) for each in zip(sentence, first, second, strict=True))
    return found


def _opinion(token: Token, first: dict[str, float], second: dict[str, float]) -> Opinion:
    if not first and not second:
        return Opinion(token, _NO_VOTES, Reason.PARTICULAR)
    masked = sum(chance for label, chance in first.items() if label.endswith(MASKED))
    votes = (_log_odds(masked), _log_odds(sum(first.values())), _log_odds(sum(second.values())))
    return Opinion(token, votes, _likeliest((first, second)))


def _log_odds(chance: float) -> float:
    kept = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))


def _likeliest(layers: Iterable[dict[str, float]]) -> Reason:
    sums = dict.fromkeys(REASONS, 0.0)
    for marginals in layers:
        for label, chance in marginals.items():
            sums[label[2:].rstrip("+-")] += chance
    return REASONS[max(sums, key=lambda kind: sums[kind])]


def weighed(found: Sequence[Opinion], learnt: Settings) -> list[Word]:
    """How likely each word identifies somebody."""
    return [Word(each.token, learnt.chance(each.votes), each.reason) for each in found]

"""Entities by conditional random fields: a tagger of names feeds a tagger of entities; cased and caseless weights.

The weights, what they were trained on and under which licences: models/entities.md.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Protocol

import pycrfsuite

from leconfield.intake.extraction.features import Features, capitalised, features
from leconfield.intake.extraction.model import Span
from leconfield.intake.extraction.text import Sentence, is_caseless, is_whispered, sentences

ENTITY_TYPES: Final = (
    "Person",
    "Organisation",
    "Location",
    "Weapon",
    "Vehicle",
    "Temporal",
    "Quantity",
    "Nationality",
    "Money",
    "MilitaryPlatform",
    "DocumentReference",
    "Coordinate",
    "CommsIdentifier",
    "Frequency",
)
"""The types of re3d."""
_OUTSIDE: Final = "O"

Labels = list[str]
Tag = Callable[[list[Features]], Labels]


class Tagger(Protocol):
    """What labels the tokens of a sentence: `names` or `mentions`, cased or not."""

    def __call__(self, layer: str, cased: bool, rows: list[Features]) -> Labels: ...


class Weights:
    """Learned weights, ready to label; they keep their bytes alive, on which the library's pointer rests."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(content)

    def tag(self, rows: list[Features]) -> Labels:
        """The most likely labels of a sentence."""
        labels: Labels = self._tagger.tag(rows)
        return labels


@cache
def weights(layer: str, cased: bool) -> Weights:
    """The weights that ship, read once."""
    name = f"entities.{layer}.{'cased' if cased else 'caseless'}.crf.xz"
    return Weights(lzma.decompress((files(__package__) / "models" / name).read_bytes()))


def shipped(layer: str, cased: bool, rows: list[Features]) -> Labels:
    """Label with the weights that ship."""
    return weights(layer, cased).tag(rows)


def tag(text: str, tagger: Tagger = shipped, cut: list[Sentence] | None = None) -> tuple[list[Span], list[Span]]:
    """The named things and the entities of a text, two layers of spans in order of the text.

    The first holds proper names alone (`Person`, `Organisation`, `Location`, `Temporal` ...); the second is re3d's view:
    names with their titles and articles, common nouns ("the rebels"), pronouns.
    """
    found = sentences(text) if cut is None else cut
    capitals = capitalised(found)
    whispered = is_whispered(text)
    names: list[Span] = []
    entities: list[Span] = []
    for sentence in found:
        cased = not is_caseless(sentence, whispered)
        rows = features(sentence, cased, capitals)
        hints = tagger("names", cased, rows)
        names += spans(sentence, hints, "names")
        add_hints(rows, hints)
        entities += spans(sentence, tagger("mentions", cased, rows), "crf")
    return names, entities


def add_hints(rows: list[Features], hints: Sequence[str]) -> None:
    """Let the second layer see what the first one said, here and beside."""
    last = len(rows) - 1
    for i, row in enumerate(rows):
        row.append("h=" + hints[i])
        row.append("-1:h=" + (hints[i - 1] if i else "EDGE"))
        row.append("1:h=" + (hints[i + 1] if i < last else "EDGE"))


def spans(sentence: Sentence, labels: Sequence[str], by: str) -> list[Span]:
    """The labelled stretches of a sentence (labels `B-x`, `I-x`, `O`; a stray `I-` begins one)."""
    found: list[Span] = []
    start = kind = None
    end = 0
    for token, label in zip(sentence, labels, strict=True):
        begins = label[:2] == "B-" or label[2:] != kind
        if kind is not None and (label == _OUTSIDE or begins):
            found.append(Span(start or 0, end, kind, 1.0, by))
            kind = None
        if label != _OUTSIDE and kind is None:
            start, kind = token.start, label[2:]
        end = token.end
    if kind is not None:
        found.append(Span(start or 0, end, kind, 1.0, by))
    return found

"""Entities by conditional random fields: a tagger of names feeds a tagger of entities; cased and caseless weights.

The weights, what they were trained on and under which licences: models/entities.md.
"""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from struct import Struct
from typing import Final, Protocol

import pycrfsuite

from leconfield.intake.extraction.features import Builder, Sight, capitalised, seen
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


class Tagger(Protocol):
    """What labels the words of a sentence: layer `names` or `mentions`, cased or not."""

    def __call__(self, layer: str, cased: bool, sight: Sight, hints: Labels | None) -> Labels:
        """The labels of the words; `hints`: those of the first layer, for the second."""
        ...


class Weights:
    """Learned weights, ready to label; they keep their bytes alive, on which the library's pointer rests."""

    def __init__(self, content: bytes, cased: bool) -> None:
        self._content = content
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(content)
        self._builder = Builder(cased, attributes(content))

    def label(self, sight: Sight, hints: Labels | None = None) -> Labels:
        """The most likely labels of a sentence's words."""
        labels: Labels = self._tagger.tag(self._builder.rows(sight, hints))
        return labels


def attributes(content: bytes) -> frozenset[str]:
    """The features that a CRFsuite model knows, read from its constant database of attributes.

    Layout: CRFsuite 0.12, `crf1d_model.c` (header, 12 words) and `cqdb.c` (header of 24 bytes, 256 table references,
    then records of id, key size and a key that ends in a zero byte).
    """
    (count,) = _WORD.unpack_from(content, _ATTRIBUTE_COUNT)
    (at,) = _WORD.unpack_from(content, _ATTRIBUTE_OFFSET)
    at += _RECORDS
    found = []
    for _ in range(count):
        (size,) = _WORD.unpack_from(content, at + 4)
        found.append(content[at + 8 : at + 7 + size].decode())
        at += 8 + size
    return frozenset(found)


_WORD: Final = Struct("<I")
_ATTRIBUTE_COUNT: Final = 24
_ATTRIBUTE_OFFSET: Final = 36
_RECORDS: Final = 24 + 256 * 8


@cache
def weights(layer: str, cased: bool) -> Weights:
    """The weights that ship, read once."""
    name = f"entities.{layer}.{'cased' if cased else 'caseless'}.crf.xz"
    return Weights(lzma.decompress((files(__package__) / "models" / name).read_bytes()), cased)


def shipped(layer: str, cased: bool, sight: Sight, hints: Labels | None) -> Labels:
    """Label with the weights that ship."""
    return weights(layer, cased).label(sight, hints)


def tag(text: str, tagger: Tagger = shipped, cut: list[Sentence] | None = None) -> tuple[list[Span], list[Span]]:
    """The named things and the entities of a text, two layers of spans in order of the text.

    The first holds proper names alone (`Person`, `Organisation`, `Location`, `Temporal` ...); the second is re3d's
    view: names with their titles and articles, common nouns ("the rebels"), pronouns.
    """
    found = sentences(text) if cut is None else cut
    capitals = capitalised(found)
    whispered = is_whispered(text)
    names: list[Span] = []
    entities: list[Span] = []
    for sentence in found:
        cased = not is_caseless(sentence, whispered)
        sight = seen(sentence, capitals)
        hints = tagger("names", cased, sight, None)
        names += spans(sentence, hints, "names")
        entities += spans(sentence, tagger("mentions", cased, sight, hints), "crf")
    return names, entities


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

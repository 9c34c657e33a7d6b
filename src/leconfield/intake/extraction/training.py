"""Learning the taggers' weights from texts with known spans, for the weights that ship and for a desk's own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from leconfield.intake.extraction.crf import Labels, Weights
from leconfield.intake.extraction.features import Builder, Features, Sight, capitalised, seen
from leconfield.intake.extraction.text import Sentence, is_caseless, is_whispered, sentences

Gold = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its gold spans (start, end, type), none overlapping."""

    text: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How hard the learner is regularised (L1 `c1`, L2 `c2`) and how long it may take."""

    c1: float = 0.1
    c2: float = 0.05
    iterations: int = 100


def upper(example: Example) -> Example:
    """The example in capitals; unchanged if a letter has no capital of one character."""
    raised = example.text.upper()
    return Example(raised, example.gold) if len(raised) == len(example.text) else example


def outermost(gold: Iterable[Gold]) -> tuple[Gold, ...]:
    """The spans without those that overlap a longer or earlier one (the scoring rule of re3d)."""
    kept: list[Gold] = []
    for start, end, kind in sorted(set(gold), key=lambda span: (span[0] - span[1], span[0])):
        if not any(start < other[1] and other[0] < end for other in kept):
            kept.append((start, end, kind))
    return tuple(sorted(kept))


def labels(sentence: Sentence, gold: Sequence[Gold]) -> Labels:
    """`B-`, `I-` and `O` labels of a sentence's tokens."""
    found = ["O"] * len(sentence)
    first, last = sentence[0].start, sentence[-1].end
    for start, end, kind in gold:
        if end <= first or start >= last:
            continue
        begun = False
        for i, token in enumerate(sentence):
            if token.start < end and token.end > start:
                found[i] = ("I-" if begun else "B-") + kind
                begun = True
    return found


def sights(example: Example, cased: bool) -> Iterator[tuple[Sentence, Sight]]:
    """The sentences of an example whose case means something (`cased`), or nothing, and what is to be seen in them."""
    cut = sentences(example.text)
    capitals = capitalised(cut)
    whispered = is_whispered(example.text)
    for sentence in cut:
        if is_caseless(sentence, whispered) != cased:
            yield sentence, seen(sentence, capitals)


def learn(sets: Iterable[tuple[list[Features], Labels]], settings: Settings) -> bytes:
    """Weights learned from labelled feature rows."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for each, wanted in sets:
        trainer.append(each, wanted)
    trainer.set_params(
        {
            "c1": settings.c1,
            "c2": settings.c2,
            "max_iterations": settings.iterations,
            "feature.possible_transitions": True,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights"
        trainer.train(str(path))
        return path.read_bytes()


def learn_names(examples: Iterable[Example], cased: bool, settings: Settings) -> bytes:
    """Weights of the first layer: proper names."""
    builder = Builder(cased)
    return learn(
        (
            (builder.rows(sight), labels(sentence, example.gold))
            for example in examples
            for sentence, sight in sights(example, cased)
        ),
        settings,
    )


def learn_mentions(examples: Iterable[Example], cased: bool, names: Weights, settings: Settings) -> bytes:
    """Weights of the second layer, which sees what the first one says."""
    builder = Builder(cased)
    return learn(
        (
            (builder.rows(sight, names.label(sight)), labels(sentence, example.gold))
            for example in examples
            for sentence, sight in sights(example, cased)
        ),
        settings,
    )

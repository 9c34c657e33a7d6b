"""Train what finds identifying words, choose where each mode draws its line, and write both into the package.

    LECONFIELD_SHARED=../shared OMP_NUM_THREADS=1 python tools/train_redaction.py

Reads `data/tab/train.jsonl` of the shared folder and nothing else of the benchmark; further, invented prose of ours.
Weights above the taggers and the limits of both modes come from five folds by document, each tagged by weights that
never saw it. What ships is described in `models/redaction.md`. Takes some ten minutes on one core.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.gate.redaction.features import Rows, scene
from leconfield.gate.redaction.model import Mode
from leconfield.gate.redaction.redacting import certain, learned, masked_stretches
from leconfield.gate.redaction.stretches import SMALL_WORDS
from leconfield.gate.redaction.tagger import LAYERS, MASKED, MENTIONS, Limits, Opinion, Settings, Weights, opinions
from leconfield.intake.extraction.features import Features
from leconfield.intake.extraction.text import Sentence
from leconfield.intake.extraction.training import Example, Gold, labels, learn, outermost
from leconfield.intake.extraction.training import Settings as Learning
from train_entities import invented

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = Path(os.environ.get("LECONFIELD_SHARED", ROOT.parent / "shared")) / "data"
MODELS: Final = ROOT / "src/leconfield/gate/redaction/models"
LEARNING: Final = Learning(c1=0.1, c2=0.05, iterations=60)
FOLDS: Final = 5
PROSE: Final = 250
"""Texts of invented prose, so that the taggers know how reports speak, not judgments alone."""
PROSE_TYPES: Final = {
    "Person": "PERSON",
    "Location": "LOC",
    "Organisation": "ORG",
    "Temporal": "DATETIME",
    "Nationality": "DEM",
}
FLOOR: Final = 0.05
COST: Final = 0.5
PROMISED: Final = {Mode.PROTECT: (0.92, 0.70), Mode.PUBLISH: (0.85, 0.80)}
"""Of each mode: recall of quasi-identifying entities, and token precision on nearly any handful of documents."""
HANDFUL: Final = 20
HANDFULS: Final = 2_000
NEARLY: Final = 0.01
"""The share of handfuls that may fall short."""
ODDS: Final = (0.5, 0.4, 0.3, 0.25, 0.2, 0.17, 0.15, 0.14, 0.13, 0.12, 0.11, 0.1, 0.08)
_WORD: Final = re.compile(r"\w+")
Labelled = list[tuple[list[Features], list[str]]]


@dataclass(frozen=True, slots=True)
class Mention:
    """An annotated mention of a document."""

    start: int
    end: int
    kind: str
    entity: str
    identifier: str
    """`DIRECT`, `QUASI` or `NO_MASK`."""

    @property
    def masked(self) -> bool:
        """Whether it identifies."""
        return self.identifier != "NO_MASK"


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated document."""

    about: str
    text: str
    mentions: tuple[Mention, ...]

    @property
    def fold(self) -> int:
        """Which fifth of the training part it belongs to."""
        return int(hashlib.sha1(self.about.encode()).hexdigest()[:8], 16) % FOLDS

    def gold(self, layer: str) -> tuple[Gold, ...]:
        """The spans that a layer learns, none overlapping."""
        learned = (each for each in self.mentions if each.masked or layer == MENTIONS)
        return outermost((each.start, each.end, label(each.kind, each.masked, layer)) for each in learned)


def label(kind: str, masked: bool, layer: str) -> str:
    """The label of a mention: one layer tells those that identify from the others, one knows no others."""
    return kind + (MASKED if masked else "-") * (layer == MENTIONS)


def cases(name: str = "train") -> list[Case]:
    """The documents of a part of the benchmark."""
    found = []
    with (SHARED / "tab" / f"{name}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            each = json.loads(line)
            keys = ("start_offset", "end_offset", "entity_type", "entity_id", "identifier_type")
            mentions = tuple(Mention(*(one[key] for key in keys)) for one in each["entities"])
            found.append(Case(each["metadata"]["provenance"]["doc_id"], each["text"], mentions))
    return found


@cache
def rows_of(text: str) -> list[tuple[Sentence, list[Features]]]:
    """The sentences of a text with their feature rows, made once."""
    known = scene(text)
    made = Rows().of(known)
    return [(cut, [list(map(sys.intern, row)) for row in rows]) for cut, rows in zip(known.cut, made, strict=True)]


def labelled(text: str, gold: Sequence[Gold]) -> Labelled:
    """The sentences of a text as feature rows with their labels."""
    return [(rows, labels(cut, gold)) for cut, rows in rows_of(text)]


@cache
def reports() -> list[Example]:
    """The invented reports."""
    return invented()[:PROSE]


def prose(layer: str) -> Iterator[tuple[list[Features], list[str]]]:
    """Invented reports: every name, place, organisation, date and nationality in them identifies."""
    for each in reports():
        yield from labelled(
            each.text,
            [(s, e, label(PROSE_TYPES[kind], True, layer)) for s, e, kind in each.gold if kind in PROSE_TYPES],
        )


def layers_of(known: Sequence[Case]) -> dict[str, bytes]:
    """The weights of both layers, learned from these documents and the invented prose."""
    return {
        layer: learn(
            [*prose(layer), *(row for case in known for row in labelled(case.text, case.gold(layer)))], LEARNING
        )
        for layer in LAYERS
    }


def crossed(known: Sequence[Case]) -> dict[str, list[Opinion]]:
    """What is said of each document by taggers that never saw it."""
    found = {}
    for fold in range(FOLDS):
        made = {layer: Weights(content) for layer, content in layers_of([c for c in known if c.fold != fold]).items()}
        for case in known:
            if case.fold == fold:
                found[case.about] = opinions(case.text, lambda layer, rows, by=made: by[layer].marginals(rows), Rows())
        print(f"fold {fold + 1} of {FOLDS} read", flush=True)
    return found


def fitted(known: Iterable[Case], said: dict[str, list[Opinion]]) -> tuple[float, tuple[float, float, float]]:
    """Bias and weights of the votes: logistic regression by Newton's method, lightly regularised."""
    votes, masked = [], []
    for case in known:
        marked = bytearray(len(case.text))
        for each in case.mentions:
            if each.masked:
                marked[each.start : each.end] = b"\1" * (each.end - each.start)
        votes += [(1.0, *each.votes) for each in said[case.about]]
        masked += [marked[each.token.start] for each in said[case.about]]
    found = newton(np.array(votes), np.array(masked, dtype=np.float64))
    return found[0], (found[1], found[2], found[3])


def newton(rows: NDArray[np.float64], wanted: NDArray[np.float64]) -> list[float]:
    """The coefficients of a logistic regression."""
    found = np.zeros(rows.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = chance * (1 - chance) + 1e-9
        step = np.linalg.solve(
            (rows * slope[:, None]).T @ rows + np.eye(rows.shape[1]), rows.T @ (wanted - chance) - found
        )
        found += step
    return [round(float(each), 4) for each in found]


def words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The telling words of a span, as the shared scorer counts them."""
    found = ((start + each.start(), start + each.end()) for each in _WORD.finditer(text[start:end]))
    return [each for each in found if text[each[0] : each[1]].lower() not in SMALL_WORDS]


def measured(known: Iterable[Case], masks: dict[str, list[tuple[int, int]]]) -> NDArray[np.int64]:
    """For each document: entities that identify together, of them masked in all mentions; words masked, rightly so."""
    counts = []
    for case in known:
        covered = {at for start, end in masks[case.about] for at in range(start, end)}
        gold = {at for each in case.mentions if each.masked for at in range(each.start, each.end)}
        entities: dict[str, bool] = defaultdict(lambda: True)
        for each in case.mentions:
            if each.identifier == "QUASI":
                whole = all(covered.issuperset(range(*word)) for word in words(case.text, each.start, each.end))
                entities[each.entity] &= whole
        own = {word for start, end in masks[case.about] for word in words(case.text, start, end)}
        counts.append((len(entities), sum(entities.values()), len(own), sum(word[0] in gold for word in own)))
    return np.array(counts)


def at_worst(counts: NDArray[np.int64]) -> float:
    """The token precision that nearly every handful of the documents keeps."""
    drawn = np.random.default_rng(1).integers(0, len(counts), (HANDFULS, HANDFUL))
    sums = counts[drawn].sum(axis=1)
    return float(np.quantile(sums[:, 3] / sums[:, 2], NEARLY))


def limits(known: Sequence[Case], said: dict[str, list[Opinion]], mode: Mode) -> Limits:
    """The line of a mode that leaves both its promises most room, on documents that taggers and weights never saw."""
    weighing = {fold: fitted([case for case in known if case.fold != fold], said) for fold in range(FOLDS)}
    sure = {case.about: certain(case.text, mode) for case in known}
    room = {}
    for odds in ODDS:
        tried = Limits(FLOOR, odds, COST)
        masks = {}
        for case in known:
            told = learned(case.text, said[case.about], Settings(*weighing[case.fold], {}), tried)
            found = masked_stretches(case.text, sure[case.about], told)
            masks[case.about] = [(each.start, each.end) for each in found]
        counts = measured(known, masks)
        entities, hit, words_masked, right = counts.sum(axis=0)
        recall, worst = hit / entities, at_worst(counts)
        figures = f"quasi {recall:.3f}  token precision {right / words_masked:.3f}, at worst {worst:.3f}"
        print(f"{mode.value:8s} odds {odds:4.2f}  {figures}", flush=True)
        room[tried] = min(recall - PROMISED[mode][0], worst - PROMISED[mode][1])
    return max(room, key=lambda each: room[each])


def main() -> None:
    """Learn, choose and write."""
    known = cases()
    said = crossed(known)
    bias, weights = fitted(known, said)
    lines = ["# Written by tools/train_redaction.py; see redaction.md.", f"bias = {bias}", f"weights = {list(weights)}"]
    for mode in Mode:
        chosen = limits(known, said, mode)
        lines += ["", f"[{mode.value}]", f"floor = {chosen.floor}", f"odds = {chosen.odds}", f"cost = {chosen.cost}"]
    (MODELS / "redaction.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for layer, content in layers_of(known).items():
        packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
        (MODELS / f"redaction.{layer}.crf.xz").write_bytes(packed)
        print(f"redaction.{layer}.crf.xz {len(packed) / 1024:.0f} KB", flush=True)


if __name__ == "__main__":
    main()

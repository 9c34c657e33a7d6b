"""How well and how fast entities are found: re3d, five folds by document, pooled, scored by the shared scorer.

    LECONFIELD_SHARED=../shared OMP_NUM_THREADS=1 python benchmarks/entities.py [--upper]

A document's fold is the first eight hex digits of the SHA-1 of its id and a word, modulo five; the second layer for a
fold is trained on the other four alone. The first layer, the word table and the lexicon never see re3d.
`--upper` capitalises texts throughout. Then the speed of the shipped weights, words a second on one core.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from train_entities import ENTITY_SETTINGS, SHARED, re3d

from leconfield.intake.extraction.crf import Labels, Weights, weights, tag
from leconfield.intake.extraction.features import Features
from leconfield.intake.extraction.training import Example, learn_entities, upper

FOLDS: Final = 5


def fold_of(about: str) -> int:
    """The fold of a document."""
    return int(hashlib.sha1(f"leconfield {about}".encode()).hexdigest()[:8], 16) % FOLDS


def predictions(documents: dict[str, Example], cased: bool) -> dict[str, list[tuple[int, int, str]]]:
    """What each document's fold model finds in it."""
    found = {}
    for fold in range(FOLDS):
        known = [each for about, each in documents.items() if fold_of(about) != fold]
        mentions = Weights(learn_entities(known, cased, weights("names", cased), ENTITY_SETTINGS))
        other = Weights(learn_entities(known, not cased, weights("names", not cased), ENTITY_SETTINGS))
        for about, each in documents.items():
            if fold_of(about) == fold:
                spans = tag(each.text, taggers(mentions, other, cased))[1]
                found[about] = [(span.start, span.end, span.kind) for span in spans]
    return found


def taggers(mentions: Weights, other: Weights, expected: bool):
    """The fold's second layer behind the shipped first one."""

    def label(layer: str, cased: bool, rows: list[Features]) -> Labels:
        if layer == "names":
            return list(weights("names", cased).tag(rows))
        return list((mentions if cased == expected else other).tag(rows))

    return label


def score(found: dict[str, list[tuple[int, int, str]]]) -> None:
    """Print the shared scorer's table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "found.jsonl"
        path.write_text("".join(json.dumps({"id": about, "entities": spans}) + "\n" for about, spans in found.items()))
        scorer = SHARED.parent / "tools" / "score.py"
        print(
            subprocess.run(
                [sys.executable, scorer, "entities", SHARED / "re3d", path], text=True, capture_output=True, check=True
            ).stdout
        )


def main() -> None:
    """Print quality, then speed."""
    cased = "--upper" not in sys.argv
    documents = re3d() if cased else {about: upper(each) for about, each in re3d().items()}
    score(predictions(documents, cased))


if __name__ == "__main__":
    main()

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
from functools import partial
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from leconfield.intake.extraction.crf import Labels, Tagger, Weights, weights
from leconfield.intake.extraction.features import Sight
from leconfield.intake.extraction.identifiers import identifiers
from leconfield.intake.extraction.pipeline import entity_spans, extract
from leconfield.intake.extraction.training import Example, learn_mentions, upper
from train_entities import MENTION_SETTINGS, SHARED, re3d

FOLDS: Final = 5


def fold_of(about: str) -> int:
    """The fold of a document."""
    return int(hashlib.sha1(f"leconfield {about}".encode()).hexdigest()[:8], 16) % FOLDS


def predictions(documents: dict[str, Example]) -> dict[str, list[tuple[int, int, str]]]:
    """What each document's fold model finds in it."""
    found = {}
    for fold in range(FOLDS):
        known = [each for about, each in documents.items() if fold_of(about) != fold]
        tagger = fold_tagger(known)
        for about, each in documents.items():
            if fold_of(about) == fold:
                found[about] = [(span.start, span.end, span.kind) for span in entity_spans(each.text, tagger)]
    return found


def fold_tagger(known: list[Example]) -> Tagger:
    """The second layer learned from these documents alone (cased and caseless), behind the shipped first layer."""
    second = {
        cased: Weights(
            learn_mentions(known if cased else map(upper, known), cased, weights("names", cased), MENTION_SETTINGS),
            cased,
        )
        for cased in (True, False)
    }

    def label(layer: str, cased: bool, sight: Sight, hints: Labels | None) -> Labels:
        chosen = weights("names", cased) if layer == "names" else second[cased]
        return chosen.label(sight, hints)

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


def speed(documents: dict[str, Example]) -> None:
    """Print how many words a second each step reads, on one core, after a warm-up."""
    texts = [each.text for each in documents.values()]
    words = sum(len(text.split()) for text in texts)
    for name, step in (
        ("identifiers", identifiers),
        ("taggers", entity_spans),
        ("all but incidents", partial(extract, incidents=False)),
        ("whole extraction", extract),
    ):
        step(texts[0])
        began = time.process_time()
        for text in texts:
            step(text)
        print(f"{name:20s} {words / (time.process_time() - began):10,.0f} words per processor second")


def main() -> None:
    """Print quality, then speed."""
    cased = "--upper" not in sys.argv
    documents = re3d() if cased else {about: upper(each) for about, each in re3d().items()}
    score(predictions(documents))
    speed(documents)


if __name__ == "__main__":
    main()

"""Word facts for the tagger: clusters of words of like use, and words that people bear as names."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.intake.extraction.places import folded
from leconfield.intake.extraction.text import is_caseless, sentences

CONTEXTS: Final = 1_500
LEAST: Final = 6
DIMENSIONS: Final = 60
SIZES: Final = (48, 320)
TWICE: Final = 2
US_SURNAMES: Final = 9_000


def words_of(text: str) -> Iterator[list[str]]:
    """The lower-case words of each sentence; digits are all the same."""
    for sentence in sentences(text):
        yield ["0" if token.text[0].isdigit() else token.text.lower().replace("’", "'") for token in sentence]


def clusters(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Clusters at two sizes from the neighbours that a word keeps (positive PMI, SVD, k-means; seed fixed)."""
    corpus = [words for text in texts for words in words_of(text)]
    counts = Counter(word for words in corpus for word in words)
    vocabulary = [word for word, count in counts.most_common() if count >= LEAST]
    vectors = _vectors(corpus, vocabulary)
    layers = [_k_means(vectors, size) for size in SIZES]
    return {
        word: tuple(f"k{size}.{layer[i]}" for size, layer in zip("ab", layers, strict=True))
        for i, word in enumerate(vocabulary)
    }


def _vectors(corpus: list[list[str]], vocabulary: list[str]) -> NDArray[np.float64]:
    row = {word: i for i, word in enumerate(vocabulary)}
    column = {word: i for i, word in enumerate(vocabulary[:CONTEXTS])}
    table = np.zeros((len(vocabulary), 2 * (len(column) + 1)))
    edge = len(column)
    for words in corpus:
        for i, word in enumerate(words):
            at = row.get(word)
            if at is None:
                continue
            before = column.get(words[i - 1], -1) if i else edge
            after = column.get(words[i + 1], -1) if i + 1 < len(words) else edge
            if before >= 0:
                table[at, before] += 1
            if after >= 0:
                table[at, edge + 1 + after] += 1
    total = table.sum()
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.nan_to_num(np.log(table / expected), neginf=0.0)
    pmi = np.maximum(pmi, 0)
    generator = np.random.default_rng(7)
    sketch = pmi @ generator.normal(size=(pmi.shape[1], DIMENSIONS + 20))
    basis, _ = np.linalg.qr(pmi @ (pmi.T @ sketch))
    left, values, _ = np.linalg.svd(basis.T @ pmi, full_matrices=False)
    vectors = (basis @ left)[:, :DIMENSIONS] * np.sqrt(values[:DIMENSIONS])
    normed: NDArray[np.float64] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return normed


def _k_means(vectors: NDArray[np.float64], size: int) -> NDArray[np.intp]:
    centres = vectors[:size].copy()
    nearest = np.zeros(len(vectors), dtype=np.intp)
    for _ in range(25):
        nearest = np.argmax(vectors @ centres.T, axis=1)
        for i in range(size):
            members = vectors[nearest == i]
            if len(members):
                centre = members.mean(0)
                centres[i] = centre / max(float(np.linalg.norm(centre)), 1e-9)
    return nearest


def lower_words(texts: Iterable[str]) -> set[str]:
    """Words that mixed-case prose writes small nearly always: they name nobody."""
    small: Counter[str] = Counter()
    great: Counter[str] = Counter()
    for text in texts:
        for sentence in sentences(text):
            for token in sentence[1:] if not is_caseless(sentence, whispered=False) else ():
                (small if token.text.islower() else great)[token.text.lower()] += 1
    return {word for word, count in small.items() if count >= TWICE and count > 9 * great[word] and len(word) > 1}


def name_words(folder: Path) -> tuple[set[str], set[str]]:
    """Lower-case forenames and surnames in Latin letters, from the free name lists in `folder`."""
    forenames, surnames = set(), set()
    for name, words in (("common-forenames", forenames), ("common-surnames", surnames)):
        with (folder / f"{name}-by-country.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                words.update(_parts(row["Romanized Name"]))
    for name in ("dist.male.first", "dist.female.first"):
        forenames |= {line.split()[0].lower() for line in (folder / name).read_text().splitlines()}
    surnames |= {line.split()[0].lower() for line in (folder / "dist.all.last").read_text().splitlines()[:US_SURNAMES]}
    with gzip.open(folder / "synthetic_persons_global.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forenames |= _parts(row["first_name"])
            surnames |= _parts(row["last_name"])
    return forenames, surnames


def _parts(name: str) -> set[str]:
    return {part for part in folded(name).split() if part.isascii() and part.isalpha() and len(part) > 1}

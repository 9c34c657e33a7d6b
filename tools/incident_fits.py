"""The fits behind the incident reader: linear models, word clusters, boosted trees, each in the product's own form."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd

from incident_corpus import Report
from leconfield.intake.extraction.incidents.forest import Forest
from leconfield.intake.extraction.incidents.linear import Linear

FOLDS = 5
RANKER = {"max_iter": 200, "learning_rate": 0.04, "max_leaf_nodes": 14, "min_samples_leaf": 40, "max_features": 0.25}
SMALL = {"max_iter": 90, "learning_rate": 0.05, "max_leaf_nodes": 10, "min_samples_leaf": 20, "max_features": 0.5}


def fit_linear(rows: Sequence[list[str]], truth: np.ndarray, c: float, least: int, keep: int) -> Linear:
    """TF-IDF and one logistic regression for each class, on the `keep` terms that weigh most in a first fit."""
    terms = TfidfVectorizer(analyzer=lambda row: row, min_df=least, sublinear_tf=True)
    matrix = terms.fit_transform(rows)

    def fit(x: csr_matrix) -> tuple[np.ndarray, np.ndarray]:
        fits = [LogisticRegression(C=c, max_iter=300, class_weight="balanced").fit(x, y) for y in truth.T]
        return np.stack([f.coef_[0] for f in fits], 1), np.array([f.intercept_[0] for f in fits])

    names, idf = terms.get_feature_names_out(), terms.idf_
    coefficients, bias = fit(matrix)
    if len(names) > keep:
        top = np.sort(np.argsort(-np.abs(coefficients).max(1) / np.sqrt(idf))[:keep])
        names, idf = names[top], idf[top]
        terms = TfidfVectorizer(analyzer=lambda row: row, vocabulary=list(names), sublinear_tf=True)
        matrix = terms.fit_transform(rows)
        idf = terms.idf_
        coefficients, bias = fit(matrix)
    return Linear({word: n for n, word in enumerate(names)}, idf, coefficients, bias)


def clusters(reports: Sequence[Report], count: int = 120) -> dict[str, str]:
    """Words by the company they keep: positive mutual information with near neighbours, reduced, k-means."""
    counts = collections.Counter(w for r in reports for s in r.pages.sentences for w in s.words)
    row = {w: n for n, w in enumerate(w for w, c in counts.items() if c >= 4)}
    column = {w: n for n, (w, _) in enumerate(counts.most_common(2500))}
    pairs: collections.Counter[tuple[int, int]] = collections.Counter()
    for words in (s.words for r in reports for s in r.pages.sentences):
        for n, word in enumerate(words):
            for side, offset in enumerate((-2, -1, 1, 2)):
                if word in row and 0 <= n + offset < len(words) and words[n + offset] in column:
                    pairs[row[word], column[words[n + offset]] + side * len(column)] += 1
    i, j = (np.array(x) for x in zip(*pairs, strict=True))
    seen = np.array(list(pairs.values()), float)
    rows, columns = np.bincount(i, seen), np.bincount(j, seen) ** 0.75
    value = np.maximum(0, np.log(seen * columns.sum() / (rows[i] * columns[j])))
    left, scale, _ = randomized_svd(csr_matrix((value, (i, j))), 60, random_state=0)
    points = left * scale**0.5
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    return {w: str(n) for w, n in zip(row, KMeans(count, n_init=1, random_state=0).fit_predict(points), strict=True)}


class Trees:
    """A boosted classifier, and the same as flat arrays."""

    def __init__(self, x: np.ndarray, y: np.ndarray, options: dict[str, Any]) -> None:
        self.fit = HistGradientBoostingClassifier(random_state=0, l2_regularization=5.0, **options).fit(x, y)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """The chance of each row."""
        return np.asarray(self.fit.predict_proba(np.asarray(x, float))[:, 1])

    def forest(self) -> Forest:
        """The trees as the product reads them."""
        roots, columns, depth = [], [[], [], [], [], []], 0
        for (tree,) in self.fit._predictors:  # noqa: SLF001 - no public way to a fitted tree
            base = len(columns[0])
            roots.append(base)
            for n, node in enumerate(tree.nodes):
                leaf = bool(node["is_leaf"])
                depth = max(depth, int(node["depth"]))
                values = (
                    0 if leaf else node["feature_idx"],
                    0.0 if leaf else node["num_threshold"],
                    base + (n if leaf else int(node["left"])),
                    base + (n if leaf else int(node["right"])),
                    node["value"] if leaf else 0.0,
                )
                for column, value in zip(columns, values, strict=True):
                    column.append(value)
        types = (np.int16, np.float32, np.int32, np.int32, np.float32)
        arrays = [np.array(c, t) for c, t in zip(columns, types, strict=True)]
        base_value = float(np.ravel(self.fit._baseline_prediction)[0])  # noqa: SLF001 - as above
        return Forest(np.array(roots, np.int32), *arrays, base=base_value, depth=depth)


def unseen(x: np.ndarray, y: np.ndarray, fold: np.ndarray, options: dict[str, Any]) -> np.ndarray:
    """Predictions for each row by trees that have not seen its fold."""
    found = np.zeros(len(y))
    for n in range(FOLDS):
        if (fold == n).any():
            found[fold == n] = Trees(x[fold != n], y[fold != n], options)(x[fold == n])
    return found


def remember(keys: Iterable[list[str]], truth: Iterable[bool], least: int = 2, prior: float = 6.0) -> dict[str, float]:
    """Smoothed share of right fillers among wordings of each look."""
    right: collections.Counter[str] = collections.Counter()
    seen: collections.Counter[str] = collections.Counter()
    total = [0, 0]
    for row, y in zip(keys, truth, strict=True):
        total[0] += bool(y)
        total[1] += 1
        seen.update(row)
        if y:
            right.update(row)
    mean = total[0] / total[1]
    return {"": mean} | {k: (right[k] + prior * mean) / (n + prior) for k, n in seen.items() if n >= least}

"""Train what the incident reader knows: `train_incidents.py MUC_DIR SCORER.py [--work DIR] [--rounds N]`.

MUC_DIR holds `processed/train.json`, `processed/dev.json` and `keys/`. Everything is learnt from the training reports;
whatever stands on another model's output is learnt from outputs for reports which that model had not seen (five
folds), and so are the thresholds: the development reports are scored at the end and choose nothing. Needs
scikit-learn and SciPy, which the product itself does not. Takes about half an hour on one core; `--work` keeps what
was read between runs. Every seed is fixed; set OMP_NUM_THREADS=1, since sums differ with the number of threads.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import pickle
import random
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from incident_corpus import (
    Report,
    Scores,
    Template,
    grades,
    kinds_of,
    labels,
    likely,
    load,
    place_names,
    places_of,
    scorer,
    told,
)
from incident_fits import FOLDS, RANKER, SMALL, Trees, clusters, fit_linear, remember, unseen
from leconfield.intake.extraction.incidents.candidates import words_at
from leconfield.intake.extraction.incidents.forest import Forest
from leconfield.intake.extraction.incidents.grade import GRADES, grade_terms
from leconfield.intake.extraction.incidents.judge import (
    arrange,
    best_wordings,
    by_kind,
    candidates,
    kind_row,
    pair_row,
    repeat_row,
)
from leconfield.intake.extraction.incidents.linear import Linear
from leconfield.intake.extraction.incidents.measures import Choice, habits_of
from leconfield.intake.extraction.incidents.reading import (
    report_terms,
    sentence_terms,
    tag,
    tagger_rows,
    tell,
)
from leconfield.intake.extraction.incidents.weights import KINDS, ROLES, Weights, pack

MODELS = Path(__file__).parents[1] / "src/leconfield/intake/extraction/models"


def fit_reports(reports: Sequence[Report]) -> Linear:
    """What a report is about: the kinds of incident, and any."""
    return fit_linear([report_terms(r.pages) for r in reports], np.array([kinds_of(r) for r in reports]), 10, 3, 5000)


def fit_sentences(reports: Sequence[Report]) -> Linear:
    """What a sentence tells of."""
    rows = [sentence_terms(r.pages, n) for r in reports for n in range(len(r.pages.sentences))]
    return fit_linear(rows, np.concatenate([told(r) for r in reports]), 5, 4, 9000)


def fit_tagger(reports: Sequence[Report], groups: dict[str, str], path: Path, rounds: int) -> pycrfsuite.Tagger:
    """The role tagger; read from `path` if it is there. Sentences without a filler are thinned out."""
    if not path.exists():
        rnd, trainer = random.Random(1), pycrfsuite.Trainer(verbose=False)
        for report in reports:
            share = 0.6 if report.gold else 0.25
            rows = tagger_rows(report.pages, report.about, report.telling, groups)
            for x, y in zip(rows, labels(report), strict=True):
                if any(label != "O" for label in y) or rnd.random() <= share:
                    trainer.append(x, y)
        trainer.set_params({"c1": 0.2, "c2": 0.02, "max_iterations": rounds, "feature.minfreq": 2})
        trainer.set_params({"feature.possible_transitions": True})
        trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def folds(reports: Sequence[Report]) -> Iterable[tuple[list[Report], list[Report]]]:
    """Reports to learn from and reports held back, five times."""
    for fold in range(FOLDS):
        yield [r for n, r in enumerate(reports) if n % FOLDS != fold], reports[fold::FOLDS]  # type: ignore[misc]


def read_all(train: list[Report], dev: list[Report], groups: dict[str, str], work: Path, rounds: int) -> dict[str, Any]:
    """Every report read by models that have not seen it; then the models of all training reports."""
    for learn, held in folds(train):
        model = fit_reports(learn)
        for r in held:
            r.about = model.probabilities(report_terms(r.pages))
    for turn in range(rounds):
        for n, (learn, held) in enumerate(folds(train)):
            model = fit_sentences(learn)
            for r in held:
                r.telling = tell(r.pages, model)
            say(f"round {turn} sentences {n}")
        for n, (learn, held) in enumerate(folds(train)):
            tagger = fit_tagger(learn, groups, work / f"fold-{turn}-{n}.crf", 45 if turn < rounds - 1 else 70)
            for r in held:
                r.reading = tag(r.pages, r.about, r.telling, groups, tagger)
            say(f"round {turn} tagger {n}")
        if turn < rounds - 1:
            for r in train:
                r.spans = likely(r)
    reports, sentences = fit_reports(train), fit_sentences(train)
    tagger = fit_tagger(train, groups, work / f"all-{rounds}.crf", 70)
    for r in dev:
        r.about, r.telling = reports.probabilities(report_terms(r.pages)), tell(r.pages, sentences)
        r.reading = tag(r.pages, r.about, r.telling, groups, tagger)
    return {"reports": reports, "sentences": sentences}


def rank_all(train: list[Report], dev: list[Report]) -> tuple[dict[str, Any], list[list[Choice]], list[list[Choice]]]:
    """The ranker, the habits of wordings, and the ranked fillers of every report."""
    for r in itertools.chain(train, dev):
        assert r.reading is not None
        r.given = candidates(r.reading)
    givens = [r.given for r in train if r.given is not None]
    keys = [k for g in givens for k in g.habits]
    truth = np.array(
        [r.holds(g.things[w.thing].role, w.key) for r, g in zip(train, givens, strict=True) for w in g.wordings]
    )
    fold = np.array([n % FOLDS for n, g in enumerate(givens) for _ in g.wordings])
    plain = np.array([row for g in givens for row in g.rows], float)
    habit = np.zeros((len(keys), len(keys[0])))
    for n in range(FOLDS):
        table = remember([k for k, f in zip(keys, fold, strict=True) if f != n], truth[fold != n])
        habit[fold == n] = [habits_of(k, table) for k, f in zip(keys, fold, strict=True) if f == n]
    rows = np.hstack([plain, habit])
    chances = unseen(rows, truth, fold, RANKER)
    say(f"{len(truth)} wordings, {truth.mean():.3f} right")
    full, table = Trees(rows, truth, RANKER), remember(keys, truth)
    ends = np.cumsum([len(g.wordings) for g in givens])[:-1]
    chosen = [best_wordings(g, c) for g, c in zip(givens, np.split(chances, ends), strict=True)]
    on_dev = []
    for r in dev:
        assert r.given is not None
        x = np.array([row + habits_of(k, table) for row, k in zip(r.given.rows, r.given.habits, strict=True)], float)
        on_dev.append(best_wordings(r.given, full(x)) if len(x) else [])
    return {"ranker": full.forest(), "habits": table}, chosen, on_dev


def kinds_all(
    train: list[Report], dev: list[Report], chosen: list[list[Choice]], on_dev: list[list[Choice]]
) -> tuple[tuple[Forest, ...], np.ndarray, np.ndarray]:
    """Which kinds of incident a report has: the trees, and their chances for every report."""

    def table(reports: list[Report], choices: list[list[Choice]]) -> np.ndarray:
        return np.array([kind_row(r.reading, c, r.given.things) for r, c in zip(reports, choices, strict=True)], float)  # type: ignore[arg-type, union-attr]

    x, xd, y = table(train, chosen), table(dev, on_dev), np.array([kinds_of(r) for r in train])
    fold = np.arange(len(train)) % FOLDS
    held = np.stack([unseen(x, y[:, k], fold, SMALL) for k in range(len(KINDS) + 1)], 1)
    full = [Trees(x, y[:, k], SMALL) for k in range(len(KINDS) + 1)]
    return tuple(t.forest() for t in full), held, np.stack([t(xd) for t in full], 1)


def several_all(
    train: list[Report], chosen: list[list[Choice]], kinds: np.ndarray, knobs: dict[str, float]
) -> tuple[Forest, Forest, Callable[[int], tuple[Forest, Forest]]]:
    """Whether a report has several incidents of a kind, and whether two fillers belong to one; full and by fold."""
    rows, truth, fold, cases = [], [], [], []
    for n, (r, choices) in enumerate(zip(train, chosen, strict=True)):
        assert r.reading is not None
        for kind, fillers in by_kind(r.reading, choices, kinds[n], knobs):
            rows.append(repeat_row(r.reading, choices, kinds[n], kind, fillers))
            truth.append(sum(KINDS[kind] in t["incident_type"] for t in r.gold) >= 2)
            fold.append(n % FOLDS)
            cases.append((n, kind, fillers))
    x, y, f = np.array(rows, float), np.array(truth), np.array(fold)
    repeat = unseen(x, y, f, SMALL)
    pair_rows, pair_truth, pair_fold = [], [], []
    for (n, kind, fillers), p in zip(cases, repeat, strict=True):
        homes = [incidents_of(train[n], c, kind) for c in fillers]
        for a, b in itertools.combinations(range(len(fillers)), 2):
            if homes[a] and homes[b] and "PerpOrg" not in (fillers[a].role, fillers[b].role):
                pair_rows.append(pair_row(train[n].reading, fillers[b], fillers[a], float(p), kind, fillers))  # type: ignore[arg-type]
                pair_truth.append(bool(homes[a] & homes[b]))
                pair_fold.append(n % FOLDS)
    px, py, pf = np.array(pair_rows, float), np.array(pair_truth), np.array(pair_fold)
    parts = [
        (Trees(x[f != n], y[f != n], SMALL).forest(), Trees(px[pf != n], py[pf != n], SMALL).forest())
        for n in range(FOLDS)
    ]
    say(f"{len(y)} kinds told, {y.mean():.2f} several; {len(py)} pairs, {py.mean():.2f} together")
    return Trees(x, y, SMALL).forest(), Trees(px, py, SMALL).forest(), lambda n: parts[n % FOLDS]


def incidents_of(report: Report, choice: Choice, kind: int) -> set[int]:
    """The gold incidents of a kind that have this filler."""
    return {
        n
        for n, t in enumerate(report.gold)
        if KINDS[kind] in t["incident_type"] and any(choice.wording.key in e for e in t[choice.role])
    }


def predicted(
    report: Report, choices: list[Choice], kinds: np.ndarray, knobs: dict[str, float], repeats: Forest, pairs: Forest
) -> list[Template]:
    """The templates that a report would get."""
    assert report.reading is not None
    found = arrange(report.reading, choices, list(map(float, kinds)), knobs, repeats.probabilities, pairs.probabilities)
    return [
        {"incident_type": o.kind}
        | {role: [[words_at(report.reading, c.wording.place)] for c in o.fillers if c.role == role] for role in ROLES}
        for o in found
    ]


START = (
    {"any": 0.3, "kind": 0.3, "bare": 0.5, "repeat": 0.3, "again": 0.3, "join": 0.5}
    | {f"near {role}": 0.8 for role in ROLES}
    | dict.fromkeys(ROLES, 0.3)
)
"""Thresholds to begin with. `bare` is a choice of prudence and not tuned: an incident of which the report tells
nothing but its kind must be likelier than not."""
STEPS = (
    {"repeat": (0.2, 0.4), "again": (0.25, 0.4, 0.5, 1.1), "join": (0.4, 0.6), "kind": (0.2, 0.25, 0.35)}
    | {"any": (0.2, 0.4)}
    | {f"near {role}": (0.35, 0.5, 1.0) for role in ROLES}
    | dict.fromkeys(ROLES, (0.25, 0.35, 0.4))
)


def tune(judge: Callable[[dict[str, float]], float]) -> dict[str, float]:
    """Thresholds by turns, one at a time."""
    knobs, best = dict(START), judge(START)
    for name in STEPS:
        for value in STEPS[name]:
            score = judge(knobs | {name: value})
            if score > best:
                knobs, best = knobs | {name: value}, score
    return knobs


def grade_model(train: list[Report], keys: Path) -> Linear:
    """How sure a report is of an organisation, learnt from slot 11 of the training answers."""
    by_id = {r.id: r for r in train}
    rows = [(places_of(by_id[i].pages, names), i, g) for i, names, g in grades(keys, "key-dev-*") if i in by_id]
    rows = [row for row in rows if row[0]]
    truth = np.array([[g == grade for grade in GRADES] for _, _, g in rows])
    return fit_linear([grade_terms(by_id[i].pages, p) for p, i, _ in rows], truth, 1.0, 3, 4000)


def say(words: str) -> None:
    """A line of progress."""
    print(time.strftime("%H:%M:%S"), words, flush=True)


def main() -> None:
    """Train, tune, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("muc", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    train, dev = (load(args.muc / "processed" / f"{name}.json") for name in ("train", "dev"))
    score, groups = scorer(args.scorer), clusters(train)
    store = args.work / "read.pickle"
    if store.exists():
        train, dev, groups, linear = pickle.loads(store.read_bytes())
    else:
        linear = read_all(train, dev, groups, args.work, args.rounds)
        store.write_bytes(pickle.dumps((train, dev, groups, linear)))
    say("read")
    ranked, chosen, on_dev = rank_all(train, dev)
    forests, kinds, kinds_dev = kinds_all(train, dev, chosen, on_dev)
    repeats, pairs, parts = several_all(train, chosen, kinds, START)

    def judge(knobs: dict[str, float]) -> Scores:
        return score(train, [predicted(r, chosen[n], kinds[n], knobs, *parts(n)) for n, r in enumerate(train)])

    knobs = tune(lambda knobs: judge(knobs)["MICRO"][2])
    knobs["gate"] = float(np.quantile([r.about[-1] for r in train if r.gold], 0.01))
    say(str(knobs))
    theirs = score(dev, [predicted(r, on_dev[n], kinds_dev[n], knobs, repeats, pairs) for n, r in enumerate(dev)])
    for name, scores in (("train, unseen", judge(knobs)), ("dev", theirs)):
        say(name + "  " + "  ".join(f"{k[:8]} {p}/{r}/{f}" for k, (p, r, f) in scores.items()))
    packed = pack(
        Weights(
            **linear,
            clusters=groups,
            **ranked,
            kinds=forests,
            repeats=repeats,
            pairs=pairs,
            grades=grade_model(train, args.muc / "keys"),
            knobs=knobs,
        )
    )
    MODELS.mkdir(exist_ok=True)
    (MODELS / "incidents.npz").write_bytes(packed)
    crf = (args.work / f"all-{args.rounds}.crf").read_bytes()
    (MODELS / "incidents.crf.gz").write_bytes(gzip.compress(crf, 9, mtime=0))
    (MODELS / "incidents-places.txt").write_text("\n".join(place_names(args.muc / "keys", "key-dev-*")), "utf-8")
    say(f"{len(packed) // 1024} KB, tagger {(MODELS / 'incidents.crf.gz').stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()

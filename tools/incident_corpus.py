"""The training reports of the incident reader, with their answers, and the scorer that judges templates."""

from __future__ import annotations

import collections
import importlib.util
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from leconfield.intake.extraction.incidents.candidates import Place, key_of
from leconfield.intake.extraction.incidents.judge import Candidates
from leconfield.intake.extraction.incidents.reading import Pages, Reading, cut
from leconfield.intake.extraction.incidents.weights import KINDS, ROLES, TELLING

Span = tuple[int, int, str]


@dataclass(slots=True)
class Report:
    """A training report: its pages, its gold templates, and what the models said of it."""

    id: str
    pages: Pages
    gold: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    spans: list[Span]
    about: np.ndarray
    telling: list[np.ndarray]
    reading: Reading | None = None
    given: Candidates | None = None

    def holds(self, role: str, key: str) -> bool:
        """Whether a gold entity of that role has this wording."""
        return any(key in entity for t in self.gold for entity in t[role])


def load(path: Path) -> list[Report]:
    """The reports of one file of the corpus, cut up, their answers in comparable form."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = [
            {"incident_type": t["incident_type"]}
            | {r: [{key_of(m[0]) for m in e} for e in t[r]] for r in ROLES}
            | {"raw": [(m[0], r) for r in ROLES for e in t[r] for m in e]}
            for t in row["templates"]
        ]
        pages = cut(row["doctext"])
        found.append(Report(row["docid"], pages, gold, row["templates"], mentions(pages.low, gold), np.zeros(7), []))
    return found


def mentions(low: str, gold: Sequence[dict[str, Any]]) -> list[Span]:
    """Every occurrence of every gold string, the longest first where they overlap."""
    wanted = dict(reversed([pair for t in gold for pair in t["raw"]]))
    hits = [
        (m.start(), m.end(), role)
        for words, role in wanted.items()
        for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", low)
    ]
    kept: list[Span] = []
    for hit in sorted(hits, key=lambda h: (h[0] - h[1], h[0])):
        if not any(hit[0] < k[1] and hit[1] > k[0] for k in kept):
            kept.append(hit)
    return kept


def kinds_of(report: Report) -> list[bool]:
    """Which kinds of incident the answers have, and whether any."""
    return [any(k in t["incident_type"] for t in report.gold) for k in KINDS] + [bool(report.gold)]


def told(report: Report) -> np.ndarray:
    """For each sentence what it tells of: the kinds of the templates whose strings stand in it."""
    truth = np.zeros((len(report.pages.sentences), len(TELLING)), bool)
    for start, end, _ in report.spans:
        words = report.pages.low[start:end]
        kinds = {t["incident_type"] for t in report.gold if any(words == m for m, _ in t["raw"])}
        for n, s in enumerate(report.pages.sentences):
            if s.start <= start < s.end:
                truth[n, 0] = True
                truth[n, 1:] |= [any(name in k for k in kinds) for name in TELLING[1:]]
    return truth


def labels(report: Report) -> list[list[str]]:
    """For each word of each sentence the label that the tagger is to learn."""
    found = [["O"] * len(s.words) for s in report.pages.sentences]
    for start, end, role in report.spans:
        for n, s in enumerate(report.pages.sentences):
            inside = [k for k in range(len(s.words)) if s.starts[k] >= start and s.ends[k] <= end]
            for turn, k in enumerate(inside):
                found[n][k] = f"{'I' if turn else 'B'}-{role}"
    return found


def likely(report: Report, keep: float = 0.4) -> list[Span]:
    """The occurrences of each gold string that the tagger finds likely: the others tell of something else."""
    assert report.reading is not None
    by: dict[tuple[str, str], list[tuple[float, Span]]] = collections.defaultdict(list)
    for start, end, role in report.spans:
        for s, opinions in zip(report.pages.sentences, report.reading.opinions, strict=True):
            if s.start <= start < s.end:
                inside = [k for k in range(len(s.words)) if s.starts[k] >= start and s.ends[k] <= end]
                chances = [opinions[k].get(f"B-{role}", 0) + opinions[k].get(f"I-{role}", 0) for k in inside]
                mean = sum(chances) / max(1, len(chances))
                by[report.pages.low[start:end], role].append((mean, (start, end, role)))
    return [
        span
        for found in by.values()
        for n, (p, span) in enumerate(found)
        if p >= keep * max(found)[0] and (max(found)[0] > 0 or n == 0)
    ]


Scores = dict[str, tuple[float, float, float]]
Template = dict[str, Any]


def scorer(path: Path) -> Callable[[Sequence[Report], Sequence[list[Template]]], Scores]:
    """The scorer's own alignment and counting, as a function of reports and their predicted templates."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def score(reports: Sequence[Report], predicted: Sequence[list[Template]]) -> Scores:
        total = {slot: [0] * 4 for slot in module.SLOTS}
        gold = module.templates([{"docid": r.id, "templates": r.answers} for r in reports])
        rows = [{"docid": r.id, "templates": t} for r, t in zip(reports, predicted, strict=True)]
        guess = module.templates(rows)
        for id_, answer in gold.items():
            for slot, counts in module.best_alignment(guess[id_], answer).items():
                total[slot] = [a + b for a, b in zip(total[slot], counts, strict=True)]
        total["MICRO"] = [sum(total[slot][n] for slot in module.SLOTS) for n in range(4)]
        return {slot: module.prf(*counts) for slot, counts in total.items()}

    return score


def grades(keys: Path, pattern: str) -> list[tuple[str, list[str], str]]:
    """Report, names of an organisation, and how sure the report is of it: slots 10 and 11 of the answer keys."""
    found: list[tuple[str, list[str], str]] = []
    for path in sorted(keys.glob(pattern)):
        id_, slot, groups = "", -1, list[list[str]]()
        for line in path.read_text("latin-1").splitlines():
            head = re.match(r"^\s*(\d+)\.\s+[A-Z ]+?: *[A-Z ]+?(?:\s{2,}|\t)(.*)$", line)
            slot = int(head[1]) if head else slot if line[:1].isspace() else -1
            value = (head[2] if head else line).strip()
            names = [name.lower() for name in re.findall(r'"([^"]+)"', value)]
            if slot == 0 and head:
                id_ = value.split()[0]
            elif slot == 10:
                groups = ([] if head else groups) + [names]
            elif slot == 11 and names and (grade := _grade(value)):
                found.append((id_, next((g for g in groups if names[0] in g), names), grade))
    return found


def _grade(value: str) -> str:
    for words, grade in (
        ("REPORTED AS FACT", "fact"),
        ("CLAIMED OR ADMITTED", "claimed"),
        ("SUSPECTED OR ACCUSED BY AUTHORITIES", "accused by authorities"),
        ("SUSPECTED OR ACCUSED", "accused"),
        ("POSSIBLE", "possible"),
    ):
        if words in value:
            return grade
    return ""


def places_of(pages: Pages, names: Sequence[str]) -> list[Place]:
    """Where any of the names stands, in order."""
    found: list[Place] = []
    for n, s in enumerate(pages.sentences):
        for name in names:
            at = pages.low.find(name, s.start, s.end)
            inside = [k for k in range(len(s.words)) if at >= 0 and at <= s.starts[k] < at + len(name)]
            if inside:
                found.append(Place(n, inside[0], inside[-1] + 1))
                break
    return found


def place_names(keys: Path, pattern: str) -> list[str]:
    """The place names of slot 3 of the answer keys, in lower case."""
    found: set[str] = set()
    for path in sorted(keys.glob(pattern)):
        for line in path.read_text("latin-1").splitlines():
            if head := re.match(r"^\s*3\.\s+INCIDENT: LOCATION\s+(.*)$", line):
                parts = re.split(r"[:/]|\s-\s", re.sub(r"\([^)]*\)?", "", head[1]).lower())
                found |= {name for p in parts if len(name := p.strip(" -*?.")) > 3 and name.replace(" ", "").isalpha()}
    return sorted(found)

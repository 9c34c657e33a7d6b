"""Incidents: F1 by slot, assertion grade, stage and speed, on the development reports.

python benchmarks/incidents.py [PRED.jsonl]
Reads `data/muc3` and `tools/score.py` below LECONFIELD_SHARED (or the folder `shared` beside the repository); writes
the predicted templates to PRED.jsonl, which `score.py muc data/muc3/processed/dev.json PRED.jsonl` scores again.
"""

from __future__ import annotations

import collections
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from incident_corpus import Report, grades, load, places_of, scorer  # noqa: E402 - the tools are no package
from leconfield.intake.extraction.incidents import find_incidents, templates  # noqa: E402
from leconfield.intake.extraction.incidents.grade import GRADES, grade  # noqa: E402
from leconfield.intake.extraction.incidents.weights import weights  # noqa: E402

SHARED = Path(os.environ.get("LECONFIELD_SHARED", ROOT.parent / "shared"))


def macro_f1(truth: Sequence[str], guess: Sequence[str]) -> float:
    found = []
    for name in GRADES:
        right = sum(t == g == name for t, g in zip(truth, guess, strict=True))
        found.append(2 * right / max(1, truth.count(name) + guess.count(name)))
    return 100 * sum(found) / len(found)


def assertion(reports: Sequence[Report]) -> None:
    """Gold organisation given: the grade, over five classes."""
    by_id = {report.id: report for report in reports}
    cases = [case for case in grades(SHARED / "data/muc3/keys", "key-tst*") if case[0] in by_id]
    truth = [g for _, _, g in cases]
    model = weights().grades
    guess = [grade(by_id[i].pages, places_of(by_id[i].pages, names), model) for i, names, _ in cases]
    common = collections.Counter(truth).most_common(1)[0][0]
    accuracy = 100 * sum(t == g for t, g in zip(truth, guess, strict=True)) / len(truth)
    print(
        f"assertion grade, {len(truth)} organisations: macro-F1 {macro_f1(truth, guess):.1f}, accuracy {accuracy:.1f}"
    )
    print(f"  always {common!r}: macro-F1 {macro_f1(truth, [common] * len(truth)):.1f}")


def main() -> None:
    muc = SHARED / "data/muc3/processed"
    if not muc.exists():
        sys.exit("no corpus here: set LECONFIELD_SHARED to the folder that holds data/muc3 and tools/score.py")
    reports = load(muc / "dev.json")
    find_incidents("A bomb exploded.")
    begin = time.perf_counter()
    found = [find_incidents(report.pages.text) for report in reports]
    spent = time.perf_counter() - begin
    rows = [templates(incidents) for incidents in found]
    print(f"{'slot':14s}      P      R     F1")
    for slot, (p, r, f) in scorer(SHARED / "tools/score.py")(reports, rows).items():
        print(f"{slot:14s} {p:6.1f} {r:6.1f} {f:6.1f}")
    words = sum(len(report.pages.text.split()) for report in reports)
    print(f"{words} words in {spent:.1f} s: {words / spent:,.0f} words/s on one core")
    print("stages", dict(collections.Counter(i.stage for incidents in found for i in incidents)))
    assertion(reports)
    if len(sys.argv) > 1:
        lines = (json.dumps({"docid": r.id, "templates": t}) for r, t in zip(reports, rows, strict=True))
        Path(sys.argv[1]).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""How well and how fast identifying words are masked: the Text Anonymization Benchmark, scored by the shared scorer.

    LECONFIELD_SHARED=../shared OMP_NUM_THREADS=1 python benchmarks/redaction.py

For each mode: recall of direct and quasi-identifying entities (an entity counts if every mention is masked) and token
precision on the development part, of which nothing was learned; then the time for ten pages, after a warm-up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from leconfield.gate.redaction import Mode, redact
from train_redaction import SHARED, Case, cases

PAGE: Final = 500
"""Words."""
PAGES: Final = 10
RUNS: Final = 5


def score(documents: list[Case], mode: Mode) -> str:
    """What the shared scorer says of the masks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "masks.jsonl"
        masks = (json.dumps({"id": each.about, "masks": redact(each.text, mode).spans}) for each in documents)
        path.write_text("\n".join(masks), encoding="utf-8")
        command = [sys.executable, SHARED.parent / "tools" / "score.py", "redact", SHARED / "tab" / "dev.jsonl", path]
        return subprocess.run(command, text=True, capture_output=True, check=True).stdout


def pages(documents: list[Case]) -> str:
    """Ten pages of these documents."""
    words: list[str] = []
    for each in documents:
        words += each.text.split(" ")
    return " ".join(words[: PAGE * PAGES])


def main() -> None:
    """Print quality, then speed."""
    documents = cases("dev")
    for mode in Mode:
        print(mode.value)
        print(score(documents, mode))
    text = pages(documents)
    for mode in Mode:
        spent, waited = [], []
        for _ in range(RUNS):
            began, at = time.process_time(), time.perf_counter()
            redact(text, mode)
            spent.append(time.process_time() - began)
            waited.append(time.perf_counter() - at)
        words = len(text.split())
        print(
            f"{mode.value:8s} {words:,} words: {median(spent):.2f} s of processor, {median(waited):.2f} s by the clock"
        )


if __name__ == "__main__":
    main()

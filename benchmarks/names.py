"""How well names are found across scripts, and how well and how fast pairs of names are told one from two.

usage: python benchmarks/names.py [FOLDER] [--pairs FILE]   (FOLDER: the folder of the name tables)
Across scripts: rows of each table that were set aside and whose pair is in no other row; the vocabulary is every Latin
token of the table; a hit is the row's own token among the first ten.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.shared import SHARED
from tools.train_romaniser import TABLES, is_set_aside, read_rows

from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.facts import facts
from leconfield.registry.pairs import NamePairs, score_pairs
from leconfield.registry.scripts import fold
from leconfield.registry.transliteration import spellings
from leconfield.registry.transliteration.units import latin_of, units_of
from leconfield.registry.transliteration.vocabulary import Vocabulary

QUERIES = 600
TOP = 10


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=SHARED / "data" / "names")
    options.add_argument("--pairs", type=Path, help="labelled pairs: columns schema, name1, name2, is_match")
    chosen = options.parse_args()
    print(f"{'script':10}{'vocabulary':>12}{'spelt':>8}{'learned':>9}{'+ classes':>11}{'ms':>7}")
    for script, (table, _) in TABLES.items():
        print(across(script, *queries(chosen.folder, table)), flush=True)
    for table in ("us", "global"):
        speed(table, chosen.folder / f"synthetic_persons_{table}.csv.gz")
    if chosen.pairs:
        quality(chosen.pairs)


def queries(folder: Path, table: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The vocabulary, and the questions: what is asked for, and what should be found."""
    rows = [(latin_of(latin), other, is_set_aside(latin)) for latin, other, _ in read_rows(folder, table)]
    learned = {(latin, units_of(other)) for latin, other, aside in rows if not aside}
    asked = [
        (other, latin) for latin, other, aside in rows if aside and latin and (latin, units_of(other)) not in learned
    ]
    random.Random(3).shuffle(asked)
    return sorted({latin for latin, *_ in rows if latin}), asked[:QUERIES]


def across(script: str, words: list[str], asked: list[tuple[str, str]]) -> str:
    """One line: recall of exact spellings, of the vocabulary, and of either or the classes; milliseconds a question."""
    vocabulary = Vocabulary.of(words)
    vocabulary.like(asked[0][0])
    spelt = learned = either = 0
    spent = 0.0
    for other, latin in asked:
        began = time.process_time()
        found = latin in {words[place] for place, _ in vocabulary.like(other, TOP)}
        spent += time.process_time() - began
        known = not set(facts().classes.get(fold(other))).isdisjoint(facts().classes.get(latin))
        spelt += latin in {each.latin for each in spellings(other, TOP)}
        learned += found
        either += found or known
    share = (f"{count / len(asked):.3f}" for count in (spelt, learned, either))
    return "{:10}{:>12,}{:>8}{:>9}{:>11}{:>7.2f}".format(script, len(words), *share, 1000 * spent / len(asked))


def read_people(path: Path) -> Iterator[str]:
    """Invented names."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (row["full_name"] for row in csv.DictReader(file))


def speed(table: str, path: Path) -> None:
    """Pairs a second on one core, of strangers and of near names, once they are encoded; and what encoding takes."""
    people = list(read_people(path))
    chance = random.Random(1)
    other = [respelt(name, chance) for name in people]
    began = time.process_time()
    names = NamePairs([*people, *other])
    encoding = time.process_time() - began
    left, right = names.numbers[: len(people)], names.numbers[len(people) :]
    distinct = len(set(people + other))
    print(f"\n{table}: encoded {distinct:,} names: {1e6 * encoding / distinct:.0f} us a name")
    for title, theirs in (("near names", right), ("strangers", np.random.default_rng(0).permutation(right))):
        rates = []
        for _ in range(4):
            began = time.process_time()
            names.scores(left, theirs)
            rates.append(len(left) / (time.process_time() - began))
        print(f"{title}: {np.median(rates[1:]):,.0f} pairs/s a core")


def respelt(name: str, chance: random.Random) -> str:
    """The name with a letter or two changed."""
    letters = list(name)
    for _ in range(chance.choice([0, 1, 2])):
        letters[chance.randrange(len(letters))] = chance.choice("abcdemnorst")
    return "".join(letters)


def quality(path: Path) -> None:
    """Best F1 over all thresholds, for all pairs and for persons; nothing is fitted on them."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said = np.zeros(len(rows))
    person = np.array([row["schema"] == PERSON for row in rows])
    for schema, which in ((PERSON, person), (ORGANISATION, ~person)):
        places = np.flatnonzero(which)
        said[places] = score_pairs(
            [rows[place]["name1"] for place in places], [rows[place]["name2"] for place in places], schema
        )
    truth = np.array([row["is_match"].lower() in {"true", "1", "yes"} for row in rows])
    for title, which in (("all pairs", person | ~person), ("persons", person), ("others", ~person)):
        best, threshold = max((f1(said[which] >= at, truth[which]), at) for at in np.unique(said[which]).tolist())
        half = f1(said[which] >= 0.5, truth[which])
        print(f"{title}: {which.sum()} pairs, best F1 {best:.3f} (from {threshold:.2f}), from one half {half:.3f}")


def f1(called: np.ndarray[tuple[int], np.dtype[np.bool_]], truth: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """F1 of calling these pairs one."""
    return 2 * int(np.sum(called & truth)) / max(int(np.sum(called)) + int(np.sum(truth)), 1)


if __name__ == "__main__":
    main()

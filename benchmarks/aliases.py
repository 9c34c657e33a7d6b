"""Aliases on a sanctions list: how often one finds whom it names, when that alias alone is held out.

Run: `python benchmarks/aliases.py FOLDER [--sample 2000]` with the folder of the list (`sdn_2023.csv`, `alt_2026.csv`:
a work of the US government). Every primary name and every other alias is held. Beside it, as a floor, what cheap
scorers find among the same names; those that score as much as the one meant stand behind it, in their favour.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from leconfield.registry.nameindex import NameSearch, build
from leconfield.registry.scripts import fold, romanise


@dataclass(frozen=True)
class Listed:
    """A sanctions list: primary names and aliases, each with the id of whom they name, and who is a person."""

    names: list[tuple[str, str]]
    aliases: list[tuple[str, str]]
    persons: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> Listed:
        """The list in a folder, with those aliases that are of somebody on it."""
        with (folder / "sdn_2023.csv").open(encoding="utf-8-sig", errors="replace") as file:
            held = {row["ID"]: row for row in csv.DictReader(file)}
        with (folder / "alt_2026.csv").open(encoding="utf-8-sig", errors="replace") as file:
            aliases = [(row[0], row[3].strip()) for row in csv.reader(file) if len(row) > 3 and row[0] in held]
        persons = frozenset(which for which, row in held.items() if row["Type"].strip() == "individual")
        return cls([(which, row["Name"]) for which, row in held.items()], aliases, persons)

    def show(self, engine: str, ranks: dict[int, int]) -> None:
        """Print which share of the aliases asked for, by number, found theirs among the first."""
        for kind, wanted in (("persons", {True}), ("others", {False}), ("all", {True, False})):
            got = [rank for number, rank in ranks.items() if (self.aliases[number][0] in self.persons) in wanted]
            shares = ", ".join(f"R@{most} {sum(rank <= most for rank in got) / len(got):.3f}" for most in (1, 5, 20))
            print(f"OFAC aliases held out, {engine}, {kind} ({len(got):,}): {shares}", flush=True)


def found(listed: Listed, asked: list[int]) -> dict[int, int]:
    """The rank of the one meant for each alias that is asked for, by number."""
    rows = [(f"{which}#", name) for which, name in listed.names]
    rows += [(f"{which}#{number}", name) for number, (which, name) in enumerate(listed.aliases)]
    ranks = {}
    with tempfile.TemporaryDirectory() as place:
        search = NameSearch([build(rows, Path(place) / "names")])
        for number in asked:
            meant, name = listed.aliases[number]
            others = [each.row_id for each in search.search(name, 200) if each.row_id != f"{meant}#{number}"]
            order = list(dict.fromkeys(row.partition("#")[0] for row in others))
            ranks[number] = order.index(meant) + 1 if meant in order else sys.maxsize
    return ranks


def scored(listed: Listed, asked: list[int], scorer: Callable[..., float]) -> dict[int, int]:
    """The same by a scorer over all names: the rank of the one meant, others that score as much behind it."""
    held = [*listed.names, *listed.aliases]
    texts = [" ".join(re.findall("[a-z0-9]+", romanise(fold(name)))) for _, name in held]
    numbers = {which: number for number, which in enumerate(dict.fromkeys(which for which, _ in held))}
    owner = np.array([numbers[which] for which, _ in held])
    ranks = {}
    for number in asked:
        place = len(listed.names) + number
        alike = process.cdist([texts[place]], texts, scorer=scorer, workers=1)[0]
        alike[place] = -1
        best = np.full(len(numbers), -1.0)
        np.maximum.at(best, owner, alike)
        ranks[number] = int((best > best[owner[place]]).sum()) + 1
    return ranks


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=2000)
    given = parser.parse_args()
    listed = Listed.read(given.folder)
    asked = random.Random(11).sample(range(len(listed.aliases)), min(given.sample, len(listed.aliases)))
    listed.show("Leconfield", found(listed, asked))
    for engine, scorer in (("token set", fuzz.token_set_ratio), ("ratio of sorted words", fuzz.token_sort_ratio)):
        listed.show(engine, scored(listed, asked, scorer))


if __name__ == "__main__":
    main()

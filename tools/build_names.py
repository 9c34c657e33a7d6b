"""Build `src/leconfield/registry/data/names.npz`: nicknames, equivalent name parts, how common a part is.

usage: build_names.py FOLDER   (the folder of the name tables; registry/data/names.md says what they are)
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from leconfield.registry.facts import NO_VALUE, STEP_BYTES, hash_of
from leconfield.registry.scripts import LATIN, fold, romanise, script_of
from leconfield.registry.transliteration import surprise

Bytes = npt.NDArray[np.uint8]
OUT = Path(__file__).resolve().parents[1] / "src" / "leconfield" / "registry" / "data" / "names.npz"
RAREST = 17
COMMONEST = 4
READS = 1.3
"""Bits per letter up to which a Latin spelling is taken for a reading of the same word."""
WIDEST = (1 << 24) - 1
FORENAME_SHARE = 0.01
"""What the first forename of a country's list is taken to have; the list gives ranks only."""


def main() -> None:
    """Read the tables, write the pack."""
    folder = Path(sys.argv[1])
    shares = read_shares(folder)
    nicknames = read_nicknames(folder / "nicknames_names.csv")
    classes = read_classes(folder / "name_part_classes.txt.gz")
    classes += shared_readings(classes)
    bits_steps, bits_values = packed(common_parts(shares))
    class_steps, class_values = packed((form, place) for place, forms in enumerate(classes) for form in forms)
    np.savez(
        OUT,
        allow_pickle=False,
        bits_steps=bits_steps,
        bits_values=bits_values,
        class_steps=class_steps,
        class_values=class_values,
        nicknames=np.array("\n".join(nicknames)),
    )
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes, {len(classes):,} classes, {len(class_steps):,} forms")


def read_shares(folder: Path) -> dict[str, float]:
    """Each name part with the largest share it has in any of the tables."""
    shares: dict[str, float] = defaultdict(float)
    for part, share in (*census(folder), *surnames(folder), *forenames(folder), *wikidata(folder)):
        for form in {fold(part), romanise(part)}:
            if form.isalpha():
                shares[form] = max(shares[form], share)
    return shares


def census(folder: Path) -> Iterator[tuple[str, float]]:
    """Shares in the United States, 1990."""
    for name in ("dist.all.last", "dist.female.first", "dist.male.first"):
        for line in (folder / name).read_text().splitlines():
            part, percent, *_ = line.split()
            yield part, float(percent) / 100


def surnames(folder: Path) -> Iterator[tuple[str, float]]:
    """Surnames by country, where a share is given."""
    with (folder / "common-surnames-by-country.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            share = float(row["Percent"] or 0) or 0.01 / math.sqrt(int(row["Rank"] or 20))
            yield row["Localized Name"], share
            yield row["Romanized Name"], share


def forenames(folder: Path) -> Iterator[tuple[str, float]]:
    """Forenames by country: only ranks are given, and names of newborns, so the share is a guess of the right size."""
    with (folder / "common-forenames-by-country.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            share = FORENAME_SHARE / int(row["Index"] or 10)
            yield row["Localized Name"], share
            yield row["Romanized Name"], share


def wikidata(folder: Path) -> Iterator[tuple[str, float]]:
    """Shares among the name tokens of people in Wikidata, but for the rows that are set aside for measuring."""
    for path in sorted(folder.glob("wd_*_80")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        rows = [row for row in rows if not is_set_aside(row[0])]
        total = sum(int(row[2]) for row in rows if len(row) == 3)
        yield from ((row[0], 2 * int(row[2]) / total) for row in rows if len(row) == 3)


def is_set_aside(token: str) -> bool:
    """Whether rows with this Latin token are kept for measuring only, as in `train_romaniser.py`."""
    return int(hashlib.sha1(token.encode(), usedforsecurity=False).hexdigest()[:8], 16) % 5 == 0


def read_nicknames(path: Path) -> list[str]:
    """`name nickname` pairs."""
    with path.open() as file:
        return sorted({f"{row['name1'].lower()} {row['name2'].lower()}" for row in csv.DictReader(file)})


def read_classes(path: Path) -> list[frozenset[str]]:
    """Classes of equivalent parts: those of two forms or more that are not the same letters."""
    found: dict[frozenset[str], None] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            forms = frozenset(fold(form) for form in line.rpartition(" => ")[0].split(", "))
            forms = frozenset(form for form in forms if form.isalpha() and not any(map(str.isdigit, form)))
            if len({romanise(form) if script_of(form) == LATIN else form for form in forms}) > 1:
                found[forms] = None
    return list(found)


def shared_readings(classes: list[frozenset[str]]) -> list[frozenset[str]]:
    """Latin spellings from several classes that are likely readings of one word in Arabic letters: one more class.

    Tables list Mohamed and Mohammad apart; both are written the same where vowels are not.
    """
    latin: dict[str, list[frozenset[str]]] = defaultdict(list)
    for forms in classes:
        for form in forms:
            if script_of(form) == "Arabic":
                latin[form].append(frozenset(each for each in forms if script_of(each) == LATIN))
    return [
        frozenset(each for forms in found for each in forms if surprise(form, each) <= READS) | {form}
        for form, found in sorted(latin.items())
        if len(found) > 1
    ]


def common_parts(shares: dict[str, float]) -> list[tuple[str, int]]:
    """Parts that are not rare, with the bits of agreeing on them."""
    bits = ((part, max(round(-math.log2(share)), COMMONEST)) for part, share in shares.items() if share)
    return [(part, worth) for part, worth in bits if worth < RAREST]


def packed(entries: Iterable[tuple[str, int]]) -> tuple[Bytes, Bytes]:
    """Entries as steps between sorted hashes and values, three bytes each; see `leconfield.registry.facts`."""
    steps, values = [], []
    before = 0
    for key, value in sorted({(hash_of(part), value) for part, value in entries}):
        while key - before > WIDEST:
            steps.append(WIDEST)
            values.append(NO_VALUE)
            before += WIDEST
        steps.append(key - before)
        values.append(value)
        before = key
    return narrow(steps), narrow(values)


def narrow(numbers: list[int]) -> Bytes:
    """Each number in three bytes, the highest first."""
    return np.array(numbers, ">u4").view(np.uint8).reshape(-1, 4)[:, 4 - STEP_BYTES :].copy()


if __name__ == "__main__":
    main()

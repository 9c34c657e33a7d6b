"""Build `src/leconfield/registry/data/names.xz`: nicknames, equivalent name parts, how common a part is.

usage: build_names.py FOLDER   (the folder of the name tables; registry/data/names.md says what they are)
"""

from __future__ import annotations

import csv
import gzip
import lzma
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from leconfield.registry.scripts import LATIN, fold, romanise, script_of

OUT = Path(__file__).resolve().parents[1] / "src" / "leconfield" / "registry" / "data" / "names.xz"
LIMIT = 790_000
RAREST = 17
FORENAME_SHARE = 0.01
"""What the first forename of a country's list is taken to have; the list gives ranks only."""


def main() -> None:
    """Read the tables, keep the most frequent classes that fit, write the pack."""
    folder = Path(sys.argv[1])
    shares = read_shares(folder)
    nicknames = read_nicknames(folder / "nicknames_names.csv")
    classes = read_classes(folder / "name_part_classes.txt.gz", shares)
    kept = fit(classes, lambda some: pack(shares, nicknames, some))
    OUT.write_bytes(pack(shares, nicknames, classes[:kept]))
    print(
        f"{OUT.name}: {OUT.stat().st_size:,} bytes, {kept:,} of {len(classes):,} classes, {len(nicknames):,} nicknames"
    )


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
    """Shares among the name tokens of people in Wikidata."""
    for path in sorted(folder.glob("wd_*_80")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        total = sum(int(row[2]) for row in rows if len(row) == 3)
        yield from ((row[0], 2 * int(row[2]) / total) for row in rows if len(row) == 3)


def read_nicknames(path: Path) -> list[str]:
    """`name nickname` pairs."""
    with path.open() as file:
        return sorted({f"{row['name1'].lower()} {row['name2'].lower()}" for row in csv.DictReader(file)})


def read_classes(path: Path, shares: dict[str, float]) -> list[str]:
    """Classes of equivalent parts, the most frequent first."""
    ranked: list[tuple[float, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            forms = {fold(form) for form in line.rpartition(" => ")[0].split(", ")}
            forms = {form for form in forms if form.isalpha() and not any(letter.isdigit() for letter in form)}
            if len({romanise(form) if script_of(form) == LATIN else form for form in forms}) > 1:
                scripts = len({script_of(form) for form in forms})
                best = max(shares.get(form, 0.0) for form in forms)
                ranked.append((-best * min(scripts, 4), " ".join(sorted(forms))))
    return list(dict.fromkeys(forms for _, forms in sorted(ranked)))


def fit(classes: list[str], packed: Callable[[list[str]], bytes]) -> int:
    """How many classes fit under the limit (bisection on the packed size)."""
    low, high = 0, len(classes)
    while high - low > 500:
        middle = (low + high) // 2
        low, high = (middle, high) if len(packed(classes[:middle])) <= LIMIT else (low, middle)
    return low


def pack(shares: dict[str, float], nicknames: list[str], classes: list[str]) -> bytes:
    """Three blocks of lines, a blank line between: bits and parts, nickname pairs, classes."""
    by_bits: dict[int, list[str]] = defaultdict(list)
    for part, share in shares.items():
        bits = round(-math.log2(share)) if share else RAREST
        if bits < RAREST:
            by_bits[max(bits, 4)].append(part)
    common = [f"{bits} {' '.join(sorted(parts))}" for bits, parts in sorted(by_bits.items())]
    text = "\n\n".join("\n".join(block) for block in (common, nicknames, sorted(classes)))
    return lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    main()

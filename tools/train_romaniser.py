"""Learn how names of other scripts are spelt in Latin letters, and pack `registry/data/romaniser_*.xz`.

usage: train_romaniser.py FOLDER [SCRIPT ...]   (the folder of the name tables; registry/data/names.md says what they
are). Alignment of one chunk of Latin letters to each unit by EM over all segmentations, then counts of chunks by their
company. A fifth of the rows (by a hash of the Latin name) is set aside and never learned from.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.transliteration.model import COUNT_STEPS, GROUND_STEPS, LETTERS
from leconfield.registry.transliteration.units import latin_of, units_of

OUT = Path(__file__).resolve().parents[1] / "src" / "leconfield" / "registry" / "data"
TABLES = {
    "Arabic": ("wd_arabic_80", 4),
    "Hebrew": ("wd_hebrew_80", 4),
    "Han": ("wd_chinese_80", 6),
    "Kana": ("wd_katakana_80", 4),
    "Hangul": ("wd_korean_80", 3),
    "Cyrillic": ("wd_russian_80", 4),
}
"""The table of each script, and the most Latin letters that one unit stands for."""
ROUNDS = 8
NOISE = 0.06
"""Share of the pairs that align worst and are left out: other names of the same person."""
LONGEST = 20
RARE = 2.0
"""Company seen less often is not packed."""
KIN = 0.15
"""How much of a unit's chunks are taken to be those of units that share its chunks."""
LEAST_KIN = 1e-3
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Counts = dict[tuple[int, ...], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A name part in Latin letters and in another script's units, and what the pair weighs."""

    latin: str
    units: str
    weight: float


def main() -> None:
    """Learn and pack every script, or those named."""
    folder = Path(sys.argv[1])
    for script in sys.argv[2:] or TABLES:
        table, most = TABLES[script]
        pairs = list(read_pairs(folder, table))
        packed = pack(pairs, align(pairs, most))
        path = OUT / f"romaniser_{script.lower()}.xz"
        path.write_bytes(packed)
        print(f"{path.name}: {len(packed):,} bytes from {len(pairs):,} pairs", flush=True)


def is_set_aside(token: str) -> bool:
    """Whether a row with this Latin token is kept for measuring only."""
    return int(hashlib.sha1(token.encode(), usedforsecurity=False).hexdigest()[:8], 16) % 5 == 0


def read_rows(folder: Path, table: str) -> Iterator[tuple[str, str, int]]:
    """Latin token, other script and count of every row, those set aside too."""
    for line in (folder / table).read_text(encoding="utf-8").splitlines():
        latin, *rest = line.split("\t")
        if len(rest) == 2:
            yield latin, rest[0].replace(" ", ""), int(rest[1])
    if table == "wd_arabic_80":
        for line in (folder / "ar2en-train.txt").read_text(encoding="utf-8").splitlines():
            other, latin = line.split("\t")
            yield latin, other, 1


def read_pairs(folder: Path, table: str) -> Iterator[Pair]:
    """What may be learned from."""
    for latin, other, count in read_rows(folder, table):
        if not is_set_aside(latin):
            pair = Pair(latin_of(latin), units_of(other), 1 + math.log(count))
            if 0 < len(pair.latin) <= LONGEST and 0 < len(pair.units) <= LONGEST:
                yield pair


@dataclass(slots=True)
class Lattice:
    """Every way to cut every pair, as arrays: the chunk (unit and letters) of each unit, place and length."""

    units: Ints
    letters: Ints
    base: Ints
    chunk: npt.NDArray[np.int32]
    unit_of: Ints
    length: Ints
    weights: Floats
    most: int


def align(pairs: list[Pair], most: int) -> list[list[str] | None]:
    """The likeliest chunk of each unit of each pair; None for pairs that do not fit."""
    lattice = lattice_of(pairs, most)
    unit_count = int(lattice.unit_of.max()) + 1
    ratio = lattice.letters.sum() / lattice.units.sum()
    shares = np.exp(-np.abs(lattice.length - ratio)) / 27.0**lattice.length
    shares[lattice.unit_of < 0] = 0
    fit = np.zeros(len(pairs))
    real = lattice.unit_of >= 0
    for turn in range(ROUNDS):
        counts = np.zeros(len(shares))
        expect(
            lattice.units,
            lattice.letters,
            lattice.base,
            lattice.chunk,
            lattice.weights,
            lattice.most,
            shares,
            counts,
            fit,
        )
        counts[~real] = 0
        if turn == 2:
            lattice.weights = lattice.weights * (fit > np.quantile(fit, NOISE))
        if turn > 1:
            counts = np.maximum(counts - 0.02, 0)
        total = np.bincount(lattice.unit_of[real], weights=counts[real], minlength=unit_count)
        shares[real] = counts[real] / np.maximum(total[lattice.unit_of[real]], 1e-9)
    return list(best_cuts(pairs, lattice, shares))


def lattice_of(pairs: list[Pair], most: int) -> Lattice:
    """The lattice of these pairs; chunks are numbered as they occur."""
    number = {unit: place for place, unit in enumerate(sorted({unit for pair in pairs for unit in pair.units}))}
    units = np.array([len(pair.units) for pair in pairs])
    letters = np.array([len(pair.latin) for pair in pairs])
    base = np.concatenate([[0], np.cumsum(units * (letters + 1) * (most + 1))])
    keys = np.full(int(base[-1]), -1)
    flat_units = np.array([number[unit] for pair in pairs for unit in pair.units])
    flat_letters = np.array([ord(letter) - 96 for pair in pairs for letter in pair.latin])
    fill_keys(flat_units, flat_letters, units, letters, base, most, keys)
    distinct, chunk = np.unique(keys, return_inverse=True)
    code = distinct % LETTERS**most
    length = sum(((code // LETTERS**place) > 0).astype(np.int64) for place in range(most))
    unit_of = np.where(distinct < 0, -1, distinct // LETTERS**most)
    weights = np.array([pair.weight for pair in pairs])
    return Lattice(units, letters, base, chunk.astype(np.int32), unit_of, np.asarray(length), weights, most)


@compiled
def fill_keys(
    flat_units: Ints, flat_letters: Ints, units: Ints, letters: Ints, base: Ints, most: int, keys: Ints
) -> None:
    """Number the chunk of each unit at each place with each length: unit * 27 ** most + letters."""
    first_unit = 0
    first_letter = 0
    for row in range(len(units)):
        for i in range(units[row]):
            for j in range(letters[row] + 1):
                code = 0
                for k in range(min(most, letters[row] - j) + 1):
                    if k > 0:
                        code = code * 27 + flat_letters[first_letter + j + k - 1]
                    place = base[row] + (i * (letters[row] + 1) + j) * (most + 1) + k
                    keys[place] = flat_units[first_unit + i] * 27**most + code
        first_unit += units[row]
        first_letter += letters[row]


@compiled
def expect(
    units: Ints,
    letters: Ints,
    base: Ints,
    chunk: npt.NDArray[np.int32],
    weights: Floats,
    most: int,
    shares: Floats,
    counts: Floats,
    fit: Floats,
) -> None:
    """Expected counts of every chunk under these shares (forward-backward), and how well each pair fits."""
    for row in range(len(units)):
        m, n = units[row], letters[row]
        forward = np.zeros((m + 1, n + 1))
        backward = np.zeros((m + 1, n + 1))
        forward[0, 0] = backward[m, n] = 1.0
        for i in range(m):
            for j in range(n + 1):
                for k in range(min(most, n - j) + 1):
                    place = base[row] + (i * (n + 1) + j) * (most + 1) + k
                    forward[i + 1, j + k] += forward[i, j] * shares[chunk[place]]
        whole = forward[m, n]
        fit[row] = math.log(whole) / (m + n) if whole > 0 else -99.0
        if whole <= 0 or weights[row] == 0:
            continue
        for i in range(m - 1, -1, -1):
            for j in range(n + 1):
                for k in range(min(most, n - j) + 1):
                    which = chunk[base[row] + (i * (n + 1) + j) * (most + 1) + k]
                    through = shares[which] * backward[i + 1, j + k]
                    backward[i, j] += through
                    counts[which] += forward[i, j] * through / whole * weights[row]


@compiled
def cut(
    row: int, m: int, n: int, base: Ints, chunk: npt.NDArray[np.int32], most: int, shares: Floats, sizes: Ints
) -> bool:
    """Write the sizes of the likeliest cut of one pair; False if it cannot be cut."""
    best = np.zeros((m + 1, n + 1))
    came = np.zeros((m + 1, n + 1), np.int64)
    best[0, 0] = 1.0
    for i in range(m):
        for j in range(n + 1):
            for k in range(min(most, n - j) + 1):
                share = best[i, j] * shares[chunk[base[row] + (i * (n + 1) + j) * (most + 1) + k]]
                if share > best[i + 1, j + k]:
                    best[i + 1, j + k] = share
                    came[i + 1, j + k] = k
    j = n
    for i in range(m, 0, -1):
        sizes[i - 1] = came[i, j]
        j -= came[i, j]
    return bool(best[m, n] > 0)


def best_cuts(pairs: list[Pair], lattice: Lattice, shares: Floats) -> Iterator[list[str] | None]:
    """Each pair's chunks, one for each unit."""
    for row, pair in enumerate(pairs):
        sizes = np.zeros(len(pair.units), np.int64)
        shape = (row, len(pair.units), len(pair.latin))
        if not cut(*shape, lattice.base, lattice.chunk, lattice.most, shares, sizes) or not lattice.weights[row]:
            yield None
            continue
        ends = np.cumsum(sizes)
        yield [pair.latin[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def pack(pairs: list[Pair], cuts: list[list[str] | None]) -> bytes:
    """The tables of one script: units, chunks, counts by company, and the ground of Latin letters."""
    units = sorted({unit for pair, cut_ in zip(pairs, cuts, strict=True) if cut_ for unit in pair.units})
    own, beside, after = count(pairs, cuts, {unit: place for place, unit in enumerate(units)})
    spread(own)
    chunks = sorted({chunk for found in own.values() for chunk in found})
    number = {chunk: place for place, chunk in enumerate(chunks)}
    slots = {unit: {chunk: slot for slot, chunk in enumerate(sorted(found))} for (unit,), found in own.items()}
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "units": np.array("".join(units)),
        "chunks": np.array(" ".join(chunks)),
        "own_size": np.array([len(own[(place,)]) for place in range(len(units))], np.uint16),
        "own_chunk": np.array([number[chunk] for place in range(len(units)) for chunk in slots[place]], np.uint16),
        "own_share": own_shares(own, len(units)),
        "ground": ground_of(pairs),
    }
    arrays |= company("beside", beside, slots, (len(units) + 1,)) | company("after", after, slots, (len(units) + 1, 27))
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    return lzma.compress(out.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def count(pairs: list[Pair], cuts: list[list[str] | None], number: dict[str, int]) -> tuple[Counts, Counts, Counts]:
    """Chunks by unit; by unit and the next; by both and the Latin letter before."""
    own: Counts = defaultdict(lambda: defaultdict(float))
    beside: Counts = defaultdict(lambda: defaultdict(float))
    after: Counts = defaultdict(lambda: defaultdict(float))
    for pair, chunks in zip(pairs, cuts, strict=True):
        before = 0
        for place, chunk in enumerate(chunks or ()):
            unit = number[pair.units[place]]
            following = number.get(pair.units[place + 1 : place + 2], len(number))
            for table, key in (
                (own, (unit,)),
                (beside, (unit, following)),
                (after, (unit, following, before)),
            ):
                table[key][chunk] += pair.weight
            before = ord(chunk[-1]) - 96 if chunk else before
    return own, beside, after


def spread(own: Counts) -> None:
    """Give each unit some of the chunks of its kin, the units that share its chunks: a rare unit sounds like others."""
    total = {unit: sum(found.values()) for (unit,), found in own.items()}
    by_chunk: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for (unit,), found in own.items():
        for chunk, seen in found.items():
            by_chunk[chunk].append((unit, seen))
    of_chunk = {chunk: sum(seen for _, seen in units) for chunk, units in by_chunk.items()}
    given: dict[int, dict[str, float]] = {}
    for (unit,), found in own.items():
        kin: dict[int, float] = defaultdict(float)
        for chunk, seen in found.items():
            for other, theirs in by_chunk[chunk]:
                kin[other] += seen / total[unit] * theirs / of_chunk[chunk]
        got: dict[str, float] = defaultdict(float)
        for other, share in sorted(kin.items(), key=lambda one: (-one[1], one[0]))[:40]:
            for chunk, seen in own[(other,)].items():
                got[chunk] += share * seen / total[other]
        given[unit] = {chunk: share for chunk, share in got.items() if share > LEAST_KIN or chunk in found}
    for unit, shares in given.items():
        for chunk, share in shares.items():
            own[(unit,)][chunk] += (KIN * total[unit] + 1.0) * share


def own_shares(own: Counts, units: int) -> npt.NDArray[np.uint16]:
    """Shares of each unit's chunks in 65,535 parts, in the order of the chunks."""
    found = []
    for place in range(units):
        total = sum(own[(place,)].values())
        found += [max(1, round(65535 * own[(place,)][chunk] / total)) for chunk in sorted(own[(place,)])]
    return np.array(found, np.uint16)


def company(
    name: str, counts: Counts, slots: dict[int, dict[str, int]], radix: Iterable[int]
) -> dict[str, npt.NDArray[np.generic]]:
    """One level of company as arrays: steps between sorted keys, sizes, slots and counts."""
    rows: list[tuple[int, list[tuple[int, float]]]] = []
    for key, found in counts.items():
        whole = key[0]
        for base, digit in zip(radix, key[1:], strict=True):
            whole = whole * base + digit
        if sum(found.values()) >= RARE:
            rows.append((whole, sorted((slots[key[0]][chunk], seen) for chunk, seen in found.items())))
    rows.sort()
    seen = np.array([count for _, row in rows for _, count in row])
    return {
        f"{name}_step": np.diff(np.array([key for key, _ in rows]), prepend=0).astype(np.uint32),
        f"{name}_size": np.array([len(row) for _, row in rows], np.uint16),
        f"{name}_slot": np.array([slot for _, row in rows for slot, _ in row], np.uint16),
        f"{name}_count": np.clip(np.round(seen * COUNT_STEPS), 1, 65535).astype(np.uint16),
    }


def ground_of(pairs: list[Pair]) -> npt.NDArray[np.uint8]:
    """Bits of each Latin letter after each, in sixteenths; 0 is before the first and after the last."""
    seen = np.full((LETTERS, LETTERS), 0.5)
    for pair in pairs:
        places = [0, *(ord(letter) - 96 for letter in pair.latin), 0]
        for one, other in pairwise(places):
            seen[one, other] += pair.weight
    bits = -np.log2(seen / seen.sum(axis=1, keepdims=True))
    packed: npt.NDArray[np.uint8] = np.clip(np.round(bits * GROUND_STEPS), 0, 255).astype(np.uint8)
    return packed


if __name__ == "__main__":
    main()

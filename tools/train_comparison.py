"""Fit the weights by which two aligned names are judged (`leconfield.registry.likeness`), and print them.

usage: train_comparison.py NAMES OFAC LINKAGE   (folders: name tables, sanctions list, persons of history with errors)
Pairs that are one: names written otherwise by rules and tables, and names of one entry or person. Pairs that are two:
the nearest names of others. Nothing of the lists is kept but some sixty numbers.
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as parquet
from rapidfuzz import fuzz, process

from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.compare import features_of
from leconfield.registry.likeness import FEATURES
from leconfield.registry.names import parse_name
from leconfield.registry.scripts import LATIN, fold, script_of
from train_romaniser import TABLES, is_set_aside, read_rows

EACH = 4_000
"""Invented pairs of each kind (one, two)."""
SAME = 500
"""Names that are compared with themselves."""
NEAR = 2_500
"""Names of a list of which the nearest others are sought."""
PEOPLE = 2_500
"""Persons of history."""
SHARES = {"list": 1.0, "invented": 0.8, "history": 0.6, "rewritten": 0.6}
"""How much a pair of each kind counts."""
FORGOTTEN = 0.04
"""Pairs of one entry that are as unlikely as this are other names altogether, and left out."""
UP = {"evidence, to 12 bits", "evidence, to 40 bits", "share agreed", "all agree", "nearest contradiction"}
"""Features that may only speak for one name,"""
EITHER = {
    "any pair",
    "missing",
    "share agreed in spite of contradictions",
    "one part each",
    "initials",
    "nicknames",
    "classes",
}
"""and that may speak either way; all others may only speak against."""
EXPECTED = {
    "another father": -5.0,
    "another legal form": -0.5,
    "another number": -1.5,
    "a number missing": -0.8,
    "all agree": 1.8,
}
"""Weights held to, and those held to firmly:"""
FIRM = {"another father", "a number missing", "all agree"}
RIDGE = {True: 600.0, False: 30.0}
Floats = npt.NDArray[np.float64]
Pair = tuple[str, str, str, bool]
"""Kind, two names, and whether they are one."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What names are rewritten by: Latin variants, nicknames, other scripts, near names that are others, many names."""

    variants: dict[str, list[str]]
    nicknames: dict[str, list[str]]
    scripts: dict[str, dict[str, list[str]]]
    near: dict[str, list[str]]
    people: list[list[str]]


def main() -> None:
    """Fit and print both sets of weights."""
    names, ofac, linkage = map(Path, sys.argv[1:4])
    chance = random.Random(11)
    tables = read_tables(names, chance)
    persons = [*invented(tables, chance), *near_pairs("list", listed_groups(ofac, "individual"), chance)]
    persons += near_pairs("history", historical_groups(linkage, chance), chance)
    report("PERSON_WEIGHTS", persons, PERSON)
    others = [*rewritten(ofac, chance), *near_pairs("list", listed_groups(ofac, "-0-"), chance)]
    report("OTHER_WEIGHTS", others, ORGANISATION)


def read_tables(folder: Path, chance: random.Random) -> Tables:
    """The tables of the folder, without rows that are set aside."""
    variants: dict[str, list[str]] = defaultdict(list)
    scripts: dict[str, dict[str, list[str]]] = {script: defaultdict(list) for script in TABLES}
    with gzip.open(folder / "name_part_classes.txt.gz", "rt", encoding="utf-8") as file:
        for line in file:
            forms = [form for form in line.rpartition(" => ")[0].split(", ") if form.isalpha()]
            latin = [form for form in forms if script_of(form) == LATIN]
            for form in latin:
                variants[fold(form)] += [other for other in latin if fold(other) != fold(form)]
    for script, (table, _) in TABLES.items():
        for token, other, count in read_rows(folder, table):
            if not is_set_aside(token) and count > 1:
                scripts[script][fold(token)].append(other)
    nicknames: dict[str, list[str]] = defaultdict(list)
    with (folder / "nicknames_names.csv").open() as file:
        for row in csv.DictReader(file):
            nicknames[row["name1"]].append(row["name2"])
    people = [row for table in ("global", "us") for row in read_people(folder / f"synthetic_persons_{table}.csv.gz")]
    chance.shuffle(people)
    return Tables(variants, nicknames, scripts, near_names(people, variants), people)


def read_people(path: Path) -> Iterator[list[str]]:
    """The parts of invented persons' Latin names."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parts = row["full_name"].split()
            if script_of(row["full_name"]) == LATIN and len(parts) > 1:
                yield parts


def near_names(people: list[list[str]], variants: dict[str, list[str]]) -> dict[str, list[str]]:
    """For each name part those one deleted letter away that are other names."""
    parts = sorted({fold(part) for person in people for part in person})
    by_key: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        for key in {part, *(part[:place] + part[place + 1 :] for place in range(len(part)))}:
            by_key[key].append(part)
    near: dict[str, set[str]] = defaultdict(set)
    for found in by_key.values():
        for part in found if 1 < len(found) < 30 else ():
            same = {fold(each) for each in variants.get(part, ())}
            near[part] |= {other for other in found if other != part and other not in same}
    return {part: sorted(others) for part, others in near.items() if others}


def invented(tables: Tables, chance: random.Random) -> Iterator[Pair]:
    """Names rewritten, and names of others that are near."""
    by_part: dict[str, list[list[str]]] = defaultdict(list)
    for person in tables.people:
        for part in person:
            by_part[part].append(person)
    for place in range(EACH):
        person = tables.people[place]
        yield "invented", " ".join(person), rewrite(person, tables, chance), True
        other = stranger(person, by_part, tables, chance)
        told = rewrite(other, tables, chance) if chance.random() < 0.6 else " ".join(other)
        yield "invented", " ".join(person), told, False
    for person in tables.people[:SAME]:
        yield "invented", " ".join(person), " ".join(person), True


def rewrite(person: list[str], tables: Tables, chance: random.Random) -> str:
    """The name as somebody else might write it."""
    ways: list[tuple[float, Callable[[list[str]], list[str]]]] = [
        (0.30, lambda parts: at_random(parts, lambda part: typo(part, chance), chance)),
        (
            0.25,
            lambda parts: at_random(parts, lambda part: pick(tables.variants.get(fold(part)), part, chance), chance),
        ),
        (0.15, lambda parts: in_script(parts, tables, chance)),
        (0.12, lambda parts: parts[1:] + parts[:1]),
        (0.08, lambda parts: [f"{parts[0][0]}.", *parts[1:]]),
        (0.20, lambda parts: more_or_less(parts, tables, chance)),
        (0.08, lambda parts: [pick(tables.nicknames.get(fold(parts[0])), parts[0], chance), *parts[1:]]),
        (0.04, lambda parts: [parts[0] + parts[1].lower(), *parts[2:]] if len(parts) > 2 else parts),
        (0.03, lambda parts: [part.replace("m", "rn").replace("o", "0").replace("l", "1") for part in parts]),
    ]
    parts = list(person)
    for _ in range(1 if chance.random() < 0.7 else 2):
        parts = chance.choices([way for _, way in ways], [share for share, _ in ways])[0](parts)
    return " ".join(parts)


def more_or_less(parts: list[str], tables: Tables, chance: random.Random) -> list[str]:
    """Without one of the parts in the middle or the end, or with one more."""
    if len(parts) > 2:
        return [parts[0], *parts[2:]] if chance.random() < 0.7 else parts[:-1]
    place = chance.choice([1, 1, len(parts)])
    return [*parts[:place], chance.choice(chance.choice(tables.people)), *parts[place:]]


def pick(options: list[str] | None, otherwise: str, chance: random.Random) -> str:
    """One of the options, if there are any."""
    return chance.choice(options) if options else otherwise


def at_random(parts: list[str], change: Callable[[str], str], chance: random.Random) -> list[str]:
    """The parts with one of them changed."""
    place = chance.randrange(len(parts))
    return [*parts[:place], change(parts[place]), *parts[place + 1 :]]


def typo(part: str, chance: random.Random) -> str:
    """A letter dropped, doubled, exchanged or put for another, but for the first."""
    if len(part) < 4:
        return part
    place = chance.randrange(1, len(part) - 1)
    return chance.choice(
        [
            part[:place] + part[place + 1 :],
            part[:place] + part[place] + part[place:],
            part[:place] + part[place + 1] + part[place] + part[place + 2 :],
            part[:place] + chance.choice("aeiounrstlk") + part[place + 1 :],
        ]
    )


def in_script(parts: list[str], tables: Tables, chance: random.Random) -> list[str]:
    """The parts in one other script, as far as it has them all."""
    scripts = list(tables.scripts.values())
    chance.shuffle(scripts)
    for script in scripts:
        if all(fold(part) in script for part in parts):
            return [chance.choice(script[fold(part)]) for part in parts]
    return parts


def stranger(
    person: list[str], by_part: dict[str, list[list[str]]], tables: Tables, chance: random.Random
) -> list[str]:
    """Somebody else with a near name."""
    roll = chance.random()
    if roll < 0.35:
        place = chance.randrange(len(person))
        twin = tables.near.get(fold(person[place]))
        if twin:
            return [*person[:place], chance.choice(twin).title(), *person[place + 1 :]]
    if roll < 0.45:
        return in_script([chance.choice(person)], tables, chance)
    shared = person[-1] if roll < 0.75 else person[0]
    others = [other for other in by_part[shared] if other != person]
    return chance.choice(others) if others else tables.people[chance.randrange(len(tables.people))]


def read_listed(folder: Path, kind: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Primary names and aliases of the list's entries of one kind, by entry."""
    with (folder / "sdn_2023.csv").open(encoding="utf-8", errors="replace") as file:
        primary = {row["ID"].strip(): row["Name"] for row in csv.DictReader(file) if row["Type"].strip() == kind}
    aliases: dict[str, list[str]] = defaultdict(list)
    with (folder / "alt_2026.csv").open(encoding="utf-8", errors="replace") as file:
        for row in csv.reader(file):
            if len(row) > 3 and row[0].strip() in primary:
                aliases[row[0].strip()].append(row[3])
    return primary, aliases


def listed_groups(folder: Path, kind: str) -> list[list[str]]:
    """The names of each entry of the list."""
    primary, aliases = read_listed(folder, kind)
    return [[name, *aliases[entry]] for entry, name in primary.items()]


def historical_groups(folder: Path, chance: random.Random) -> list[list[str]]:
    """The names of some persons of history, with errors."""
    table = parquet.read_table(folder / "historical_figures_with_errors_50k.parquet", columns=["cluster", "full_name"])
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for person, name in zip(table["cluster"].to_pylist(), table["full_name"].to_pylist(), strict=True):
        if name and len(name.split()) > 1:
            groups[person][name] = None
    return [list(groups[person]) for person in chance.sample(sorted(groups), PEOPLE)]


def near_pairs(kind: str, groups: list[list[str]], chance: random.Random) -> Iterator[Pair]:
    """Pairs of names of one group, and names with one of the nearest of another group, by two measures."""
    for group in groups:
        pairs = [(one, other) for place, one in enumerate(group) for other in group[:place] if fold(one) != fold(other)]
        yield from ((kind, one, other, True) for one, other in chance.sample(pairs, min(len(pairs), 4)))
    names = [(place, name) for place, group in enumerate(groups) for name in group]
    plain = [" ".join(sorted(fold(name).replace(",", " ").replace(".", " ").split())) for _, name in names]
    for asked in chance.sample(range(len(names)), min(NEAR, len(names))):
        for measure in (fuzz.ratio, fuzz.token_set_ratio):
            found = process.extract(plain[asked], plain, scorer=measure, limit=40)
            others = [names[place][1] for _, _, place in found if names[place][0] != names[asked][0]][:8]
            others = [other for other in others if fold(other) != fold(names[asked][1])]
            if others:
                nearest = others[0] if chance.random() < 0.5 else chance.choice(others)
                yield kind, names[asked][1], nearest, False


def rewritten(folder: Path, chance: random.Random) -> Iterator[Pair]:
    """Names of organisations in another order, with a slip or without a word; and with another number or first word."""
    primary, _ = read_listed(folder, "-0-")
    names = sorted(primary.values())
    for name in names:
        words = name.split()
        if len(words) < 2:
            continue
        one = at_random(words, lambda word: typo(word, chance), chance)
        less = at_random(words, lambda _: "", chance) if len(words) > 2 else [*words, "Limited"]
        told = chance.choices([one, less, [*words[1:], words[0]]], [0.5, 0.4, 0.1])[0]
        yield "rewritten", name, " ".join(told), True
        other = chance.choice(names).split()
        near = chance.choice([[*words[:-1], other[-1]], [other[0], *words[1:]], [*other[:-1], words[-1]]])
        yield (
            "rewritten",
            name,
            " ".join(near if chance.random() < 0.6 else at_random(near, lambda _: "", chance)),
            False,
        )
        if len(name) % 7 == 0:
            yield "rewritten", name, name, True


def report(title: str, pairs: list[Pair], schema: str) -> None:
    """Fit, say how good it is on a fifth that was left out, and print the weights."""
    kept, truth, kinds = [], [], []
    for kind, one, other, same in pairs:
        found = features_of(parse_name(one, schema), parse_name(other, schema))
        if found is not None:
            kept.append(found)
            truth.append(same)
            kinds.append(kind)
    features, same_ = np.array(kept), np.array(truth, np.float64)
    counts = shares_of(kinds, same_)
    test = np.arange(len(same_)) % 5 == 0
    weights = fit(features[~test], same_[~test], counts[~test])
    forgotten = (same_ > 0) & (features @ weights < np.log(FORGOTTEN))
    weights = fit(features[~test & ~forgotten], same_[~test & ~forgotten], counts[~test & ~forgotten])
    said = 1 / (1 + np.exp(-features[test] @ weights))
    print(f"# {len(same_):,} pairs, log loss {loss(said, same_[test]):.3f}, F1 at one half {f1(said, same_[test]):.3f}")
    print(f"{title} = [")
    for weight, name in zip(weights, FEATURES, strict=True):
        print(f"    {weight:.2f},  # {name}")
    print("]", flush=True)


def shares_of(kinds: list[str], same: Floats) -> Floats:
    """How much each pair counts: by its kind, and so that in each kind nearly as many are one as are two."""
    kind = np.array(kinds)
    counts = np.array([SHARES[each] for each in kinds])
    for each in SHARES:
        one, two = (kind == each) & (same > 0), (kind == each) & (same == 0)
        counts[one] *= 0.8 * min(two.sum() / max(one.sum(), 1), 2.0)
    return counts


def fit(features: Floats, same: Floats, counts: Floats) -> Floats:
    """Logistic regression within bounds, by Newton's steps over the weights that no bound holds."""
    least = np.array([0.0 if name in UP else -np.inf for name in FEATURES])
    most = np.array([np.inf if name in UP | EITHER else 0.0 for name in FEATURES])
    held = np.array([EXPECTED.get(name, 0.0) for name in FEATURES])
    ridge = np.array([RIDGE[name in FIRM] for name in FEATURES])
    weights = held.copy()
    for _ in range(200):
        said = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        slope = features.T @ (counts * (same - said)) - ridge * (weights - held)
        free = ~(((weights <= least) & (slope < 0)) | ((weights >= most) & (slope > 0)))
        inner = features[:, free]
        curve = (inner * (counts * said * (1 - said))[:, None]).T @ inner + np.diag(ridge[free])
        step = np.zeros(len(weights))
        step[free] = np.clip(np.linalg.solve(curve, slope[free]), -0.5, 0.5)
        weights = np.clip(weights + 0.5 * step, least, most)
    return weights


def loss(said: Floats, same: Floats) -> float:
    """Mean log loss in natural units."""
    said = np.clip(said, 1e-6, 1 - 1e-6)
    return float(-np.mean(same * np.log(said) + (1 - same) * np.log(1 - said)))


def f1(said: Floats, same: Floats) -> float:
    """F1 of calling a pair one from a probability of one half."""
    hits = float(np.sum((said >= 0.5) * same))
    return 2 * hits / float(np.sum(said >= 0.5) + np.sum(same))


if __name__ == "__main__":
    main()

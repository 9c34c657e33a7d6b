"""Fit the weights by which two aligned names are judged (`leconfield.registry.likeness`), and print them.

usage: train_comparison.py NAMES OFAC   (the folder of the name tables, and that of the sanctions list)
Pairs that are one: names written otherwise by rules and tables, and aliases that share a part. Pairs that are two: near
names of others. Nothing of the list is kept but some forty numbers.
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

from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.compare import features_of
from leconfield.registry.likeness import FEATURES
from leconfield.registry.names import parse_name
from leconfield.registry.scripts import LATIN, fold, script_of
from train_romaniser import TABLES, is_set_aside, read_rows

EACH = 9_000
"""Invented pairs of each kind (one, two)."""
EXPECTED = np.array([-1, 0.5, 0.3, -0.5, -1, -1.5, -0.5, -0.3, 3, -0.3, -5, -0.3, -2.5, 0, -0.3, 1], np.float64)
"""Weights held to without pairs, in the order of the features."""
Floats = npt.NDArray[np.float64]
Pair = tuple[str, str, bool]


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
    names, ofac = Path(sys.argv[1]), Path(sys.argv[2])
    chance = random.Random(7)
    tables = read_tables(names, chance)
    persons = [*invented(tables, chance), *listed_pairs(ofac, "individual", chance)]
    report("PERSON_WEIGHTS", persons, PERSON)
    report("OTHER_WEIGHTS", [*rewritten(ofac, chance), *listed_pairs(ofac, "-0-", chance)], ORGANISATION)


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
        yield " ".join(person), rewrite(person, tables, chance), True
        other = stranger(person, by_part, tables, chance)
        told = rewrite(other, tables, chance) if chance.random() < 0.6 else " ".join(other)
        yield " ".join(person), told, False


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


def listed_pairs(folder: Path, kind: str, chance: random.Random) -> Iterator[Pair]:
    """Aliases that share a part or its consonants with the name, and as many names of others that do."""
    schema = PERSON if kind == "individual" else ORGANISATION
    primary, aliases = read_listed(folder, kind)
    by_part: dict[str, list[str]] = defaultdict(list)
    for entry, name in primary.items():
        for part in parse_name(name, schema).parts:
            by_part[part.skeleton].append(entry)
    for entry, name in primary.items():
        mine = {part.skeleton for part in parse_name(name, schema).parts}
        for alias in aliases[entry][:6]:
            if mine & {part.skeleton for part in parse_name(alias, schema).parts}:
                yield name, alias, True
        others = sorted({other for each in mine for other in by_part[each] if other != entry})
        for other in chance.sample(others, min(len(others), 2)):
            yield name, chance.choice([primary[other], *aliases[other]]), False


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
        yield name, " ".join(told), True
        other = chance.choice(names).split()
        near = chance.choice([[*words[:-1], other[-1]], [other[0], *words[1:]], [*other[:-1], words[-1]]])
        yield name, " ".join(near if chance.random() < 0.6 else at_random(near, lambda _: "", chance)), False


def report(title: str, pairs: list[Pair], schema: str) -> None:
    """Fit, say how good it is on a fifth that was left out, and print the weights."""
    kept, truth = [], []
    for one, other, same in pairs:
        found = features_of(parse_name(one, schema), parse_name(other, schema))
        if found is not None and one != other:
            kept.append(found)
            truth.append(same)
    features, same_ = np.array(kept), np.array(truth, np.float64)
    test = np.arange(len(same_)) % 5 == 0
    weights = fit(features[~test], same_[~test])
    said = 1 / (1 + np.exp(-features[test] @ weights))
    print(f"# {len(same_):,} pairs, log loss {loss(said, same_[test]):.3f}, F1 at one half {f1(said, same_[test]):.3f}")
    print(f"{title} = [")
    for weight, name in zip(weights, FEATURES, strict=True):
        print(f"    {weight:.2f},  # {name}")
    print("]", flush=True)


def fit(features: Floats, same: Floats, ridge: float = 250.0) -> Floats:
    """Logistic regression by Newton's steps, held back towards what would be expected without any pairs."""
    weights = np.zeros(features.shape[1])
    for _ in range(30):
        said = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        slope = features.T @ (same - said) - ridge * (weights - EXPECTED)
        curve = (features * (said * (1 - said))[:, None]).T @ features + ridge * np.eye(len(weights))
        weights += np.clip(np.linalg.solve(curve, slope), -1, 1)
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

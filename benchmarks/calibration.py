"""Whether a trace's probabilities are what they say: predicted against observed, on generated worlds.

python benchmarks/calibration.py [--persons N] [--questions N] [--seed N]

Each world holds people drawn from a generated population. Half of the questions are about one of them, as a witness may
tell of him (slips of the pen, parts left out or in another order, an age, a place, now and then a wrong one); half are
about people of the same population whom the world does not hold. A hit is right if it is whom was asked for.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.registry.worlds import record, world_of
from tests.shared import SHARED

from leconfield.ledger.world import World
from leconfield.registry.lexicon import Lexicon
from leconfield.registry.query import parse_query
from leconfield.registry.trace import trace

POPULATION = SHARED / "data" / "names" / "synthetic_persons_global.csv.gz"
TODAY = date(2026, 1, 1)
BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 1.01)
Person = dict[str, str]


@dataclass(frozen=True, slots=True)
class Guess:
    """A hit: how likely it was said to be, whether it was right, and the verdict of its answer."""

    probability: float
    right: bool
    verdict: str
    first: bool


def people(random: Random, count: int) -> tuple[list[Person], list[Person]]:
    """So many people of the population for the world, and as many who are not in it."""
    with gzip.open(POPULATION, "rt", encoding="utf-8") as file:
        drawn = random.sample(list(csv.DictReader(file)), 2 * count)
    return drawn[:count], drawn[count:]


def held(random: Random, everybody: list[Person]) -> World:
    """A world that knows each of them by name, and some things more."""

    def said(person: Person) -> Iterator[tuple[str, str]]:
        yield "name", person["full_name"]
        facts = {"birthDate": "date_of_birth", "gender": "gender", "birthPlace": "place_of_birth"}
        for prop, column in {**facts, "nationality": "nationality"}.items():
            if person[column] and random.random() < 0.6:
                yield prop, person[column]

    return world_of(*(record(f"p{place}", *said(each)) for place, each in enumerate(everybody)))


def told(random: Random, person: Person) -> str:
    """The question that somebody asks about a person, as well as he knows him."""
    name = _name_told(random, person)
    more = [each(random, person) for each in (_age, _place, _sex, _nationality) if random.random() < 0.3]
    return ", ".join((name, *(each for each in more if each)))


def _name_told(random: Random, person: Person) -> str:
    first, middle, last = (person[each] for each in ("first_name", "middle_name", "last_name"))
    ways = (
        person["full_name"],
        f"{first} {last}",
        f"{last} {first}",
        f"{first[:1]}. {last}",
        last,
        f"{_slip(random, first)} {last}",
        f"{first} {_slip(random, last)}",
        f"{first} {middle}".strip(),
    )
    return random.choices(ways, (4, 6, 1, 1, 2, 2, 2, 1))[0]


def _slip(random: Random, word: str) -> str:
    if len(word) < 4:
        return word
    place = random.randrange(1, len(word) - 1)
    kind = random.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + random.choice("aeiourstn") + word[place + 1 :]


def _age(random: Random, person: Person) -> str:
    born = person["date_of_birth"]
    if not born:
        return ""
    if random.random() < 0.4:
        return f"born {born[: random.choice((4, 10))]}"
    age = TODAY.year - int(born[:4]) + round(random.gauss(0, 2))
    return f"about {max(10, min(99, age))}"


def _place(random: Random, person: Person) -> str:
    return person["place_of_birth"] if random.random() < 0.9 else "Hull"


def _sex(random: Random, person: Person) -> str:
    words = {"male": "man", "female": "woman"}
    return words.get(person["gender"] if random.random() < 0.98 else "male", "")


def _nationality(random: Random, person: Person) -> str:
    return person["nationality"] if random.random() < 0.95 else "Norway"


def guesses(random: Random, persons: int, questions: int) -> Iterator[Guess]:
    """The first five hits of every question about one world."""
    inside, outside = people(random, persons)
    world = held(random, inside)
    lexicon = world.derived(Lexicon)
    for number in range(questions):
        known = number % 2 == 0
        place = random.randrange(persons)
        answer = trace(world, parse_query(told(random, (inside if known else outside)[place]), TODAY, lexicon))
        same = {f"p{place}"} if known else set()
        for rank, hit in enumerate(answer.hits[:5]):
            yield Guess(hit.probability, hit.subject.id in same, answer.verdict, rank == 0)
        if not answer.hits:
            yield Guess(0.0, known, answer.verdict, True)


def table(found: list[Guess]) -> None:
    """Print predicted against observed, and what the verdicts were worth."""
    hits = [each for each in found if each.verdict != "no recorded trace"]
    print("| predicted | hits | mean predicted | observed right |\n|---|---|---|---|")
    off = 0.0
    for low, high in pairwise(BINS):
        inside = [each for each in hits if low <= each.probability < high]
        if inside:
            mean = sum(each.probability for each in inside) / len(inside)
            right = sum(each.right for each in inside) / len(inside)
            off += abs(mean - right) * len(inside)
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(inside):,} | {mean:.3f} | {right:.3f} |")
    brier = sum((each.probability - each.right) ** 2 for each in hits) / len(hits)
    print(f"\nexpected calibration error {off / len(hits):.3f}, Brier score {brier:.4f}")
    print("\n| verdict | answers | the first hit is right | nobody was to be found |\n|---|---|---|---|")
    for verdict in ("known", "possible", "many", "no recorded trace"):
        first = [each for each in found if each.first and each.verdict == verdict]
        if first and verdict == "no recorded trace":
            print(f"| {verdict} | {len(first):,} | | {1 - sum(each.right for each in first) / len(first):.3f} |")
        elif first:
            print(f"| {verdict} | {len(first):,} | {sum(each.right for each in first) / len(first):.3f} | |")


def main() -> None:
    """Ask, and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--persons", type=int, nargs="*", default=[300, 3000])
    asked.add_argument("--questions", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    for persons in chosen.persons:
        print(f"\n## {persons:,} people, {chosen.questions:,} questions\n")
        table(list(guesses(Random(f"{chosen.seed} {persons}"), persons, chosen.questions)))


if __name__ == "__main__":
    main()

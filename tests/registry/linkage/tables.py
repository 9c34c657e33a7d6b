"""Invented tables of persons with errors, for the tests of resolution in one batch."""

import random

import pyarrow as pa

FIRST = [
    "alice",
    "bertram",
    "clara",
    "dominic",
    "edith",
    "felix",
    "greta",
    "hugo",
    "ines",
    "jasper",
    "katya",
    "leopold",
]
SYLLABLES = ["mar", "low", "ash", "ford", "pen", "hurst", "wick", "ton", "bar", "ley", "stan", "croft", "ever", "dale"]
TOWNS = ["upper slaughter", "lower peover", "wetwang", "nether wallop", "great snoring", "little hope"]


def misspelt(word, chance):
    """A letter lost, doubled or changed, once in four times."""
    if chance.random() > 0.25 or len(word) < 3:
        return word
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice(["", word[at] * 2, "e"]) + word[at + 1 :]


def persons(count, seed=5):
    """A table of about three rows for each of `count` invented persons; `cluster` is who they are."""
    chance, rows = random.Random(seed), []
    for person in range(count):
        first, last = chance.choice(FIRST), "".join(chance.choices(SYLLABLES, k=3))
        born = f"{chance.randint(1850, 1950)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        town, code = chance.choice(TOWNS), f"gl{chance.randint(1, 60)} {chance.randint(1, 9)}{chance.choice('abdefg')}h"
        for _ in range(chance.randint(1, 5)):
            rows.append(
                {
                    "id": f"r{len(rows)}",
                    "cluster": person,
                    "name": f"{misspelt(first, chance)} {misspelt(last, chance)}",
                    "born": chance.choice([born, born, None]),
                    "place": chance.choice([town, None]),
                    "postcode": chance.choice([code, code, None]),
                }
            )
    chance.shuffle(rows)
    return pa.Table.from_pylist(rows)


def told_apart(table, clusters):
    """Pairwise F1 of clusters of rows."""

    def pairs(labels):
        counts = {}
        for label in labels:
            counts[label] = counts.get(label, 0) + 1
        return sum(n * (n - 1) // 2 for n in counts.values())

    truth = table.column("cluster").to_pylist()
    both = pairs(zip(truth, clusters, strict=True))
    return 2 * both / (pairs(truth) + pairs(clusters))

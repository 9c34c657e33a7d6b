"""Invented people for the tests of resolution: several records each, with the slips of typists."""

from __future__ import annotations

import random

import pyarrow as pa

from leconfield.registry.linkage.fields import Plan, plan
from leconfield.registry.linkage.resolver import Resolver

_GIVEN = [
    "alba",
    "bruno",
    "carla",
    "dario",
    "elena",
    "fabio",
    "greta",
    "hugo",
    "irene",
    "jonas",
    "karin",
    "lukas",
    "marta",
    "nils",
    "olga",
    "pavel",
    "rosa",
    "sven",
]
_START = [
    "bar",
    "cor",
    "dan",
    "fel",
    "gor",
    "hal",
    "kin",
    "lam",
    "mor",
    "nor",
    "pel",
    "ros",
    "sil",
    "tor",
    "van",
    "wel",
]
_END = ["ber", "dale", "field", "gate", "ham", "ley", "man", "ner", "sen", "ston", "ter", "vic", "well", "wood"]
_TOWNS = ["ashby", "birchwick", "coldham", "dunmere", "eastfold", "farrow", "glenby", "harwick"]
ROLES = {"name": "name", "born": "birth", "town": "place", "code": "postcode", "sex": "sex"}
People = list[dict[str, str | None]]


def people(count: int, seed: int = 1) -> People:
    """Records of `count` people, three each, a person's side by side; `id` says whose they are: person-number."""
    chance = random.Random(seed)
    found: People = []
    for person in range(count):
        true = {
            "name": f"{chance.choice(_GIVEN)} {chance.choice(_START)}{chance.choice(_END)}",
            "born": f"19{chance.randrange(20, 99)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
            "town": chance.choice(_TOWNS),
            "code": f"{chance.choice('abcd')}{chance.randrange(1, 20)} {chance.randrange(1, 9)}xy",
            "sex": chance.choice("mf"),
        }
        for number in range(3):
            record: dict[str, str | None] = {"id": f"{person}-{number}", **true}
            slip = chance.choice(("name", "born", "town", "code", "none"))
            if slip == "name":
                cut = chance.randrange(1, len(true["name"]))
                record["name"] = true["name"][:cut] + true["name"][cut + 1 :]
            elif slip != "none":
                record[slip] = None
            found.append(record)
    return found


def table(records: People) -> pa.Table:
    """The records as a table."""
    return pa.table({name: pa.array([each[name] for each in records], pa.string()) for name in ("id", *ROLES)})


def people_plan() -> Plan:
    """What the columns are."""
    return plan(ROLES)


def resolved(records: People, group: int = 7) -> Resolver:
    """The records taken in as they stand, some at a time."""
    resolver = Resolver(people_plan())
    whole = table(records)
    for begin in range(0, len(records), group):
        some = whole.slice(begin, group)
        resolver.add(some["id"].to_pylist(), some)
    return resolver


def partition(resolver: Resolver) -> set[frozenset[str]]:
    """The clusters as sets of ids, whatever they are called."""
    found: dict[str, set[str]] = {}
    for record, cluster in resolver.clusters():
        found.setdefault(cluster, set()).add(record)
    return {frozenset(each) for each in found.values()}

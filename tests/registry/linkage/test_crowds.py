"""Many records that say the same: one cluster however many they are, in any order, and whoever leaves."""

from __future__ import annotations

import random

import pytest

from leconfield.registry.linkage.batch import resolve_batch
from leconfield.registry.linkage.keys import COMMON
from leconfield.registry.linkage.resolver import DIFFERENT, SAME, Judgement, Resolver
from leconfield.registry.linkage.twins import CROWD
from tests.registry.linkage.people import People, partition, people, people_plan, resolved, table

OTHERS = people(40)
ONE = {"name": "alba barber", "born": "1950-03-12", "town": "ashby", "code": "a1 1xy", "sex": "f"}


def crowd(count: int) -> People:
    return [{**ONE, "id": f"crowd-{each}"} for each in range(count)]


def in_batch(records: People) -> set[frozenset[str]]:
    found = resolve_batch(
        people_plan(), "id", table(records).to_batches(max_chunksize=50), threads=1, say=lambda _: None
    )
    members: dict[str, set[str]] = {}
    for each, cluster in zip(found.ids.to_pylist(), found.names.to_pylist(), strict=True):
        members.setdefault(cluster, set()).add(each)
    return {frozenset(each) for each in members.values()}


def settled(records: People, group: int = 7) -> Resolver:
    resolver = resolved(records, group)
    resolver.settle()
    return resolver


@pytest.mark.parametrize("count", [CROWD, CROWD + 1, 3 * COMMON])
def test_any_number_of_equal_records_is_one_cluster_in_both_ways_whose_name_is_that_of_the_first(count: int) -> None:
    records = OTHERS + crowd(count) + [{**ONE, "id": "near", "name": "alba barbr"}]
    resolver = settled(records)
    members = resolver.members_of("crowd-0")
    assert set(members) >= {f"crowd-{each}" for each in range(count)}
    assert "near" in members
    assert {resolver.cluster_of(each) for each in members} == {"crowd-0"}
    assert partition(resolver) == in_batch(records)


def test_equal_records_that_do_not_tell_who_they_are_of_stay_apart() -> None:
    nobody = {"name": "alba", "born": None, "town": "ashby", "code": None, "sex": "f"}
    records: People = [{**nobody, "id": f"n{each}"} for each in range(200)]
    assert len(partition(settled(records))) == len(in_batch(records)) == 200


def test_a_crowd_is_the_same_in_any_order_and_leaves_nothing_behind() -> None:
    records = OTHERS + crowd(CROWD + 9)
    shuffled = random.Random(3).sample(records, len(records))
    assert partition(settled(records)) == partition(settled(shuffled, 40))
    resolver = settled(records)
    for each in random.Random(4).sample(range(CROWD + 9), CROWD + 5):
        resolver.remove(f"crowd-{each}")
    resolver.settle()
    left = [each for each in records if str(each["id"]) in resolver._row_of]
    assert list(resolver.clusters()) == list(settled(left).clusters())


def test_an_officer_takes_one_out_of_a_crowd_and_puts_it_back() -> None:
    resolver = settled(OTHERS + crowd(CROWD + 9))
    before = list(resolver.clusters())
    for taken in ("crowd-0", "crowd-5"):
        other = "crowd-1"
        resolver.judge(Judgement(taken, other, DIFFERENT))
        assert resolver.cluster_of(taken) != resolver.cluster_of(other)
        resolver.judge(Judgement(taken, other, SAME))
        assert resolver.cluster_of(taken) == resolver.cluster_of(other)
        resolver.take_back(taken, other)
        assert list(resolver.clusters()) == before

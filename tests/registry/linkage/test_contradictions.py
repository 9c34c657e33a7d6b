"""What contradicts itself is no one person: neither two records, nor what a third would join."""

from __future__ import annotations

import pyarrow as pa
import pytest

from leconfield.registry.linkage.batch import resolve_batch
from leconfield.registry.linkage.fields import plan
from leconfield.registry.linkage.resolver import SAME, Judgement, Resolver
from tests.registry.linkage.people import ROLES, People, partition, people

PLAN = plan({**ROLES, "passport": "identifier"})
OTHERS: People = [{**each, "passport": None} for each in people(60)]
FIRST: dict[str, str | None] = {
    "id": "first",
    "name": "alba wickford",
    "born": None,
    "town": "ashby",
    "code": None,
    "sex": "f",
    "passport": "512038846",
}
SECOND = {**FIRST, "id": "second", "passport": "739915270"}
BETWEEN = {**FIRST, "id": "between", "passport": None}


def table(records: People) -> pa.Table:
    return pa.table({name: pa.array([each[name] for each in records], pa.string()) for name in FIRST})


def resolved(records: People) -> Resolver:
    resolver = Resolver(PLAN)
    resolver.add([str(each["id"]) for each in records], table(records))
    resolver.settle()
    return resolver


def in_batch(records: People) -> set[frozenset[str]]:
    found = resolve_batch(PLAN, "id", table(records).to_batches(), threads=1, say=lambda _: None)
    members: dict[str, set[str]] = {}
    for each, cluster in zip(found.ids.to_pylist(), found.names.to_pylist(), strict=True):
        members.setdefault(cluster, set()).add(each)
    return {frozenset(each) for each in members.values()}


def cluster_with(found: set[frozenset[str]], record: str) -> frozenset[str]:
    return next(each for each in found if record in each)


@pytest.mark.parametrize("records", [[FIRST, SECOND], [FIRST, BETWEEN, SECOND], [BETWEEN, SECOND, FIRST]])
def test_two_passports_are_two_persons_whatever_comes_between_them(records: People) -> None:
    for found in (partition(resolved(OTHERS + records)), in_batch(OTHERS + records)):
        assert "second" not in cluster_with(found, "first")
        if len(records) == 3:
            assert len(cluster_with(found, "between")) == 2


def test_an_officer_may_say_that_they_are_one_all_the_same() -> None:
    resolver = resolved([*OTHERS, FIRST, BETWEEN, SECOND])
    before = partition(resolver)
    resolver.judge(Judgement("first", "second", SAME))
    assert resolver.cluster_of("first") == resolver.cluster_of("second")
    resolver.take_back("first", "second")
    assert partition(resolver) == before


def test_a_slip_in_a_number_is_no_contradiction() -> None:
    resolver = resolved([*OTHERS, FIRST, {**FIRST, "id": "slip", "passport": "512038864"}])
    assert resolver.cluster_of("slip") == "first"

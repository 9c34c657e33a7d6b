"""What contradicts itself is no one person: neither two records, nor what a third would join."""

from __future__ import annotations

import pytest

from leconfield.registry.linkage.resolver import SAME, Judgement
from tests.registry.linkage.people import People, partition, people, resolved
from tests.registry.linkage.test_crowds import in_batch

OTHERS = people(60)
FIRST: dict[str, str | None] = {
    "id": "first", "name": "alba wickford", "born": "1931-02-11", "town": "ashby", "code": None, "sex": "f",
}  # fmt: skip
SECOND = {**FIRST, "id": "second", "born": "1988-10-27"}
BETWEEN = {**FIRST, "id": "between", "born": None}


def cluster_with(found: set[frozenset[str]], record: str) -> frozenset[str]:
    return next(each for each in found if record in each)


@pytest.mark.parametrize("records", [[FIRST, SECOND], [FIRST, BETWEEN, SECOND], [BETWEEN, SECOND, FIRST]])
def test_two_days_of_birth_are_two_persons_whatever_comes_between_them(records: People) -> None:
    resolver = resolved(OTHERS + records)
    resolver.settle()
    for found in (partition(resolver), in_batch(OTHERS + records)):
        assert "second" not in cluster_with(found, "first")
    if len(records) == 3:
        assert len(cluster_with(partition(resolver), "between")) == 2


def test_an_officer_may_say_that_they_are_one_all_the_same() -> None:
    resolver = resolved([*OTHERS, FIRST, BETWEEN, SECOND])
    resolver.settle()
    before = partition(resolver)
    resolver.judge(Judgement("first", "second", SAME))
    assert resolver.cluster_of("first") == resolver.cluster_of("second")
    resolver.take_back("first", "second")
    assert partition(resolver) == before


def test_a_slip_in_a_date_is_no_contradiction() -> None:
    resolver = resolved([*OTHERS, FIRST, {**FIRST, "id": "slip", "born": "1931-02-17"}])
    resolver.settle()
    assert resolver.cluster_of("slip") == "first"

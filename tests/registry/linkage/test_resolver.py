"""Resolution as a function of the set of records and judgements: order does not show, and undoing leaves nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, NotFoundError
from leconfield.registry.linkage.keys import COMMON
from leconfield.registry.linkage.resolver import DIFFERENT, SAME, Judgement, Resolver
from tests.registry.linkage.people import partition, people, resolved, table

RECORDS = people(70)


def judged(verdict: str, left: str = "0-0", right: str = "1-0") -> Judgement:
    return Judgement(left, right, verdict)


def test_records_of_one_person_are_one_cluster_and_others_are_not() -> None:
    resolver = resolved(RECORDS)
    resolver.settle()
    of_person = [{resolver.cluster_of(f"{person}-{each}") for each in range(3)} for person in range(70)]
    assert sum(len(each) == 1 for each in of_person) >= 66
    assert len(partition(resolver)) >= 66


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 50))
def test_any_order_of_arrival_gives_the_same_partition(seed: int, group: int) -> None:
    shuffled = random.Random(seed).sample(RECORDS, len(RECORDS))
    one, other = resolved(RECORDS), resolved(shuffled, group)
    one.settle()
    other.settle()
    assert partition(one) == partition(other)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 209), st.integers(0, 209), st.sampled_from([SAME, DIFFERENT])), max_size=12))
def test_judgements_taken_back_in_any_order_were_never_made(pairs: list[tuple[int, int, str]]) -> None:
    resolver = resolved(RECORDS)
    before = list(resolver.clusters())
    made = {}
    for left, right, verdict in pairs:
        if left != right:
            judgement = Judgement(str(RECORDS[left]["id"]), str(RECORDS[right]["id"]), verdict)
            resolver.judge(judgement)
            made[frozenset((judgement.left, judgement.right))] = judgement
    for judgement in sorted(made.values(), key=lambda each: each.right):
        resolver.take_back(judgement.right, judgement.left)
    assert list(resolver.clusters()) == before


@settings(max_examples=12, deadline=None)
@given(st.sets(st.integers(0, 209), max_size=40), st.integers(0, 10**6))
def test_records_removed_have_never_come(gone: set[int], seed: int) -> None:
    resolver = resolved(RECORDS)
    for each in random.Random(seed).sample(sorted(gone), len(gone)):
        resolver.remove(str(RECORDS[each]["id"]))
    resolver.settle()
    without = resolved([each for number, each in enumerate(RECORDS) if number not in gone])
    without.settle()
    assert list(resolver.clusters()) == list(without.clusters())


def test_removing_a_record_needs_no_settling_to_be_as_though_it_had_not_come() -> None:
    settled = resolved(RECORDS)
    settled.settle()
    before = list(settled.clusters())
    extra = people(1, seed=9)
    settled.add([f"extra-{each['id']}" for each in extra], table(extra))
    for each in extra:
        settled.remove(f"extra-{each['id']}")
    assert list(settled.clusters()) == before


def test_a_key_that_grows_common_and_rare_again_leaves_the_pairs_as_they_were() -> None:
    resolver = resolved(RECORDS)
    resolver.settle()
    before = list(resolver.clusters())
    crowd = [{**RECORDS[0], "id": f"crowd-{each}"} for each in range(COMMON + 5)]
    resolver.add([str(each["id"]) for each in crowd], table(crowd))
    for each in crowd:
        resolver.remove(str(each["id"]))
    resolver.settle()
    assert list(resolver.clusters()) == before


def test_an_officer_joins_and_parts_whatever_the_evidence() -> None:
    resolver = resolved(RECORDS)
    resolver.judge(judged(SAME))
    assert resolver.cluster_of("1-0") == resolver.cluster_of("0-0") == "0-0"
    resolver.judge(judged(DIFFERENT))
    assert resolver.cluster_of("1-0") != resolver.cluster_of("0-0")
    resolver.judge(judged(DIFFERENT, "2-0", "2-1"))
    assert resolver.cluster_of("2-0") != resolver.cluster_of("2-1")


def test_a_cluster_is_called_by_its_oldest_record_and_says_who_is_in_it() -> None:
    resolver = resolved(RECORDS)
    resolver.settle()
    assert resolver.members_of(resolver.cluster_of("5-2"))[0] == resolver.cluster_of("5-2")


def test_the_evidence_for_a_pair_is_told_field_by_field_and_the_same_both_ways() -> None:
    resolver = resolved(RECORDS)
    there, back = resolver.explain("3-0", "3-1"), resolver.explain("3-1", "3-0")
    assert [step.field for step in there.steps] == ["name", "born", "town", "code", "sex"]
    assert there.bits == pytest.approx(back.bits)
    assert there.bits > there.needed


def test_judgements_teach() -> None:
    resolver = resolved(RECORDS)
    resolver.settle()
    before = resolver.explain("3-0", "3-1").bits
    for person in range(30):
        resolver.judge(judged(SAME, f"{person}-0", f"{person}-1"))
    resolver.settle()
    assert resolver.explain("3-0", "3-1").bits != before


def test_an_id_that_comes_twice_is_refused_and_nothing_is_taken_in() -> None:
    resolver = resolved(RECORDS)
    some = table(RECORDS[:2])
    with pytest.raises(BadInputError, match="0-0"):
        resolver.add(["new", "0-0"], some)
    assert len(resolver) == len(RECORDS)


def test_what_is_not_there_cannot_be_asked_about_or_taken_back() -> None:
    resolver = resolved(RECORDS)
    with pytest.raises(NotFoundError):
        resolver.cluster_of("nobody")
    with pytest.raises(NotFoundError):
        resolver.take_back("0-0", "1-0")
    with pytest.raises(BadInputError):
        resolver.judge(judged("perhaps"))


def test_blank_and_one_letter_names_make_no_giant() -> None:
    blank = {"name": None, "born": None, "town": None, "code": None, "sex": "m"}
    nobody: list[dict[str, str | None]] = [{"id": f"b{each}", **blank} for each in range(300)]
    letters: list[dict[str, str | None]] = [{"id": f"l{each}", **blank, "name": "x"} for each in range(300)]
    resolver = resolved(nobody + letters, group=50)
    resolver.settle()
    assert len(partition(resolver)) == 600


def test_no_records_settle_into_no_clusters() -> None:
    resolver = resolved([])
    resolver.settle()
    assert list(resolver.clusters()) == []
    assert isinstance(resolver, Resolver)

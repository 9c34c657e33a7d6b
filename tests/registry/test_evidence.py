"""Evidence: what agrees in which way, what cannot be one, and a waterfall that adds up."""

from __future__ import annotations

import pytest

from leconfield.ledger.model import SubjectId
from leconfield.registry.compare import compare_names
from leconfield.registry.evidence import (
    BIRTH,
    SHIPPED,
    contradictions,
    name_level,
    profile_of,
    united,
    weigh_births,
    weigh_facts,
    weigh_identifiers,
    weigh_names,
)
from leconfield.registry.names import parse_name
from leconfield.registry.records import Number, Record, fold_record
from tests.registry.worlds import record


def said(*of: tuple[str, str]) -> Record:
    return fold_record(SubjectId("a"), record("a", ("name", "Oona Tregenza"), *of))


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1961-04-17", "1961-04-17", "day"),
        ("1961-04-17", "1961-04", "month"),
        ("1961-04-17", "1961-01-01", "year"),
        ("1961-04-05", "1961-05-04", "swapped"),
        ("1961-04-17", "1988-09-02", "differ"),
    ],
)
def test_births_agree_as_far_as_either_is_known(left: str, right: str, level: str) -> None:
    weight = weigh_births((left,), (right,))
    assert (weight.level, weight.bits) == (level, SHIPPED[BIRTH, level])
    assert weigh_births((right,), (left,)).bits == weight.bits


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Gareth Pritchard", "PRITCHARD, Gareth", "same"),
        ("Bill Turner", "William Turner", "nickname"),
        ("Gareth Pritchard", "Garreth Pritchard", "letters"),
        ("Gareth Pritchard", "G. Pritchard", "initial"),
        ("Gareth Pritchard", "Pritchard", "missing"),
        ("Gareth Pritchard", "Oona Pritchard", "contradicts"),
        ("Gareth Pritchard", "Oona Tregenza", "contradicts"),
    ],
)
def test_names_agree_as_badly_as_their_worst_part(left: str, right: str, level: str) -> None:
    match = compare_names(parse_name(left), parse_name(right))
    assert name_level(match) == level
    assert sum(each.bits for each in weigh_names(match)) == pytest.approx(match.bits)


def test_a_line_for_each_fact_and_each_identifier_in_common() -> None:
    one = profile_of([said(("gender", "m"), ("country", "Peru"), ("phone", "07700 900123"), ("idNumber", "X12345"))])
    other = profile_of([said(("gender", "f"), ("country", "Peru"), ("phone", "07700900123"), ("idNumber", "x12345"))])
    assert [(each.field, each.level) for each in weigh_facts(one, other)] == [("sex", "differ"), ("country", "same")]
    assert {each.level for each in weigh_identifiers(one, other)} == {"shared", "sure"}
    assert [each.level for each in weigh_identifiers(one, other, but="x12345")] == ["shared"]


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ((("birthDate", "1961"),), (("birthDate", "1988-09-02"),), "born 1961 against 2 September 1988"),
        ((("gender", "m"),), (("gender", "female"),), "male against female"),
        ((("idNumber", "AB123"),), (("idNumber", "CD456"),), "document number AB123 against CD456"),
        ((("idNumber", "AB123"),), (("idNumber", "99123"),), ""),
        ((("idNumber", "AB123"), ("idNumber", "CD456")), (("idNumber", "CD456"),), ""),
        ((("phone", "07700900123"),), (("phone", "07700900124"),), ""),
    ],
)
def test_what_one_person_cannot_have_both_of(
    left: tuple[tuple[str, str], ...], right: tuple[tuple[str, str], ...], words: str
) -> None:
    one, other = profile_of([said(*left)]), profile_of([said(*right)])
    assert "; ".join(contradictions(one, other)) == words
    assert bool(contradictions(other, one)) == bool(words)


@pytest.mark.parametrize(
    ("until", "since", "rivals"),
    [("2019", "2020", False), ("2020-06", "2020", True), ("", "2020", True), ("", "", True)],
)
def test_a_number_that_had_run_out_is_no_rival_of_the_next(until: str, since: str, rivals: bool) -> None:
    first = Number("idNumber", "AB123", "ab123", "", until)
    second = Number("idNumber", "CD456", "cd456", since, "")
    assert first.rivals(second) == second.rivals(first) == rivals


def test_united_profiles_say_what_both_say() -> None:
    one, other = profile_of([said(("birthDate", "1961"))]), profile_of([said(("gender", "m"))])
    both = united(one, other)
    assert (both.births, both.sexes) == (("1961",), ("male",))

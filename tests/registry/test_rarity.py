"""How common a name is: bearers are counted, not mentions, and the shipped tables are blended in."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger.model import Statement, SubjectId
from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.links import keys_of
from leconfield.registry.rarity import Bearers, shipped_bits
from leconfield.registry.records import Record, fold_record
from tests.registry.worlds import in_text, record


def folded(*records: tuple[Statement, ...]) -> list[Record]:
    return [fold_record(SubjectId(each[0].subject), each) for each in records]


def bearers(*records: tuple[Statement, ...]) -> Bearers:
    counted = Bearers()
    for each in folded(*records):
        counted.take(each)
    return counted


def test_ten_reports_about_one_man_do_not_make_his_name_common() -> None:
    counted = bearers(*(in_text(f"r{at}", "Gareth Pritchard") for at in range(10)))
    assert (counted.bearing(PERSON, "pritchard"), counted.population(PERSON)) == (1, 1)


def test_everybody_who_is_entered_counts() -> None:
    counted = bearers(*(record(f"r{at}", ("name", "Gareth Pritchard")) for at in range(10)))
    assert (counted.bearing(PERSON, "pritchard"), counted.population(PERSON)) == (10, 10)


def test_a_name_that_many_bear_is_worth_less_than_the_tables_say_and_one_that_nobody_bears_more() -> None:
    counted = bearers(*(record(f"r{at}", ("name", f"Gareth Tregenza{chr(97 + at % 26)}")) for at in range(4000)))
    assert counted.bits(PERSON, "gareth") < shipped_bits(PERSON, "gareth")
    assert counted.bits(PERSON, "smith") > shipped_bits(PERSON, "smith")


def test_a_whole_name_that_a_hundred_are_entered_under_joins_nobody() -> None:
    many = [record(f"r{at}", ("name", "Xanthippe Quillfeather")) for at in range(100)]
    (key,) = keys_of(folded(many[0])[0])
    assert bearers(*many).key_bits(key) < bearers(*many[:2]).key_bits(key) - 15


def test_organisations_of_one_name_are_told_apart_by_the_whole_of_it() -> None:
    (key, *_) = keys_of(folded(in_text("a", "Severn Dock Workers", schema=ORGANISATION))[0])
    some = [in_text(f"r{at}", f"Severn Dock {at}", schema=ORGANISATION) for at in range(300)]
    assert bearers(*some).key_bits(key) == bearers().key_bits(key)


NAMES = st.sampled_from(["Gareth Pritchard", "Oona Pritchard", "Gareth Tregenza", "", "G. Pritchard"])


@settings(max_examples=100)
@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["text", "table"])), max_size=8), st.randoms())
def test_counting_anew_and_in_any_order_ends_in_the_same(told: list[tuple[str, str, str]], random: object) -> None:
    """Each record is first counted under one name, then under another."""
    before = folded(*(record(f"r{at}", ("name", one), origin=how) for at, (one, _, how) in enumerate(told)))
    after = folded(*(record(f"r{at}", ("name", other), origin=how) for at, (_, other, how) in enumerate(told)))
    step_by_step, at_once = Bearers(), Bearers()
    random.shuffle(before)  # type: ignore[attr-defined]
    for each in (*before, *reversed(after)):
        step_by_step.take(each)
    for each in after:
        at_once.take(each)
    words = {word for each in after for name in each.parsed for word in name.key.split()} | {"oona", "gareth"}
    for word in words:
        assert step_by_step.bearing(PERSON, word) == at_once.bearing(PERSON, word)
        assert step_by_step.bits(PERSON, word) == at_once.bits(PERSON, word)
    assert step_by_step.population(PERSON) == at_once.population(PERSON)

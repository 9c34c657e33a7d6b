"""How grave something looks, and in what order it waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.desk.interest import service as interest
from leconfield.desk.leads.model import Item
from leconfield.desk.leads.pages_clocks import lasting, waiting_clock
from leconfield.desk.leads.queue import waiting
from leconfield.desk.leads.raisers import watch_rules, watcher_of
from leconfield.desk.leads.rules import (
    BANDS,
    CLOSED_ONE,
    OPEN_ONE,
    REGISTERED,
    Touched,
    Wanted,
    band_of,
    due_of,
    in_order,
    weights_of,
)
from leconfield.desk.suggestions import Reason
from leconfield.ledger.model import SubjectId
from leconfield.ledger.times import stamp
from leconfield.registry.query import parse_query
from leconfield.registry.watch import watch_question
from tests.desk.leads.builders import decided, only, told
from tests.ledger.desks import EMMA, ROB, START, desk, look

ITEM = Item("a", "report", "A torch", (), (), stamp(START), "S", ("HEATHER",), 1, "rob", ())


def _item(name: str, bits: float, minutes: int) -> Item:
    return replace(ITEM, id=name, came=stamp(START + timedelta(minutes=minutes)), reasons=(Reason("so", bits),))


def test_the_gravest_wait_first_and_of_these_the_oldest() -> None:
    items = [_item("low", -1, 0), _item("young", 6, 9), _item("old", 5.5, 3), _item("middle", 1, 1)]
    assert [each.id for each in in_order(items)] == ["old", "young", "middle", "low"]
    assert [each.id for each in in_order(items, oldest_first=True)] == ["low", "middle", "old", "young"]


@given(st.permutations([_item(str(number), number % 7 - 1, number // 3) for number in range(12)]))
def test_the_order_does_not_hang_on_how_they_came(items: list[Item]) -> None:
    assert in_order(items) == in_order(sorted(items, key=lambda each: each.id))


@given(st.floats(-100, 100))
def test_every_weight_falls_into_a_band_and_the_graver_has_less_time(bits: float) -> None:
    assert band_of(bits) in BANDS
    assert [each.hours for each in BANDS] == sorted(each.hours for each in BANDS)


def test_the_clock_turns_red_when_its_time_is_over() -> None:
    grave = _item("grave", 6, 0)
    states = [waiting_clock(grave, START + timedelta(minutes=each)).state for each in (0, 40, 50, 61)]
    assert states == ["calm", "soon", "due", "overdue"]
    assert due_of(grave) == START + timedelta(hours=1)


@pytest.mark.parametrize(
    ("seconds", "words"), [(-5, "0 min"), (59, "0 min"), (3599, "59 min"), (7200, "2 h"), (200_000, "2 days")]
)
def test_a_length_of_time_is_told_in_the_unit_that_fits(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


def test_a_filter_admits_what_bears_all_that_is_asked() -> None:
    now = stamp(START + timedelta(hours=2))
    assert Wanted(source="HEATHER", label="S", whose="rob", age="shift").admits(ITEM, "S", now)
    for wanted in (Wanted(source="X"), Wanted(label="O"), Wanted(whose="emma"), Wanted(age="hour")):
        assert not wanted.admits(ITEM, "S", now)


def test_several_reports_of_one_origin_weigh_as_one() -> None:
    at = desk()
    for source, origin in (("HEATHER", "Devlin"), ("THISTLE", "Devlin"), ("ALDER", "")):
        told(at, f"{source} says Thursday.", source=source, origin=origin)
    reports = look(at, ROB).reports()
    words = [each.words for each in weights_of(reports, (), (), ())]
    assert "told by 2 independent origins" in words


def test_a_better_grade_weighs_more() -> None:
    at = desk()
    for number, grade in enumerate(("A1", "C3", "E5")):
        told(at, f"Report {number} of the quay.", grade=grade)
    bits = {each.title: each.bits for each in waiting(look(at, ROB))}
    assert bits["Report 0 of the quay."] > bits["Report 1 of the quay."] > bits["Report 2 of the quay."]


def test_what_comes_in_for_a_watch_is_raised_and_comes_back_with_what_is_newer() -> None:
    at = desk()
    terms = {"reason": "heard of before", "label": "S", "until": "", "least": "0.2"}
    watch_question(at, look(at, EMMA), parse_query("Ray Cassell"), **terms)
    first = told(at, "Ray Cassell was at the quay.", names=["Ray Cassell"])
    (raised,) = watch_rules(look(at, ROB))
    assert (raised.kind, raised.reports, watcher_of(look(at, ROB), raised.id)) == ("watch rule", (first,), "emma")
    decided(at, first)
    assert only(at).id == raised.id
    decided(at, raised.id)
    assert waiting(look(at, ROB)) == []
    second = told(at, "Ray Cassell has sold the van.", names=["Ray Cassell"])
    back = next(each for each in waiting(look(at, ROB)) if each.id == raised.id)
    assert back.changed is not None
    assert back.changed.reports == (second,)


def test_a_watch_adds_to_the_weight_of_the_report_that_came_for_it() -> None:
    at = desk()
    terms = {"reason": "heard of before", "label": "S", "until": "", "least": "0.2"}
    watch_question(at, look(at, EMMA), parse_query("Ray Cassell"), **terms)
    told(at, "Ray Cassell was at the quay.", names=["Ray Cassell"])
    told(at, "Ada Brook was at the quay.", names=["Ada Brook"])
    bits = {each.title: each.bits for each in waiting(look(at, ROB))}
    assert bits["Ray Cassell was at the quay."] > bits["Ada Brook was at the quay."]


def test_a_closed_subject_touched_weighs_more_than_an_open_one_and_that_more_than_one_registered() -> None:
    touched = [Touched("Ray", SubjectId("r"), (), standing) for standing in (CLOSED_ONE, OPEN_ONE, REGISTERED)]
    bits = [sum(each.bits for each in weights_of((), (), [one], ())) for one in touched]
    assert bits == sorted(bits, reverse=True)
    assert len(set(bits)) == 3


def test_a_report_on_a_closed_subject_is_told_to_touch_one() -> None:
    at = desk()
    first = told(at, "Ray Cassell was at the quay.", names=["Ray Cassell"])
    (mention,) = look(at, ROB).statements(report=first)
    terms = {"reason": "heard of", "review": "2099-01-01", "label": "S"}
    interest.open_subject(at, look(at, ROB), mention.subject, tier="3", **terms)
    interest.close(at, look(at, ROB), mention.subject, risk="low", residual="little", **terms)
    assert "touches a closed subject of interest" in [each.words for each in only(at).reasons]

"""Tests of `leconfield.outreach.agenda`: what happens when, and a month's grid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.outreach.agenda import Happening, ahead, beside, happenings, month_of, weeks
from leconfield.outreach.orders import issue
from tests.ledger.desks import EMMA, desk, look

MONTHS = st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(lambda each: each.isoformat()[:7])


def at(when: str) -> Happening:
    return Happening(when, "Vacancy closes", "", "/window", "vacancy")


@given(MONTHS)
def test_a_month_is_whole_weeks_from_a_monday_with_each_day_once(month: str) -> None:
    days = [each for week in weeks(month, ()) for each in week]
    assert {len(week) for week in weeks(month, ())} == {7}
    assert date.fromisoformat(days[0].day).isoweekday() == 1
    assert [date.fromisoformat(days[0].day) + timedelta(days=n) for n in range(len(days))] == [
        date.fromisoformat(each.day) for each in days
    ]
    assert [each.day for each in days if each.within] == sorted(
        {each.day for each in days if each.day.startswith(month)}
    )


@given(MONTHS, st.integers(-500, 500))
def test_as_many_months_back_as_forward_is_the_same_month(month: str, steps: int) -> None:
    assert beside(beside(month, steps), -steps) == month


def test_what_is_ahead_comes_after_now() -> None:
    found = (at("2026-03-02T09:00:00"), at("2026-03-03"), at("2026-03-03T12:00:00"), at("2026-03-04"))
    assert ahead(found, "2026-03-03T10:00:00Z", 9) == found[2:]
    assert ahead(found, "2026-03-01T10:00:00Z", 2) == found[:2]


@pytest.mark.parametrize("words", ["2026-13", "2026", "march", "2026-03-01", "x" * 400])
def test_what_is_no_month_is_said_so(words: str) -> None:
    with pytest.raises(BadInputError, match="no month"):
        month_of(words, "2026-03-02T09:00:00Z")


def test_an_order_that_cannot_be_read_is_left_out() -> None:
    held = desk()
    issue(held, look(held, EMMA), "round", "may", {"opens": "soon"}, "S")
    issue(held, look(held, EMMA), "vacancy", "clerk", {}, "S")
    issue(held, look(held, EMMA), "challenge", "radio", {"dates": []}, "S")
    assert happenings(held, look(held, EMMA)) == ()

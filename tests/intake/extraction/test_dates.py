"""Dates of honest precision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.intake.extraction.dates import dates
from leconfield.ledger.times import check_partial

WEDNESDAY = "2024-06-12"


def values(text: str, written: str = WEDNESDAY) -> list[str]:
    return [each.value for each in dates(text, written)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("born 3 March 1988", "1988-03-03"),
        ("on the 3rd of March, 1988", "1988-03-03"),
        ("SAN SALVADOR, 3 JAN 90", "1990-01-03"),
        ("DOB 03/04/1988", "1988-04-03"),
        ("by 12/25/1988", "1988-12-25"),
        ("1989-03-05", "1989-03-05"),
        ("in March 2020", "2020-03"),
        ("March 3, 2021", "2021-03-03"),
        ("in 1988", "1988"),
        ("ON 30 DECEMBER", "2023-12-30"),
        ("on 3 May", "2024-05-03"),
        ("yesterday", "2024-06-11"),
        ("last night", "2024-06-11"),
        ("on Tuesday", "2024-06-11"),
        ("on Wednesday", WEDNESDAY),
        ("last Wednesday", "2024-06-05"),
        ("next Friday", "2024-06-14"),
        ("tomorrow", "2024-06-13"),
        ("at 14:30 on 4 May 2023", "2023-05-04T14:30"),
        ("on 4 May 2023 at 2.15 pm", "2023-05-04T14:15"),
        ("0915 hrs on 4 May 2023", "2023-05-04T09:15"),
    ],
)
def test_a_date_is_as_precise_as_its_words(text: str, value: str) -> None:
    assert values(text) == [value]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert values("31/02/1990 and 31 April 1999") == []


def test_without_the_reports_date_relative_days_stay_unread() -> None:
    assert values("yesterday, on Tuesday, 30 December", "") == []


@given(
    st.text(alphabet="0123456789/.-: JanuaryonTuesday ,th"), st.sampled_from(["", WEDNESDAY, "1990", "x", "0001-01-01"])
)
def test_every_value_is_a_partial_date(text: str, written: str) -> None:
    assert all(check_partial(value) for value in values(text, written))

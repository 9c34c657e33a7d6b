"""Times are resolved as precisely as the report says, and no more."""

from datetime import date

import pytest

from leconfield.intake.extraction.incidents.when import held_in, written_on
from leconfield.ledger.times import ALWAYS, Held

WRITTEN = date(1990, 1, 3)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("attacked yesterday", Held.on("1990-01-02")),
        ("attacked tonight", Held.on("1990-01-03")),
        ("on 30 december", Held.on("1989-12-30")),
        ("on january 2", Held.on("1990-01-02")),
        ("on 5 march 1988", Held.on("1988-03-05")),
        ("in march 1988", Held.on("1988-03")),
        ("last november", Held.on("1989-11")),
        ("in 1986", Held.on("1986")),
        ("on monday", Held.on("1990-01-01")),
        ("on wednesday", Held.on("1989-12-27")),
        ("last week", Held("1989-12-25", "1989-12-31")),
        ("last month", Held.on("1989-12")),
        ("last year", Held.on("1989")),
        ("three days ago", Held.on("1989-12-31")),
        ("a month ago", Held.on("1989-12")),
        ("on 31 february", ALWAYS),
        ("nobody knows when", ALWAYS),
    ],
)
def test_words_of_time_become_days_months_or_years(words: str, held: Held) -> None:
    assert held_in(words, 0, len(words), WRITTEN) == held


def test_a_relative_time_without_a_report_date_stays_open() -> None:
    assert held_in("attacked yesterday", 0, 18, None) == ALWAYS


def test_the_dateline_dates_a_report_that_bears_no_date() -> None:
    assert written_on("san salvador, 3 jan 90 -- (report) (text) a bomb", "") == WRITTEN
    assert written_on("a bomb exploded", "") is None
    assert written_on("a bomb exploded", "1990-01-03T10:00") == WRITTEN


@pytest.mark.parametrize("words", ["99 january", "eight years ago", "last year", "this week", "last weekend"])
def test_the_first_days_of_the_calendar_do_not_break_it(words: str) -> None:
    held_in(words, 0, len(words), date(1, 1, 1))

"""Tests of `leconfield.authority.spans`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.authority.spans import Span
from leconfield.errors import BadInputError

FRIDAY = datetime(2026, 4, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("72 hours", datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 5, 9, tzinfo=UTC)),
        ("28 days", datetime(2026, 2, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("3 months", datetime(2026, 1, 31, 9, tzinfo=UTC), datetime(2026, 4, 30, 9, tzinfo=UTC)),
        ("12 months", datetime(2024, 2, 29, 9, tzinfo=UTC), datetime(2025, 2, 28, 9, tzinfo=UTC)),
        ("1 month", datetime(2026, 12, 31, 9, tzinfo=UTC), datetime(2027, 1, 31, 9, tzinfo=UTC)),
    ],
)
def test_a_span_ends_where_the_calendar_has_it(text: str, begin: datetime, end: datetime) -> None:
    assert Span.read(text).after(begin) == end


def test_working_days_leave_out_week_ends_and_holidays_and_run_to_the_end_of_the_last() -> None:
    easter_monday = date(2026, 4, 6)
    assert Span.read("2 working days").after(FRIDAY).date() == date(2026, 4, 7)
    assert Span.read("2 working days").after(FRIDAY, {easter_monday}) == datetime(2026, 4, 8, 23, 59, 59, 999999, UTC)


@pytest.mark.parametrize(
    "text", ["", "3", "months", "0 days", "-1 days", "3 fortnights", "3  days", "３ days", "12345 days"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="no span"):
        Span.read(text)


@given(
    st.builds(Span, st.integers(1, 400), st.sampled_from(["hour", "day", "month", "working day"])),
    st.integers(0, 20 * 365 * 24).map(lambda hours: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)),
)
def test_a_span_is_never_over_before_it_begins_and_reads_as_it_is_written(span: Span, moment: datetime) -> None:
    assert span.after(moment) > moment
    assert span.before(moment) < moment
    assert Span.read(str(span)) == span
    assert Span(span.count + 1, span.unit).after(moment) > span.after(moment) - timedelta(microseconds=1)

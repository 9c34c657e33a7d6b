"""Tests of `leconfield.agents.planning.hours`: what people write of a week is read, or named where it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.agents.planning.hours import clock, parsed, shifted, words
from leconfield.agents.planning.model import DAY, Window
from leconfield.errors import BadInputError


def test_stretches_are_read_in_any_of_the_usual_ways() -> None:
    assert parsed("Friday 18:00 to 21:30; mon 9:05-10:00\nmon 9:05-10:00") == (
        Window(9 * 60 + 5, 10 * 60),
        Window(4 * DAY + 18 * 60, 4 * DAY + 21 * 60 + 30),
    )


def test_one_that_ends_before_it_begins_runs_past_midnight() -> None:
    assert parsed("tue 22:00-01:00") == (Window(DAY + 22 * 60, 2 * DAY + 60),)
    assert parsed("sun 22:00-24:00") == (Window(6 * DAY + 22 * 60, 7 * DAY),)


@pytest.mark.parametrize(
    "text",
    ["", " ,;", "xxx 10:00-11:00", "mon 10:60-11:00", "mon 24:30-25:00", "mon 10-11", "mon 10:00-10:00", "9" * 99],
)
def test_what_is_no_stretch_is_named(text: str) -> None:
    with pytest.raises(BadInputError, match="mon 10:00-12:00"):
        parsed(text)


def test_nobody_writes_a_week_that_nobody_reads() -> None:
    with pytest.raises(BadInputError, match="21 stretches at most"):
        parsed(", ".join(f"mon {hour:02}:{minute:02}-23:59" for hour in range(11) for minute in (0, 30)))


@given(st.text(max_size=200))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        found = parsed(text)
    except BadInputError:
        return
    assert all(0 <= each.begin < each.end <= 7 * DAY for each in found)


STRETCHES = st.builds(
    lambda day, begin, long: Window(day * DAY + begin, min(day * DAY + begin + long, 7 * DAY)),
    st.integers(0, 6),
    st.integers(0, DAY - 2),
    st.integers(1, DAY - 1),
)


@given(st.lists(STRETCHES, min_size=1, max_size=8, unique=True), st.integers(-7, 7))
def test_what_is_written_is_read_back_and_moving_keeps_lengths(stretches: list[Window], days: int) -> None:
    kept = tuple(sorted(stretches, key=lambda each: (each.begin, each.end)))
    assert parsed(words(kept)) == kept
    moved = shifted(kept, days)
    assert {each.end - each.begin for each in moved} <= {each.end - each.begin for each in kept}
    assert set(shifted(moved, -days)) <= set(kept)


def test_hours_are_written_as_clocks_show_them() -> None:
    assert [clock(each) for each in (0, 65, DAY - 1, DAY, 3 * DAY + 600)] == [
        "00:00",
        "01:05",
        "23:59",
        "00:00",
        "10:00",
    ]

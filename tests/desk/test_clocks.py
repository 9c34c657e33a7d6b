"""How long there is, and how late it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leconfield.desk.clocks import DAY, due_by, span

NOW = "2026-03-09T11:00:00.000000Z"


@pytest.mark.parametrize(
    ("minutes", "least", "words"),
    [(0, 1, "1 minute"), (59, 1, "59 minutes"), (90, 1, "1 hour"), (90, 2, "90 minutes"), (36 * 60, 2, "36 hours")],
)
def test_a_length_of_time_is_told_in_the_largest_unit_that_fits(minutes: int, least: int, words: str) -> None:
    assert span(timedelta(minutes=minutes), least) == words


def test_what_is_late_by_less_than_a_minute_is_late() -> None:
    assert due_by("2026-03-09T10:59", NOW, soon=DAY).state == "overdue"
    assert due_by("2026-03-09T11:00", NOW, soon=DAY).state == "soon"


def test_where_no_moment_is_known_nothing_is_late() -> None:
    assert due_by("1970-01-01", "", soon=DAY).state == "calm"

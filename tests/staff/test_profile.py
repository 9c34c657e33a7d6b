"""Tests of `leconfield.staff.profile`: the line's rules are data, and data that is wrong is refused in words."""

from __future__ import annotations

import pytest

from leconfield.errors import BadInputError
from leconfield.staff.profile import parse, shipped

WRITTEN = """
format = 1
rest_minutes = 600
in_a_row = 4
days = 14
resume_minutes = 10
[[duty]]
name = "whole-day"
begins = "08:30"
minutes = 1440
weight = 2
[[step]]
who = "whoever is there"
duties = ["whole-day"]
after_minutes = 0
"""


def test_the_shipped_rules_ask_three_people_one_after_the_other() -> None:
    assert [(each.who, each.after) for each in shipped().steps] == [
        ("duty officer", 0),
        ("second", 5),
        ("controller on call", 15),
    ]


def test_another_service_writes_its_own() -> None:
    made = parse(WRITTEN)
    assert made.duty("whole-day").begins == 8 * 60 + 30
    assert (made.rest, made.in_a_row, made.days, made.resume) == (600, 4, 14, 10)


@pytest.mark.parametrize(
    "wrong",
    [
        WRITTEN.replace('duties = ["whole-day"]', 'duties = ["night"]'),
        WRITTEN.replace("format = 1", "format = 2"),
        WRITTEN.replace("days = 14", ""),
        WRITTEN.replace('"08:30"', '"half past"'),
        WRITTEN.replace('"whole-day"', '"Whole day"'),
        WRITTEN.replace('"whole-day"', '"day\\r\\nATTENDEE:x"'),
        "not [ toml",
        "",
    ],
)
def test_rules_that_do_not_hold_together_are_refused(wrong: str) -> None:
    with pytest.raises(BadInputError):
        parse(wrong)

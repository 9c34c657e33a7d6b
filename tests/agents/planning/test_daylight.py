"""Tests of `leconfield.agents.planning.daylight`, against almanacs and against what must hold anywhere."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.agents.planning.daylight import light, sun
from leconfield.agents.planning.model import DAY, Place

LONDON = Place("London", 51.5074, -0.1278)
EDINBURGH = Place("Edinburgh", 55.9533, -3.1883)
TROMSO = Place("Tromso", 69.6492, 18.9553)
ALMANAC = (
    (LONDON, date(2026, 3, 20), "06:05", "18:14"),
    (LONDON, date(2026, 6, 21), "03:43", "20:21"),
    (LONDON, date(2026, 12, 21), "08:04", "15:53"),
    (EDINBURGH, date(2026, 6, 21), "03:27", "21:02"),
    (EDINBURGH, date(2026, 12, 21), "08:42", "15:40"),
    (Place("Sydney", -33.8688, 151.2093), date(2026, 12, 21), "-05:19", "09:05"),
)
"""Sunrise and sunset in UTC as almanacs print them; Sydney's sun rises on the UTC day before."""


def minutes(text: str) -> int:
    hours, _, rest = text.removeprefix("-").partition(":")
    found = int(hours) * 60 + int(rest)
    return -found if text.startswith("-") else found


@pytest.mark.parametrize(("place", "day", "rises", "sets"), ALMANAC)
def test_the_sun_rises_and_sets_when_almanacs_say(place: Place, day: date, rises: str, sets: str) -> None:
    found = sun(day, place)
    assert found is not None
    assert abs(found[0] - minutes(rises)) <= 3
    assert abs(found[1] - minutes(sets)) <= 3


def test_beyond_the_polar_circle_there_are_days_without_a_night_and_nights_without_a_day() -> None:
    assert sun(date(2026, 12, 21), TROMSO) is None
    found = sun(date(2026, 6, 21), TROMSO)
    assert found is not None
    assert found[1] - found[0] == DAY


def test_it_is_light_while_it_is_light_at_every_place_on_every_day() -> None:
    monday = date(2026, 11, 23)
    both = light(monday, [LONDON, EDINBURGH])
    alone = [light(monday, [each]) for each in (LONDON, EDINBURGH)]
    assert both == (max(each[0] for each in alone), min(each[1] for each in alone))
    assert light(monday, []) == (0, DAY)
    rises, sets = light(date(2026, 12, 21), [LONDON, TROMSO])
    assert rises >= sets


@given(st.dates(date(1970, 1, 1), date(2199, 1, 1)), st.floats(-90, 90), st.floats(-180, 180))
def test_anywhere_on_any_day_noon_lies_between(day: date, north: float, east: float) -> None:
    found = sun(day, Place("there", north, east))
    if found is not None:
        noon = DAY / 2 - 4 * east
        assert found[0] <= found[1]
        assert abs((found[0] + found[1]) / 2 - noon) <= 20

"""Coordinates in prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.intake.extraction.coordinates import coordinates, grid_reference


def values(text: str) -> list[str]:
    return [each.value for each in coordinates(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("at 51.8787, -0.4200.", "51.87870,-0.42000"),
        ("at 33.34 N, 44.40 E", "33.34000,44.40000"),
        ("33°20'15\"N 44°23'00\"E", "33.33750,44.38333"),
        ("13°42′S 89°12′W", "-13.70000,-89.20000"),
    ],
)
def test_coordinates_become_decimal_degrees(text: str, value: str) -> None:
    assert values(text) == [value]


def test_the_ordnance_surveys_own_worked_example() -> None:
    place = grid_reference("TG 51409 13177")
    assert place is not None
    assert place == pytest.approx((52.65798, 1.71605), abs=0.0001)


def test_a_short_grid_reference_needs_the_word() -> None:
    assert values("grid TL 09 21") != []
    assert values("TL 09 21") == []


def test_measurements_are_no_coordinates() -> None:
    assert values("between 3.14, 2.71 and 7.5 kilometres; 191.1234, 12.1234") == []


@given(st.text(alphabet="0123456789.,-NSEW °'\"TLSEgrid "))
def test_whatever_is_found_lies_on_the_globe(text: str) -> None:
    for value in values(text):
        latitude, longitude = map(float, value.split(","))
        assert abs(latitude) <= 90
        assert abs(longitude) <= 180

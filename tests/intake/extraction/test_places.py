"""The gazetteer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.intake.extraction.places import country_of, resolve


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Luton", "", 51.9, -0.4),
        ("LEEDS", "", 53.8, -1.5),
        ("Tower Hamlets", "GB", 51.5, -0.06),
        ("Croydon", "GB", 51.4, -0.1),
        ("West Yorkshire", "", 53.7, -1.5),
        ("Usulutan department", "SV", 13.3, -88.4),
        ("MEDELLIN", "CO", 6.2, -75.6),
        ("Bogotá", "", 4.6, -74.1),
        ("northern Iraq", "", 33.3, 44.4),
        ("Mosul", "IQ", 36.3, 43.1),
        ("Berlin, Germany", "", 52.5, 13.4),
        ("Grimsby", "GB", 53.6, -0.1),
    ],
)
def test_a_named_place_is_found_where_it_is(name: str, country: str, latitude: float, longitude: float) -> None:
    place = resolve(name, country)
    assert place is not None
    assert (place.latitude, place.longitude) == pytest.approx((latitude, longitude), abs=0.2)


def test_the_reports_country_decides_between_towns_of_one_name() -> None:
    at_home, abroad = resolve("San Miguel", "SV"), resolve("San Miguel", "PE")
    assert at_home is not None
    assert abroad is not None
    assert (at_home.country, abroad.country) == ("SV", "PE")


def test_the_country_of_a_place_line() -> None:
    assert country_of("San Salvador") == "SV"
    assert country_of("Luton, England") == "GB"
    assert country_of("") == ""


@given(st.text())
def test_any_name_may_be_asked_for(name: str) -> None:
    found = resolve(name)
    assert found is None or abs(found.latitude) <= 90

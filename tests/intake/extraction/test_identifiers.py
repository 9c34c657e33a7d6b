"""Identifiers by grammar and checksum."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.intake.extraction.identifiers import identifiers
from leconfield.intake.extraction.reading import (
    ADDRESS,
    EMAIL,
    HANDLE,
    IBAN,
    MONEY,
    PHONE,
    PLATE,
    REFERENCE,
    URL,
)


def found(text: str, kind: str, region: str = "GB") -> list[str]:
    return [each.value for each in identifiers(text, "2024-06-12", region) if each.kind == kind]


@given(st.text())
def test_any_text_is_read_without_failing_and_nothing_overlaps(text: str) -> None:
    spans = [each.span for each in identifiers(text, "2024-06-12")]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He rang 07700 900123 twice.", "+447700900123"),
        ("the office on 020 7946 0958", "+442079460958"),
        ("call +44 20 7946 0018 now", "+442079460018"),
        ("on (0113) 496 0001.", "+441134960001"),
        ("from 0044 7700 900 321", "+447700900321"),
        ("Phone 910-432-3383 in the States", "+19104323383"),
        ("mobile: 7700900456", "+447700900456"),
        ("ring +33 1 99 00 12 34", "+33199001234"),
    ],
)
def test_a_telephone_number_becomes_e164(text: str, value: str) -> None:
    assert found(text, PHONE) == [value]


@pytest.mark.parametrize(
    "text",
    ["in 2024 and 1990", "on 03/04/1988", "crime 41/2024/0007", "£250,000,000", "51.87870, -0.42000", "lot 1234567"],
)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert found(text, PHONE) == []


def test_online_identifiers() -> None:
    text = "Write to A.Marsh@Example.org or @north_star; see https://example.org/a?b=1."
    assert found(text, EMAIL) == ["a.marsh@example.org"]
    assert found(text, HANDLE) == ["@north_star"]
    assert found(text, URL) == ["https://example.org/a?b=1"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a Focus, KX19 ABC, parked", "KX19ABC"),
        ("AB12CDE was seen", "AB12CDE"),
        ("the old Rover M123 ABC", "M123ABC"),
        ("registration P-482 911 of San Salvador", "P482911"),
    ],
)
def test_a_plate_is_upper_case_and_unspaced(text: str, value: str) -> None:
    assert found(text, PLATE) == [value]


def test_a_postcode_is_no_plate() -> None:
    assert found("LU1 2AB and LS17 6AB", PLATE) == []


def test_an_iban_needs_its_checksum() -> None:
    assert found("to GB82 WEST 1234 5698 7654 32 today", IBAN) == ["GB82WEST12345698765432"]
    assert found("to GB83 WEST 1234 5698 7654 32 today", IBAN) == []


def test_sums_of_money() -> None:
    assert found("£59.5 million, $5m, 400 pounds, 2,000 dollars", MONEY) == [
        "GBP 59500000",
        "USD 5000000",
        "GBP 400",
        "USD 2000",
    ]


def test_documents_and_addresses() -> None:
    text = "Passport no. 123456789 was found at Flat 3, 14 Green Lane, Leeds; see Resolution 2254."
    assert found(text, REFERENCE) == ["123456789", "2254"]
    assert found(text, ADDRESS) == ["Flat 3 14 Green Lane"]

"""Facts and links that a sentence states."""

import pytest

from leconfield.ledger.model import DENIED, POSSIBLE
from leconfield.ledger.times import Held
from leconfield.ledger.vocabulary import LINKS, PROPERTIES, SCHEMATA
from tests.intake.extraction.reports import facts, links, read


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Kashif Mahmood, brother of Imran Mahmood, is away.", ("Kashif Mahmood", "family", "Imran Mahmood")),
        ("Tariq Hussain's wife, Rukhsana Bibi, was there.", ("Rukhsana Bibi", "family", "Tariq Hussain")),
        ("Declan Byrne met Piotr Nowak in Leeds.", ("Declan Byrne", "met", "Piotr Nowak")),
        ("Declan Byrne rang 07700 900123.", ("Declan Byrne", "called", "+447700900123")),
        ("Declan Byrne uses 07700 900123.", ("Declan Byrne", "user", "+447700900123")),
        ("Declan Byrne's mobile is 07700 900123.", ("Declan Byrne", "user", "+447700900123")),
        ("07700 900123, used by Declan Byrne, is off.", ("Declan Byrne", "user", "+447700900123")),
        ("Declan Byrne drives a blue Astra, KX19 ABC.", ("Declan Byrne", "user", "KX19ABC")),
        ("The van KX19 ABC is registered to Declan Byrne.", ("Declan Byrne", "owner", "KX19ABC")),
        ("Declan Byrne works nights at Falcon Gym in Leeds.", ("Declan Byrne", "employer", "Falcon Gym")),
        ("Declan Byrne owns Falcon Gym in Leeds.", ("Declan Byrne", "owner", "Falcon Gym")),
        ("Declan Byrne lives at 14 Green Lane, Leeds.", ("Declan Byrne", "residence", "14 Green Lane")),
        ("He lives at 14 Green Lane, Leeds.", ("14 Green Lane", "location", "Leeds")),
        ("Declan Byrne was seen in Luton.", ("Declan Byrne", "seenAt", "Luton")),
    ],
)
def test_a_link_is_read(text: str, link: tuple[str, str, str]) -> None:
    assert link in links(read(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Declan Byrne (born 3 March 1988) left.", ("Declan Byrne", "birthDate", "1988-03-03")),
        ("Declan Byrne, DOB 03/04/1988, left.", ("Declan Byrne", "birthDate", "1988-04-03")),
        ("Declan Byrne, a taxi driver, left.", ("Declan Byrne", "position", "taxi driver")),
        ("Foreign Secretary Boris Johnson spoke.", ("Boris Johnson", "position", "Foreign Secretary")),
        ("Piotr Nowak, a Polish national, left.", ("Piotr Nowak", "nationality", "Polish")),
    ],
)
def test_a_fact_is_read(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(read(text))


def test_the_owner_of_a_van_that_was_seen_was_not_seen_himself() -> None:
    assert not links(read("The white van registered to Declan Byrne was seen in Luton."))


def test_who_stands_in_an_apposition_does_not_act() -> None:
    found = links(read("Kashif Mahmood, brother of Imran Mahmood, works at Al-Noor Travel in Luton."))
    assert ("Kashif Mahmood", "employer", "Al-Noor Travel") in found
    assert ("Imran Mahmood", "employer", "Al-Noor Travel") not in found


def test_a_link_carries_its_assertion_and_its_day() -> None:
    denied = read("Declan Byrne did not meet Piotr Nowak.").links[0]
    dated = read("On Tuesday Declan Byrne met Piotr Nowak.").links[0]
    hedged = read("Declan Byrne reportedly met Piotr Nowak.").links[0]
    assert denied.assertion.polarity == DENIED
    assert hedged.assertion.modality == POSSIBLE
    assert dated.held == Held.on("2024-06-11")


def test_every_word_used_is_in_the_vocabulary() -> None:
    found = read(
        "Declan Byrne (born 3 March 1988), brother of Sean Byrne, lives at 14 Green Lane, Leeds. He drives KX19 ABC. "
        "Declan Byrne met Piotr Nowak at 51.8787, -0.4200, mail a@example.org, @north_star, https://example.org."
    )
    assert {chain.schema for chain in found.chains} <= SCHEMATA.keys()
    assert {fact.prop for fact in found.facts} <= PROPERTIES.keys()
    assert {link.prop for link in found.links} <= LINKS

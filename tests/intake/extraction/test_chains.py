"""Which names of a report are of one and the same."""

import pytest

from tests.intake.extraction.reports import facts, mentions, names, read


def test_a_surname_joins_the_full_name() -> None:
    found = read("Patrick O'Sullivan met Wojciech Zielinski. O'Sullivan paid, and Zielinski left.")
    assert mentions(found, "Patrick O'Sullivan") == ["Patrick O'Sullivan", "O'Sullivan"]
    assert mentions(found, "Wojciech Zielinski") == ["Wojciech Zielinski", "Zielinski"]


def test_an_honorific_with_a_surname_joins_and_tells_the_sex() -> None:
    found = read("Tariq Hussain runs the shop in Leeds. Mr Hussain was away.")
    assert mentions(found, "Tariq Hussain") == ["Tariq Hussain", "Hussain"]
    assert ("Tariq Hussain", "gender", "male") in facts(found)


def test_a_surname_of_two_people_joins_neither() -> None:
    found = read("Kashif Mahmood and Imran Mahmood live in Luton. Mr Mahmood has a van.")
    assert mentions(found, "Kashif Mahmood") == ["Kashif Mahmood"]
    assert mentions(found, "Imran Mahmood") == ["Imran Mahmood"]


def test_a_short_name_in_the_heading_joins_the_full_name_below() -> None:
    found = read("Baptiste and the shoes\n\nMarlon Baptiste asked how a person stops. Baptiste has an interview.")
    assert names(found) == ["Marlon Baptiste"]


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("Yusuf al-Khatib, also known as Abu Layth, lives in Leeds.", "Yusuf al-Khatib", "Abu Layth"),
        ("Darren Whitfield (alias Gary Holt) was seen in Hull.", "Darren Whitfield", "Gary Holt"),
        (
            "THE FARABUNDO MARTI NATIONAL LIBERATION FRONT [FMLN] DENIED IT.",
            "FARABUNDO MARTI NATIONAL LIBERATION FRONT",
            "FMLN",
        ),
    ],
)
def test_an_alias_joins_and_becomes_a_fact(text: str, name: str, alias: str) -> None:
    assert (name, "alias", alias) in facts(read(text))


def test_one_number_written_twice_is_one_chain() -> None:
    found = read("He uses 07700 900123. The number +44 7700 900123 was dialled again.")
    assert names(found, "Phone") == ["+447700900123"]
    assert len(found.mentions) == 2


def test_a_place_gets_its_coordinates_and_country() -> None:
    found = facts(read("They met in Luton."))
    assert ("Luton", "country", "GB") in found
    assert ("Luton", "latitude", "51.880") in found


def test_a_country_named_in_the_report_decides_where_a_town_lies() -> None:
    assert ("Trujillo", "country", "PE") in facts(
        read("They drove from Trujillo to Arequipa and stayed in Peru.", place="")
    )

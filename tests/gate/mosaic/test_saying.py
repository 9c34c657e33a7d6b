"""What an interview gives away, said in other words than the register's: counted, or told to be uncountable."""

from __future__ import annotations

import pytest

from leconfield.gate.mosaic.model import read_register
from leconfield.gate.mosaic.saying import Terms
from tests.gate.mosaic.staff import JOBS, TOWNS, table

ON = "2026-07-01"
REGISTER = read_register(table())
TERMS = Terms(REGISTER)
COASTAL = {"Cardiff", "Belfast", "Plymouth"}
CASES = Terms(
    read_register("name,case\nA,the Hull arms case\nB,the Luton chemist\nC,the Hull arms case;the ferry trial\nD,")
)


def told(text: str, kind: str, terms: Terms = TERMS) -> set[str]:
    """The values of a kind that a text leaves."""
    left: set[str] | None = None
    for claim in terms.claims(text, ON)[0]:
        if kind in claim.wanted:
            left = set(claim.wanted[kind]) if left is None else left & claim.wanted[kind]
    return left if left is not None else {"anything"}


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        ("A former teacher.", {"teacher", "lecturer"}),
        ("He taught before he joined us.", {"teacher", "lecturer"}),
        ("She came to us from the classroom.", {"teacher", "lecturer"}),
        ("He used to teach.", {"teacher", "lecturer"}),
        ("She is ex-army.", {"army officer"}),
        ("Before that he was a soldier.", {"army officer"}),
        ("She nursed for years.", {"nurse"}),
        ("He worked in a kitchen.", {"chef"}),
        ("She left journalism for us.", {"journalist"}),
        ("He kept the ledgers of a small firm.", {"accountant"}),
    ],
)
def test_a_job_before_joining_is_known_in_other_words(text: str, jobs: set[str]) -> None:
    assert told(text, "occupation") == jobs < set(JOBS)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("He has been here for more than a decade.", 1900, 2016),
        ("She has served for upwards of ten years.", 1900, 2016),
        ("A decade and a half in the service.", 2010, 2012),
        ("She has fifteen years' service.", 2010, 2012),
        ("He has been with us since 2014.", 2014, 2014),
        ("The best part of ten years.", 2016, 2019),
        ("She has been here for nearly two decades.", 2006, 2009),
        ("He joined a dozen years ago.", 2013, 2015),
        ("She came a couple of years ago.", 2023, 2025),
        ("Over a quarter of a century.", 1900, 2002),
        ("An old hand of twenty-odd years.", 1997, 2006),
        ("He has served for less than five years.", 2021, 2026),
    ],
)
def test_years_of_service_are_known_in_other_words(text: str, first: int, last: int) -> None:
    known = {value for each in REGISTER.members for value in each.facts["joined"]}
    assert told(text, "joined") == {each for each in known if first <= int(each) <= last}


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("She grew up in a coastal town.", COASTAL),
        ("He comes from a seaside town.", COASTAL),
        ("She was born by the sea.", COASTAL),
        ("He grew up on the south coast.", COASTAL),
        ("She is from the north of England.", {"Leeds"}),
        ("He was raised in Yorkshire.", {"Leeds"}),
        ("A proud Yorkshireman, he never left.", {"Leeds"}),
        ("She comes from Scotland.", {"Glasgow"}),
        ("He is originally from Northern Ireland.", {"Belfast"}),
        ("She grew up in the West Country.", {"Bristol", "Plymouth"}),
        ("He hails from East Anglia.", {"Norwich", "Luton"}),
        ("She is a Leeds lass.", {"Leeds"}),
    ],
)
def test_a_town_is_known_by_what_is_said_of_it(text: str, towns: set[str]) -> None:
    assert told(text, "town") == towns < set(TOWNS)


def test_a_coast_where_something_happened_is_nobodys_home() -> None:
    assert told("We watched a yard on the coast.", "town") == {"anything"}


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("She is a keen cellist.", "hobby", {"cello"}),
        ("He runs marathons.", "hobby", {"running"}),
        ("She grows vegetables.", "hobby", {"allotment"}),
        ("He sings on Thursdays.", "hobby", {"choir"}),
        ("She is our Arabist.", "language", {"Arabic"}),
        ("An Arabic speaker.", "language", {"Arabic"}),
        ("He has three children.", "children", {"3"}),
        ("She has no children.", "children", {"0"}),
        ("He is childless.", "children", {"0"}),
        ("She brought up two sons.", "children", {"2"}),
    ],
)
def test_hobbies_languages_and_families_are_known_in_other_words(text: str, kind: str, values: set[str]) -> None:
    assert told(text, kind) == values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He keeps bees.", "bees"),
        ("She used to be a vet.", "vet"),
        ("He is fluent in Farsi.", "Farsi"),
        ("She worked on the Hull arms case.", "Hull arms case"),
        ("She joined in her thirties.", "in her thirties"),
        ("He grew up in Reykjavik.", "Reykjavik"),
    ],
)
def test_what_no_value_answers_is_told_to_be_uncountable(text: str, words: str) -> None:
    assert words in TERMS.claims(text, ON)[1]


def test_a_case_is_counted_where_the_register_has_cases() -> None:
    assert told("He worked on the Hull arms case.", "case", CASES) == {"the Hull arms case"}
    assert told("She led the investigation; she took part in the ferry trial.", "case", CASES) == {"the ferry trial"}


@pytest.mark.parametrize("text", ["We are open at every hour.", "The van left at dawn.", "Thank you all for asking."])
def test_what_says_nothing_of_anybody_makes_no_claim(text: str) -> None:
    assert TERMS.claims(text, ON) == ((), ())

"""Questions: what is a name, an age, a place, a car; what is read how, and what is not used."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger.vocabulary import VEHICLE
from leconfield.registry.asked import Asked
from leconfield.registry.births import take_births, weigh
from leconfield.registry.lexicon import Lexicon
from leconfield.registry.query import Query, parse_query, query_of
from leconfield.registry.trace import Hit, trace
from tests.registry.worlds import record, world_of

TODAY = date(2031, 1, 1)
WORLD = world_of(
    record("luton", ("name", "Zubair Khan"), ("address", "12 Farley Rise, Luton"), ("birthDate", "2000-05-04")),
    record("leeds", ("name", "Zubair Khan"), ("address", "Leeds"), ("birthDate", "1961"), ("nationality", "British")),
    record("golf", ("name", "AB12 CDE"), ("make", "Volkswagen"), ("model", "Golf"), ("colour", "grey"), schema=VEHICLE),
    record("van", ("name", "AB12 XYZ"), ("model", "Transit"), ("colour", "white"), schema=VEHICLE),
    record("driver", ("name", "Mohamed Aziz"), ("owner", "golf"), ("birthDate", "2001")),
    record("other", ("name", "Mohamed Aziz"), ("user", "van"), ("gender", "male")),
)


def read(words: str, *, plainly: bool = False) -> Query:
    return parse_query(words, TODAY, None if plainly else WORLD.derived(Lexicon))


def parts(query: Query) -> dict[str, str]:
    return {chip.part: chip.words for chip in query.chips}


def hits(query: Query) -> list[Hit]:
    return list(trace(WORLD, query).hits)


def reasons(hit: Hit) -> dict[str, float]:
    return {each.words: each.bits for each in hit.reasons}


def test_free_text_is_read_part_by_part() -> None:
    found = parts(read("Mohamed, about 30, Luton, drives a grey Golf"))
    assert found == {"name": "Mohamed", "born": "1997 to 2004", "place": "Luton", "vehicle": "grey Golf"}


def test_a_place_is_one_only_where_a_record_of_the_view_says_so() -> None:
    assert parts(read("Mohamed, about 30, Luton, tall", plainly=True))["also"] == "luton, tall"
    assert parts(read("Mohamed, Luton"))["place"] == "Luton"
    assert parts(read("Mohamed, Luton", plainly=True)) == {"name": "Luton Mohamed"}


@pytest.mark.parametrize(
    "words", ["Zubair Khan from Luton", "Zubair Khan Luton", "Zubair Khan, Luton", "Zubair Khan of Luton"]
)
def test_a_place_after_a_name_is_no_part_of_it(words: str) -> None:
    assert parts(read(words)) == {"name": "Zubair Khan", "place": "Luton"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Garcia, Jose", "Jose Garcia"),
        ("Garcia, Jose, 1988", "Jose Garcia"),
        ("Garcia, Jose born 3 May 1988", "Jose Garcia"),
        ("a man called Ray Cassell", "Ray Cassell"),
        ("Polish Tomasz Wozniak", "Tomasz Wozniak"),
        ("Israel Khan", "Israel Khan"),
        ("Ray Cassell 07700 900123", "Ray Cassell"),
    ],
)
def test_the_name_is_what_is_left(words: str, name: str) -> None:
    assert parts(read(words))["name"] == name


@pytest.mark.parametrize(
    ("words", "born"),
    [
        ("born 1985-1990", "1985 to 1990"),
        ("between 1985 and 1990", "1985 to 1990"),
        ("1985–90", "1985 to 1990"),
        ("1988 or 1989", "1988 or 1989"),
        ("1988, 1989 or 1990", "1988 or 1989 or 1990"),
        ("1 January 1988", "1988"),
        ("2 September 1988", "2 September 1988"),
        ("1990-03", "March 1990"),
        ("aged 30", "2000 to 2001"),
        ("30-35 years old", "1995 to 2001"),
        ("in his early thirties", "1997 to 2001"),
        ("late 20s", "2001 to 2004"),
        ("30ish", "1997 to 2004"),
        ("the 1980s", "1980 to 1989"),
        ("31 February 1990", "1990"),
    ],
)
def test_births_are_read_however_they_are_told(words: str, born: str) -> None:
    assert take_births(words, TODAY)[0].words == born


def test_an_age_without_a_day_to_count_from_is_named_as_not_used() -> None:
    query = parse_query("Ray Cassell, about 30")
    assert query.unread == ("about 30",)
    assert not query.births


def test_words_that_cannot_be_used_are_named() -> None:
    assert read("Ray Cassell, 5, x").unread == ("5", "x")
    assert query_of(Asked(name="Ray", sex="blue", born="soon", phone="1"), TODAY).unread == ("soon", "1", "blue")
    assert "what follows the first 400 letters" in read("Ray " * 200).unread


def test_fields_are_taken_for_what_they_are() -> None:
    query = query_of(
        Asked(name="Ray", born="30", place="Nowhere", nationality="GB or Irish", sex="woman", plate="ab12 cde"), TODAY
    )
    assert query.places == ("nowhere",)
    assert query.countries == ("gb", "ie")
    assert query.sexes == ("female",)
    assert query.births.words == "2000 to 2001"
    assert [each.prop for each in query.identifiers] == ["registrationNumber"]
    assert query.text == "Ray; born 30; place Nowhere; nationality GB or Irish; sex woman; plate ab12 cde"


def test_a_question_keeps_its_parts_when_its_fields_are_sent_again() -> None:
    query = read("Mohamed, born 1988 or 1989, Luton, British, drives a grey Golf, 07700 900123, tall")
    again = query_of(query.asked, TODAY)
    assert (again.births, again.places, again.countries, again.vehicle, again.identifiers, again.details) == (
        query.births,
        query.places,
        query.countries,
        query.vehicle,
        query.identifiers,
        query.details,
    )


@pytest.mark.parametrize(
    ("recorded", "least", "most"),
    [("2000", 2, 5), ("1995-06-01", -3, -1), ("1961", -10, -10), ("2001-01-01", 2, 5)],
)
def test_an_age_is_held_against_what_is_recorded(recorded: str, least: float, most: float) -> None:
    assert least <= weigh(take_births("about 30", TODAY)[0], (recorded,)).bits <= most


@pytest.mark.parametrize("recorded", ["3 Feb", "soon", "", "19", "١٩٩٠"])
def test_what_is_recorded_as_a_birth_and_is_no_date_counts_nothing(recorded: str) -> None:
    assert weigh(take_births("about 30", TODAY)[0], (recorded,)).bits == 0


def test_more_alternatives_say_less() -> None:
    one, two = (weigh(take_births(words, TODAY)[0], ("1988",)).bits for words in ("1988", "1988 or 1989"))
    assert two == one - 1


def test_what_else_is_said_tells_namesakes_apart() -> None:
    first, second = hits(read("Zubair Khan, about 30, Luton"))
    assert (first.subject.id, second.subject.id) == ("luton", "leeds")
    assert "12 Farley Rise, Luton: Luton" in reasons(first)
    assert "born 1961 against about 30 (1997 to 2004)" in reasons(second)
    assert reasons(second)["Leeds, and not Luton"] < 0
    assert second.probability < 0.01


def test_the_car_he_drives_speaks_for_him() -> None:
    first, second = hits(read("Mohamed Aziz, drives a grey Golf"))
    assert first.subject.id == "driver"
    assert reasons(first)["owns grey AB12 CDE"] > 5
    assert reasons(second)["uses white AB12 XYZ, another vehicle"] < 0


def test_his_number_may_be_that_of_his_car() -> None:
    found = {str(hit.subject.id): reasons(hit) for hit in hits(read("Mohamed Aziz AB12 CDE"))}
    assert found["driver"]["owns AB12 CDE"] > 5


def test_nothing_recorded_of_a_part_is_said_and_counts_nothing() -> None:
    (driver, _) = hits(read("Mohamed Aziz, Polish, Leeds, tall"))
    assert reasons(driver)["nationality: nothing recorded"] == 0
    assert reasons(driver)["place: nothing recorded"] == 0


def test_another_sex_and_another_country_speak_against() -> None:
    found = {
        str(hit.subject.id): reasons(hit) for hit in hits(query_of(Asked(name="Mohamed Aziz", sex="woman"), TODAY))
    }
    assert found["other"]["male against female"] == -10
    found = {
        str(hit.subject.id): reasons(hit) for hit in hits(query_of(Asked(name="Zubair Khan", nationality="Irish")))
    }
    assert found["leeds"]["British against Irish"] < 0


def test_a_place_a_car_or_an_age_alone_finds_nobody() -> None:
    for asked in (Asked(place="Luton"), Asked(vehicle="grey Golf"), Asked(born="1961"), Asked(nationality="British")):
        query = query_of(asked, TODAY)
        assert query.empty
        assert hits(query) == []


def test_a_name_that_is_common_here_says_less_than_the_tables_have_it() -> None:
    family = [
        record(f"f{place}", ("name", f"{given} Quillfeather"))
        for place, given in enumerate(["Ann", "Bob", "Cy", "Di", "Ed"])
    ]
    world = world_of(*family)
    (hit, *_) = trace(world, parse_query("Ann Quillfeather")).hits
    assert reasons(hit)["Quillfeather is common here"] < -2
    alone = trace(world_of(family[0]), parse_query("Ann Quillfeather")).hits[0]
    assert not any("common here" in words for words in reasons(alone))


WORDS = [
    "Luton",
    "Mohamed",
    "about 30",
    "1988",
    "or",
    "grey",
    "Golf",
    ",",
    "born",
    "Polish",
    "07700 900123",
    "x",
    ";",
    "-",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), max_size=12).map(" ".join))
def test_every_question_is_read_into_parts_that_read_the_same_again(words: str) -> None:
    query = read(words)
    again = query_of(query.asked, TODAY)
    assert again.identifiers == query.identifiers
    assert again.countries == query.countries
    assert again.sexes == query.sexes
    assert again.name == query.name


@settings(max_examples=100, deadline=None)
@given(st.builds(Asked, **dict.fromkeys(Asked.__dataclass_fields__, st.text(max_size=20))))
def test_no_fields_break_it(asked: Asked) -> None:
    assert all(0 <= hit.probability <= 1 for hit in hits(query_of(asked, TODAY)))


@pytest.mark.parametrize(
    ("words", "phone"),
    [("Gareth Pryce, phone 0111", "0111"), ("Ray, tel. 07700 900417", "07700 900417"), ("Ray mobile 417 22", "417 22")],
)
def test_a_number_that_is_called_a_phone_is_one_however_short(words: str, phone: str) -> None:
    asked = read(words)
    assert parts(asked)["phone"] == phone
    assert "also" not in parts(asked)

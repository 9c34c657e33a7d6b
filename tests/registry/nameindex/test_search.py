"""Names found in an index: in any spelling, order and script, and what the answers amount to."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from leconfield.registry.nameindex import Answer, NameSearch, Verdict, build, explain

PEOPLE = (
    ("1", "William Turner"),
    ("2", "Yelena Kuznetsova"),
    ("3", "Мухаммед Аль-Хасан"),
    ("4", "Abdulrahman Karimi"),
    ("5", "García Márquez, José"),
    ("6", "Katherine Okonkwo"),
    ("7", "J. Pemberton"),
    ("8", "Ali"),
    ("9", ""),
    ("10", "X"),
    ("11", "Alexander Wainwright"),
    ("12", "김 민준"),
    ("13", "AMWHIP/1"),
    ("14", "Hassan bin Ali"),
)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> NameSearch:
    return searching(PEOPLE, tmp_path_factory.mktemp("people"))


def searching(rows: Iterable[tuple[str, str]], folder: Path) -> NameSearch:
    return NameSearch([build(rows, folder / "names")])


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("William Turner", "1"),
        ("turner, william", "1"),
        ("Bill Turner", "1"),
        ("Wiliam Tunrer", "1"),
        ("W. Turner", "1"),
        ("Елена Кузнецова", "2"),
        ("Elena Kusnezowa", "2"),
        ("Mohamed Alhasan", "3"),
        ("محمد الحسن", "3"),
        ("Abdul Rahman Karimi", "4"),
        ("Jose Garcia Marquez", "5"),
        ("Dr. Catherine Okonkwo", "6"),
        ("Katherine Mary Okonkwo", "6"),
        ("John Pemberton", "7"),
        ("Alex Wainwright", "11"),
        ("Wa\u200binwright Alexander", "11"),
        ("Turnеr William", "1"),  # the e is Cyrillic
        ("Kim Minjun", "12"),
        ("AMWHIP-1", "13"),
    ],
)
def test_a_name_is_found_however_it_is_written(people: NameSearch, asked: str, meant: str) -> None:
    assert people.search(asked, 1)[0].row_id == meant


def test_parts_that_are_nothing_alike_are_worth_nothing_when_written_together(tmp_path: Path) -> None:
    rows = [("1", "CECEP S.A."), ("2", "Abu Muharib Ali"), *((f"x{each}", f"Abu{each} Zeta") for each in range(5))]
    found = {each.row_id: each.score for each in searching(rows, tmp_path).search("Muharib, Abu Ali")}
    assert found["2"] > 20
    assert found.get("1", 0.0) < 5


def test_whose_child_somebody_is_tells_the_father_from_the_son(people: NameSearch) -> None:
    scores = [
        {each.row_id: each.score for each in people.search(asked)}["14"]
        for asked in ("Hassan bin Ali", "Ali bin Hassan")
    ]
    assert scores[0] > scores[1] + 10


@pytest.mark.parametrize("asked", ["", " ", "...", "\u200b", "\x00", "zqzqzq vkvkvk"])
def test_nobody_is_found_where_nothing_is_asked_or_known(people: NameSearch, asked: str) -> None:
    answer = people.answer(asked)
    assert (answer.verdict, answer.found) == (Verdict.NO_TRACE, ())
    assert answer.rows == len(PEOPLE)


def test_a_one_letter_name_is_found_by_itself_alone(people: NameSearch) -> None:
    assert [each.row_id for each in people.search("x")] == ["10"]


def test_ten_megabytes_of_a_name_are_read_as_far_as_a_name_goes(people: NameSearch, tmp_path: Path) -> None:
    huge = "William Turner " * 700_000
    assert people.search(huge, 1)
    held = searching([("huge", huge), ("small", "William Turner")], tmp_path)
    assert held.search("William Turner", 1)[0].row_id == "small"
    assert len(held.search(huge, 1)[0].text) <= 400


def test_of_a_hundred_thousand_equal_names_it_cannot_be_told_who_is_meant(tmp_path: Path) -> None:
    rows = [(f"{number:06}", "Maria Lindqvist") for number in range(100_000)]
    search = searching([*rows, ("other", "Zebulon Quark")], tmp_path)
    answer = search.answer("Maria Lindqvist", 3)
    assert answer.verdict == Verdict.MANY
    assert [each.row_id for each in answer.found] == ["000000", "000001", "000002"]
    assert answer.work < 10
    assert search.answer("Zebulon Quark").found[0].row_id == "other"


def test_a_rare_name_is_known_and_a_common_surname_is_many(tmp_path: Path) -> None:
    rows = [
        (str(number), f"{first} Jones") for number, first in enumerate(["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus"])
    ]
    search = searching([*rows, ("rare", "Ottoline Featherstonehaugh")], tmp_path)
    rare = search.answer("Otoline Fetherstonehaugh")
    assert rare.verdict == Verdict.KNOWN
    assert rare.found[0].probability > 0.9
    assert search.answer("Jones").verdict in {Verdict.MANY, Verdict.NO_TRACE}


def test_probabilities_leave_room_for_a_stranger(people: NameSearch) -> None:
    for asked in ("William Turner", "Ali", "Turner", "Elena"):
        total = sum(each.probability for each in people.answer(asked, 100).found)
        assert 0.0 <= total < 1.0


def test_an_alias_without_a_surname_is_no_sure_hit_for_a_full_name(tmp_path: Path) -> None:
    search = searching([("alias", "أحمد"), ("other", "Boris Petrov")], tmp_path)
    assert all(each.probability < 0.5 for each in search.search("Ahmed Al-Mansouri"))


def test_twins_one_letter_apart_are_ranked_and_neither_is_sure_to_be_the_other(tmp_path: Path) -> None:
    search = searching([("dan", "Dana Whitlock"), ("dina", "Dina Whitlock")], tmp_path)
    first, second = search.search("Dina Whitlock")
    assert (first.row_id, second.row_id) == ("dina", "dan")
    assert first.probability > second.probability


def test_eighty_spellings_of_one_name_find_each_other(tmp_path: Path) -> None:
    first = [
        "Vladislav",
        "Wladislaw",
        "Vladyslav",
        "Владислав",
        "Władysław",
        "Vladislaw",
        "Wladyslaw",
        "ولاديسلاف",
        "Ladislav",
    ]
    last = [
        "Korolenko",
        "Koroljenko",
        "Коро́ленко",
        "Korolenco",
        "Karolenko",
        "Коро\u200bленко",
        "Korolenkó",
        "KOROLENKO",
        "כורולנקו",
    ]
    spellings = [f"{one} {other}" for one in first for other in last]
    assert len(spellings) == 81
    others = [(f"other {number}", f"Person{number} Nobody") for number in range(200)]
    search = searching([*((str(place), text) for place, text in enumerate(spellings)), *others], tmp_path)
    found = search.answer("Vladislav Korolenko", 81).found
    assert sum(each.row_id.isdigit() for each in found) >= 60


def test_every_part_of_an_answer_is_explained() -> None:
    match = explain("Bill Turner", "William Turner")
    assert {part.why for part in match.parts} == {"nickname", "same"}


def test_many_names_are_answered_as_each_alone(people: NameSearch) -> None:
    asked = [text for _, text in PEOPLE]
    assert list(people.search_many(asked, 5)) == [people.search(text, 5) for text in asked]


def test_what_was_asked_before_changes_no_answer(people: NameSearch) -> None:
    before: Answer = people.answer("Elena Kusnezowa")
    people.answer("William Turner")
    assert people.answer("Elena Kusnezowa") == before

"""Names: parts, scripts and the reasons in which two of them agree."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leconfield.ledger.vocabulary import ORGANISATION
from leconfield.registry.compare import compare_names
from leconfield.registry.evidence import is_common
from leconfield.registry.names import MOST_PARTS, parse_name, part_of, skeleton
from leconfield.registry.scripts import fold, romanise, script_of


def parts(text: str) -> list[str]:
    return [part.latin for part in parse_name(text).parts]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("GARCÍA, José", ["jose", "garcia"]),
        ("Dr. Oona O'Neill", ["oona", "oneill"]),
        ("Juan de la Cruz", ["juan", "cruz"]),
        ("Ahmed al-Hassan", ["ahmed", "hassan"]),
        ("J.-C. Tregenza", ["j", "c", "tregenza"]),
        ("Strauß", ["strauss"]),
        ("Иванов Пётр", ["ivanov", "petr"]),
        ("김민수", ["gim", "minsu"]),
        ("Don", ["don"]),
        ("de la", ["la"]),
        ("  ", []),
        ("\u200b", []),
        ("?!", []),
    ],
)
def test_a_name_is_its_parts_without_titles_particles_and_accents(written: str, expected: list[str]) -> None:
    assert parts(written) == expected


@pytest.mark.parametrize(
    ("text", "script", "latin"),
    [
        ("Рашидов", "Cyrillic", "rashidov"),
        ("Γιώργος", "Greek", "giorgos"),
        ("רשידוב", "Hebrew", "rshydvb"),
        ("محمد", "Arabic", "mhmd"),
        ("თბილისი", "Georgian", "tbilisi"),
        ("タナカ", "Kana", "tanaka"),
        ("キョウト", "Kana", "kyouto"),
        ("서울", "Hangul", "seoul"),
        ("田中", "Han", "田中"),
    ],
)
def test_other_scripts_are_romanised_by_tables_as_far_as_they_go(text: str, script: str, latin: str) -> None:
    assert (script_of(text), romanise(text)) == (script, latin)


def test_look_alike_letters_and_invisible_ones_are_made_plain() -> None:
    assert fold("Pаu\u200bl") == "paul"
    assert fold("ＳＭＩＴＨ") == "smith"
    assert fold("Rasul\u0640ov") == "rasulov"


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("Bill Turner", "William Turner", "Bill ~ William: nickname"),
        ("Мухаммад", "Mohamed", "Мухаммад ~ Mohamed: other script"),
        ("Mohammed", "Muhammad", "Mohammed ~ Muhammad: another spelling"),
        ("Gareth", "Garreth", "Gareth ~ Garreth: one letter differs"),
        ("J. Turner", "John Turner", "J ~ John: initial"),
        ("Abd al-Rahman", "Abdulrahman", "Abd Rahman ~ Abdulrahman: written together"),
        ("رشيدوف", "Rashidov", "رشيدوف ~ Rashidov: other script, a likely reading"),
    ],
)
def test_the_reason_is_given_in_words(left: str, right: str, words: str) -> None:
    assert words in {part.words for part in compare_names(parse_name(left), parse_name(right)).parts}


def test_numbers_one_digit_apart_are_two_numbers() -> None:
    assert compare_names(parse_name("unit 4711"), parse_name("unit 4712")).score == 0.5


def test_common_names_are_known_to_be_common() -> None:
    assert is_common(parse_name("José García"))
    assert is_common(parse_name("Mohammed Khan"))
    assert not is_common(parse_name("Gareth Pritchard"))


def test_an_organisation_is_its_words_without_the_legal_form() -> None:
    name = parse_name("The Severn Dock Workers Ltd.", ORGANISATION)
    assert (name.key, name.initials) == ("severn dock workers", "sdw")
    assert parse_name("S.D.W.", ORGANISATION).acronym == "sdw"


def test_sounds_alike_share_their_consonants() -> None:
    assert skeleton("mohammed") == skeleton("muhamad") == skeleton("mhmd") == "mmd"


TEXTS = st.text(max_size=40) | st.sampled_from(["Bill Turner", "Turner, William", "Салим Рашидов", "محمد خان", "J. T."])


@given(TEXTS, TEXTS)
def test_comparing_is_symmetric_and_bounded(left: str, right: str) -> None:
    one, other = parse_name(left), parse_name(right)
    match, back = compare_names(one, other), compare_names(other, one)
    assert 0 <= match.score <= 1
    assert match.bits == pytest.approx(back.bits)
    assert match.score == pytest.approx(back.score)


@given(TEXTS)
@example("ab a b")
def test_any_text_can_be_parsed_and_agrees_with_itself(text: str) -> None:
    name = parse_name(text)
    assert len(name.parts) <= MOST_PARTS
    assert all(part.text for part in name.parts)
    if name.parts:
        assert compare_names(name, name).score == pytest.approx(1.0)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("written", ["Alrashid", "al-Rashid", "al Rashid", "Elrashid", "Rashid"])
def test_an_article_may_be_written_apart_attached_or_not_at_all(written: str) -> None:
    assert part_of("rashid").classes & parse_name(written).parts[-1].classes


@pytest.mark.parametrize(("name", "other"), [("albright", "bright"), ("alonso", "onso"), ("elmer", "mer")])
def test_a_name_that_begins_like_an_article_is_a_name_of_its_own(name: str, other: str) -> None:
    assert not part_of(name).classes & part_of(other).classes

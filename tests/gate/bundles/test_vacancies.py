"""What crosses in recruiting: orders of vacancies and the three kinds of box are read back, or refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles import vacancies
from leconfield.gate.bundles.boxes import Box, bucket, seal
from leconfield.gate.bundles.content import canonical
from leconfield.gate.bundles.roles import role, skeleton
from leconfield.gate.bundles.telling import blocks, written
from leconfield.gate.bundles.vacancies import Application, Asked, Equality, Sample, Stage, Vacancy

OPENS = datetime(2026, 12, 1, 9, tzinfo=UTC)
VACANCY = Vacancy(
    "language-analyst",
    "ab" * 16,
    OPENS,
    datetime(2027, 1, 15, 12, tzinfo=UTC),
    (Asked("motive", 250), Asked("care", 300)),
    Sample("sample", 45, 400),
    (Stage("sift", date(2027, 2, 1)), Stage("conversation")),
)
WHOLE = Application(
    "language-analyst",
    {"motive": "Because.", "care": "With care.", "sample": "A summary."},
    "Ada Lovelace",
    hidden="St Hilda's",
    place="0a" * 32,
    key="0b" * 32,
    revocation="0c" * 32,
)


def test_a_vacancy_is_read_back_from_its_order():
    assert vacancies.vacancy_in(VACANCY.id, VACANCY.body) == VACANCY
    bare = replace(VACANCY, sample=None, stages=())
    assert vacancies.vacancy_in(bare.id, bare.body) == bare


def test_it_is_open_from_its_opening_until_its_closing():
    second = timedelta(seconds=1)
    moments = (OPENS - second, OPENS, VACANCY.closes - second, VACANCY.closes)
    assert [VACANCY.is_open(each) for each in moments] == [False, True, True, False]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closes": OPENS}, "closes before it opens"),
        ({"questions": ()}, "asks 0 questions"),
        ({"questions": (Asked("a", 1), Asked("a", 1))}, "each once"),
        ({"questions": (Asked("sample", 1),)}, "each once"),
        ({"questions": (Asked("a", 0),)}, "1 to 1,000 words"),
        ({"sample": Sample("s", 481, 10)}, "480 minutes"),
        ({"stages": (Stage("vetting"),)}, 'stage "vetting"'),
        ({"stages": (Stage("checks"), Stage("sift"))}, "not in their order"),
        ({"release": "x"}, "hexadecimal"),
    ],
)
def test_a_vacancy_that_cannot_be_is_refused_in_words(change, words):
    made = replace(VACANCY, **change)
    with pytest.raises(BadInputError, match=words):
        vacancies.vacancy_in(made.id, made.body)


@pytest.mark.parametrize(
    "change",
    [
        {"opens": "2026-12-01"},
        {"closes": 7},
        {"questions": ["motive"]},
        {"questions": [{"id": "motive", "words": True}]},
        {"stages": [{"id": "sift", "by": "soon"}]},
        {"release": None},
        {"sample": {}},
    ],
)
def test_an_order_of_another_make_is_damaged(change):
    with pytest.raises(DamagedError, match="vacancy"):
        vacancies.vacancy_in(VACANCY.id, VACANCY.body | change)


def test_an_application_is_read_back_from_its_box():
    assert vacancies.application_in(WHOLE.fields) == WHOLE
    assert vacancies.fault_in_application(WHOLE, VACANCY) == ""


@pytest.mark.parametrize(
    "fields",
    [
        WHOLE.fields | {"photo": "x"},
        {name: words for name, words in WHOLE.fields.items() if name != "name"},
        WHOLE.fields | {"place": "0A" * 32},
        WHOLE.fields | {"answer.Motive": "x"},
    ],
)
def test_what_is_no_application_is_refused(fields):
    with pytest.raises(DamagedError, match="application"):
        vacancies.application_in(fields)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answers": {**WHOLE.answers, "salary": "more"}}, "does not ask"),
        ({"answers": {"motive": "x"}}, "care: it is not answered"),
        ({"answers": {**WHOLE.answers, "motive": "word " * 251}}, "251 words; 250 at most: take out 1"),
        ({"answers": {**WHOLE.answers, "motive": "x" * 5_001}}, "5,001 characters"),
        ({"name": " "}, "name"),
        ({"contact": "x" * 4_001}, "contact"),
        ({"vacancy": "cook"}, "does not ask"),
    ],
)
def test_an_application_that_will_not_do_is_told_why(change, words):
    assert words in vacancies.fault_in_application(replace(WHOLE, **change), VACANCY)


def test_words_are_counted_as_people_count_them():
    assert vacancies.word_count("It's two-fold - really; 3 p.m. … – ") == 5
    assert vacancies.word_count("") == 0


chosen = st.fixed_dictionaries(
    {}, optional={each: st.sampled_from((*its, vacancies.RATHER_NOT)) for each, its in vacancies.CHOICES.items()}
)


@settings(deadline=None)
@given(chosen, st.sampled_from(vacancies.ASKED_AT), st.sampled_from(["a", "language-analyst", "x" * 40]))
def test_equality_answers_are_read_back_and_every_box_of_them_is_of_one_size(answers, stage, vacancy):
    made = Equality(vacancy, stage, answers)
    assert vacancies.equality_in(made.fields) == made
    empty = Equality("x").fields
    assert len(canonical(dict(made.fields))) == len(canonical(dict(empty)))


def test_an_equality_box_fits_one_bucket_however_it_is_filled():
    public = X25519PrivateKey.generate().public_key()
    full = {each: max(its, key=len) for each, its in vacancies.CHOICES.items()}
    made = [Box(vacancies.EQUALITY, "2027-01-15", Equality("x", "applied", each).fields) for each in ({}, full)]
    assert len({len(seal(each, [public])) for each in made}) == 1
    assert bucket(700) == bucket(1_000)


@pytest.mark.parametrize(
    "change", [{"stage": "hired"}, {"answer.age": "17"}, {"name": "Ada"}, {"vacancy": "Ada Lovelace"}]
)
def test_equality_answers_that_none_was_offered_are_refused(change):
    with pytest.raises(DamagedError, match="equality"):
        vacancies.equality_in(Equality("x").fields | change)


def test_whoever_has_the_token_withdraws_and_what_the_application_carries_does_not_tell_it():
    token = "0d" * 32
    carried = vacancies.revocation_of(token)
    assert vacancies.token_in(vacancies.withdrawal_fields(token)) == token
    assert vacancies.revocation_of(carried) != carried != token
    with pytest.raises(DamagedError, match="token"):
        vacancies.token_in({"token": "x"})


WORDS = """Listen, read and write.

## What the work is like

You sit with a team.

## Can I apply?

* You are 18 or over. | Come back when you are.
* You can keep a secret.

## questions

* Why this work?
* When did you take care?

## Work sample

Read this and sum it up.

## Where it is

At sea.
"""


def test_the_words_of_a_vacancy_are_cut_by_their_headings():
    made = role("Language analyst", blocks(WORDS), VACANCY)
    assert made.asked(VACANCY) == {"motive": "Why this work?", "care": "When did you take care?"}
    assert [each.otherwise for each in made.conditions] == ["Come back when you are.", ""]
    assert set(made.told) == {"work", "sample"}
    assert [head for head, _ in made.more] == ["Where it is"]


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        ("* When did you take care?", "1 questions are written and 2 are ordered"),
        ("Read this and sum it up.", "a work sample is ordered"),
        ("Listen, read and write.", "say first"),
        ("You sit with a team.", "what the work is like"),
    ],
)
def test_words_that_do_not_fit_the_order_are_refused(cut, words):
    with pytest.raises(BadInputError, match=words):
        role("Language analyst", blocks(WORDS.replace(cut, "")), VACANCY)


def test_what_a_writer_begins_with_fits():
    made = role("x", blocks(written(skeleton(["One?", "Two?"]))), VACANCY)
    assert made.questions == ("One?", "Two?")

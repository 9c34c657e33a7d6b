"""What columns are, by their names and contents."""

from __future__ import annotations

import pytest

from leconfield.errors import BadInputError
from leconfield.registry.linkage.fields import guess

PEOPLE = {
    "rec_id": ["1", "2", "3"],
    "given_name": ["ann", "ben", "cat"],
    "lastName": ["lee", "may", "orr"],
    "date_of_birth": ["19500102", "19600304", "19700506"],
    "birth_place": ["luton", "ely", "hull"],
    "Post Code": ["lu1 1aa", "cb7 4aa", "hu1 1aa"],
    "street_number": ["1", "2", "3"],
    "soc_sec_id": ["1111", "2222", "3333"],
    "E-Mail": ["a@x.org", "b@x.org", "c@x.org"],
    "gender": ["m", "f", "m"],
    "cluster": ["q1", "q1", "q2"],
    "source": ["x", "x", "x"],
}


def test_columns_are_known_by_their_names() -> None:
    roles = {column: field.role for field in guess(PEOPLE, "rec_id").fields for column in field.columns}
    assert roles == {
        "given_name": "name",
        "lastName": "name",
        "date_of_birth": "birth",
        "birth_place": "place",
        "Post Code": "postcode",
        "street_number": "number",
        "soc_sec_id": "identifier",
        "E-Mail": "email",
        "gender": "sex",
    }


def test_the_truth_and_what_never_changes_are_not_used() -> None:
    assert guess(PEOPLE, "rec_id").unused == ("cluster", "source")


def test_all_columns_of_names_make_one_field() -> None:
    assert guess(PEOPLE, "rec_id").fields[0].columns == ("given_name", "lastName")


def test_what_is_said_goes_before_guesses() -> None:
    plan = guess(PEOPLE, "rec_id", {"source": "text", "gender": "ignore"})
    assert {field.name for field in plan.fields} >= {"source"}
    assert "gender" in plan.unused


def test_columns_of_no_telling_name_are_known_by_their_contents() -> None:
    many = [f"{number % 30}-{number}" for number in range(400)]
    columns = {
        "id": many,
        "a": [f"{1900 + number % 90}-01-0{number % 9 + 1}" for number in range(400)],
        "b": ["red", "blue"] * 200,
        "c": [f"word{number % 150} other" for number in range(400)],
        "key": many,
    }
    roles = {field.name: field.role for field in guess(columns, "id").fields}
    assert roles == {"a": "date", "b": "category", "c": "text"}


def test_nonsense_is_refused_with_what_may_be_said() -> None:
    with pytest.raises(BadInputError, match="no column"):
        guess(PEOPLE, "rec_id", {"nick": "name"})
    with pytest.raises(BadInputError, match="postcode"):
        guess(PEOPLE, "rec_id", {"source": "colour"})
    with pytest.raises(BadInputError, match="--columns"):
        guess({"id": ["1"], "x": ["1"]}, "id")

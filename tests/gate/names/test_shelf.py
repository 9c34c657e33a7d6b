"""Forms on a shelf are found wherever they stand in a text, and nothing else is."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.names.shelf import LONGEST, Line, Shelf, hits, keys_of

FORMS = st.lists(st.text(alphabet="abж", min_size=3, max_size=6), min_size=1, max_size=12)


def found(letters: str, *shelves: Shelf) -> set[tuple[int, int, int, int]]:
    return {(which, *hit) for which, hit in hits(Line(letters), shelves)}


def standing(letters: str, forms: list[str]) -> set[tuple[int, int, int, int]]:
    """The same by comparing letter by letter."""
    return {
        (0, at, len(form), number)
        for number, form in enumerate(forms)
        for at in range(len(letters))
        if letters.startswith(form, at)
    }


@settings(deadline=None)
@given(FORMS, st.text(alphabet="abж", max_size=40))
def test_a_shelf_finds_what_comparing_letter_by_letter_finds(forms: list[str], letters: str) -> None:
    assert found(letters, Shelf.of((form, number) for number, form in enumerate(forms))) == standing(letters, forms)


@settings(deadline=None)
@given(FORMS, FORMS, st.text(alphabet="abж", max_size=40))
def test_two_shelves_put_together_find_what_one_of_all_would(one: list[str], other: list[str], letters: str) -> None:
    numbered = [(form, number) for number, form in enumerate([*one, *other])]
    together = Shelf.together((Shelf.of(numbered[: len(one)]), Shelf.of(numbered[len(one) :])))
    assert found(letters, together) == standing(letters, [*one, *other])


def test_of_a_form_longer_than_is_looked_at_the_beginning_is_found() -> None:
    form = "".join(map(str, range(100, 140)))
    assert found(f"xx{form}", Shelf.of([(form, 7)])) == {(0, 2, LONGEST, 7)}


def test_a_form_on_each_of_two_shelves_is_found_on_both() -> None:
    shelf = Shelf.of([("gareth", 3)])
    assert found("so gareth", shelf, shelf) == {(0, 3, 6, 3), (1, 3, 6, 3)}


def test_nothing_is_found_on_an_empty_shelf_or_in_an_empty_text() -> None:
    assert found("gareth", Shelf.of(())) == set()
    assert found("", Shelf.of([("gareth", 0)])) == set()


def test_what_stands_far_down_a_long_text_is_found() -> None:
    letters = "ab" * 200_000
    assert found(f"{letters}gareth", Shelf.of([("gareth", 1)])) == {(0, len(letters), 6, 1)}


def test_a_hundred_thousand_forms_have_as_many_numbers() -> None:
    forms = [f"{each:06}" for each in range(100_000)]
    assert len(np.unique(keys_of(forms))) == len(forms)

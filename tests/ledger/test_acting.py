"""Tests of `leconfield.ledger.acting`: an act is done now, and what is said of it fits."""

from __future__ import annotations

import pytest

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.acting import in_words, refuse_the_past, tidied
from tests.ledger.desks import EMMA, START, desk, look


def test_one_acts_now_and_not_in_the_past() -> None:
    at = desk()
    refuse_the_past(look(at, EMMA))
    with pytest.raises(RefusedError) as refused:
        refuse_the_past(look(at, EMMA, START))
    assert str(refused.value) == "nobody acts in the past; go back to now and do it there"


def test_words_are_kept_without_the_blanks_around_them() -> None:
    assert in_words(" \n he  met\nher \t", "your reason", 12) == "he  met\nher"
    assert in_words(f"  {'x' * 12}  ", "your reason", 12) == "x" * 12


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_no_words_are_refused_unless_there_may_be_none(text: str) -> None:
    with pytest.raises(BadInputError) as refused:
        in_words(text, "your reason", 12)
    assert str(refused.value) == "your reason is missing; write it in your own words"
    assert tidied(text, "the purpose", 12) == ""


def test_too_many_characters_are_refused_with_how_many_may_be_and_what_else_to_do() -> None:
    with pytest.raises(BadInputError) as refused:
        tidied("x" * 2001, "the purpose", 2000)
    assert str(refused.value) == "the purpose has 2,001 characters; keep it to 2,000"
    with pytest.raises(BadInputError) as refused:
        in_words("x" * 13, "your reason", 12, ", and file the rest as a report")
    assert str(refused.value) == "your reason has 13 characters; keep it to 12, and file the rest as a report"

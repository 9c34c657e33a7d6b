"""What every act checks of the words that it is given."""

from __future__ import annotations

import pytest

from leconfield.desk import acts
from leconfield.errors import BadInputError


def test_words_on_one_line_are_kept_with_single_blanks() -> None:
    assert acts.one_line("  The \n mill\tlane ", "the title", 20) == "The mill lane"


@pytest.mark.parametrize("text", ["", " \n ", "a\x00b", "x" * 21])
def test_no_words_too_many_or_unprintable_ones_are_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="the title"):
        acts.one_line(text, "the title", 20)


def test_an_officers_name_stands_on_one_line() -> None:
    assert acts.name_of_officer(" ann ", "who does it") == "ann"
    with pytest.raises(BadInputError, match="one line"):
        acts.name_of_officer("ann\nrob", "who does it")


def test_a_list_in_an_entry_has_one_thing_on_a_line() -> None:
    assert acts.lines("a\n\nb\n") == ("a", "b")
    assert acts.lines("") == ()

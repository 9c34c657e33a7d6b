"""Safer wordings are English, and say nothing that the sentence did not."""

from __future__ import annotations

import pytest

from leconfield.gate.exposure.wordings import wordings
from leconfield.gate.matching.finding import sentences_of
from tests.gate.worlds import TODAY, world_of

BLUNTER = {
    "On a Thursday evening a bell rang.": "At some time a bell rang.",
    "He asked her to stay at home on the last Saturday in June.": "He asked her to stay at home that year.",
    "On 5 March 2026 a bell rang in Hull.": "In March 2026 a bell rang somewhere in the country.",
    "Unlike the other three, she came.": "Unlike the others, she came.",
    "There was a circle of five.": "There was a circle of a few.",
    "She rang seven friends.": "She rang several friends.",
    "The supervisor's papers were lost.": "Somebody's papers were lost.",
    "A nurse found 417 letters.": "Somebody who worked in health care found about 400 letters.",
}


def bluntest(text: str) -> str | None:
    (sentence,) = sentences_of(world_of([]), text, TODAY)
    return next((each.words for each in reversed(list(wordings(sentence)))), None)


@pytest.mark.parametrize(("text", "blunter"), list(BLUNTER.items()))
def test_each_kind_of_detail_is_said_as_one_would_say_it(text: str, blunter: str) -> None:
    assert bluntest(text) == blunter


@pytest.mark.parametrize("text", ["It rang after nine.", "3.", "The agent never came."])
def test_no_blunter_word_is_offered_where_there_is_none(text: str) -> None:
    assert bluntest(text) is None

"""Words and sentences with their places."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from leconfield.intake.extraction.text import is_caseless, is_whispered, sentences, tokens


def words(text: str) -> list[list[str]]:
    return [[token.text for token in sentence] for sentence in sentences(text)]


@given(st.text())
def test_every_token_slices_to_its_text_and_none_overlap(text: str) -> None:
    found = [token for sentence in sentences(text) for token in sentence]
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_initials_and_honorifics_end_no_sentence() -> None:
    assert len(words("Mr. J. P. Marsh met Gen. Votel. They left.")) == 2


def test_capitals_are_cut_like_any_text() -> None:
    assert len(words("THE ARMY DENIED IT. THE REBELS DID NOT.")) == 2


def test_a_text_without_capitals_is_cut_at_full_stops() -> None:
    text = "the army denied it. the rebels did not."
    assert is_whispered(text)
    assert len(words(text)) == 2


def test_lines_of_one_width_are_one_paragraph() -> None:
    text = (
        "The watch began at six in the morning and nobody left the house until\n"
        "nearly noon, when a woman with a child walked down to the corner shop\n"
        "and came back with bread and milk and a newspaper under her left arm,\n"
        "after which the curtains of the upper window were drawn by somebody.\n"
    )
    assert len(words(text)) == 1


def test_a_heading_is_a_sentence_of_its_own() -> None:
    assert words("Statement on Luton\nBoris went home.")[0] == ["Statement", "on", "Luton"]


def test_a_possessive_stands_apart_from_the_name() -> None:
    assert [token.text for token in tokens("O'Neill’s Da’esh")] == ["O'Neill", "’s", "Da’esh"]


def test_invisible_characters_are_no_tokens() -> None:
    assert [token.text for token in tokens("Prime Minister\u200e Haider\u200b Abadi")] == [
        "Prime",
        "Minister",
        "Haider",
        "Abadi",
    ]


def test_a_shouted_sentence_is_caseless_and_an_ordinary_one_is_not() -> None:
    assert is_caseless(tokens("THE ARMY KILLED TWO MEN"), whispered=False)
    assert not is_caseless(tokens("The army killed two men"), whispered=False)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leconfield.gate.redaction.plain import _ALIKE, plain

LETTERS = st.text(st.one_of(st.characters(), st.sampled_from("Aaб\u200b\u202e\u0301ﬁ①\xad\ud83d")), max_size=30)


def test_invisible_and_directing_characters_are_not_seen() -> None:
    assert plain("J\u200boh\u202en\xad S\u2060mith").text == "John Smith"


def test_letters_that_look_alike_are_seen_as_latin_in_latin_words_alone() -> None:
    assert plain("Nа\u0455ser, Αnna").text == "Nasser, Anna"
    assert plain("Иван Петров пришёл домой").text == "Иван Петров пришёл домой"


def test_each_letter_in_disguise_has_one_that_it_looks_like() -> None:
    assert all(chr(made).isascii() or chr(made) == "З" for made in _ALIKE.values())


def test_a_place_leads_back_to_the_text_as_it_came() -> None:
    came = "Mr J\u200boh\u202en went"
    view = plain(came)
    at = view.text.index("John")
    start, end = view.span(at, at + 4)
    assert came[start:end] == "J\u200boh\u202en"


@given(LETTERS)
def test_every_place_leads_back_in_order(text: str) -> None:
    view = plain(text)
    spans = [view.span(at, at + 1) for at in range(len(view.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40))
def test_plain_letters_stay_as_they_are(text: str) -> None:
    assert plain(text).text == text

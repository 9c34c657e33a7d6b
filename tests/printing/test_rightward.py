from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leconfield.printing.rightward import base, goes_right, joined, levels, visual_order

ARABIC = st.text(st.sampled_from("ابتثجحدرسعفقكلمنهويلا () 12,./-+abc\u200c\u200d\u064b"), max_size=30)


def _set(text: str) -> str:
    return "".join(text[place] for place in visual_order(levels(text)))


def test_letters_take_the_form_that_their_neighbours_ask_for() -> None:
    assert joined("محمد") == ["\ufee3", "\ufea4", "\ufee4", "\ufeaa"]


def test_a_letter_that_joins_no_further_leaves_the_next_alone() -> None:
    assert joined("دار") == ["\ufea9", "\ufe8d", "\ufead"]


def test_lam_and_alef_are_one() -> None:
    assert joined("لا") == ["\ufefb", ""]
    assert joined("بلا") == ["\ufe91", "\ufefc", ""]


def test_marks_do_not_part_what_joins() -> None:
    assert joined("بَب") == ["\ufe91", "\u064e", "\ufe90"]


def test_a_non_joiner_parts_what_would_join() -> None:
    assert joined("ب\u200cب") == ["\ufe8f", "\u200c", "\ufe8f"]


def test_a_name_from_right_to_left_stands_inside_a_line_from_left_to_right() -> None:
    assert _set("of אבג and") == "of גבא and"


def test_a_number_in_a_line_from_right_to_left_stays_in_its_order() -> None:
    assert _set("אב 12:40 ג") == "ג 12:40 בא"


def test_latin_in_a_line_from_right_to_left_stays_in_its_order() -> None:
    assert _set("אב Ray Cassell ג") == "ג Ray Cassell בא"


def test_arabic_digits_after_arabic_letters_are_kept_together() -> None:
    assert _set("في 1970") == "1970 يف"
    assert base("في 1970") == 1


def test_text_from_left_to_right_is_left_as_it_is() -> None:
    assert not goes_right("Иван, 12:40 (ok)")
    assert _set("Иван, 12:40 (ok)") == "Иван, 12:40 (ok)"


@given(ARABIC)
def test_nothing_is_lost_or_doubled(text: str) -> None:
    assert len(joined(text)) == len(text)
    assert sorted(visual_order(levels(text))) == list(range(len(text)))

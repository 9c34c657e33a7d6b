"""Parts in other scripts, read out of the spellings that an index holds."""

import numpy as np
import pytest

from leconfield.registry.nameindex import NameSearch, Segment, gathered
from leconfield.registry.nameindex.foreign import likeliest, read, spelt

HELD = ("Kuznetsova", "Ivanov", "Dmitry", "Mohammed", "Haglund", "Ramirez", "Joakim", "Smith", "Deborah", "Onwuka")


def held() -> Segment:
    return gathered([(str(number), name) for number, name in enumerate(HELD)])


@pytest.mark.parametrize(
    ("text", "script", "meant"),
    [("кузнецова", "Cyrillic", "kuznetsova"), ("محمد", "Arabic", "mohammed"), ("ラミレス", "Kana", "ramirez")],
)
def test_a_part_in_another_script_leads_to_the_spelling_that_is_held(text: str, script: str, meant: str) -> None:
    parts = held().parts
    forms, distances = read(text, script, parts)
    nearest = forms[np.argmin(distances)]
    assert parts.form_text[parts.form_at[nearest] : parts.form_at[nearest + 1]].tobytes().decode() == meant


def test_a_latin_part_and_one_in_a_script_that_was_not_learned_are_not_read() -> None:
    parts = held().parts
    assert not len(read("smith", "Latin", parts)[0])
    assert not len(read("παυλος", "Greek", parts)[0])
    assert spelt("παυλος") == ("pavlos",)


def test_what_a_part_is_likeliest_spelt_as_is_plain() -> None:
    for text in ("хуана", "翁乌卡", "ヨアキム", "הגלונד", "김"):
        spelling, bits = likeliest(text)
        assert spelling.isascii()
        assert spelling.isalpha()
        assert bits > 0


def test_a_chinese_spelling_of_a_long_name_is_read_whole() -> None:
    names = [("1", "Deborah Onwuka"), *((f"x{number}", f"{one} Smith") for number, one in enumerate(HELD))]
    found = NameSearch([gathered(names)]).search("德博拉 翁乌卡", 3)
    assert found[0].row_id == "1"

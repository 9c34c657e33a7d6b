"""Plain text: character sets, the normal form, and what is no text at all."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.intake.readers import UnreadableError, read


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Łódź, 5 March: met “Hans”."),
        ("utf-8-sig", "Hé!"),
        ("utf-16", "Он был один в Киеве."),
        ("utf-16-le", "Seen twice at the ferry."),
        ("utf-32", "Seen twice."),
        ("latin-1", "El señor José Núñez llegó a Bogotá ayer."),
        ("cp1252", "The man from Zürich – “Hans” – was seen."),
        ("cp1250", "Łódź, spotkanie z panem Kowalczykiem o świcie, żółty samochód"),
        ("cp1251", "Встреча состоялась в Киеве вчера вечером, он был один."),
        ("cp1256", "التقى الرجل مع صديقه في بيروت يوم الخميس"),
        ("koi8-r", "Встреча состоялась в Киеве вчера вечером, он был один. Потом уехал на машине."),
    ],
)
def test_text_is_read_in_the_character_set_it_was_saved_in(charset: str, text: str) -> None:
    assert read(text.encode(charset), "note.txt").text == text


def test_lines_end_in_one_newline_and_control_characters_are_gone() -> None:
    content = "\ufeffone\r\ntwo\rthree\u2028four\ffive\x07 café\tend\n\n".encode()
    assert read(content + b" " * 100, "note.txt").text == "one\ntwo\nthree\nfour\n\nfive café\tend"


def test_right_to_left_text_keeps_its_order_and_its_joiners() -> None:
    text = "می\u200cخواهد به بیروت برود"
    assert read(text.encode(), "note.txt").text == text


@settings(deadline=None)
@given(st.text(min_size=1))
def test_whatever_is_read_stands_in_the_normal_form(text: str) -> None:
    try:
        document = read(text.encode("utf-8", errors="surrogatepass"), "note.txt")
    except UnreadableError:
        return
    assert unicodedata.is_normalized("NFC", document.text)
    assert not [char for char in document.text if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t"]
    assert document.text == document.text.strip()


def test_piled_up_accents_cost_no_more_than_their_number() -> None:
    content = ("e" + "\u0301\u0323" * 500_000 + " end").encode()
    assert read(content, "note.txt").text.endswith(" end")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t ", "holds no words"),
        (b"\x89PNG\r\n\x1a\n....", "is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Office file"),
        (b"a\0b\0\1\2 not text \0\0", "holds bytes that are no text"),
        (b"a" * (64 * 2**20 + 1), "is larger than 64 MB"),
        (b"a" * 20_000_001, "holds more than 20,000,000 characters of text"),
    ],
    ids=["empty", "blank", "picture", "office", "nul bytes", "too many bytes", "too much text"],
)
def test_what_is_no_text_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read(content, "note.txt")
    assert caught.value.reason.startswith(reason)
    assert str(caught.value).startswith('"note.txt" ')
    assert caught.value.fix

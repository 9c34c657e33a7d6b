"""The whole of extraction: properties that hold for any text, and a golden report."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.intake.extraction.crf import ENTITY_TYPES
from leconfield.intake.extraction.model import Extraction
from leconfield.intake.extraction.pipeline import entities_record, entity_spans, extract
from leconfield.intake.extraction.training import outermost
from tests.intake.extraction.reports import facts, links, names

HOSTILE = [
    "",
    " ",
    "\n\n\n",
    "\x00",
    "a",
    "’s",
    "\u200b\u200e\ufeff",
    "التقى أحمد حسن رجلا في لندن يوم الثلاثاء 07700 900123.",
    "Димитър Стоянов met 王小明 at 12 Farley Rise.",
    "🕵️‍♀️ met 🚗 KX19 ABC",
    "((((((((((((((((((((",
    "@@@@....////::::----",
    "İSTANBUL ǅ ß ﬁ",
    "Mr.\tMr.\nMr. Mr",
]


WORDS = "Mr Ali Khan MET OF the 07700900123 Luton , . ( ) born on 's KX19ABC £5 not said 3 March 1988 Police"


def sound(found: Extraction, text: str) -> None:
    assert all(text[each.start : each.end] == each.text != "" for each in found.mentions)
    assert {each.chain for each in found.mentions} == set(range(len(found.chains)))
    for stated in (*found.facts, *found.links):
        assert 0 <= stated.start < stated.end <= len(text)
    assert all(fact.chain < len(found.chains) for fact in found.facts)
    assert all(max(link.left, link.right) < len(found.chains) for link in found.links)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_and_every_span_slices_to_its_words(text: str) -> None:
    sound(extract(text, "2024-06-12", "Luton"), text)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(WORDS.split())))
def test_any_jumble_of_telling_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    sound(extract(text, "2024-06-12", "Luton"), text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read(text: str) -> None:
    sound(extract(text), text)


def test_a_megabyte_without_a_blank_and_a_page_of_signs_are_read() -> None:
    for text in ("a" * 1_000_000, "(" * 5_000, "1" * 1_000_000, "@" * 5_000):
        sound(extract(text), text)


def test_reading_twice_gives_the_same() -> None:
    text = "Declan Byrne met Piotr Nowak in Leeds on Tuesday; he rang 07700 900123."
    assert extract(text, "2024-06-12") == extract(text, "2024-06-12")


@settings(deadline=None)
@given(st.text())
def test_the_entities_for_the_scorer_are_typed_and_do_not_overlap(text: str) -> None:
    spans = tuple((span.start, span.end, span.kind) for span in entity_spans(text))
    assert outermost(spans) == spans
    assert all(kind in ENTITY_TYPES for _, _, kind in spans)


def test_the_record_for_the_scorer() -> None:
    text = "Foreign Secretary Boris Johnson said that he met President Obama. Ring 07700 900123."
    record = entities_record("x", text)
    start = text.index("07700")
    assert record["id"] == "x"
    assert [0, 31, "Person"] in record["entities"]
    assert [start, start + 12, "CommsIdentifier"] in record["entities"]


def test_a_whole_report() -> None:
    found = extract(
        "On Tuesday Shabir Ansari (born 3 March 1988) met Oluwaseun Adeyemi outside Falcon Gym in Harehills. "
        "Mr Ansari, a courier, uses 07700 900123. Police said that Adeyemi drives a white Transit, KX19 ABC.",
        "2024-06-12",
        "Leeds",
    )
    assert names(found) == ["Shabir Ansari", "Oluwaseun Adeyemi"]
    assert names(found, "Vehicle") == ["KX19ABC"]
    assert {
        ("Shabir Ansari", "birthDate", "1988-03-03"),
        ("Shabir Ansari", "position", "courier"),
        ("Shabir Ansari", "gender", "male"),
    } <= facts(found)
    assert {
        ("Shabir Ansari", "met", "Oluwaseun Adeyemi"),
        ("Shabir Ansari", "user", "+447700900123"),
        ("Oluwaseun Adeyemi", "user", "KX19ABC"),
    } <= links(found)

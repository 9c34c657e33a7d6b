"""What a reader does not see is not there, and what he reads as a word is one; each letter keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.gate.matching.finding import sentences_of
from leconfield.gate.matching.plain import plainly
from leconfield.gate.release.model import Colour
from tests.gate.worlds import TODAY, checked, told, world_of

HELD = "There is a second telephone in the flour bin, and it holds one number."
AS_READ = "second telephone in the flour bin"
WRITTEN = {
    "bold letters": "second tele<b>phone</b> in the fl<i>ou</i>r bin",
    "a tag with a class": 'second telephone in the fl<span class="x">our</span> bin',
    "a comment": "second telephone in the fl<!-- -->our bin",
    "a tag that nobody knows": "second telephone in the fl<x>our bin",
    "marks": "second tele**pho**ne in the fl*ou*r bin",
    "joiners": "second tele\u200bphone in the fl\u200bour b\u200bin",
    "soft hyphens": "second tele\u00adphone in the fl\u00adour bin",
    "entities": "second tele&shy;phone in the flo&#117;r bin",
    "a line's end": "second tele-\nphone in the flour bin",
    "look-alikes": "sесоnd tеlерhоnе in thе flоur bin",
    "styled letters": "second 𝐭𝐞𝐥𝐞𝐩𝐡𝐨𝐧𝐞 in the ｆｌｏｕｒ bin",
    "letters turned round": "second \u202eenohpelet\u202c in the \u202eruolf\u202c bin",
    "dots": "s.e.c.o.n.d t.e.l.e.p.h.o.n.e in the f.l.o.u.r b.i.n",
    "figures for letters": "second t3leph0ne in the fl0ur b1n",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_words_are_read_as_a_reader_sees_them(written: str) -> None:
    assert plainly(written).text == AS_READ


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_no_way_of_writing_a_sentence_gets_it_past_the_gate(written: str) -> None:
    world = world_of([told("HERON", HELD)])
    assert checked(world, f"There was a {written}.").colour is Colour.RED


@pytest.mark.parametrize(
    "draft",
    [
        "See #SecondTelephone and #FlourBin.",
        '<img alt="a second telephone in the flour bin" src="x.jpg">',
        "<!-- a second telephone in the flour bin -->",
        "A second telephone <in the flour bin>.",
    ],
)
def test_words_in_markup_are_read_too(draft: str) -> None:
    assert checked(world_of([told("HERON", HELD)]), draft).colour is Colour.RED


@pytest.mark.parametrize(
    "draft",
    ["Vincent MacLeod's lock-up, M1, TE15 AKO, U.S. forces.", "5 < 7 and 9 > 3", "Dimitar Стоянов", "a b and c"],
)
def test_what_needs_no_undoing_stays_as_it_is(draft: str) -> None:
    assert plainly(draft).text == draft


def test_a_sentence_keeps_its_words_and_its_place_in_the_draft() -> None:
    draft = "First, <b>tea</b>. The fl<i>ou</i>r bin was full."
    sentences = sentences_of(world_of([]), draft, TODAY)
    assert [draft[each.span.start : each.span.end] for each in sentences] == [each.text for each in sentences]
    flour = next(each for each in sentences[1].features if each.words == "flour")
    assert draft[flour.span.start : flour.span.end] == "fl<i>ou</i>r"


@given(st.text(alphabet=st.sampled_from("ab <>/&#;*_`~-.\n\u202e\u202c\u200bо𝐭1!sSpan\"'="), max_size=60))
def test_every_letter_of_what_is_read_has_a_place_in_the_draft(draft: str) -> None:
    plain = plainly(draft)
    assert len(plain.places) == len(plain.text) + 1
    assert all(0 <= each <= len(draft) for each in plain.places)
    assert list(plain.places) == sorted(plain.places)
    for each in sentences_of(world_of([]), draft, TODAY):
        assert draft[each.span.start : each.span.end] == each.text

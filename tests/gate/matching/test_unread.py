"""What cannot be read is compared with nothing, and said to be so."""

from __future__ import annotations

import pytest

from leconfield.gate.exposure.model import Check
from leconfield.gate.matching.finding import sentences_of
from leconfield.gate.release.model import Colour
from tests.gate.worlds import TODAY, checked, told, world_of

HELD = told("HERON", "There is a second telephone in the flour bin, and it holds one number.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Le chef des voleurs boite, et il garde un second téléphone dans le pot de farine.",
        "In der Mehldose lag ein zweites Telefon.",
        "Drugi telefon trzymał w pojemniku na mąkę.",
        "Il capo tiene un secondo telefono nella farina.",
        "Mae gan yr arweinydd ail ffôn yn y bin blawd.",
        "Второй телефон лежал в банке с мукой.",
        "الهاتف الثاني في الدقيق",
        "Look: #secondtelephone #flourbin",
        "He had a secondtelephoneintheflourbin and we knew.",
        "T h e s e c o n d t e l e p h o n e i n t h e f l o u r b i n.",
    ],
)
def test_other_languages_and_words_run_together_are_told(sentence: str) -> None:
    verdict = checked(world_of([HELD]), sentence)
    assert verdict.colour is not Colour.GREEN
    assert any(each.check is Check.UNMATCHED for one in verdict.sentences for each in one.reasons)


@pytest.mark.parametrize(
    "sentence",
    [
        "We thank everybody who rang us.",
        "Drivers want lights and a fence.",
        "Tomasz Woźniak drove from Łódź to Dover.",
        "Paces the width twice, heel to toe.",
        "Café, résumé, naïve: the words are French and the sentence is not.",
        "Join us #recruiting",
    ],
)
def test_english_is_read_whatever_names_stand_in_it(sentence: str) -> None:
    (read,) = sentences_of(world_of([]), sentence, TODAY)
    assert not read.unread

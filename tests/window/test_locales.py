"""Every phrase that a language has stands in English too, with the same places to fill in; and it says something."""

from __future__ import annotations

from string import Formatter

import pytest

from leconfield.window.language import FALLBACK, LOCALE, phrases

FILES = sorted(each.relative_to(LOCALE) for each in LOCALE.glob("*/*.toml"))
OTHERS = [each for each in FILES if each.parts[0] != FALLBACK]


def places(phrase: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_phrase_says_something(file: object) -> None:
    language, area = str(file).removesuffix(".toml").split("/")
    found = phrases(language, area)
    assert found
    assert not [key for key, words in found.items() if not words]


@pytest.mark.parametrize("file", OTHERS, ids=str)
def test_a_phrase_of_another_language_stands_for_one_that_english_has(file: object) -> None:
    language, area = str(file).removesuffix(".toml").split("/")
    english, other = phrases(FALLBACK, area), phrases(language, area)
    assert set(other) <= set(english)
    assert not {key: words for key, words in other.items() if places(words) != places(english[key])}


@pytest.mark.parametrize("area", ["challenges"])
def test_german_says_all_that_english_does(area: str) -> None:
    assert set(phrases("de", area)) == set(phrases(FALLBACK, area))

"""Phrases: English has all that the pages ask for; another language has no key that English lacks."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from leconfield.errors import DamagedError
from leconfield.gate.bundles.telling import blocks
from leconfield.window.language import FALLBACK, LOCALE, phrases, speaker
from leconfield.window.site.blocks import anchor, contents, linked, parts
from leconfield.window.site.kit import etag, matches
from leconfield.window.site.templates_of import TEMPLATES, day

AREAS = sorted(each.stem for each in (LOCALE / FALLBACK).glob("*.toml"))


def _gaps(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", [each.name for each in LOCALE.iterdir() if each.name != FALLBACK])
def test_another_language_says_nothing_that_english_does_not_and_fills_the_same_gaps(language: str) -> None:
    for area in AREAS:
        own, english = phrases(language, area), phrases(FALLBACK, area)
        assert sorted(own.keys() - english.keys()) == [], area
        for key, phrase in own.items():
            assert _gaps(phrase) == _gaps(english[key]), key


def test_every_phrase_that_a_template_names_stands_in_english() -> None:
    named = re.compile(r"""\bt\(\s*["']([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)["']\s*[,)]""")
    for file in sorted(Path(TEMPLATES).rglob("*.html")):
        for key in named.findall(file.read_text(encoding="utf-8")):
            assert key in phrases(FALLBACK, key.partition(".")[0]), (file.name, key)


def test_a_phrase_is_said_in_english_where_a_language_lacks_it_and_an_unknown_one_is_an_error() -> None:
    assert speaker("de")("frame.menu") == "Menü"
    assert speaker("xx")("frame.menu") == "Menu"
    with pytest.raises(DamagedError, match="no phrase"):
        speaker("en")("frame.nonsense")


def test_a_day_is_written_as_people_write_it() -> None:
    assert day("2026-11-03") == "3 November 2026"
    assert day("2026-03-01", "de") == "1. März 2026"


def test_moments_that_follow_one_another_are_one_timeline() -> None:
    told = blocks("A.\n\n~ May: x\n\n~ June: y\n\n## What? Now\n\n~ July: z\n")
    assert [each.kind for each in parts(told)] == ["paragraph", "timeline", "heading", "timeline"]
    assert [len(each.blocks) for each in parts(told)] == [1, 2, 1, 1]
    assert contents(told) == (("what-now", "What? Now"),)
    assert anchor("?!") == "part"


def test_a_bare_address_is_a_link_and_everything_else_stays_words() -> None:
    made = str(
        linked('See https://example.org/a?b=1&c. <b onclick="x">no</b> javascript:alert(1) https://x.y/"onload="z')
    )
    assert made.count("<a ") == 2
    assert 'href="https://example.org/a?b=1&amp;c"' in made
    assert "<b" not in made
    assert 'onload="z' not in made


def test_an_etag_is_of_the_bytes_alone_and_is_compared_weakly() -> None:
    assert etag(b"x") == etag(b"x") != etag(b"y")
    assert matches(f'"a", W/{etag(b"x")}', etag(b"x"))
    assert matches("*", etag(b"x"))
    assert not matches("", etag(b"x"))

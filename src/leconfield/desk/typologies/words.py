"""The words of a text as typologies read them: folded, and without those that are protected.

Nothing here knows of statements: a text goes in, words come out.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from leconfield.registry.countries import is_country
from leconfield.registry.scripts import fold

_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
PAIRS: Final = "pairs"
NATIONALITY: Final = "nationality"


def words_in(text: str) -> list[str]:
    """The words of a text, folded: no capitals, no accents, possessives cut off."""
    found = _WORD.findall(fold(text))
    return [_plain(each) if "'" in each or "’" in each else each for each in found]


def _plain(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").replace("'", "")


def scorable_words(text: str) -> str:
    """The words of a text that may reach a score, one blank between them; empty if there are none.

    What is protected is taken out as if it had not been written, so that putting it in, or another of its kind in
    its place, leaves the same words.
    """
    kept = words_in(text)
    while True:
        found = [each for each in _without_phrases(kept) if not protected_class(each)]
        if len(found) == len(kept):
            return " ".join(found)
        kept = found


def _without_phrases(words: list[str]) -> list[str]:
    """The words without phrases of several words that are protected: *trade union*, *United Kingdom*."""
    endings = _phrases()
    found: list[str] = []
    for each in words:
        found.append(each)
        for phrase in endings.get(each, ()):
            if tuple(found[-len(phrase) :]) == phrase:
                del found[-len(phrase) :]
                break
    return found


@cache
def protected_class(word: str) -> str:
    """What a folded word tells that is protected: `religion`, `nationality`; empty if nothing."""
    whole, beginnings = _protected()
    if word in whole:
        return whole[word]
    for length in range(len(word), 1, -1):
        if word[:length] in beginnings:
            return beginnings[word[:length]]
    return NATIONALITY if is_country(word) or is_country(word.removesuffix("s")) else ""


def protected_in(words: str) -> str:
    """The first protected word or phrase of a lexicon entry; empty if there is none."""
    written = words_in(words)
    for place, each in enumerate(written):
        if protected_class(each):
            return each
        for phrase in _phrases().get(each, ()):
            if tuple(written[max(place + 1 - len(phrase), 0) : place + 1]) == phrase:
                return " ".join(phrase)
    return ""


def tells_protected(name: str) -> bool:
    """Whether the name of an organisation or a place says what it is of: a church, a party, a union, a clinic.

    A nationality in a name tells nothing of those who work there.
    """
    written = words_in(name)
    pairs = {f"{one} {other}" for one, other in pairwise(written)}
    return bool(pairs & _pairs()) or any(protected_class(each) not in ("", NATIONALITY) for each in written)


@cache
def protected_classes() -> dict[str, tuple[str, ...]]:
    """Protected words by class, a star at the end standing for any ending."""
    text = (files("leconfield.desk.typologies") / "protected.toml").read_text(encoding="utf-8")
    return {name: tuple(listed.split()) for name, listed in tomllib.loads(text).items() if name != PAIRS}


@cache
def _protected() -> tuple[dict[str, str], dict[str, str]]:
    whole: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for name, listed in protected_classes().items():
        for each in listed:
            (beginnings if each.endswith("*") else whole)[each.rstrip("*")] = name
    return whole, beginnings


@cache
def _pairs() -> frozenset[str]:
    text = (files("leconfield.desk.typologies") / "protected.toml").read_text(encoding="utf-8")
    return frozenset(" ".join(each.split()) for each in tomllib.loads(text)[PAIRS].split(","))


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Protected phrases of several words, countries and peoples among them, by their last word, the longest first."""
    countries = (files("leconfield.registry") / "data" / "countries.txt").read_text(encoding="utf-8")
    named = (each for line in countries.splitlines() for each in re.split("[,|]", line.partition(" ")[2]))
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted({tuple(words_in(each)) for each in (*_pairs(), *named)}, key=lambda each: (-len(each), each)):
        if len(phrase) > 1:
            found.setdefault(phrase[-1], []).append(phrase)
    return {last: tuple(phrases) for last, phrases in found.items()}

"""Taking out of an answer what tells who wrote it: for the applicant's preview outside and the assessors' inside.

One set of rules on both sides, so that what an applicant was shown is what an assessor reads. They are plain and err
towards taking out; what they miss (a story that only one person can tell) the applicant can hide, line by line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

TAKEN: Final = ("name", "e-mail", "phone number", "address", "school", "age", "taken out")
"""What may stand in brackets where something was."""
_COMMON_WORDS: Final = (
    "art bill bob chance chase christian dean dawn drew faith frank gay gene grace grant guy hope ivy jack joy june"
    " lance long love march mark may mercy miles neil nick olive pat pearl penny pierce ray rob robin rose ruby sandy"
    " skip sky sue summer sunny violet wade ward will young king page price rich stone wood woods hill field fields"
    " brown black white green best good power church bishop baker cook carter mason taylor turner walker hunter fisher"
    " day early bright strong small little short work works read reading born star winter bell rice fox bird wolf so"
    " an do he in is it my no on or to up us we be by go if me at as ha"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())
"""Names that are words too: taken out only where they are written with a capital."""
_PARTICLE_WORDS: Final = "al bin da de del den der di do dos du el ibn la le of the und van von y"
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
"""Parts of a name that tell nobody by themselves."""
_LEAST: Final = 2
"""Letters of a part of a name, or of something to hide."""

_CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]{1,40}"
_NAMED: Final = rf"{_CAPITAL}(?:[ ](?:(?:of|the|and|de|für|zu|der)[ ])?{_CAPITAL}){{0,4}}"
_PLACE_OF_LEARNING: Final = (
    r"(?:University|College|School|Academy|Institute|Polytechnic|Seminary|Universität|Hochschule|Gymnasium)"
)
_SHAPES: Final = tuple(
    (what, re.compile(shape))
    for what, shape in (
        ("e-mail", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"),
        ("address", r"(?:https?://|www\.)[^\s<>]{1,400}"),
        ("address", r"(?<![\w@])@\w[\w.]{1,30}"),
        ("address", r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b"),
        ("phone number", r"(?<![\w+])(?:\+|00)\d[\d ()/.-]{6,20}\d(?!\w)"),
        ("phone number", r"(?<!\w)\(?0\d[\d ()/.-]{6,18}\d(?!\w)"),
        ("name", rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Lady|Herr|Frau)\b\.?[ ]{_CAPITAL}(?:[ ]{_CAPITAL}){{0,2}}"),
        ("school", rf"\b{_PLACE_OF_LEARNING}[ ]of[ ](?:the[ ])?{_NAMED}"),
        ("school", rf"\b{_NAMED}[ ]{_PLACE_OF_LEARNING}\b"),
        ("school", rf"\b{_PLACE_OF_LEARNING}[ ]{_CAPITAL}"),
        ("age", r"\b\d{2}[ -]years?[ -]old\b"),
        ("age", r"\baged[ ]\d{2}\b"),
        ("age", r"\bborn[ ](?:in|on)[ ](?:[\w ]{0,20})\d{4}\b"),
        ("age", r"\b[Ii](?:[ ]am|['’]m)[ ]\d{2}\b(?![ ]?(?:%|\w*[ ]away))"),
    )
)
_BRACKETS: Final = re.compile(r"\[(?:" + "|".join(map(re.escape, TAKEN)) + r")\]")
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that put no space between words."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the one who answers, and must not be read in the answer."""

    names: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, contact: str = "", hidden: str = "") -> Known:
        """From what he gives: his name, how to reach him, and other things to hide, a thing a line."""
        lines = (each.strip() for told in (contact, hidden) for each in told.splitlines())
        return cls((name,), tuple(each for each in lines if len(each) >= _LEAST))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an answer as assessors see it."""

    words: str
    taken: bool = False
    """Whether it stands for something that was taken out."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """An answer as assessors see it."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The answer in one piece, with `[name]` and the like where something was."""
        return "".join(each.words for each in self.parts)

    @property
    def count(self) -> int:
        """How many things were taken out."""
        return sum(each.taken for each in self.parts)


def blinded(answer: str, known: Known) -> Blinded:
    """The answer without what tells who wrote it. Blinding what is blind changes nothing."""
    text = unicodedata.normalize("NFC", answer)
    patterns = _patterns(known)
    while (made := _once(text, patterns)).text != text:
        text = made.text
    return made


def _once(text: str, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> Blinded:
    parts: list[Part] = []
    at = 0
    for found in _BRACKETS.finditer(text):
        parts += [*_freed(text[at : found.start()], patterns), Part(found[0], taken=True)]
        at = found.end()
    return Blinded((*parts, *_freed(text[at:], patterns)))


def _freed(text: str, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> Iterator[Part]:
    """What is left of a stretch that holds no brackets of ours; of two finds that overlap one is made."""
    at = 0
    for start, end, what in _merged((*_shaped(text), *_told(text, patterns))):
        if at < start:
            yield Part(text[at:start])
        yield Part(f"[{what}]", taken=True)
        at = end
    if at < len(text):
        yield Part(text[at:])


def _merged(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    made: list[tuple[int, int, str]] = []
    for start, end, what in sorted(found, key=lambda each: (each[0], -each[1])):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]), made[-1][2])
        else:
            made.append((start, end, what))
    return made


def _shaped(text: str) -> Iterator[tuple[int, int, str]]:
    for what, shape in _SHAPES:
        yield from ((each.start(), each.end(), what) for each in shape.finditer(text))


def _told(text: str, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> Iterator[tuple[int, int, str]]:
    """Where a name or a thing to hide stands, however it is accented; a common word only with its capital."""
    folded, places = _folded(text)
    for what, pattern in patterns:
        for each in pattern.finditer(folded):
            start, end = places[each.start()], _end(text, places[each.end() - 1])
            if each[0] not in _COMMON or text[start].isupper():
                yield start, end, what


def _patterns(known: Known) -> tuple[tuple[str, re.Pattern[str]], ...]:
    told = {_folded(each)[0].strip(): "taken out" for each in known.hidden}
    for each in known.names:
        whole = _folded(each)[0].strip()
        parts = {part for word in whole.split() for part in (word, *word.split("-"))} - _PARTICLES
        told |= dict.fromkeys((whole, *(part.strip("'.,\u2019") for part in parts)), "name")
    return tuple((what, _pattern(each)) for each, what in sorted(told.items()) if _is_enough(each))


def _is_enough(words: str) -> bool:
    return sum(map(str.isalnum, words)) >= _LEAST


def _pattern(words: str) -> re.Pattern[str]:
    """The words, with any space between them; as whole words, where the script has spaces."""
    inner = r"\s+".join(map(re.escape, words.split()))
    if _UNSPACED.search(words):
        return re.compile(inner)
    return re.compile(rf"(?<![^\W_]){inner}(?![^\W_])")


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without accents, capitals and marks that are not seen, and where each of its letters stood."""
    made: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = [each for each in unicodedata.normalize("NFKD", letter) if unicodedata.category(each) not in _UNSEEN]
        for each in "".join(plain).casefold():
            made.append(each)
            places.append(place)
    return "".join(made), places


def _end(text: str, last: int) -> int:
    """Behind a letter and the marks that belong to it."""
    end = last + 1
    while end < len(text) and unicodedata.category(text[end]) in _UNSEEN:
        end += 1
    return end


_UNSEEN: Final = frozenset({"Mn", "Me", "Cf"})

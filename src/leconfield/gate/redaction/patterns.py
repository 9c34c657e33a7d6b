"""What a grammar knows to identify somebody whatever the taggers say: numbers, dates, names after a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leconfield.gate.redaction.model import Mode, Reason
from leconfield.intake.extraction import reading as kinds
from leconfield.intake.extraction.features import word_table
from leconfield.intake.extraction.identifiers import identifiers

_LETTER: Final = r"[^\W\d_]"
_CAPITAL: Final = r"(?:(?=[^\W\d_])[^a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž])"
_NAME: Final = rf"{_CAPITAL}(?:{_LETTER}|['’.\-‐‑](?={_LETTER}))*\.?"
_TITLED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Messrs|Prof|Professor|Sir|Lady|Imam|Sheikh)\.?\s"
    rf"(?P<name>{_NAME}(?:[ \t](?:(?:de|la|van|von|der|den|al|el|bin|ibn|di|da)[ \t])?{_NAME}){{0,4}})"
)
_CASE: Final = re.compile(r"(?<![\w/])\d{3,6}/\d{2}(?:\d{2})?(?![\w/])")
"""Case numbers such as 12345/02."""
_NUMBERED: Final = re.compile(
    r"\b(?:[Nn]os?|NO|[Nn]umbers?|[Rr]ef(?:erence)?|[Ff]ile|[Cc]ase|[Aa]pplications?)\.?[ \t:]{1,3}(?:no\.?[ \t])?"
    r"(?P<number>(?=[\w/.\-‐‑ ]{0,12}\d)[A-Z0-9][A-Z0-9/.\-‐‑]{3,24}[A-Z0-9])(?!\w)"
)
_CARD: Final = re.compile(r"(?<![\w-])\d(?:[ -]?\d){9,18}(?![\w-])")
"""Ten to nineteen figures in a row: a card, an account, a number for life."""
_LAW: Final = re.compile(
    r"(?:Articles?|Arts?\.|Sections?|Protocol|Rules?|Law|Act|Decree|Directive|Regulation|Resolution|Convention)\s?$"
)
_CAPITALS: Final = re.compile(r"(?<![\w-])(?![IVXLC]+\b)[A-Z]{4,}(?![\w-])")
"""A word in capitals among others that are not: a codeword, or the short name of a body."""
_OTHER: Final = r"[^\W\d_A-Za-z\u00aa-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]"
_MARK: Final = (
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)
_OTHER_WORD: Final = rf"{_OTHER}(?:{_OTHER}|{_MARK})*+"
_OTHER_SCRIPT: Final = re.compile(
    rf"(?![\u0370-\u03ff](?!\w)){_OTHER_WORD}(?:[ \t.,'’\-\u05be\u30fb]{{1,2}}{_OTHER_WORD})*+"
)
"""Words that are not in Latin letters, which nothing here can read; one Greek letter alone is a sign."""
_SMALL: Final = re.compile(r"[a-z]")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_READ: Final = {
    kinds.PHONE: Reason.CONTACT,
    kinds.EMAIL: Reason.CONTACT,
    kinds.HANDLE: Reason.CONTACT,
    kinds.URL: Reason.CONTACT,
    kinds.PLATE: Reason.VEHICLE,
    kinds.IBAN: Reason.ACCOUNT,
    kinds.COORDINATE: Reason.PLACE,
    kinds.ADDRESS: Reason.PLACE,
    kinds.REFERENCE: Reason.NUMBER,
    kinds.DATE: Reason.DATE,
    kinds.MONEY: Reason.AMOUNT,
}
_EITHER: Final = frozenset({"day", "other script"})
"""Patterns that are enough in either mode whatever their reason."""
_DIRECT: Final = frozenset({Reason.PERSON, Reason.NUMBER, Reason.CONTACT, Reason.ACCOUNT, Reason.VEHICLE, Reason.PLACE})
"""Reasons that a pattern is enough for in either mode."""
_BEFORE: Final = 14
_NEAR: Final = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that a pattern knows."""

    start: int
    end: int
    reason: Reason
    pattern: str


def patterned(text: str, mode: Mode) -> list[Found]:
    """What patterns find, perhaps overlapping: direct identifiers in either mode, in *protect* also the rest.

    Whole days, and words in other scripts, are found in either mode.
    """
    return [each for each in _all(text) if mode is Mode.PROTECT or each.reason in _DIRECT or each.pattern in _EITHER]


def _all(text: str) -> Iterator[Found]:
    for each in _TITLED.finditer(text):
        yield Found(each.start(), _end_of_name(each), Reason.PERSON, "title and name")
    for each in _CASE.finditer(text):
        if not _is_law(text, each.start()):
            yield Found(each.start(), each.end(), Reason.NUMBER, "case number")
    for each in _NUMBERED.finditer(text):
        if not _is_law(text, each.start()):
            yield Found(each.start("number"), each.end("number"), Reason.NUMBER, "number after its name")
    for read in identifiers(text):
        if not _is_law(text, read.span.start):
            whole = read.kind == kinds.DATE and _DAY.match(read.value)
            cut = len(read.value) if read.kind == kinds.REFERENCE else read.span.end - read.span.start
            yield Found(read.span.end - cut, read.span.end, _READ[read.kind], "day" if whole else read.kind)
    for each in _CAPITALS.finditer(text):
        if _SMALL.search(_line_around(text, each.start(), each.end())):
            yield Found(each.start(), each.end(), Reason.PARTICULAR, "word in capitals")
    for each in _OTHER_SCRIPT.finditer(text):
        yield Found(each.start(), each.end(), Reason.PARTICULAR, "other script")
    for each in _CARD.finditer(text):
        yield Found(each.start(), each.end(), Reason.ACCOUNT, "long number")


def _end_of_name(found: re.Match[str]) -> int:
    """Where a name ends: before an everyday word that begins the next sentence ("Mr J.S. Further, ...")."""
    before, dot, last = found.group().rpartition(". ")
    return found.start() + len(before) + 1 if dot and "low" in word_table().get(last.lower(), ()) else found.end()


def _line_around(text: str, start: int, end: int) -> str:
    """The words near a place, of the same line."""
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    return before + text[end : end + _NEAR].partition("\n")[0]


def _is_law(text: str, start: int) -> bool:
    """Whether the number belongs to a law or treaty."""
    return _LAW.search(text[max(0, start - _BEFORE) : start]) is not None

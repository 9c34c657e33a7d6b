"""Free text read into the parts of a question: "Mohamed, about 30, Luton, drives a grey Golf".

What has a form (numbers, addresses on the net, dates, ages) is known by it. Of the rest, the first is the name; what
follows is read by the words of the view: a place is what some record there has for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from leconfield.registry.asked import LONGEST, Asked
from leconfield.registry.births import MARK, take_births
from leconfield.registry.countries import LONGEST as LONGEST_COUNTRY
from leconfield.registry.countries import is_country, is_people
from leconfield.registry.lexicon import COLOURS, LONGEST_PLACE, Lexicon
from leconfield.registry.scripts import fold, listed

_ON_THE_NET: Final = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("handle", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("handle", re.compile(r"(?<!\w)@\w{2,}")),
)
_NUMBERS_FIRST: Final = (
    ("plate", re.compile(r"(?<!\w)[a-z]{2}\d{2}\s?[a-z]{3}(?!\w)", re.IGNORECASE)),
    (
        "account",
        re.compile(r"(?<!\w)[a-z]{2}\d{2}(?:\s?[a-z\d]{4}){2,7}(?:\s?[a-z\d]{1,3})?(?!\w)", re.IGNORECASE),
    ),
)
"""What must be read before dates are looked for, which lie in it."""
_NUMBERS_LAST: Final = (
    (
        "phone",
        re.compile(
            r"(?<!\w)(?:(?:tele)?phone|tel|mobile)(?: number| no)?[.:]? ?(?P<said>\+?\(?\d[\d\s().-]{2,}\d)(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("phone", re.compile(r"(?<!\w)\+?\(?\d[\d\s().-]{4,}\d(?!\w)")),
    ("document", re.compile(r"(?<!\w)(?=[\w-]*\d)[A-Za-z\d][\w-]{3,}(?!\w)")),
)
_DIGIT: Final = re.compile(r"\d")
_SMALL_NUMBER: Final = re.compile(r"(?<!\w)\d+(?!\w)")
SEXES: Final = {
    **dict.fromkeys(listed("man male boy gentleman he him m"), "male"),
    **dict.fromkeys(listed("woman female girl lady she her f"), "female"),
}
"""Words for a sex, to what records say."""
_CALLED: Final = re.compile(
    r"^\s*(?:an?\s+)?(?P<who>man|male|boy|woman|female|girl|lady|somebody|someone|person)\s+"
    r"(?:called|named|known as|by the name of|who goes by)\s+",
    re.IGNORECASE,
)
_WHERE: Final = re.compile(
    r"\s(?:from|in|of|at|near|living in|lives in|based in|born in|resident in)\s+(?P<place>.+)$", re.IGNORECASE
)
_LITTLE: Final = frozenset(
    listed(
        "a an the of in from at on near and or with his her their he she they is was has lives living live based born "
        "resident drives driving drove drive driver uses using used owns car van vehicle by to comes who said about"
    )
)
"""Words that say nothing by themselves."""
_DRIVING: Final = frozenset(listed("drives driving drove drive driver car van vehicle"))
_SHORTEST_WORD: Final = 3


@dataclass(frozen=True, slots=True)
class Read:
    """Free text in parts, and the words of it that could not be used."""

    asked: Asked
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parts:
    """What has been read so far, part by part."""

    found: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def add(self, part: str, said: str) -> None:
        held = self.found.setdefault(part, [])
        if said and said not in held:
            held.append(said)

    def read(self) -> Read:
        joined = {part: ("; " if part != "also" else " ").join(said) for part, said in self.found.items()}
        return Read(Asked(**joined), tuple(dict.fromkeys(self.unread)))


def read_text(text: str, lexicon: Lexicon | None = None) -> Read:
    """Take free text apart. `Garcia, Jose` is a name; with more commas, what follows the first is said of him."""
    whole = " ".join(re.sub(r"[\x00-\x1f]", " ", text).split())
    rest = whole[:LONGEST]
    parts = _Parts()
    if whole[LONGEST:].strip():
        parts.unread.append(f"what follows the first {LONGEST} letters")
    if "@" in rest or "." in rest:
        for part, pattern in _ON_THE_NET:
            rest = _take(pattern, part, rest, parts)
    numbered = bool(_DIGIT.search(rest))
    for part, pattern in _NUMBERS_FIRST if numbered else ():
        rest = _take(pattern, part, rest, parts)
    births, rest = take_births(rest, None)
    for said in (*births.said, *births.unread):
        parts.add("born", said)
    for part, pattern in _NUMBERS_LAST if numbered else ():
        rest = _take(pattern, part, rest, parts)
    rest = _drop(_SMALL_NUMBER, rest, parts)
    _read_words(rest, parts, lexicon or Lexicon())
    return parts.read()


def _take(pattern: re.Pattern[str], part: str, rest: str, parts: _Parts) -> str:
    for found in pattern.finditer(rest):
        said = found["said"] if "said" in pattern.groupindex else found[0]
        parts.add(part, " ".join(said.split()))
    return pattern.sub(f" {MARK} ", rest)


def _drop(pattern: re.Pattern[str], rest: str, parts: _Parts) -> str:
    parts.unread += [found[0] for found in pattern.finditer(rest)]
    return pattern.sub(" ", rest)


def _read_words(rest: str, parts: _Parts, lexicon: Lexicon) -> None:
    """The name, and whatever was said beside it."""
    raw = [each.strip() for each in re.split(r"[,;]", rest)]
    while raw and not any(letter.isalnum() for letter in raw[0]):
        raw = raw[1:]
    if not raw:
        return
    segments = [" ".join(each.replace(MARK, " ").split()) for each in raw]
    others = segments[1:]
    only = segments[1] if len([each for each in others if each]) == 1 else ""
    if only and not raw[0].endswith(MARK) and not raw[1].startswith(MARK) and _is_given(only, lexicon):
        parts.add("name", f"{segments[0]}, {only}")
        return
    parts.add("name", _name_in(segments[0], parts, lexicon, alone=not any(others)))
    for each in others:
        _read_segment(each, parts, lexicon)


def _is_given(words: str, lexicon: Lexicon) -> bool:
    """Whether what follows the only comma is a given name, rather than something said of him."""
    folded = fold(words)
    if folded in SEXES or is_country(folded) or _describes(folded):
        return False
    return not lexicon.is_place(folded) or lexicon.is_name(folded)


def _describes(folded: str) -> bool:
    return not _LITTLE.isdisjoint(folded.split()) or not COLOURS.keys().isdisjoint(folded.split())


def _name_in(segment: str, parts: _Parts, lexicon: Lexicon, *, alone: bool) -> str:
    """The name in the first words, without the sex, people and place that stand around it."""
    called = _CALLED.match(segment)
    if called:
        sex = called["who"].lower()
        if sex in SEXES:
            parts.add("sex", sex)
        segment = segment[called.end() :]
    where = _WHERE.search(segment)
    if where and _known(where["place"], lexicon):
        _read_segment(where["place"], parts, lexicon)
        segment = segment[: where.start()]
    words = segment.split()
    if len(words) > 1 and is_people(fold(words[0])) and not lexicon.is_name(fold(words[0])):
        parts.add("nationality", words.pop(0))
    for size in range(min(LONGEST_PLACE, len(words) - 1), 0, -1) if alone else ():
        tail = " ".join(words[-size:])
        if lexicon.is_place(fold(tail)) and not lexicon.is_name(fold(tail)):
            parts.add("place", tail)
            words = words[:-size]
            break
    return " ".join(words)


def _known(words: str, lexicon: Lexicon) -> bool:
    folded = fold(words)
    return is_country(folded.removeprefix("the ")) or lexicon.is_place(folded)


def _read_segment(segment: str, parts: _Parts, lexicon: Lexicon) -> None:
    """What is said beside the name: peoples, places, a sex, a vehicle; any other word is looked for as it stands."""
    words = segment.split()
    at = 0
    vehicle: list[str] = []
    folded = set(fold(segment).split())
    driving = not folded.isdisjoint(_DRIVING) or not folded.isdisjoint(COLOURS)
    while at < len(words):
        at += _read_at(words[at:], parts, lexicon, vehicle, driving=driving)
    if vehicle:
        parts.add("vehicle", " ".join(vehicle))


def _read_at(words: list[str], parts: _Parts, lexicon: Lexicon, vehicle: list[str], *, driving: bool) -> int:
    """Read what the words begin with; how many of them that was. Beside a colour, what is nothing else is a car."""
    for size in range(min(len(words), max(LONGEST_COUNTRY, LONGEST_PLACE)), 0, -1):
        said = " ".join(words[:size])
        folded = " ".join(re.sub(r"[^\w'-]+", " ", fold(said)).split())
        if is_country(folded):
            parts.add("nationality", said)
            return size
        if lexicon.is_place(folded) and folded not in _LITTLE and folded not in COLOURS:
            parts.add("place", said)
            return size
    word = re.sub(r"[^\w'-]+", "", fold(words[0]))
    if word in COLOURS or lexicon.is_model(word):
        vehicle.append(words[0])
    elif word in SEXES and len(word) > 1 and word not in _LITTLE:
        parts.add("sex", words[0])
    elif driving and word and word not in _LITTLE:
        vehicle.append(words[0])
    elif len(word) >= _SHORTEST_WORD and word not in _LITTLE:
        parts.add("also", words[0])
    elif word and word not in _LITTLE:
        parts.unread.append(words[0])
    return 1

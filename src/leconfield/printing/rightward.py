"""Scripts that run from right to left: how Arabic letters join, and the order in which a line is set.

The joined forms are those that Unicode has code points for (Arabic Presentation Forms A and B), read from Python's own
Unicode tables; fonts must have them. The order is that of the Unicode Bidirectional Algorithm (UAX #9), without
explicit embeddings and isolates (their marks are left out) and without the pairing of brackets (rule N0).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

_LAM: Final = "\u0644"
_JOINERS: Final = frozenset("\u0640\u200d")
"""Tatweel and the joiner: they join on both sides and have no forms of their own."""
_FORMS: Final = ("isolated", "final", "initial", "medial")
_MIRRORED: Final = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON"})
_LEFT_OUT: Final = frozenset({"BN", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
RIGHTWARD: Final = frozenset({"R", "AL", "AN"})


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Forms by letter, and of lam with alef by the alef."""
    letters: dict[str, dict[str, str]] = {}
    ligatures: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        tag, _, rest = unicodedata.decomposition(chr(code)).partition(" ")
        form, parts = tag.strip("<>"), [chr(int(each, 16)) for each in rest.split()]
        if form not in _FORMS:
            continue
        if len(parts) == 1:
            letters.setdefault(parts[0], {})[form] = chr(code)
        elif len(parts) == len("لا") and parts[0] == _LAM and 0xFEF5 <= code <= 0xFEFC:
            ligatures.setdefault(parts[1], {})[form] = chr(code)
    return letters, ligatures


def goes_right(text: str) -> bool:
    """Whether anything in the text runs from right to left."""
    return any(each >= "\u0590" and unicodedata.bidirectional(each) in RIGHTWARD for each in text)


def _transparent(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me") or (
        unicodedata.category(letter) == "Cf" and letter not in "\u200c\u200d"
    )


def joined(text: str) -> list[str]:
    """The text letter by letter, each in the form that its neighbours ask for; empty where one melts into another."""
    letters, ligatures = _tables()
    result = list(text)
    places = [place for place, each in enumerate(text) if not _transparent(each)]
    melted = -1
    for index, place in enumerate(places):
        letter = text[place]
        before = text[places[index - 1]] if index else ""
        after = text[places[index + 1]] if index + 1 < len(places) else ""
        if place == melted or letter not in letters:
            continue
        from_before = _joins_onward(letters, before) and "final" in letters[letter]
        if letter == _LAM and after in ligatures:
            result[place] = ligatures[after]["final" if from_before else "isolated"]
            melted = places[index + 1]
            result[melted] = ""
            continue
        to_after = _joins_onward(letters, letter) and _joins_back(letters, after)
        form = _FORMS[2 * to_after + from_before]
        result[place] = letters[letter].get(form, letter)
    return result


def _joins_onward(letters: dict[str, dict[str, str]], letter: str) -> bool:
    return letter in _JOINERS or "initial" in letters.get(letter, ())


def _joins_back(letters: dict[str, dict[str, str]], letter: str) -> bool:
    return letter in _JOINERS or "final" in letters.get(letter, ())


def levels(text: str) -> list[int]:
    """The embedding level of each character; -1: it is not set at all. The paragraph's own level is `base(text)`."""
    classes = [unicodedata.bidirectional(each) or "L" for each in text]
    kept = [place for place, each in enumerate(classes) if each not in _LEFT_OUT]
    of_paragraph = base(text)
    resolved = _neutrals(_weak([classes[each] for each in kept], of_paragraph), of_paragraph)
    found = [-1] * len(text)
    for place, each in zip(kept, resolved, strict=True):
        found[place] = _implicit(each, of_paragraph)
    return found


def base(text: str) -> int:
    """The paragraph's level by its first strong character: 1 if it runs from right to left (rules P2, P3)."""
    strong = (unicodedata.bidirectional(each) for each in text)
    return int(next((each for each in strong if each in ("L", "R", "AL")), "L") != "L")


def _weak(classes: Sequence[str], level: int) -> list[str]:
    """Rules W1 to W7."""
    start = "R" if level else "L"
    found = list(classes)
    strong = before = start
    for place, each in enumerate(found):
        if each == "NSM":
            found[place] = before
        elif each == "EN" and strong == "AL":
            found[place] = "AN"
        before = found[place]
        strong = before if before in ("L", "R", "AL") else strong
    found = ["R" if each == "AL" else each for each in found]
    _separators(found)
    strong = start
    for place, each in enumerate(found):
        strong = each if each in ("L", "R") else strong
        if each in ("ES", "ET", "CS"):
            found[place] = "ON"
        elif each == "EN" and strong == "L":
            found[place] = "L"
    return found


def _separators(found: list[str]) -> None:
    """Rules W4 and W5: marks between and around numbers belong to them."""
    for place in range(1, len(found) - 1):
        around = found[place - 1], found[place + 1]
        if around == ("EN", "EN") and found[place] in ("ES", "CS"):
            found[place] = "EN"
        elif around == ("AN", "AN") and found[place] == "CS":
            found[place] = "AN"
    place = 0
    for kind, run in groupby(list(found)):
        size = len(list(run))
        after = found[place + size] if place + size < len(found) else ""
        if kind == "ET" and "EN" in (after, found[place - 1] if place else ""):
            found[place : place + size] = ["EN"] * size
        place += size


def _neutrals(classes: Sequence[str], level: int) -> list[str]:
    """Rules N1 and N2: what is between two of one direction goes with them."""
    found = list(classes)
    own = "R" if level else "L"
    place = 0
    for neutral, run in groupby(list(found), lambda each: each in _NEUTRAL):
        size = len(list(run))
        if neutral:
            before = _direction(found[place - 1]) if place else own
            after = _direction(found[place + size]) if place + size < len(found) else own
            found[place : place + size] = [before if before == after else own] * size
        place += size
    return found


def _direction(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _implicit(kind: str, level: int) -> int:
    """Rules I1 and I2."""
    if level:
        return level if kind == "R" else level + 1
    return {"L": 0, "R": 1}.get(kind, 2)


def visual_order(of_line: Sequence[int]) -> list[int]:
    """The places of a line's characters from left to right, by their levels (rule L2)."""
    order = list(range(len(of_line)))
    for level in range(max(of_line, default=0), 0, -1):
        place = 0
        while place < len(order):
            if of_line[order[place]] < level:
                place += 1
                continue
            end = place
            while end < len(order) and of_line[order[end]] >= level:
                end += 1
            order[place:end] = order[place:end][::-1]
            place = end
    return order


def mirrored(letter: str) -> str:
    """The letter as it is set in a run from right to left (rule L4)."""
    return _MIRRORED.get(letter, letter)

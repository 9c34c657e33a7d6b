"""Guarded things in a text, however they are written: held against shelves of shapes, and heard in other spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from leconfield.gate.names.model import Guarded, Leak
from leconfield.gate.names.shapes import SIGNS, shape, skeleton, skeleton_of, visible
from leconfield.gate.names.shelf import LONGEST, Line, Shelf, hits
from leconfield.gate.names.spelling import NAME, Words, parts_of
from leconfield.gate.names.stock import SHORTEST, Kept, Stock, forms_of
from leconfield.registry.scripts import romanise

_INSIDE: Final = 6
"""Letters from which on something is found inside a word that shows no disguise."""
_ACROSS: Final = 8
"""Letters from which on something is found that begins in the middle of one word and ends in another."""
_WORD: Final = re.compile(r"\w+")
_SPOKEN: Final = {
    "zero": "0", "oh": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_THE_ONE: Final = re.compile(r"the\s+\w+", re.IGNORECASE)
"""A name that is any word of the language with an article: `the Fund`."""
_AS_HELD: Final = "as it is held"
_DISGUISED: Final = "disguised"
_HIDDEN: Final = "hidden in a word"
_SPELT: Final = "in another spelling"
CODEWORD: Final = "codeword"
CODENAME: Final = "codename"

Shaped = tuple[str, list[int], list[int]]
"""Shapes in a row, and for each where the character that it comes from begins and ends."""


class Finder:
    """Looks for a set of guarded things; pure, and safe to share."""

    def __init__(self, guarded: Iterable[Guarded] = (), stocks: Iterable[Stock] = ()) -> None:
        """Look for some things, and for all that stands in some stocks."""
        self._stocks = (Kept(guarded), *stocks)

    def find(self, text: str) -> tuple[Leak, ...]:
        """Every place where the text gives something away, in order; of two at one place the surer, then the longer."""
        shelved = [(shelf, stock) for stock in self._stocks for shelf in stock.shelves() if len(shelf)]
        found = [leak for shaped in _readings(text) for leak in _matches(text, shaped, shelved)] if shelved else []
        found += _spelt(text, self._stocks)
        kept: list[Leak] = []
        for leak in sorted(found, key=_first_kept):
            if not any(other.start <= leak.start and leak.end <= other.end for other in kept[-200:]):
                kept.append(leak)
        return tuple(sorted(kept, key=lambda each: (each.start, each.end, each.guarded.form)))


def _first_kept(leak: Leak) -> tuple[bool, int, int, str, str, str]:
    return (
        not (leak.sure and leak.guarded.sure),
        leak.start - leak.end,
        leak.start,
        leak.how,
        leak.guarded.kind,
        leak.guarded.form,
    )


def _matches(text: str, shaped: Shaped, shelved: Sequence[tuple[Shelf, Stock]]) -> Iterator[Leak]:
    shapes, starts, ends = shaped
    for which, hit in hits(Line(shapes), [shelf for shelf, _ in shelved]):
        stock = shelved[which][1]
        for guarded in stock.guarded(hit.number):
            for form in forms_of(guarded):
                if min(len(form), LONGEST) == hit.length and shapes.startswith(form, hit.start):
                    start, end = starts[hit.start], ends[hit.start + len(form) - 1]
                    judged = _judged(text, start, end, form, guarded)
                    if judged is not None and stock.crowded:
                        judged = _among_many(text, start, end, form, judged)
                    if judged is not None:
                        how, sure = judged
                        yield Leak(start, end, guarded, how, sure)


def _spelt(text: str, stocks: Sequence[Stock]) -> Iterator[Leak]:
    """Names in other spellings; one that is near a name only because so many stand there is none."""
    words = {crowded: Words(text, named=crowded) for crowded in {each.crowded for each in stocks}}
    for stock, spellings in [(each, spellings) for each in stocks for spellings in each.spellings()]:
        for start, end, number, parts in spellings.find(words[stock.crowded]):
            together = len(_WORD.findall(text[start:end])) == len(parts)
            for guarded in stock.guarded(number) if together or not stock.crowded else ():
                if guarded.kind == NAME and parts == frozenset(parts_of(guarded.form)):
                    yield Leak(start, end, guarded, _SPELT, not stock.crowded)


def _judged(text: str, start: int, end: int, form: str, guarded: Guarded) -> tuple[str, bool] | None:
    """How a match is written and whether it is sure; None: it is by chance."""
    words = text[start:end]
    opened, closed = not _goes_on(text, start), not _goes_on(text, end)
    plain = _plain(words, guarded)
    if len(form) < SHORTEST:
        return _of_a_code(words, guarded, plain=plain) if opened and closed else None
    if opened and closed:
        return _standing(text, start, words, form, guarded, plain=plain)
    if len(form) <= SHORTEST:
        return None
    cut = sum(1 for letter in words if not shape(letter))
    if cut and not any(len(each) > 1 for each in _WORD.findall(visible(words))):
        return _DISGUISED, True  # every letter stands alone
    if any(letter.isspace() for letter in words) and cut < len(form) // 2:
        return (_DISGUISED, True) if len(form) >= _ACROSS and (opened or closed) else None
    if not plain or _stands_out(text, start, end):
        return _DISGUISED, len(form) > SHORTEST + 1
    short = len(form) < _INSIDE or guarded.kind == CODEWORD or _THE_ONE.fullmatch(guarded.form)
    return None if short else (_HIDDEN, True)


def _of_a_code(words: str, guarded: Guarded, *, plain: bool) -> tuple[str, bool] | None:
    """A match of a code of two: sure as it is held; else somebody looks, if digit is digit and letter is letter."""
    if plain:
        return _AS_HELD, words == guarded.form
    return (_DISGUISED, False) if "".join(map(shape, words)) == "".join(map(shape, guarded.form)) else None


def _among_many(text: str, start: int, end: int, form: str, judged: tuple[str, bool]) -> tuple[str, bool] | None:
    """The same where so many names stand that some of them are made of the letters of any text: `awarded` holds Edward.

    Letters that nothing sets apart are no disguise: cut out of longer words, they are looked at from eight on.
    """
    pieces = _WORD.findall(text[start:end])
    if not all(len(each) > 1 and each.isascii() and each.isalpha() for each in pieces):
        return judged
    cut = _goes_on(text, start) or _goes_on(text, end)
    if cut and len(form) < _ACROSS:
        return None
    return judged[0], judged[1] and not (cut or text[start:end].islower())


def _standing(
    text: str, start: int, words: str, form: str, guarded: Guarded, *, plain: bool
) -> tuple[str, bool] | None:
    """A match that is whole words."""
    if guarded.kind == CODEWORD and plain:
        operation = (
            text[max(0, start - 12) : start].lower().rstrip().endswith(("operation", "op", "codeword", "exercise"))
        )
        return (
            (_AS_HELD, True)
            if operation or (words.isupper() and not _shouted(text, start, start + len(words)))
            else None
        )
    if plain:
        common = guarded.kind == CODENAME and words.islower()
        return _AS_HELD, not (common or _THE_ONE.fullmatch(words))
    if len(form) <= SHORTEST:
        return None if words.isdecimal() and not guarded.form.isdecimal() else (_DISGUISED, False)
    pieces = _WORD.findall(visible(words))
    if len(pieces) > len(_WORD.findall(guarded.form)) and len(form) < _INSIDE:
        return (
            (_DISGUISED, True)
            if all(len(each) == 1 for each in pieces)
            else None
            if " " in words
            else (_DISGUISED, False)
        )
    if len(form) <= SHORTEST + 1 and any(map(str.isdigit, words)) and not any(map(str.isdigit, guarded.form)):
        return _DISGUISED, False
    return _DISGUISED, True


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether everything around is in capitals, too."""
    around = [each for each in text[max(0, start - 60) : start] + text[end : end + 60] if each.isalpha()]
    return len(around) > _ACROSS and sum(map(str.isupper, around)) > 0.7 * len(around)


def _plain(words: str, guarded: Guarded) -> bool:
    """Whether the words are what is held but for case, accents, blanks and hyphens where it has some."""
    return [shape_of(each) for each in _WORD.findall(words)] == [
        shape_of(each) for each in _WORD.findall(guarded.form)
    ] and (words.isascii() or not guarded.form.isascii())


def shape_of(word: str) -> str:
    """The shapes of a word, digits and letters apart."""
    return "".join(map(shape, word))


def _goes_on(text: str, at: int) -> bool:
    """Whether a word goes on across the place, whatever is invisible there."""
    left, right = at - 1, at
    while left >= 0 and not shape(text[left]) and not text[left].isspace() and not text[left].isprintable():
        left -= 1
    while right < len(text) and not shape(text[right]) and not text[right].isspace() and not text[right].isprintable():
        right += 1
    return left >= 0 and right < len(text) and text[left].isalnum() and text[right].isalnum()


def _stands_out(text: str, start: int, end: int) -> bool:
    """Whether the case of letters sets the stretch apart from the word around it."""
    words = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    risen = before.islower() and words[:1].isupper()
    fallen = (words.isupper() and after.islower()) or (after.isupper() and words[-1:].islower())
    return risen or fallen or before.isdigit() or after.isdigit()


def _readings(text: str) -> Iterator[Shaped]:
    """The text as shapes: signs as letters, signs left out, other scripts in Latin letters, spoken digits as digits."""
    yield _shaped(text, frozenset())
    if not SIGNS.isdisjoint(text):
        yield _shaped(text, SIGNS)
    if not text.isascii():
        yield _in_latin(text)
    spoken = _digits_spoken(text)
    if spoken is not None:
        yield spoken


def _shaped(text: str, without: frozenset[str]) -> Shaped:
    shapes: list[str] = []
    starts: list[int] = []
    for place, letter in enumerate(text):
        found = "" if letter in without else skeleton_of(letter)
        if found:
            shapes.append(found)
            starts += [place] * len(found)
    return "".join(shapes), starts, [each + 1 for each in starts]


def _in_latin(text: str) -> Shaped:
    """Words with letters of other scripts as they are spoken, each letter of them standing for the whole word."""
    shapes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word in _WORD.finditer(text):
        if word[0].isascii():
            found, begun, ended = _shaped(word[0], frozenset())
            starts += [word.start() + each for each in begun]
            ends += [word.start() + each for each in ended]
        else:
            found = skeleton(romanise(word[0]))
            starts += [word.start()] * len(found)
            ends += [word.end()] * len(found)
        shapes.append(found)
    return "".join(shapes), starts, ends


def _digits_spoken(text: str) -> Shaped | None:
    """The digits that are written as words, with those that are not; None if fewer than five are."""
    shapes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    spoken, times = 0, 1
    for word in _WORD.finditer(text):
        low = word[0].lower()
        if low in {"double", "triple"}:
            times = 2 if low == "double" else 3
            continue
        digit = _SPOKEN.get(low, "")
        spoken += bool(digit)
        found = skeleton(digit * times if digit else word[0])
        times = 1
        shapes.append(found)
        starts += [word.start()] * len(found)
        ends += [word.end()] * len(found)
    return ("".join(shapes), starts, ends) if spoken >= 5 else None

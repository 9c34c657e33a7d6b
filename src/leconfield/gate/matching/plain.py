"""A draft as a reader sees it: without markup and what is invisible, with words whole, each letter traced to the draft.

Whoever reads a page sees no tags, no joiners and no difference between look-alikes; what is compared must not either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Final

from leconfield.gate.matching.model import Feature, Sentence, Span
from leconfield.gate.names.shapes import shape

_INLINE: Final = "a|abbr|b|bdi|bdo|big|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|wbr"
_BLOCK: Final = (
    "address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|head|header|"
    "hr|html|img|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_REST: Final = r"""(?:\s+[a-z-]+(?:\s*=\s*(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s"'<>]{1,500}))?){0,8}\s*/?"""
_VALUE: Final = re.compile(r""""([^"]+)"|'([^']+)'""")
_FEW: Final = 12
"""Letters that a comment in the middle of a word may have, and still be there for nothing."""
_LETTER: Final = r"[^\W\d_]"
_LEET: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s"}
_UNSEEN: Final = frozenset({"Cf", "Mn", "Me"})
_JOINERS: Final = re.compile(r"[ .·\-_*]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made plain, and where in the draft each of its letters stood."""

    text: str
    places: tuple[int, ...]
    """For each letter and the end: its place in the draft."""

    def span(self, start: int, end: int) -> Span:
        """Where in the draft a stretch of the plain text stood."""
        return Span(self.places[start], self.places[end - 1] + 1 if end > start else self.places[start])


def plainly(draft: str) -> Plain:
    """The draft as it is read."""
    plain = Plain(draft, tuple(range(len(draft) + 1)))
    for pattern, instead in _STEPS:
        plain = _replaced(plain, pattern, instead)
    return plain


def on_draft(sentence: Sentence, plain: Plain, draft: str) -> Sentence:
    """A sentence that was read in the plain text, with its words and places as they stand in the draft."""
    span = plain.span(sentence.span.start, sentence.span.end)
    features = tuple(_moved(each, plain) for each in sentence.features)
    return replace(sentence, text=draft[span.start : span.end], span=span, features=features)


def _moved(feature: Feature, plain: Plain) -> Feature:
    return replace(feature, span=plain.span(feature.span.start, feature.span.end))


def _replaced(plain: Plain, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]) -> Plain:
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for found in pattern.finditer(plain.text):
        words = instead(found)
        if words == found.group():
            continue
        start, end = found.span()
        pieces += [plain.text[at:start], words]
        places += [*plain.places[at:start], *_spread(plain.places[start:end], len(words))]
        at = end
    if not pieces:
        return plain
    return Plain("".join((*pieces, plain.text[at:])), (*places, *plain.places[at:]))


def _spread(places: Sequence[int], letters: int) -> list[int]:
    """The places of so many letters that stand for others: from the first to the last of those."""
    last = max(letters - 1, 1)
    return [places[each * (len(places) - 1) // last] for each in range(letters)]


def _told_by(tag: re.Match[str], instead: str) -> str:
    """What stands for a tag: nothing or a new line, and the words in it, which somebody may read."""
    words = [one or other for one, other in _VALUE.findall(tag.group()) if " " in (one or other).strip()]
    return "\n".join(("", *words, "")) if words else instead


def _commented(found: re.Match[str]) -> str:
    """What stands for a comment: its words, for a page's source can be read; nothing where it only parts a word."""
    around = found.string[max(0, found.start() - 1) : found.start()] + found.string[found.end() : found.end() + 1]
    inside = found[1].strip()
    return "" if len(inside) < _FEW and around.isalpha() and len(around) > 1 else f"\n{inside}\n"


def _visible(found: re.Match[str]) -> str:
    return "".join(each for each in found.group() if unicodedata.category(each) not in _UNSEEN)


def _in_letters(found: re.Match[str]) -> str:
    """A word in the letters that it is read in: styled ones plain, look-alikes among Latin ones Latin."""
    word = unicodedata.normalize("NFKC", found.group())
    if not any(each.isascii() and each.isalpha() for each in word):
        return word
    return "".join(each if each.isascii() else _like(each) for each in word)


def _like(letter: str) -> str:
    looks = shape(letter) if not unicodedata.name(letter, "").startswith("LATIN") else letter
    return (looks.upper() if letter.isupper() else looks) or letter


_STEPS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"\u202e([^\u202c\n]*)\u202c?"), lambda found: found[1][::-1]),
    (re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL), _commented),  # as in a page, the end of the text ends it
    (re.compile(rf"</?(?:{_INLINE}){_REST}>", re.IGNORECASE), lambda found: _told_by(found, "")),
    (re.compile(rf"</?(?:{_BLOCK}){_REST}>", re.IGNORECASE), lambda found: _told_by(found, "\n")),
    (re.compile(r"(?<=\w)</?[a-z]\w{0,20}/?>(?=\w)", re.IGNORECASE), lambda _: ""),
    (re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,12});", re.IGNORECASE), lambda found: unescape(found.group())),
    (re.compile(r"[^\x00-\x7f]+"), _visible),
    (re.compile(r"(?<!\w)[A-Za-z0-9_]*+[^\W\x00-\x7f]\w*"), _in_letters),
    (re.compile(rf"(?<={_LETTER})-[^\S\n]*\n[^\S\n]*(?=[a-z])"), lambda _: ""),
    (re.compile(r"(?<=\w)(?:\*{1,3}|~~|`)(?=\w)"), lambda _: ""),
    (re.compile(r"(?<=[a-z])[013457$](?=[a-z])"), lambda found: _LEET[found.group()]),
    (
        re.compile(rf"(?<![\w'’]){_LETTER}(?:([ .·\-_*]{{1,2}}){_LETTER})(?:\1{_LETTER})+(?![\w'’])"),
        lambda found: _JOINERS.sub("", found.group()),
    ),
    (re.compile(r"(?<=[#@])\w+"), lambda found: re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", found.group())),
)
"""What is undone, in this order: letters turned round, tags, entities, what is unseen, letters of other kinds, words
cut at a line's end, marks inside words, figures for letters, letters set apart, words run together behind # and @."""

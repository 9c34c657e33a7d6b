"""Words and sentences of a report, each with its place in the text; mixed, upper and lower case alike."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LETTER: Final = r"[^\W\d_]"
_INVISIBLE: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_TOKEN: Final = re.compile(
    rf"(?:{_LETTER}\.){{2,}}"  # U.S.
    r"|['’]s\b|['’]S\b"
    rf"|{_LETTER}+(?:['’](?![sS]\b){_LETTER}+)*"  # O'Neill, Da’esh, but Assad|’s
    r"|\d+(?:[.,:/]\d+)*"
    rf"|[^\w\s{_INVISIBLE}]|_"
)
_BREAK: Final = r"|\n[^\S\n]*\n\s*|\n"
_END: Final = re.compile(r"[.!?][\"”’'\)\]]*(?=\s+[\"“‘'(\[]*[^\Wa-z_])" + _BREAK)
_END_WHISPERED: Final = re.compile(r"[.!?][\"”’'\)\]]*(?=\s+\S)" + _BREAK)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(\"“‘'])(?:mr|mrs|ms|dr|st|gen|lt|col|maj|capt|sgt|cpl|spc|cmdr|brig|adm|sen|rep|gov|prof|rev|fr|hon|"
    r"messrs|no|nos|vs|art|approx|inc|ltd|co|corp|jr|sr|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
    rf"ca|cf|eg|ie|{_LETTER}|(?:{_LETTER}\.)+{_LETTER})\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION: Final = 14
_WRAP_COLUMNS: Final = range(45, 101)
_NEARLY_FULL: Final = 0.72
_MANY_WORDS: Final = 4
_SHOUTED: Final = 0.75
_WHISPERED: Final = 0.005
_PAGES: Final = 4_000


class Token(NamedTuple):
    """A word, number or sign: `text[start:end]`."""

    text: str
    start: int
    end: int


Sentence = list[Token]


def tokens(text: str, start: int = 0, end: int | None = None) -> Sentence:
    """The tokens of `text[start:end]`, with offsets into the whole text; invisible characters are nobody's."""
    stop = len(text) if end is None else end
    return [Token(each.group(), each.start(), each.end()) for each in _TOKEN.finditer(text, start, stop)]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text as lists of tokens, none empty, in order.

    A line break ends a sentence unless the text is set in lines of one width and the line is full.
    """
    width = _wrapped_at(text)
    found: list[Sentence] = []
    start = 0
    for end in (_END_WHISPERED if is_whispered(text) else _END).finditer(text):
        if _goes_on(text, start, end, width):
            continue
        _keep(found, tokens(text, start, end.end()))
        start = end.end()
    _keep(found, tokens(text, start))
    return found


def _keep(found: list[Sentence], sentence: Sentence) -> None:
    if sentence:
        found.append(sentence)


def _wrapped_at(text: str) -> int:
    """The column at which the text was broken into lines; 0 if its lines are paragraphs."""
    lengths = [len(line.rstrip()) for line in text.split("\n") if line.strip()]
    if len(lengths) < _MANY_WORDS:
        return 0
    width = max(lengths)
    full = sum(length >= _NEARLY_FULL * width for length in lengths)
    return width if width in _WRAP_COLUMNS and full * 2 >= len(lengths) else 0


def _goes_on(text: str, start: int, end: re.Match[str], width: int) -> bool:
    """Whether the sentence goes on beyond this sign or line break."""
    mark = end.group()
    if mark[0] == "\n":
        if mark != "\n":
            return False
        following = text[end.end() : end.end() + 1]
        line = end.start() - (text.rfind("\n", 0, end.start()) + 1)
        return following.islower() or (width > 0 and line >= _NEARLY_FULL * width and not following.isspace())
    if mark[0] != ".":
        return False
    before = text[max(start, end.start() - _LONGEST_ABBREVIATION) : end.start() + 1]
    return _ABBREVIATION.search(before) is not None


def is_caseless(sentence: Sentence, whispered: bool) -> bool:
    """Whether letter case says nothing here: all capitals, or a text that knows none (`whispered`)."""
    if whispered:
        return True
    words = [token.text for token in sentence if token.text[0].isalpha()]
    shouted = sum(word.isupper() for word in words)
    return len(words) >= _MANY_WORDS and shouted >= _SHOUTED * len(words)


def is_whispered(text: str) -> bool:
    """Whether the text knows no capitals at all, as some transcripts do (judged by its first few pages)."""
    pages = text[:_PAGES]
    letters = sum(map(str.isalpha, pages))
    return letters > 0 and sum(map(str.isupper, pages)) < _WHISPERED * letters

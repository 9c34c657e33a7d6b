"""What of a sentence cannot be read here: it is in another language, or its words are run together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from leconfield.gate.matching.words import common, concepts, keys_of
from leconfield.intake.extraction.text import Token
from leconfield.intake.search import folded

_FEWEST: Final = 3
"""Words of a sentence at the least by which its language is told, if none of them is English;"""
_SOME: Final = 5
"""and if some are."""
_ENGLISH: Final = 0.3
"""What part of a sentence's words is English at the least; of the names in it nothing is asked."""
_RUN_TOGETHER: Final = 7
"""Letters from which on a word behind # or @ that nobody knows is taken for several."""
_LONGEST: Final = 22
"""Letters of the longest word that is read."""


def unread(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words of a sentence that nothing held can be compared with, each once, the first few."""
    words = [each for each in tokens if each.text[0].isalpha()]
    small = [each.text for each in words if not each.text[0].isupper()]
    known = sum(map(_known, small))
    foreign = (len(small) >= _FEWEST and not known) or (len(small) >= _SOME and known < _ENGLISH * len(small))
    found = [each for each in small if not _known(each)] if foreign else []
    found += [each.text for each in words if not _latin(each.text)]
    found += _run_together(tokens)
    return tuple(dict.fromkeys(found))[:4]


def _known(word: str) -> bool:
    """Whether ordinary English has the word, as it stands or under its group."""
    keys = keys_of(folded(word))
    return word in concepts().stop or common(keys) > 0 or any(each[0] in "=r" for each in keys)


def _latin(word: str) -> bool:
    return word.isascii() or all(unicodedata.name(each, "LATIN").startswith("LATIN") for each in word if each.isalpha())


def _run_together(tokens: Sequence[Token]) -> Iterator[str]:
    for before, each in zip((None, *tokens), tokens, strict=False):
        behind = before is not None and before.text in {"#", "@"} and before.end == each.start
        if (behind and len(each.text) >= _RUN_TOGETHER and not _known(each.text.lower())) or (
            each.text.isalpha() and len(each.text) > _LONGEST
        ):
            yield each.text

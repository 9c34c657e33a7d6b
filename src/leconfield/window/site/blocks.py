"""How the blocks of a release are set out on a page: runs of moments become one timeline, headings get anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from leconfield.gate.bundles.telling import Block, Heading, Moment

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Part:
    """What is set out as one: a kind (`paragraph`, `heading`, `items`, `timeline`, `picture`) and its blocks."""

    kind: str
    blocks: tuple[Block, ...]

    @property
    def block(self) -> Block:
        """The first of its blocks."""
        return self.blocks[0]


def parts(told: Iterable[Block]) -> tuple[Part, ...]:
    """The blocks as they are set out; moments that follow one another stand in one timeline."""
    made: list[Part] = []
    for is_moment, run in groupby(told, lambda each: isinstance(each, Moment)):
        if is_moment:
            made.append(Part("timeline", tuple(run)))
        else:
            made += (Part(type(each).__name__.lower(), (each,)) for each in run)
    return tuple(made)


def anchor(words: str) -> str:
    """The anchor of a heading: `what-we-did`."""
    return _NO_LETTER.sub("-", words.lower()).strip("-")[:60] or "part"


def contents(told: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    """(anchor, words) of the headings, in order."""
    return tuple((anchor(each.words), each.words) for each in told if isinstance(each, Heading))


def linked(words: str) -> Markup:
    """Words with their bare addresses as links, and everything else as it stands."""
    made, at = Markup(), 0
    for found in _ADDRESS.finditer(words):
        address = escape(found[0])
        made += escape(words[at : found.start()]) + Markup('<a href="{0}" rel="noreferrer nofollow">{0}</a>').format(
            address
        )
        at = found.end()
    return made + escape(words[at:])

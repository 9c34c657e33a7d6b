"""How the words of a release for the public are written: plain blocks, parted by empty lines, which the gate reads.

A block is a paragraph; or `## ` a heading; or lines that begin with `* `, a list; or `~ March 1944: ` an entry of a
timeline; or `!NAME.jpg alternative text | caption`, a picture among the members. Nothing else: no markup, no links
but bare addresses, so that what is judged is what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError

TEXT: Final = "text.txt"
"""The member that holds the words of a release."""
MAX_ALT: Final = 1_000
"""Characters of an alternative text: what Instagram takes."""
_PICTURE: Final = re.compile(
    r"!(?P<member>[a-z0-9][a-z0-9_-]*\.[a-z0-9]{1,8})\s+(?P<alt>[^|]*)(?:\|\s*(?P<caption>.*))?"
)
_MOMENT: Final = re.compile(r"~\s+(?P<when>[^:]{1,60}):\s+(?P<words>.+)", re.DOTALL)
_BETWEEN: Final = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together."""

    words: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the blocks that follow."""

    words: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, an item a line."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline."""

    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture among the members, with the words for those who do not see it."""

    member: str
    alt: str
    caption: str = ""


Block = Paragraph | Heading | Items | Moment | Picture


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text.

    Raises:
        BadInputError: naming the block that is begun and not ended as it should be.
    """
    parts = (each.strip() for each in _BETWEEN.split(text.replace("\r\n", "\n")))
    return tuple(_block(each, number) for number, each in enumerate((each for each in parts if each), start=1))


def written(told: Sequence[Block]) -> str:
    """The text that blocks are written as; `blocks` reads it back."""
    return "\n\n".join(map(_written, told)) + "\n"


def fault_in(told: Sequence[Block], members: Collection[str]) -> str:
    """Why blocks will not do beside these members, in words; empty if they will. Every picture is told in words."""
    pictures = [each for each in told if isinstance(each, Picture)]
    for each in pictures:
        if not each.alt.strip():
            return f"picture {each.member}: say in words what it shows, for those who do not see it"
        if len(each.alt) > MAX_ALT:
            return f"picture {each.member}: {len(each.alt):,} characters of alternative text; {MAX_ALT:,} at most"
        if each.member not in members:
            return f"picture {each.member}: there is no such file in the release"
    return ""


def sections(told: Sequence[Block]) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    """The blocks by the headings that they stand under; those before the first heading stand under an empty one."""
    made: list[tuple[str, list[Block]]] = [("", [])]
    for each in told:
        if isinstance(each, Heading):
            made.append((each.words, []))
        else:
            made[-1][1].append(each)
    return tuple((head, tuple(its)) for head, its in made if head or its)


def _block(part: str, number: int) -> Block:
    one_line = " ".join(part.split())
    if part.startswith("## "):
        return Heading(one_line[3:])
    if part.startswith("* "):
        lines = part.split("\n")
        if fault := next((each for each in lines if not each.startswith("* ")), ""):
            raise BadInputError(f'block {number}: "{fault[:40]}" stands in a list; begin every line of it with "* "')
        return Items(tuple(" ".join(each[2:].split()) for each in lines))
    if part.startswith("~ "):
        if (found := _MOMENT.fullmatch(one_line)) is None:
            raise BadInputError(f'block {number}: write an entry of a timeline as "~ March 1944: what happened"')
        return Moment(found["when"], found["words"])
    if part.startswith("!"):
        if (found := _PICTURE.fullmatch(one_line)) is None:
            raise BadInputError(f'block {number}: write a picture as "!name.jpg what it shows | caption"')
        return Picture(found["member"], found["alt"].strip(), (found["caption"] or "").strip())
    return Paragraph(one_line)


def _written(block: Block) -> str:
    match block:
        case Paragraph(words):
            return words
        case Heading(words):
            return f"## {words}"
        case Items(items):
            return "\n".join(f"* {each}" for each in items)
        case Moment(when, words):
            return f"~ {when}: {words}"
        case Picture(member, alt, caption):
            return f"!{member} {alt}" + (f" | {caption}" if caption else "")

"""Ways in which somebody may write a guarded name so that a plain search does not find it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

_CYRILLIC: Final = str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ")
_LEET: Final = str.maketrans("oieastOIEAST", "013457013457")


def _styled(base: int) -> Callable[[str], str]:
    def styled(text: str) -> str:
        return "".join(
            chr(base + ord(each.lower()) - 97) if each.isascii() and each.isalpha() else each for each in text
        )

    return styled


def _between(mark: str) -> Callable[[str, Random], str]:
    return lambda text, _: mark.join(text)


def _sprinkled(text: str, random: Random) -> str:
    """Invisible characters, combining marks and direction marks strewn in."""
    return "".join(
        each + random.choice(("", "", "\u200b", "\u200d", "\u2060", "\u00ad", "\u0336", "\u202e")) for each in text
    )


def _in_figures(text: str) -> str:
    """Figures for letters, as long as one letter is left to show that it is a word."""
    made = text.translate(_LEET)
    return made if any(map(str.isalpha, made)) else text


DISGUISES: Final[dict[str, Callable[[str, Random], str]]] = {
    "as held": lambda text, _: text,
    "lower": lambda text, _: text.lower(),
    "upper": lambda text, _: text.upper(),
    "title": lambda text, _: text.title(),
    "spaced": _between(" "),
    "dotted": _between("."),
    "dashed": _between("-"),
    "underlined": _between("_"),
    "zero width": _between("\u200b"),
    "sprinkled": _sprinkled,
    "lines": _between("\n"),
    "look-alikes": lambda text, _: text.translate(_CYRILLIC),
    "figures for letters": lambda text, _: _in_figures(text),
    "wide": lambda text, _: "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text),
    "bold": lambda text, _: _styled(0x1D41A)(text),
    "circled": lambda text, _: _styled(0x24D0)(text),
    "joined": lambda text, _: "".join(text.split()),
    "in brackets": lambda text, _: f"({text})",
    "turned round": lambda text, _: f"\u202b{text}\u202c",
    "accented": lambda text, _: "".join(f"{each}\u0301" if each.isalpha() else each for each in text),
}

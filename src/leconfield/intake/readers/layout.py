"""The words of a page as a browser would lay them out, gathered from the parser's events.

Events rather than a tree: a hostile page with a hundred thousand nested elements or attributes costs no more than
its length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from leconfield.intake.readers.words import tidy_line

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_PARAGRAPHS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "dir", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav"}
    | {"ol", "p", "pre", "section", "table", "ul"}
)
_LINES: Final = frozenset({"br", "caption", "li", "option", "tr"})
_CELLS: Final = frozenset({"td", "th"})
_SILENT: Final = frozenset({"script", "style", "template", "title", "iframe", "object", "svg", "math"})


class Words:
    """Text with white space folded and blocks kept apart."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._gap = 0
        self._cells = 0
        self._space = False

    def gap(self, lines: int) -> None:
        """Start a new line (1) or a new paragraph (2) before the next words."""
        self._gap = max(self._gap, lines)

    def cell(self) -> None:
        """Go on in the next cell of a table's row."""
        self._cells += bool(self._pieces) and not self._gap

    def space(self) -> None:
        """Keep the next words apart from the last ones by a space."""
        self._space = True

    def add(self, text: str, verbatim: bool) -> None:
        """Add a run of text, folding its white space unless it stands in `pre`."""
        folded = text if verbatim else _SPACES.sub(" ", text)
        if folded in {"", " "}:
            self._space = self._space or bool(folded)
            return
        if self._pieces and self._gap:
            self._pieces.append("\n" * self._gap)
        elif self._cells:
            self._pieces.append("\t" * self._cells)
        elif self._pieces and (self._space or (folded[0] == " " and not verbatim)):
            self._pieces.append(" ")
        self._gap = self._cells = 0
        self._space = not verbatim and folded[-1] == " "
        self._pieces.append(folded if verbatim else folded.strip(" "))

    def __str__(self) -> str:
        return "".join(self._pieces)


class Page:
    """The parser's target: words, title and what the head's `meta` elements say."""

    def __init__(self) -> None:
        self.words = Words()
        self.metas: dict[str, str] = {}
        """By lower-case name; the first of a name counts."""
        self._titles: list[str] = []
        self._open: list[str] = []
        self._silent = 0
        self._verbatim = 0

    @property
    def title(self) -> str:
        """The page's title; empty if it has none."""
        return tidy_line("".join(self._titles))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = _local(tag)
        self._silent += name in _SILENT
        self._verbatim += name == "pre"
        self._open.append(name)
        self._lay_out(name)
        if name == "meta":
            key = (attributes.get("name") or attributes.get("property") or "").lower()[:100]
            self.metas.setdefault(key, tidy_line(attributes.get("content") or ""))

    def end(self, tag: str) -> None:
        """An element ends."""
        name = _local(tag)
        self._silent -= name in _SILENT
        self._verbatim -= name == "pre"
        self._open.pop()
        self._lay_out(name)
        if name in _CELLS:
            self.words.cell()

    def data(self, text: str) -> None:
        """A run of text."""
        if self._open and self._open[-1] == "title" and "body" not in self._open[:3]:
            self._titles.append(text)
        if not self._silent:
            self.words.add(text, self._verbatim > 0)

    def close(self) -> Page:
        """The page is at its end."""
        return self

    def _lay_out(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self.words.gap(2)
        elif name in _LINES:
            self.words.gap(1)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()

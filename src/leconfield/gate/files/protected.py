"""Looking for protected names in a file: in every layer, in every encoding, whatever stands between the letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import ahocorasick

from leconfield.gate.files.layers import Layer, layers, texts

Finder = Callable[[str], Iterable[str]]
"""What finds protected names in a text by means of its own (disguises, other scripts): the names that it found."""
_ENCODINGS: Final = ("utf-8", "latin-1", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_BETWEEN: Final = re.compile(r"[\W_]+")
_BETWEEN_ASCII: Final = bytes(each for each in range(128) if not chr(each).isalnum())
_SHORTEST: Final = 4
"""Letters below which a name is not looked for in bytes that are no text: chance would find it everywhere."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A protected name, and where in the file it is."""

    name: str
    where: str


class Names:
    """Protected names, ready to be looked for; the same for many files."""

    def __init__(self, names: Iterable[str], also: Finder | None = None) -> None:
        self._names = tuple(dict.fromkeys(each for each in names if folded(each)))
        self._also = also
        self._letters = ahocorasick.Automaton()
        for each in self._names:
            self._letters.add_word(folded(each), each)
        if self._names:
            self._letters.make_automaton()
        self._bytes = {form: each for each in self._names for form in _forms(each)}

    def leaks(self, filename: str, held: bytes) -> tuple[Leak, ...]:
        """Every protected name in a file, and in what it is called; each once for each place.

        Raises:
            BadInputError: if it unpacks to too much to be looked through.
        """
        found = [Leak(name, "the file's name") for name in self.in_text(filename)]
        for layer in layers(filename, held):
            found += [Leak(name, layer.where) for name in self._in_layer(layer)]
        return tuple(dict.fromkeys(found))

    def in_text(self, text: str) -> Iterator[str]:
        """Every protected name in a text, once."""
        letters = folded(text)
        known = dict.fromkeys(name for _, name in self._letters.iter(letters)) if self._names and letters else {}
        yield from known
        if self._also is not None:
            yield from (each for each in dict.fromkeys(self._also(text)) if each not in known)

    def _in_layer(self, layer: Layer) -> Iterator[str]:
        lowered = layer.held.lower()
        yield from (name for form, name in self._bytes.items() if form in lowered)
        for text in texts(layer):
            yield from self.in_text(text)


def folded(text: str) -> str:
    """Letters and digits alone, without capitals, accents, widths, blanks and what cannot be seen."""
    if text.isascii():  # much the most, and a hundred times as fast
        return text.lower().encode("ascii").translate(None, _BETWEEN_ASCII).decode("ascii")
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return _BETWEEN.sub("", flat)


def _forms(name: str) -> Iterator[bytes]:
    """The bytes of a name as they are looked for in bytes of which ASCII capitals are lowered."""
    if len(folded(name)) < _SHORTEST:
        return
    for normal in ("NFC", "NFD"):
        for written in {name, name.lower(), name.upper()}:
            for encoding in _ENCODINGS:
                try:
                    raw = unicodedata.normalize(normal, written).encode(encoding)
                except UnicodeEncodeError:
                    continue
                yield raw.lower()
                if encoding in ("utf-8", "utf-16-be"):
                    yield raw.hex().encode("ascii")

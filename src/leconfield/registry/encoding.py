"""Names as arrays, for compiled comparison: each distinct part once, names as the numbers of their parts.

No statistics are gathered: an encoded part says what follows from its letters and the shipped facts alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from leconfield.registry.facts import facts
from leconfield.registry.likeness import mask_of, reach_of, shape
from leconfield.registry.names import Name, Part
from leconfield.registry.scripts import LATIN
from leconfield.registry.transliteration import likely_spelling
from leconfield.registry.transliteration.model import LEARNED, Model, model_of
from leconfield.registry.transliteration.units import learned_script, units_of
from leconfield.registry.words import LEGAL_KINDS

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
PLAIN: Final = 1
INITIAL: Final = 2
LISTED: Final = 4
COUNTS: Final = 8
"""Flags of a part."""
_CONSONANTS: Final = 3
_KIN_BITS: Final = 30
_SIGNS: Final = " abcdefghijklmnopqrstuvwxyz0123456789"
_KNOWN: Final = frozenset(_SIGNS[1:])


class Parts(NamedTuple):
    """Encoded distinct parts, by number: a row of `head` each, and flat lists of unequal length.

    Columns of `head`: TEXT, LATIN, SHAPE, CONSONANTS, SCRIPT hold numbers that are equal if these are (0: none, or too
    few consonants to go by), FIRST the code point of the Latin form's first sign, SIZE how many it has, MASK which
    letters occur, REACH which letters cost no more than half a letter against these, READ and READ_REACH the same of a
    likely reading, MODEL the number of the script's model (-1: none), KIN a bit set that shares a bit where classes or
    nicknames are shared. From LETTERS on, where each part's stretch of the flat lists begins (it ends where the next
    part's begins). `letters`: the Latin form, 1 to 26 for a to z, 27 to 36 for digits, nothing if there are other
    signs; `reading`: a likely Latin spelling; `units`: as the script's model numbers them; `classes` and `nicknames`
    are sorted, these numbered like the Latin forms.
    """

    head: Ints
    bits: Floats
    letters: Bytes
    reading: Bytes
    units: Ints
    classes: Ints
    nicknames: Ints


TEXT, LATIN_FORM, SHAPE, CONSONANTS, SCRIPT, FIRST, SIZE, MASK, REACH, READ, READ_REACH, MODEL, KIN, FLAGS = range(14)
LETTERS, READING, UNITS, CLASSES, NICKNAMES = range(14, 19)
COLUMNS: Final = 19


class Names(NamedTuple):
    """Encoded names, by number: their parts, whether they say whose child it is, hashes of acronym and initials.

    `legal` has a bit for each kind of legal form that the name states.
    """

    start: Longs
    parts: Ints
    patronymic: Bytes
    acronym: Longs
    initials: Longs
    legal: Bytes


def hashed(text: str) -> int:
    """A hash of 63 bits, never 0 but for the empty text; the same on every machine."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest(), "big") >> 1 | 1


class Encoder:
    """Takes names in and numbers them and their distinct parts in order of arrival."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        """Distinct parts by number."""
        self._numbers: dict[Part, int] = {}
        self._ids: list[int] = []
        self._sizes: list[int] = []
        self._patronymic: list[bool] = []
        self._acronyms: list[int] = []
        self._initials: list[int] = []
        self._legal: list[int] = []

    def add(self, name: Name) -> int:
        """The number of this name."""
        for part in name.parts:
            self._ids.append(self.add_part(part))
        self._sizes.append(len(name.parts))
        self._patronymic.append(name.patronymic)
        self._acronyms.append(hashed(name.acronym))
        self._initials.append(hashed(name.initials))
        self._legal.append(sum(1 << LEGAL_KINDS.index(kind) for kind in name.legal))
        return len(self._sizes) - 1

    def add_part(self, part: Part) -> int:
        """The number of this part."""
        number = self._numbers.get(part)
        if number is None:
            number = self._numbers[part] = len(self.parts)
            self.parts.append(part)
        return number

    def names(self) -> Names:
        """All names so far."""
        return Names(
            _starts(self._sizes),
            np.array(self._ids, np.int32),
            np.array(self._patronymic, np.uint8),
            np.array(self._acronyms, np.int64),
            np.array(self._initials, np.int64),
            np.array(self._legal, np.uint8),
        )

    def encoded(self) -> Parts:
        """All distinct parts so far."""
        return encode_parts(self.parts)


def encode_parts(parts: Iterable[Part]) -> Parts:
    """These parts as arrays."""
    parts = list(parts)
    letters = [_letters(part.latin) for part in parts]
    likely = [likely_spelling(part.text) if part.script != LATIN else "" for part in parts]
    readings = [_letters(reading) for reading in likely]
    models = [_model(part) for part in parts]
    units = [_units(part, model) for part, model in zip(parts, models, strict=True)]
    classes = [sorted(part.classes) for part in parts]
    texts = _Texts()
    nicknames = [sorted(texts.number(each) for each in facts().nicknames.get(part.latin, ())) for part in parts]
    head = np.zeros((len(parts) + 1, COLUMNS), np.int32)
    for row, part, model, reading in zip(head, parts, models, likely, strict=False):
        row[:LETTERS] = (
            *texts.numbers(part),
            *_plain_facts(part, model, texts, reading or (part.latin if part.plain else "")),
        )
    sizes = ([len(each) for each in lists] for lists in (letters, readings, units, classes, nicknames))
    for column, lengths in enumerate(sizes, LETTERS):
        head[1:, column] = np.cumsum(lengths)
    return Parts(
        head,
        np.array([part.bits for part in parts], np.float64),
        np.frombuffer(bytearray().join(letters), np.uint8),
        np.frombuffer(bytearray().join(readings), np.uint8),
        np.array([each for found in units for each in found], np.int32),
        np.array([each for found in classes for each in found], np.int32),
        np.array([each for found in nicknames for each in found], np.int32),
    )


class _Texts:
    """Numbers distinct texts from 1 on; the empty text is 0."""

    def __init__(self) -> None:
        self._numbers = {"": 0}

    def number(self, text: str) -> int:
        """The number of this text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def numbers(self, part: Part) -> tuple[int, ...]:
        """TEXT to SCRIPT."""
        consonants = part.skeleton if len(part.skeleton) >= _CONSONANTS else ""
        return tuple(map(self.number, (part.text, part.latin, shape(part.latin), consonants, part.script)))


def _plain_facts(part: Part, model: Model | None, texts: _Texts, reading: str) -> tuple[int, ...]:
    """FIRST to FLAGS."""
    first = ord(part.latin[0]) if part.latin else 0
    which = LEARNED.index(model.script) if model else -1
    kin = 0
    for number in part.classes:
        kin |= 1 << number % _KIN_BITS
    for nickname in (part.latin, *facts().nicknames.get(part.latin, ())) if part.latin in facts().nicknames else ():
        kin |= 1 << texts.number(nickname) % _KIN_BITS
    flags = part.plain * PLAIN + part.initial * INITIAL + part.listed * LISTED + part.counts * COUNTS
    mask, read = mask_of(part.latin if _is_known(part.latin) else ""), mask_of(reading)
    return first, len(part.latin), mask, reach_of(mask), read, reach_of(read), which, kin, flags


def _starts(sizes: list[int]) -> Longs:
    return np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))]).astype(np.int64)


def _letters(latin: str) -> bytes:
    """Letters a to z as 1 to 26, digits as 27 to 36; nothing if there are other signs."""
    return bytes(_SIGNS.index(each) for each in latin) if _is_known(latin) else b""


def _is_known(latin: str) -> bool:
    return set(latin) <= _KNOWN


def _model(part: Part) -> Model | None:
    return model_of(learned_script(units_of(part.text))) if part.script != LATIN else None


def _units(part: Part, model: Model | None) -> list[int]:
    return [model.units[unit] for unit in units_of(part.text) if unit in model.units] if model else []

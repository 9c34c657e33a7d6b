"""Bytes to terms, in compiled code: hashes, consonant skeletons, letter masks, tags."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.similarity import mixed
from leconfield.registry.linkage.terms import CODE, LETTERS, NAME, TAGS, TEXT, Terms
from leconfield.registry.scripts import listed

_A, _Z, _ZERO, _NINE, _SPACE = ord("a"), ord("z"), ord("0"), ord("9"), ord(" ")
_VOWELS = np.array([ord(letter) in b"aeiouyhw" for letter in map(chr, range(256))])
_SOUND = np.arange(256, dtype=np.uint8)
for _letter, _sound in zip(b"czqvj", b"kskfg", strict=True):
    _SOUND[_letter] = _sound
_GENERIC_WORDS = listed("street road avenue place court crescent close drive lane way circuit terrace the of and saint")


@compiled
def hashed(letters: npt.NDArray[np.uint8], begin: int, end: int, seed: int) -> np.uint64:
    """FNV-1a of some bytes, finished so that all its bits are good; never 0."""
    x = np.uint64(0xCBF29CE484222325)
    for i in range(begin, end):
        x = (x ^ np.uint64(letters[i])) * np.uint64(0x100000001B3)
    return mixed(x, np.uint64(seed))


def _generic() -> npt.NDArray[np.uint64]:
    return np.array(
        [hashed(np.frombuffer(word.encode(), np.uint8), 0, len(word), 0) for word in _GENERIC_WORDS], np.uint64
    )


@compiled
def _skeleton(letters: npt.NDArray[np.uint8], begin: int, end: int, seed: int) -> np.uint64:
    """Of the first letter and the consonants by their sound, doubles made one."""
    x = np.uint64(0xCBF29CE484222325)
    last = 0
    for i in range(begin, end):
        letter = int(letters[i])
        sound = int(_SOUND[letter])
        if letter == 112 and i + 1 < end and letters[i + 1] == 104:  # "ph"
            sound = 102
        if i == begin and _VOWELS[letter] and letter != 104 and letter != 119:
            sound = 97
        elif i > begin and _VOWELS[letter]:
            continue
        if sound == last:
            continue
        last = sound
        x = (x ^ np.uint64(sound)) * np.uint64(0x100000001B3)
    return mixed(x, np.uint64(seed))


@compiled
def _word_tags(
    letters: npt.NDArray[np.uint8],
    begin: int,
    end: int,
    generic: npt.NDArray[np.uint64],
    tags: npt.NDArray[np.uint32],
) -> None:
    """A tag for each word of three letters or more that is not in every address."""
    count = 0
    start = begin
    for i in range(begin, end + 1):
        if i < end and letters[i] != _SPACE:
            continue
        if i - start >= 3 and not (_ZERO <= letters[start] <= _NINE):
            word = hashed(letters, start, i, 0)
            if not np.any(generic == word) and count < TAGS:
                tags[count] = np.uint32(word | np.uint64(1))
                count += 1
        start = i + 1


@compiled
def _head_tag(letters: npt.NDArray[np.uint8], begin: int, end: int, tags: npt.NDArray[np.uint32]) -> None:
    """A tag for the district of a postcode: its first word, else all but the last letters."""
    length = end - begin
    cut = begin
    while cut < end and letters[cut] != _SPACE:
        cut += 1
    if cut == end:
        cut = end - 3 if length >= 5 and letters[begin] > _NINE else end - 2
    if cut - begin >= 2:
        tags[0] = np.uint32(hashed(letters, begin, cut, 0) | np.uint64(1))


@compiled
def _pack(
    terms: Terms,
    start: int,
    letters: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    fields: npt.NDArray[np.int32],
    kinds: npt.NDArray[np.int8],
    kin_letters: npt.NDArray[np.uint8],
    kin_offsets: npt.NDArray[np.int64],
    kin_counts: npt.NDArray[np.int64],
    generic: npt.NDArray[np.uint64],
) -> None:
    kin = 0
    for i in range(len(fields)):
        term = start + i
        begin, end = offsets[i], offsets[i + 1]
        terms.hash[term] = hashed(letters, begin, end, fields[i] + 1)
        terms.skeleton[term] = terms.hash[term]
        length = min(LETTERS, end - begin)
        terms.length[term] = length
        mask = np.uint32(0)
        for j in range(length):
            letter = letters[begin + j]
            terms.letters[term, j] = letter
            mask |= np.uint32(1) << np.uint32(letter % 32)
        terms.mask[term] = mask
        if kinds[i] == NAME:
            terms.skeleton[term] = _skeleton(letters, begin, end, fields[i] + 1)
            for j in range(kin_counts[i]):
                tag = hashed(kin_letters, kin_offsets[kin], kin_offsets[kin + 1], 0)
                terms.tags[term, j] = np.uint32(tag | np.uint64(1))
                kin += 1
        elif kinds[i] == TEXT:
            _word_tags(letters, begin, end, generic, terms.tags[term])
        elif kinds[i] == CODE:
            _head_tag(letters, begin, end, terms.tags[term])


def pack(
    terms: Terms,
    start: int,
    letters: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    fields: npt.NDArray[np.int32],
    kinds: npt.NDArray[np.int8],
    kin_letters: npt.NDArray[np.uint8],
    kin_offsets: npt.NDArray[np.int64],
    kin_counts: npt.NDArray[np.int64],
) -> None:
    """Fill in the terms from `start` on: their bytes lie in `letters` from `offsets`, those of their kin likewise."""
    _pack(terms, start, letters, offsets, fields, kinds, kin_letters, kin_offsets, kin_counts, _GENERIC)


@compiled
def union_parts(found: npt.NDArray[np.int32], out: npt.NDArray[np.int32]) -> None:
    """The parts of each row's names, found in several columns, each once and as many as there is room for."""
    for row in range(found.shape[0]):
        count = 0
        for i in range(found.shape[1]):
            term = found[row, i]
            if term < 0 or count == out.shape[1]:
                continue
            new = True
            for j in range(count):
                if out[row, j] == term:
                    new = False
            if new:
                out[row, count] = term
                count += 1


@compiled
def fingerprint_all(letters: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """A hash of each string."""
    out = np.empty(len(offsets) - 1, np.uint64)
    for i in range(len(out)):
        out[i] = hashed(letters, offsets[i], offsets[i + 1], 0)
    return out


_GENERIC = _generic()

"""A name asked for, as numbers: its parts, neighbours written together, and every spelling of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import numpy as np

from leconfield.registry.facts import RAREST_BITS
from leconfield.registry.nameindex.foreign import likeliest, spelt
from leconfield.registry.nameindex.gather import PATRONYMIC
from leconfield.registry.nameindex.knowledge import (
    BY_TABLE,
    EXACT,
    FOREIGN,
    LONGEST_FORM,
    MOST_CLASSES,
    Form,
    Knowledge,
    forms_of,
    latin_forms,
)
from leconfield.registry.nameindex.reading import read_name
from leconfield.registry.nameindex.segment import Bytes, Floats, Numbers
from leconfield.registry.names import Name, Part, part_of
from leconfield.registry.scripts import LATIN

MOST_JOINED: Final = 6
"""Names of more parts are not tried with neighbours written together."""
LETTER_BITS: Final = 3.0
"""The most that agreement on a part is worth, for each of its letters; as `names.part_of` has it."""
NICKNAME: Final = 2.0
"""Bits that agreement on a nickname is worth less than on the name."""


class Question(NamedTuple):
    """The parts of a name as arrays, as compiled code takes them: first its own, then neighbours written together."""

    part_text: Bytes
    part_at: Numbers
    bits: Floats
    """How rare the shipped tables say each part is."""
    initials: Numbers
    """For a part that is a single letter among whole ones its place in the alphabet, else -1."""
    form_text: Bytes
    form_at: Numbers
    form_part: Numbers
    form_cost: Floats
    form_kind: Bytes
    first_form: Numbers
    """Where the likeliest spelling of each own part begins and ends in `form_text`."""
    first_plain: Bytes
    classes: Numbers
    class_part: Numbers


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that is asked for."""

    name: Name
    count: int
    """How many parts are its own."""
    question: Question
    foreign: tuple[tuple[int, str, str], ...]
    """Parts in other scripts, to be read out of what an index holds: which part, its text, its script."""
    flags: int


def asked(text: str, knowledge: Knowledge) -> Asked:
    """Read a name that is asked for."""
    name = read_name(text)
    flags = PATRONYMIC if name.patronymic else 0
    return Asked(name, len(name.parts), _question(name, knowledge), tuple(_foreign(name.parts)), flags)


def _question(name: Name, knowledge: Knowledge) -> Question:
    count = len(name.parts)
    texts, bits = [part.text for part in name.parts], [part.bits for part in name.parts]
    forms: list[Form] = []
    form_part, firsts, classes, class_part = [], [], [], []
    for place, part in enumerate(name.parts):
        firsts.append(len(forms))
        forms += _forms(part, knowledge)
        form_part += [place] * (len(forms) - firsts[-1])
        own = sorted(knowledge.classes(part))[:MOST_CLASSES]
        classes += own
        class_part += [place] * len(own)
    for place, (one, other) in enumerate(pairwise(name.parts) if count <= MOST_JOINED else (), count):
        both, both_bits, both_forms = _together(one, other)
        texts.append(both)
        bits.append(both_bits)
        forms += both_forms
        form_part += [place] * len(both_forms)
    part_at, part_text = _packed([each.encode(errors="replace") for each in texts])
    form_at, form_text = _packed([form[0] for form in forms])
    return Question(
        part_text,
        part_at,
        np.array(bits, dtype=np.float32),
        np.array(_initials(name), dtype=np.int32),
        form_text,
        form_at,
        np.array(form_part, dtype=np.int32),
        np.array([form[1] for form in forms], dtype=np.float32),
        np.array([form[2] for form in forms], dtype=np.uint8),
        np.array([form_at[first + step] for first in firsts for step in (0, 1)], dtype=np.int32),
        np.array([forms[first][0].isalpha() for first in firsts], dtype=np.uint8),
        np.array(classes, dtype=np.int32),
        np.array(class_part, dtype=np.int32),
    )


def _forms(part: Part, knowledge: Knowledge) -> list[Form]:
    """The part's spellings, and its nicknames or those whose nickname it is."""
    own = _own_forms(part)
    return own + [(each.encode(), NICKNAME, EXACT) for each in sorted(knowledge.nicknames(part.latin))]


@lru_cache(maxsize=1 << 14)
def _together(one: Part, other: Part) -> tuple[str, float, tuple[Form, ...]]:
    """Two neighbours written together: the text, how rare it is, and its spellings if they may be one part."""
    if one.plain and other.plain:
        both = one.latin + other.latin
        return both, min(RAREST_BITS, LETTER_BITS * len(both)), latin_forms(both) if _may_be_one(one, other) else ()
    part = part_of(one.latin + other.latin)
    return part.text, part.bits, tuple(_own_forms(part)) if _may_be_one(one, other) else ()


def _own_forms(part: Part) -> list[Form]:
    """For other scripts only the likeliest: further ones are read out of what an index holds."""
    if part.script == LATIN:
        return list(forms_of(part))
    kind = FOREIGN | EXACT if likeliest(part.text)[0] else FOREIGN
    return [
        (latin.encode()[:LONGEST_FORM], BY_TABLE if place else 0.0, kind)
        for place, latin in enumerate(spelt(part.text))
    ]


def _foreign(parts: Sequence[Part]) -> Iterator[tuple[int, str, str]]:
    """Parts to be read, in order; the last are neighbours of which one is a syllable that was taken off the other."""
    for place, part in enumerate(parts):
        if part.script != LATIN:
            yield place, part.text, part.script
    if len(parts) <= MOST_JOINED:
        for place, (one, other) in enumerate(pairwise(parts), len(parts)):
            if one.script == other.script != LATIN and len(one.text) == 1:
                yield place, one.text + other.text, one.script


def _may_be_one(one: Part, other: Part) -> bool:
    """Whether two neighbours may be one part: Latin words; other scripts only where a syllable was taken off."""
    if one.script == other.script == LATIN:
        return not (one.initial or other.initial)
    return min(len(one.text), len(other.text)) == 1


def _initials(name: Name) -> list[int]:
    """Initials stand for parts unless there is nothing else to go by."""
    if not name.full and all(part.initial for part in name.parts):
        return [-1] * len(name.parts)
    return [ord(part.latin) - ord("a") if part.initial and "a" <= part.latin <= "z" else -1 for part in name.parts]


def _packed(texts: list[bytes]) -> tuple[Numbers, Bytes]:
    at = np.array([*accumulate(map(len, texts), initial=0)], dtype=np.int32)
    return at, np.frombuffer(b"".join(texts), dtype=np.uint8)

"""A name asked for, as numbers: its parts, neighbours written together, and every spelling of each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Final

import numpy as np

from leconfield.registry.nameindex.gather import PATRONYMIC
from leconfield.registry.nameindex.knowledge import EXACT, MOST_CLASSES, Form, Knowledge, forms_of, joined
from leconfield.registry.nameindex.reading import read_name
from leconfield.registry.nameindex.segment import Bytes, Floats, Numbers
from leconfield.registry.names import Name, Part
from leconfield.registry.scripts import LATIN

MOST_JOINED: Final = 6
"""Names of more parts are not tried with neighbours written together."""
NICKNAME: Final = 2.0
"""Bits that agreement on a nickname is worth less than on the name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a name as arrays. The first `count` are its own, those after are neighbours written together."""

    name: Name
    count: int
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
    flags: int


def asked(text: str, knowledge: Knowledge) -> Asked:
    """Read a name that is asked for."""
    name = read_name(text)
    pairs = pairwise(name.parts) if len(name.parts) <= MOST_JOINED else ()
    together = [joined(one, other) for one, other in pairs]
    parts = [*name.parts, *together]
    forms = [(place, form) for place, part in enumerate(name.parts) for form in _forms(part, knowledge)]
    forms += [
        (place, form)
        for place, part in enumerate(together, len(name.parts))
        if _may_be_one(*name.parts[place - len(name.parts) :][:2])
        for form in forms_of(part)
    ]
    firsts = [bisect_left(forms, place, key=itemgetter(0)) for place in range(len(name.parts))]
    classes = [
        (number, place)
        for place, part in enumerate(name.parts)
        for number in sorted(knowledge.classes(part))[:MOST_CLASSES]
    ]
    text_at, texts = _packed([part.text.encode(errors="replace") for part in parts])
    form_at, form_texts = _packed([form[0] for _, form in forms])
    return Asked(
        name,
        len(name.parts),
        texts,
        text_at,
        np.array([part.bits for part in parts], dtype=np.float32),
        np.array(_initials(name), dtype=np.int32),
        form_texts,
        form_at,
        np.array([place for place, _ in forms], dtype=np.int32),
        np.array([form[1] for _, form in forms], dtype=np.float32),
        np.array([form[2] for _, form in forms], dtype=np.uint8),
        np.array([form_at[first : first + 2] for first in firsts], dtype=np.int32).ravel(),
        np.array([forms[first][1][0].isalpha() for first in firsts], dtype=np.uint8),
        np.array([number for number, _ in classes], dtype=np.int32),
        np.array([place for _, place in classes], dtype=np.int32),
        PATRONYMIC if name.patronymic else 0,
    )


def _forms(part: Part, knowledge: Knowledge) -> list[Form]:
    """The part's spellings, and its nicknames or those whose nickname it is."""
    own = list(forms_of(part))
    return own + [(each.encode(), NICKNAME, EXACT) for each in sorted(knowledge.nicknames(part.latin))]


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
    at = np.zeros(len(texts) + 1, dtype=np.int32)
    np.cumsum([len(each) for each in texts], out=at[1:])
    return at, np.frombuffer(b"".join(texts), dtype=np.uint8)

"""Reading rows into what a segment is assembled of: each distinct part is looked at once."""

from __future__ import annotations

from array import array
from typing import Final

import numpy as np

from leconfield.registry.nameindex.assemble import Rows, Words, assemble
from leconfield.registry.nameindex.knowledge import MOST_CLASSES, Knowledge, forms_of
from leconfield.registry.nameindex.reading import LEGAL_FORMS, LONGEST_NAME, read_name
from leconfield.registry.nameindex.segment import Segment
from leconfield.registry.names import MOST_PARTS, Name, Part, parse_name, part_of

LONGEST_ID: Final = 1000
PATRONYMIC: Final = 1
"""The flag of a name that says whose child it is."""
_UNPLAIN: Final = -1


class Gathering:
    """Rows on their way into a segment, in memory."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._parts: dict[str, Part] = {}
        self._places: dict[str, int] = {}
        self._plain: dict[str, int] = {}
        """Words that always are parts of their own, with the part's number; and words that are not."""
        self._part, self._count, self._flags = array("i"), array("B"), array("B")
        self._ids, self._id_at = bytearray(), array("q", [0])
        self._texts, self._text_at = bytearray(), array("q", [0])

    def __len__(self) -> int:
        return len(self._count)

    def add(self, row_id: str, text: str) -> None:
        """Take up a row; one without letters or digits is kept, and found by nothing."""
        text = text[:LONGEST_NAME]
        self._read(text)
        self._ids += row_id.encode(errors="replace")[:LONGEST_ID]
        self._id_at.append(len(self._ids))
        self._texts += text.encode(errors="replace")
        self._text_at.append(len(self._texts))

    def sealed(self, label: str) -> Segment:
        """The segment of all rows so far."""
        return assemble(self._words(), self._rows(), label, self._knowledge.version)

    def _read(self, text: str) -> None:
        """Note the text's parts: at once if it is made of words known to be plain, as most are."""
        words = text.lower().split() if text.isascii() else ()
        if 0 < len(words) <= MOST_PARTS:
            places = [self._plain.get(word, _UNPLAIN) for word in words]
            if min(places) >= 0:
                self._note(places, 0)
                return
        name = read_name(text)
        self._note([self._place_of(part) for part in name.parts], PATRONYMIC if name.patronymic else 0)
        for word in words[:MOST_PARTS]:
            if word not in self._plain:
                self._plain[word] = self._place_of(part_of(word)) if _is_plain(word) else _UNPLAIN

    def _note(self, places: list[int], flags: int) -> None:
        self._part.extend(places)
        self._count.append(len(places))
        self._flags.append(flags)

    def _place_of(self, part: Part) -> int:
        place = self._places.get(part.text)
        if place is None:
            place = self._places[part.text] = len(self._parts)
            self._parts[part.text] = part
        return place

    def _words(self) -> Words:
        texts, text_at = bytearray(), array("q", [0])
        forms, form_at, form = bytearray(), array("q", [0]), array("q", [0])
        form_cost, form_kind = array("f"), array("B")
        classes, class_at, bits = array("i"), array("q", [0]), array("f")
        for part in self._parts.values():
            texts += part.text.encode(errors="replace")
            text_at.append(len(texts))
            bits.append(part.bits)
            for spelling, cost, kind in forms_of(part):
                forms += spelling
                form_at.append(len(forms))
                form_cost.append(cost)
                form_kind.append(kind)
            form.append(len(form_cost))
            classes.extend(sorted(self._knowledge.classes(part))[:MOST_CLASSES])
            class_at.append(len(classes))
        return Words(
            np.frombuffer(texts, dtype=np.uint8),
            np.frombuffer(text_at, dtype=np.int64),
            np.frombuffer(bits, dtype=np.float32),
            np.frombuffer(form, dtype=np.int64),
            np.frombuffer(forms, dtype=np.uint8),
            np.frombuffer(form_at, dtype=np.int64),
            np.frombuffer(form_cost, dtype=np.float32),
            np.frombuffer(form_kind, dtype=np.uint8),
            np.frombuffer(class_at, dtype=np.int64),
            np.frombuffer(classes, dtype=np.int32),
        )

    def _rows(self) -> Rows:
        return Rows(
            np.frombuffer(self._count, dtype=np.uint8),
            np.frombuffer(self._part, dtype=np.int32),
            np.frombuffer(self._flags, dtype=np.uint8),
            np.frombuffer(self._ids, dtype=np.uint8),
            np.frombuffer(self._id_at, dtype=np.int64),
            np.frombuffer(self._texts, dtype=np.uint8),
            np.frombuffer(self._text_at, dtype=np.int64),
        )


def _is_plain(word: str) -> bool:
    """Whether a word is a part of its own wherever it stands: no title, no particle, nothing to take apart."""
    return word not in LEGAL_FORMS and all(
        _texts(parse_name(text)) == tuple(text.split()) for text in (word, f"{word} {word} {word}")
    )


def _texts(name: Name) -> tuple[str, ...]:
    return tuple(part.text for part in name.parts)

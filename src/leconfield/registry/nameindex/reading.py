"""Reading a name out of a list, which does not say whether it is a person's or a body's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from leconfield.ledger.vocabulary import ORGANISATION
from leconfield.registry.names import Name, parse_name, part_of

LONGEST_NAME: Final = 400
"""Letters of a name that are read and kept: hostile input must not cost time."""
LEGAL_FORMS: Final = frozenset(
    {"llc", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "company", "gmbh", "plc", "llp", "pjsc"}
    | {"jsc", "ojsc", "cjsc", "ooo", "oao", "zao", "pao", "sarl", "srl", "fze", "sdn", "bhd", "pte", "pty", "pvt"}
)
"""Words that only a body's name has; not those that are surnames, too."""
_WRITTEN_OUT: Final = re.compile(
    r"\b(?:limited liability company|(?:public |open |closed |private )?joint[ -]stock company|"
    r"obshchestvo s ogranichenno[iy] otvetstvennost\w+|(?:otkrytoe |zakrytoe |publichnoe )?aktsionernoe obshchestvo|"
    r"s\.? ?(?:de r\.? ?l|a)\.? de c\.? ?v\b\.?)",
    re.IGNORECASE,
)
"""Legal forms in several words."""
_WORD: Final = re.compile(r"[a-z]+")


def read_name(text: str) -> Name:
    """The name in `text`: a body's without its legal form if it has one, else as a person's."""
    text = text[:LONGEST_NAME]
    bare = _WRITTEN_OUT.sub(" LLC ", text)
    if bare == text and LEGAL_FORMS.isdisjoint(_WORD.findall(text.lower())):
        return parse_name(text)
    name = parse_name(bare, ORGANISATION)
    return replace(name, parts=tuple(part_of(part.text) for part in name.parts))

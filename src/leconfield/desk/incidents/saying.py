"""What statements say of a subject, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from leconfield.ledger.model import Statement, SubjectId
from leconfield.ledger.vocabulary import LINKS, NAMES, words_for
from leconfield.registry.chips import name_of, shown
from leconfield.registry.subjects import Subject

MOST_SAID: Final = 6
"""Properties that one line repeats."""


def said_in(statements: Iterable[Statement], ends: Mapping[SubjectId, Subject], subject: Subject) -> tuple[str, ...]:
    """What the statements say of the subject beside his name, each once; `ends`: where links among them lead."""
    found: dict[str, None] = {}
    for each in statements:
        if each.prop in NAMES and each.value.casefold() == subject.name.casefold():
            continue
        end = ends.get(SubjectId(each.value)) if each.prop in LINKS else None
        if each.prop in LINKS and end is None:
            continue
        value = name_of(end) if end else shown(each.value) if each.prop in NAMES else each.value
        denied = "not " if each.assertion.polarity == "denied" else ""
        found[f"{denied}{words_for(each.prop)} {value}"] = None
    said = tuple(found)
    more = len(said) - MOST_SAID
    return (*said[:MOST_SAID], f"and {more} more") if more > 0 else said

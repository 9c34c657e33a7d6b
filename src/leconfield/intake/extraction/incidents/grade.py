"""How sure the report is of a perpetrator, and who says so: MUC-4, slot 11."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from leconfield.intake.extraction.incidents.candidates import Place
from leconfield.intake.extraction.incidents.lexicon import lexicon
from leconfield.intake.extraction.incidents.linear import Linear
from leconfield.intake.extraction.incidents.reading import Pages

GRADES: Final = ("fact", "claimed", "accused", "accused by authorities", "possible")
_SENTENCES: Final = 4
"""A name that stands in many sentences is judged by the first few."""
_NEAR: Final = 10


def grade(pages: Pages, places: Sequence[Place], model: Linear) -> str:
    """The grade (one of `GRADES`) at which the report connects the perpetrator named at these places."""
    if not places:
        return GRADES[0]
    return GRADES[int(np.argmax(model.probabilities(grade_terms(pages, places))))]


def grade_terms(pages: Pages, places: Sequence[Place]) -> list[str]:
    """The terms by which an assertion is graded: cue words by side and distance of the name, and the words."""
    terms: list[str] = []
    cues = lexicon().cues
    for turn, place in enumerate(places[:_SENTENCES]):
        words = pages.sentences[place.sentence].words
        terms.extend(f"w {word}" for word in sorted(set(words)) if word[0].isalpha())
        for at, word in enumerate(words):
            cue = cues.get(word)
            if cue:
                side = "<" if at < place.first else ">"
                near = min(abs(at - place.first), abs(at - place.last + 1)) <= _NEAR
                terms += [f"c {cue}", f"c {side}{cue}{near}", f"c {cue}{'first' if turn == 0 else 'later'}"]
        if place.first:
            terms.append(f"- {words[place.first - 1]}")
        if place.last < len(words):
            terms.append(f"+ {words[place.last]}")
        terms += [f"p {cue}" for cue in sorted(_of(pages, place.sentence - 1))]
        terms += [f"n {cue}" for cue in sorted(_of(pages, place.sentence + 1))]
    terms.append(f"# {min(4, len(places))}")
    return terms


def _of(pages: Pages, at: int) -> set[str]:
    if not 0 <= at < len(pages.sentences):
        return set()
    cues = lexicon().cues
    return {cues[word] for word in pages.sentences[at].words if word in cues}

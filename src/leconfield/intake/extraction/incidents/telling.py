"""From outlines to incidents: the sentence that tells of it, when, where, how far it went, and who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from leconfield.intake.extraction.incidents.candidates import Place, offsets
from leconfield.intake.extraction.incidents.grade import GRADES, grade
from leconfield.intake.extraction.incidents.judge import Outline
from leconfield.intake.extraction.incidents.lexicon import lexicon
from leconfield.intake.extraction.incidents.linear import Linear
from leconfield.intake.extraction.incidents.measures import Choice
from leconfield.intake.extraction.incidents.reading import Reading
from leconfield.intake.extraction.incidents.segment import Sentence
from leconfield.intake.extraction.incidents.stage import ACCOMPLISHED, ATTEMPTED, stage_of
from leconfield.intake.extraction.incidents.weights import TELLING
from leconfield.intake.extraction.incidents.when import held_in
from leconfield.intake.extraction.incidents.where import place_in
from leconfield.intake.extraction.model import Filler, Incident
from leconfield.ledger.model import ACTUAL, AFFIRMED, DENIED, PLANNED, POSSIBLE, Assertion
from leconfield.ledger.model import ATTEMPTED as TRIED
from leconfield.ledger.times import ALWAYS, Held

_SPEAKER: Final = re.compile(
    r"\baccording to (?P<a>(?:[\w'.-]+ ?){1,8}?)(?=[,.;:]|$)"
    r"|(?:^|[,;.\"] |\bthat )(?P<b>(?:[\w'.-]+ ){1,7}?)(?:has |have |today |also |yesterday )?"
    r"(?:said|says|reported|reports|stated|announced|added|confirmed|disclosed|indicated|claimed|accused|blamed)\b"
)
_DENIAL: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|did not|has not|have not|was not|were not|never)\b[^,;.]{0,25}?"
    r"\b(?:kill|murder|attack|bomb|kidnap|abduct|burn|assassinat|shoot|involve|particip|responsib|t[ao]ken? part)\w*"
)
_ACQUITTED: Final = re.compile(r"\b(?:acquitted|absolved|exonerated|found not guilty|cleared of)\b")
_PRONOUN: Final = frozenset(("he", "she", "it", "they", "we", "i", "who", "which", "this", "that", "there"))


def incident_of(reading: Reading, outline: Outline, grades: Linear, written: date | None) -> Incident:
    """The incident of an outline, with everything the report says of it."""
    at = _sentence_of(reading, outline)
    pages = reading.pages
    sentence = pages.sentences[at]
    fillers = {
        role: _fillers(reading, outline.fillers, role) for role in ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
    }
    stage = stage_of(pages.low[sentence.start : sentence.end])
    near = _near(reading, outline, at)
    return Incident(
        kind=outline.kind,
        stage=stage,
        start=sentence.start,
        end=sentence.end,
        held=_held(reading, near, stage, written),
        place=next((p for s in near if (p := place_in(pages.text, pages.low, s.start, s.end))), None),
        perpetrators=fillers["PerpInd"],
        organisations=fillers["PerpOrg"],
        targets=fillers["Target"],
        victims=fillers["Victim"],
        weapons=fillers["Weapon"],
        assertion=_assertion(reading, outline, sentence, stage, grades),
    )


def _fillers(reading: Reading, choices: Sequence[Choice], role: str) -> tuple[Filler, ...]:
    spans = [offsets(reading, c.wording.place) for c in choices if c.role == role]
    return tuple(Filler(start, end, reading.pages.text[start:end]) for start, end in spans)


def _sentence_of(reading: Reading, outline: Outline) -> int:
    """The sentence that tells of the incident: a word of violence, fillers thick, its kind likely."""
    kind = TELLING.index(outline.kind) if outline.kind in TELLING else 0
    weights = [0.5 * float(told[0]) + 0.5 * float(told[kind]) for told in reading.telling]
    for choice in outline.fillers:
        for spot in choice.thing.spots:
            weights[spot.place.sentence] += spot.mean
    lex = lexicon()
    for at, sentence in enumerate(reading.pages.sentences):
        groups = {lex.kinds.get(lex.triggers.get(word, "")) for word in sentence.words}
        weights[at] += outline.kind in groups
    return max(range(len(weights)), key=lambda n: (weights[n], -n))


def _near(reading: Reading, outline: Outline, at: int) -> list[Sentence]:
    """The sentences in which to look for time and place: the telling one, those of the fillers, the first."""
    order = [at, *(choice.wording.place.sentence for choice in outline.fillers if choice.role != "PerpOrg"), 0]
    return [reading.pages.sentences[n] for n in dict.fromkeys(order)]


def _held(reading: Reading, near: Sequence[Sentence], stage: str, written: date | None) -> Held:
    for sentence in near:
        held = held_in(reading.pages.low, sentence.start, sentence.end, written)
        if held != ALWAYS:
            return held
    if written and stage in {ACCOMPLISHED, ATTEMPTED}:
        return Held(end=written.isoformat())
    return ALWAYS


def _assertion(reading: Reading, outline: Outline, sentence: Sentence, stage: str, grades: Linear) -> Assertion:
    low = reading.pages.low[sentence.start : sentence.end]
    accused = _accused(outline)
    stance = grade(reading.pages, accused, grades) if accused else GRADES[0]
    if accused and _ACQUITTED.search(low):
        stance = "acquitted"
    modality = {ACCOMPLISHED: ACTUAL, ATTEMPTED: TRIED}.get(stage, PLANNED)
    if modality == ACTUAL and stance == "possible":
        modality = POSSIBLE
    return Assertion(
        polarity=DENIED if _DENIAL.search(low) else AFFIRMED,
        modality=modality,
        asserter=_speaker(reading, sentence),
        stance="" if stance == GRADES[0] else stance,
    )


def _accused(outline: Outline) -> list[Place]:
    for role in ("PerpOrg", "PerpInd"):
        choices = [c for c in outline.fillers if c.role == role]
        if choices:
            return sorted({s.place for s in choices[0].thing.spots}, key=lambda p: (p.sentence, p.first))
    return []


def _speaker(reading: Reading, sentence: Sentence) -> str:
    """Whom the sentence quotes, in the report's words; empty if it speaks for itself."""
    found = _SPEAKER.search(reading.pages.low[sentence.start : sentence.end])
    if not found:
        return ""
    group = "a" if found["a"] else "b"
    start, end = found.span(group)
    words = reading.pages.text[sentence.start + start : sentence.start + end].strip()
    return "" if words.lower() in _PRONOUN else words

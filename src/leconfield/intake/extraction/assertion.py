"""Who asserts a statement, and how: cue words with a scope, and reporting verbs.

After ConText (Harkema et al. 2009) for scope, and slot 11 of the MUC-4 templates for stance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from leconfield.intake.extraction.model import Span
from leconfield.ledger.model import (
    ACTUAL,
    AFFIRMED,
    ATTEMPTED,
    DENIED,
    PLANNED,
    POSSIBLE,
    Assertion,
)

CLAIMED: Final = "claimed"
ACCUSED: Final = "accused"
ACCUSED_BY_AUTHORITIES: Final = "accused by authorities"
POSSIBLY: Final = "possible"
ACQUITTED: Final = "acquitted"
REPORTED: Final = "reported"

_FORWARD: Final = {
    DENIED: (
        r"not|never|no longer|n't|without|failed to|neither|nor|no (?:trace|sign|"
        r"evidence|record|indication) (?:of|that)"
        r"|ruled out|did not|was not|were not|has not|had not|cannot|refused to|denied|denies|deny|denying|rejected"
    ),
    PLANNED: r"plans? to|planned to|planning to|planned|intends? to|intended to|intention of|will|going to|is to|are to"
    r"|due to (?:meet|travel|arrive|leave|collect)|threatened to|threatens to|threatening to|wants? to|wanted to|would",
    ATTEMPTED: r"attempt(?:ed|s|ing)? to|tried to|trying to|tries to|attempted|an attempt (?:to|on|against)",
    POSSIBLE: (
        r"may|might|could|possibly|perhaps|probably|presumably|apparently|allegedly"
        r"|reportedly|suspected|suspects?"
        r"|believed to|believes?|thought "
        r"to|thinks?|likely|unconfirmed|rumou?red|if|whether|appears? to|seems? to|said to"
        r"|alleged|presumed|assessed to|unclear|supposedly"
    ),
    ACQUITTED: r"acquitted|cleared of|exonerated|found not guilty",
    ACCUSED: r"accus(?:ed|es|ing)|blam(?:ed|es|ing)|attributed|implicated|charged with|suspected of",
    CLAIMED: r"claim(?:ed|s|ing)? (?:responsibility|credit|to)|admit(?:ted|s|ting)?|took credit|confess(?:ed|es)?"
    r"|acknowledged|claimed",
}
_BACKWARD: Final = {
    DENIED: r"(?:was|were|has been|is) (?:denied|ruled out|refuted|disproved)|(?:is|was) untrue|(?:is|was) false",
    POSSIBLE: r"(?:is|was|were|are) (?:unconfirmed|suspected|possible|likely|alleged)",
    ACQUITTED: r"(?:was|were) (?:acquitted|cleared|exonerated)",
}
_PSEUDO: Final = re.compile(r"\bnot only\b|\bno doubt\b|\bwithout doubt\b|\bnot just\b|\bno\. ?\d", re.IGNORECASE)
_STOP: Final = re.compile(
    r"[;:]|\b(?:but|however|although|though|whereas|while|except|yet|nevertheless)\b", re.IGNORECASE
)
_SAY: Final = (
    r"said|says|stated|states|reported|reports|claimed|claims|told|announced|confirmed|alleged|alleges|asserted|added|"
    r"declared|explained|revealed|indicated|insisted|believes|believed|denied|denies|accused|accuses|blamed|blames|"
    r"admitted|admits|suspects?|suspected|maintained|noted|warned"
)
_SPEAKER: Final = r"(?:(?:the|a|an|THE|A|AN|The|A|An) )?(?:[\w.'’&-]+ ){0,5}?[\w'’&-]+"
_REPORTING: Final = re.compile(
    rf"(?:^|[,;:.\"”] ?|\b(?:and|but|AND|BUT) )(?P<speaker>{_SPEAKER}),? (?:has"
    rf" |have |had |also |HAS |HAVE |HAD |ALSO )*"
    rf"(?P<verb>{_SAY})\b(?! responsibility)",
    re.IGNORECASE,
)
_ACCORDING: Final = re.compile(
    r"\baccording to (?P<speaker>(?:(?:the|a|an) )?[\w.'’&-]+(?: [\w'’&-]+){0,4}?)(?=,|\.|;|$| that | who | in | on )",
    re.IGNORECASE,
)
_AUTHORITY: Final = re.compile(
    r"\b(?:police|army|armed forces|military|government|ministry|minister|president|authorit\w+|court|judge|official\w*"
    r"|prosecutor\w*|attorney general|battalion|brigade|garrison|commander|colonel|general|detective|sergeant|constable"
    r"|inspector|officer\w*|security forces|home office|das|national guard|customs)\b",
    re.IGNORECASE,
)
_SELF: Final = re.compile(r"^(?:i|we|he|she|it|they|who|which|that|this|there)$", re.IGNORECASE)
_SCOPE: Final = 90
_CUES: Final = tuple(
    (kind, forward, re.compile(rf"(?:\b|(?=n't))(?:{words})(?!\w)", re.IGNORECASE))
    for table, forward in ((_FORWARD, True), (_BACKWARD, False))
    for kind, words in table.items()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that colour what is said near them: `kind` is a polarity, modality or stance; `forward`: what follows."""

    start: int
    end: int
    kind: str
    forward: bool


def _found(text: str, start: int, end: int) -> Iterator[Cue]:
    pseudo = [(each.start(), each.end()) for each in _PSEUDO.finditer(text, start, end)]
    for kind, forward, words in _CUES:
        for each in words.finditer(text, start, end):
            if not any(low <= each.start() < high for low, high in pseudo):
                yield Cue(each.start(), each.end(), kind, forward)


def cues(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The words that decide polarity, modality and stance, and the reporting verbs, for highlighting; in text order."""
    stop = len(text) if end is None else end
    found = [Span(cue.start, cue.end, cue.kind, 1.0, "pattern") for cue in _found(text, start, stop)]
    found += [
        Span(each.start("verb"), each.end("verb"), REPORTED, 1.0, "pattern")
        for each in _REPORTING.finditer(text, start, stop)
        if not _SELF.match(each["speaker"])
    ]
    return tuple(sorted(found, key=lambda span: (span.start, span.end, span.kind)))


class Stamper:
    """The cues of one sentence, found once and only if something is stated in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start = start
        self._text = text
        self._end = end

    @cached_property
    def _cues(self) -> tuple[Cue, ...]:
        return tuple(_found(self._text, self.start, self._end))

    @cached_property
    def _said(self) -> tuple[str, tuple[int, int] | None]:
        return _who_says(self._text, self.start, self._end)

    def stamp(self, start: int, end: int) -> Assertion:
        """How the sentence asserts what its characters `start` to `end` state."""
        kinds = {cue.kind for cue in self._cues if self._reaches(cue, start, end)}
        asserter = self._said[0] if self._is_told(start, end) else ""
        polarity = DENIED if DENIED in kinds or ACQUITTED in kinds else AFFIRMED
        modality = next((each for each in (ATTEMPTED, PLANNED, POSSIBLE) if each in kinds), ACTUAL)
        return Assertion(polarity, modality, asserter, _stance(kinds, asserter))

    def _is_told(self, start: int, end: int) -> bool:
        """Whether the quoted speaker's words reach this far: what he says, not who he is."""
        speech = self._said[1]
        if speech is None:
            return False
        first, last = speech
        if first <= start and end <= last:
            return False
        return start < last or _STOP.search(self._text, last, start) is None

    def _reaches(self, cue: Cue, start: int, end: int) -> bool:
        if start <= cue.start and cue.end <= end:
            return True
        near, far = (cue.end, start) if cue.forward else (end, cue.start)
        return 0 <= far - near <= _SCOPE and _STOP.search(self._text, near, far) is None


def _stance(kinds: set[str], asserter: str) -> str:
    if ACQUITTED in kinds:
        return ACQUITTED
    if CLAIMED in kinds:
        return CLAIMED
    if ACCUSED in kinds:
        return ACCUSED_BY_AUTHORITIES if _AUTHORITY.search(asserter) else ACCUSED
    return POSSIBLY if POSSIBLE in kinds else ""


def _who_says(text: str, start: int, end: int) -> tuple[str, tuple[int, int] | None]:
    """Whoever the sentence quotes, and where the words that say so stand; nobody: empty and None."""
    piece = text[start:end]
    found = _ACCORDING.search(piece) or _REPORTING.search(piece)
    if found is None or _SELF.match(found["speaker"]):
        return "", None
    return " ".join(found["speaker"].split()), (start + found.start(), start + found.end())


def stamp(text: str, start: int, end: int, sentence: tuple[int, int]) -> Assertion:
    """The assertion of what `text[start:end]` states within its sentence (a pair of offsets)."""
    return Stamper(text, *sentence).stamp(start, end)

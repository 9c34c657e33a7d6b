"""What a sentence says bluntly of where somebody is from, and of cases somebody worked on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leconfield.gate.mosaic.words import COAST

TOWN: Final = "town"
_FROM: Final = re.compile(
    r"\b(?:grew up|grown up|born|raised|brought up|comes? from|came from|hails? from|originally|native|"
    r"childhood|schooldays|home town|hometown|family (?:is|was|are|were)|roots|is from|was from|are from|'s from|"
    r"girl|boy|lad|lass|accent|by birth|(?:yorkshire|scots|welsh|ulster|english|cornish)(?:man|woman)|scot|geordie|"
    r"cockney|londoner|brummie|northerner|southerner|midlander|lancastrian|cumbrian)\b",
    re.IGNORECASE,
)
"""Without such a word a coast is where something happened, not where somebody is from."""
_ORIGINS: Final = (
    (COAST, r"(?:coastal|seaside|harbour|fishing) (?:town|city|village|place|resort|port)"),
    (COAST, r"(?:by|near|beside|within sight of) the sea\b|on the (?:\w+ )?coast|the seaside|(?:sea)?port town|a port"),
    ("yorkshire", r"yorkshire(?:man|woman)?"),
    ("scotland", r"scotland|scottish|scots(?:man|woman)?|scot|north of the border"),
    ("wales", r"wales|welsh(?:man|woman)?(?! speak)|the valleys"),
    ("northern ireland", r"northern ireland|northern irish|ulster(?:man|woman)?"),
    ("north east", r"(?:the )?north[- ]east|geordie|tyneside|wearside|teesside"),
    ("north west", r"(?:the )?north[- ]west|lancashire|lancastrian|merseyside|cumbrian?|cumbria"),
    ("midlands", r"(?:the )?(?:(?:east|west) )?midlands|midlander|black country|brummie"),
    ("east", r"east anglian?|the fens|norfolk|suffolk|essex"),
    ("london", r"london|londoner|cockney"),
    ("south east", r"(?:the )?south[- ]east|home counties|kent|sussex|surrey"),
    ("south west", r"(?:the )?south[- ]west|west country|cornwall|cornish|devon|somerset|dorset"),
    ("north", r"(?:the )?north of england|northern(?:er)?(?! ir)|up north|the north(?![- ](?:east|west|of the))"),
    ("south", r"(?:the )?south of england|southern(?:er)?|the south(?![- ](?:east|west))"),
    ("england", r"english(?:man|woman)|england"),
)
_PATTERNS: Final = tuple((origin, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for origin, words in _ORIGINS)
_CASES: Final = re.compile(
    r"\b(?:worked on|worked in|led|ran|helped (?:to )?(?:solve|crack)|was part of|involved in|took part in|on)\s+"
    r"(?:the |a |an )?"
    r"(?P<what>(?:[\w'-]+\s+){1,6}?(?:case|investigation|operation|inquiry|enquiry|trial|plot|affair))\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.!?]+")


@dataclass(frozen=True, slots=True)
class _Cases:
    """How cases stand in a register, and the words that say no more than that something is one."""

    kinds: frozenset[str] = frozenset({"case", "cases", "operation", "operations"})
    words: frozenset[str] = frozenset(
        {"case", "investigation", "operation", "inquiry", "enquiry", "trial", "plot", "affair", "the", "a", "of"}
    )


CASE: Final = _Cases()


def origins_in(text: str) -> Iterator[tuple[str, int, int]]:
    """What is said of where somebody is from, and which stretch of the text says it; the finest first."""
    for sentence in _SENTENCE.finditer(text):
        if not _FROM.search(sentence[0]):
            continue
        taken: list[tuple[int, int]] = []
        for origin, pattern in _PATTERNS:
            for found in pattern.finditer(text, sentence.start(), sentence.end()):
                if not any(found.start() < last and first < found.end() for first, last in taken):
                    taken.append(found.span())
                    yield origin, *found.span()


def cases_in(text: str) -> Iterator[tuple[int, int]]:
    """Where a text names a case somebody worked on."""
    yield from (found.span("what") for found in _CASES.finditer(text))

"""Pure: the letter that an applicant gets, and how letters are put into heaps that the gate checks at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from leconfield.gate.bundles import telling
from leconfield.gate.bundles.telling import Block, Heading, Items, Paragraph
from leconfield.outreach.recruiting import rules
from leconfield.outreach.recruiting.model import INVITE, SCALE, Campaign
from leconfield.outreach.recruiting.rules import Ranked

TABLE: Final = "applications"
"""The table of letters that applicants' mailboxes look in."""
INVITATION: Final = "invitation"
FEEDBACK: Final = "feedback"
MAX_FEEDBACK: Final = 3_000
"""Characters of what is written to one applicant."""
MOST_SENTENCES: Final = 250
"""Of letters that the gate checks at a time; it looks through four hundred sentences."""
MAX_QUESTION: Final = 120
_ENDS: Final = re.compile(r"[.!?](?=\s)|\n+")
_INVITED: Final = (
    "We would like to go on with your application. How and when is agreed with you by letters in this mailbox."
)
_NOT_NOW: Final = (
    "We will not go on with your application this time. You may apply for another role, or for this one again."
)


def kind_of(campaign: Campaign, packet: str) -> str:
    """What kind of letter an applicant gets."""
    return INVITATION if campaign.decisions[packet].verdict == INVITE else FEEDBACK


def letter(campaign: Campaign, ranked: Ranked) -> str:
    """What an applicant is told: what was decided, each answer's mark in words, and what was written to him."""
    invited = campaign.decisions[ranked.packet].verdict == INVITE
    told: list[Block] = [
        Paragraph(_INVITED if invited else _NOT_NOW),
        Heading("How your answers were marked"),
        Items(tuple(_marked(campaign, which, rules.band(mark)) for which, mark in ranked.by_question)),
        Heading("What we would say to you"),
        *telling.blocks(campaign.feedback[ranked.packet]),
    ]
    if invited:
        again = "Who we are choosing among matters to us. If you like, tell us about yourself once more, with no name"
        told.append(Paragraph(f"{again}: /careers/{campaign.id}/equality/invited"))
    return telling.written(told)


def _marked(campaign: Campaign, which: str, mark: int) -> str:
    asked = campaign.question(which)
    words = asked.words if asked else which
    short = words if len(words) <= MAX_QUESTION else f"{words[:MAX_QUESTION].rstrip()} ..."
    return f"{short} {SCALE[mark]} ({mark} of {max(SCALE)})."


def sentences(words: str) -> int:
    """About how many sentences a text has; never fewer than the gate finds in plain ones."""
    return len(_ENDS.findall(words)) + 1


def heaps(letters: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The places of the letters, in heaps of which each has few enough sentences to be checked at a time."""
    made: list[list[int]] = []
    left = 0
    for place, words in enumerate(letters):
        if not made or sentences(words) > left:
            made.append([])
            left = MOST_SENTENCES
        made[-1].append(place)
        left -= sentences(words)
    return tuple(map(tuple, made))

"""What the gate says of a draft: a colour for each sentence, why, what it rests on, and what could be said instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from leconfield.gate.matching.model import Passage
from leconfield.gate.release.model import BY_GRAVITY, Colour
from leconfield.ledger.provenance import Provenance


def worst(*colours: Colour) -> Colour:
    """The worst of them; green if there are none."""
    return max(colours, key=gravity, default=Colour.GREEN)


def gravity(colour: Colour) -> int:
    """0 for the best."""
    return BY_GRAVITY.index(colour)


class Check(StrEnum):
    """What found a reason: each check stands alone, and each is needed."""

    LEAK = "direct leak"
    KNOWERS = "too few could have known"
    TOGETHER = "too few could have known all of it"
    WINDOW = "too soon"
    BURN = "told just now"
    SILENT = "never told"
    CONSENT = "not ours alone"
    CAP = "too much to check"
    WEAK = "may rest on"
    MOSAIC = "too few people fit"
    TOPIC = "protected topic"
    UNMATCHED = "not matched"
    STYLE = "reads like"
    ROSTER = "tells who was on duty"


CLEARABLE: Final = frozenset(
    {
        *(Check.WEAK, Check.UNMATCHED, Check.TOPIC, Check.CONSENT),
        *(Check.WINDOW, Check.BURN, Check.STYLE, Check.ROSTER),
    }
)
"""What a person can know better than the machine, and may clear. A leak, too few, never told, too much: nobody may."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence is not green, in words for its author."""

    check: Check
    colour: Colour
    words: str
    rests: frozenset[str] = frozenset()
    """Ids of the protected reports that it rests on: whoever clears it must see all of them."""


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody, or a crowd, who could have known."""

    name: str
    weight: int = 1
    """How many people it is."""
    since: str = ""
    """The day (ISO) since when they could have known it; empty: not written down."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a text gives away, and who could have told it."""

    sentence: int
    """The sentence's number; 0: it was published before, or an action will show it."""
    words: str
    """The words of the text that say it."""
    knowers: Mapping[str, int]
    """Names of those who surely could have known it by then, and how many people each is: they hide each other."""
    possible: frozenset[str]
    """Names of those who may have: nobody of them is safe from being taken for the one who told it."""
    grounds: Provenance
    """The sources that it may rest on: alternatives, each enough alone."""
    sources: frozenset[str] = frozenset()
    """The protected sources among them."""
    channels: frozenset[str] = frozenset()
    """How these told us."""
    early: bool = False
    """Whether more people could have known it by now than by then."""
    strong: bool = True
    """Whether it surely rests on what was found, or only may."""
    reports: frozenset[str] = frozenset()
    """Ids of the protected reports that say it."""
    heard: Mapping[str, int] = field(default_factory=dict)
    """Those who surely could have known it by then, had the news had time to get round."""
    told_late: bool = False
    """Whether it happened long before, and we were told only in the days before it is said."""
    claim: int = 0
    """Bits over the features of the sentence: those that say it."""

    @property
    def size(self) -> int:
        """How many people could have told it."""
        return sum(self.knowers.values())


@dataclass(frozen=True, slots=True)
class Action:
    """Something that will be done and seen: an arrest, a search. It tells that we knew, too."""

    words: str
    at: str
    """The day (ISO)."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be said."""

    words: str
    written: str
    """The day (ISO) on which it is said."""
    name: str = ""
    """The name of its file."""
    actions: tuple[Action, ...] = ()
    persona: str = ""
    """Of whom of ours it speaks, by the name he is known under outside; empty: of none."""
    posted: str = ""
    """The moment (a stamp) at which it goes out; empty: not known."""
    authors: tuple[str, ...] = ()
    """Who wrote it, beside whoever asks: none of them clears it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A passage that a sentence rests on, as its reader knows it."""

    passage: Passage
    source: str
    channel: str
    reference: str
    words: str
    share: float
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A safer wording, itself checked."""

    how: str
    """`blunter date` (place, number, role), `without the name`, `merge`, `drop` or `wait`."""
    words: str
    """The sentence instead; empty: leave it out, or say it as it is, later."""
    colour: Colour
    until: str = ""
    """For `wait`: the day from which on it may be said."""


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """How one sentence stands."""

    number: int
    text: str
    start: int
    end: int
    colour: Colour
    reasons: tuple[Reason, ...]
    grounds: tuple[Ground, ...]
    """The best few of what it rests on."""
    critical: tuple[str, ...]
    """Protected sources without whom we would not know it."""
    witnesses: tuple[tuple[str, ...], ...]
    """Minimal sets of sources that it may rest on."""
    knowers: int | None
    """How many people could have told it; None: everybody could, or nothing of ours is in it."""
    unmatched: bool
    """Whether nothing that we hold says it."""
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a draft stands."""

    digest: str
    """SHA-256 of the draft's words, in hexadecimal."""
    audience: str
    colour: Colour
    sentences: tuple[SentenceVerdict, ...]
    reasons: tuple[Reason, ...] = ()
    """Of the draft as a whole: its name, its length."""
    labels: tuple[str, ...] = ()
    """Labels of the protected reports that it touches."""

"""What a typology is: a described kind of threat, as data. Frozen; a change is a new version.

Weights are bits (base 2): +1 doubles the odds that somebody is what the typology describes, -1 halves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

VERSIONED: Final = "typology written"
"""The entry of a new version: its text, why it was written."""
IN_FORCE: Final = "typology in force"
"""The entry that puts a version in force, or (`version` empty) takes the typology out of force."""

PROPERTY: Final = "property"
LINK: Final = "link"
INCIDENT: Final = "incident"
WORDS: Final = "words"
NEAR: Final = "near"
SOURCES: Final[dict[str, str]] = {
    WORDS: "words in reports",
    PROPERTY: "a property",
    LINK: "a link",
    INCIDENT: "a part in an incident",
    NEAR: "whom the subject is in touch with",
}
"""What an indicator can be read from, and what that is called."""

DAYS: Final = "days"
ORIGINS: Final = "origins"
INCIDENTS: Final = "incidents"
COUNTED: Final[dict[str, str]] = {DAYS: "days", ORIGINS: "independent origins", INCIDENTS: "incidents"}
"""What can be counted within a window."""

PERPETRATOR_NEAR: Final = "perpetrator"
TIER_NEAR: Final = "tier"


@dataclass(frozen=True, slots=True)
class Reads:
    """One place from which an indicator is read; which fields matter follows from `source`."""

    source: str
    names: tuple[str, ...] = ()
    """Of a property or a link: its names; of an incident: the subject's parts in it. Empty: any."""
    words: tuple[str, ...] = ()
    """A lexicon, folded; a star at the end stands for any ending."""
    to: tuple[str, ...] = ()
    """Of a link: schemata at its other end. Empty: any."""
    direction: str = "any"
    """Of a link: `out` (the subject does it), `in`, `any`."""
    types: tuple[str, ...] = ()
    """Of an incident: its kinds. Empty: any."""
    stages: tuple[str, ...] = ()
    who: str = ""
    """Of whom the subject is in touch with: `perpetrator` of an incident, or a subject of interest of a `tier`."""
    tier: int = 0
    """The lowest tier that counts; 1 is the gravest."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often it must have happened, within how many days."""

    of: str
    at_least: int
    within_days: int
    more: float = 0.0
    """Bits for each one more."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that speaks for or against, and what it weighs."""

    name: str
    weight: float
    """Bits if it is surely so; below zero it speaks against."""
    reads: tuple[Reads, ...]
    contradicted: float = 0.0
    """Bits (at most 0) if it is surely denied."""
    absent: float = 0.0
    """Bits (at most 0) if nothing tells of it although `absent_after` independent origins speak of the subject."""
    absent_after: int = 0
    count: Count | None = None
    cap: float = 0.0
    """Most bits of it, where it counts; 0: its weight."""
    half_life_days: float = 0.0
    """After how many days it weighs half; 0: as the typology has it."""
    why: str = ""
    """What the weight rests on, in words."""


@dataclass(frozen=True, slots=True)
class Typology:
    """A described kind of threat."""

    id: str
    version: int
    name: str
    threat: str
    subjects: tuple[str, ...]
    """Schemata of those whom it is about: Person, Organization."""
    threshold: float
    """Bits from which a subject is put before a person."""
    cap: float
    """Most bits that all indicators may add up to."""
    half_life_days: float
    indicators: tuple[Indicator, ...]

    def half_life(self, indicator: Indicator) -> float:
        """After how many days that indicator weighs half."""
        return indicator.half_life_days or self.half_life_days


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a typology: shipped with the product, or written by an officer."""

    id: str
    """The id of its entry; of a shipped one `shipped`."""
    typology: Typology
    text: str
    by: str = ""
    at: str = ""
    reason: str = ""
    label: str = ""

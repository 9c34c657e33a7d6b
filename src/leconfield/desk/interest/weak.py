"""What the standing watch reads where no typology in force says more: weak signals, argued for in docs/interest.md.

It is a typology like any other, so that it is weighed by the same rules: trust by grade, one origin once, decay.
"""

from __future__ import annotations

from typing import Final

from leconfield.desk.typologies.model import INCIDENT, LINK, NEAR, PERPETRATOR_NEAR, WORDS, Indicator, Reads, Typology
from leconfield.ledger.vocabulary import SCHEMATA, WEAPON

_WEAPON: Final = (
    *("ammunition", "blade*", "bomb*", "crossbow*", "cartridge*", "detonator*", "explosive*", "firearm*", "grenade*"),
    *(
        "gun",
        "guns",
        "handgun*",
        "knife",
        "knives",
        "machete*",
        "pistol*",
        "revolver*",
        "rifle*",
        "shotgun*",
        "weapon*",
    ),
)
_PRECURSOR: Final = (
    *("acetone", "ammonium nitrate", "blasting*", "chlorate", "fertiliser*", "fuse", "fuses", "gunpowder", "hexamine"),
    *("nitric acid", "peroxide", "shotfirer*", "sulphuric acid", "thermite"),
)
_THREAT: Final = (
    *("attack*", "be heard", "blow up", "get even", "hand back the keys", "hostage*", "kill*", "make them pay"),
    *("massacre*", "pay for it", "revenge", "right once", "shoot*", "stab*", "threat*", "vengeance"),
)
_LEAVING: Final = (
    *("be wanting them", "gave away", "give away", "gives away", "giving away", "goodbye", "last letter", "no return"),
    *("one-way ticket", "sleeps in his car", "sleeps in her car", "sold everything"),
)
_TRAVEL: Final = ("border*", "ferry", "flight*", "hired a van", "passport*", "rented a van", "ticket*", "visa")
_LOOKING: Final = (
    *("asked about", "camera*", "floor plan*", "guard*", "opening hours", "photograph*", "recce*", "reconnaissance"),
    *("short distances", "timetable*", "took pictures", "watched", "watching"),
)


def _said(name: str, weight: float, words: tuple[str, ...], why: str, *more: Reads) -> Indicator:
    return Indicator(name, weight, (Reads(WORDS, words=words), *more), why=why)


WEAK_SIGNALS: Final = Typology(
    id="weak-signals",
    version=1,
    name="Weak signals on a closed file",
    threat="anything newly said that would have been a reason not to close the file",
    subjects=tuple(SCHEMATA),
    threshold=0.25,
    cap=12.0,
    half_life_days=365.0,
    indicators=(
        _said("a weapon", 3.0, _WEAPON, "means to hurt somebody", Reads(LINK, to=(WEAPON,))),
        _said("what explosives are made of", 3.0, _PRECURSOR, "means, got or asked for"),
        _said("a threat", 3.0, _THREAT, "intent, in words"),
        Indicator("a part in an incident", 4.0, (Reads(INCIDENT, names=("perpetrator",)),), why="it has happened"),
        _said("leave-taking", 2.0, _LEAVING, "somebody who does not expect to come back"),
        _said("looking at a place", 1.5, _LOOKING, "the step between wanting and doing"),
        _said("travel", 1.0, _TRAVEL, "a change of place that had not been known"),
        Indicator(
            "contact with a perpetrator", 2.0, (Reads(NEAR, who=PERPETRATOR_NEAR),), why="company that is known to act"
        ),
        Indicator("a contact", 0.5, (Reads(LINK),), why="somebody or something that he has to do with"),
        Indicator("being spoken of", 0.3, (Reads(WORDS),), why="a file that was closed had grown quiet"),
    ),
)

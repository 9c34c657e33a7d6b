"""What both sides do for court, after all else: drawn by chance of its own, so that the rest stays what it was."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

from leconfield.desk.investigations.model import OPENED
from leconfield.ledger.labels import all_of
from tests.noninterference import cases, court
from tests.noninterference.acts import KARINA, Act, Script, own_chance

SECRET: Final = "S&AGENTS"
_SELDOM: Final = 0.66


def in_court(low: Script) -> Script:
    """What the low side does for court, a third of the time: on what it has filed."""
    chance = own_chance("court", (), low)
    filed = [each for each in low if each.kind == "file" and each.paper]
    if not filed or chance.random() < _SELDOM:
        return ()
    opened = Act("case", 100, label="S", pair=(cases.CASES[0], "a"), words=OPENED, paper_label="S")
    return (opened, *(_act(101 + place, chance, "S", each) for place, each in enumerate(filed * 2)))


def secretly(low: Script, number: int) -> Script:
    """What the high side does for court beside it: on low and hidden reports, and an intercept of the same words."""
    chance = own_chance(f"secret court {number}", (), low)
    filed = [each for each in low if each.kind == "file" and each.paper]
    if not in_court(low) or chance.random() < 0.3:
        return ()
    about = chance.choice(filed)
    assert about.paper is not None
    heard = replace(about, minute=102, by=KARINA, label=SECRET, secrets=())
    heard = replace(heard, paper=replace(about.paper, channel="intercept"))
    found = [heard] if chance.random() < 0.6 else []
    for place in range(chance.randint(1, 3)):
        found.append(_act(110 + place, chance, SECRET, chance.choice([about, *found[:1]])))
    return tuple(found)


def _act(minute: int, chance: Random, label: str, rest: Act) -> Act:
    """One act on the first investigation, by whoever may know of what it rests on, under a label that covers it."""
    words, under = chance.choice(court.KINDS), all_of({rest.label, label})
    about = (cases.CASES[0], "a")
    return Act("court", minute, KARINA, under, paper=rest.paper, paper_label=rest.label, pair=about, words=words)

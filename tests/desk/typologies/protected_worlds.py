"""Pairs of worlds that differ in what is protected, and in nothing else: other names, other faiths, none at all."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from leconfield.desk.typologies.words import protected_classes
from leconfield.ledger.model import Assertion
from leconfield.ledger.world import World
from tests.desk.typologies.worlds import Told

PHRASES: Final = (
    "bought detonators",
    "has a rifle",
    "mean to act",
    "gave away his dog",
    "did not carry a crossbow",
    "took the house",
    "met at night",
    "photographed the entrance",
    "was in the pub",
    "paid in cash",
    "copied documents",
    "was cleared",
    "target practice",
    "walked home",
    "an encrypted phone",
    "claimed responsibility",
    "said nothing",
    "sold a printed gun",
    "threatened to return",
)
FORENAMES: Final = (
    "Christian",
    "Mohammed",
    "Ruth",
    "Siobhan",
    "Dragan",
    "Wei",
    "Black",
    "Abdul J.",
    "Krishna",
    "St. John",
    "Ana-Maria",
    "O'Neill",
    "Мария",
)
"""Some of them are words of the lexicon of what is protected."""
CHURCHES: Final = (
    "St Mark's Church",
    "Luton Central Mosque",
    "Dockers' Union",
    "Labour Party",
    "Hull Clinic",
    "Sikh Temple",
)
PROTECTED_VALUES: Final = {
    "religion": ("Muslim", "Catholic", "none"),
    "ethnicity": ("Roma", "Kurdish"),
    "political": ("socialist", "far right"),
    "unionMembership": ("Unite",),
    "health": ("depression", "diabetes"),
    "sexLife": ("gay", "straight"),
    "biometrics": ("whorl, left thumb",),
    "genetics": ("BRCA1",),
    "nationality": ("Iraqi", "British"),
    "birthPlace": ("Basra", "Hull"),
    "country": ("Iraq", "GB"),
    "gender": ("male", "female"),
    "birthDate": ("1980", "1999-02-03"),
    "weakAlias": ("Moses", "Che"),
}
_LINKS: Final = ("met", "paid", "associate", "called", "target")


WORDS: Final = (
    *(each.replace("*", "") for listed in protected_classes().values() for each in listed),
    *("trade union", "far right", "Iraqi", "united kingdom", "German"),
)
"""Words that are protected, whatever ending a star stands for."""


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is told on either side: who, what, and where something protected may be slipped in."""

    who: int
    phrase: str
    protected_before: bool
    quoted: str
    """The property of a note on it; empty: only the name is read."""


@dataclass(frozen=True)
class Story:
    """What happens on both sides alike."""

    people: int
    reports: tuple[tuple[str, str, str, tuple[Sentence, ...]], ...]
    """Grade, source, day and sentences of each."""
    links: tuple[tuple[int, str, int, str], ...]
    guilty: int
    """Who is the perpetrator of an incident; -1: nobody."""


def pair(chance: Random) -> tuple[World, World]:
    """Two worlds: one story, told of people of one kind and of another."""
    story = _story(chance)
    return _told(story, Random(chance.random())), _told(story, Random(chance.random()))


def _story(chance: Random) -> Story:
    people = chance.randint(2, 4)
    who = range(people)
    reports = tuple(
        (
            f"{chance.choice('ABCDEF')}{chance.randint(1, 6)}",
            f"source {chance.randint(1, 3)}",
            f"2026-0{chance.randint(1, 2)}-{chance.randint(10, 28)}",
            tuple(_drawn(who, chance) for _ in range(chance.randint(1, 4))),
        )
        for _ in range(chance.randint(1, 3))
    )
    polarities = ("affirmed", "denied")
    links = tuple(
        (chance.choice(who), chance.choice(_LINKS), chance.choice(who), chance.choice(polarities))
        for _ in range(chance.randint(0, 3))
    )
    return Story(people, reports, links, chance.choice(who) if chance.random() < 0.4 else -1)


def _drawn(who: range, chance: Random) -> Sentence:
    quoted = chance.choice(("", "", "notes", "position"))
    return Sentence(chance.choice(who), chance.choice(PHRASES), chance.random() < 0.5, quoted)


def _told(story: Story, kind: Random) -> World:
    told = Told()
    surnames = ("".join(kind.choices("bcdfgklmnprstvz", k=7)).title() for _ in range(story.people))
    names = [f"{kind.choice(FORENAMES)} {each}" for each in surnames]
    for number, (grade, source, day, sentences) in enumerate(story.reports):
        written = [_sentence(each, names[each.who], kind) for each in sentences]
        told.report(" ".join(written), source=source, grade=grade, day=day)
        for place, (each, text) in enumerate(zip(sentences, written, strict=True)):
            told.say(f"p{each.who}", "name", names[each.who], quote=names[each.who], key=f"n{number}-{place}")
            if each.quoted:
                told.say(f"p{each.who}", each.quoted, text, quote=text, key=f"q{number}-{place}")
    for who, name in enumerate(names):
        told.say(f"p{who}", "name", name, key=f"named{who}")
    for number, (left, prop, right, polarity) in enumerate(story.links):
        if left != right:
            told.say(f"p{left}", prop, f"p{right}", key=f"l{number}", assertion=Assertion(polarity=polarity))
    if story.guilty >= 0:
        told.say("e", "incidentType", "arson", schema="Event", key="e1")
        told.say("e", "perpetrator", f"p{story.guilty}", schema="Event", key="e2")
    _protect(told, story.people, kind)
    return told.world()


def _sentence(each: Sentence, name: str, kind: Random) -> str:
    protected = [kind.choice(WORDS) for _ in range(kind.randint(0, 2))] if each.protected_before else []
    words = [*protected, name, "of", *([kind.choice(WORDS)] if kind.random() < 0.3 else []), each.phrase]
    if kind.random() < 0.3:
        words.append(kind.choice(WORDS))
    return " ".join(words) + "."


def _protect(told: Told, people: int, kind: Random) -> None:
    """Say of some of them what is protected, and link some to a church, a party, a union."""
    for who in range(people):
        for prop, values in PROTECTED_VALUES.items():
            if kind.random() < 0.3:
                told.say(f"p{who}", prop, kind.choice(values), key=f"x{who}{prop}{kind.random()}")
        if kind.random() < 0.4:
            told.say(f"o{who}", "name", kind.choice(CHURCHES), schema="Organization", key=f"o{who}")
            told.say(f"p{who}", kind.choice(("membership", "paid", "attended")), f"o{who}", key=f"m{who}")

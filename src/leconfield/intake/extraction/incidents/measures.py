"""Numbers by which candidates, kinds of incident and pairs of fillers are judged; one row each, in a fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p
from typing import Final

import numpy as np

from leconfield.intake.extraction.incidents.candidates import Thing, Wording, offsets
from leconfield.intake.extraction.incidents.features import voices, word_shape
from leconfield.intake.extraction.incidents.lexicon import lexicon
from leconfield.intake.extraction.incidents.reading import Reading
from leconfield.intake.extraction.incidents.weights import KINDS, ROLES, TELLING

GROUPS: Final = lexicon().words["measured"]
_CLASSES: Final = ("per", "org", "wea", "tar", "tit", "aut", "num", "pla", "pre", "be")
_AGAIN: Final = lexicon().words["again"]
_LINKING: Final = frozenset(lexicon().words["linking"])
_PLACES: Final = frozenset(lexicon().words["towns"])


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing in its best wording, and how likely it fills its role."""

    thing: Thing
    wording: Wording
    chance: float

    @property
    def role(self) -> str:
        """The role it may fill."""
        return self.thing.role


def thing_rows(reading: Reading, found: Sequence[Thing]) -> list[list[float]]:
    """What is known of each thing, whatever its wording."""
    tops = {role: sorted((t.mean for t in found if t.role == role), reverse=True) for role in ROLES}
    highest = [tops[role][0] if tops[role] else 0.0 for role in ROLES]
    about = [float(p) for p in reading.about]
    return [
        _thing_row(reading, thing, tops[thing.role], _rival(found, thing)) + about + [max(about[:-1])] + highest
        for thing in found
    ]


def _thing_row(reading: Reading, thing: Thing, tops: Sequence[float], rival: float) -> list[float]:
    best = max(thing.spots, key=lambda spot: spot.mean)
    sentence = reading.pages.sentences[best.place.sentence]
    triggers = Counter(lexicon().triggers[w] for w in sentence.words if w in lexicon().triggers)
    head = lexicon().classes.get(sentence.words[best.place.last - 1], "")
    size = len(reading.pages.sentences)
    none = 1.0
    for spot in thing.spots:
        none *= 1.0 - min(0.99, spot.mean)
    return [
        ROLES.index(thing.role),
        best.mean,
        max(spot.most for spot in thing.spots),
        1.0 - none,
        sum(spot.mean for spot in thing.spots),
        len(thing.spots),
        sum(spot.chosen for spot in thing.spots),
        best.place.sentence,
        best.place.sentence / size,
        thing.first,
        size,
        tops.index(thing.mean),
        len(tops),
        thing.mean - tops[0],
        rival,
        len({spot.key for spot in thing.spots}),
        *(triggers[group] for group in GROUPS),
        *(name in head for name in _CLASSES[:6]),
        *(float(p) for p in reading.telling[best.place.sentence]),
        max(float(told[0]) for told in reading.telling),
        max(float(reading.telling[s.place.sentence][0]) for s in thing.spots),
    ]


def _rival(found: Sequence[Thing], thing: Thing) -> float:
    """The tagger's highest opinion of the same words in another role."""
    keys = {spot.key for spot in thing.spots}
    places = {spot.place for spot in thing.spots}
    rivals = [
        spot.mean
        for other in found
        if other.role != thing.role
        for spot in other.spots
        if spot.key in keys or spot.place in places
    ]
    return max(rivals, default=0.0)


def wording_row(reading: Reading, thing: Thing, wording: Wording) -> list[float]:
    """What is known of one wording of a thing."""
    place, spot = wording.place, wording.spot
    words = reading.pages.sentences[place.sentence].words
    opinions = reading.opinions[place.sentence]
    begins = opinions[place.first].get(f"B-{thing.role}", 0.0)
    goes_on = opinions[place.last].get(f"I-{thing.role}", 0.0) if place.last < len(words) else 0.0
    start, end = offsets(reading, place)
    return [
        wording.times,
        wording.weight / sum(s.mean for s in thing.spots),
        wording.exact,
        place.first - spot.place.first,
        spot.place.last - place.last,
        place.last - place.first,
        begins,
        goes_on,
        reading.pages.count(start, end),
        *_looks(words[place.first]),
        *_looks(words[place.last - 1]),
        *_looks(words[place.first - 1] if place.first else ""),
        *_looks(words[place.last] if place.last < len(words) else ""),
    ]


def habit_keys(reading: Reading, role: str, wording: Wording) -> list[str]:
    """The looks of a wording by which its habit of filling the role is remembered."""
    place = wording.place
    sentence = reading.pages.sentences[place.sentence].words
    words = sentence[place.first : place.last]
    before = sentence[place.first - 1] if place.first else ""
    behind = sentence[place.last] if place.last < len(sentence) else ""
    shape = f"{_class(words[0])} {_class(words[-1])} {min(4, len(words))}"
    left, prep, right = _violence_beside(sentence, place.first, place.last)
    kind = int(np.argmax(reading.about[:-1]))
    head = _class(words[-1])
    parts = (
        *(words[0], words[-1], before, behind, " ".join(words), shape),
        *(f"{left} {prep}", right, f"{head} {left} {prep}", f"{head} {right}", f"{kind} {words[-1]}"),
    )
    return [f"{role} {mark} {part}" for mark, part in zip("flpnscLRxyk", parts, strict=True)]


def _violence_beside(words: Sequence[str], first: int, last: int) -> tuple[str, str, str]:
    """The nearest trigger before a span, the last preposition since, and the nearest trigger behind it."""
    found = voices(words, lexicon())
    at = next((n for n in range(first - 1, -1, -1) if found[n]), -1)
    since = next((word for word in reversed(words[at + 1 : first]) if word in _LINKING), "")
    return found[at] if at >= 0 else "", since, next(filter(None, found[last:]), "")


def _class(word: str) -> str:
    return lexicon().classes.get(word) or word_shape(word) or "-"


def _looks(word: str) -> list[float]:
    name = _class(word) if word else "-"
    return [*(part in name for part in _CLASSES), name == "-", name == "n", name == "p"]


def kind_row(reading: Reading, choices: Sequence[Choice], found: Sequence[Thing]) -> list[float]:
    """What is known of a report, to tell which kinds of incident it has."""
    pages = reading.pages
    counts, early = _group_counts(reading, len(pages.sentences)), _group_counts(reading, 2)
    told = sorted((float(t[0]) for t in reading.telling), reverse=True)[:3]
    means = {role: [t.mean for t in found if t.role == role] for role in ROLES}
    scale = log(3 + len(pages.sentences))
    return [
        *(float(p) for p in reading.about),
        *(max(means[role], default=0.0) for role in ROLES),
        *(sum(means[role]) for role in ROLES),
        len(pages.sentences),
        *(counts[group] for group in GROUPS),
        *(early[group] for group in GROUPS),
        *(log1p(counts[group]) / scale for group in GROUPS),
        *(max((c.chance for c in choices if c.role == role), default=0.0) for role in ROLES),
        *(max(float(t[n]) for t in reading.telling) for n in range(len(TELLING))),
        sum(told) / len(told),
    ]


def _group_counts(reading: Reading, sentences: int) -> Counter[str]:
    triggers = lexicon().triggers
    return Counter(triggers[w] for s in reading.pages.sentences[:sentences] for w in s.words if w in triggers)


def repeat_row(
    reading: Reading, choices: Sequence[Choice], kinds: Sequence[float], kind: int, fillers: Sequence[Choice]
) -> list[float]:
    """What is known of a report and a kind, to tell whether it has several incidents of that kind."""
    pages = reading.pages
    telling = [sum(_speaks_of(word, kind) for word in s.words) for s in pages.sentences]
    sentences = [c.thing.first for c in fillers if c.role != "PerpOrg"]
    counts = pages.counts
    return [
        kind,
        kinds[kind],
        kinds[-1],
        len(pages.sentences),
        sum(n > 0 for n in telling),
        sum(telling),
        *(sum(c.role == role for c in fillers) for role in ROLES),
        *kinds[:4],
        max(sentences, default=0) - min(sentences, default=0),
        len(set(sentences)),
        *(counts.get(word, 0) for word in _AGAIN),
        sum(counts.get(word, 0) for word in _PLACES),
        sum(counts.get(word, 0) for word in ("yesterday", "today", "ago", "last")),
        *(sum(c.chance for c in choices if c.role == role) for role in ROLES),
    ]


def _speaks_of(word: str, kind: int) -> bool:
    lex = lexicon()
    return lex.kinds.get(lex.triggers.get(word, "")) == KINDS[kind]


def pair_row(
    reading: Reading, left: Choice, right: Choice, repeat: float, kind: int, fillers: Sequence[Choice]
) -> list[float]:
    """What is known of two fillers of one kind, to tell whether they belong to one incident."""
    pages = reading.pages
    first, last = sorted((left.thing.first, right.thing.first))
    between = [word for s in pages.sentences[first + 1 : last + 1] for word in s.words]
    spans = sorted((offsets(reading, left.wording.place), offsets(reading, right.wording.place)))
    text = pages.low[spans[0][0] : max(spans[0][1], spans[1][1])]
    near = text if len(text) < 120 else ""
    apart = min(abs(a.place.sentence - b.place.sentence) for a in left.thing.spots for b in right.thing.spots)
    return [
        repeat,
        kind,
        *sorted((ROLES.index(left.role), ROLES.index(right.role))),
        left.role == right.role,
        apart,
        last - first,
        text.count("    ") + text.count("\n\n"),
        sum(word in _AGAIN for word in between),
        sum(word in _PLACES for word in between),
        len(fillers),
        len(pages.sentences),
        max(left.chance, right.chance),
        min(left.chance, right.chance),
        min(400, spans[1][0] - spans[0][0]),
        " and " in near,
        ", " in near,
        len({c.thing.first for c in fillers}),
        sum(c.role == "Target" for c in fillers),
        sum(c.role == "Victim" for c in fillers),
    ]


def habits_of(keys: Sequence[str], table: Mapping[str, float]) -> list[float]:
    """The remembered habits of a wording; the mean where nothing is remembered."""
    return [table.get(key, table[""]) for key in keys]

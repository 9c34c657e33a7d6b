"""Typologies in words: what an indicator is read from, and how two versions differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leconfield.desk.typologies.model import (
    COUNTED,
    INCIDENT,
    LINK,
    PROPERTY,
    TIER_NEAR,
    WORDS,
    Indicator,
    Reads,
    Typology,
)
from leconfield.ledger.vocabulary import SCHEMATA, reverse_words_for, words_for


@dataclass(frozen=True, slots=True)
class Read:
    """What an indicator is read from: a line, and the words of its lexicon."""

    words: str
    lexicon: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two versions differ, or one indicator of either."""

    what: str
    left: str
    """Empty: the left version has none."""
    right: str
    changed: tuple[str, ...] = ()
    """What of it differs, in words; empty: it is the same in both."""


def read_of(reads: Reads) -> Read:
    """What is read, in words."""
    lexicon = tuple(f"{each[:-1]}…" if each.endswith("*") else each for each in reads.words)
    if reads.source == WORDS:
        return Read("sentences about the subject, and notes on it, with one of these words", lexicon)
    if reads.source == PROPERTY:
        return Read(f"{_listed(words_for(each) for each in reads.names)}, with one of these words", lexicon)
    if reads.source == LINK:
        return Read(_link(reads))
    if reads.source == INCIDENT:
        return Read(_incident(reads))
    return Read(_near(reads))


def _link(reads: Reads) -> str:
    names = _links(reads)
    to = f" of a {_listed(SCHEMATA[each] for each in reads.to)}" if reads.to else ""
    direction = {"any": "", "in": ", said of it by the other end", "out": ", said of it"}[reads.direction]
    return f"a link{to}: {names}{direction}"


def _incident(reads: Reads) -> str:
    parts = _listed(words_for(each) for each in reads.names) or "any part"
    kinds = f" in {_listed(reads.types)}" if reads.types else " in an incident"
    stages = f" ({_listed(reads.stages)})" if reads.stages else ""
    return f"{parts}{kinds}{stages}"


def _near(reads: Reads) -> str:
    tier = f"a subject of interest of tier {reads.tier} or graver"
    whom = tier if reads.who == TIER_NEAR else "a perpetrator of an incident"
    return f"a link to {whom}: {_links(reads)}"


def _links(reads: Reads) -> str:
    if not reads.names:
        return "any"
    forward, back = words_for, reverse_words_for
    named = (back(each) if reads.direction == "in" else forward(each) for each in reads.names)
    return _listed(named)


def _listed(words: Iterable[str]) -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} or {last}" if most else last


def terms_of(typology: Typology, indicator: Indicator) -> list[str]:
    """What else bears on its weight: how often, how long, what speaks against."""
    found = []
    if indicator.count is not None:
        count = indicator.count
        more = f", {count.more:+g} for each one more" if count.more else ""
        found.append(f"once there are {count.at_least} {COUNTED[count.of]} within {count.within_days} days{more}")
    if indicator.cap:
        found.append(f"{indicator.cap:g} at most")
    if indicator.contradicted:
        found.append(f"{indicator.contradicted:+g} if denied")
    if indicator.absent:
        found.append(f"{indicator.absent:+g} if nothing tells of it once {indicator.absent_after} origins speak")
    return [*found, f"weighs half after {typology.half_life(indicator):g} days"]


def differences(left: Typology, right: Typology) -> list[Difference]:
    """How two versions differ: what holds for the whole first, then every indicator of either."""
    heads = [
        Difference(what, was, now, ("changed",) if was != now else ())
        for what, was, now in (
            ("name", left.name, right.name),
            ("what it describes", left.threat, right.threat),
            ("whom it is about", _listed(_people(left)), _listed(_people(right))),
            ("threshold", f"{left.threshold:g} bits", f"{right.threshold:g} bits"),
            ("cap", f"{left.cap:g} bits", f"{right.cap:g} bits"),
            ("weighs half after", f"{left.half_life_days:g} days", f"{right.half_life_days:g} days"),
        )
        if was != now
    ]
    ours, theirs = ({each.name: each for each in one.indicators} for one in (left, right))
    names = dict.fromkeys((*ours, *theirs))
    return heads + [_difference(each, ours.get(each), theirs.get(each)) for each in names]


def _people(typology: Typology) -> list[str]:
    return [SCHEMATA[each] for each in typology.subjects]


def _difference(name: str, left: Indicator | None, right: Indicator | None) -> Difference:
    was, now = ("" if each is None else f"{each.weight:+g} bits" for each in (left, right))
    if left is None or right is None:
        return Difference(name, was, now, ("new",) if left is None else ("taken out",))
    changed = []
    if left.weight != right.weight:
        changed.append("weight")
    if left.reads != right.reads:
        changed.append(_reads_changed(left, right))
    if (left.count, left.cap) != (right.count, right.cap):
        changed.append("how often")
    if (left.contradicted, left.absent, left.absent_after) != (right.contradicted, right.absent, right.absent_after):
        changed.append("what speaks against")
    if left.half_life_days != right.half_life_days:
        changed.append("how long it weighs")
    return Difference(name, was, now, tuple(changed))


def _reads_changed(left: Indicator, right: Indicator) -> str:
    was, now = ({word for reads in each.reads for word in reads.words} for each in (left, right))
    more = [f"+ {each}" for each in sorted(now - was)] + [f"- {each}" for each in sorted(was - now)]
    return f"words: {', '.join(more)}" if more else "what it is read from"

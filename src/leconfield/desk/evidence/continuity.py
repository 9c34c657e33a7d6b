"""Who held an exhibit, without a break from its production to now? A pure rule over its hand-overs."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.desk.evidence.model import DIFFERENT, Exhibit, HandOver
from leconfield.ledger.times import in_words, to_moment


@dataclass(frozen=True, slots=True)
class Break:
    """A place where continuity is broken: nobody says who held it, or when, or whether it was the same."""

    words: str
    after: str = ""
    """The id of the hand-over that does not follow from what was before it; empty: the whole."""


def in_order(exhibit: Exhibit) -> tuple[HandOver, ...]:
    """Its hand-overs by when they were, whatever the order in which they were written down."""
    return tuple(sorted(exhibit.hands, key=lambda each: (to_moment(each.given), to_moment(each.taken))))


def holder(exhibit: Exhibit) -> str:
    """In whose hands it is, as far as is written down."""
    hands = in_order(exhibit)
    return hands[-1].taker if hands else exhibit.producer


def breaks(exhibit: Exhibit) -> tuple[Break, ...]:
    """Every gap in hands, in time or in seals, in order; and a file that is not what was produced. None: unbroken."""
    found: list[Break] = []
    held, since, seal = exhibit.producer, exhibit.produced, exhibit.seal
    for each in in_order(exhibit):
        found += _at(each, held, since, seal)
        held, since, seal = each.taker, each.taken, each.seal
    if exhibit.checks and exhibit.checks[-1].outcome == DIFFERENT:
        found.append(Break("the file is gone, or not what was produced: its hash is another"))
    return tuple(found)


def _at(hand: HandOver, held: str, since: str, seal: str) -> list[Break]:
    """What does not fit at one hand-over, from who held it since when, under which seal."""
    found: list[str] = []
    if _name(hand.giver) != _name(held):
        found.append(f"{held} held it; nobody says how it came to {hand.giver}, who handed it over")
    if to_moment(hand.given) < to_moment(since):
        found.append(f"handed over on {in_words(hand.given)}, before {held} had it on {in_words(since)}")
    if to_moment(hand.taken) > to_moment(hand.given):
        found.append(f"in nobody's hands from {in_words(hand.given)} to {in_words(hand.taken)}")
    if to_moment(hand.taken) < to_moment(hand.given):
        found.append(f"taken over on {in_words(hand.taken)}, before it was handed over")
    if seal and not hand.seal:
        found.append(f"handed over without a seal; it bore {seal} before")
    return [Break(each, hand.id) for each in found]


def _name(words: str) -> str:
    return " ".join(words.casefold().split())

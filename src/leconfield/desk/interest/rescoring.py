"""The whole file of a closed subject, scored as it was when somebody last looked, and as it is now.

Pure: what was read of the subject and of whoever is near goes in, the change with its reasons comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from leconfield.desk.suggestions import Reason
from leconfield.desk.typologies.matching import Hit
from leconfield.desk.typologies.model import Typology
from leconfield.desk.typologies.scoring import Assessed, Part, score_of
from leconfield.ledger.model import StatementId

SHARES: Final = (1.0, 0.5, 0.2)
"""What a signal keeps of its weight on the subject itself, one step away, two steps away."""
AWAY: Final = ("said of the subject", "said of somebody one step away", "said of somebody two steps away")
LEAST: Final = 0.25
"""Bits by which the circle alone must have risen before anybody is asked to look."""
_NOTHING: Final = 0.005


Since = tuple[str, str, str]
"""Since when something has been known of the subject itself, one step, two steps away (stamps; empty: not at all)."""
NEVER: Final[Since] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Sight:
    """How one fact belongs to a file."""

    then: int
    """How far away it was when somebody last looked; -1: not in the file."""
    now: int
    """How far away it is now; -1: it is in the file already, read of somebody nearer."""
    came: str
    """When it came, or came nearer, since somebody last looked (a stamp); empty: it did not."""
    links: tuple[StatementId, ...]
    """The statements that lead from the subject to whom it is said of."""


def sight(since: Since, looked: str, links: tuple[StatementId, ...]) -> Sight:
    """How a fact belongs to a file that somebody last looked at at that moment (a stamp)."""
    then = next((place for place, known in enumerate(since) if known and known <= looked), -1)
    now = next((place for place, known in enumerate(since) if known), -1)
    return Sight(then, now, since[now] if now >= 0 and since[now] > looked else "", links)


@dataclass(frozen=True, slots=True)
class Member:
    """The subject, or somebody near: what each typology reads of him, and how each of the facts belongs to the file."""

    hits: tuple[tuple[Hit, ...], ...]
    """By typology."""
    sights: Mapping[int, Sight]
    """By the identity of the fact."""


Seen = tuple[Hit, Sight]


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed in a file since somebody last looked."""

    typology: str
    """The name of the typology by which it has changed the most."""
    before: float
    after: float
    reasons: tuple[Reason, ...]
    """What came, the weightiest first; together they are `after` less `before`."""
    since: str
    """When the last of it came; empty: nothing did."""
    own: bool
    """Whether any of it is said of the subject itself."""

    @property
    def gain(self) -> float:
        """By how many bits the file has risen."""
        return self.after - self.before

    @property
    def raises(self) -> bool:
        """Whether somebody should look: news of the subject itself, or a circle that has risen."""
        return bool(self.since) and ((self.own and self.gain > _NOTHING) or self.gain >= LEAST)


def change(typologies: Sequence[Typology], file: Sequence[Member]) -> Change:
    """How the file has changed since somebody last looked, by the typology that shows it the most, else the first."""
    found = [_by(each, _seen(place, file)) for place, each in enumerate(typologies)]
    return max(found, key=lambda each: (each.raises, round(each.gain, 6), each.typology == found[0].typology))


def _seen(place: int, file: Sequence[Member]) -> list[Seen]:
    return [
        (hit, found)
        for each in file
        for hit in each.hits[place]
        if (found := each.sights[id(hit.fact)]).now >= 0 or found.then >= 0
    ]


def _by(typology: Typology, seen: Sequence[Seen]) -> Change:
    news = [each for each in seen if each[1].came]
    since = max((found.came for _, found in news), default="")
    if not since:
        return Change(typology.name, 0.0, 0.0, (), "", own=False)
    day = date.fromisoformat(since[:10]).toordinal()
    reasons: list[Reason] = []
    before = after = 0.0
    for away, share in enumerate(SHARES):
        then = _parts(typology, [hit for hit, found in seen if found.then == away], day)
        now = _parts(typology, [hit for hit, found in seen if found.now == away], day)
        before += share * sum(each.bits for each in then.values())
        after += share * sum(each.bits for each in now.values())
        reasons += _reasons(typology, away, then, now, [each for each in news if each[1].now == away])
    ordered = tuple(sorted(reasons, key=lambda each: (-abs(each.bits), each.words)))
    return Change(typology.name, before, after, ordered, since, own=any(found.now == 0 for _, found in news))


def _parts(typology: Typology, hits: Sequence[Hit], day: int) -> dict[int, Part]:
    assessed = Assessed(tuple(hits), frozenset(each.fact.origin for each in hits))
    return {each.indicator: each for each in score_of(typology, assessed, day).parts}


def _reasons(
    typology: Typology, away: int, then: dict[int, Part], now: dict[int, Part], news: Sequence[Seen]
) -> Iterable[Reason]:
    for indicator in sorted({*then, *now}):
        bits = SHARES[away] * (
            (now[indicator].bits if indicator in now else 0.0) - (then[indicator].bits if indicator in then else 0.0)
        )
        if abs(bits) >= _NOTHING:
            told = [each for each in news if each[0].indicator == indicator]
            rests = [hit.fact.statement for hit, _ in told] + [one for _, found in told for one in found.links]
            words = f"{typology.indicators[indicator].name}, {AWAY[away]}"
            yield Reason(words, bits, tuple(dict.fromkeys(rests)), _detail(away, now.get(indicator), told))


def _detail(away: int, now: Part | None, news: Sequence[Seen]) -> str:
    said = [] if now is None else [f"{now.origins} independent origin{'s' if now.origins != 1 else ''}"]
    if away:
        said.append(f"counted at {SHARES[away]:.0%}")
    if not news:
        said.append("what was known has come nearer, or weighs less beside the rest")
    return ", ".join(said)

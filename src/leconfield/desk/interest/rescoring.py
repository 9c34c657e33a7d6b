"""The whole file of a closed subject, scored as it was when somebody last looked, and as it is now.

Pure: what was read of the subject and of whoever is near goes in, the change with its reasons comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from leconfield.desk.suggestions import Reason
from leconfield.desk.typologies.matching import Hit, Reading, hits
from leconfield.desk.typologies.model import Typology
from leconfield.desk.typologies.scorable import Scorable
from leconfield.desk.typologies.scoring import Assessed, Part, score_of
from leconfield.ledger.model import StatementId

SHARES: Final = (1.0, 0.5, 0.2)
"""What a signal keeps of its weight on the subject itself, one step away, two steps away."""
AWAY: Final = ("said of the subject", "said of somebody one step away", "said of somebody two steps away")
LEAST: Final = 0.25
"""Bits by which the circle alone must have risen before anybody is asked to look."""
_NOTHING: Final = 0.005


@dataclass(frozen=True, slots=True)
class Read:
    """One signal of the file: what it is read from, how far away, and since when it has belonged to the file."""

    hit: Hit
    since: tuple[str, str, str]
    """Since when it has been known of the subject itself, one step, two steps away (stamps; empty: not at all)."""
    links: tuple[StatementId, ...] = ()
    """The statements that lead from the subject to whom it is said of."""

    def away(self, looked: str) -> int:
        """How near it was at the moment; -1: not in the file yet."""
        return next((place for place, since in enumerate(self.since) if since and since <= looked), -1)

    @property
    def nearest(self) -> int:
        """How near it is now."""
        return next(place for place, since in enumerate(self.since) if since)

    def came(self, looked: str) -> str:
        """When it came, or came nearer, after the moment; empty: it is as it was."""
        since = self.since[self.nearest]
        return since if since > looked else ""


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


def change(readings: Sequence[Reading], file: Sequence[tuple[Scorable, Sequence[Sight]]], looked: str) -> Change:
    """How the file has changed since the moment, by the typology that shows it the most; the first where none does."""
    found = [_by(each.typology, list(_reads(each, file)), looked) for each in readings]
    return max(found, key=lambda each: (each.raises, round(each.gain, 6), each.typology == found[0].typology))


@dataclass(frozen=True, slots=True)
class Sight:
    """How the fact in the same place of a scorable belongs to a file: `since` and `links` of what is read of it.

    Without any `since` it is in the file already, read of somebody nearer.
    """

    since: tuple[str, str, str]
    links: tuple[StatementId, ...]


def _reads(reading: Reading, file: Iterable[tuple[Scorable, Sequence[Sight]]]) -> Iterable[Read]:
    for scorable, sights in file:
        sight_of = dict(zip((id(fact) for fact in scorable.facts), sights, strict=True))
        for hit in hits(reading, scorable):
            sight = sight_of[id(hit.fact)]
            if any(sight.since):
                yield Read(hit, sight.since, sight.links)


def _by(typology: Typology, read: Sequence[Read], looked: str) -> Change:
    news = [each for each in read if each.came(looked)]
    since = max((each.came(looked) for each in news), default="")
    if not since:
        return Change(typology.name, 0.0, 0.0, (), "", own=False)
    day = date.fromisoformat(since[:10]).toordinal()
    reasons: list[Reason] = []
    before = after = 0.0
    for away, share in enumerate(SHARES):
        then = _parts(typology, [each for each in read if each.away(looked) == away], day)
        now = _parts(typology, [each for each in read if each.nearest == away], day)
        before += share * sum(each.bits for each in then.values())
        after += share * sum(each.bits for each in now.values())
        here = [each for each in news if each.nearest == away]
        reasons += _reasons(typology, away, then, now, here)
    ordered = tuple(sorted(reasons, key=lambda each: (-abs(each.bits), each.words)))
    return Change(typology.name, before, after, ordered, since, own=any(each.nearest == 0 for each in news))


def _parts(typology: Typology, read: Sequence[Read], day: int) -> dict[int, Part]:
    assessed = Assessed(tuple(each.hit for each in read), frozenset(each.hit.fact.origin for each in read))
    return {each.indicator: each for each in score_of(typology, assessed, day).parts}


def _reasons(
    typology: Typology, away: int, then: dict[int, Part], now: dict[int, Part], news: Sequence[Read]
) -> Iterable[Reason]:
    for indicator in sorted({*then, *now}):
        bits = SHARES[away] * (
            (now[indicator].bits if indicator in now else 0.0) - (then[indicator].bits if indicator in then else 0.0)
        )
        if abs(bits) >= _NOTHING:
            told = [each for each in news if each.hit.indicator == indicator]
            yield Reason(
                f"{typology.indicators[indicator].name}, {AWAY[away]}",
                bits,
                tuple(
                    dict.fromkeys(
                        [*(each.hit.fact.statement for each in told), *(one for each in told for one in each.links)]
                    )
                ),
                _detail(away, now.get(indicator), told),
            )


def _detail(away: int, now: Part | None, news: Sequence[Read]) -> str:
    said = [] if now is None else [f"{now.origins} independent origin{'s' if now.origins != 1 else ''}"]
    if away:
        said.append(f"counted at {SHARES[away]:.0%}")
    if not news:
        said.append("what was known has come nearer, or weighs less beside the rest")
    return ", ".join(said)

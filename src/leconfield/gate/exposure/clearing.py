"""What somebody who may know has cleared or refused: a reason on one sentence, for what he himself can read.

A clearance binds to the draft's digest: whatever is edited, it is void. It covers no report that its own label does not
show: nobody clears from below, or for a compartment that is not his.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from leconfield.gate.exposure.model import CLEARABLE, Check, Fact, Reason
from leconfield.gate.exposure.profile import Profile
from leconfield.gate.release.model import Colour
from leconfield.ledger import labels
from leconfield.ledger.labels import Tokens
from leconfield.ledger.model import Entry, ReportId
from leconfield.ledger.world import Folded, World

CLEARED: Final = "gate cleared"
"""Kind of entry, under an owner's own label, about a draft's digest: a reason that he knows better."""
REFUSED: Final = "gate refused"
"""Kind of entry, under an owner's own label, about a draft's digest: it does not go on, whatever comes to be known."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """One reason that somebody cleared."""

    by: str
    roles: frozenset[str]
    authors: frozenset[str]
    """Those who wrote the draft, or asked for it: none of them clears it."""
    sentence: str
    check: str
    reports: frozenset[str]
    holds: Tokens
    """What everybody holds who may read it."""

    def holds_good(self, profile: Profile) -> bool:
        """Whether he may, and did not write the draft."""
        return bool(self.roles & profile.clears) and self.by not in self.authors


class Clearances(Folded):
    """The clearances of a world, by draft and audience (a `Derived`)."""

    def __init__(self) -> None:
        self._by_draft: dict[tuple[str, str], list[Clearance]] = defaultdict(list)
        self._refused: dict[tuple[str, str], list[Clearance]] = defaultdict(list)

    def of_draft(self, digest: str, audience: str) -> tuple[Clearance, ...]:
        """Those of one draft for one audience, in their order."""
        return tuple(self._by_draft.get((digest, audience), ()))

    def refused(self, digest: str, audience: str, profile: Profile) -> bool:
        """Whether somebody who may has refused the draft."""
        return any(each.holds_good(profile) for each in self._refused.get((digest, audience), ()))

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            which = each.about, each.body.get("audience", "")
            if each.kind == CLEARED:
                self._by_draft[which].append(_clearance_in(each))
            elif each.kind == REFUSED:
                self._refused[which].append(_clearance_in(each))


def _clearance_in(entry: Entry) -> Clearance:
    body = entry.body
    return Clearance(
        entry.by,
        frozenset(body.get("roles", "").split()),
        frozenset(body.get("authors", "").split()),
        body.get("sentence", ""),
        body.get("check", ""),
        frozenset(body.get("reports", "").split()),
        _held(entry.label),
    )


def _held(label: str) -> Tokens:
    """What everybody surely holds who is admitted by a label; nothing where there is more than one way to be."""
    try:
        expression = labels.parse(label)
    except labels.LabelError:
        return frozenset()
    parts = expression.parts if isinstance(expression, labels.AllOf) else (expression,)
    return frozenset(each.name for each in parts if isinstance(each, labels.Token))


@dataclass(frozen=True, slots=True)
class Cleared:
    """What is cleared of one draft in one world."""

    world: World
    clearances: tuple[Clearance, ...]

    @classmethod
    def of(cls, world: World, profile: Profile, digest: str, audience: str) -> Self:
        """The clearances that hold good."""
        found = world.derived(Clearances).of_draft(digest, audience)
        return cls(world, tuple(each for each in found if each.holds_good(profile)))

    def left(self, sentence: str, reasons: Iterable[Reason]) -> list[Reason]:
        """The reasons without those that were cleared. A red one stays: what made it red must change."""
        return [
            each for each in reasons if each.colour is Colour.RED or not self._covers(sentence, each.check, each.rests)
        ]

    def heard(self, sentence: str, fact: Fact) -> Fact:
        """A fact of which somebody said that the news has got round: then those count who had the time to hear it."""
        if not fact.early or not self._covers(sentence, Check.WINDOW, fact.reports):
            return fact
        return replace(fact, knowers=fact.heard, possible=fact.possible | fact.heard.keys())

    def _covers(self, sentence: str, check: Check, reports: frozenset[str]) -> bool:
        if check not in CLEARABLE:
            return False
        given = [each for each in self.clearances if each.check == check.value and each.sentence == sentence]
        return bool(given) and all(any(self._covered(each, report) for each in given) for report in reports)

    def _covered(self, clearance: Clearance, report: str) -> bool:
        held = self.world.reports.get(ReportId(report))
        return held is not None and report in clearance.reports and labels.admits(held.label, clearance.holds)

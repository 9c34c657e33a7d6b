"""From what a sentence rests on to the facts that it gives away: what is claimed, who told us, who else could."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from leconfield.gate.exposure.knowers import Noted, by_then, days, key_of, teller, weights
from leconfield.gate.exposure.model import Fact, Knower
from leconfield.gate.exposure.profile import Audience, Profile
from leconfield.gate.matching.finding import matched
from leconfield.gate.matching.index import Passages
from leconfield.gate.matching.joining import joined
from leconfield.gate.matching.model import Match, Matched, Sentence
from leconfield.ledger.model import Report, ReportId, SubjectId
from leconfield.ledger.provenance import Provenance, TooManyWitnessesError, any_alone, of
from leconfield.ledger.world import World
from leconfield.registry.records import Records
from leconfield.registry.resolution import Partition

MOST_CLAIMS: Final = 24
"""Different things that one sentence may claim; with more, it is treated as exposing."""
STRONG_SHARE: Final = 0.45
"""How much of what a sentence tells stands in a passage that it surely rests on."""
LEAST_STRONG: Final = 13.0
"""Bits in common without which it never surely rests on it."""
STRONG_BITS: Final = 18.0
"""Bits in common from which on it surely rests on it, whatever else it tells."""
LEAST_RARE: Final = 9.5
"""Bits of plain words, beyond those that any words have, without which it never surely rests on what it resembles."""
MARGIN: Final = 5.0
"""Bits in common beyond those that some passage has by chance: of many passages one is always like."""
_END_OF_DAYS: Final = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the facts of a text are judged by."""

    world: World
    profile: Profile
    audience: Audience
    supposed: Mapping[ReportId, tuple[Knower, ...]] = field(default_factory=dict)
    """Who could have known, as somebody thinks of writing it down: tried out, and not kept."""

    def noted(self, report: ReportId) -> tuple[Knower, ...] | None:
        """Who besides the source could have known what a report says; None: nobody wrote it down."""
        supposed = self.supposed.get(report)
        return self.world.derived(Noted).by_report.get(report) if supposed is None else supposed

    def matched(self, sentence: Sentence) -> Matched:
        """What a sentence may rest on, of what this world holds.

        A statement may be seen without the report that it is of: what it rests on is for those to judge who see that.
        """
        found = matched(self.world, sentence, self.is_protected)
        held = tuple(each for each in found.matches if each.passage.report in self.world.reports)
        return found if len(held) == len(found.matches) else replace(found, matches=held)

    def is_protected(self, report: ReportId) -> bool:
        """Whether the audience cannot read the report without us; one that this world does not hold it cannot."""
        held = self.world.reports.get(report)
        return held is None or not self.is_open(held)

    def is_open(self, report: Report) -> bool:
        """Whether the audience can read the report without us."""
        return self.profile.is_open(report, self.audience)


@dataclass(frozen=True, slots=True)
class Claims:
    """The facts of one sentence."""

    facts: tuple[Fact, ...]
    public: int
    """How many of its claims the audience can read elsewhere."""
    capped: bool


def claims_of(setting: Setting, rests: Matched, until: str, number: int) -> Claims:
    """The facts that a sentence gives away by the day `until`; `number`: the sentence's, 0 for none of the draft.

    A claim is the largest part of the sentence that a source says. It is public if one open passage says all of it.
    Otherwise those could have told it who could know it by one of the reports that say all of it: reports of one source
    are one way to it, and so are reports of one origin.
    """
    told = _Told(setting, rests)
    by_chance = math.log2(len(setting.world.derived(Passages)) + 1)
    facts: dict[tuple[int, str], Fact] = {}
    public, capped = 0, rests.capped
    for source, claim, match in told.claimed():
        if told.publicly(claim):
            public += 1
            continue
        saying = [*told.meant_by(source, claim), *told.said(claim)]
        least = LEAST_STRONG if match.share >= STRONG_SHARE else STRONG_BITS
        strong = match.bits >= max(least, by_chance + MARGIN) and match.rare >= LEAST_RARE
        try:
            fact = _fact(setting, saying, _words(rests.sentence, claim), until, number, strong=strong)
            facts[claim, source] = replace(fact, claim=claim)
        except TooManyWitnessesError:
            capped = True
    kept = tuple(facts.values())[:MOST_CLAIMS]
    return Claims(kept, public, capped or len(facts) > MOST_CLAIMS)


def across(sentences: Sequence[Sentence], claims: Callable[[Sentence], Claims]) -> Iterator[Fact]:
    """What short neighbouring sentences surely give away together, once for each of them that says some of it.

    What they only may rest on is left out: of many ways to put sentences together one always resembles something.
    """
    seen: set[tuple[int, str, frozenset[str]]] = set()
    for each in joined(sentences):
        for fact in claims(each.sentence).facts:
            saying = each.saying(fact.claim)
            for number in saying if fact.strong and len(saying) > 1 else ():
                if (number, fact.words, fact.sources) not in seen:
                    seen.add((number, fact.words, fact.sources))
                    yield replace(fact, sentence=number)


class _Told:
    """What was found for a sentence, by who told it; each question is answered once."""

    def __init__(self, setting: Setting, rests: Matched) -> None:
        self._setting = setting
        self._sentence = rests.sentence
        matches = [(each, setting.world.reports[each.passage.report]) for each in rests.matches]
        self._open = [(each, report) for each, report in matches if setting.is_open(report)]
        self._closed: dict[str, list[tuple[Match, Report]]] = defaultdict(list)
        for each, report in matches:
            if not setting.is_open(report):
                self._closed[report.source].append((each, report))
        self._said: dict[int, list[Report]] = {}
        self._public: dict[int, bool] = {}

    def claimed(self) -> Iterator[tuple[str, int, Match]]:
        """The largest parts of the sentence that each protected source says, with the best match of each."""
        for source, found in self._closed.items():
            best: dict[int, Match] = {}
            for match, _ in found:
                before = best.get(match.meant)
                if before is None or before.share < match.share:
                    best[match.meant] = match
            for mask, match in best.items():
                if not any(mask != other and not mask & ~other for other in best):
                    yield source, mask, match

    def meant_by(self, source: str, claim: int) -> list[Report]:
        """The reports of a source that say the claim or may mean it."""
        return [report for match, report in self._closed[source] if not claim & ~match.meant]

    def said(self, claim: int) -> list[Report]:
        """The protected reports that say the claim just so or finer."""
        known = self._said.get(claim)
        if known is None:
            found = ((match, report) for each in self._closed.values() for match, report in each)
            known = self._said[claim] = [report for match, report in found if self._says(match, report, claim)]
        return known

    def publicly(self, claim: int) -> bool:
        """Whether one report that the audience can read says all of the claim."""
        known = self._public.get(claim)
        if known is None:
            known = self._public[claim] = any(self._says(match, report, claim) for match, report in self._open)
        return known

    def _says(self, match: Match, report: Report, claim: int) -> bool:
        """Whether a passage says all of the claim just so or finer, and of the same people."""
        if claim & ~match.said:
            return False
        features = self._sentence.features
        bearers = (each.bearer for place, each in enumerate(features) if claim >> place & 1 and each.bearer)
        return all(_speaks_of(self._setting, report, bearer) for bearer in bearers)


def _speaks_of(setting: Setting, report: Report, bearer: str) -> bool:
    """Whether the report speaks of that very subject, and not of a namesake."""
    subject = setting.world.derived(Partition).subject_of(SubjectId(bearer))
    records = setting.world.derived(Records).by_id
    return any(report.id in records[each].reports for each in subject.records)


def _words(sentence: Sentence, claim: int) -> str:
    return ", ".join(each.words for place, each in enumerate(sentence.features) if claim >> place & 1)


def _fact(setting: Setting, saying: Iterable[Report], words: str, until: str, number: int, *, strong: bool) -> Fact:
    reports = {report.id: report for report in saying}
    ways: dict[str, list[Report]] = defaultdict(list)
    for each in reports.values():
        ways[f"origin {each.origin}" if each.origin else each.source].append(each)
    burn_days = setting.profile.burn_days
    sure = _known_by(setting, ways, until, burn_days)
    possible = weights(each for of_way in ways.values() for each in _possible(setting, of_way, until))
    return Fact(
        number,
        words,
        sure,
        frozenset(possible) | frozenset(sure),
        any_alone(of(way) for way in ways) if ways else Provenance(),
        frozenset(report.source for report in reports.values()),
        frozenset(report.channel for report in reports.values()),
        sum(_known_by(setting, ways, _END_OF_DAYS, burn_days).values()) > sum(sure.values()),
        strong,
        frozenset(reports),
        _known_by(setting, ways, until, 0),
        _told_late(reports.values(), until, burn_days),
    )


def _known_by(setting: Setting, ways: Mapping[str, Sequence[Report]], until: str, burn_days: int) -> Mapping[str, int]:
    """Who surely could have known it by a day, by any way, and how many people each is."""
    return weights(each for reports in ways.values() for each in _sure(setting, reports, until, burn_days))


def _told_late(reports: Iterable[Report], until: str, burn_days: int) -> bool:
    """Whether we were told only in the days before `until` of what had happened long before: it shows when we were."""
    first = min(reports, key=lambda each: each.learnt, default=None)
    return first is not None and days(first.learnt[:10], until) < burn_days <= days(_event(first), until)


def _sure(setting: Setting, reports: Sequence[Report], until: str, burn_days: int) -> Iterator[Knower]:
    """Who surely could have known it by one way: of one source all that were noted, of one origin those noted of each.

    Whoever told us could; if nobody wrote down who else, then nobody else counts. Whoever handles him does not: he is
    one of us, and hides nobody.
    """
    yield from _tellers(reports)
    noted = ((report, setting.noted(report.id)) for report in reports)
    found = [
        {key_of(each.name): each for each in by_then(people, _event(report), until, burn_days)}
        for report, people in noted
        if people is not None
    ]
    shared = any(each.origin for each in reports) and len({each.source for each in reports}) > 1
    if not shared:
        yield from (each for people in found for each in people.values())
    elif len(found) == len(reports):
        names = frozenset.intersection(*(frozenset(people) for people in found))
        yield from (people[name] for people in found for name in names)


def _possible(setting: Setting, reports: Sequence[Report], until: str) -> Iterator[Knower]:
    """Who may have known it by one way: everybody noted but those who are known to have learnt of it only later."""
    yield from _tellers(reports)
    for report in reports:
        people = setting.noted(report.id) or ()
        yield from (each for each in people if not each.since or each.since[:10] <= until[:10])


def _tellers(reports: Sequence[Report]) -> Iterator[Knower]:
    return (Knower(teller(each)) for each in reports)


def _event(report: Report) -> str:
    """The day that the report is about, as far as it bears one."""
    return report.written or report.learnt[:10]

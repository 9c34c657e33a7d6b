"""The check of a draft: each sentence against all that one world holds and all that was published before.

A pure function of the world, the draft and the published texts. In the gate's own world it finds what there is to
find; in the asker's world it tells what he may know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from leconfield.gate.exposure import wordings
from leconfield.gate.exposure.facts import Claims, Setting, claims_of
from leconfield.gate.exposure.guards import Guards
from leconfield.gate.exposure.model import (
    Check,
    Fact,
    Ground,
    Offer,
    Reason,
    SentenceVerdict,
    Text,
    Verdict,
    gravity,
    worst,
)
from leconfield.gate.exposure.profile import Audience, Profile
from leconfield.gate.exposure.published import Published, Said, facts_in
from leconfield.gate.exposure.rules import MOST_FACTS, needed, singled_out
from leconfield.gate.matching.finding import matched, sentences_of, words_of
from leconfield.gate.matching.model import Matched, Sentence
from leconfield.gate.names.model import Leak
from leconfield.gate.release.model import Colour
from leconfield.ledger.model import ReportId
from leconfield.ledger.provenance import TooManyWitnessesError, all_together, critical, witnesses
from leconfield.ledger.world import World

MOST_SENTENCES: Final = 400
"""Sentences of one draft that are matched; one with more is told to be cut."""
MOST_GROUNDS: Final = 5
MOST_OFFERS: Final = 4
_PATIENCE: Final = 40
"""Sentences of one draft for which safer wordings are looked for."""
_FAR: Final = 3
"""Words that none but protected reports use, from which on a sentence is about what they are about."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence of the draft with what was found for it."""

    sentence: Sentence
    matched: Matched
    claims: Claims
    leaks: tuple[Leak, ...]


def check(
    world: World, text: Text, profile: Profile, audience: Audience, said: Iterable[Said] = (), *, offering: bool = True
) -> Verdict:
    """How a draft stands in this world; `said`: texts published before that the world does not tell of itself."""
    return _Checker(Setting(world, profile, audience), text, tuple(said)).verdict(offering=offering)


class _Checker:
    """One check; what is found for a wording is kept while offers are tried."""

    def __init__(self, setting: Setting, text: Text, said: tuple[Said, ...]) -> None:
        self._setting = setting
        self._text = text
        self._finder = setting.world.derived(Guards).finder(setting.profile, setting.audience)
        before = setting.world.derived(Published).facts(setting)
        self._before = (*before, *self._facts_before(said), *self._facts_of_actions())
        self._known: dict[str, tuple[Matched, Claims]] = {}

    def verdict(self, *, offering: bool) -> Verdict:
        text = self._text.words
        sentences = sentences_of(self._setting.world, text, self._text.written)
        cut = len(sentences) > MOST_SENTENCES
        read = self._read(text, sentences[:MOST_SENTENCES])
        judged = self._judged(read)
        if offering:
            judged = [self._offered(read, judged, place) for place in range(len(judged))]
        reasons = self._of_all(cut=cut, stray=self._stray(read))
        colour = worst(*(each.colour for each in judged), *(each.colour for each in reasons))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return Verdict(digest, self._setting.audience.name, colour, tuple(judged), reasons, self._labels(read))

    def _read(self, text: str, sentences: Sequence[Sentence]) -> list[_Read]:
        leaks = self._finder.find(text)
        found = []
        for each in sentences:
            here = tuple(leak for leak in leaks if leak.start < each.span.end and each.span.start < leak.end)
            found.append(_Read(each, *self._rests_on(each, self._text.written), here))
        return found

    def _rests_on(self, sentence: Sentence, until: str) -> tuple[Matched, Claims]:
        known = self._known.get(sentence.text)
        if known is None:
            found = matched(self._setting.world, sentence, self._is_protected)
            known = self._known[sentence.text] = found, claims_of(self._setting, found, until, 0)
        found, claims = known
        facts = tuple(replace(each, sentence=sentence.number) for each in claims.facts)
        return found, replace(claims, facts=facts)

    def _is_protected(self, report: ReportId) -> bool:
        return not self._setting.is_open(self._setting.world.reports[report])

    def _facts_before(self, said: Iterable[Said]) -> list[Fact]:
        return [fact for each in said for fact in facts_in(self._setting, each.words, each.at)]

    def _facts_of_actions(self) -> list[Fact]:
        return [fact for each in self._text.actions for fact in facts_in(self._setting, each.words, each.at)]

    def _judged(self, read: Sequence[_Read]) -> list[SentenceVerdict]:
        draft = [fact for each in read for fact in each.claims.facts if fact.strong]
        facts = [*draft, *self._before]
        together: dict[int, list[Reason]] = {}
        if len(facts) > MOST_FACTS:
            for each in read:
                together.setdefault(each.sentence.number, []).append(_capped("more was published than can be checked"))
        else:
            for number, reason in _together(facts, len(draft), self._setting.profile.k):
                together.setdefault(number, []).append(reason)
        return [self._one(each, together.get(each.sentence.number, [])) for each in read]

    def _one(self, read: _Read, together: Sequence[Reason]) -> SentenceVerdict:
        claims, found = read.claims, read.matched
        reasons = [*_leaks(read.leaks), *_once(together), *self._channels(claims.facts), *self._weak(claims.facts)]
        if claims.capped:
            reasons.append(_capped("it could rest on more than can be checked; split it, or say less in it"))
        nothing = not claims.facts and not claims.public
        reasons += _unmatched(found) if nothing else []
        strong = [each for each in claims.facts if each.strong]
        try:
            grounds = all_together(each.grounds for each in strong)
        except TooManyWitnessesError as error:
            reasons.append(_capped(str(error)))
            grounds = all_together(())
        protected = frozenset(source for each in strong for source in each.sources)
        return SentenceVerdict(
            found.sentence.number,
            found.sentence.text,
            found.sentence.span.start,
            found.sentence.span.end,
            worst(*(each.colour for each in reasons)),
            tuple(reasons),
            self._grounds(found),
            tuple(sorted(critical(grounds) & protected)),
            witnesses(grounds)[:20] if strong else (),
            min((each.size for each in strong), default=None),
            nothing,
        )

    def _channels(self, facts: Iterable[Fact]) -> list[Reason]:
        """Whether what it rests on is never told, or belongs to somebody else, too."""
        profile = self._setting.profile
        channels = {each.source: each.channel for each in self._setting.world.reports.values()}
        found: dict[str, Reason] = {}
        for channel in sorted({channels[source] for fact in facts if fact.strong for source in fact.sources}):
            if channel in profile.silent:
                found[channel] = Reason(Check.SILENT, Colour.RED, profile.silent[channel])
            elif channel in profile.consent:
                found[channel] = Reason(Check.CONSENT, Colour.AMBER, profile.consent[channel])
        return list(found.values())

    def _weak(self, facts: Iterable[Fact]) -> list[Reason]:
        profile = self._setting.profile
        silent = {each.source for each in self._setting.world.reports.values() if each.channel in profile.silent}
        few = [each for each in facts if not each.strong and (each.size < profile.k or each.sources & silent)]
        return [
            Reason(
                Check.WEAK,
                Colour.AMBER,
                f"it may rest on {_listed(each.sources)} ({each.words}); somebody who knows should say whether it does",
            )
            for each in few[:2]
        ]

    def _grounds(self, found: Matched) -> tuple[Ground, ...]:
        world = self._setting.world
        best = []
        for each in found.matches[:MOST_GROUNDS]:
            report = world.reports[each.passage.report]
            words = words_of(world, each.passage)
            best.append(
                Ground(each.passage, report.source, report.channel, report.reference, words, each.share, report.label)
            )
        return tuple(best)

    def _of_all(self, *, cut: bool, stray: Sequence[Leak]) -> tuple[Reason, ...]:
        named = tuple(self._finder.find(self._text.name)) if self._text.name else ()
        reasons = [replace(each, words=f"the file's name: {each.words}") for each in _leaks(named)]
        reasons += _leaks(stray)
        if cut:
            reasons.append(_capped(f"it has more than {MOST_SENTENCES} sentences; check it in parts"))
        return tuple(reasons)

    def _stray(self, read: Sequence[_Read]) -> list[Leak]:
        """Leaks that stand in no sentence that was looked at."""
        placed = {(leak.start, leak.end) for each in read for leak in each.leaks}
        return [each for each in self._finder.find(self._text.words) if (each.start, each.end) not in placed]

    def _labels(self, read: Sequence[_Read]) -> tuple[str, ...]:
        reports = {each.passage.report for one in read for each in one.matched.matches}
        return tuple(sorted({self._setting.world.reports[each].label for each in reports if self._is_protected(each)}))

    def _offered(self, read: Sequence[_Read], judged: Sequence[SentenceVerdict], place: int) -> SentenceVerdict:
        one = judged[place]
        if one.colour is Colour.GREEN or place >= _PATIENCE:
            return one
        tried = [each for each in self._tried(read, place) if gravity(each.colour) < gravity(one.colour)]
        offers = sorted(tried, key=lambda each: gravity(each.colour))[:MOST_OFFERS]
        until = self._until(read, place)
        if until:
            offers.append(Offer("wait", "", Colour.GREEN, until))
        rest = self._judged([each for at, each in enumerate(read) if at != place])
        offers.append(Offer("drop", "", worst(*(each.colour for each in rest))))
        return replace(one, offers=tuple(offers))

    def _tried(self, read: Sequence[_Read], place: int) -> list[Offer]:
        """Each wording, with the colour that it would have in the sentence's place."""
        found = list(wordings.wordings(read[place].sentence))
        if place + 1 < len(read):
            found.append(wordings.merged(read[place].sentence, read[place + 1].sentence))
        offers = []
        for each in found:
            others = read[place + 2 :] if each.how == "merge" else read[place + 1 :]
            instead = self._read(each.words, sentences_of(self._setting.world, each.words, self._text.written))
            numbered = [_as_number(one, read[place].sentence.number) for one in instead]
            judged = self._judged([*read[:place], *numbered, *others])
            colours = (one.colour for one in judged if one.number == read[place].sentence.number)
            offers.append(Offer(each.how, each.words, worst(*colours)))
        return offers

    def _until(self, read: Sequence[_Read], place: int) -> str:
        """The first day on which enough people could have known it; empty if there is none to wait for."""
        one = read[place]
        if one.leaks or not any(each.early for each in one.claims.facts):
            return ""
        for day in self._days_to_wait():
            later = claims_of(self._setting, one.matched, day, one.sentence.number)
            judged = self._judged([*read[:place], replace(one, claims=later), *read[place + 1 :]])
            if judged[place].colour is Colour.GREEN:
                return day
        return ""

    def _days_to_wait(self) -> list[str]:
        start = date.fromisoformat(self._text.written[:10])
        return [(start + timedelta(days=each)).isoformat() for each in (7, 14, 30, 90, 180, 365)]


def _together(facts: Sequence[Fact], of_draft: int, k: int) -> Iterable[tuple[int, Reason]]:
    """For each sentence of the draft that helps to single somebody out, why."""
    for found in singled_out(facts, k, of_draft):
        mine = [place for place in found.facts if place < of_draft]
        if not mine:
            continue
        alone = [place for place in mine if facts[place].size < k]
        for place in alone:
            yield facts[place].sentence, _alone(facts[place], k)
        if not alone:
            blamed = [place for place in needed(facts, found, k) if place < of_draft] or mine
            for place in blamed:
                yield facts[place].sentence, _with_others(facts, place, found.size, found.facts, of_draft, k)


def _alone(fact: Fact, k: int) -> Reason:
    when = "could have known this by then" if fact.early else "could have known this"
    words = f"only {_people(fact.size)} {when} ({fact.words}); {k} is the least. It rests on {_listed(fact.sources)}"
    return Reason(Check.WINDOW if fact.early else Check.KNOWERS, Colour.RED, words)


def _with_others(
    facts: Sequence[Fact], place: int, size: int, leading: frozenset[int], of_draft: int, k: int
) -> Reason:
    others = sorted({facts[each].sentence for each in leading if each < of_draft} - {facts[place].sentence})
    beside = [f"sentence {each}" for each in others]
    if any(each >= of_draft for each in leading):
        beside.append("what was published or will be seen")
    words = (
        f"together with {_and(beside)} it fits only {_people(size)} ({facts[place].words}); {k} is the least. "
        f"It rests on {_listed(facts[place].sources)}"
    )
    return Reason(Check.TOGETHER, Colour.RED, words)


def _people(size: int) -> str:
    return {0: "nobody that we know of", 1: "one person"}.get(size, f"{size} people")


def _listed(sources: Iterable[str]) -> str:
    return _and(sorted(sources)) or "what we hold"


def _and(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _once(reasons: Iterable[Reason]) -> list[Reason]:
    return list(dict.fromkeys(reasons))[:4]


def _capped(words: str) -> Reason:
    return Reason(Check.CAP, Colour.RED, words)


def _leaks(leaks: Iterable[Leak]) -> list[Reason]:
    found = {}
    for each in leaks:
        colour = Colour.RED if each.sure and each.guarded.sure else Colour.AMBER
        words = f"it gives away a {each.guarded.kind} that is held here: {each.guarded.form}, {each.how}"
        found[each.guarded.form, colour] = Reason(Check.LEAK, colour, words)
    return list(found.values())


def _unmatched(found: Matched) -> list[Reason]:
    """Nothing that we hold says it: it fails closed where it touches what protected reports alone speak of."""
    sentence = found.sentence
    specific = {each.words for each in sentence.features if each.kind in {"name", "place", "identifier"}}
    topical = [each for each in found.topical if each in specific]
    if topical or len(found.topical) >= _FAR:
        words = f"it speaks of {_and(list(topical or found.topical)[:4])}, of which only protected reports speak"
        return [Reason(Check.TOPIC, Colour.AMBER, f"{words}; say where you have it from, or leave it out")]
    named = [each.words for each in sentence.features if each.kind in {"name", "place", "identifier", "date", "number"}]
    if len(named) > 1:
        words = f"nothing that is held here says it ({_and(named[:4])}); say where you have it from"
        return [Reason(Check.UNMATCHED, Colour.AMBER, words)]
    return []


def _as_number(read: _Read, number: int) -> _Read:
    facts = tuple(replace(each, sentence=number) for each in read.claims.facts)
    return replace(
        read,
        sentence=replace(read.sentence, number=number),
        matched=replace(read.matched, sentence=replace(read.matched.sentence, number=number)),
        claims=replace(read.claims, facts=facts),
    )

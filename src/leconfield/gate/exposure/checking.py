"""The check of a draft: each sentence against all that one world holds and all that was published before.

A pure function of the world, the draft and the published texts. In the gate's own world it finds what there is to
find; in the asker's world it tells what he may know.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from leconfield.gate.exposure import style, wordings
from leconfield.gate.exposure.clearing import Cleared
from leconfield.gate.exposure.duty import duty_reasons
from leconfield.gate.exposure.facts import Claims, Setting, across, claims_of
from leconfield.gate.exposure.guards import Guards
from leconfield.gate.exposure.model import (
    Action,
    Check,
    Fact,
    Ground,
    Knower,
    Offer,
    Reason,
    SentenceVerdict,
    Text,
    Verdict,
    gravity,
    worst,
)
from leconfield.gate.exposure.parts import Parts
from leconfield.gate.exposure.profile import Audience, Profile
from leconfield.gate.exposure.published import Published, Said, facts_in
from leconfield.gate.exposure.reasons import (
    NO_REGISTER,
    capped,
    few,
    leaked,
    listed,
    mosaic_reasons,
    of_action,
    of_sources,
    once,
    together,
    told_late,
    topics,
    unmatched,
    unread,
)
from leconfield.gate.exposure.rules import MOST_FACTS
from leconfield.gate.matching.finding import sentences_of, words_of
from leconfield.gate.matching.index import Passages
from leconfield.gate.matching.model import Matched, Sentence
from leconfield.gate.matching.plain import plainly
from leconfield.gate.mosaic.state import Personas
from leconfield.gate.names.model import Leak
from leconfield.gate.release.model import Colour
from leconfield.ledger.model import ReportId
from leconfield.ledger.provenance import TooManyWitnessesError, all_together, critical, witnesses
from leconfield.ledger.world import World

MOST_SENTENCES: Final = 400
"""Sentences of one draft that are matched; one with more is told to be cut."""
MOST_LETTERS: Final = 100_000
"""Characters of one draft that are matched; names are looked for in all of it."""
OPENLY: Final = 0.6
"""How much of what a sentence tells stands in an open passage that it is then said to be matched to."""
MOST_GROUNDS: Final = 5
MOST_OFFERS: Final = 4
_PATIENCE: Final = 40
"""Sentences of one draft for which safer wordings are looked for."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence of the draft with what was found for it."""

    sentence: Sentence
    matched: Matched
    claims: Claims
    leaks: tuple[Leak, ...]


def digest_of(words: str) -> str:
    """What a draft's words are known by: SHA-256, in hexadecimal."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def check(
    world: World,
    text: Text,
    profile: Profile,
    audience: Audience,
    said: Iterable[Said] = (),
    *,
    offering: bool = True,
    supposed: Mapping[ReportId, tuple[Knower, ...]] | None = None,
) -> Verdict:
    """How a draft stands in this world.

    `said`: texts published before that the world does not tell of itself; `supposed`: who could have known what a
    report says, as somebody thinks of writing it down.
    """
    return _Checker(Setting(world, profile, audience, supposed or {}), text, tuple(said)).verdict(offering=offering)


class _Checker:
    """One check; what is found for a wording is kept while offers are tried."""

    def __init__(self, setting: Setting, text: Text, said: tuple[Said, ...]) -> None:
        self._setting = setting
        self._text = text
        self._finder = setting.world.derived(Guards).finder(setting.profile, setting.audience)
        self._digest = digest_of(text.words)
        self._cleared = Cleared.of(setting.world, setting.profile, self._digest, setting.audience.name)
        self._before = (*self._published(), *self._facts_before(said))
        self._actions = [
            replace(fact, sentence=-number)
            for number, each in enumerate(text.actions, 1)
            for fact in facts_in(setting, each.words, each.at)
        ]
        """What the planned actions will give away; the first one's facts bear -1."""
        self._styled = style.reasons_in(setting.world, text.words[:MOST_LETTERS], self._setting.is_protected)
        self._known: dict[tuple[str, str], tuple[Matched, Claims]] = {}

    def verdict(self, *, offering: bool) -> Verdict:
        text = self._text.words
        leaks = self._leaks(text)
        sentences = sentences_of(self._setting.world, text[:MOST_LETTERS], self._text.written)
        cut = len(sentences) > MOST_SENTENCES or len(text) > MOST_LETTERS
        read = self._read(sentences[:MOST_SENTENCES], leaks)
        judged = self._judged(read)
        if offering:
            judged = [self._offered(read, judged, place) for place in range(len(judged))]
        reasons = self._of_all(cut=cut, stray=_stray(read, leaks))
        colour = worst(*(each.colour for each in judged), *(each.colour for each in reasons))
        return Verdict(self._digest, self._setting.audience.name, colour, tuple(judged), reasons, self._labels(read))

    def _leaks(self, text: str) -> tuple[Leak, ...]:
        """What is given away outright by the text as it is written, and as a reader sees it; then what is in part."""
        plain = plainly(text)
        whole = {(each.start, each.end, each.guarded.form): each for each in self._finder.find(text)}
        if plain.text != text:
            for each in self._finder.find(plain.text):
                span = plain.span(each.start, each.end)
                whole[span.start, span.end, each.guarded.form] = replace(each, start=span.start, end=span.end)
        in_part = self._setting.world.derived(Parts).find(text, self._setting.is_open)
        apart = [
            each for each in in_part if not any(one.start < each.end and each.start < one.end for one in whole.values())
        ]
        return (*whole.values(), *apart)

    def _read(self, sentences: Iterable[Sentence], leaks: Sequence[Leak]) -> list[_Read]:
        found = []
        for each in sentences:
            here = tuple(leak for leak in leaks if leak.start < each.span.end and each.span.start < leak.end)
            rests, claims = self._rests_on(each, self._text.written)
            heard = tuple(self._cleared.heard(each.text, fact) for fact in claims.facts)
            found.append(_Read(each, rests, replace(claims, facts=heard), here))
        return found

    def _with_neighbours(self, read: Sequence[_Read]) -> list[_Read]:
        """Each with the facts that it gives away only together with the short sentences next to it."""
        more: dict[int, list[Fact]] = defaultdict(list)
        texts = {each.sentence.number: each.sentence.text for each in read}
        for fact in across([each.sentence for each in read], lambda each: self._rests_on(each, self._text.written)[1]):
            more[fact.sentence].append(self._cleared.heard(texts[fact.sentence], fact))
        return [
            replace(each, claims=replace(each.claims, facts=(*each.claims.facts, *more.get(each.sentence.number, ()))))
            for each in read
        ]

    def _rests_on(self, sentence: Sentence, until: str) -> tuple[Matched, Claims]:
        known = self._known.get((sentence.text, until))
        if known is None:
            found = self._setting.matched(sentence)
            known = self._known[sentence.text, until] = found, claims_of(self._setting, found, until, 0)
        found, claims = known
        facts = tuple(replace(each, sentence=sentence.number) for each in claims.facts)
        return found, replace(claims, facts=facts)

    def _facts_before(self, said: Iterable[Said]) -> list[Fact]:
        return [fact for each in said for fact in facts_in(self._setting, each.words, each.at)]

    def _published(self) -> Sequence[Fact]:
        """What was published before gave away; what is supposed is never kept among what is known."""
        published = self._setting.world.derived(Published)
        return self._facts_before(published.texts) if self._setting.supposed else published.facts(self._setting)

    def _judged(self, alone: Sequence[_Read]) -> list[SentenceVerdict]:
        read = self._with_neighbours(alone)
        joint = self._joint([fact for each in read for fact in each.claims.facts if fact.strong])
        if joint is None:
            joint = {each.sentence.number: [capped("more was published than can be checked")] for each in read}
        for number, reason in self._mosaic(read):
            joint.setdefault(number, []).append(reason)
        return [self._one(each, joint.get(each.sentence.number, [])) for each in read]

    def _joint(self, draft: Sequence[Fact]) -> dict[int, list[Reason]] | None:
        """By sentence (actions below 0), why its facts single somebody out; None: there are too many to look at."""
        facts = [*draft, *self._actions, *self._before]
        if len(facts) > MOST_FACTS:
            return None
        joint: dict[int, list[Reason]] = {}
        for number, reason in together(facts, len(draft) + len(self._actions), self._setting.profile.k):
            joint.setdefault(number, []).append(reason)
        return joint

    def _mosaic(self, read: Sequence[_Read]) -> Iterable[tuple[int, Reason]]:
        if not self._text.persona:
            return
        personas = self._setting.world.derived(Personas)
        if personas.mosaic is None:
            for each in read:
                yield each.sentence.number, Reason(Check.MOSAIC, Colour.AMBER, NO_REGISTER)
            return
        told = self._setting.world.derived(Published).naming(self._text.persona)
        before = [*personas.of_persona(self._text.persona), *((each.words, each.at[:10]) for each in told)]
        found = personas.mosaic.effects(before, [each.sentence.text for each in read], self._text.written)
        for each, effect in zip(read, found, strict=True):
            yield from ((each.sentence.number, reason) for reason in mosaic_reasons(effect, self._setting.profile))

    def _one(self, read: _Read, joint: Sequence[Reason]) -> SentenceVerdict:
        claims, found = read.claims, read.matched
        reasons = [*leaked(read.leaks), *once(joint), *self._channels(claims.facts), *self._weak(claims.facts)]
        reasons += told_late(claims.facts)
        reasons += [each for at, each in self._styled if read.sentence.span.start <= at < read.sentence.span.end]
        if claims.capped:
            reasons.append(capped("it could rest on more than can be checked; split it, or say less in it"))
        openly = any(each.share >= OPENLY for each in found.matches)
        nothing = not (claims.facts or claims.public or claims.capped or openly)
        reasons += self._topics(found) or of_sources(read.sentence) or (unmatched(found) if nothing else [])
        reasons += unread(read.sentence)
        strong = [each for each in claims.facts if each.strong]
        try:
            grounds = all_together(each.grounds for each in strong)
        except TooManyWitnessesError as error:
            reasons.append(capped(str(error)))
            grounds = all_together(())
        protected = frozenset(source for each in strong for source in each.sources)
        reasons = few(self._cleared.left(read.sentence.text, reasons))
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

    def _channels(self, facts: Sequence[Fact]) -> list[Reason]:
        """Whether what it rests on is never told, or belongs to somebody else, too."""
        profile = self._setting.profile
        found: dict[str, Reason] = {}
        for channel in sorted({each for fact in facts if fact.strong for each in fact.channels}):
            rests = frozenset(one for fact in facts if fact.strong and channel in fact.channels for one in fact.reports)
            if channel in profile.silent:
                found[channel] = Reason(Check.SILENT, Colour.RED, profile.silent[channel], rests)
            elif channel in profile.consent:
                found[channel] = Reason(Check.CONSENT, Colour.AMBER, profile.consent[channel], rests)
        return list(found.values())

    def _topics(self, found: Matched) -> list[Reason]:
        """Whether it touches what protected reports alone speak of, with the reports that do."""
        reasons = topics(found)
        if not reasons:
            return []
        passages = self._setting.world.derived(Passages)
        spoken = (each for each in found.sentence.features if each.words in {*found.topical, *found.grave})
        reports = {passages.report_of(int(one)) for each in spoken for one in passages.having(each.exact)}
        rests = frozenset(str(each) for each in reports if self._setting.is_protected(each))
        return [replace(each, rests=rests) for each in reasons]

    def _weak(self, facts: Iterable[Fact]) -> list[Reason]:
        profile = self._setting.profile
        near = [
            each
            for each in facts
            if not each.strong and (each.size < profile.k or each.channels & profile.silent.keys())
        ]
        return [
            Reason(
                Check.WEAK,
                Colour.AMBER,
                f"it may rest on {listed(each.sources)} ({each.words}); somebody who knows should say whether it does",
                each.reports,
            )
            for each in near
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
        reasons = [replace(each, words=f"the file's name: {each.words}") for each in leaked(named)]
        reasons += leaked(stray)
        reasons += self._of_actions()
        reasons += self._cleared.left("", duty_reasons(self._setting.world, self._text.posted, self._setting.profile))
        if cut:
            reasons.append(
                capped(f"it has more than {MOST_SENTENCES} sentences or {MOST_LETTERS:,} characters; check it in parts")
            )
        return tuple(reasons)

    def _of_actions(self) -> list[Reason]:
        """What the planned actions alone give away: an arrest after a tip tells of the tip."""
        joint = self._joint(())
        if joint is None:
            return [capped("more was published than can be checked")] if self._actions else []
        found = []
        for number, action in enumerate(self._text.actions, 1):
            late = told_late(each for each in self._actions if each.sentence == -number)
            told = joint.get(-number) or self._touched_by(action)
            found += [of_action(action, each) for each in once((*told, *late))]
        return found

    def _touched_by(self, action: Action) -> list[Reason]:
        """What an action may rest on, where it surely rests on nothing that burns."""
        found: list[Reason] = []
        for each in sentences_of(self._setting.world, action.words, action.at):
            matched, claims = self._rests_on(each, action.at)
            found += [*self._weak(claims.facts), *self._topics(matched)]
        return found

    def _labels(self, read: Sequence[_Read]) -> tuple[str, ...]:
        reports = {each.passage.report for one in read for each in one.matched.matches}
        closed = (each for each in reports if self._setting.is_protected(each))
        return tuple(sorted({self._setting.world.reports[each].label for each in closed}))

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
            sentences = sentences_of(self._setting.world, each.words, self._text.written)
            instead = self._read(sentences, self._leaks(each.words))
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


def _stray(read: Iterable[_Read], leaks: Iterable[Leak]) -> list[Leak]:
    """Leaks that stand in no sentence that was looked at."""
    placed = {(leak.start, leak.end) for each in read for leak in each.leaks}
    return [each for each in leaks if (each.start, each.end) not in placed]


def _as_number(read: _Read, number: int) -> _Read:
    facts = tuple(replace(each, sentence=number) for each in read.claims.facts)
    return replace(
        read,
        sentence=replace(read.sentence, number=number),
        matched=replace(read.matched, sentence=replace(read.matched.sentence, number=number)),
        claims=replace(read.claims, facts=facts),
    )

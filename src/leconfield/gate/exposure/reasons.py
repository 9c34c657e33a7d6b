"""Reasons in words: what a check found, said so that the author can mend it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from leconfield.gate.exposure.model import Action, Check, Fact, Reason
from leconfield.gate.exposure.profile import Profile
from leconfield.gate.exposure.rules import needed, singled_out
from leconfield.gate.matching.finding import TELLING_KINDS, is_telling
from leconfield.gate.matching.model import Matched, Sentence
from leconfield.gate.mosaic.model import Effect
from leconfield.gate.names.model import Leak
from leconfield.gate.release.model import Colour

NO_REGISTER: Final = "there is no staff register to count in"
_SOURCES: Final = re.compile(
    r"\b(?:informants?|informers?|infiltrat(?:or|ors|ed)|undercover|double agents?|whistle-?blowers?|"
    r"(?:our|the|an?|no|this|that|his|her|one|two|three|four|five) (?:(?!estate|travel|open)[\w-]+ )?"
    r"(?:sources?(?! code)|agents?|assets?))\b",
    re.IGNORECASE,
)
"""Ways to speak of a source;"""
_TOLD_US: Final = re.compile(
    r"\b(?:(?:told|tipped|warned|informed|helped) us|(?:came to|rang|called|wrote to) us)\b", re.IGNORECASE
)
"""and of what one does,"""
_EVERYBODY: Final = re.compile(
    r"\b(?:everybody|everyone|anybody|anyone|whoever|members? of the public|"
    r"(?:all|those|you)(?: of you)? (?:who )?(?:have )?(?:told|tipped|warned|informed|helped|rang|called|wrote|came)"
    r")\b",
    re.IGNORECASE,
)
"""unless it is the public at large."""
_SHOWN: Final = 4
"""Reasons of one kind on one sentence."""
_FAR: Final = 3
"""Words that none but protected reports use, from which on a sentence is about what they are about."""


def together(facts: Sequence[Fact], of_draft: int, k: int) -> Iterable[tuple[int, Reason]]:
    """For each sentence of the draft, or action (below 0), that helps to single somebody out, why."""
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
    words = f"only {_people(fact.size)} {when} ({fact.words}); {k} is the least. It rests on {listed(fact.sources)}"
    return Reason(Check.WINDOW if fact.early else Check.KNOWERS, Colour.RED, words, fact.reports)


def told_late(facts: Iterable[Fact]) -> list[Reason]:
    """That what happened long before was told to us only now: whoever met us in these days stands out."""
    return [
        Reason(
            Check.BURN,
            Colour.AMBER,
            f"we were told of it ({each.words}) only in the days before: saying it shows when we learnt it. "
            f"It rests on {listed(each.sources)}",
            each.reports,
        )
        for each in facts
        if each.strong and each.told_late
    ]


def _with_others(
    facts: Sequence[Fact], place: int, size: int, leading: frozenset[int], of_draft: int, k: int
) -> Reason:
    others = sorted({facts[each].sentence for each in leading if each < of_draft} - {facts[place].sentence})
    beside = [f"sentence {each}" if each > 0 else f"planned action {-each}" for each in others]
    if any(each >= of_draft for each in leading):
        beside.append("what was published")
    words = (
        f"together with {_and(beside)} it fits only {_people(size)} ({facts[place].words}); {k} is the least. "
        f"It rests on {listed(facts[place].sources)}"
    )
    return Reason(Check.TOGETHER, Colour.RED, words, facts[place].reports)


def _people(size: int) -> str:
    return {0: "nobody that we know of", 1: "one person"}.get(size, f"{size} people")


def listed(sources: Iterable[str]) -> str:
    """Sources as one says them."""
    return _and(sorted(sources)) or "what we hold"


def _and(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def few(reasons: Iterable[Reason]) -> list[Reason]:
    """Not too many of one kind: whoever mends or clears these sees the next ones."""
    shown: Counter[Check] = Counter()
    kept = []
    for each in dict.fromkeys(reasons):
        shown[each.check] += 1
        if shown[each.check] <= _SHOWN:
            kept.append(each)
    return kept


def once(reasons: Iterable[Reason]) -> list[Reason]:
    """Each reason once, and not too many of them."""
    return list(dict.fromkeys(reasons))[:4]


def of_action(action: Action, reason: Reason) -> Reason:
    """A reason as it is said of something that is planned."""
    return replace(reason, words=f'the action "{action.words}" on {action.at}: {reason.words}')


def capped(words: str) -> Reason:
    """That it was too much to look at all of it, which counts as exposing."""
    return Reason(Check.CAP, Colour.RED, words)


def leaked(leaks: Iterable[Leak]) -> list[Reason]:
    """What is given away outright, each thing once."""
    found = {}
    for each in leaks:
        colour = Colour.RED if each.sure and each.guarded.sure else Colour.AMBER
        words = f"it gives away a {each.guarded.kind} that is held here: {each.guarded.form}, {each.how}"
        found[each.guarded.form, colour] = Reason(Check.LEAK, colour, words)
    return list(found.values())


def topics(found: Matched) -> list[Reason]:
    """Whether it touches what protected reports alone speak of, beyond what it was matched to: it fails closed."""
    by_themselves = {each.words for each in found.sentence.features if is_telling(each)}
    telling = [each for each in found.topical if each in by_themselves]
    if found.grave and not telling:
        words = f"it speaks of {_and(list(found.grave)[:4])}, and nothing that is held here says just that"
        return [Reason(Check.TOPIC, Colour.AMBER, f"{words}; say where you have it from, or leave it out")]
    if not telling and len(found.topical) < _FAR:
        return []
    words = f"it speaks of {_and(list(telling or found.topical)[:4])}, of which only protected reports speak"
    return [Reason(Check.TOPIC, Colour.AMBER, f"{words}; say where you have it from, or leave it out")]


def unmatched(found: Matched) -> list[Reason]:
    """Whether it has particulars of which nothing is held."""
    named = [each.words for each in found.sentence.features if each.kind in TELLING_KINDS | {"date", "number"}]
    if len(named) < 2:
        return []
    words = f"nothing that is held here says it ({_and(named[:4])}); say where you have it from"
    return [Reason(Check.UNMATCHED, Colour.AMBER, words)]


def unread(sentence: Sentence) -> list[Reason]:
    """Whether some of it could not be read, and so was compared with nothing."""
    if not sentence.unread:
        return []
    words = f"it could not be read here ({_and(sentence.unread)}): no English, or words run together"
    return [
        Reason(Check.UNMATCHED, Colour.AMBER, f"{words}; have somebody read it who can, or say it in plain English")
    ]


def of_sources(sentence: Sentence) -> list[Reason]:
    """Whether it speaks of those who tell us things, whatever it says of them: even that there is nobody tells."""
    found = _SOURCES.search(sentence.text)
    if found is None and not _EVERYBODY.search(sentence.text):
        found = _TOLD_US.search(sentence.text)
    if found is None:
        return []
    words = f'it speaks of those who tell us things ("{found.group()}"), which we neither confirm nor deny'
    return [Reason(Check.TOPIC, Colour.AMBER, f"{words}; leave it out")]


def mosaic_reasons(effect: Effect, profile: Profile) -> Iterable[Reason]:
    """What a sentence about a persona leaves of those who could be meant."""
    told = len(effect.after.claims) > len(effect.before.claims)
    k, before = effect.after.k, effect.before.k
    if told and k < profile.k:
        words = f"with all that was said before it fits {_people(k)} of the staff (before it: {before})"
        words = f"{words}; {profile.k} is the least"
        yield Reason(Check.MOSAIC, Colour.RED, words)
    elif told and (few := [kind for kind, many in effect.after.diversity.items() if many < profile.diversity]):
        words = f"the {k} people whom it fits have too few different values of {_and(few)}: it gives that away"
        yield Reason(Check.MOSAIC, Colour.RED, words)
    elif told and k < 2 * profile.k:
        words = f"with all that was said before it fits {k} people of the staff (before it: {before})"
        yield Reason(Check.MOSAIC, Colour.AMBER, words)
    if effect.unchecked:
        words = f"the staff register says nothing of {_and(list(effect.unchecked)[:4])}: nobody can count whom it fits"
        yield Reason(Check.MOSAIC, Colour.AMBER, words)

"""The redaction of a text: taggers, patterns, further mentions and people's orders, put together."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from leconfield.gate.redaction.mentions import further
from leconfield.gate.redaction.model import MASK_WORDS, By, Mode, Order, Reason, Redacted, Redaction
from leconfield.gate.redaction.patterns import patterned
from leconfield.gate.redaction.plain import Plain, plain
from leconfield.gate.redaction.stretches import Stretch, decided, is_content
from leconfield.gate.redaction.tagger import Limits, Opinion, Settings, opinions, settings, weighed
from leconfield.intake.extraction.crf import shipped, spans
from leconfield.intake.extraction.features import capitalised, seen
from leconfield.intake.extraction.text import is_caseless, is_whispered, sentences, tokens

_OTHER_TAGGER: Final = {"Person": Reason.PERSON, "Location": Reason.PLACE}
_PERSONS: Final = {"Person": Reason.PERSON}
_OTHER: Final = "names of reports"
_WORDS: Final = re.compile(r"\w+")
_RANK: Final = {By.PERSON: 0, By.PATTERN: 1, By.MODEL: 2}


def redact(text: str, mode: Mode, orders: Sequence[Order] = ()) -> Redacted:
    """What must be masked in a text, each with its reason. A pure function; it never fails, whatever the text holds.

    A person's order to leave words alone holds against model and patterns, never against another order to mask.
    """
    view = plain(text)
    learnt = settings()
    told = learned(view.text, opinions(view.text), learnt, learnt.limits[mode])
    return _recorded(text, view, masked_stretches(view.text, certain(view.text, mode), told, orders))


def certain(text: str, mode: Mode) -> list[Stretch]:
    """The stretches of a seen text that are masked whatever our taggers say: by patterns, and names without case."""
    sure = [Stretch(each.start, each.end, each.reason, By.PATTERN, each.pattern) for each in patterned(text, mode)]
    return [*sure, *_names_of_reports(text, mode)]


def learned(text: str, found: Sequence[Opinion], learnt: Settings, limits: Limits) -> list[Stretch]:
    """The stretches of a seen text that are masked because of what our taggers say."""
    return decided(text, weighed(found, learnt), limits)


def masked_stretches(
    text: str, sure: Sequence[Stretch], told: Sequence[Stretch], orders: Sequence[Order] = ()
) -> list[Stretch]:
    """All stretches of a seen text that are masked, none overlapping, whole words each, in order."""
    first = _apart(text, [*sure, *told])
    cased = not is_whispered(text)
    more = _new(first, further(text, tokens(text), first, cased=cased))
    kept = _apart(text, [each for order in orders if not order.mask for each in _ordered(text, order)])
    ordered = [each for order in orders if order.mask for each in _ordered(text, order)]
    return _apart(text, [*_beside(kept, (*first, *more)), *ordered])


def _names_of_reports(text: str, mode: Mode) -> Iterator[Stretch]:
    """Names by the tagger that reports are read with, which has seen other prose than judgments.

    It speaks where letter case says nothing, as ours needs capitals; in *protect* it finds persons everywhere.
    """
    whispered = is_whispered(text)
    cut = sentences(text)
    capitals = capitalised(cut)
    for sentence in cut:
        cased = not is_caseless(sentence, whispered)
        if cased and mode is not Mode.PROTECT:
            continue
        kinds = _PERSONS if cased else _OTHER_TAGGER
        for each in spans(sentence, shipped("names", cased, seen(sentence, capitals), None), "names"):
            if each.kind in kinds:
                yield Stretch(each.start, each.end, kinds[each.kind], By.MODEL, _OTHER)


def _ordered(text: str, order: Order) -> Iterator[Stretch]:
    """Where the words of an order stand, in any case and spacing, also inside words."""
    words = plain(order.words).text.split()
    if not words:
        return
    last = 0
    for each in re.finditer(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE):
        if each.end() > last:  # a word that holds them many times is masked once
            found = _whole(text, Stretch(each.start(), each.end(), order.reason, By.PERSON, order.who))
            last = found.end
            yield found


def _new(known: Sequence[Stretch], found: Iterable[Stretch]) -> Iterator[Stretch]:
    """Those found that do not lie within a known one; the known are apart and in order."""
    starts = [each.start for each in known]
    for each in found:
        index = bisect_right(starts, each.start) - 1
        if index < 0 or known[index].end < each.end:
            yield each


def _beside(kept: Sequence[Stretch], found: Iterable[Stretch]) -> Iterator[Stretch]:
    """Those found that meet none of the kept, which are apart and in order."""
    starts = [each.start for each in kept]
    for each in found:
        index = bisect_left(starts, each.end) - 1
        if index < 0 or kept[index].end <= each.start:
            yield each


def _apart(text: str, found: Iterable[Stretch]) -> list[Stretch]:
    """Stretches without overlap, the surest first: of a less sure one what is left over stays masked for its reason."""
    taken: list[Stretch] = []
    for _, rank in groupby(sorted(found, key=_by_sureness), key=lambda each: _RANK[each.by]):
        starts = [each.start for each in taken]
        free = [piece for each in rank for piece in _pieces(text, _whole(text, each), taken, starts)]
        taken = sorted((*taken, *_joined(free)), key=lambda each: each.start)
    return taken


def _by_sureness(each: Stretch) -> tuple[int, int, int]:
    return _RANK[each.by], each.start, -each.end


def _pieces(text: str, each: Stretch, taken: Sequence[Stretch], starts: Sequence[int]) -> Iterator[Stretch]:
    """What is left of a stretch beside those that are taken (apart, in order of `starts`), if it says anything."""
    at = each.start
    first = max(0, bisect_right(starts, each.start) - 1)
    for other in taken[first : bisect_left(starts, each.end)]:
        if other.end > at:
            yield from _telling(text, replace(each, start=at, end=min(other.start, each.end)))
            at = max(at, other.end)
    whole = at == each.start and each.by is not By.MODEL
    yield from [each] if whole else _telling(text, replace(each, start=at))


def _telling(text: str, each: Stretch) -> Iterator[Stretch]:
    """The stretch without signs and small words at its ends; nothing if no word is left."""
    words = [word for word in _WORDS.finditer(text, each.start, max(each.start, each.end)) if is_content(word.group())]
    if words:
        yield replace(each, start=words[0].start(), end=words[-1].end())


def _joined(found: Sequence[Stretch]) -> list[Stretch]:
    """Stretches in order, those that overlap made one, for the reason of the first."""
    merged: list[Stretch] = []
    for each in found:
        if merged and each.start < merged[-1].end:
            merged[-1] = replace(merged[-1], end=max(merged[-1].end, each.end))
        else:
            merged.append(each)
    return merged


def _whole(text: str, each: Stretch) -> Stretch:
    """The stretch with all of the words that it begins and ends in: half a word left is a hint."""
    start, end = each.start, each.end
    while start > 0 and _is_inside(text, start):
        start -= 1
    while end < len(text) and _is_inside(text, end):
        end += 1
    return replace(each, start=start, end=end)


def _is_inside(text: str, at: int) -> bool:
    """Whether a word goes on over this place."""
    return _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(letter: str) -> bool:
    """Whether a letter, figure or vowel sign belongs to a word."""
    return letter.isalnum() or letter == "_" or unicodedata.category(letter)[0] == "M"


def _recorded(text: str, view: Plain, stretches: Iterable[Stretch]) -> Redacted:
    found = []
    for each in stretches:
        start, end = view.span(each.start, each.end)
        found.append(Redaction(start, end, MASK_WORDS[each.reason], each.reason, each.by, each.who))
    return Redacted(text, tuple(found))

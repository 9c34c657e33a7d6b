"""From words to stretches: neighbours that are masked together, and the decision for all that say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.gate.redaction.features import TITLES
from leconfield.gate.redaction.model import By, Reason
from leconfield.gate.redaction.tagger import Limits, Word
from leconfield.intake.extraction.places import folded
from leconfield.registry.scripts import listed

MODEL: Final = "identifying words"
"""The name under which the taggers' finds are recorded."""
SMALL_WORDS: Final = frozenset(
    listed(
        "about above across after against along among around as at before behind below beneath beside between beyond "
        "by despite down during except for from in inside into near of off on onto out outside over past since "
        "through throughout to toward towards under until up upon via with within without a an the this that these "
        "those every each some any no all both and or but nor not s"
    )
)
"""Words that identify nobody by themselves."""
_UNSURE: Final = 0.2
_SURE: Final = 0.6
_JUST_SIGNS: Final = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the seen text that are masked together, and why."""

    start: int
    end: int
    reason: Reason
    by: By
    who: str


def is_content(word: str) -> bool:
    """Whether a word says something: no sign, no small word."""
    return word.lower() not in SMALL_WORDS and not _JUST_SIGNS.fullmatch(word)


def decided(text: str, words: Sequence[Word], limits: Limits) -> list[Stretch]:
    """The stretches that are masked: all that say the same, or none of them.

    Odds are weighed against words lost: what is said once and briefly is masked sooner than what fills the page.
    """
    groups: dict[str, list[list[Word]]] = {}
    for run in _runs(text, words, limits.floor):
        key = key_of(word.token.text for word in run)
        if key:
            groups.setdefault(key, []).append(run)
    return [_stretch(run) for runs in groups.values() if _outweighs(runs, limits) for run in runs]


def _runs(text: str, words: Sequence[Word], floor: float) -> list[list[Word]]:
    """Neighbouring words that are each at least as likely as the floor."""
    runs: list[list[Word]] = []
    end = -2
    for word in words:
        if word.chance <= floor:
            continue
        start = word.token.start
        beside = start - end <= 1 and "\n" not in text[end:start]
        if beside and (start == end or not _turns(runs[-1], word)):
            runs[-1].append(word)
        else:
            runs.append([word])
        end = word.token.end
    return runs


def _turns(run: Sequence[Word], word: Word) -> bool:
    """Whether another thing begins: the word is masked for another reason than those before it, or far more surely."""
    if not is_content(word.token.text):
        return False
    last = next((each for each in reversed(run) if is_content(each.token.text)), word)
    low, high = sorted((last.chance, word.chance))
    return last.reason is not word.reason or low < _UNSURE <= _SURE < high


def key_of(words: Iterable[str]) -> str:
    """What mentions of the same thing have in common: telling words without case, accents and titles."""
    return folded(" ".join(each for each in words if is_content(each) and each.lower() not in TITLES))


def _outweighs(runs: Sequence[list[Word]], limits: Limits) -> bool:
    """Whether the odds that these runs identify somebody are worth the words lost."""
    telling = [[word.chance for word in run if is_content(word.token.text)] for run in runs]
    count = sum(map(len, telling))
    mean = sum(sum(each) / len(each) for each in telling if each) / len(runs)
    kept = min(max(mean, 1e-5), 1 - 1e-5)
    cost: float = max(1, count) ** limits.cost
    return kept / (1 - kept) / cost > limits.odds


def _stretch(run: Sequence[Word]) -> Stretch:
    reasons = Counter[Reason]()
    for word in run:
        if is_content(word.token.text):
            reasons[word.reason] += 1
    return Stretch(run[0].token.start, run[-1].token.end, reasons.most_common(1)[0][0], By.MODEL, MODEL)

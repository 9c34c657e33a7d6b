"""What follows from a message and from decisions, by plain rules: which names are in a text, how somebody was known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from leconfield.desk.clocks import Due, due_by
from leconfield.desk.incidents.model import TO_DO, Action
from leconfield.ledger.times import Held, stamp
from leconfield.registry.scripts import fold, listed

LONGEST_NAME: Final = 6
"""Words of a name that are read together."""
ALONE: Final = 4
"""Words on a line of their own that are taken for a name as they stand."""
SOON: Final = timedelta(hours=1)
"""An action that is due within this is shown as coming: in an incident room, hours count."""
_LONGEST_INITIAL: Final = 2
"""Letters of an initial with its full stop."""
_SHOUTED: Final = 0.7
"""From this share of capitals on they say nothing: only names that the view knows are looked for."""
_WORD: Final = re.compile(r"[^\W\d_](?:[\w'’ʼ-]*\w)?\.?")
_PHONE: Final = re.compile(r"(?<![\w+])\+?\d(?:[ -]?\d){8,14}(?!\w)")
_PLATE: Final = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b")
_JOINING: Final = re.compile(r"[ \t]+|-")
_PARTICLES: Final = frozenset(
    listed("al el bin ibn bint von van der den ter de la las los del della di da do dos das y")
)
_TITLES: Final = frozenset(
    listed("mr mrs ms miss dr prof sir lord lady pc ds di dci sgt sergeant inspector constable captain col general")
)
_NO_NAMES: Final = frozenset(
    listed(
        "a an the this that these those he she it they we you i his her their our one two three four five six seven "
        "eight nine ten at in on by from to of for with and or but if when where who what how after before near behind "
        "no not yes name names called named known aka alias suspect suspects suspected witness witnesses victim "
        "victims attacker attackers driver male female man men woman women boy girl police officer officers control "
        "ambulance fire army update updated report reported reports caller call breaking news according sources source "
        "casualties casualty dead injured injuries explosion attack bomb shooting stabbing knife gun vehicle car van "
        "lorry white black blue red grey green aged born about approx unconfirmed confirmed possible possibly "
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december north south east west central id dob uk eu bbc pm am gmt utc also now "
        "please as who whom trace check all still being has have had was were is are been said says seen armed ran fled"
    )
)
"""Words that begin sentences and headlines; alone or at an edge they are no part of a name."""
_PLACES: Final = frozenset(
    listed(
        "street road lane avenue square station bridge park hospital airport terminal school college university market "
        "centre center hotel house court close drive way hill quay dock docks port town city county mosque church "
        "cathedral mall tower underground motorway junction services"
    )
)
"""Last words of what is a place and no person."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or number in a message: where it stands, in the message's own letters."""

    words: str
    start: int
    end: int


def key_of(name: str) -> str:
    """What two spellings of one name in messages have in common: letters without case, accents and runs of blanks."""
    return " ".join(fold(name).split())


def mentions_in(
    text: str, known: Iterable[tuple[int, int]] = (), is_name: Callable[[str], bool] | None = None
) -> tuple[Mention, ...]:
    """Names and numbers in a text, in their order: those that the view knows, then what is written like one.

    `known`: spans where registered names stand; `is_name`: whether every folded word is part of a name in the view.
    Where two overlap, a known one is kept, then the longer.
    """
    held = is_name or (lambda _: False)
    found = [(0, start, end) for start, end in known]
    found += [(1, *each.span()) for pattern in (_PHONE, _PLATE) for each in pattern.finditer(text)]
    found += [(2, start, end) for start, end in (*_alone(text), *_written_like_names(text, held))]
    kept: list[tuple[int, int]] = []
    for _, start, end in sorted(found, key=lambda each: (each[0], each[1] - each[2], each[1])):
        if all(end <= before or start >= after for before, after in kept):
            kept.append((start, end))
    return tuple(Mention(" ".join(text[start:end].split()), start, end) for start, end in sorted(kept))


def _alone(text: str) -> Iterable[tuple[int, int]]:
    """Short lines that are nothing but words: somebody has typed a name."""
    for line in re.finditer(r"[^\n]+", text):
        said = line[0].strip(" \t\r,;*•-")
        words = said.split()
        bare = [fold(each) for each in words]
        nothing_else = 1 < len(words) <= ALONE and all(map(_WORD.fullmatch, words)) and not said.endswith(".")
        if nothing_else and not set(bare) & (_NO_NAMES | _PLACES):
            start = line.start() + line[0].index(said)
            yield start, start + len(said)


def _written_like_names(text: str, is_name: Callable[[str], bool]) -> Iterable[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text):
        shouted = _is_shouted(line[0])
        for run in _runs(line[0], _shouted if shouted else lambda word: _may_belong(word, is_name)):
            kept = _trimmed(run)
            if kept and _is_name(kept, run, is_name, shouted=shouted):
                last = kept[-1]
                yield line.start() + kept[0].start(), line.start() + last.start() + len(last[0].rstrip("."))


def _is_name(
    kept: list[re.Match[str]], run: list[re.Match[str]], is_name: Callable[[str], bool], *, shouted: bool
) -> bool:
    """Whether words that stand together are a name: two or more, or one with a title or that is known as one."""
    bare = [each[0].rstrip(".") for each in kept]
    folded = [fold(each) for each in bare]
    if folded[-1] in _PLACES:
        return False
    if shouted:
        return any(is_name(each) for each in folded if len(each) > _LONGEST_INITIAL)
    if len(kept) > 1:
        return any(len(each) > 1 for each in bare)
    return len(bare[0]) > _LONGEST_INITIAL and (_titled(run[0]) or is_name(folded[0]))


def _shouted(word: str) -> bool:
    """Whether a word in capitals throughout may be part of a name."""
    return fold(word) not in _NO_NAMES | _PLACES


def _is_shouted(text: str) -> bool:
    cased = [each for each in text if each.isupper() or each.islower()]
    return bool(cased) and sum(each.isupper() for each in cased) >= _SHOUTED * len(cased)


def _may_belong(word: str, is_name: Callable[[str], bool]) -> bool:
    """Whether a word may be part of a name: it begins with a capital, or is known in a script without."""
    lead, _, rest = word.partition("-")
    first = rest[:1] if fold(lead) in _PARTICLES and rest else word[0]
    return first.isupper() or (first == first.upper() and is_name(fold(word)))


def _runs(text: str, belongs: Callable[[str], bool]) -> Iterable[list[re.Match[str]]]:
    """Words of a line that belong, with nothing but blanks between them; particles within a run stay in it."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        bare = word[0].rstrip(".")
        between = text[run[-1].end() : word.start()] if run else ""
        ended = bool(run) and run[-1][0].endswith(".") and len(run[-1][0]) > _LONGEST_INITIAL and not _titled(run[-1])
        if run and (ended or not _JOINING.fullmatch(between) or len(run) == LONGEST_NAME):
            yield run
            run = []
        if belongs(bare) or (run and fold(bare) in _PARTICLES):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _titled(word: re.Match[str]) -> bool:
    return fold(word[0].rstrip(".")) in _TITLES


def _trimmed(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """The run without words at its edges that are no part of a name."""
    kept = list(run)
    while kept and fold(kept[0][0].rstrip(".")) in _NO_NAMES | _TITLES:
        kept = kept[1:]
    while kept and fold(kept[-1][0].rstrip(".")) in _NO_NAMES | _PARTICLES:
        kept = kept[:-1]
    return kept


def due(action: Action, moment: str) -> Due:
    """How an action stands at the moment (a stamp; empty: not known, so not late)."""
    if action.state != TO_DO:
        return Due("done", action.state)
    return due_by(action.due, moment, soon=SOON, least=2)


def first_moment(struck: str) -> str:
    """The first moment (a stamp) of an attack's time (partial ISO, or a stamp): what was learnt earlier was before."""
    if not struck or struck.endswith("Z"):
        return struck
    earliest = Held.on(struck).earliest
    return stamp(earliest) if earliest else ""

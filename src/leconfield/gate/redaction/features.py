"""What the taggers of identifying words look at, beyond what every tagger of the house does.

Titles, runs of capitals, the section of a judgment or report, how often a word occurs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.intake.extraction.features import Builder, Features, Sight, capitalised, seen
from leconfield.intake.extraction.text import Sentence, sentences

TITLES: Final = frozenset(["mr", "mrs", "ms", "miss", "dr", "messrs", "prof"])
_JOINTS: Final = frozenset(["of", "the", "for"])
_AROUND_RUNS: Final = frozenset(["of", "the", "for", "and"])
_LONGEST_HEADING: Final = 120
_FEW_WORDS: Final = 8
_FIRST_SENTENCES: Final = 6
_NAMED_AFTER_TITLE: Final = 5
_NEAR: Final = 2
_FAR: Final = 6
_LONGEST_SENTENCE: Final = 400


@dataclass(frozen=True, slots=True)
class Scene:
    """A document cut into sentences, and what is known of it as a whole."""

    cut: list[Sentence]
    capitals: frozenset[str]
    titled: frozenset[str]
    """Words that follow a title somewhere."""
    counts: Counter[str]
    sections: list[str]
    """For each sentence the kind of section that it stands in."""


def scene(text: str) -> Scene:
    """The document, cut up; sentences of more than a few hundred words are cut as well."""
    cut = [piece for each in sentences(text) for piece in _pieces(each)]
    counts = Counter(token.text.lower() for each in cut for token in each)
    return Scene(cut, capitalised(cut), frozenset(_titled(cut)), counts, list(_sections(text, cut)))


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    for at in range(0, len(sentence), _LONGEST_SENTENCE):
        yield sentence[at : at + _LONGEST_SENTENCE]


def _titled(cut: Iterable[Sentence]) -> Iterator[str]:
    for sentence in cut:
        for i, token in enumerate(sentence):
            if token.text.lower() in TITLES:
                yield from _after_title(sentence[i + 1 : i + 1 + _NAMED_AFTER_TITLE])


def _after_title(following: Sentence) -> Iterator[str]:
    for token in following:
        if token.text[:1].isupper():
            if len(token.text) > _NEAR:
                yield token.text.lower()
        elif token.text != ".":
            return


def _sections(text: str, cut: Iterable[Sentence]) -> Iterator[str]:
    section = "start"
    for sentence in cut:
        section = _section(text[sentence[0].start : sentence[-1].end], len(sentence)) or section
        yield section


def _section(line: str, words: int) -> str:
    """The kind of section that a heading opens; empty if the line opens none."""
    raised = line.upper()
    if len(line) >= _LONGEST_HEADING or (line != raised and words >= _FEW_WORDS):
        return ""
    if "PROCEDURE" in raised:
        return "proc"
    if "CIRCUMSTANCES" in raised or "THE FACTS" in raised:
        return "facts"
    return "law" if "DOMESTIC LAW" in raised or "INTERNATIONAL" in raised or "RELEVANT" in raised else ""


class Rows:
    """Makes the features of a document's words; `keep`: those that the weights know (None: all)."""

    def __init__(self, keep: frozenset[str] | None = None) -> None:
        self._builder = Builder(True, keep)
        self._keep = keep

    def of(self, known: Scene) -> Iterator[list[Features]]:
        """For each sentence the features of each of its words."""
        for number, sentence in enumerate(known.cut):
            sight = seen(sentence, known.capitals)
            rows = self._builder.rows(sight)
            runs = list(_runs(sight))
            for i, row in enumerate(rows):
                made = _more(known, number, sight, i, runs[i])
                row.extend(made if self._keep is None else (each for each in made if each in self._keep))
            yield rows


def _more(known: Scene, number: int, sight: Sight, i: int, run: tuple[int, int] | None) -> Iterator[str]:
    lows, section = sight.lows, known.sections[number]
    low, word = lows[i], sight.words[i]
    outline = "X" if word[:1].isupper() else "d" if low[:1].isdigit() else "x"
    yield "sec=" + section
    yield f"sx={section}|{outline}"
    yield f"pos={min(9, 10 * number // len(known.cut))}"
    if number < _FIRST_SENTENCES:
        yield f"k={number}"
    if low in known.titled:
        yield "titled"
    yield f"cnt={min(4, known.counts[low].bit_length())}"
    yield from ("L:" + each for each in lows[max(0, i - _FAR) : max(0, i - _NEAR)])
    yield from ("R:" + each for each in lows[i + _NEAR + 1 : i + _FAR])
    if i + _NEAR < len(lows):
        yield f"t+={lows[i + 1]}|{lows[i + 2]}"
    if i >= _NEAR:
        yield f"t-={lows[i - 2]}|{lows[i - 1]}"
    if run:
        yield from _of_run(lows, i, *run, capital=outline == "X")


def _of_run(lows: Sequence[str], i: int, first: int, last: int, *, capital: bool) -> Iterator[str]:
    """The run of capitalised words that a word stands in: its ends, how far the last is, what stands around it."""
    yield "runstart=" + lows[first]
    yield "runend=" + lows[last]
    yield f"runlen={min(5, last - i)}"
    if first > 0:
        yield "runprev=" + lows[first - 1]
    if last + 1 < len(lows):
        yield "runnext=" + lows[last + 1]
    if capital:
        yield f"run2={lows[first]}|{lows[last]}"


def _runs(sight: Sight) -> Iterator[tuple[int, int] | None]:
    """For each word the run of capitalised words, joints such as "of" between them, that it stands in or beside."""
    capital = [word[:1].isupper() for word in sight.words]
    lows, count = sight.lows, len(sight.words)
    onward, back = list(range(count)), list(range(count))
    for i in range(count - 2, -1, -1):
        joined = lows[i + 1] in _JOINTS and i + 2 < count and capital[i + 2]
        onward[i] = onward[i + 1] if capital[i + 1] or joined else i
    for i in range(1, count):
        joined = lows[i - 1] in _JOINTS and i > 1 and capital[i - 2]
        back[i] = back[i - 1] if capital[i - 1] or joined else i
    for i in range(count):
        yield (back[i], onward[i]) if capital[i] or lows[i] in _AROUND_RUNS else None

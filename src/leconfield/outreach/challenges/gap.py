"""What a brief tells of what we cannot do: the sentences under "The gap", and the open cases that they touch.

Shown to those who approve a brief, each in his own view: nothing above him follows from it. The gate's own verdict,
which looks at everything, stands beside it and binds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.desk.investigations.model import Investigation
from leconfield.desk.investigations.state import having
from leconfield.gate.bundles.challenges import GAP, SECTIONS
from leconfield.gate.exposure.model import SentenceVerdict
from leconfield.gate.release import judging, service
from leconfield.gate.release.model import Release
from leconfield.ledger.view import View

_HEADING: Final = "## "


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a brief, how it stands, and which open cases rest on the same reports."""

    sentence: SentenceVerdict
    in_gap: bool
    """Whether it stands under "The gap": it tells what we cannot do."""
    touches: tuple[Investigation, ...]

    @property
    def words(self) -> str:
        """The sentence without the mark of a list."""
        return self.sentence.text.removeprefix("* ")


def told_by(view: View, release: Release, today: str) -> tuple[Told, ...]:
    """The sentences of a brief, as whoever looks may know what they rest on."""
    files = service.files_of(view, release)
    verdict = judging.own(view, release.content, files, release.aside, today, offering=False)
    start, end = gap_in(judging.words_of(release.content, files))
    said = (each for each in verdict.sentences if not each.text.startswith(_HEADING))
    return tuple(
        Told(each, start <= each.start < end, having(view, reports={one.passage.report for one in each.grounds}))
        for each in said
    )


def gap_of(view: View, release: Release) -> str:
    """What stands under "The gap" in a brief, as it is written; empty if nothing does."""
    words = judging.words_of(release.content, service.files_of(view, release))
    start, end = gap_in(words)
    return words[start:end].strip()


def gap_in(words: str) -> tuple[int, int]:
    """From where to where "The gap" goes in the words of a brief; nowhere if it has none."""
    head = f"{_HEADING}{SECTIONS[GAP]}\n"
    at = words.find(head)
    if at < 0:
        return (0, 0)
    start = at + len(head)
    end = words.find(f"\n{_HEADING}", start)
    return (start, len(words) if end < 0 else end)

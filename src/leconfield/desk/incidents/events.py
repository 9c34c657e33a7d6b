"""One line of a chronology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REPORT: Final = "report"
DECISION: Final = "decision"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that we learnt, or that somebody decided."""

    learnt: str
    """When we learnt it, or when it was decided (a stamp)."""
    true: str
    """When what it says was true (partial ISO); empty: not known, or the same moment."""
    kind: str
    """`report` or `decision`."""
    what: str
    """The report's title; what was decided, in our words."""
    who: str
    """The source; who decided."""
    words: str = ""
    """The sentence; the reason in his own words."""
    details: tuple[str, ...] = ()
    """What a report says, property by property."""
    report: str = ""
    """The id of the report, of an event that is one."""
    url: str = ""
    label: str = ""
    grade: str = ""
    about: str = ""
    """The name of the subject, where there are several."""

    @property
    def key(self) -> str:
        """What makes it one event where several subjects share it."""
        return f"{self.kind}\n{self.learnt}\n{self.who}\n{self.report}\n{self.what}\n{self.words}\n{self.url}"

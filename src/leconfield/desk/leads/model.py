"""What triage knows: items that wait, decisions on them, and leads with their RCAP scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.desk.suggestions import Reason, Suggestion
from leconfield.ledger.model import ReportId, StatementId, SubjectId

TRIAGED: Final = "triaged"
UNDONE: Final = "triage undone"
TRACED: Final = "traced"
OPENED: Final = "lead opened"
WIDENED: Final = "lead widened"
SCORED: Final = "lead scored"
TAKEN: Final = "lead taken"
STEP_SET: Final = "lead step set"
CLOSED: Final = "lead closed"
REOPENED: Final = "lead reopened"
HANDED: Final = "lead made an investigation"
OF_LEADS: Final = frozenset({WIDENED, SCORED, TAKEN, STEP_SET, CLOSED, REOPENED, HANDED})
"""Entries about a lead that has been opened."""
OURS: Final = OF_LEADS | {TRIAGED, UNDONE, TRACED, OPENED}

REJECT: Final = "reject"
TRACE: Final = "trace"
LEAD: Final = "lead"
ONWARD: Final = "pass"
DECISIONS: Final = {REJECT: "rejected", TRACE: "traced", LEAD: "made a lead", ONWARD: "passed on"}
"""What can be decided on an item, and what it is then called."""

IS_OPEN: Final = "open"
IN_TRIAGE: Final = "in triage"
IS_REOPENED: Final = "re-opened"
INVESTIGATED: Final = "investigation"
IS_CLOSED: Final = "closed"
STANDING: Final = frozenset({IS_OPEN, IN_TRIAGE, IS_REOPENED})
"""States in which a lead still waits for somebody."""

REPORT_ITEM: Final = "report"
MOST_POINTS: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that RCAP asks for."""

    id: str
    group: str
    """Risk, Credibility, Actionability or Proportionality."""
    name: str
    question: str
    least: str
    """What 0 means."""
    most: str
    """What 4 means."""


PARTS: Final = {
    each.id: each
    for each in (
        Part("impact", "Risk", "Impact", "How much harm would be done if it happened?", "none", "many lives"),
        Part("likelihood", "Risk", "Likelihood", "How likely is it to happen?", "hardly thinkable", "almost certain"),
        Part(
            "vulnerabilities",
            "Risk",
            "Vulnerabilities",
            "How open is what it is aimed at, and how open to being led are those who would do it?",
            "well guarded",
            "wide open",
        ),
        Part("imminence", "Risk", "Imminence", "How soon?", "no sign of a time", "hours or days"),
        Part("origin", "Credibility", "Origin", "Who says so, and how could he know?", "cannot know", "saw it himself"),
        Part(
            "content",
            "Credibility",
            "Content",
            "Is it exact, of one piece, and possible?",
            "vague or impossible",
            "exact, and fits what is known",
        ),
        Part(
            "intent",
            "Credibility",
            "Intent and capability",
            "Do they mean it, and could they do it?",
            "neither",
            "both, and shown by what they do",
        ),
        Part(
            "corroboration",
            "Credibility",
            "Corroboration",
            "Do others say so who have it from elsewhere; what do traces say?",
            "contradicted",
            "borne out by independent origins",
        ),
        Part(
            "actionability",
            "Actionability",
            "Next steps",
            "Are there specific next steps?",
            "nothing to be done",
            "a step, a name and a day",
        ),
        Part(
            "proportionality",
            "Proportionality",
            "Necessary, lawful, worth it",
            "Is it ours to follow, is it lawful, is it worth what it takes and intrudes?",
            "no",
            "plainly",
        ),
    )
}
"""The parts of RCAP (domain: the daily loop), in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named officer decided on an item, and why."""

    id: str
    at: str
    by: str
    label: str
    item: str
    title: str
    decision: str
    reason: str
    reports: tuple[ReportId, ...]
    """The reports of the fold as they were shown to him; none for a suggestion."""
    suggestion: str
    """The suggestion's id; empty: it was an item of reports."""
    lead: str
    to: str
    """To whom it was passed."""
    investigation: str
    """The id of the investigation that it was passed to; empty: it went to a team by its name, or nowhere."""

    @property
    def targets(self) -> tuple[str, ...]:
        """What it decides on: each report of the fold, or the suggestion."""
        return (self.suggestion,) if self.suggestion else self.reports


@dataclass(frozen=True, slots=True)
class Score:
    """How an officer scores one part of RCAP, and on what."""

    part: str
    points: int
    """From 0 to 4."""
    reason: str
    supports: tuple[StatementId, ...]
    contradicts: tuple[StatementId, ...]
    by: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done next on a lead."""

    words: str
    due: str
    """A stamp or partial date; empty: no time was set."""
    by: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Something that may be a threat and is not yet part of an investigation."""

    id: str
    title: str
    at: str
    by: str
    label: str
    reason: str
    reports: tuple[ReportId, ...]
    subjects: tuple[SubjectId, ...]
    """Ids of records; the subject is whatever they belong to in the view."""
    suggestion: str
    state: str
    owner: str
    step: Step | None
    scores: tuple[Score, ...]
    """Every score ever given, in order; the last of each part counts."""
    investigation: str
    """The id of the investigation that it became, or became part of; empty: none."""
    closing: str
    """Why it was closed; empty while it is not."""
    touched: str
    """When anything was last done on it (a stamp)."""

    @property
    def standing(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in STANDING

    def score_of(self, part: str) -> Score | None:
        """The score that counts."""
        return next((each for each in reversed(self.scores) if each.part == part), None)


@dataclass(frozen=True, slots=True)
class Changed:
    """Why something that was decided waits again."""

    decision: Decision
    statements: tuple[StatementId, ...]
    """What was learnt of its reports since."""
    reports: tuple[ReportId, ...]
    """What has joined the fold since."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something on which nobody has decided: reports folded into one, or a suggestion."""

    id: str
    kind: str
    """`report`, or what raised the suggestion."""
    title: str
    reports: tuple[ReportId, ...]
    """The oldest first."""
    subjects: tuple[SubjectId, ...]
    came: str
    """Since when it waits (a stamp)."""
    label: str
    """What one must hold to know all of it."""
    sources: tuple[str, ...]
    origins: int
    """Independent origins: several reports of one origin count once."""
    whose: str
    """Who filed it, whose watch raised it, or who decided on it before."""
    reasons: tuple[Reason, ...]
    suggestion: Suggestion | None = None
    changed: Changed | None = None

    @property
    def bits(self) -> float:
        """How grave it looks: all reasons together."""
        return sum(each.bits for each in self.reasons)

"""What is kept of an investigation: acts by named officers, each under its own label, and what is folded from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.ledger.model import Entry, EntryId

OPENED: Final = "investigation opened"
CLOSED: Final = "investigation closed"
REOPENED: Final = "investigation re-opened"
PRIORITISED: Final = "investigation prioritised"
REVIEWED: Final = "priority reviewed"
STAFFED: Final = "investigation staffed"
LINKED: Final = "investigation linked"
UNLINKED: Final = "investigation unlinked"
SUPPOSED: Final = "hypothesis put"
DROPPED: Final = "hypothesis dropped"
BROUGHT: Final = "evidence put"
WITHDRAWN: Final = "evidence withdrawn"
WEIGHED: Final = "evidence weighed"
TASKED: Final = "action set"
ACTED: Final = "action changed"
DECIDED: Final = "decision taken"
NOTED: Final = "investigation noted"
KINDS: Final = frozenset(
    {
        OPENED,
        CLOSED,
        REOPENED,
        PRIORITISED,
        REVIEWED,
        STAFFED,
        LINKED,
        UNLINKED,
        SUPPOSED,
        DROPPED,
        BROUGHT,
        WITHDRAWN,
        WEIGHED,
        TASKED,
        ACTED,
        DECIDED,
        NOTED,
    }
)
"""Kinds of entries; each is about an investigation."""

OPEN: Final = "open"
SHUT: Final = "closed"

PRIORITIES: Final[dict[str, str]] = {
    "P1": "credible and actionable attack planning",
    "P2": "high or medium risk: travel, training, large sums",
    "P3": "not corroborated, or of low risk",
    "P4": "was serious, may re-engage",
}
"""Priority to what it means (ISC, "The 2017 attacks", 2018); P1 is the gravest."""
NO_PRIORITY: Final = ""

SUBJECT: Final = "subject"
REPORT: Final = "report"
LEAD: Final = "lead"
CHART: Final = "chart"
LINKABLE: Final[dict[str, str]] = {SUBJECT: "subject", REPORT: "report", LEAD: "lead", CHART: "chart"}
"""What an investigation can be linked with."""

CONSISTENT: Final = "consistent"
INCONSISTENT: Final = "inconsistent"
NEUTRAL: Final = "neutral"
NOT_APPLICABLE: Final = "not applicable"
MARKS: Final[dict[str, str]] = {
    CONSISTENT: "one would expect it if this were so",
    INCONSISTENT: "it would be strange if this were so",
    NEUTRAL: "as likely whether or not this is so",
    NOT_APPLICABLE: "says nothing about it",
}
"""How evidence can bear on a hypothesis, and what that means (Heuer, "Psychology of Intelligence Analysis", ch. 8)."""

TO_DO: Final = "to do"
DONE: Final = "done"
GIVEN_UP: Final = "given up"
ACTION_STATES: Final = (TO_DO, DONE, GIVEN_UP)

AGREED: Final = "agreed"
DISAGREED: Final = "disagreed"
VERDICTS: Final = (AGREED, DISAGREED)


@dataclass(frozen=True, slots=True)
class Priority:
    """How urgent somebody holds it to be, why, and what a second officer says of that."""

    id: EntryId
    level: str
    reason: str
    by: str
    at: str
    label: str
    reviewer: str
    """Who is asked to look at it."""
    reviewed_by: str = ""
    verdict: str = ""
    """`agreed`, `disagreed`, or empty: nobody has looked yet."""
    review: str = ""
    """The reviewer's reason."""
    reviewed_at: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that belongs to the investigation; under a label of its own."""

    id: EntryId
    kind: str
    target: str
    """The id of a record, report or lead; of a chart its address."""
    title: str
    """What a chart is called; empty for the rest, which have names of their own."""
    reason: str
    by: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One of several things that may be so."""

    id: EntryId
    words: str
    by: str
    at: str
    label: str
    dropped: str = ""
    """Why it is held no longer; empty: it is."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that is said or missing, held against every hypothesis."""

    id: EntryId
    words: str
    report: str
    """The id of the report that it rests on; empty: an observation or an absence."""
    by: str
    at: str
    label: str
    withdrawn: str = ""
    """Why it counts no longer; empty: it does."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """How somebody holds a piece of evidence to bear on a hypothesis, and why: one cell of the matrix."""

    id: EntryId
    evidence: str
    hypothesis: str
    mark: str
    reason: str
    by: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done, by whom and by when."""

    id: EntryId
    words: str
    owner: str
    due: str
    """The last day or minute on which it is in time (partial ISO)."""
    state: str
    by: str
    at: str
    label: str
    outcome: str = ""
    """What was said when it was last changed."""
    changed: str = ""
    """When that was."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, why, by whom, and on what it rests."""

    id: EntryId
    what: str
    why: str
    rests: tuple[str, ...]
    """Ids of reports."""
    by: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down."""

    id: EntryId
    words: str
    by: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Investigation:
    """A case: what it is about, who works on it, what they think, do and decide; the oldest of each first."""

    id: str
    title: str
    reason: str
    by: str
    at: str
    label: str
    """Who needs to know of it at all; everything in it bears this and more."""
    state: str = OPEN
    lead: str = ""
    """The lead officer's name."""
    team: tuple[str, ...] = ()
    closing: str = ""
    """Why it was closed; empty while it is open."""
    priorities: tuple[Priority, ...] = ()
    links: tuple[Link, ...] = ()
    """Those that stand."""
    hypotheses: tuple[Hypothesis, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    actions: tuple[Action, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: tuple[Note, ...] = ()
    timeline: tuple[Entry, ...] = ()
    """Everything that was done on it."""

    @property
    def closed(self) -> bool:
        """Whether nobody works on it."""
        return self.state == SHUT

    @property
    def priority(self) -> str:
        """The level that stands; empty: none was set."""
        return self.priorities[-1].level if self.priorities else NO_PRIORITY

    @property
    def rank(self) -> str:
        """What it is ordered by: those without a priority come last."""
        return self.priority or "P9"

    @property
    def touched(self) -> str:
        """When anything was last done on it (a stamp)."""
        return self.timeline[-1].at if self.timeline else self.at

    @property
    def held(self) -> tuple[Hypothesis, ...]:
        """Hypotheses that have not been dropped."""
        return tuple(each for each in self.hypotheses if not each.dropped)

    @property
    def counting(self) -> tuple[Evidence, ...]:
        """Evidence that has not been withdrawn."""
        return tuple(each for each in self.evidence if not each.withdrawn)

    def linked(self, kind: str) -> tuple[Link, ...]:
        """What of that kind belongs to it."""
        return tuple(each for each in self.links if each.kind == kind)

"""What is kept of an authority: applications, decisions, reviews, renewals, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from leconfield.ledger.model import EntryId


class State(StrEnum):
    """How an authority stands by its entries; what the clock makes of it is told by `rules.standing`."""

    APPLIED = "applied"
    """Somebody asks; nobody has decided."""
    AWAITING = "awaiting approval"
    """Granted by the first lock; nothing may be done before the second."""
    GRANTED = "granted"
    RENEWING = "renewal awaiting approval"
    """Live until its end as before; renewed by the first lock, which gives nothing before the second."""
    URGENT = "urgent"
    """Granted by word of mouth; the reasons in writing are due, and the second lock's where there is one."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What somebody does on an authority: kinds of entries."""

    APPLY = "authority applied"
    GRANT = "authority granted"
    REFUSE = "authority refused"
    WITHDRAW = "authority withdrawn"
    APPROVE = "authority approved"
    """The second lock."""
    DISAPPROVE = "authority disapproved"
    GRANT_BY_WORD = "authority granted by word of mouth"
    WRITE_UP = "authority written up"
    REVIEW = "authority reviewed"
    RENEW = "authority renewed"
    CANCEL = "authority cancelled"


AUTHORITY: Final = "authority"
"""The key of an entry's body that names the application which it belongs to."""
KIND: Final = "kind"
PARTICULARS: Final[dict[str, str]] = {
    "ground": "the ground of necessity",
    "necessity": "why it is necessary on that ground",
    "proportionality": "why it is proportionate: what else was tried or would not do",
    "purpose": "what it is for",
    "conduct": "what is to be done, where and by what means",
    "collateral": "who else will be intruded on, and how that is kept small",
    "confidential": "confidential material that is likely: legal, medical, journalistic, of a member of parliament",
}
"""What every application says, by the key of its entry's body; in words, `ground` from the profile."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One step, as its entry tells it."""

    entry: EntryId
    step: Step
    at: str
    by: str
    label: str
    reason: str = ""
    conditions: str = ""
    until: str = ""
    """When what this step gives ends (a stamp)."""
    review: str = ""
    """When somebody looks again, at the latest (a stamp)."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An application and all that was decided on it."""

    id: EntryId
    """The entry of the application."""
    kind: str
    """Of the profile: `directed-surveillance`."""
    about: str
    """What it is about: the id of a subject, an operation, an agent."""
    label: str
    """The label of every entry of it."""
    applicant: str
    particulars: dict[str, str]
    deeds: tuple[Deed, ...]
    """The oldest first; the first is the application."""
    state: State = State.APPLIED
    rests_on: str = ""
    """The authority without which this one gives nothing: empty if none."""
    until: str = ""
    """When it ends (a stamp); empty before it is granted."""
    review: str = ""
    """When a review is due at the latest (a stamp)."""
    conditions: tuple[str, ...] = ()
    owed: frozenset[Step] = field(default=frozenset())
    """What an urgent authority still lacks: its reasons in writing, the second lock."""
    owed_by: str = ""
    """When that is due, or it ends (a stamp)."""

    def did(self, *steps: Step) -> set[str]:
        """Who took any of these steps."""
        return {each.by for each in self.deeds if each.step in steps}

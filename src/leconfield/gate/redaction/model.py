"""What a redaction is: where, with which words in its place, for which reason, by whom. Offsets are characters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Mode(StrEnum):
    """What is worse: a particular that gets out, or a reader who no longer understands."""

    PROTECT = "protect"
    """Recall first: somebody could be harmed by what is left."""
    PUBLISH = "publish"
    """Precision first: the reader should understand; whoever releases it reads it once more."""


class Reason(StrEnum):
    """The named list of reason codes: why words are masked."""

    PERSON = "person"
    """Somebody's name, initials or alias."""
    NUMBER = "number"
    """A number that a register leads back to somebody: a case, a passport, a file, a plot of land."""
    CONTACT = "contact"
    """A telephone number, an e-mail or web address, a handle."""
    ACCOUNT = "account"
    VEHICLE = "vehicle"
    """A registration plate."""
    PLACE = "place"
    ORGANISATION = "organisation"
    DATE = "date"
    """A date, a duration or an age."""
    BACKGROUND = "background"
    """Origin, belief, health, work, family."""
    AMOUNT = "amount"
    """Money, a share, a count."""
    PARTICULAR = "particular"
    """Another circumstance that few share."""
    ORDERED = "ordered"
    """A person asked for it."""


class By(StrEnum):
    """Who or what found it."""

    MODEL = "model"
    PATTERN = "pattern"
    PERSON = "person"


MASK_WORDS: Final = {
    Reason.PERSON: "[name]",
    Reason.NUMBER: "[number]",
    Reason.CONTACT: "[contact]",
    Reason.ACCOUNT: "[account]",
    Reason.VEHICLE: "[vehicle]",
    Reason.PLACE: "[place]",
    Reason.ORGANISATION: "[organisation]",
    Reason.DATE: "[date]",
    Reason.BACKGROUND: "[background]",
    Reason.AMOUNT: "[amount]",
    Reason.PARTICULAR: "[particular]",
    Reason.ORDERED: "[removed]",
}
"""What stands in the place of masked words. Never numbered: how often one person is meant tells who he is."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """One masked stretch, `text[start:end]`. The record never holds what was there."""

    start: int
    end: int
    words: str
    """What stands there instead."""
    reason: Reason
    by: By
    who: str
    """The model's or pattern's name; the person's, as colleagues know him."""


@dataclass(frozen=True, slots=True)
class Order:
    """A person's word: mask these words wherever they stand, or leave them."""

    words: str
    who: str
    mask: bool = True
    """False: leave them, whatever model and patterns say."""
    reason: Reason = Reason.ORDERED


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text with its redactions in order, none overlapping another."""

    original: str
    redactions: tuple[Redaction, ...]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of each redaction."""
        return [(each.start, each.end) for each in self.redactions]

    @property
    def text(self) -> str:
        """The text as it may leave: mask words in their places."""
        pieces, at = [], 0
        for each in self.redactions:
            pieces += [self.original[at : each.start], each.words]
            at = each.end
        return "".join([*pieces, self.original[at:]])

    @property
    def masked(self) -> list[str]:
        """The words that were masked; for inspection, never for a record."""
        return [self.original[each.start : each.end] for each in self.redactions]

"""Does on a desk what the officers of a case did, by the acts of the desk's own parts and at the story's moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from leconfield.demo import acts
from leconfield.demo.acts import DemoAct
from leconfield.desk.interest import model, service
from leconfield.ledger.audit import Read, parse_leaf
from leconfield.ledger.desk import Clock, Desk
from leconfield.ledger.model import Question, Reader, ReportId, SubjectId
from leconfield.ledger.times import stamp

ENTRIES: Final[Mapping[str, str]] = {
    acts.OPEN: model.OPENED,
    acts.CLOSE: model.CLOSED,
    acts.REVIEW: model.REVIEWED,
}
"""The kind of entry that each kind of act leaves."""


class StoryClock:
    """A clock that stands at a moment of the story while one is set, and goes on as the desk's own otherwise."""

    def __init__(self, own: Clock) -> None:
        self.moment: datetime | None = None
        self._own = own

    def __call__(self) -> datetime:
        """Tell the moment, in UTC."""
        return self.moment or self._own()


@contextmanager
def story(desk: Desk) -> Iterator[None]:
    """Give the desk, and whatever of it is opened within, one clock for all moments of the story."""
    before, desk.clock = desk.clock, StoryClock(desk.clock)
    try:
        yield
    finally:
        desk.clock = before


@contextmanager
def at_moment(desk: Desk, moment: datetime) -> Iterator[None]:
    """Let the desk's clock stand at a moment of the story: acts and reads within bear it."""
    before = desk.clock
    clock = before if isinstance(before, StoryClock) else StoryClock(before)
    earlier, clock.moment, desk.clock = clock.moment, moment, clock
    try:
        yield
    finally:
        clock.moment, desk.clock = earlier, before


def read_once(desk: Desk, by: Reader, report: ReportId) -> None:
    """Open the report as its page does, unless the audit has it that he did so at this very moment."""
    wanted = Read.of(stamp(desk.clock()), by.name, "report", report)
    if not any(_is(leaf, wanted) for leaf in desk.leaves()):
        desk.view(by, asking=Question("report", report))


def _is(leaf: bytes, wanted: Read) -> bool:
    """Whether the leaf of the audit is that read; most are told apart by the id alone."""
    return wanted.about.encode() in leaf and parse_leaf(leaf) == wanted


def decide_once(desk: Desk, by: Reader, record: SubjectId, act: DemoAct) -> None:
    """Decide on a subject of interest as the officer did, unless his decision of this very moment stands.

    Raises:
        RefusedError, BadInputError: if the desk does not take the decision, as of any officer.
    """
    view = desk.view(by, asking=Question("profile", record))
    wrote = act.wrote
    decision = (stamp(desk.clock()), by.name, wrote["reason"].strip())
    if decision in ((each.at, each.by, each.body.get("reason")) for each in view.entries(kind=ENTRIES[act.kind])):
        return
    if act.kind == acts.OPEN:
        service.open_subject(
            desk,
            view,
            record,
            tier=wrote["tier"],
            reason=wrote["reason"],
            review=wrote["review"],
            label=wrote["label"],
        )
    elif act.kind == acts.CLOSE:
        service.close(
            desk,
            view,
            record,
            reason=wrote["reason"],
            risk=wrote["risk"],
            residual=wrote["residual"],
            review=wrote["review"],
        )
    else:
        service.review(desk, view, record, outcome=wrote["reason"], review=wrote["review"])

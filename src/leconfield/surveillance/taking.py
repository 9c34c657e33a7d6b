"""Lines and pictures that devices send: each kept once, as it was sealed, and put on record before it is."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from leconfield.authority.model import AUTHORITY
from leconfield.authority.register import act_under
from leconfield.errors import BadInputError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import any_of
from leconfield.ledger.model import EntryId, Question
from leconfield.ledger.oversight import TOKEN as OVERSIGHT
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.surveillance import rules
from leconfield.surveillance.keeping import keep_shortly
from leconfield.surveillance.lines import text_of, unfit, unfit_time, without_words
from leconfield.surveillance.model import FIRST, LOGGED, OPERATION, WATCH, Line, Operation, Says, Written
from leconfield.surveillance.service import found
from leconfield.surveillance.standing import Then
from leconfield.surveillance.state import AHEAD, KEPT, LINE

MOST_LINES: Final = 500
"""Lines that a device sends at once."""
WITHOUT: Final = "observed without authority"
"""The kind of the entry that tells oversight of a line for which no authority was live."""
ON_RECORD: Final = "observation log, sealed"
"""What the audit log says was asked: whether the lines up to a seal stand. So the seal is in it before the lines."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the lines that were sent."""

    kept: int
    held_already: int
    without_authority: int
    faults: dict[str, str] = field(default_factory=dict)
    """By device: why its next line was not kept; those after it were not, either."""
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By each device that sent: the number of its last line that stands, and that line's seal."""

    @property
    def fault(self) -> str:
        """The first of the faults; empty: all lines are held."""
        return next(iter(self.faults.values()), "")


def take(desk: Desk, view: View, which: str, lines: Sequence[Written], *, clock: str = "") -> Taken:
    """Keep the lines that devices send, each device's in its order: once, however often they are sent; all at once.

    What was seen is never thrown away for want of a paper: a line for whose time no authority is live is kept, marked,
    and told to oversight. Lines that a device wrote before the operation was closed are kept after it, too. `clock`:
    what the device's clock shows as it sends (a stamp); one that is off is noted, and its lines are read by ours.

    Raises:
        NotFoundError: if the view has no such operation.
        BadInputError: if there are too many at once, or the clock shows no time.
    """
    refuse_the_past(view)
    if len(lines) > MOST_LINES:
        raise BadInputError(f"{len(lines):,} lines at once are too many; send {MOST_LINES} at a time")
    if clock and (fault := unfit_time(clock, "the device")):
        raise BadInputError(fault)
    now = desk.clock()
    desk.vault.perish()
    taking = _Taking(desk, view, found(view, which), stamp(now), clock)
    for line in lines:
        taking.add(line)
    if taking.drafts:
        for device in taking.kept_of:
            number, seal = taking.operation.heads[device]
            words = f"{taking.operation.id} {device} {number} {seal}"
            desk.view(view.reader, asking=Question(ON_RECORD, words))
        desk.append(view.reader, taking.drafts, at=now)
    return taking.taken(lines)


class _Taking:
    """Lines being taken, one on another; nothing is in the ledger yet."""

    def __init__(self, desk: Desk, view: View, operation: Operation, moment: str, clock: str) -> None:
        self.operation = operation
        self.drafts: list[Draft] = []
        self.kept_of: dict[str, int] = {}
        self._desk = desk
        self._moment = moment
        self._ahead = rules.ahead(clock, moment)
        self._then = Then(view, operation.id)
        self._stand = {(each.written.device, each.written.number): each.written.seal for each in operation.lines}
        self._held = self._loose = 0
        self._faults: dict[str, str] = {}

    def add(self, line: Written) -> None:
        """Keep a line, know it again, or note why neither."""
        if line.device in self._faults:
            return
        if self._stand.get((line.device, line.number)) == line.seal and rules.fits(line):
            self._held += 1
            return
        if fault := self._fault(line):
            self._faults[line.device] = fault
            return
        self._keep(line)

    def _fault(self, line: Written) -> str:
        if line.by not in self.operation.signs:
            return f"line {line.number}: {line.by[:40]} is nobody's call sign in this operation; staff it first"
        if self.operation.closed and rules.when(line.at, self._ahead, self._moment) > self.operation.closed:
            return f"line {line.number}: the operation was closed before this was written"
        return rules.fault_of(self.operation, line)

    def _keep(self, line: Written) -> None:
        written = without_words(line) if line.collateral else line
        stands = Line(EntryId(""), self._moment, "", written, ahead=self._ahead)
        body = {OPERATION: self.operation.id, LINE: text_of(written)}
        if self._ahead:
            body[AHEAD] = str(self._ahead)
        if line.collateral and (kept := keep_shortly(self._desk, _words(line), rules.kept_until(stands))):
            body[KEPT] = kept
        key = (self.operation.id, line.device, str(line.number), line.seal)
        given = self._then.live(rules.when_of(stands))
        if given is not None:
            body[AUTHORITY] = given.id
            told = replace(act_under(given.id, self.operation.label, WATCH), key=key)
        else:
            self._loose += 1
            label = any_of((self.operation.label, OVERSIGHT))
            told = Draft(WITHOUT, label, about=self.operation.id, body={"at": rules.when_of(stands)}, key=key)
        self.drafts += [Draft(LOGGED, self.operation.label, about=self.operation.about, body=body, key=key), told]
        self.operation = rules.after(self.operation, stands)
        self.kept_of[line.device] = self.kept_of.get(line.device, 0) + 1

    def taken(self, lines: Sequence[Written]) -> Taken:
        """What became of them."""
        heads = {
            each.device: self.operation.heads[each.device] for each in lines if each.device in self.operation.heads
        }
        return Taken(sum(self.kept_of.values()), self._held, self._loose, self._faults, heads)


def _words(line: Written) -> Says:
    assert line.says is not None, "what a device sends has its words"
    return line.says


def write(desk: Desk, view: View, which: str, *, by: str, says: Says, collateral: bool) -> Taken:
    """Write a line at the desk itself, at this moment: the desk is its device, one for each officer.

    Raises:
        NotFoundError: if the view has no such operation.
        BadInputError: if it is not fit to be kept.
    """
    operation = found(view, which)
    device = desk.ids.of("device", which, view.reader.name)
    number, head = operation.heads.get(device, (0, FIRST))
    at = stamp(desk.clock())
    # What is to be destroyed is salted by chance, so that the desk itself cannot try out afterwards what it said.
    salt = secrets.token_hex(16) if collateral else desk.ids.of("salt", which, device, str(number), at, says.seen)
    salted = replace(says, salt=salt)
    line = rules.sealed(Written(operation.id, device, number + 1, at, by, salted, collateral, head))
    if fault := unfit(line, salted):
        raise BadInputError(fault)
    return take(desk, view, which, [line])

"""Tips of a view, folded from its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from leconfield.errors import NotFoundError
from leconfield.ledger.model import Entry, EntryId, ReportId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.tips.model import (
    ANSWERED,
    ASKED,
    ATTACHED,
    CONTACT,
    COUNTED,
    DECIDED,
    IN_LEDGER,
    TAKEN,
    THANKED,
    Answer,
    Attached,
    Decision,
    Tip,
    Verdict,
)
from leconfield.outreach.tips.rules import Figures


@dataclass(frozen=True, slots=True)
class Counted:
    """What is told of a quarter: the figures as they stood when the words on them were drafted."""

    release: EntryId
    """Which holds the words."""
    figures: Figures


class Tips(Folded):
    """Every tip of a world, in the order in which they came, and the quarters that were counted (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[str, Tip] = {}
        self.by_place: dict[str, str] = {}
        """The tip of a mailbox."""
        self.by_report: dict[str, str] = {}
        """The tip that a report, or an attached one, or an answer, belongs to."""
        self.counted: dict[str, Counted] = {}
        """By quarter: what is told of it. The first that was drafted counts."""

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == TAKEN and each.about not in self.by_id:
                self._begin(each)
            elif each.kind == COUNTED:
                self.counted.setdefault(each.about, counted_in(each))
            elif each.kind in _CHANGES and each.about in self.by_id:
                self.by_id[each.about] = _CHANGES[each.kind](self.by_id[each.about], each)
                if report := each.body.get("report", ""):
                    self.by_report.setdefault(report, each.about)

    def _begin(self, entry: Entry) -> None:
        tip = begun(entry)
        self.by_id[tip.id] = tip
        self.by_report.setdefault(tip.report, tip.id)
        if tip.place:
            self.by_place.setdefault(tip.place, tip.id)


def counted_in(entry: Entry) -> Counted:
    """What an entry says that is told of a quarter."""
    received, read, used = (int(entry.body.get(name, "0")) for name in ("received", "read", "used"))
    return Counted(EntryId(entry.body.get("release", "")), Figures(received, read, used))


def begun(entry: Entry) -> Tip:
    """The tip that an entry took in."""

    def told(name: str) -> str:
        return entry.body.get(name, "")

    return Tip(
        id=entry.about,
        report=ReportId(told("report")),
        label=entry.label,
        source=told("source"),
        title=told("title"),
        day=told("day"),
        place=told("place"),
        mailbox=told("mailbox"),
        others=told("others"),
        others_words=told("others_words"),
        how=told("how"),
        sure=told("sure"),
        words=told("words"),
        language=told("language"),
        contact=told("contact"),
    )


def _attached(tip: Tip, entry: Entry) -> Tip:
    told = {name: entry.body.get(name, "") for name in ("name", "outcome", "report", "reason")}
    return replace(tip, files=(*tip.files, Attached(**told)))


def _contact(tip: Tip, entry: Entry) -> Tip:
    return replace(tip, contact=IN_LEDGER, reach=entry.body.get("contact", ""))


def _decided(tip: Tip, entry: Entry) -> Tip:
    verdict = Verdict(entry.body.get("verdict", Verdict.NOTHING))
    return replace(tip, decision=Decision(verdict, entry.body.get("reason", ""), entry.by, entry.at))


def _asked(tip: Tip, entry: Entry) -> Tip:
    return replace(tip, asked=entry.body.get("words", ""), asked_at=entry.at)


def _thanked(tip: Tip, entry: Entry) -> Tip:
    return replace(tip, thanked=entry.at)


def _answered(tip: Tip, entry: Entry) -> Tip:
    return replace(tip, answers=(*tip.answers, Answer(ReportId(entry.body.get("report", "")), entry.at)))


_CHANGES: Final[Mapping[str, Callable[[Tip, Entry], Tip]]] = {
    ATTACHED: _attached,
    CONTACT: _contact,
    DECIDED: _decided,
    ASKED: _asked,
    THANKED: _thanked,
    ANSWERED: _answered,
}


def all_tips(view: View) -> tuple[Tip, ...]:
    """Every tip of the view: those that wait first, answered ones before others; of each the newest first."""
    found = sorted(view.derived(Tips).by_id.values(), key=lambda each: each.day, reverse=True)
    return tuple(sorted(found, key=lambda each: (each.decision is not None, not each.answers)))


def tip_of(view: View, which: str) -> Tip:
    """The tip by its id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never existed.
    """
    found = view.derived(Tips).by_id.get(which)
    if found is None:
        raise NotFoundError(f'no tip "{which[:40]}" here; look it up among the tips')
    return found


def tip_with(view: View, report: str) -> Tip | None:
    """The tip that a report came with, if it came with one."""
    found = view.derived(Tips)
    return found.by_id.get(found.by_report.get(report, ""))

"""Orders that follow from releases: the day that one bears, what corrects it, that it was taken back and on which day.

They are issued when something crosses, so that the window learns of a correction with the correction, not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from leconfield.gate.release import sealing
from leconfield.gate.release.model import Release, State, Step
from leconfield.gate.release.state import releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.outreach import orders
from leconfield.outreach.mending import How, Mends
from leconfield.outreach.outward import crosses

RELEASE: Final = "release"
"""Kind of order, about a release: the day that it bears where it has no embargo."""
_DAY: Final = len("2026-08-01")


def tie(desk: Desk, view: View) -> int:
    """Issue those orders that are due and not issued yet; how many they are."""
    drafts = list(_due(desk, view))
    if drafts:
        desk.append(view.reader, drafts)
    return len(drafts)


def _due(desk: Desk, view: View) -> Iterator[Draft]:
    known = releases(view).by_id
    mends = _mends(view, known)
    for each in known.values():
        if not crosses(each):
            continue
        about = sealing.public_id(desk, each.id)
        for kind, body in _told(each, {how: sealing.public_id(desk, by) for how, by in mends.get(each.id, {}).items()}):
            draft = orders.drafted(view, kind, about, body, each.label)
            if draft is not None:
                yield draft


def _told(release: Release, mended: Mapping[How, str]) -> Iterator[tuple[str, dict[str, object]]]:
    if release.state is State.WITHDRAWN:
        yield How.NOTICE.value, {"by": mended.get(How.NOTICE, ""), "day": _day_of(release, Step.WITHDRAW)}
        return
    if not release.content.embargo:
        yield RELEASE, {"day": _day_of(release, Step.PUBLISH)}
    if How.CORRECTION in mended:
        yield How.CORRECTION.value, {"by": mended[How.CORRECTION]}


def _mends(view: View, known: Mapping[EntryId, Release]) -> dict[EntryId, dict[How, EntryId]]:
    """By what is mended, and how: the last of those releases that do so which crosses by now."""
    found: dict[EntryId, dict[How, EntryId]] = {}
    for each in view.derived(Mends).all:
        by = known.get(each.by)
        if by is not None and by.state is not State.WITHDRAWN and crosses(by):
            found.setdefault(each.of, {})[each.how] = each.by
    return found


def _day_of(release: Release, step: Step) -> str:
    return next(each.at[:_DAY] for each in release.deeds if each.step is step)

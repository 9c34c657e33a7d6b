"""Acts of the standing watch: put a question or a subject on one's watch list, take it off, mark what came as seen.

A watch is an entry with its author, reason and label; whoever may read the label sees that it is watched for. The list
is folded from the entries of a view, so that it is that day's under *as of*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import Entry, SubjectId
from leconfield.ledger.times import check_partial, stamp, to_moment
from leconfield.ledger.view import View
from leconfield.registry.asked import LABELS, Asked
from leconfield.registry.query import Query

WATCHED: Final = "watched"
TAKEN_OFF: Final = "watch ended"
SEEN: Final = "watch seen"
MAX_REASON: Final = 1000
MOST_WATCHES: Final = 200
"""Watches that one officer may have at a time: each is a trace whenever he looks at his list."""
LIKELY: Final = 0.5
LEASTS: Final = {"0.2": "possible, from 20 %", "0.5": "likely, from 50 %", "0.8": "nearly sure, from 80 %"}
"""From which probability a hit is shown, and what that is called."""
_QUESTION: Final = "question"
_PART: Final = "part "


@dataclass(frozen=True, slots=True)
class Watch:
    """A standing watch of one officer: for a question, or for a subject."""

    id: str
    by: str
    at: str
    label: str
    reason: str
    text: str
    """Free text; empty where it was asked by parts, or for a subject."""
    asked: Asked
    subject: str
    """The id of a record of the subject watched; empty: it is for a question."""
    until: str
    """Partial date of its last day; empty: until it is taken off."""
    least: float

    @property
    def words(self) -> str:
        """What is watched for, where it is a question."""
        return self.text or self.asked.words

    def over(self, moment: str) -> bool:
        """Whether its last day is past at that moment (a stamp)."""
        return bool(self.until) and self.last < moment

    @property
    def last(self) -> str:
        """The last moment at which something can have arrived for it; far in the future where it has no end."""
        return stamp(to_moment(self.until)) if self.until else "9999"


def watches_in(entries: Iterable[Entry]) -> list[Watch]:
    """The watches that stand, the newest first."""
    standing: dict[str, Watch] = {}
    for each in entries:
        if each.kind == WATCHED:
            standing[each.id] = _watch(each)
        elif each.kind == TAKEN_OFF and each.about in standing and standing[each.about].by == each.by:
            del standing[each.about]
    return list(standing.values())[::-1]


def _watch(entry: Entry) -> Watch:
    body = entry.body
    parts = {each: body.get(f"{_PART}{each}", "") for each in LABELS}
    return Watch(
        id=entry.id,
        by=entry.by,
        at=entry.at,
        label=entry.label,
        reason=body.get("reason", ""),
        text=body.get(_QUESTION, ""),
        asked=Asked(**parts),
        subject=body.get("subject", ""),
        until=body.get("until", ""),
        least=float(body.get("least", LIKELY)),
    )


def watch_question(desk: Desk, view: View, query: Query, *, reason: str, label: str, until: str, least: str) -> None:
    """Put a question on one's watch list.

    Raises:
        BadInputError: if there is nothing in it to search by, or the reason, the date or the share will not do.
        RefusedError: if the label would hide it from him, or he looks at the past.
        LabelError: if the label does not parse.
    """
    if query.empty:
        raise BadInputError("a place, an age or a car alone finds nobody; watch for a name or a number")
    by_parts = {f"{_PART}{part}": value for part, value in query.asked.parts()}
    body = {_QUESTION: query.text} if query.text != query.asked.words else by_parts
    _append(desk, view, body, label, reason, until, least)


def watch_subject(desk: Desk, view: View, which: str, *, reason: str, label: str, until: str, least: str) -> None:
    """Put a subject on one's watch list; the watch bears the subject's own label beside the one given.

    Raises:
        NotFoundError: if the view has no such record.
        BadInputError, RefusedError, LabelError: as for a question.
    """
    its_label = _label_of(view, which)
    _append(desk, view, {"subject": which}, all_of({label, its_label}), reason, until, least)


def _append(desk: Desk, view: View, body: dict[str, str], label: str, reason: str, until: str, least: str) -> None:
    refuse_the_past(view)
    if not reason.strip() or len(reason) > MAX_REASON:
        raise BadInputError(f"say why you watch for this, in {MAX_REASON:,} characters at most")
    if not label.strip():
        raise BadInputError("say who may see that this is watched for; with no label everybody could")
    if least not in LEASTS:
        raise BadInputError(f"choose from which probability on a hit is shown: {', '.join(LEASTS)}")
    if until and to_moment(check_partial(until)) < desk.clock() - timedelta(days=1):
        raise BadInputError(f'"{until}" is past; give a later last day, or none')
    mine = [each for each in watches_in(view.world.entries) if each.by == view.reader.name]
    if len(mine) >= MOST_WATCHES:
        raise RefusedError(f"you watch for {MOST_WATCHES} things already; take something off the list first")
    draft = Draft(WATCHED, label.strip(), body={**body, "reason": reason.strip(), "until": until, "least": least})
    desk.append(view.reader, [draft])


def take_off(desk: Desk, view: View, which: str) -> None:
    """Take one's own watch off the list; what came for it is then shown no more.

    Raises:
        NotFoundError: if no such watch stands here.
        RefusedError: if it is another officer's.
    """
    refuse_the_past(view)
    found = watch_of(view, which)
    if found.by != view.reader.name:
        raise RefusedError(f"this is {found.by}'s watch; put it on your own list, or ask {found.by}")
    desk.append(view.reader, [Draft(TAKEN_OFF, found.label, about=found.id)])


def watch_of(view: View, which: str) -> Watch:
    """The standing watch by its id.

    Raises:
        NotFoundError: in the same words whether it is hidden, taken off or has never existed.
    """
    for each in watches_in(view.world.entries):
        if each.id == which:
            return each
    raise NotFoundError("no such watch stands here; it may have been taken off the list")


def seen_draft(watch: Watch, report: str, label: str) -> Draft:
    """The mark that its owner has seen what a report brought; under a label that tells nobody more than he may know."""
    return Draft(SEEN, all_of({watch.label, label}), about=watch.id, body={"report": report})


def seen_in(entries: Iterable[Entry]) -> dict[tuple[str, str, str], str]:
    """When each officer marked what each report brought for each watch, by his name, watch and report."""
    return {(each.by, each.about, each.body.get("report", "")): each.at for each in entries if each.kind == SEEN}


def _label_of(view: View, record: str) -> str:
    """The label under which the record as a whole is known.

    Raises:
        NotFoundError: if the view has no such record.
    """
    statements = view.statements(subject=SubjectId(record))
    if not statements:
        raise NotFoundError(f'nothing by the id "{record[:64]}" is known here; trace the name to find it')
    return statements[0].label

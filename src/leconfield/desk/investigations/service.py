"""Acts on investigations: open, link, prioritise, review, staff, close, re-open; each by a named officer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from leconfield.desk import acts
from leconfield.desk.investigations.model import (
    CHART,
    CLOSED,
    LEAD,
    LINKABLE,
    LINKED,
    OPENED,
    PRIORITIES,
    PRIORITISED,
    REOPENED,
    REPORT,
    REVIEWED,
    STAFFED,
    SUBJECT,
    UNLINKED,
    VERDICTS,
    Investigation,
)
from leconfield.desk.investigations.state import investigation_in
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.ids import Ids
from leconfield.ledger.view import View
from leconfield.registry.lookup import subject_at

MAX_TITLE: Final = 120
MAX_NAME: Final = 64
MOST_IN_TEAM: Final = 50
_CHARTS: Final = ("/chart", "/map", "/timeline")
_ID: Final = re.compile(r"[0-9a-f]{32}")


def open_investigation(
    desk: Desk,
    view: View,
    *,
    title: str,
    reason: str,
    label: str,
    subjects: Iterable[str] = (),
    reports: Iterable[str] = (),
    leads: Iterable[str] = (),
) -> str:
    """Open an investigation with what belongs to it from the start, each link under its own label; its id.

    Whoever opens it is its lead officer until another is named.

    Raises:
        BadInputError: if title, reason or label is missing or will not do.
        NotFoundError: if the view has no such subject, report or lead.
        RefusedError: if the label would hide it from him who opens it, or he looks at the past.
    """
    which, drafts = opening(
        desk, view, title=title, reason=reason, label=label, subjects=subjects, reports=reports, leads=leads
    )
    desk.append(view.reader, drafts)
    return which


def opening(
    desk: Desk,
    view: View,
    *,
    title: str,
    reason: str,
    label: str,
    subjects: Iterable[str] = (),
    reports: Iterable[str] = (),
    leads: Iterable[str] = (),
) -> tuple[str, list[Draft]]:
    """The id of an investigation and what opens it, to be appended together with whatever comes of that.

    Raises:
        BadInputError, NotFoundError, RefusedError: as on opening.
    """
    refuse_the_past(view)
    if not label.strip():
        raise BadInputError("say who needs to know of this investigation; with no label everybody could")
    body = {"title": acts.in_words(title, "the title", MAX_TITLE), "reason": acts.in_words(reason)}
    which = _new_id(desk.ids, view, body["title"], label.strip())
    belonging = [
        *((SUBJECT, each) for each in subjects),
        *((REPORT, each) for each in reports),
        *((LEAD, each) for each in leads),
    ]
    links = [_link(view, which, label, kind, target, "", "there from the start") for kind, target in belonging]
    body["lead"] = view.reader.name
    return which, [Draft(OPENED, label.strip(), about=which, body=body), *links]


def _new_id(ids: Ids, view: View, title: str, label: str) -> str:
    """An id that says nothing: of who opened it when, under what title and label."""
    return ids.of("investigation", view.reader.name, view.moment, title, label)


def link(
    desk: Desk, view: View, which: str, *, kind: str, target: str, reason: str, title: str = "", label: str = ""
) -> None:
    """Link a subject (by a record), report, lead or chart (by its address here); known to who may know of both.

    Raises:
        NotFoundError: if the view has no such investigation, or nothing of that kind by that id.
        BadInputError: if there is no reason, or no such kind of thing.
        RefusedError: if it is linked already, or closed, or he looks at the past.
    """
    draft = linking(view, which, kind=kind, target=target, reason=reason, title=title, label=label)
    desk.append(view.reader, [draft])


def linking(view: View, which: str, *, kind: str, target: str, reason: str, title: str = "", label: str = "") -> Draft:
    """What links a thing, to be appended together with whatever it follows from.

    Raises:
        NotFoundError, BadInputError, RefusedError: as on linking.
    """
    found = live(view, which)
    draft = _link(view, which, acts.label_over(found.label, label), kind, target.strip(), title, acts.in_words(reason))
    same = {each.target for each in found.linked(kind)}
    if target.strip() in same:
        raise RefusedError(f"this {LINKABLE[kind]} is linked already; end the link first to make it anew")
    return draft


def _link(view: View, which: str, label: str, kind: str, target: str, title: str, reason: str) -> Draft:
    if kind not in LINKABLE:
        raise BadInputError(f'"{kind[:40]}" is nothing to link with; choose {", ".join(LINKABLE)}')
    body = {"kind": kind, "target": target, "reason": reason}
    if kind == CHART:
        body["title"] = acts.in_words(title, "what the chart is called", MAX_TITLE)
    return Draft(LINKED, acts.label_over(label, _label_of(view, kind, target)), about=which, body=body)


def _label_of(view: View, kind: str, target: str) -> str:
    """What one must hold to know of the thing itself.

    Raises:
        NotFoundError: if the view has no such thing.
        BadInputError: if a chart's address is none of ours.
    """
    if kind == REPORT:
        return view.report(target).label
    if kind == SUBJECT:
        subject_at(view, target)
        return acts.label_of_record(view, target)
    if kind == CHART:
        return _label_of_chart(view, target)
    of_leads = (each for each in view.world.entries if each.kind.startswith("lead ") and target)
    label = next((each.label for each in of_leads if target in (each.id, each.about)), None)
    if label is None:
        raise NotFoundError(f'no lead "{target[:64]}" here; look it up among the leads')
    return label


def _label_of_chart(view: View, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith(_CHARTS) or len(address) > 4 * acts.MAX_REASON:
        raise BadInputError(f"a chart is linked by its address here, from {' or '.join(_CHARTS)} on")
    ids = [one for _, value in parse_qsl(parts.query) for one in re.split(r"[\s,~]+", value)]
    named = {*ids, *parts.path.split("/")}
    on_it = [said[0].label for each in sorted(named) if _ID.fullmatch(each) and (said := view.statements(subject=each))]
    kept = [each.label for each in view.world.entries if named & {each.id, each.about} - {""}]
    return acts.label_over(*on_it, *kept)


def end_link(desk: Desk, view: View, which: str, *, entry: str, reason: str) -> None:
    """End a link; what it was stays in the timeline.

    Raises:
        NotFoundError: if no such link stands in this view.
        BadInputError, RefusedError: as for a link.
    """
    desk.append(view.reader, [unlinking(view, which, entry=entry, reason=reason)])


def unlinking(view: View, which: str, *, entry: str, reason: str) -> Draft:
    """What ends a link, to be appended together with whatever it follows from.

    Raises:
        NotFoundError, BadInputError, RefusedError: as on ending it.
    """
    found = live(view, which)
    ended = next((each for each in found.links if each.id == entry), None)
    if ended is None:
        raise NotFoundError("no such link stands here; it may have been ended")
    body = {"link": entry, "reason": acts.in_words(reason)}
    return Draft(UNLINKED, ended.label, about=which, body=body)


def set_priority(
    desk: Desk, view: View, which: str, *, priority: str, reason: str, reviewer: str, label: str = ""
) -> None:
    """Give it a priority, and name who is to look at that.

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if there is no such priority, no reason, or the reviewer is oneself.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    if priority not in PRIORITIES:
        raise BadInputError(f'priority "{priority[:20]}" is none; choose {", ".join(PRIORITIES)}')
    asked = acts.name_of_officer(reviewer, "the reviewer")
    if asked == view.reader.name:
        raise BadInputError("a priority is reviewed by somebody else; name another officer")
    body = {"priority": priority, "reason": acts.in_words(reason), "reviewer": asked}
    desk.append(view.reader, [Draft(PRIORITISED, acts.label_over(found.label, label), about=which, body=body)])


def review_priority(desk: Desk, view: View, which: str, *, verdict: str, reason: str) -> None:
    """Say what one thinks of the priority that stands; never of one that one has set.

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if there is no reason or no such verdict.
        RefusedError: if there is nothing to review, or he has set it himself, or it is closed.
    """
    found = live(view, which)
    if not found.priorities:
        raise RefusedError("no priority is set here yet; set one first")
    standing = found.priorities[-1]
    if standing.by == view.reader.name:
        raise RefusedError("you have set this priority; somebody else reviews it")
    if verdict not in VERDICTS:
        raise BadInputError(f'"{verdict[:20]}" is no verdict; choose {" or ".join(VERDICTS)}')
    body = {"priority": standing.id, "verdict": verdict, "reason": acts.in_words(reason)}
    desk.append(view.reader, [Draft(REVIEWED, standing.label, about=which, body=body)])


def staff(desk: Desk, view: View, which: str, *, lead: str, team: Iterable[str], reason: str) -> None:
    """Name the lead officer and the team.

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if a name or the reason will not do.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    names = tuple(dict.fromkeys(acts.name_of_officer(each, "a name in the team") for each in team if each.strip()))
    if len(names) > MOST_IN_TEAM:
        raise BadInputError(f"a team has {MOST_IN_TEAM} officers at most; these are {len(names)}")
    chosen = acts.name_of_officer(lead, "the lead officer")
    body = {"lead": chosen, "team": "\n".join(names), "reason": acts.in_words(reason)}
    desk.append(view.reader, [Draft(STAFFED, found.label, about=which, body=body)])


def close(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Close it; what is in it stays to be read, and it can be opened again.

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if there is no reason.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    desk.append(view.reader, [Draft(CLOSED, found.label, about=which, body={"reason": acts.in_words(reason)})])


def reopen(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Open a closed one again.

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if there is no reason.
        RefusedError: if it is open, or he looks at the past.
    """
    refuse_the_past(view)
    found = investigation_in(view, which)
    if not found.closed:
        raise RefusedError("open already")
    desk.append(view.reader, [Draft(REOPENED, found.label, about=which, body={"reason": acts.in_words(reason)})])


def live(view: View, which: str) -> Investigation:
    """The investigation, to be acted on now.

    Raises:
        NotFoundError: if the view has no such investigation.
        RefusedError: if it is closed, or the view is of the past.
    """
    refuse_the_past(view)
    found = investigation_in(view, which)
    if found.closed:
        raise RefusedError("this investigation is closed; open it again first")
    return found

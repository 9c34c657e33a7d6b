"""Acts on subjects of interest: open, set the tier, close, re-open, review; each by a named officer, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from leconfield.desk import acts
from leconfield.desk.interest.model import CLOSED, OPENED, REOPENED, REVIEWED, RISKS, TIERED, TIERS, SubjectOfInterest
from leconfield.desk.interest.rules import OPENING, overdue
from leconfield.desk.interest.state import interest_in
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import check_partial
from leconfield.ledger.view import View
from leconfield.registry.lookup import subject_at

_LONG_ENOUGH: Final = len("2026-01")


def open_subject(desk: Desk, view: View, which: str, *, tier: str, reason: str, review: str, label: str) -> EntryId:
    """Make a subject one of interest; the id of the opening.

    Raises:
        NotFoundError: if the view has no such subject.
        RefusedError: if he is one already, the label would hide it from him who opens it, or he looks at the past.
        BadInputError: if tier, reason or date will not do, or no label is given.
    """
    refuse_the_past(view)
    subject = subject_at(view, which)
    standing = interest_in(view, subject.id, subject.records)
    if standing is not None:
        raise RefusedError(f"a subject of interest already, {standing.state}; set the tier, or re-open it if closed")
    body = {"tier": _tier(tier), "reason": acts.in_words(reason), "review": _review(view, review)}
    its_label = acts.label_over(acts.label_of_record(view, subject.id), _chosen(label))
    (receipt,) = desk.append(view.reader, [Draft(OPENED, its_label, about=subject.id, body=body)])
    return receipt.entry


def set_tier(desk: Desk, view: View, which: str, *, tier: str, reason: str, label: str = "") -> None:
    """Give every interest in the subject that tier.

    Raises:
        NotFoundError: if the view has no such subject of interest.
        BadInputError, RefusedError: as on opening.
    """
    found = _found(view, which)
    if found.tier == _tier(tier) and all(each.tier == tier for each in found.interests):
        raise BadInputError(f"it is of tier {tier} already; choose another")
    _append(desk, view, found, TIERED, {"tier": tier, "reason": acts.in_words(reason)}, label)


def close(
    desk: Desk, view: View, which: str, *, reason: str, risk: str, residual: str, review: str, label: str = ""
) -> None:
    """Close the subject: nobody works on it, the standing watch does, and somebody looks again by the date.

    Raises:
        NotFoundError: if the view has no such subject of interest.
        RefusedError: if it is closed, or he looks at the past.
        BadInputError: if the reason, the residual risk or the date is missing or will not do.
    """
    found = _found(view, which)
    if found.closed:
        raise RefusedError("closed already; record a re-assessment instead")
    body = {
        "reason": acts.in_words(reason),
        "risk": _risk(risk),
        "residual": acts.in_words(residual, "the residual risk in words"),
        "review": _review(view, review),
    }
    _append(desk, view, found, CLOSED, body, label, only_live=True)


def reopen(desk: Desk, view: View, which: str, *, reason: str, review: str, tier: str = "", label: str = "") -> None:
    """Open a closed subject again; `tier` empty: as it was.

    Raises:
        NotFoundError: if the view has no such subject of interest.
        RefusedError: if it is open, or he looks at the past.
        BadInputError: if the reason or the date is missing or will not do.
    """
    found = _found(view, which)
    if not found.closed:
        raise RefusedError(f"{found.state} already")
    body = {"reason": acts.in_words(reason), "review": _review(view, review)}
    _append(desk, view, found, REOPENED, {**body, "tier": _tier(tier)} if tier else body, label)


def review(
    desk: Desk,
    view: View,
    which: str,
    *,
    outcome: str,
    review: str,
    risk: str = "",
    residual: str = "",
    label: str = "",
) -> None:
    """Record that the file was assessed again, with what outcome, and when it is next.

    Raises:
        NotFoundError: if the view has no such subject of interest.
        RefusedError: if he looks at the past.
        BadInputError: if the outcome or the date is missing or will not do.
    """
    found = _found(view, which)
    body = {"reason": acts.in_words(outcome, "the outcome"), "review": _review(view, review)}
    if risk:
        body["risk"] = _risk(risk)
    if residual.strip():
        body["residual"] = acts.in_words(residual, "the residual risk in words")
    _append(desk, view, found, REVIEWED, body, label)


def _append(
    desk: Desk,
    view: View,
    found: SubjectOfInterest,
    kind: str,
    body: Mapping[str, str],
    label: str,
    *,
    only_live: bool = False,
) -> None:
    """One entry for each interest: under its own label, so that whoever knows of it learns what became of it."""
    chosen = [each for each in found.interests if not (only_live and each.closed)]
    desk.append(
        view.reader,
        [
            Draft(kind, acts.label_over(each.label, label), about=each.record, body={**body, OPENING: each.id})
            for each in chosen
        ],
    )


def _found(view: View, which: str) -> SubjectOfInterest:
    refuse_the_past(view)
    subject = subject_at(view, which)
    found = interest_in(view, subject.id, subject.records)
    if found is None:
        raise NotFoundError("no subject of interest; make it one first")
    return found


def _tier(tier: str) -> str:
    return _one_of(tier, TIERS, "tier")


def _risk(risk: str) -> str:
    return _one_of(risk, RISKS, "residual risk")


def _one_of(chosen: str, known: Iterable[str], what: str) -> str:
    if chosen not in known:
        raise BadInputError(f'{what} "{chosen[:40]}" is none; choose {", ".join(known)}')
    return chosen


def _chosen(label: str) -> str:
    if not label.strip():
        raise BadInputError("say who may know that this is a subject of interest; with no label everybody could")
    return label.strip()


def _review(view: View, day: str) -> str:
    """The last day of the next re-assessment.

    Raises:
        BadInputError: if there is none, it is no date, or past.
    """
    if len(day.strip()) < _LONG_ENOUGH:
        raise BadInputError(f'next re-assessment "{day.strip()[:40]}": give the day by which somebody looks again')
    if overdue(check_partial(day.strip()), view.moment):
        raise BadInputError(f'next re-assessment "{day.strip()}" is past; give a later day')
    return day.strip()

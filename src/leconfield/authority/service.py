"""Steps on an authority: apply, grant, refuse, approve, write up, review, renew, cancel; each by a named officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from leconfield.authority import profile, rules
from leconfield.authority.model import AUTHORITY, KIND, PARTICULARS, Authority, Deed, Step
from leconfield.authority.permit import Authorisation, authorised
from leconfield.authority.register import act_under, line_of
from leconfield.authority.state import RESTS_ON, ROLES, authorities
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past, tidied
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp, to_moment
from leconfield.ledger.view import View

MAX_WORDS: Final = 8000
"""Characters of one particular, or of a reason."""
URGENTLY: Final = frozenset({"ground", "purpose", "conduct"})
"""What an application that is to be granted by word of mouth says at least."""


def apply(
    desk: Desk,
    view: View,
    kind: str,
    about: str,
    particulars: Mapping[str, str],
    *,
    label: str,
    rests_on: str = "",
    urgent: bool = False,
) -> EntryId:
    """Apply for an authority; its id.

    Raises:
        BadInputError: if a particular is missing, the ground is none of the kind's, or no label is given.
        RefusedError: if the label would hide it from him who applies, or he looks at the past.
    """
    refuse_the_past(view)
    found = profile.shipped().kind(kind)
    said = _particulars(particulars, PARTICULARS if not urgent else URGENTLY)
    if said["ground"] not in found.grounds:
        raise BadInputError(
            f'ground "{said["ground"][:40]}" is none of {found.name}; choose {", ".join(found.grounds)}'
        )
    if not about.strip():
        raise BadInputError("say what it is about: the operation, the agent or the subject")
    if not label.strip():
        raise BadInputError("say who may know of it; with no label everybody could")
    _check_rest(view, found, about, rests_on)
    now, by = desk.clock(), view.reader.name
    its_label = str(labels.parse(label))
    key = (kind, about, by, stamp(now))
    which = EntryId(desk.ids.of("entry", Step.APPLY.value, its_label, *key))
    body = {KIND: kind, RESTS_ON: rests_on, **said}
    made = rules.applied(Deed(which, Step.APPLY, stamp(now), by, its_label), kind, about, rests_on, said)
    application = Draft(Step.APPLY.value, its_label, about=about, body=body, key=key)
    desk.append(view.reader, [application, line_of(made, Step.APPLY)], at=now)
    return which


def take(
    desk: Desk,
    view: View,
    which: str,
    step: Step,
    *,
    reason: str,
    conditions: str = "",
    until: str = "",
    review: str = "",
    written: Mapping[str, str] | None = None,
) -> Authority:
    """Take a step on an authority; how it stands then.

    `until`, `review`: days by which it ends and is looked at, no later than the law has it. `written`: the particulars
    that a writing up brings.

    Raises:
        NotFoundError: if the view has no such authority.
        RefusedError: if the step may not be taken: by this officer, in this state, at this time.
        BadInputError: if the reason is missing or a day is none.
    """
    refuse_the_past(view)
    authority = found(view, which)
    law, now = profile.shipped(), desk.clock()
    kind, moment = law.kind(authority.kind), stamp(now)
    if fault := rules.forbidden(authority, step, kind, view.reader.name, view.reader.roles, moment):
        raise RefusedError(fault.words)
    said = _particulars({**authority.particulars, **(written or {})}, PARTICULARS) if step is Step.WRITE_UP else {}
    body = {
        AUTHORITY: authority.id,
        ROLES: " ".join(sorted(view.reader.roles)),
        "reason": in_words(reason, "your reason", MAX_WORDS),
        "conditions": conditions.strip()[:MAX_WORDS],
        "until": _day(until, moment),
        "review": _day(review, moment),
        **said,
    }
    deed = Deed(authority.id, step, moment, view.reader.name, authority.label, *_four(body))
    after = rules.after(authority, deed, kind, view.reader.roles, law.holidays, said)
    entry = Draft(
        step.value, authority.label, about=authority.about, body={name: words for name, words in body.items() if words}
    )
    desk.append(view.reader, [entry, line_of(after, step)], at=now)
    return after


def under(
    desk: Desk,
    view: View,
    authorisation: Authorisation,
    conduct: str,
    about: str,
    drafts: Sequence[Draft],
    *,
    beside: Sequence[Draft] = (),
) -> list[EntryId]:
    """Append what an intrusive act brings, if it is permitted at this moment, with its line in the register.

    Every one of `drafts` names the authority in its body; those `beside` them, which go to people who may not know of
    it, do not. All stand, or none. The ids of the first.

    Raises:
        RefusedError: if the authorisation is for something else, has ended, or is live no more; or if what names it
            would be read by people who may not know of it.
    """
    refuse_the_past(view)
    authorisation.allow(conduct, about, desk)
    authorised(desk, view, authorisation.authority, conduct, about)  # it may have been cancelled since
    if any(labels.all_of((each.label, authorisation.label)) != labels.all_of((each.label,)) for each in drafts):
        raise RefusedError(
            "fewer people may know of this authority than may read what is done under it; apply for one under the "
            "label of what it is about"
        )
    named = [replace(each, body={**each.body, AUTHORITY: authorisation.authority}) for each in drafts]
    line = act_under(authorisation.authority, authorisation.label, conduct)
    receipts = desk.append(view.reader, [*named, *beside, line])
    return [each.entry for each in receipts[: len(named)]]


def found(view: View, which: str) -> Authority:
    """The authority by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = authorities(view).by_id.get(EntryId(which))
    if known is None:
        raise NotFoundError("no such authority here; look it up in the list of authorities")
    return known


def _check_rest(view: View, kind: profile.Kind, about: str, rests_on: str) -> None:
    if not kind.rests_on:
        if rests_on:
            raise BadInputError(f"{kind.name} stands alone; leave out what it rests on")
        return
    below = authorities(view).by_id.get(EntryId(rests_on))
    if below is None or below.kind not in kind.rests_on or below.about != about:
        raise BadInputError(f"{kind.name} rests on {' or '.join(kind.rests_on)} for the same; name that authority")


def _particulars(given: Mapping[str, str], needed: Mapping[str, str] | frozenset[str]) -> dict[str, str]:
    for each in needed:
        if not given.get(each, "").strip():
            raise BadInputError(f"{PARTICULARS[each]} is missing; write it, if only that there is none")
    return {each: tidied(given.get(each, ""), PARTICULARS[each], MAX_WORDS) for each in PARTICULARS}


def _day(text: str, moment: str) -> str:
    if not text.strip():
        return ""
    chosen = stamp(to_moment(text.strip()))
    if chosen <= moment:
        raise BadInputError(f'"{text.strip()}" is past; give a later day')
    return chosen


def _four(body: Mapping[str, str]) -> tuple[str, str, str, str]:
    return body["reason"], body["conditions"], body["until"], body["review"]

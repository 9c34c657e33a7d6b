"""The releases of a view, folded from its entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from leconfield.errors import DamagedError, NotFoundError
from leconfield.gate.bundles.content import Content, content_in, fault_in, parsed
from leconfield.gate.release import profile, rules
from leconfield.gate.release.model import Aside, Colour, Copy, Deed, Release, Step, Verdict
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded

FIELDS: Final = "fields"
"""The key of an entry's body under which the content stands as canonical JSON."""
_STEPS: Final = {each.value: each for each in Step}


class Releases(Folded):
    """Every release of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, Release] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            step = _STEPS.get(entry.kind)
            if step is None:
                continue
            if step is Step.DRAFT:
                self._begin(entry)
            elif known := self.by_id.get(EntryId(entry.about)):
                self.by_id[known.id] = folded(known, entry)

    def _begin(self, entry: Entry) -> None:
        content, deed = brought_in(entry.body), deed_in(entry)
        known = profile.shipped().audiences
        if content and content.audience in known and content.digest == deed.content and entry.about == entry.id:
            self.by_id[entry.id] = rules.begun(deed, content, aside_in(entry.body))


def folded(release: Release, entry: Entry) -> Release:
    """The release once the entry was written; unchanged where the step may not be taken or says what is not so."""
    audience = profile.shipped().audiences[release.content.audience]
    deed, body = deed_in(entry), entry.body
    brought = brought_in(body) if deed.step is Step.EDIT else None
    verdict = verdict_in(body) if deed.step in (Step.CHECK, Step.BLOCK) else None
    copy = copy_in(entry) if deed.step is Step.COPY else None
    aside = aside_in(body)
    return rules.after(release, deed, audience, content=brought, aside=aside, verdict=verdict, copy=copy)


def deed_in(entry: Entry) -> Deed:
    """The step that an entry records."""
    roles = frozenset(entry.body.get("roles", "").split())
    content, verdict, reason = (entry.body.get(each, "") for each in ("content", "verdict", "reason"))
    aside = aside_in(entry.body).digest
    return Deed(entry.id, _STEPS[entry.kind], entry.at, entry.by, entry.label, roles, content, verdict, reason, aside)


def aside_in(body: Mapping[str, str]) -> Aside:
    """What a draft or an edit tells whoever judges, beside the content."""
    actions = tuple(each for each in body.get("actions", "").split("\n") if each)
    return Aside(body.get("persona", ""), actions, tuple(body.get("holds", "").split()))


def brought_in(body: Mapping[str, str]) -> Content | None:
    """The content that a draft or an edit brings; None if it brings none that will do."""
    try:
        made = content_in(parsed(body.get(FIELDS, "").encode("utf-8", "replace"), "content"), "content")
    except DamagedError:
        return None
    return None if fault_in(made) else made


def verdict_in(body: Mapping[str, str]) -> Verdict | None:
    """The verdict that a check brings; None if it brings none."""
    try:
        reasons = json.loads(body.get("reasons", "[]"))
        colour = Colour(body.get("colour", ""))
    except ValueError:
        return None
    if not isinstance(reasons, list) or not all(isinstance(each, str) for each in reasons):
        return None
    return Verdict(body.get("content", ""), colour, body.get("basis", ""), tuple(reasons))


def copy_in(entry: Entry) -> Copy | None:
    """The copy that an entry records; None if it records none."""
    body = entry.body
    choices = body.get("choices", "").split()
    if not body.get("recipient") or not all(each.isascii() and each.isdigit() for each in choices):
        return None
    chosen = tuple(int(each) for each in choices)
    return Copy(body["recipient"], chosen, body.get("copy", ""), entry.at, body.get("content", ""))


def releases(view: View) -> Releases:
    """Those of a view."""
    return view.derived(Releases)


def said(view: View) -> tuple[Release, ...]:
    """Every release that was ever sealed, as the view knows it: what was said stays said, even if it is withdrawn."""
    return tuple(each for each in releases(view).by_id.values() if each.was_sealed)


def found(view: View, which: str) -> Release:
    """The release by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = releases(view).by_id.get(EntryId(which))
    if known is None:
        raise NotFoundError("no such release here; look it up in the list of releases")
    return known

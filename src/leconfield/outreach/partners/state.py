"""Partners who read feeds, folded from a view's entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leconfield.errors import NotFoundError
from leconfield.gate.handing.model import Prepared
from leconfield.gate.handing.state import Handing
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.partners.model import KINDS, PUT, REGISTERED, RENEWED, REVOKED, Reader, Sent
from leconfield.outreach.partners.rules import same_name


class Partners(Folded):
    """Every partner of a world who reads a feed (a `Derived`)."""

    def __init__(self) -> None:
        self.by_handle: dict[str, Reader] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind not in KINDS:
                continue
            body = each.body
            if each.kind == REGISTERED:
                self.by_handle.setdefault(each.about, _registered(each))
            elif known := self.by_handle.get(body.get("partner", each.about)):
                self.by_handle[known.handle] = after(known, each)


def after(known: Reader, entry: Entry) -> Reader:
    """The partner once the entry was written."""
    body = entry.body
    if entry.kind == RENEWED:
        return replace(known, public=body.get("public", ""), key_since=entry.at, revoked="", reason="")
    if entry.kind == REVOKED:
        return replace(known, revoked=entry.at, reason=body.get("reason", ""))
    if entry.kind == PUT:
        made = Sent(
            body.get("item", ""),
            EntryId(entry.about),
            body.get("collection", ""),
            body.get("added", ""),
            entry.at,
            entry.by,
            body.get("digest", ""),
        )
        return replace(known, items={**known.items, made.item: made})
    sent = known.items.get(body.get("item", ""))
    if sent is None:
        return known
    return replace(known, items={**known.items, sent.item: replace(sent, taken_back=entry.at)})


def _registered(entry: Entry) -> Reader:
    body = entry.body
    listed = tuple(body.get("collections", "").split())
    name, public = body.get("name", ""), body.get("public", "")
    return Reader(entry.about, name, public, listed, entry.label, entry.at, entry.by, entry.at)


def partners(view: View) -> tuple[Reader, ...]:
    """Those of a view, by name."""
    return tuple(sorted(view.derived(Partners).by_handle.values(), key=lambda each: (each.name.casefold(), each.at)))


def found(view: View, handle: str) -> Reader:
    """The partner by his handle.

    Raises:
        NotFoundError: in the same words whether he is hidden or has never been.
    """
    known = view.derived(Partners).by_handle.get(handle)
    if known is None:
        raise NotFoundError("no such partner here; look him up in the list of partners")
    return known


def prepared_for(view: View, partner: Reader) -> tuple[Prepared, ...]:
    """The files that were prepared for a partner, whether they have left or not, the newest first."""
    kept = view.derived(Handing).by_release.values()
    return tuple(sorted((each for each in kept if same_name(each.recipient, partner.name)), key=_at, reverse=True))


def _at(kept: Prepared) -> tuple[str, str]:
    return (kept.at, kept.release)

"""Acts on partners' feeds: register a partner, renew and revoke his key, put a sealed file in, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from leconfield.desk.exchange.model import STIX
from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import partners as formats
from leconfield.gate.bundles.partners import COLLECTIONS, ITEM, PARTNER, Item
from leconfield.gate.handing import service as handing
from leconfield.gate.handing.state import prepared
from leconfield.gate.release import keys as seals
from leconfield.gate.release import service as releases
from leconfield.gate.release.model import State
from leconfield.gate.release.state import found as release_in
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import orders, profile
from leconfield.outreach.partners import rules
from leconfield.outreach.partners.model import (
    MAX_NAME,
    MAX_REASON,
    PUT,
    REGISTERED,
    RENEWED,
    REVOKED,
    TAKEN_BACK,
    Reader,
    Sent,
)
from leconfield.outreach.partners.state import found, partners

ACT: Final = "partner"
_HANDLE_DIGITS: Final = 16


def register(desk: Desk, view: View, *, name: str, collections: Sequence[str], label: str) -> tuple[Reader, str]:
    """Let a partner read a feed; the partner, and his key, which is shown this once and kept nowhere.

    Raises:
        BadInputError: if the name, the label or the collections are missing.
        RefusedError: if he reads one already, the role is missing, or the label hides it from whoever registers him.
    """
    _check(desk, view)
    if not label.strip():
        raise BadInputError("say who may know of it; with no label everybody could")
    his_name, its_label = in_words(" ".join(name.split()), "the partner's name", MAX_NAME), str(labels.parse(label))
    chosen = tuple(each for each in COLLECTIONS if each in collections)
    if not chosen or set(collections) - set(COLLECTIONS):
        raise BadInputError(f"choose what he reads: {', '.join(COLLECTIONS)}, or some of them")
    if any(rules.same_name(each.name, his_name) for each in partners(view)):
        raise RefusedError(f"{his_name} reads a feed already; renew his key there, if that is what he needs")
    key = formats.new_key()
    handle = desk.ids.of("partner", his_name, stamp(desk.clock()))[:_HANDLE_DIGITS]
    body = {"name": his_name, "public": _public(key), "collections": " ".join(chosen)}
    made = Reader(handle, his_name, body["public"], chosen, its_label, "", "", "")
    noted = Draft(REGISTERED, its_label, about=handle, body=body, key=(rules.plain(his_name),))
    desk.append(view.reader, [noted, *_told(view, made)], once=True)
    return found(_again(desk, view, handle), handle), key


def renew(desk: Desk, view: View, handle: str) -> str:
    """Give a partner another key, shown this once; his items are sealed to it anew, and the old one opens nothing.

    Raises:
        NotFoundError: if the view has no such partner.
        RefusedError: if the role is missing.
        DamagedError: if the files of an item are gone.
    """
    _check(desk, view)
    known, key = found(view, handle), formats.new_key()
    public = _public(key)
    fresh = Reader(handle, known.name, public, known.collections, known.label, known.at, known.by, known.key_since)
    drafts = [Draft(RENEWED, known.label, about=handle, body={"public": public}), *_told(view, fresh)]
    for each in known.items.values():
        if not each.taken_back:
            gone = release_in(view, each.release).state is State.WITHDRAWN
            drafts += (
                _back(view, handle, each, "Its release is withdrawn.") if gone else _order_for(desk, view, fresh, each)
            )
    desk.append(view.reader, drafts, once=True)
    return key


def revoke(desk: Desk, view: View, handle: str, *, reason: str) -> None:
    """Let a partner's key open nothing any more, from the next crossing on.

    Raises:
        NotFoundError: if the view has no such partner.
        RefusedError: if it is revoked already, or the role is missing.
        BadInputError: if the reason is missing.
    """
    _check(desk, view)
    known = found(view, handle)
    if known.revoked:
        raise RefusedError("his key is revoked already; give him another, if he is to read again")
    body = {"reason": in_words(reason, "your reason", MAX_REASON)}
    gone = Reader(
        handle, known.name, known.public, known.collections, known.label, known.at, known.by, "", stamp(desk.clock())
    )
    desk.append(view.reader, [Draft(REVOKED, known.label, about=handle, body=body), *_told(view, gone)], once=True)


def put(desk: Desk, view: View, handle: str, release: str, *, collection: str) -> Sent:
    """Put a file that was prepared for a partner into his feed, once it may leave: it is then handed over by that.

    Raises:
        NotFoundError: if the view has no such partner or release.
        RefusedError: if it was prepared for somebody else, may not leave, or is in the feed already.
        BadInputError: if he has no such collection, or it is too large.
    """
    _check(desk, view)
    known, kept = found(view, handle), prepared(view, release)
    if fault := why_not(known, collection, kept.recipient, kept.form) or _again_in(known, release):
        raise RefusedError(fault)
    handing.hand_over(desk, view, release)
    later = _again(desk, view, handle)
    packed = _bundle(desk, later, release)
    item = desk.ids.of("partner item", handle, release, str(len(known.items)))
    at = stamp(desk.clock())
    added = rules.batch_after(desk.clock())
    sent = Sent(
        item, release_in(later, release).id, collection, added, at, view.reader.name, sha256(packed).hexdigest()
    )
    body = {"partner": handle, "item": item, "collection": collection, "added": added, "digest": sent.digest}
    label = release_in(later, release).label
    noted = Draft(PUT, label, about=release, body=body, key=(item,))
    desk.append(view.reader, [noted, *_order_for(desk, later, known, sent, packed)], once=True)
    return sent


def take_back(desk: Desk, view: View, handle: str, item: str, *, reason: str) -> None:
    """Take an item out of a partner's feed; what he has read he keeps.

    Raises:
        NotFoundError: if the view has no such partner.
        RefusedError: if it is not in his feed.
        BadInputError: if the reason is missing.
    """
    _check(desk, view)
    known = found(view, handle)
    sent = known.items.get(item)
    if sent is None or sent.taken_back:
        raise RefusedError("that is not in his feed; look at it as it is now")
    desk.append(view.reader, _back(view, handle, sent, in_words(reason, "your reason", MAX_REASON)), once=True)


def why_not(partner: Reader, collection: str, recipient: str, form: str) -> str:
    """Why a file may not be put into a partner's feed, whatever its release; empty if it may."""
    if partner.revoked:
        return "his key is revoked; give him another first"
    if collection not in partner.collections:
        return f"he reads {', '.join(partner.collections)}; choose one of them"
    if not rules.same_name(recipient, partner.name):
        return "it was prepared for somebody else, with that one's ids in it; prepare one for him"
    return "" if form == STIX else "a feed takes STIX; prepare it as STIX"


def _again_in(partner: Reader, release: str) -> str:
    return "it is in his feed already" if partner.sent(release) else ""


def _back(view: View, handle: str, sent: Sent, reason: str) -> list[Draft]:
    """That an item was taken back, with the order that empties it at the window."""
    label = release_in(view, sent.release).label
    body = {"partner": handle, "item": sent.item, "reason": reason}
    empty = Item(sent.item, handle, sent.collection, sent.added, b"")
    order = orders.drafted(view, ITEM, sent.item, formats.item_body(empty), label)
    return [Draft(TAKEN_BACK, label, about=sent.release, body=body, key=(sent.item,)), *([order] if order else [])]


def _order_for(desk: Desk, view: View, partner: Reader, sent: Sent, packed: bytes = b"") -> list[Draft]:
    """The order that brings an item to the window, sealed to a partner."""
    sealed = formats.enclosed(packed or _bundle(desk, view, sent.release), partner.public)
    item = Item(sent.item, partner.handle, sent.collection, sent.added, sealed)
    label = release_in(view, sent.release).label
    draft = orders.drafted(view, ITEM, sent.item, formats.item_body(item), label)
    return [draft] if draft else []


def _bundle(desk: Desk, view: View, release: str) -> bytes:
    """The signed bundle of a release; it is refused if that is not sealed."""
    return releases.bundle(desk, view, release, [seals.of_desk(desk)])


def _told(view: View, partner: Reader) -> list[Draft]:
    """The order that tells the window of a partner."""
    body = formats.partner_body(partner.outside)
    draft = orders.drafted(view, PARTNER, partner.handle, body, partner.label)
    return [draft] if draft else []


def _public(key: str) -> str:
    pair = formats.pair_of(key)
    if pair is None:
        raise BadInputError("that is no partner's key; make another")
    return formats.public_of(pair)


def _check(desk: Desk, view: View) -> None:
    refuse_the_past(view)
    profile.of(desk).require(view.reader, ACT)


def _again(desk: Desk, view: View, about: str) -> View:
    return desk.view(view.reader, asking=Question("partner", about))

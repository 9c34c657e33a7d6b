"""Acts on what goes out: choose channels, decide on a delivery in doubt, hide or answer a comment, stop everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles.channels import CHANNELS, MASTODON, SITE, Fault, answer_fault, preflight, stopped
from leconfield.gate.bundles.deliveries import (
    ALL,
    ON_COMMENT,
    RESOLUTION,
    STOP,
    TO_ANSWER,
    TO_CHANNELS,
    Act,
    CommentOrder,
    Resolution,
    Ruling,
    State,
    channels_body,
    comment_body,
    resolution_body,
    stop_body,
)
from leconfield.gate.release import sealing
from leconfield.gate.release import service as releasing
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.gate.release.model import Release
from leconfield.gate.release.model import State as Stands
from leconfield.gate.release.state import found as release_found
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.outreach import orders, profile
from leconfield.outreach.outward import PUBLIC
from leconfield.outreach.publishing.model import ANSWERED, DECIDED, RESUMED, STOPPED, TREATED, Delivery
from leconfield.outreach.publishing.state import comment_of, delivery_of

PUBLISH: Final = "publish"
MODERATE: Final = "moderate"
STOPS: Final = "stop"
AREA: Final = "publishing"
MAX_REASON: Final = 2_000
MAX_ANSWER: Final = 2_200
OUT: Final = (Stands.SEALED, Stands.PUBLISHED)


def faults(view: View, release: Release) -> Mapping[str, tuple[Fault, ...]]:
    """What each channel would refuse or change of a release."""
    files = releasing.files_of(view, release)
    return {each: preflight(each, release.content, files) for each in CHANNELS}


def choose(desk: Desk, view: View, which: str, channels: Iterable[str]) -> None:
    """Say where a release goes beside our own site; what has gone out already stays out.

    Raises:
        NotFoundError: if the view has no such release.
        BadInputError: if a channel is none, or would refuse it.
        RefusedError: if he may not, or it has not been sealed for everybody.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, PUBLISH)
    known = release_found(view, which)
    if known.content.audience != PUBLIC or known.state not in OUT:
        raise RefusedError("channels are chosen for what is sealed or published, for everybody")
    wanted = tuple(dict.fromkeys([SITE, *channels]))
    if unknown := [each for each in wanted if each not in CHANNELS]:
        raise BadInputError(f'"{unknown[0][:40]}" is no channel; choose {", ".join(CHANNELS)}')
    found = faults(view, known)
    if refusing := [each for each in wanted if stopped(found[each])]:
        fault = next(each for each in found[refusing[0]] if each.stops)
        raise BadInputError(f"{CHANNELS[refusing[0]]} would refuse it: {fault.where}: {fault.words}")
    about = sealing.public_id(desk, known.id)
    orders.issue(desk, view, TO_CHANNELS, about, channels_body(wanted), known.label)


def decide(desk: Desk, view: View, key: str, *, ruling: str, step: int, reason: str, address: str = "") -> None:
    """Say what became of a delivery, as one has seen it with one's own eyes.

    Raises:
        NotFoundError: if the view has no such delivery.
        BadInputError: if there is no such ruling, no reason, or no address of what is live.
        RefusedError: if he may not, nothing is to be decided, or it stands otherwise by now.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, PUBLISH)
    known = delivery_of(view, key)
    if ruling not in set(Ruling):
        raise BadInputError("say whether it is there, is to be sent anew, or is left")
    if fault := why_not(known, Ruling(ruling)):
        raise RefusedError(fault)
    if step != known.last.number:
        raise RefusedError("it stands otherwise by now; look at it again, then decide")
    made = Resolution(known.release, known.channel, Ruling(ruling), step, address.strip())
    body = resolution_body(made)
    told = {"ruling": ruling, "step": str(step), "address": made.address}
    told["reason"] = in_words(reason, "the reason", MAX_REASON)
    noted = Draft(DECIDED, known.label, about=key, body=told, key=(key, str(step)))
    _with_order(desk, view, noted, RESOLUTION, key, body, known.label)


def why_not(known: Delivery, ruling: Ruling) -> str:
    """Why that cannot be decided on a delivery now; empty if it can."""
    if known.last.state is State.MANUAL and not known.waits:
        return "somebody has decided already; the window has not told yet what came of it"
    if known.last.state is State.MANUAL or (known.last.state is State.REJECTED and ruling is Ruling.ANEW):
        return ""
    return "there is nothing to decide: it is known how it stands"


def treat(desk: Desk, view: View, which: str, *, act: str, reason: str) -> None:
    """Hide a comment, or show it again.

    Raises:
        NotFoundError: if the view has no such comment.
        BadInputError: if there is no reason, or no such act.
        RefusedError: if he may not.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, MODERATE)
    known = comment_of(view, which)
    if act not in (Act.HIDE, Act.SHOW):
        raise BadInputError("a comment is hidden, or shown again")
    if known.channel == MASTODON:
        raise RefusedError("Mastodon lets nobody hide another's reply; report it to the instance")
    nth = len(known.treatments) + 1
    told = comment_body(CommentOrder(known.id, Act(act), decision=nth))
    order = orders.drafted(view, ON_COMMENT, known.id, told, known.label)
    if order is None:
        raise RefusedError("that was decided and ordered already; read it again")
    body = {"act": act, "reason": in_words(reason, "the reason", MAX_REASON), "serial": order.body[orders.SERIAL]}
    noted = Draft(TREATED, known.label, about=known.id, body=body, key=(known.id, str(nth)))
    desk.append(view.reader, [noted, order], once=True)


def answer(desk: Desk, view: View, which: str, *, words: str) -> EntryId:
    """Begin the release that answers a comment; it goes the way of every release. Its id.

    Raises:
        NotFoundError: if the view has no such comment.
        BadInputError: if there are no words, or more than a channel takes.
        RefusedError: if he may not, or an answer was begun already.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, MODERATE)
    known = comment_of(view, which)
    if known.answer is not None:
        raise RefusedError("an answer was begun already; there is one to a comment")
    said = in_words(words, "the answer", MAX_ANSWER)
    if fault := answer_fault(known.channel, said):
        raise BadInputError(f"the answer: {fault}")
    held = f"{said}\n".encode()
    label = profile.of(desk).area(AREA)
    made = releasing.draft(desk, view, "answer", PUBLIC, {TEXT: (TEXT_TYPE, held)}, label=label)
    noted = Draft(ANSWERED, known.label, about=known.id, body={"release": str(made)}, key=(known.id,))
    desk.append(view.reader, [noted], once=True)
    return made


def send_answer(desk: Desk, view: View, which: str) -> None:
    """Have the window put the answer beneath its comment, once it is sealed.

    Raises:
        NotFoundError: if the view has no such comment.
        RefusedError: if he may not, there is no answer, or it is not sealed.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, MODERATE)
    known = comment_of(view, which)
    if known.answer is None:
        raise RefusedError("there is no answer yet; begin one")
    if release_found(view, known.answer).state not in OUT:
        raise RefusedError("its answer is not sealed yet; it goes the way of every release")
    made = CommentOrder(known.id, Act.REPLY, sealing.public_id(desk, known.answer))
    orders.issue(desk, view, TO_ANSWER, known.id, comment_body(made), known.label)


def stop(desk: Desk, view: View, *, on: bool, reason: str) -> None:
    """Hold everything back, or let it go on.

    Raises:
        BadInputError: if there is no reason.
        RefusedError: if he may not, or it is so already.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, STOPS)
    before = orders.newest(view, STOP, ALL)
    if on is (before is not None and before.order.body.get("on") == 1):
        raise RefusedError("everything is stopped already" if on else "nothing is stopped")
    label = profile.of(desk).area(AREA)
    body = {"reason": in_words(reason, "the reason", MAX_REASON)}
    key = (str(before.order.serial if before else 0),)
    noted = Draft(STOPPED if on else RESUMED, label, about=ALL, body=body, key=key)
    _with_order(desk, view, noted, STOP, ALL, stop_body(on=on), label)


def _with_order(
    desk: Desk, view: View, noted: Draft, kind: str, about: str, body: Mapping[str, object], label: str
) -> None:
    """Append what was decided together with the order that carries it out: both, or neither if another was quicker."""
    order = orders.drafted(view, kind, about, body, label)
    desk.append(view.reader, [noted] if order is None else [noted, order], once=True)

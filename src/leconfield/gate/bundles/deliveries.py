"""What crosses about deliveries and comments: orders (channels, stop, resolution, comment) out, and boxes in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.channels import CHANNELS
from leconfield.gate.bundles.orders import Order

TO_CHANNELS: Final = "channels"
"""Kind of the order that names a release's channels; it is about the release."""
STOP: Final = "stop"
"""Kind of the order that stops everything; it is about `ALL`."""
ALL: Final = "all"
RESOLUTION: Final = "resolution"
"""Kind of the order by which a person decides what became of a delivery; it is about `key_of` it."""
ON_COMMENT: Final = "comment"
"""Kind of the order that hides or shows a comment, about its short id; also of the box that brings one in."""
TO_ANSWER: Final = "comment-answer"
"""Kind of the order that answers a comment: one of its own, so that neither takes the other's place on its way."""
OUTCOME: Final = "comment-outcome"
"""Kind of the box that tells what became of hiding or showing a comment."""
DELIVERED: Final = "delivery"
"""Kind of the box that tells what became of a delivery."""
_ID: Final = re.compile(r"[0-9a-f]{32}")
_HTTPS: Final = re.compile(r"https?://[^\s<>\"']{3,400}")
_NUMBER: Final = re.compile(r"[1-9]\d{0,14}", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


class State(StrEnum):
    """How one delivery stands."""

    QUEUED = "queued"
    """Nothing was sent, or nothing that anybody could see."""
    SUBMITTED = "submitted"
    """The platform has its pictures and words and shows them to nobody."""
    PROCESSING = "processing"
    """The platform works on them."""
    AMBIGUOUS = "ambiguous"
    """Publishing it was begun, and it is not known whether it is public: nothing is written until that is known."""
    LIVE = "live"
    REJECTED = "rejected"
    """It is not public and nothing will be tried again."""
    MANUAL = "manual_resolution"
    """Whether it is public must be seen, and decided, by a person."""


FINAL: Final = frozenset({State.LIVE, State.REJECTED, State.MANUAL})
"""Nothing is written to the platform in these until a person decides."""


class Ruling(StrEnum):
    """What a person decides on a delivery that waits for him."""

    LIVE = "live"
    """It is there, at an address that he gives."""
    ANEW = "anew"
    """It is not there: send it anew."""
    LEFT = "left"
    """It is not there, and shall not be."""


class Act(StrEnum):
    """What is done on a comment."""

    HIDE = "hide"
    SHOW = "show"
    REPLY = "reply"


class Result(StrEnum):
    """What became of hiding or showing a comment, as the platform was read afterwards."""

    TRYING = "trying"
    """Not yet; it is tried again."""
    UNDONE = "undone"
    """It was not done, and is not tried again."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Resolution:
    """A person's decision on one delivery, as it stood after a number of steps."""

    release: str
    channel: str
    ruling: Ruling
    step: int
    """The last step that he had seen; a later one makes his decision void."""
    address: str = ""


@dataclass(frozen=True, slots=True)
class CommentOrder:
    """What is to be done on a comment: hide it, show it, answer with the words of a release."""

    comment: str
    act: Act
    release: str = ""
    decision: int = 0
    """The how-manieth decision on it this is: the same one taken again is another order."""


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a delivery, as the open side tells it."""

    release: str
    channel: str
    step: int
    """Its number: a later one has a greater, with gaps."""
    state: State
    at: str
    """The moment (UTC, to the second)."""
    why: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A comment that somebody wrote beneath a release on a channel."""

    comment: str
    """Its short id (`short_id`)."""
    channel: str
    release: str
    name: str
    """The public name of whoever wrote it, as the channel shows it."""
    words: str
    day: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one order on a comment."""

    comment: str
    serial: int
    """Of the order."""
    result: Result
    why: str
    day: str


def slot_of(act: Act) -> str:
    """The kind of the order that has this done on a comment."""
    return TO_ANSWER if act is Act.REPLY else ON_COMMENT


def key_of(release: str, channel: str) -> str:
    """What an order about one delivery is about."""
    return f"{release}-{channel}"


def short_id(channel: str, comment: str) -> str:
    """By what a channel's comment is known to us: 32 hexadecimal digits."""
    return sha256(f"leconfield comment v1\n{channel}\n{comment}".encode()).hexdigest()[:32]


def channels_body(channels: tuple[str, ...]) -> dict[str, object]:
    """The body of an order that names channels."""
    return {"channels": sorted(set(channels))}


def channels_in(order: Order) -> tuple[str, ...]:
    """The channels that an order names; those that are not known here are left out.

    Raises:
        DamagedError: if it is no such order.
    """
    named = order.body.get("channels")
    if order.kind != TO_CHANNELS or not isinstance(named, list) or _ID.fullmatch(order.about) is None:
        raise DamagedError(f"order {order.about}: it names no channels of a release")
    return tuple(each for each in CHANNELS if each in named)


def stop_body(*, on: bool) -> dict[str, object]:
    """The body of an order that stops everything, or lets it go on."""
    return {"on": int(on)}


def stop_in(order: Order | None) -> bool:
    """Whether everything is stopped; an order that cannot be read stops."""
    return order is not None and order.body.get("on") != 0


def resolution_body(made: Resolution) -> dict[str, object]:
    """The body of an order that brings a decision.

    Raises:
        BadInputError: if it says that it is live, and at no address.
    """
    if made.ruling is Ruling.LIVE and _HTTPS.fullmatch(made.address) is None:
        raise BadInputError("address: give it as your browser shows it, with https:// at its beginning")
    return {"address": made.address, "ruling": made.ruling.value, "step": made.step}


def resolution_in(order: Order) -> Resolution:
    """The decision that an order brings.

    Raises:
        DamagedError: if it is no such order.
    """
    release, _, channel = order.about.partition("-")
    step, address = order.body.get("step"), order.body.get("address", "")
    fits = _ID.fullmatch(release) and channel in CHANNELS and isinstance(step, int) and isinstance(address, str)
    try:
        ruling = Ruling(str(order.body.get("ruling")))
    except ValueError:
        fits = None
    if order.kind != RESOLUTION or not fits:
        raise DamagedError(f"order {order.about}: it is no decision on a delivery")
    return Resolution(release, channel, ruling, int(str(step)), str(address))


def comment_body(made: CommentOrder) -> dict[str, object]:
    """The body of an order on a comment."""
    return {"act": made.act.value, "decision": made.decision, "release": made.release}


def comment_order_in(order: Order) -> CommentOrder:
    """What an order wants done on a comment.

    Raises:
        DamagedError: if it is no such order.
    """
    release, decision = order.body.get("release", ""), order.body.get("decision", 0)
    try:
        act = Act(str(order.body.get("act")))
    except ValueError:
        raise DamagedError(f"order {order.about}: nothing is known by that name to be done on a comment") from None
    fits = isinstance(release, str) and (act is not Act.REPLY or _ID.fullmatch(release)) and isinstance(decision, int)
    if order.kind != slot_of(act) or not fits or _ID.fullmatch(order.about) is None:
        raise DamagedError(f"order {order.about}: it is no order on a comment")
    return CommentOrder(order.about, act, str(release), int(str(decision)))


def told_box(told: Told) -> Box:
    """The box that tells one step of a delivery; the same step has the same id."""
    fields = {
        "release": told.release,
        "channel": told.channel,
        "step": str(told.step),
        "state": told.state.value,
        "at": told.at,
        "why": told.why,
        "address": told.address,
    }
    seed = f"leconfield delivery v1\n{told.release}\n{told.channel}\n{told.step}".encode()
    return Box(DELIVERED, told.at[:10], fields, id=sha256(seed).hexdigest()[:32])


def told_in(box: Box) -> Told:
    """The step of a delivery that a box tells.

    Raises:
        DamagedError: if it tells none.
    """
    one = _texts(box, ("release", "channel", "step", "state", "at", "why", "address"))
    fits = _ID.fullmatch(one["release"]) and one["channel"] in CHANNELS and _MOMENT.fullmatch(one["at"])
    if not fits or _NUMBER.fullmatch(one["step"]) is None:
        raise DamagedError("a box of a delivery: its release, channel, step or moment is none")
    try:
        state = State(one["state"])
    except ValueError:
        raise DamagedError(f'a box of a delivery: "{one["state"][:40]}" is no state of one') from None
    return Told(one["release"], one["channel"], int(one["step"]), state, one["at"], one["why"], one["address"])


def heard_box(heard: Heard) -> Box:
    """The box that brings a comment in; the same comment has the same id."""
    fields = {
        "comment": heard.comment,
        "channel": heard.channel,
        "release": heard.release,
        "name": heard.name,
        "words": heard.words,
        "address": heard.address,
    }
    return Box(ON_COMMENT, heard.day, fields, id=heard.comment)


def heard_in(box: Box) -> Heard:
    """The comment that a box brings.

    Raises:
        DamagedError: if it brings none.
    """
    one = _texts(box, ("comment", "channel", "release", "name", "words", "address"))
    if not (_ID.fullmatch(one["comment"]) and _ID.fullmatch(one["release"]) and one["channel"] in CHANNELS):
        raise DamagedError("a box of a comment: its comment, release or channel is none")
    return Heard(one["comment"], one["channel"], one["release"], one["name"], one["words"], box.day, one["address"])


def outcome_box(made: Outcome) -> Box:
    """The box that tells what became of an order on a comment; the same outcome of the same order has the same id."""
    fields = {"comment": made.comment, "serial": str(made.serial), "result": made.result.value, "why": made.why}
    seed = f"leconfield comment outcome v1\n{made.comment}\n{made.serial}\n{made.result}".encode()
    return Box(OUTCOME, made.day, fields, id=sha256(seed).hexdigest()[:32])


def outcome_in(box: Box) -> Outcome:
    """What a box tells of an order on a comment.

    Raises:
        DamagedError: if it tells nothing.
    """
    one = _texts(box, ("comment", "serial", "result", "why"))
    fits = _ID.fullmatch(one["comment"]) and _NUMBER.fullmatch(one["serial"]) and one["result"] in set(Result)
    if not fits:
        raise DamagedError("a box of a comment's outcome: its comment, serial or result is none")
    return Outcome(one["comment"], int(one["serial"]), Result(one["result"]), one["why"], box.day)


def _texts(box: Box, names: tuple[str, ...]) -> Mapping[str, str]:
    missing = [each for each in names if each not in box.fields]
    if missing:
        raise DamagedError(f"a box of kind {box.kind}: {', '.join(missing)} is missing")
    return {each: box.fields[each] for each in names}

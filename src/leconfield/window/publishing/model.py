"""What is kept of a delivery: one release on one channel, how it stands, and every step of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from leconfield.gate.bundles.channels import Post
from leconfield.gate.bundles.deliveries import State


@dataclass(frozen=True, slots=True)
class Delivery:
    """One release on one channel."""

    release: str
    channel: str
    state: State
    step: int
    """The last step's number; they grow, with gaps (`rules.next_step`)."""
    since: datetime
    """When it came to stand as it stands."""
    due: datetime
    """When it is looked at next."""
    why: str = ""
    attempt: int = 1
    """From 1; a person's decision to send it anew begins the next."""
    tries: int = 0
    """Containers made in this attempt."""
    beneath: str = ""
    """The comment that it answers, by the platform's id; empty: it is a post."""
    container: str = ""
    words: str = ""
    """What it says, as it was sent."""
    intent: datetime | None = None
    """When it was last begun to make it public; None: that was never begun."""
    before: tuple[str, ...] = ()
    """Ids that stood on the platform before that, or when a person was last asked."""
    media: str = ""
    """The platform's id of what is public."""
    address: str = ""
    stuck: datetime | None = None
    """Since when the platform cannot be asked about it, though nothing is public; None: it can."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, as it is told inside."""

    release: str
    channel: str
    number: int
    state: State
    at: datetime
    why: str
    address: str


class Standing(StrEnum):
    """How far a platform is with what was submitted."""

    WORKING = "working"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Seen:
    """Something public of ours on a platform."""

    id: str
    words: str
    at: datetime
    address: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment of somebody else beneath something of ours."""

    id: str
    name: str
    words: str
    at: datetime
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """What is handed to a channel."""

    post: Post
    addresses: tuple[str, ...] = field(default=())
    """Where the platform fetches each picture, for channels that fetch."""
    beneath: str = ""

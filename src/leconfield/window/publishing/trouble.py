"""What can go wrong with a platform, by what follows from it; and which of its errors is which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What follows from an error while nothing is public yet.

    While something is being made public, only `NOT_READY` says that nothing was; every other leaves it open.
    """

    AGAIN = "again"
    """Try anew, a few times."""
    FIX = "fix"
    """It will never be taken as it is."""
    EXPIRED = "expired"
    """What was submitted is gone; submit it anew."""
    LIMIT = "limit"
    """Wait: too much of something for now."""
    AUTH = "auth"
    """We are not let in."""
    LIE = "lie"
    """It says that a thing is not there; that may not be so."""
    NOT_READY = "not ready"


class TroubleError(Exception):
    """Something a channel could not do; `words` are ours, and hold nothing that the platform wrote."""

    def __init__(self, kind: Kind, words: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words


BY_SUBCODE: Final[Mapping[int, tuple[Kind, str]]] = {
    2207001: (Kind.AGAIN, "an error of its server"),
    2207003: (Kind.AGAIN, "it took too long to fetch a picture"),
    2207032: (Kind.AGAIN, "it could not make the container"),
    2207052: (Kind.AGAIN, "it could not fetch a picture"),
    2207053: (Kind.AGAIN, "an upload error that it does not name"),
    2207082: (Kind.AGAIN, "an upload error that it does not name"),
    2207004: (Kind.FIX, "a picture is larger than 8 MiB"),
    2207005: (Kind.FIX, "a picture is no JPEG"),
    2207009: (Kind.FIX, "a picture's shape is not taken"),
    2207010: (Kind.FIX, "the words are too long, or have too many # or @"),
    2207023: (Kind.FIX, "the kind of media is not known to it"),
    2207026: (Kind.FIX, "the format is not taken"),
    2207028: (Kind.FIX, "it has too few or too many pictures"),
    2207057: (Kind.FIX, "an offset is out of range"),
    2207006: (Kind.EXPIRED, "what was submitted is not there any more"),
    2207008: (Kind.EXPIRED, "what was submitted has expired"),
    2207020: (Kind.EXPIRED, "what was submitted has expired"),
    2207042: (Kind.LIMIT, "the posts of a day are used up"),
    2207051: (Kind.LIMIT, "it blocks what looks to it like spam"),
    2207050: (Kind.AUTH, "the account is restricted: sign in to the app"),
}
"""Instagram's errors by subcode."""
BY_CODE: Final[Mapping[int, tuple[Kind, str]]] = {
    190: (Kind.AUTH, "it does not take our token"),
    4: (Kind.LIMIT, "too many calls"),
    17: (Kind.LIMIT, "too many calls"),
    32: (Kind.LIMIT, "too many calls"),
    613: (Kind.LIMIT, "too many calls"),
    9: (Kind.LIMIT, "the posts of a day are used up"),
    9004: (Kind.AGAIN, "it could not fetch a picture"),
    9007: (Kind.NOT_READY, "it still works on what was submitted"),
    36000: (Kind.FIX, "a picture is larger than 8 MiB"),
    36001: (Kind.FIX, "a picture is no JPEG"),
    36003: (Kind.FIX, "a picture's shape is not taken"),
    36004: (Kind.FIX, "the words are too long, or have too many # or @"),
    2635: (Kind.AUTH, "the version of its API has ended: set a newer one in window.toml"),
}
"""Those without a subcode that we know, by code."""
_LIE: Final = (100, 33)


def of_error(code: int, subcode: int, status: int) -> TroubleError:
    """What an error of Instagram means."""
    known = BY_SUBCODE.get(subcode) or BY_CODE.get(code)
    if (code, subcode) == _LIE:
        known = Kind.LIE, "it says that there is no such thing"
    if known is None:
        known = (Kind.FIX if code == 100 else Kind.AGAIN), "an error that is not in our table"
    kind, words = known
    return TroubleError(kind, f"{words} (code {code}, subcode {subcode}, status {status})")


def of_status(status: int) -> TroubleError:
    """What a status without an error in it means (Mastodon, proxies)."""
    kinds = {
        401: Kind.AUTH,
        403: Kind.AUTH,
        404: Kind.LIE,
        410: Kind.LIE,
        413: Kind.FIX,
        422: Kind.FIX,
        429: Kind.LIMIT,
    }
    return TroubleError(kinds.get(status, Kind.AGAIN), f"it answered with status {status}")

"""What the API says when it refuses: its table of errors, in its shape (docs/fake-instagram.md, "Errors")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Refusal:
    """One line of the table of errors."""

    code: int
    subcode: int
    message: str
    status: int = 400
    kind: str = "OAuthException"
    transient: bool = False


class GraphError(Exception):
    """A refusal on its way to whoever asked."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal

    @property
    def body(self) -> dict[str, object]:
        """The error as the API writes it."""
        its = self.refusal
        told: dict[str, object] = {
            "message": its.message,
            "type": its.kind,
            "code": its.code,
            "is_transient": its.transient,
            "fbtrace_id": "FakeTraceOfNoRequest",
        }
        if its.subcode:
            told |= {"error_subcode": its.subcode, "error_user_title": its.message, "error_user_msg": its.message}
        return {"error": told}


SERVER: Final = Refusal(-1, 2207001, "Instagram server error. Try again later", 500, transient=True)
PLAIN_500: Final = Refusal(1, 0, "An unknown error occurred", 500, transient=True)
TIMEOUT: Final = Refusal(-2, 2207003, "It takes too long to download the media", transient=True)
EXPIRED: Final = Refusal(-2, 2207020, "The media has expired; create a new container")
BLOCKED: Final = Refusal(4, 2207051, "We restrict certain activity to protect our community", 403)
RATE: Final = Refusal(4, 0, "Application request limit reached", 403, transient=True)
MOST_POSTS: Final = Refusal(
    9, 2207042, "You reached the maximum number of posts that can be published by this API", 403
)
NO_MEDIA: Final = Refusal(24, 2207006, "The requested resource does not exist")
BUILDER_EXPIRED: Final = Refusal(24, 2207008, "The media builder with this creation id was not found or has expired")
RESTRICTED: Final = Refusal(25, 2207050, "The account is restricted; sign in to the app", 403)
BAD_TOKEN: Final = Refusal(190, 463, "Error validating access token: it has expired", 401)
NO_TOKEN: Final = Refusal(190, 0, "Invalid OAuth access token - Cannot parse access token", 401)
TOO_YOUNG: Final = Refusal(190, 0, "The access token cannot be refreshed: it is less than 24 hours old", 400)
LIES: Final = Refusal(
    100, 33, "Unsupported request. Object does not exist, or cannot be loaded", 400, "GraphMethodException"
)
BAD_PARAMETER: Final = Refusal(100, 0, "Invalid parameter")
NO_FIELD: Final = Refusal(100, 0, "Tried accessing nonexisting field on this node")
MEDIA_TYPE: Final = Refusal(100, 2207023, "The media type is unknown")
CAROUSEL: Final = Refusal(100, 2207028, "A carousel takes 2 to 10 photos")
CAPTION: Final = Refusal(36004, 2207010, "The caption is too long: 2200 characters, 30 hashtags, 20 @ tags at most")
TOO_LARGE: Final = Refusal(36000, 2207004, "The image is too large: 8 MiB at most")
FORMAT: Final = Refusal(36001, 2207005, "The image format is not supported: JPEG only")
ASPECT: Final = Refusal(36003, 2207009, "The aspect ratio is not supported: 4:5 to 1.91:1")
FETCH: Final = Refusal(9004, 2207052, "The media could not be fetched from this uri", transient=True)
NOT_READY: Final = Refusal(9007, 2207027, "The media is not ready for publishing, please wait for a moment")
ENDED: Final = Refusal(2635, 0, "You are calling a deprecated version; use a newer one")
NO_PATH: Final = Refusal(2500, 0, "Unknown path components")
COMMENT: Final = Refusal(100, 2207095, "This comment cannot be replied to, hidden or shown")
TOO_MANY_CONTAINERS: Final = Refusal(4, 2207085, "400 containers were made within 24 hours", 403)

NAMED: Final[Mapping[str, Refusal]] = {
    "server": SERVER,
    "500": PLAIN_500,
    "timeout": TIMEOUT,
    "expired": EXPIRED,
    "blocked": BLOCKED,
    "rate": RATE,
    "most-posts": MOST_POSTS,
    "restricted": RESTRICTED,
    "token": BAD_TOKEN,
    "lies": LIES,
    "fetch": FETCH,
    "not-ready": NOT_READY,
    "format": FORMAT,
    "aspect": ASPECT,
}
"""Refusals that a script of faults may ask for, by name."""

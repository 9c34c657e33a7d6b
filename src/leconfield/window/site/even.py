"""Answers of one size: whoever counts bytes on the wire learns not whether a letter was there, nor how long it was."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

STEP: Final = 64 * 1024
"""Bytes of an answer, or a whole number of them; the longest letter there may be takes less, with its page."""
_OPENS, _CLOSES = b"<!--", b"-->\n"


def even(page: Response) -> Response:
    """The same page, filled up with a comment behind its end.

    It is worth nothing where answers are compressed: nothing is here, nor may be by a proxy (`docs/window.md`).
    """
    held = bytes(page.body)
    room = -(len(held) + len(_OPENS) + len(_CLOSES)) % STEP
    filled = held + _OPENS + b" " * room + _CLOSES
    return Response(filled, page.status_code, {"cache-control": page.headers["cache-control"]}, page.media_type)

"""Base64 with one spelling for each value, so that no byte of a note can change unseen."""

from __future__ import annotations

import base64
import binascii

from leconfield.errors import DamagedError


def encoded(value: bytes) -> str:
    """Standard base64 with padding (RFC 4648 section 4)."""
    return base64.b64encode(value).decode("ascii")


def decoded(text: str, where: str) -> bytes:
    """The bytes that `text` writes; `where` begins the message, which never repeats the text: it may be a secret.

    Raises:
        DamagedError: if it is not base64 or not its one canonical spelling.
    """
    try:
        value = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise DamagedError(f"{where}: this is not base64") from None
    if encoded(value) != text:
        raise DamagedError(f"{where}: this is not the canonical base64 of anything")
    return value

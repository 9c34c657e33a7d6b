"""Ids that tell nothing: 128 bits, keyed by the desk, never serial (a gap would be a leak).

An id is a function of what it names, so that the same act repeated after a crash is one act, not two; without the
desk's key nobody can compute it, or test a guess about what it names.
"""

import hashlib
import hmac


class Ids:
    """Makes ids under one desk's secret key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, kind: str, *parts: str) -> str:
        """The id of the thing of that kind which `parts` describe: 32 hexadecimal digits."""
        message = hmac.new(self._key, digestmod=hashlib.sha256)
        for part in (kind, *parts):
            encoded = part.encode("utf-8", "surrogatepass")
            message.update(len(encoded).to_bytes(8, "big") + encoded)
        return message.hexdigest()[:32]

"""What every answer of the window says to the browser: load nothing from elsewhere, tell nobody, keep nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Every page and script works under it; no exception is needed anywhere."""
ALWAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
)
"""Headers of every answer."""
_ONLY_TLS: Final = {"strict-transport-security": "max-age=31536000; includeSubDomains"}
CACHED: Final = "public, no-cache"
"""Of pages that are the same for everybody: kept, and asked for again each time (304 costs next to nothing), so that
an instant is one for all. Any number of seconds would be late, or tell of an embargo, or of this host's clock."""
FOR_EVER: Final = "public, max-age=31536000, immutable"
"""Of what bears the hash of its bytes in its name."""
NEVER: Final = "no-store"
"""Of everything that somebody typed something for."""


def headers(url: str) -> Mapping[str, str]:
    """Headers of every answer of a window at that address; one with TLS is never to be asked without."""
    return {**ALWAYS, **_ONLY_TLS} if url.startswith("https://") else ALWAYS

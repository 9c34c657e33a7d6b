"""Bundles with fixed keys for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from leconfield.gate.bundles import Content, SecretKey, content, write

SEAL = SecretKey.from_seed(bytes(range(32)))
SECOND = SecretKey.from_seed(b"\x22" * 32)
RELEASE = "0123456789abcdef0123456789abcdef"
TEXT = b"The bakery on the corner was watched for a week.\n"
VECTORS = Path(__file__).parent / "vectors"


def files(**more: bytes) -> dict[str, tuple[str, bytes]]:
    """A post, and what else goes with it."""
    return {
        "text.txt": ("text/plain", TEXT),
        **{f"{name}.bin": ("application/octet-stream", held) for name, held in more.items()},
    }


def made(given: Mapping[str, tuple[str, bytes]] | None = None, **more: str) -> Content:
    """Its content."""
    return content("post", "public", dict(given or files()), **more)


def sealed(
    *signers: SecretKey, given: Mapping[str, tuple[str, bytes]] | None = None, recipient: str = "", **more: str
) -> bytes:
    """The bundle of it."""
    held = given or files()
    return write(
        RELEASE,
        made(held, **more),
        {name: each for name, (_, each) in held.items()},
        signers or (SEAL,),
        recipient=recipient,
    )

"""Which releases the window is to have. Pure."""

from __future__ import annotations

from typing import Final

from leconfield.gate.release.model import Release, State

PUBLIC: Final = "public"
"""The audience whose releases the window shows; what a partner gets goes in an order, enclosed for him."""


def crosses(release: Release) -> bool:
    """Whether the window is to have a release as it stands now: it, or what takes it back."""
    if release.content.audience != PUBLIC:
        return False
    if release.state is State.WITHDRAWN:
        return release.was_sealed
    return release.state is State.PUBLISHED or (release.state is State.SEALED and bool(release.content.embargo))

"""What there is of a partner's feed: the partner as we know him, and the items that were put into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from leconfield.gate.bundles.partners import Partner
from leconfield.ledger.model import EntryId

REGISTERED: Final = "partner registered"
RENEWED: Final = "partner key renewed"
REVOKED: Final = "partner revoked"
PUT: Final = "partner item put"
TAKEN_BACK: Final = "partner item taken back"
KINDS: Final = frozenset({REGISTERED, RENEWED, REVOKED, PUT, TAKEN_BACK})
MAX_NAME: Final = 200
"""Characters of a partner's name."""
MAX_REASON: Final = 2_000


@dataclass(frozen=True, slots=True)
class Sent:
    """One release in a partner's feed."""

    item: str
    """The id under which the partner's feed has it."""
    release: EntryId
    collection: str
    added: str
    """The instant of the batch with which it is served."""
    at: str
    by: str
    digest: str
    """SHA-256, in hex, of the sealed bundle that is in it."""
    taken_back: str = ""
    """When it was taken back; empty: it stands."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A partner who reads a feed."""

    handle: str
    """His address at the window: at random, and never his name."""
    name: str
    """As hand-overs to him are written."""
    public: str
    """The public half (hex) of the pair that follows from his key."""
    collections: tuple[str, ...]
    label: str
    at: str
    by: str
    key_since: str
    """When the key that he has now was made."""
    revoked: str = ""
    """When his key was revoked; empty: it opens his feed."""
    reason: str = ""
    """Why it was."""
    items: Mapping[str, Sent] = field(default_factory=dict)
    """By their ids, in the order in which they were put in."""

    @property
    def outside(self) -> Partner:
        """What the window knows of him."""
        return Partner(self.handle, self.public, self.collections, revoked=bool(self.revoked))

    def sent(self, release: str) -> Sent | None:
        """The item that a release is in his feed; None: it is not, or not any more."""
        return next((each for each in self.items.values() if each.release == release and not each.taken_back), None)

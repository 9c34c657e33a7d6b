"""Ids for one recipient alone: two partners who lay their files side by side find no id in common.

Each is an HMAC under the desk's key of the recipient's name and of what it stands for (`ledger.ids`), so that the same
recipient is told the same id again, and nobody without the key can say what an id stands for (compare SI 2000/2725,
reg. 3(d): the means by which a source is referred to within each authority).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leconfield.ledger.ids import Ids


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Makes the ids that one recipient is told."""

    ids: Ids
    recipient: str

    def of(self, kind: str, *parts: str) -> str:
        """The id of that thing for this recipient: 32 hexadecimal digits. Case and blanks in his name do not matter."""
        return self.ids.of("pseudonym", " ".join(self.recipient.casefold().split()), kind, *parts)

    def stix(self, kind: str, *parts: str) -> str:
        """The same as STIX writes it: the type of the object, and a UUID that looks like any random one."""
        return f"{kind}--{UUID(hex=self.of(kind, *parts), version=4)}"

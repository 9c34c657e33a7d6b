"""What the desk keeps of a file that waits at the gate for somebody outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.desk.acts import lines
from leconfield.desk.exchange.model import FTM, GRAPHML, STIX
from leconfield.ledger.model import Entry, EntryId

PREPARED: Final = "hand-over prepared"
"""Kind of entry, about a release: for whom the file in it is, and what for."""
RELEASE: Final = "release"
"""The key of a receipt's body under which the release stands by which the file left."""
FORM: Final = "partner-bundle"
AUDIENCE: Final = "partner"
MEMBERS: Final = {
    STIX: ("bundle.json", "application/json"),
    FTM: ("bundle.jsonl", "text/plain"),
    GRAPHML: ("bundle.graphml", "text/plain"),
}
"""Format to the name and media type of the file in its release: all are text, so that the gate can look through it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file for somebody outside that is the content of a release."""

    release: EntryId
    at: str
    by: str
    recipient: str
    purpose: str
    form: str
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    subjects: str
    """Ids of the subjects in it, one on a line."""
    statements: str
    holds: tuple[str, ...]
    """What the recipient is said to hold."""
    label: str

    @property
    def count(self) -> int:
        """How many subjects are in it."""
        return len(lines(self.subjects))


def prepared_in(entry: Entry) -> Prepared:
    """What an entry of kind `PREPARED` keeps."""
    body = entry.body
    kept = {each: body.get(each, "") for each in ("recipient", "purpose", "format", "digest", "subjects", "statements")}
    return Prepared(
        release=EntryId(entry.about),
        at=entry.at,
        by=entry.by,
        recipient=kept["recipient"],
        purpose=kept["purpose"],
        form=kept["format"],
        digest=kept["digest"],
        subjects=kept["subjects"],
        statements=kept["statements"],
        holds=tuple(body.get("holds", "").split()),
        label=entry.label,
    )

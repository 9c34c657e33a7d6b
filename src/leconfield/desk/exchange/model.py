"""What the desk keeps of an exchange: a receipt for whatever was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.desk.acts import lines
from leconfield.errors import BadInputError
from leconfield.ledger.model import Entry, EntryId

HANDED_OVER: Final = "bundle handed over"
"""Kind of entry: something went to somebody outside."""
STIX: Final = "stix"
FTM: Final = "ftm"
GRAPHML: Final = "graphml"
FORMATS: Final[dict[str, str]] = {
    STIX: "STIX 2.1 bundle",
    FTM: "FollowTheMoney entities",
    GRAPHML: "GraphML network",
}
"""Format to what people call it."""
ENDINGS: Final = {STIX: "stix.json", FTM: "ftm.jsonl", GRAPHML: "graphml"}
"""Format to how a file of it is named at its end."""
MEDIA_TYPES: Final = {
    STIX: "application/stix+json;version=2.1",
    FTM: "application/x-ndjson",
    GRAPHML: "application/xml",
}
MOST_SUBJECTS: Final = 2000
"""Subjects that one file takes along."""
MAX_NAME: Final = 120
"""Characters of a recipient's or a mapping's name."""


class ExchangeError(BadInputError):
    """A file from outside that cannot be taken in, or a wish that cannot be met; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That something went to somebody outside: to whom, what for, how much, and the hash of what it was."""

    id: EntryId
    at: str
    by: str
    recipient: str
    purpose: str
    form: str
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    subjects: tuple[str, ...]
    """Ids of the subjects in it, as the desk knows them."""
    statements: int
    label: str


def receipt_of(entry: Entry) -> Receipt:
    """The receipt that an entry of kind `HANDED_OVER` keeps."""
    body = entry.body
    return Receipt(
        id=entry.id,
        at=entry.at,
        by=entry.by,
        recipient=entry.about,
        purpose=body["purpose"],
        form=body["format"],
        digest=body["digest"],
        subjects=lines(body["subjects"]),
        statements=int(body["statements"]),
        label=entry.label,
    )

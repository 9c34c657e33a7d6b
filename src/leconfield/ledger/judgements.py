"""Judgements: persons' opinions that two records are the same, different or undecided, kept as entries."""

from __future__ import annotations

from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, Judgement, SubjectId

JUDGED: Final = "judged"
VERDICTS: Final = ("same", "different", "undecided", "withdrawn")


def judgement_in(entry: Entry) -> Judgement | None:
    """The judgement that an entry records; None for an entry of another kind."""
    if entry.kind != JUDGED:
        return None
    return Judgement(
        left=SubjectId(entry.body["left"]),
        right=SubjectId(entry.body["right"]),
        verdict=entry.body["verdict"],
        by=entry.by,
        reason=entry.body["reason"],
        at=entry.at,
        label=entry.label,
    )


def judging(left: SubjectId, right: SubjectId, verdict: str, reason: str, label: str) -> Draft:
    """The draft of a judgement on two records.

    Raises:
        BadInputError: if the verdict is not one of `VERDICTS`, or both records are one.
    """
    if verdict not in VERDICTS:
        raise BadInputError(f'verdict "{verdict}" is not one; choose {", ".join(VERDICTS)}')
    if left == right:
        raise BadInputError("a record cannot be compared with itself; choose two")
    first, second = sorted((left, right))
    body = {"left": first, "right": second, "verdict": verdict, "reason": reason}
    return Draft(kind=JUDGED, label=label, about=first, body=body)

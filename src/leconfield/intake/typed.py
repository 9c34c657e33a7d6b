"""What an officer types beside whatever he files: its source, grade and label."""

from __future__ import annotations

from leconfield.errors import BadInputError, LeconfieldError
from leconfield.intake.filing import Terms
from leconfield.ledger.grades import parse_grade
from leconfield.web.visit import Visit


def held_by(visit: Visit) -> str:
    """The tokens that the visitor may write into a label."""
    return ", ".join(sorted(visit.reader.tokens)) or "no tokens"


def terms_typed(visit: Visit, filled: dict[str, str]) -> tuple[dict[str, str], Terms | None]:
    """What is wrong, by field; and the terms, if grade and label are right."""
    faults: dict[str, str] = {}
    if not filled["source"].strip():
        faults["source"] = "Say which source it is from."
    try:
        grade = parse_grade(filled["grade"])
    except BadInputError as error:
        faults["grade"] = str(error)
        return faults, None
    try:
        visit.desk.check_writable(visit.reader, filled["label"].strip())
    except LeconfieldError as error:
        faults["label"] = str(error)
        return faults, None
    terms = Terms(filled["source"].strip(), filled["channel"], grade, filled["label"].strip())
    return faults, terms.of(visit.reader)

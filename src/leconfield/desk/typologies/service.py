"""Acts of typologies: write a version, put one in force or out of it; each by a named officer, with his reason."""

from __future__ import annotations

from leconfield.desk.acts import in_words, label_over
from leconfield.desk.typologies.catalogue import SHIPPED, Catalogue
from leconfield.desk.typologies.model import IN_FORCE, VERSIONED, Typology
from leconfield.desk.typologies.parsing import parse
from leconfield.errors import BadInputError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View


def write(desk: Desk, view: View, text: str, *, reason: str, label: str) -> tuple[Typology, str]:
    """Write a new version of a typology, or the first of a new one; the typology and the id of its version.

    Raises:
        BadInputError: if it does not fit the format, its number is taken, or the reason is missing.
        RefusedError: if he looks at the past, or the label would hide it from him.
        LabelError: if the label does not parse.
    """
    refuse_the_past(view)
    typology = parse(text, "your text")
    why = in_words(reason)
    catalogue = view.derived(Catalogue)
    if typology.id in catalogue.typologies():
        taken = {each.typology.version for each in catalogue.versions(typology.id)}
        if typology.version in taken:
            raise BadInputError(
                f'version {typology.version} of "{typology.id}" stands; write version = {max(taken) + 1}'
            )
    body = {"text": text.replace("\r\n", "\n"), "version": str(typology.version), "reason": why}
    (receipt,) = desk.append(view.reader, [Draft(VERSIONED, label.strip(), about=typology.id, body=body)])
    return typology, receipt.entry


def put_in_force(desk: Desk, view: View, typology: str, version: str, *, reason: str, label: str) -> None:
    """Put a version in force, or, with an empty version, take the typology out of force.

    Raises:
        NotFoundError: if the view has no such typology or version.
        BadInputError: if it is so already, or the reason is missing.
        RefusedError, LabelError: as for writing one.
    """
    refuse_the_past(view)
    catalogue = view.derived(Catalogue)
    why = in_words(reason)
    catalogue.versions(typology)
    its_label = catalogue.version(typology, version).label if version else ""
    now = catalogue.in_force(typology)
    if (now.id if now else "") == version:
        raise BadInputError("it is so already; nothing was changed")
    body = {"version": version, "reason": why}
    desk.append(view.reader, [Draft(IN_FORCE, label_over(label.strip(), its_label), about=typology, body=body)])


def next_text(text: str, number: int) -> str:
    """The text of a version with another number, for the editor to begin with."""
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.split("=")[0].strip() == "version":
            lines[place] = f"version = {number}\n"
            break
    return "".join(lines)


__all__ = ["SHIPPED", "next_text", "put_in_force", "write"]

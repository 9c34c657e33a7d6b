"""The parts of a question, each as it was written: what free text is read into, and what the fields of a form hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in parts. Several values of one part stand apart by semicolons."""

    name: str = ""
    born: str = ""
    place: str = ""
    address: str = ""
    nationality: str = ""
    sex: str = ""
    vehicle: str = ""
    phone: str = ""
    plate: str = ""
    account: str = ""
    document: str = ""
    email: str = ""
    handle: str = ""
    also: str = ""
    """Other words said of him: they help to rank, they never find anybody."""

    @property
    def words(self) -> str:
        """The whole question in one line, as the audit keeps it: `Mohamed; born about 30; place Luton`."""
        said = (value if each == "name" else f"{LABELS[each].lower()} {value}" for each, value in self.parts())
        return "; ".join(said)

    def parts(self) -> list[tuple[str, str]]:
        """The parts that are not empty: field and value."""
        return [(each, value) for each in LABELS if (value := str(getattr(self, each)).strip())]


LABELS: Final = {
    "name": "Name",
    "born": "Born",
    "place": "Place",
    "address": "Address",
    "nationality": "Nationality",
    "sex": "Sex",
    "vehicle": "Vehicle",
    "phone": "Phone",
    "plate": "Plate",
    "account": "Account",
    "document": "Document",
    "email": "E-mail",
    "handle": "Handle",
    "also": "Also said",
}
"""What people call each part, in the order in which they are shown."""
HINTS: Final = {
    "born": "1985-1990, about 30",
    "place": "Luton",
    "nationality": "Polish",
    "sex": "man or woman",
    "vehicle": "grey Golf",
    "plate": "AB12 CDE",
}
"""How a part may be written, where that is not plain."""
LONGEST: Final = 400
"""Letters of a question, or of one part of it, that are read."""


def asked_by(value_of: Callable[[str], str]) -> Asked:
    """The question in the fields of a form or the cells of a row, by the name of the part."""
    values = {each.name: " ".join(value_of(each.name).replace("\x00", " ").split())[:LONGEST] for each in fields(Asked)}
    return Asked(**values)

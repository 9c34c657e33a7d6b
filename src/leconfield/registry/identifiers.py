"""Identifiers: one key for every way of writing a number, and which of them make two records sure to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers

from leconfield.ledger.vocabulary import (
    ACCOUNT,
    DOCUMENT,
    IDENTIFIERS,
    ONLINE,
    ORGANISATION,
    PERSON,
    PHONE,
    PLACE,
    VEHICLE,
)

_SEPARATORS: Final = re.compile(r"[\W_]+")
_PLATE: Final = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]{4,10}")

NAMED_BY: Final = {
    PHONE: "phone",
    VEHICLE: "registrationNumber",
    ACCOUNT: "iban",
    ONLINE: "handle",
    DOCUMENT: "idNumber",
}
"""Things whose very name is an identifier."""
_STRONG: Final[dict[str, frozenset[str]]] = {
    PERSON: frozenset({"idNumber", "email"}),
    ORGANISATION: frozenset({"idNumber", "registrationNumber", "website"}),
    PLACE: frozenset(),
}
"""What only one subject of that schema has. Phones and handles change hands: of people they are no proof."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as written, and the key under which every way of writing it is equal."""

    prop: str
    value: str
    key: str


def identifier(prop: str, value: str) -> Identifier | None:
    """The identifier that a value is; None if too little is left of it to tell things apart."""
    key = normalise(prop, value)
    return Identifier(prop, value, key) if len(key) >= 3 else None


def normalise(prop: str, value: str) -> str:
    """The value without what writers vary: spaces, case, codes before a phone number, `https://www`."""
    folded = value.strip().casefold()
    if prop == "phone":
        return _national(folded)
    if prop == "website":
        return re.sub(r"^https?://(www\.)?|/+$", "", folded)
    if prop == "email":
        return folded
    if prop == "handle":
        return folded.lstrip("@")
    return _SEPARATORS.sub("", folded)


def _national(number: str) -> str:
    """The digits of a phone number without the codes that writers put before it or leave out."""
    digits = "".join(str(int(letter)) for letter in number if letter.isdecimal())
    international = number.startswith("+") or digits.startswith("00")
    digits = digits.lstrip("0")
    if not international:
        return digits
    try:
        return str(phonenumbers.parse(f"+{digits}").national_number)
    except phonenumbers.NumberParseException:
        return digits


def identifiers_of_name(schema: str, name: str) -> Identifier | None:
    """The identifier that the name of a phone, a vehicle, an account is; None for a name in words."""
    prop = NAMED_BY.get(schema)
    if prop is None:
        return None
    if prop == "registrationNumber" and not _PLATE.fullmatch(normalise(prop, name)):
        return None
    if prop in {"phone", "iban", "idNumber"} and sum(letter.isdecimal() for letter in name) < 5:
        return None
    return identifier(prop, name)


def is_sure(schema: str, prop: str) -> bool:
    """Whether two records of that schema with this identifier in common are surely one subject."""
    return prop in _STRONG.get(schema, IDENTIFIERS)

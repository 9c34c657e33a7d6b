"""Which FollowTheMoney term is which of ours. Source: the schema files of alephdata/followthemoney (MIT)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.ledger import vocabulary as own


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval schema, the link that it is here, and its two ends."""

    schema: str
    prop: str
    left: str
    right: str


INTERVALS: Final = (
    Interval("Membership", "membership", "member", "organization"),
    Interval("Employment", "employer", "employee", "employer"),
    Interval("Directorship", "director", "director", "organization"),
    Interval("Ownership", "owner", "owner", "asset"),
    Interval("Family", "family", "person", "relative"),
    Interval("Associate", "associate", "person", "associate"),
    Interval("Payment", "paid", "payer", "beneficiary"),
)
UNKNOWN_LINK: Final = Interval("UnknownLink", "associate", "subject", "object")
"""Carries every other link, whose name it keeps in `role`; without one that is ours it says only `associate`."""

ALL_INTERVALS: Final = {each.schema: each for each in (*INTERVALS, UNKNOWN_LINK)}
BY_LINK: Final = {each.prop: each for each in INTERVALS}
TIMES: Final = frozenset({"startDate", "endDate", "date"})
LINK_DETAIL: Final = frozenset(
    {"role", "status", "summary", "description", "recordId", "percentage", "sharesCount", "sharesValue", "sharesType"}
    | {"sharesCurrency", "ownershipType", "relationship", "secretary", "amount", "amountUsd", "amountEur", "currency"}
    | {"purpose", "transactionNumber", "sequenceNumber", "programme", "legalBasis"}
)
"""What the format says of a link beyond its ends and its time: a link here has no properties, the file keeps it."""

METADATA: Final = frozenset(
    {
        "sourceUrl",
        "publisher",
        "publisherUrl",
        "alephUrl",
        "modifiedAt",
        "retrievedAt",
        "createdAt",
        "indexText",
        "proof",
    }
)
"""About the file's making, not about the subject."""
NAME_PARTS: Final = (
    "title",
    "firstName",
    "secondName",
    "middleName",
    "fatherName",
    "motherName",
    "lastName",
    "nameSuffix",
)
"""Repeat what `name` says; make the name where there is none."""

SCHEMATA_IN: Final = {
    "Person": own.PERSON,
    "Organization": own.ORGANISATION,
    "Company": own.ORGANISATION,
    "PublicBody": own.ORGANISATION,
    "LegalEntity": own.THING,
    "Address": own.PLACE,
    "Vehicle": own.VEHICLE,
    "Vessel": own.VEHICLE,
    "Airplane": own.VEHICLE,
    "BankAccount": own.ACCOUNT,
    "UserAccount": own.ONLINE,
    "Event": own.EVENT,
    "Document": own.DOCUMENT,
    "Asset": own.THING,
    "Thing": own.THING,
}
SCHEMATA_OUT: Final = {
    own.PERSON: "Person",
    own.ORGANISATION: "Organization",
    own.PLACE: "Address",
    own.VEHICLE: "Vehicle",
    own.PHONE: "UserAccount",
    own.ACCOUNT: "BankAccount",
    own.ONLINE: "UserAccount",
    own.EVENT: "Event",
    own.WEAPON: "Asset",
    own.DOCUMENT: "Document",
    own.THING: "Thing",
}
TELEPHONE: Final = "telephone"
"""The `service` of a user account that is a telephone number: the format has no schema for phones."""

_OF_THINGS: Final = {
    each: each for each in ("name", "alias", "weakAlias", "description", "notes", "country", "address")
}
_OF_LEGAL_ENTITIES: Final = {
    **_OF_THINGS,
    **{each: each for each in ("email", "phone", "website", "registrationNumber", "idNumber")},
}
_OF_ACCOUNTS: Final = {**_OF_THINGS, "handle": "username", "email": "email", "phone": "number"}
PROPERTIES_OUT: Final[dict[str, dict[str, str]]] = {
    own.PERSON: {
        **_OF_LEGAL_ENTITIES,
        **{each: each for each in ("birthDate", "birthPlace", "nationality", "gender", "position")},
    },
    own.ORGANISATION: _OF_LEGAL_ENTITIES,
    own.PLACE: {
        "name": "full",
        "description": "summary",
        "notes": "remarks",
        "country": "country",
        "latitude": "latitude",
        "longitude": "longitude",
    },
    own.VEHICLE: {**_OF_THINGS, "registrationNumber": "registrationNumber", "model": "model"},
    own.PHONE: _OF_ACCOUNTS,
    own.ACCOUNT: {**_OF_THINGS, "iban": "iban", "idNumber": "accountNumber"},
    own.ONLINE: _OF_ACCOUNTS,
    own.EVENT: {**_OF_THINGS, "date": "date"},
    own.WEAPON: _OF_THINGS,
    own.DOCUMENT: {**_OF_THINGS, "date": "date"},
    own.THING: _OF_THINGS,
}
"""By our schema: our property and the format's. What it has no word for is written as a note, `colour: red`."""

_SYNONYMS: Final = {
    "previousName": "alias",
    "abbreviation": "alias",
    "summary": "description",
    "citizenship": "nationality",
    "passportNumber": "idNumber",
    "socialSecurityNumber": "idNumber",
    "taxNumber": "idNumber",
    "innCode": "idNumber",
    "vatCode": "idNumber",
    "imoNumber": "registrationNumber",
    "mmsi": "registrationNumber",
    "jurisdiction": "country",
    "mainCountry": "country",
    "topics": "notes",
    "keywords": "notes",
    "program": "notes",
    "remarks": "notes",
    "full": "name",
    "username": "handle",
    "number": "phone",
    "accountNumber": "idNumber",
    "location": "address",
    "startDate": "date",
}
PROPERTIES_IN: Final = {**{each: each for each in own.PROPERTIES.keys() - own.LINKS}, **_SYNONYMS}
"""The format's property and ours, whatever the schema."""

ENTITY_PROPERTIES: Final = {
    ("Vehicle", "owner"): "owner",
    ("Vessel", "owner"): "owner",
    ("Airplane", "owner"): "owner",
    ("Vehicle", "operator"): "user",
    ("Vessel", "operator"): "user",
    ("Airplane", "operator"): "user",
    ("UserAccount", "owner"): "user",
    ("Event", "involved"): "attended",
}
"""Properties whose value is an entity: the link from that entity to the one that has the property."""
ADDRESS_ENTITY: Final = "addressEntity"

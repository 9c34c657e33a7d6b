"""The words statements use: schemata and properties, FollowTheMoney terms where they exist.

`LINKS` are the properties whose value is the id of another subject; everything else is text.
Source of the terms: the FollowTheMoney schema (alephdata/followthemoney); `called`, `seenAt`, `near` and the incident
roles are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PERSON: Final = "Person"
ORGANISATION: Final = "Organization"
PLACE: Final = "Address"
VEHICLE: Final = "Vehicle"
PHONE: Final = "Phone"
ACCOUNT: Final = "BankAccount"
ONLINE: Final = "UserAccount"
EVENT: Final = "Event"
WEAPON: Final = "Weapon"
DOCUMENT: Final = "Document"
THING: Final = "Thing"

SCHEMATA: Final[dict[str, str]] = {
    PERSON: "person",
    ORGANISATION: "organisation",
    PLACE: "place",
    VEHICLE: "vehicle",
    PHONE: "phone",
    ACCOUNT: "bank account",
    ONLINE: "online account",
    EVENT: "incident",
    WEAPON: "weapon",
    DOCUMENT: "document",
    THING: "thing",
}
"""Schema name to the word shown to people."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property: what people call it, and whether its value is a subject or a strong identifier."""

    name: str
    words: str
    link: bool = False
    reverse: str = ""
    identifier: bool = False


_PROPERTIES: Final = (
    Property("name", "name"),
    Property("alias", "also known as"),
    Property("weakAlias", "may also be called"),
    Property("birthDate", "born"),
    Property("birthPlace", "born in"),
    Property("nationality", "nationality"),
    Property("gender", "sex"),
    Property("religion", "religion"),
    Property("ethnicity", "ethnic origin"),
    Property("political", "political opinion"),
    Property("unionMembership", "trade union"),
    Property("health", "health"),
    Property("sexLife", "sex life"),
    Property("biometrics", "biometrics"),
    Property("genetics", "genetics"),
    Property("position", "role"),
    Property("description", "description"),
    Property("notes", "note"),
    Property("address", "address"),
    Property("phone", "phone number", identifier=True),
    Property("email", "e-mail", identifier=True),
    Property("handle", "handle", identifier=True),
    Property("website", "website", identifier=True),
    Property("registrationNumber", "registration", identifier=True),
    Property("iban", "IBAN", identifier=True),
    Property("idNumber", "document number", identifier=True),
    Property("make", "make"),
    Property("model", "model"),
    Property("colour", "colour"),
    Property("latitude", "latitude"),
    Property("longitude", "longitude"),
    Property("country", "country"),
    Property("date", "date"),
    Property("incidentType", "kind of incident"),
    Property("stage", "stage"),
    Property("amount", "amount"),
    Property("perpetratorWords", "perpetrator, in words"),
    Property("targetWords", "target, in words"),
    Property("victimWords", "victim, in words"),
    Property("weaponWords", "weapon, in words"),
    Property("locationWords", "place, in words"),
    Property("knownAs", "known as", link=True, reverse="known as"),
    Property("associate", "associate of", link=True, reverse="associate of"),
    Property("family", "family of", link=True, reverse="family of"),
    Property("membership", "member of", link=True, reverse="has member"),
    Property("employer", "works for", link=True, reverse="employs"),
    Property("director", "directs", link=True, reverse="directed by"),
    Property("owner", "owns", link=True, reverse="owned by"),
    Property("user", "uses", link=True, reverse="used by"),
    Property("residence", "lives at", link=True, reverse="home of"),
    Property("location", "at", link=True, reverse="place of"),
    Property("seenAt", "seen at", link=True, reverse="sighting of"),
    Property("met", "met", link=True, reverse="met"),
    Property("called", "called", link=True, reverse="called by"),
    Property("paid", "paid", link=True, reverse="paid by"),
    Property("attended", "present at", link=True, reverse="attended by"),
    Property("perpetrator", "perpetrator", link=True, reverse="carried out"),
    Property("target", "target", link=True, reverse="targeted in"),
    Property("victim", "victim", link=True, reverse="victim of"),
    Property("weapon", "weapon", link=True, reverse="used in"),
)
PROPERTIES: Final[dict[str, Property]] = {each.name: each for each in _PROPERTIES}
LINKS: Final = frozenset(each.name for each in _PROPERTIES if each.link)
IDENTIFIERS: Final = frozenset(each.name for each in _PROPERTIES if each.identifier)
NAMES: Final = frozenset({"name", "alias", "weakAlias"})
PROTECTED: Final = frozenset(
    {"religion", "ethnicity", "political", "unionMembership", "health", "sexLife", "biometrics", "genetics"}
)
"""What a person is protected in (Data Protection Act 2018, s. 86(7)): it may be held, and never reaches a score."""


def words_for(prop: str) -> str:
    """What people call the property; its own name if it is not in the vocabulary."""
    known = PROPERTIES.get(prop)
    return known.words if known else prop


def reverse_words_for(prop: str) -> str:
    """The link read from its other end: `employer` from the organisation's side is `employs`."""
    known = PROPERTIES.get(prop)
    return (known.reverse or known.words) if known else prop

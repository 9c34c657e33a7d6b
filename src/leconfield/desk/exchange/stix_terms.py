"""Which STIX 2.1 term is which of ours. Source: OASIS, STIX Version 2.1 (2021), sections 3 to 7 and appendix A."""

from __future__ import annotations

import re
from typing import Final

from leconfield.ledger import vocabulary as own

VERSION: Final = "2.1"
SCHEMA_URL: Final = "https://github.com/leconfield/leconfield/blob/main/docs/exchange.md"
EXTENSION: Final = "extension-definition--5f0f2c1a-4a3b-4d0e-9a57-7c2b8f0d6e11"
"""Carries, beside STIX's own properties, each statement by itself: value, grade, both times, who asserts it how."""
PROGRAM: Final = "identity--0d2a8c4e-66b1-4f0b-8f3e-2b9d5c7a1e42"
"""Who defines the extension: the program, whoever's desk it runs on."""
DEFINED: Final = "2026-01-01T00:00:00.000Z"
THING: Final = "x-leconfield-thing"
"""A vehicle, weapon, document or place without coordinates: STIX has no object for it."""

IDENTITY_CLASSES: Final = {own.PERSON: "individual", own.ORGANISATION: "organization"}
CLASSES_IN: Final = {
    "individual": own.PERSON,
    "group": own.ORGANISATION,
    "organization": own.ORGANISATION,
    "class": own.ORGANISATION,
}
ACCOUNT_TYPES: Final = {own.PHONE: "telephone", own.ACCOUNT: "bank", own.ONLINE: "online"}
ACCOUNTS_IN: Final = {words: schema for schema, words in ACCOUNT_TYPES.items()}
ACCOUNT_ID: Final = {own.PHONE: ("phone",), own.ACCOUNT: ("iban", "idNumber"), own.ONLINE: ("handle", "email", "phone")}
"""The properties by which an account goes, the first known."""

CONFIDENCE: Final = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
"""Credibility to confidence; 6, not to be judged, has none (STIX 2.1, appendix A, Admiralty scale)."""


def credibility(confidence: object) -> int:
    """The credibility that a confidence of 0 to 100 stands for; 6 if there is none (the same appendix)."""
    if not isinstance(confidence, int) or isinstance(confidence, bool) or not 0 <= confidence <= 100:
        return 6
    return next((grade for grade, least in ((1, 80), (2, 60), (3, 40), (4, 20)) if confidence >= least), 5)


def _dashed(prop: str) -> str:
    return re.sub(r"([A-Z])", r"-\1", prop).lower()


RELATIONSHIPS: Final = {prop: _dashed(prop) for prop in sorted(own.LINKS)}
"""Link to `relationship_type`."""
RELATIONSHIPS_IN: Final = {
    **{words: prop for prop, words in RELATIONSHIPS.items()},
    "located-at": "location",
    "targets": "target",
    "owns": "owner",
    "uses": "user",
    "member-of": "membership",
    "part-of": "membership",
    "works-for": "employer",
    "employed-by": "employer",
    "related-to": "associate",
    "communicates-with": "associate",
    "attributed-to": "associate",
    "impersonates": "associate",
}
"""`relationship_type` to link; what is not here is read as `associate`, and that is told."""
EXACT: Final = frozenset(RELATIONSHIPS.values()) | {"located-at", "targets", "owns", "uses", "member-of", "works-for"}
"""Those whose meaning is kept."""

TLP: Final = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:WHITE",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
}
"""Markings that every bundle may name without bringing them (STIX 2.1, section 7.2.1.4)."""

TAKEN: Final[dict[str, str]] = {
    "identity": own.THING,
    "location": own.PLACE,
    "incident": own.EVENT,
    "threat-actor": own.ORGANISATION,
    "intrusion-set": own.ORGANISATION,
    "campaign": own.EVENT,
    "user-account": own.ONLINE,
    "email-addr": own.ONLINE,
    "tool": own.THING,
    THING: own.THING,
}
"""Types of objects that become records, and of which schema if nothing in them says more."""
PROPERTIES_IN: Final[dict[str, dict[str, str]]] = {
    "identity": {"name": "name", "description": "description", "contact_information": "notes", "roles": "position"},
    "location": {
        "name": "name",
        "description": "description",
        "latitude": "latitude",
        "longitude": "longitude",
        "country": "country",
        "city": "address",
        "street_address": "address",
        "region": "notes",
        "administrative_area": "notes",
    },
    "incident": {"name": "name", "description": "description"},
    "threat-actor": {"name": "name", "aliases": "alias", "description": "description", "roles": "notes"},
    "intrusion-set": {"name": "name", "aliases": "alias", "description": "description"},
    "campaign": {"name": "name", "aliases": "alias", "description": "description"},
    "user-account": {"display_name": "name", "account_login": "handle", "user_id": "handle"},
    "email-addr": {"value": "email", "display_name": "name"},
    "tool": {"name": "name", "aliases": "alias", "description": "description"},
    THING: {"name": "name", "description": "description"},
}
"""By type: STIX's property and ours."""
MADE_OF_THEM: Final = frozenset({"relationship", "sighting", "note", "opinion", "report"})
"""Types that speak of other objects."""
APART: Final = frozenset({"marking-definition", "extension-definition", "bundle"})
"""Types that say how to read the rest."""
ABOUT_THE_FILE: Final = frozenset(
    {
        *("type", "spec_version", "id", "created", "modified", "created_by_ref", "confidence", "lang", "extensions"),
        *("object_marking_refs", "granular_markings", "revoked", "labels", "identity_class", "account_type", "kind"),
    }
)
"""Properties that are read for how to take an object, not as something said of it."""

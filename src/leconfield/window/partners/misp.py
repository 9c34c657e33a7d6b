"""The same items as a feed of MISP: `manifest.json`, an event a file, `hashes.csv`. Pure functions.

The words are those of the STIX bundle that was released, part by part; nothing is said that it does not say. What MISP
has a type for is told as that, everything else as text.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.window.partners.access import Opened
from leconfield.window.partners.stored import objects_in

UNDEFINED: Final = "4"
"""Threat level: we name none."""
COMPLETED: Final = "2"
_OURS: Final = "0"
"""Distribution: the partner's organisation only."""
_INHERIT: Final = "5"
_TEXT: Final = ("text", "Other")
_ACCOUNTS: Final = {"telephone": ("phone-number", "Person"), "bank": ("bank-account-nr", "Financial fraud")}
_TLP: Final = {
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "tlp:clear",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "tlp:green",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "tlp:amber",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "tlp:amber+strict",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "tlp:red",
}
"""The markings of TLP 2.0 by their ids in STIX (OASIS, STIX 2.1 extension definition for TLP 2.0)."""
_SAID_ELSEWHERE: Final = frozenset({"marking-definition", "extension-definition", "report"})


@dataclass(frozen=True, slots=True)
class House:
    """Who sends: the name that the open side goes by."""

    name: str

    @property
    def organisation(self) -> dict[str, str]:
        """As MISP writes whose event it is."""
        return {"name": self.name, "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"leconfield:misp:{self.name}"))}


def event_id(opened: Opened) -> str:
    """The UUID of the event that an item makes."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"leconfield:item:{opened.item.id}"))


def event(opened: Opened, house: House) -> dict[str, object]:
    """An item as an event of MISP."""
    which, at = event_id(opened), _seconds(opened)
    objects = objects_in(opened.stix)
    attributes = [
        _attribute(each, which, at, objects) for each in objects if _words(each, "type") not in _SAID_ELSEWHERE
    ]
    return {
        "Event": {
            **_head(opened, house, objects),
            "uuid": which,
            "published": True,
            "publish_timestamp": at,
            "distribution": _OURS,
            "Attribute": [each for each in attributes if each],
        }
    }


def manifest(opened: Iterable[Opened], house: House) -> dict[str, object]:
    """What events there are, by their UUIDs."""
    return {event_id(each): _head(each, house, objects_in(each.stix)) for each in opened}


def hashes(opened: Iterable[Opened], house: House) -> bytes:
    """Each attribute's value as MD5 with the event that it stands in, a line each: how MISP looks for what it has."""
    lines = []
    for each in opened:
        told = event(each, house)["Event"]
        listed = told.get("Attribute") if isinstance(told, dict) else None
        for one in listed if isinstance(listed, list) else []:
            digest = hashlib.md5(str(one["value"]).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
            lines.append(f"{digest},{event_id(each)}")
    return "".join(f"{line}\n" for line in dict.fromkeys(lines)).encode()


def _head(opened: Opened, house: House, objects: Sequence[Mapping[str, object]]) -> dict[str, object]:
    tags = sorted({_TLP[each] for one in objects for each in _texts(one.get("object_marking_refs")) if each in _TLP})
    return {
        "info": opened.bundle.manifest.content.title or f"Item of {opened.item.added[:10]}",
        "date": opened.item.added[:10],
        "analysis": COMPLETED,
        "threat_level_id": UNDEFINED,
        "timestamp": _seconds(opened),
        "Orgc": house.organisation,
        "Tag": [{"name": each, "colour": "#33312e"} for each in tags],
    }


def _attribute(
    told: Mapping[str, object], event_uuid: str, at: str, objects: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """An object as an attribute; empty if it says nothing by itself."""
    (kind, category), value = _typed(told, objects)
    if not value:
        return {}
    which = uuid.uuid5(uuid.UUID(event_uuid), str(told.get("id", "")))
    return {
        "uuid": str(which),
        "type": kind,
        "category": category,
        "value": value,
        "comment": _comment(told),
        "to_ids": False,
        "timestamp": at,
        "distribution": _INHERIT,
        "disable_correlation": False,
        "Tag": [{"name": each, "colour": "#33312e"} for each in _grades(told)],
    }


def _typed(told: Mapping[str, object], objects: Sequence[Mapping[str, object]]) -> tuple[tuple[str, str], str]:
    """The type and category that MISP has for an object, and what it says."""
    match told.get("type"):
        case "identity" if told.get("identity_class") == "individual":
            return ("full-name", "Person"), _words(told, "name")
        case "user-account":
            kind = _ACCOUNTS.get(_words(told, "account_type"), _TEXT)
            return kind, _words(told, "user_id") or _words(told, "display_name")
        case "indicator":
            return ("stix2-pattern", "Payload delivery"), _words(told, "pattern")
        case "relationship":
            ends = [_named(told.get(end), objects) for end in ("source_ref", "target_ref")]
            return _TEXT, f"{ends[0]} – {_words(told, 'relationship_type')} – {ends[1]}" if all(ends) else ""
        case "sighting":
            places = [_named(each, objects) for each in _texts(told.get("where_sighted_refs"))]
            seen = _named(told.get("sighting_of_ref"), objects)
            return _TEXT, f"{seen} – seen at – {', '.join(places)}" if seen and places else ""
        case "note":
            return _TEXT, _words(told, "content")
        case "opinion":
            return _TEXT, ""
    return _TEXT, _words(told, "name")


def _comment(told: Mapping[str, object]) -> str:
    """What else it says: its description, and where it is."""
    at = [str(told[each]) for each in ("latitude", "longitude") if each in told]
    return "; ".join(each for each in (_words(told, "description"), ", ".join(at)) if each)


def _grades(told: Mapping[str, object]) -> list[str]:
    """The grades of its statements in the Admiralty scale, as MISP's taxonomy writes them."""
    extensions = told.get("extensions")
    grades: set[str] = set()
    for each in extensions.values() if isinstance(extensions, dict) else []:
        listed = each.get("statements") if isinstance(each, dict) else None
        grades |= (
            {_words(one, "grade") for one in listed if isinstance(one, dict)} if isinstance(listed, list) else set()
        )
    tags: set[str] = set()
    for grade in grades:
        if len(grade) == 2 and grade[0] in "ABCDEF" and grade[1] in "123456":
            tags.add(f'admiralty-scale:source-reliability="{grade[0].lower()}"')
            tags.add(f'admiralty-scale:information-credibility="{grade[1]}"')
    return sorted(tags)


def _named(which: object, objects: Sequence[Mapping[str, object]]) -> str:
    found = next((each for each in objects if each.get("id") == which), {})
    return _words(found, "name") or _words(found, "display_name") or _words(found, "user_id")


def _words(told: Mapping[str, object], name: str) -> str:
    value = told.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _seconds(opened: Opened) -> str:
    return str(int(datetime.fromisoformat(opened.item.added).timestamp()))
